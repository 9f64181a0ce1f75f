"""Entries that are known: what makes a fingerprint, and that leaving known ones out changes nothing of the others."""

import pytest

from syndicator.model import Document, ParsedFeed
from syndicator.stages.parse import parse

URL = "https://pier.example/feed"
ENTRY = "<item><title>{0}</title><guid>{0}</guid><description>&lt;p>{0}&lt;/p></description></item>"
RSS = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Pier</title>'
    "<link>https://pier.example/</link><language>en</language>{}</channel></rss>"
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Pier</title><id>urn:pier</id>{}</feed>'


def read(body: str | bytes, *, known: frozenset[str] = frozenset(), url: str = URL, salt: str = "") -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    feed = parse(Document(body=data, url=url), known=known, salt=salt)
    assert isinstance(feed, ParsedFeed)
    return feed


def atom(title: str) -> str:
    return f"<entry><id>urn:{title}</id><title>{title}</title></entry>"


DOCUMENTS = {
    "rss": RSS.format("".join(map(ENTRY.format, "abc"))),
    "atom": ATOM.format("".join(map(atom, "abc"))),
    "rss with a doctype": '<!DOCTYPE rss SYSTEM "rss.dtd">' + RSS.format("".join(map(ENTRY.format, "abc"))),
    "entries that nest": RSS.format("<item><title>a</title><item><title>b</title></item></item>" + ENTRY.format("c")),
    "tags that do not match": RSS.format("".join(map(ENTRY.format, "abc"))).replace("<title>b", "<title><i>b"),
    "json": '{"version":"https://jsonfeed.org/version/1","items":[{"id":"a"},{"id":"b"},{"id":"c"}]}',
    "cut short": RSS.format("".join(map(ENTRY.format, "abcd")))[:-70],
}


@pytest.mark.parametrize("body", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_new_entry_reads_the_same_beside_known_ones_as_in_a_first_reading(body: str) -> None:
    first = read(body)
    assert len(first.fingerprints) == len(set(first.fingerprints)) == 3
    for new in first.entries:
        again = read(body, known=frozenset(first.fingerprints) - {new.fingerprint})
        assert (again.entries, again.fingerprints, again.head) == ((new,), first.fingerprints, first.head)


@pytest.mark.parametrize("body", DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_document_of_known_entries_brings_none(body: str) -> None:
    first = read(body)
    again = read(body, known=frozenset(first.fingerprints))
    assert (again.entries, again.fingerprints) == ((), first.fingerprints)


PLAIN = RSS.format(ENTRY.format("a"))
SAME = {
    "another encoding": PLAIN.encode("utf-16"),
    "other quotes around attributes": PLAIN.replace('"', "'"),
    "CDATA instead of escapes": PLAIN.replace("&lt;p>a&lt;/p>", "<![CDATA[<p>a</p>]]>"),
    "a namespace declared for other entries": PLAIN.replace("<rss ", '<rss xmlns:x="urn:x" '),
    "a comment": PLAIN.replace("<guid>", "<!-- made by hand --><guid>"),
    "an entry before it": RSS.format(ENTRY.format("new") + ENTRY.format("a")),
}
DIFFERENT = {
    "its text": PLAIN.replace("&lt;p>a", "&lt;p>A"),
    "the feed's language": PLAIN.replace(">en<", ">de<"),
    "the feed's title": PLAIN.replace(">Pier<", ">Quay<"),
    "the feed's rights": PLAIN.replace("<language>", "<copyright>CC BY</copyright><language>"),
    "the feed's author": PLAIN.replace("<language>", "<managingEditor>Ed</managingEditor><language>"),
    "the base": PLAIN.replace("<channel>", '<channel xml:base="https://quay.example/">'),
}


@pytest.mark.parametrize("body", SAME.values(), ids=SAME)
def test_an_entry_stays_known_under(body: str | bytes) -> None:
    assert read(PLAIN).fingerprints[0] == read(body).fingerprints[-1]


@pytest.mark.parametrize("body", DIFFERENT.values(), ids=DIFFERENT)
def test_an_entry_is_new_again_with_a_change_of(body: str) -> None:
    assert read(PLAIN).fingerprints != read(body).fingerprints


def test_an_entry_is_new_again_under_another_salt_or_final_url() -> None:
    marks = [read(PLAIN).fingerprints, read(PLAIN, salt="2").fingerprints, read(PLAIN, url=URL + "/2").fingerprints]
    assert len(set(marks)) == 3


def test_a_known_entry_still_makes_its_double_a_duplicate() -> None:
    body = RSS.format(ENTRY.format("a") + ENTRY.format("a").replace("p>a", "p>b") + "<item/><item/>")
    first = read(body)
    (entry,) = read(body, known=frozenset(first.fingerprints[:1] + first.fingerprints[2:])).entries
    assert (entry.duplicate, entry.position) == (True, 1)
