"""What a partner asks for is what leaves us: its line, its counter, its footer, its pictures and links."""

import json
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from syndicator import chain
from syndicator.model import (
    Agent,
    Credit,
    Derived,
    Enclosure,
    Entry,
    FeedHead,
    Hop,
    Original,
    ParsedEntry,
    Person,
    Publication,
    Release,
    Stored,
    Subscription,
    Terms,
    Text,
    TranslationFile,
)
from syndicator.stages import render
from tests.entries import ENGLISH, NOON, ORIGINAL_URL, SITE, URL, stored
from tests.rendered import json_entry, published
from tests.rounds import Rounds
from tests.test_pipeline_works import atom, entry
from tests.upstream import serve

LINE = "First published by the Lighthouse & Sons."
LINKED = f'<em><a href="{URL}"><bdi>{escape(LINE)}</bdi></a></em>'
FOOTER = '<p>The Lighthouse is read <a href="https://lighthouse.example/join">by its friends</a>.</p>'
PIXEL = "https://count.example/p.gif?a=7&b=8"
COUNTER = '<img src="https://count.example/p.gif?a=7&amp;b=8" width="1" height="1" alt="">'
NONE = Terms()
WORDS = Terms(credit_line=LINE, footer=FOOTER, counter_pixel=PIXEL)
ALL = replace(WORDS, credit_position="top", images="link", keep_links=False, canonical="original")
TEXT = stored().entry.content_html
BLOCK = '<p class="syndicator-credit"'


def scope(name: Any) -> Release:
    return Release(scope=name, why="a test")


def body(terms: Terms, publication: Publication = ENGLISH, **changes: Any) -> str:
    told = json.loads(published(stored(terms=terms, **changes), publication=publication)["english/feed.json"])
    return str(told["items"][0]["content_html"])


def body_of(each: Entry) -> str:
    one = Stored(entry=each, responses=(), slug="the-lamp-0123456789", revision=1, first_seen=NOON)
    return str(json_entry(one)["content_html"])


def rewritten(markup: str, terms: Terms, **changes: Any) -> str:
    """What becomes of a text, without what stands around it."""
    return body(terms, content_html=markup, untouched_html=markup, **{"enclosures": (), **changes}).split("<hr>")[0]


# ── what is said around the text ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("publication", "partner", "order"),
    [
        ("end", None, [TEXT, LINKED, FOOTER, COUNTER, BLOCK]),
        ("top", None, [BLOCK, LINKED, TEXT, FOOTER, COUNTER]),
        ("end", "top", [BLOCK, LINKED, TEXT, FOOTER, COUNTER]),
        ("top", "end", [TEXT, LINKED, FOOTER, COUNTER, BLOCK]),
    ],
)
def test_a_partners_position_wins_over_the_publications(publication: Any, partner: Any, order: list[str]) -> None:
    said = body(replace(WORDS, credit_position=partner), replace(ENGLISH, credit_position=publication))
    assert [part for part in sorted(order, key=said.find) if part in said] == order
    assert [said.count(part) for part in order] == [1] * len(order)


def test_without_terms_nothing_is_added() -> None:
    assert body(NONE).startswith(f"{TEXT}<hr>{BLOCK}")
    assert "syndicator-partner" not in body(NONE)
    assert json_entry(stored())["_syndicator"]["terms"] is None


@pytest.mark.parametrize(
    ("release", "line", "whole_text_only"),
    [("whole", 1, 1), ("untouched", 1, 1), ("excerpt", 1, 0), ("link", 0, 0)],
)
@pytest.mark.parametrize("position", ["top", "end"])
def test_an_excerpt_has_the_line_and_only_a_whole_text_is_counted(
    release: str, line: int, whole_text_only: int, position: Any
) -> None:
    said = body(replace(WORDS, credit_position=position), release=scope(release))
    assert (said.count(LINKED), said.count(FOOTER), said.count(COUNTER)) == (line, whole_text_only, whole_text_only)
    assert said.count(BLOCK) == 1


