"""What a partner asks for holds at every installation that an entry comes through, and is said once at each."""

from dataclasses import replace
from typing import Any

import pytest

from syndicator import chain
from syndicator.model import (
    Agent,
    Copy,
    Credit,
    Derived,
    Document,
    Entry,
    Extension,
    Hop,
    Licence,
    Original,
    ParsedEntry,
    Publication,
    Source,
    Stored,
    Subscription,
    Terms,
    Text,
)
from syndicator.model.vocabulary import SYN
from syndicator.stages import render
from syndicator.stages.decide import digest
from syndicator.stages.relayed import read_relayed, without_block
from syndicator.stages.render.markup import plain
from tests.entries import ENGLISH, NOON, SITE, stored
from tests.rendered import SINCE
from tests.test_pictures import OTHER
from tests.test_terms import (
    ALL,
    BELL,
    BLOCK,
    COUNTER,
    FOOTER,
    HEARD,
    LINE,
    LINKED,
    NONE,
    SEEN,
    WORDS,
    body_of,
    derived,
    scope,
)


def relayed(
    each: Entry, kind: str, terms: Terms = NONE, publication: Publication = ENGLISH, copies: tuple[Copy, ...] = ()
) -> Entry:
    """`each` as the installation reads it that follows our feed, where we have `copies` of its pictures; `terms` are
    those it was asked itself.
    """
    slug = "the-lamp-0123456789"
    one = Stored(entry=each, responses=(), slug=slug, revision=1, first_seen=NOON, copies=copies)
    body = render.documents(publication, SITE, render.fragments([one], publication, SITE), (), SINCE)
    url = f"{SITE.base_url}/english/feed.{kind}"
    feed = chain.parse(Document(body=body[f"english/feed.{kind}"], url=url))
    (parsed,) = feed.entries  # type: ignore[union-attr]
    subscription = Subscription(name="next", url=url, terms=terms)
    (made,) = chain.derive([chain.Material(parsed=parsed, id=str(parsed.raw_id))], feed.head, subscription, NOON)  # type: ignore[union-attr]
    assert isinstance(made, Derived), made
    return made.entry


LICENCES = {
    "whole": Licence(id="CC-BY-4.0", url="https://creativecommons.org/licenses/by/4.0/"),
    "untouched": Licence(id="CC-BY-ND-4.0", url="https://creativecommons.org/licenses/by-nd/4.0/"),
    "excerpt": Licence(),
}


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("position", ["top", "end"])
@pytest.mark.parametrize("release", LICENCES)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_partners_words_reach_the_readers_of_every_installation_once(
    kind: str, position: Any, release: str, direction: Any
) -> None:
    arrived = stored(
        terms=replace(WORDS, credit_position=position),
        licence=LICENCES[release],
        release=scope(release),
        direction=direction,
        language="ar" if direction == "rtl" else "en",
        source=Source(title="Lighthouse", self_url="https://lighthouse.example/feed.atom"),
    ).entry
    whole = release != "excerpt"
    for language in ("fr", "de", "en"):
        publication = replace(ENGLISH, language=language, credit_position="end" if position == "top" else "top")
        arrived = relayed(arrived, kind, publication=publication)
        said = body_of(arrived)
        assert (arrived.release.scope, arrived.terms) == (release, replace(WORDS, credit_position=position))
        assert (said.count(LINKED), said.count(BLOCK)) == (1, 1)
        assert (said.count(FOOTER), said.count(COUNTER)) == (whole, whole)
        assert plain(said).count(LINE) == 1
        assert "First published" not in plain(arrived.content_html + arrived.summary_html)


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_what_else_a_partner_asks_is_told_on(kind: str) -> None:
    markup = f'<p>A <a href="https://a.example/">b</a></p><p><img src="{BELL}" alt="Bell"></p>'
    first = stored(terms=ALL, content_html=markup, enclosures=(SEEN, HEARD)).entry
    arrived = relayed(relayed(first, kind), kind)
    assert arrived.terms == ALL
    assert arrived.content_html == f'<p>A b</p><p><a href="{BELL}">Picture: Bell</a></p>'


