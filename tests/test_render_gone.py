"""The notice in place of a text that was taken down: it says that, in the publication's language, and nothing of it."""

from lxml import html

from syndicator.stages import render
from tests.entries import ENGLISH, SITE
from tests.test_render_pages import ARABIC


def test_the_notice_stands_where_the_page_and_the_responses_stood() -> None:
    assert [*render.gone_documents(ENGLISH, SITE, "the-lamp-0123456789")] == [
        "english/entries/the-lamp-0123456789.html.gone",
        "english/entries/the-lamp-0123456789.atom.gone",
    ]


def test_the_notice_leads_to_what_is_still_there_and_says_nothing_of_the_text() -> None:
    (notice,) = {*render.gone_documents(ENGLISH, SITE, "the-lamp-0123456789").values()}
    root = html.document_fromstring(notice)
    assert root.findtext(".//h1") == "This text is no longer here."
    assert "taken down by those who published it" in root.text_content()
    assert [each.get("href") for each in root.findall(".//main//a")] == ["../index.html"]
    assert root.find(".//link[@rel='stylesheet']").get("href") == "../../style.css"
    assert b"lamp" not in notice


def test_the_notice_speaks_the_language_of_the_publication() -> None:
    (notice,) = {*render.gone_documents(ARABIC, SITE, "x").values()}
    root = html.document_fromstring(notice)
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert root.findtext(".//h1") == "لم يعد هذا النص موجوداً هنا."


def test_an_editor_says_it_in_other_words() -> None:
    theirs = {"gone.html": '{% extends "ours/gone.html" %}{% block main %}<p>Gone.</p>{% endblock %}'}
    assert render.template_mistakes(theirs) == ()
    assert all(b"<p>Gone.</p>" in made for made in render.gone_documents(ENGLISH, SITE, "x", theirs).values())