def test_the_block_does_not_say_once_more_who_published_it() -> None:
    facts: dict[str, Any] = {"provenance": (), "original": None}
    assert "Published by" in body(NONE, **facts)
    assert "Published by" not in body(WORDS, **facts)
    assert "Written by" in body(WORDS, **facts)


def test_a_text_that_may_not_be_changed_stands_whole_between_what_is_added() -> None:
    untouched = '<p>The <a href="https://a.example/">lamp</a>.</p><p>Translated by Tom Reed</p>'
    said = body(replace(ALL, images="keep"), untouched_html=untouched, release=scope("untouched"))
    assert f"</p>{untouched}<section" in said


@pytest.mark.parametrize("url", [None, "javascript:alert(1)"])
def test_a_line_whose_entry_has_no_address_leads_to_the_original(url: str | None) -> None:
    assert f'<a href="{ORIGINAL_URL}"><bdi>First' in body(WORDS, url=url)
    assert f"<em><bdi>{escape(LINE)}</bdi></em>" in body(WORDS, url=url, original=None)


@pytest.mark.parametrize("position", ["top", "end"])
def test_a_page_says_the_same_and_its_counter_does_not_wait_to_be_scrolled_to(position: Any) -> None:
    each = stored(terms=replace(WORDS, credit_position=position))
    page = html.document_fromstring(render.entry_page(each, ENGLISH, SITE))
    counters = [image for image in page.iter("img") if image.get("src") == PIXEL]
    assert [(each.get("width"), each.get("alt"), each.get("loading")) for each in counters] == [("1", "", None)]
    assert page.text_content().count(LINE) == page.text_content().count("The Lighthouse is read") == 1


def test_another_position_makes_entries_anew() -> None:
    assert render.recipe(ENGLISH, SITE) != render.recipe(replace(ENGLISH, credit_position="top"), SITE)


# ── pictures and links ───────────────────────────────────────────────────────────────────────────────────────────

BELL = "https://lighthouse.example/bell.png"
PICTURES = [
    (
        "called by its words",
        f'<p>A<img src="{BELL}" alt=" The  bell">B</p>',
        f'<p>A<a href="{BELL}">Picture: The bell</a>B</p>',
    ),
    ("without words", f'<p><img src="{BELL}" alt=""></p>', f'<p><a href="{BELL}">Picture</a></p>'),
    (
        "its caption stays below",
        f'<figure><img src="{BELL}"><figcaption>Photo: Ilse</figcaption></figure>',
        f'<figure><a href="{BELL}">Picture</a><figcaption>Photo: Ilse</figcaption></figure>',
    ),
    (
        "in several sizes",
        f'<picture><source src="https://lighthouse.example/b.webp"><img src="{BELL}" alt="Bell"></picture>',
        f'<a href="{BELL}">Picture: Bell</a>',
    ),
    (
        "inside a link, which cannot hold another",
        f'<a href="https://a.example/"><img src="{BELL}" alt="Bell"></a>',
        '<a href="https://a.example/"><span>Picture: Bell</span></a>',
    ),
    ("no address", '<p><img src="data:x" alt="Bell"></p>', "<p><span>Picture: Bell</span></p>"),
    (
        "words are escaped",
        f'<img src="{BELL}" alt="&lt;b&gt; &amp;">',
        f'<a href="{BELL}">Picture: &lt;b&gt; &amp;</a>',
    ),
    (
        "a film's picture",
        f'<video src="https://a.example/f.mp4" poster="{BELL}" controls=""></video>',
        '<video src="https://a.example/f.mp4" controls=""></video>',
    ),
]


@pytest.mark.parametrize(("markup", "left"), [case[1:] for case in PICTURES], ids=[case[0] for case in PICTURES])
@pytest.mark.parametrize("release", ["whole", "untouched"])
def test_a_picture_becomes_a_link_to_it(markup: str, left: str, release: str) -> None:
    assert rewritten(markup, Terms(images="link"), release=scope(release)) == left
    assert rewritten(markup, NONE, release=scope(release)) == markup


def test_the_link_speaks_the_texts_language() -> None:
    picture = f'<img src="{BELL}" alt="Glocke">'
    assert rewritten(picture, Terms(images="link"), language="de") == f'<a href="{BELL}">Bild: Glocke</a>'


