"""What one installation publishes, the next one reads back: nothing that was known of an entry is lost on the way."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from syndicator import chain
from syndicator.model import (
    Agent,
    Credit,
    Derived,
    Document,
    Entry,
    Evidence,
    Extension,
    FeedHead,
    Hop,
    Image,
    Licence,
    Original,
    ParsedEntry,
    Person,
    Publication,
    Release,
    Site,
    Source,
    Stored,
    Subscription,
    Text,
    Tombstone,
    Translation,
)
from syndicator.model.vocabulary import SYN
from syndicator.stages import render
from syndicator.stages.relayed import read_relayed, without_block

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
ORIGINAL, HERE, COPY = "https://leuchtfeuer.example/glocke/", "https://quay.example/bell/", "https://mole.example/bell/"
SITE = Site(base_url="https://feeds.example.org", title="Feeds")
PUBLICATION = Publication(name="english", title="English", subscriptions=("quay",), language="en")


def credit(role: str, name: str, *, kind: str = "person", uri: str | None = None, **more: str) -> Credit:
    evidence = (Evidence(where="credit line at the end", rule="en: by", text=f"{role}: {name}; and more"),)
    return Credit(role=role, agent=Agent(kind=kind, name=name, uri=uri), evidence=evidence, **more)  # type: ignore[arg-type]


ENTRY = Entry(
    subscription="quay",
    id="tag:quay.example,2026:bell",
    url=HERE,
    title="The bell & the <fog>",
    published=NOW,
    updated=NOW,
    language="en-GB",
    content_html="<p>It rang over the water.</p><hr><p>And again.</p>",
    summary_html="On bells.",
    credits=(
        credit("author", "Ada Quist", uri="https://quist.example/"),
        credit("author", "Die Redaktion", kind="organisation"),
        credit("translator", "Maren “Mo” Oakes"),
        credit("translator", "Babelboat", kind="software"),
        credit("post-editor", "Ida Brandt"),
        credit("illustrator", "Lotte Brakel", of="image", target="https://quay.example/bell.png"),
        credit("publisher", "Quay", kind="organisation", uri="https://quay.example", of="hop", target=HERE),
    ),
    original=Original(url=ORIGINAL, site="leuchtfeuer.example", language="de"),
    provenance=(
        Hop(role="original", url=ORIGINAL, publisher="leuchtfeuer.example", language="de"),
        Hop(role="translation", url=HERE, publisher="Quay", language="en-GB", date=NOW),
        Hop(role="republication", url=COPY, publisher="Mole"),
    ),
    translation=Translation(from_language="de", to_language="en-GB", state="stale", source_updated=NOW),
    licence=Licence(
        id="CC-BY-SA-4.0",
        url="https://creativecommons.org/licenses/by-sa/4.0/",
        permits=("excerpt", "verbatim", "translate", "commercial"),
    ),
    release=Release(scope="whole", why="licence"),
    images=(Image(src="https://quay.example/bell.png", caption="A bell"),),
    categories=("Bells",),
    source=Source(id="https://quay.example/feed/", title="Quay", url="https://quay.example/", self_url=f"{HERE}feed"),
)


def relayed(entry: Entry, kind: str) -> Entry:
    """`entry` as the installation reads it that follows the feed of this one."""
    stored = Stored(entry=entry, responses=(), slug="bell", revision=1, first_seen=NOW)
    (fragment,) = chain.render([stored], PUBLICATION, SITE)
    files = render.documents(PUBLICATION, SITE, [fragment], (), NOW)  # type: ignore[list-item]
    feed = chain.parse(Document(body=files[f"english/feed.{kind}"], url=f"{SITE.base_url}/english/feed.{kind}"))
    (parsed,) = feed.entries  # type: ignore[union-attr]
    subscription = Subscription(name="next", url=f"{SITE.base_url}/english/feed.{kind}")
    (derived,) = chain.derive([chain.Material(parsed=parsed, id=str(parsed.raw_id))], feed.head, subscription, NOW)  # type: ignore[union-attr]
    assert isinstance(derived, Derived), derived
    return derived.entry


def said(credits: tuple[Credit, ...]) -> list[tuple[object, ...]]:
    """Who, in which role, of what, and the evidence as it is printed."""
    return [
        (one.role, one.agent, one.of, one.target, "; ".join(f"{e.where}: {e.text}" for e in one.evidence))
        for one in credits
    ]


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("scope", ["excerpt", "whole"])
def test_an_excerpt_says_so_at_every_hop(kind: str, scope: str) -> None:
    told = replace(ENTRY, release=Release(scope=scope, why="a test"))  # type: ignore[arg-type]
    for _ in range(3):
        told = relayed(told, kind)
        assert told.abridged is (scope == "excerpt")


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("hops", [1, 3])
def test_nothing_that_was_known_is_lost_on_the_way(kind: str, hops: int) -> None:
    arrived = ENTRY
    for _ in range(hops):
        arrived = relayed(arrived, kind)
    assert said(arrived.credits) == said(ENTRY.credits)
    same = ("id", "url", "title", "published", "language", "original", "provenance", "translation", "categories")
    assert {fact: getattr(arrived, fact) for fact in same} == {fact: getattr(ENTRY, fact) for fact in same}
    assert (arrived.licence.id, arrived.licence.permits) == (ENTRY.licence.id, ENTRY.licence.permits)
    assert arrived.content_html == ENTRY.content_html


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_an_entry_that_is_its_own_original_stays_so(kind: str) -> None:
    plain = replace(
        ENTRY,
        original=None,
        translation=None,
        credits=ENTRY.credits[:1],
        provenance=(Hop(role="original", url=HERE, publisher="Quay", language="en-GB", date=NOW),),
    )
    arrived = relayed(plain, kind)
    assert (arrived.original, arrived.translation) == (None, None)
    assert arrived.provenance == plain.provenance


TITLES = ["", "Mist <b>and</b> bells", "R&amp;D", "1 < 2 & 3", "What is <blink>?"]


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
@pytest.mark.parametrize("title", TITLES)
def test_a_title_arrives_as_it_was_and_where_there_is_none_none_arrives(title: str, kind: str) -> None:
    arrived = relayed(relayed(replace(ENTRY, title=title), kind), kind)
    assert arrived.title == title


@pytest.mark.parametrize("kind", ["atom", "rss", "json"])
def test_our_block_is_no_summary_where_the_text_is_withheld(kind: str) -> None:
    arrived = relayed(replace(ENTRY, release=Release(scope="link", why="a test")), kind)
    assert (arrived.summary_html, arrived.content_html) == ("", "")


def test_other_feeds_tell_nothing_of_this() -> None:
    assert read_relayed(ParsedEntry(fingerprint="", extensions=(Extension(name="{urn:x}credit"),))) is None


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {"role": "translator", "name": "X"},
        {"role": "translator", "kind": "robot", "name": "X", "of": "entry"},
        {"role": "translator", "kind": "person", "name": " ", "of": "entry"},
        {"role": "translator", "kind": "person", "name": "X", "of": "everything"},
    ],
)
def test_what_is_told_wrongly_is_left_out(attributes: dict[str, str]) -> None:
    extension = Extension(name=f"{{{SYN}}}credit", attributes=attributes)
    told = read_relayed(ParsedEntry(fingerprint="", extensions=(extension,)))
    assert told
    assert told.credits == ()


@pytest.mark.parametrize(
    "extension",
    [
        Extension(name=f"{{{SYN}}}abridged"),
        Extension(name=f"{{{SYN}}}terms", attributes={"footer": "Ours."}),
        Extension(name=f"{{{SYN}}}credit", attributes={"role": "author"}),
        Extension(name=f"{{{SYN}}}hop", attributes={"role": "original", "url": HERE}),
        Extension(name="_syndicator", text='{"terms": {}, "credits": [{"role": 7}], "provenance": [{}]}'),
    ],
    ids=["abridged", "terms", "a wrong credit", "a hop", "JSON"],
)
def test_who_writes_some_of_our_elements_and_names_nobody_in_them_is_read_like_any_other(extension: Extension) -> None:
    parsed = ParsedEntry(
        fingerprint="",
        raw_id=HERE,
        link=HERE,
        authors=(Person(name="Ada Quist"),),
        content=Text(value="<p>It rang.</p><p>Translated from the German by Maren Oakes</p>", html=True),
        language="en",
        extensions=(extension,),
    )
    (derived,) = chain.derive(
        [chain.Material(parsed=parsed, id=HERE)], FeedHead(title="Quay"), Subscription(name="quay", url=HERE), NOW
    )
    assert isinstance(derived, Derived)
    named = [(one.role, one.agent.name) for one in derived.entry.credits if one.of == "entry"]
    assert named == [("author", "Ada Quist"), ("translator", "Maren Oakes")]


def test_an_address_that_is_none_of_the_webs_is_left_out() -> None:
    facts = {"role": "author", "kind": "person", "name": "X", "of": "entry", "uri": "javascript:alert(1)"}
    told = read_relayed(ParsedEntry(fingerprint="", extensions=(Extension(name=f"{{{SYN}}}credit", attributes=facts),)))
    assert told
    assert told.credits[0].agent.uri is None


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[" * 100_000, '{"credits": 7}', '{"credits": [7], "translation": []}']
)
def test_json_that_tells_nothing_is_nothing(text: str) -> None:
    assert read_relayed(ParsedEntry(fingerprint="", extensions=(Extension(name="_syndicator", text=text),))) is None


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "soon", "2026-11-02"])
def test_a_date_that_is_none_costs_a_hop_its_date_and_nothing_else(date: str) -> None:
    facts = {"role": "original", "url": ORIGINAL, "date": date}
    told = read_relayed(ParsedEntry(fingerprint="", extensions=(Extension(name=f"{{{SYN}}}hop", attributes=facts),)))
    assert told
    assert told.provenance == (Hop(role="original", url=ORIGINAL),)


def test_json_is_read_with_its_evidence() -> None:
    evidence = [{"where": "standfirst", "rule": "de: von", "text": "von Ada"}]
    facts = {"role": "author", "kind": "person", "name": "Ada", "of": "entry", "evidence": evidence}
    told = read_relayed(
        ParsedEntry(fingerprint="", extensions=(Extension(name="_syndicator", text=json.dumps({"credits": [facts]})),))
    )
    assert told
    assert told.credits[0].evidence == (Evidence(where="standfirst", rule="de: von", text="von Ada"),)


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<p>A</p>", "<p>A</p>"),
        ('<p>A</p><hr><p class="syndicator-credit" lang="en"><em>By X</em><br>\n<em>By Y</em></p>', "<p>A</p>"),
        ('<p>A</p><hr><div class="syndicator-credit" lang="en"><p><em>By X, as of 0.1</em></p></div>', "<p>A</p>"),
        ('<hr><p class="syndicator-credit">quoted</p><p>A</p>', None),
        ('<p>A</p><hr><p class="syndicator-credit">quoted</p><p>B</p>', None),
    ],
)
def test_the_credit_block_goes_where_it_stands_at_the_end(markup: str, left: str | None) -> None:
    assert without_block(markup) == (markup if left is None else left)


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_take_down_is_told_to_the_next_installation(kind: str) -> None:
    gone = Tombstone(ref=ENTRY.id, when=NOW)
    files = render.documents(PUBLICATION, SITE, (), (), NOW, [gone])
    feed = chain.parse(Document(body=files[f"english/feed.{kind}"], url=f"{SITE.base_url}/english/feed.{kind}"))
    assert feed.tombstones == (gone,)  # type: ignore[union-attr]


def test_a_take_down_moves_the_feeds_date() -> None:
    later = Tombstone(ref=ENTRY.id, when=NOW.replace(year=2027))
    written = render.documents(PUBLICATION, SITE, (), (), NOW, [later])["english/feed.atom"]
    assert b"<updated>2027-11-02T12:00:00+00:00</updated>" in written
