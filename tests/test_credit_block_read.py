"""The credit block as plain text: who gets it without our elements, from a copy of a copy, still reads the credit."""

import re

import pytest

from syndicator.model import Original, Translation
from syndicator.stages.render.credit_block import credit_block
from syndicator.stages.render.phrases import languages, phrases_for
from tests.entries import ORIGINAL_URL, entry
from tests.test_credit import named, read


@pytest.mark.parametrize("language", [tag for tag in languages() if "_" not in tag])
def test_translator_and_original_are_read_in_each_language_that_we_speak(language: str) -> None:
    source = "de" if language == "ru" else "ru"
    told = entry(
        language=language,
        original=Original(url=ORIGINAL_URL, site="Mayak", language=source),
        translation=Translation(from_language=source, to_language=language, state="current"),
    )
    block = re.sub(r' class="[^"]*"', "", credit_block(told, phrases_for(language)))
    _, reading = read(last=block, language=language)
    assert named(reading, "translator") == [("Tom Reed", "person")]
    assert reading.original
    assert reading.original.url == ORIGINAL_URL
    (evidence,) = [said for credit in reading.credits if credit.role == "translator" for said in credit.evidence]
    assert evidence.text.count("(") == evidence.text.count(")")
    assert evidence.text.count("（") == evidence.text.count("）")