SEEN = Enclosure(url=BELL, type="image/png")
UNNAMED = Enclosure(url="https://lighthouse.example/b.JPG?x=1")
HEARD = Enclosure(url="https://lighthouse.example/lamp.mp3", type="audio/mpeg")


def test_pictures_beside_the_text_are_linked_below_it_each_once() -> None:
    each = stored(terms=Terms(images="link"), enclosures=(SEEN, UNNAMED, HEARD, SEEN), content_html="<p>A</p>")
    told = json_entry(each)
    links = "".join(f'<p><a href="{one.url}"><bdi>Picture</bdi></a></p>' for one in (SEEN, UNNAMED))
    assert told["content_html"].startswith(f"<p>A</p>{links}<hr>")
    assert [one["url"] for one in told["attachments"]] == [HEARD.url]


def test_a_picture_in_the_text_and_beside_it_is_linked_once() -> None:
    left = rewritten(f'<img src="{BELL}" alt="">', Terms(images="link"), enclosures=(SEEN,))
    assert left == f'<a href="{BELL}">Picture</a>'


LINKS = [
    (
        "its words stay",
        '<p>A <a href="https://a.example/" hreflang="de">b <em>c</em></a> d</p>',
        "<p>A b <em>c</em> d</p>",
    ),
    ("a note's stays", '<p>A<a href="#n1">1</a></p>', '<p>A<a href="#n1">1</a></p>'),
    ("a place stays", '<a id="n1" href="https://a.example/">1</a>', '<a id="n1">1</a>'),
    ("a mere place", '<a name="n1"></a>', '<a name="n1"></a>'),
    ("an address to write to", '<a href="mailto:a@b.example">Ada</a>', "Ada"),
]


@pytest.mark.parametrize(("markup", "left"), [case[1:] for case in LINKS], ids=[case[0] for case in LINKS])
def test_links_become_words_but_not_where_nothing_may_be_changed(markup: str, left: str) -> None:
    assert rewritten(markup, Terms(keep_links=False)) == left
    assert rewritten(markup, Terms(keep_links=False), release=scope("untouched")) == markup


def test_a_link_to_a_picture_stays_where_links_go() -> None:
    markup = f'<p><a href="https://a.example/">A</a> <img src="{BELL}" alt=""></p>'
    assert rewritten(markup, Terms(keep_links=False, images="link")) == f'<p>A <a href="{BELL}">Picture</a></p>'


# ── the canonical address ────────────────────────────────────────────────────────────────────────────────────────

HERE = f"{SITE.base_url}/english/entries/the-lamp-0123456789.html"
HOP = Hop(role="original", url=ORIGINAL_URL)


@pytest.mark.parametrize(
    ("wanted", "changes", "address"),
    [
        (None, {}, URL),
        ("here", {}, HERE),
        ("original", {}, ORIGINAL_URL),
        ("original", {"original": Original(site="Mayak"), "provenance": (HOP,)}, ORIGINAL_URL),
        ("original", {"original": None, "provenance": (), "translation": None}, URL),
        ("original", {"original": Original(url="javascript:alert(1)"), "provenance": (), "url": None}, HERE),
    ],
    ids=["first print", "here", "the work's", "the work's by its hop", "its own original", "no address"],
)
def test_the_canonical_address_is_the_partners_to_choose(wanted: Any, changes: dict[str, Any], address: str) -> None:
    page = html.document_fromstring(render.entry_page(stored(terms=Terms(canonical=wanted), **changes), ENGLISH, SITE))
    assert [link.get("href") for link in page.findall(".//link[@rel='canonical']")] == [address]


# ── from the configuration to the entry ──────────────────────────────────────────────────────────────────────────


