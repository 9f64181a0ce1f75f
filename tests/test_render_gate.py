"""Only what the gate lets out of an entry is anywhere in the documents; its credit always is."""

from typing import Any

import pytest

from syndicator.model import Release, Stored
from tests.entries import URL, stored
from tests.rendered import json_entry, published

TEXT = "Nobody had asked for it."
PICTURE = '<figure><img src="https://lighthouse.example/l.png"></figure>'


def gated(scope: Any) -> Stored:
    summary = f"<p>A keeper counts{PICTURE} the ships.</p>"
    return stored(release=Release(scope=scope, why="a test"), summary_html=summary)


def everything(each: Stored) -> str:
    made = published(each)
    return (
        "".join(made[f"english/feed.{kind}"].decode() for kind in ("atom", "rss", "json"))
        + made["english/index.html"].decode()
    )


@pytest.mark.parametrize(
    ("scope", "text", "credit_line", "summary", "picture", "enclosure"),
    [
        ("whole", True, False, True, True, True),
        ("untouched", True, True, True, True, True),
        ("excerpt", False, False, True, False, False),
        ("link", False, False, False, False, False),
    ],
)
def test_only_what_the_gate_lets_out_is_anywhere(
    scope: str, text: bool, credit_line: bool, summary: bool, picture: bool, enclosure: bool
) -> None:
    told = everything(gated(scope))
    body = json_entry(gated(scope))["content_html"]
    assert (TEXT in told) is text
    assert ("<p>Translated by Tom Reed</p>" in body) is credit_line
    assert ("A keeper counts" in told) is summary
    assert ("l.png" in told) is picture
    assert ("lamp.mp3" in told) is enclosure
    assert "Vera Lunina" in body, "the credit is said whatever the gate withholds"


def test_untouched_text_is_untouched_and_our_block_stands_outside() -> None:
    body = json_entry(gated("untouched"))["content_html"]
    assert body.startswith(gated("untouched").entry.untouched_html + "<hr>")


def test_an_excerpt_ends_with_the_block_and_a_link_to_read_on() -> None:
    body = json_entry(gated("excerpt"))["content_html"]
    assert body.startswith("<p>A keeper counts")
    assert f'Read the whole text: <a href="{URL}"' in body