SHOWS = (
    f'<p>A &amp; B <img src="{BELL}" alt="The bell" width="4"></p>'
    f'<p><a href="https://a.example/"><img src="{OTHER}" alt="&lt;b&gt;"></a></p>'
    f'<video src="https://a.example/f.mp4" poster="{BELL}" controls=""></video>'
)
DREW = Credit(role="illustrator", agent=Agent(kind="person", name="Lotte Brakel"), of="image", target=BELL)
HAVE = tuple(Copy(url=url, at=f"pictures/{name}.png", size=9) for name, url in (("ab", BELL), ("cd", OTHER)))


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("release", ["whole", "untouched"])
def test_a_text_is_the_same_at_every_installation_whichever_pictures_that_has_copies_of(
    kind: str, release: str
) -> None:
    text, asked = SHOWS, Terms(images="copy")
    facts = {"content_html": text, "untouched_html": text, "release": scope(release), "licence": LICENCES[release]}
    first = stored(terms=asked, credits=(DREW,), enclosures=(SEEN,), **facts).entry
    second = relayed(first, kind, copies=HAVE)
    third = relayed(second, kind, copies=HAVE)
    for arrived in (second, third):
        assert (arrived.content_html, arrived.terms, arrived.enclosures[0].url) == (text, asked, BELL)
        assert [(one.role, one.agent.name, one.target) for one in arrived.credits] == [
            ("illustrator", "Lotte Brakel", BELL)
        ]
        assert BELL in {image.src for image in arrived.images}, "a credit finds its picture"
    assert digest(third) == digest(second)


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("copies", [(), HAVE[:1], HAVE[1:]], ids=["none", "the first", "the second"])
def test_a_copy_that_comes_later_is_no_news_for_the_next_installation(kind: str, copies: tuple[Copy, ...]) -> None:
    text = SHOWS.partition("<video")[0]
    first = stored(terms=Terms(images="copy"), content_html=text, enclosures=(HEARD, SEEN)).entry
    before, after = relayed(first, kind, copies=copies), relayed(first, kind, copies=HAVE)
    assert before.content_html == after.content_html == text
    assert [one.url for one in after.enclosures] == [HEARD.url, SEEN.url]
    assert digest(before) == digest(after)


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_the_next_installation_fetches_our_copies(kind: str) -> None:
    first = stored(terms=Terms(images="copy"), content_html=SHOWS, enclosures=()).entry
    ours = f"{SITE.base_url}/pictures"
    both = relayed(first, kind, copies=HAVE)
    assert [(one.url, one.at) for one in chain.pictures_of(both)] == [
        (BELL, f"{ours}/ab.png"),
        (OTHER, f"{ours}/cd.png"),
    ]
    one = relayed(first, kind, copies=HAVE[:1])
    assert [each.at for each in chain.pictures_of(one)] == [f"{ours}/ab.png", OTHER]


@pytest.mark.parametrize(
    ("url", "at"),
    [("javascript:alert(1)", "https://a.example/b"), ("https://a.example/b", "file:///etc/passwd"), ("", "")],
)
def test_a_copy_whose_address_is_none_of_the_web_is_not_believed(url: str, at: str) -> None:
    told = ParsedEntry(
        fingerprint="",
        extensions=(Extension(name=f"{{{SYN}}}picture", text="", attributes={"url": url, "copy": at}),),
    )
    read = read_relayed(told)
    assert read is not None
    assert read.copies == ()


def test_what_a_stranger_puts_in_a_pictures_place_is_cleaned_as_the_text_is() -> None:
    markup = '<p><a class="syndicator-picture" href="https://a.example/b.png">Picture</a></p>'
    html = f'<img src="{BELL}" onerror="alert(1)"><script>alert(2)</script>'
    told = (
        Extension(name=f"{{{SYN}}}terms", attributes={"images": "copy"}),
        Extension(name=f"{{{SYN}}}picture", attributes={"url": BELL, "html": html}),
    )
    assert derived(NONE, content=Text(value=markup, html=True), extensions=told).content_html == (
        f'<p><img src="{BELL}"></p>'
    )


def test_that_our_page_is_the_canonical_one_is_not_told_on() -> None:
    assert relayed(stored(terms=Terms(canonical="here")).entry, "atom").terms == NONE


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_the_line_below_an_editors_translation_leads_to_the_partners_article_everywhere(kind: str) -> None:
    bell = "https://tidewater.example/bell/"
    hops = (Hop(role="original", url=bell, publisher="Tidewater"), Hop(role="translation", publisher="Ours"))
    first = stored(terms=WORDS, url=None, original=Original(url=bell), provenance=hops, licence=LICENCES["whole"]).entry
    for each in (first, relayed(first, kind), relayed(relayed(first, kind), kind)):
        assert f'<p><em><a href="{bell}">' in body_of(each)


def test_what_the_next_installation_was_asked_itself_comes_first() -> None:
    arrived = relayed(stored(terms=WORDS).entry, "atom", Terms(credit_line="With thanks", images="link"))
    assert arrived.terms == replace(WORDS, credit_line="With thanks", images="link")


def test_a_fact_that_looks_like_a_name_in_braces_stays_as_it_is_on_the_way() -> None:
    first = derived(Terms(credit_line="{title}", footer="A &amp; {author}"))
    assert (
        relayed(relayed(first, "rss"), "json").terms
        == first.terms
        == Terms(credit_line="The lamp & the {url}", footer="A &amp; {author}")
    )


def test_a_stranger_counts_nobody_by_an_address_that_is_none() -> None:
    arrived = relayed(stored(terms=Terms(counter_pixel="http://count.example/")).entry, "rss")
    assert arrived.terms == NONE


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        (f'{BLOCK}>By X</p><hr><p class="syndicator-partner">L</p><p>A</p>', "<p>A</p>"),
        ('<p>A</p><section class="syndicator-partner"><p>L</p><div>F</div></section>', "<p>A</p>"),
        (f'<p>A</p><section class="syndicator-partner">L</section><hr>{BLOCK}>By X</p>', "<p>A</p>"),
        (f"<p>A</p><hr>{BLOCK}>quoted</p><hr><p>B</p>", None),
        (f"{BLOCK}>never closed<p>A</p>", None),
        ('<section class="syndicator-partner">L</section><p>A</p>', None),
        (BLOCK * 2_000, None),
    ],
    ids=["above", "below", "below, before the block", "quoted", "not closed", "not at the end", "many"],
)
def test_what_stands_around_a_text_goes_and_only_that(markup: str, left: str | None) -> None:
    assert without_block(markup) == (markup if left is None else left)