def derived(terms: Terms, *authors: str, **parsed: Any) -> Entry:
    facts: dict[str, Any] = {
        "fingerprint": "",
        "link": URL,
        "title": Text(value="The lamp & the {url}"),
        "content": Text(value=f"<p>{'The lamp was lit. ' * 40}</p>", html=True, language="en"),
        "published": NOON,
        "language": "en",
        "authors": tuple(Person(name=name) for name in authors),
    }
    material = chain.Material(parsed=ParsedEntry(**{**facts, **parsed}), id="urn:x:a b")
    head = FeedHead(title="Lighthouse", url="https://lighthouse.example/")
    subscription = Subscription(name="lighthouse", url=URL, licence="CC-BY-4.0", terms=terms)
    (made,) = chain.derive([material], head, subscription, NOON)
    assert isinstance(made, Derived), made
    return made.entry


@pytest.mark.parametrize(
    ("line", "authors", "said"),
    [
        ("By the Lighthouse.", ("Ada Quist",), "By the Lighthouse."),
        (
            "This story by {author} came out first on {date}.",
            ("Ada Quist",),
            "This story by Ada Quist came out first on May 3, 2026.",
        ),
        ("By {author}", ("Ada Quist", "Bo Lind"), "By Ada Quist and Bo Lind"),
        ("By {author}", (), "By Lighthouse"),
        ("“{title}”: {url}", (), f"“The lamp & the {{url}}”: {URL}"),
    ],
    ids=["as it is", "author and day", "two authors", "nobody known", "facts are not filled in again"],
)
def test_a_line_is_filled_in_with_the_entrys_facts(line: str, authors: tuple[str, ...], said: str) -> None:
    assert derived(Terms(credit_line=line), *authors).terms.credit_line == said


def test_a_line_in_another_language_has_that_languages_day() -> None:
    german = Text(value=f"<p>{'Die Lampe brannte die ganze Nacht. ' * 30}</p>", html=True, language="de")
    assert derived(Terms(credit_line="Zuerst am {date}"), content=german, language="de").terms.credit_line == (
        "Zuerst am 3. Mai 2026"
    )


def test_a_counters_address_is_filled_in_escaped() -> None:
    pixel = derived(Terms(counter_pixel="https://count.example/?u={url}&i={id}")).terms.counter_pixel
    assert pixel == "https://count.example/?u=https%3A%2F%2Flighthouse.example%2Fthe-lamp&i=urn%3Ax%3Aa%20b"


@pytest.mark.parametrize(
    ("footer", "left"),
    [
        ("Read & shared", "Read &amp; shared"),
        (
            '<p onclick="x()">A <a href="/join">b</a><script>c()</script>',
            '<p>A <a href="https://lighthouse.example/join">b</a></p>',
        ),
        ("<script>c()</script>", None),
    ],
    ids=["plain text", "markup is cleaned", "nothing left"],
)
def test_a_footer_is_cleaned_as_the_text_is(footer: str, left: str | None) -> None:
    assert derived(Terms(footer=footer)).terms.footer == left


def test_our_translation_of_a_partners_text_keeps_its_terms() -> None:
    original = derived(Terms(credit_line="By {author}", counter_pixel="https://count.example/?i={id}"), "Ada Quist")
    who = Credit(role="translator", agent=Agent(kind="person", name="Ida Brandt"))
    file = TranslationFile(file="a.md", of=URL, language="eo", title="L", credits=(who,), markup="<p>A</p>", digest="")
    made = chain.translate(
        original, file, original_changed=NOON, release=scope("whole"), publisher="We", first_seen=NOON
    )
    assert made.terms == original.terms


# ── a change ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_change_of_the_terms_reaches_what_is_published_and_is_no_news(tmp_path: Path) -> None:
    with serve({}) as upstream:
        upstream.replies["/quay"] = atom(upstream, entry(upstream, "/bell/"))
        rounds = Rounds(upstream, tmp_path, settings='full_text = "never"')
        rounds.once()
        before = rounds.find("/bell/")
        rounds.settings += f'\nterms = {{credit_line = "{LINE}", footer = "Join us"}}'
        rounds.once()
        after = rounds.find("/bell/")
        (feed,) = (tmp_path / "public").glob("*/feed.atom")
        said = feed.read_text(encoding="utf-8")
    assert (after.entry.terms.credit_line, after.entry.updated) == (LINE, before.entry.updated)
    assert said.count("Join us") == 2, "in the text, and for the next installation"
