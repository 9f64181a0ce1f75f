"""What of JSON is refused, in words that speak of the document and not of the program that reads it."""

import pytest

from syndicator.model import Document, Refused
from syndicator.stages.parse import parse

REFUSED = {
    "a number of thousands of digits": ('{"items": [{"id": ' + "9" * 5000 + "}]}", "a number of 5,000 digits"),
    "a negative one": ('{"items": [{"id": -' + "9" * 5000 + "}]}", "at most 4,300 are read"),
    "lists in lists without end": ('{"items": ' + "[" * 100_000, "nests too deeply to be read"),
    "a value that is none": ('{"items": [NaN]}', "NaN is no JSON value"),
    "something cut short": ('{"items": [', "Expecting value"),
}


@pytest.mark.parametrize(("text", "why"), REFUSED.values(), ids=REFUSED)
def test_json_that_cannot_be_read_says_what_of_it(text: str, why: str) -> None:
    refused = parse(Document(body=text.encode(), url="https://meadow.example/feed.json"))
    assert isinstance(refused, Refused)
    assert refused.reason == "json"
    assert why in refused.why
    assert not any(word in refused.why for word in ("sys.", "recursion", "Python"))
