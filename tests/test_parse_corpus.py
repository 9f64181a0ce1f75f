"""Every real feed and fixture is parsed or refused, never raises, and loses no entry."""

from collections import Counter
from pathlib import Path

from lxml import etree

from syndicator.model import Document, ParsedFeed
from syndicator.stages.parse import parse

URL = "https://site.example/dir/feed.xml"


def documents(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_every_document_is_parsed_or_refused_and_read_again_brings_nothing_new(shared: Path) -> None:
    verdicts: Counter[str] = Counter()
    for path in documents(shared / "data" / "feeds"):
        document = Document(body=path.read_bytes(), url=URL)
        feed = parse(document)
        verdicts["parsed" if isinstance(feed, ParsedFeed) else feed.reason] += 1
        if isinstance(feed, ParsedFeed):
            again = parse(document, known=frozenset(feed.fingerprints))
            assert isinstance(again, ParsedFeed), path
            assert (again.entries, again.fingerprints) == ((), feed.fingerprints), path
            assert len(feed.entries) == len(feed.fingerprints), path
    assert verdicts["parsed"] > 2_300, verdicts
    assert not verdicts["unparseable"], verdicts


def test_every_entry_of_a_well_formed_document_comes_out(shared: Path) -> None:
    tested = 0
    for path in documents(shared / "data" / "feeds"):
        try:
            root = etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
        except (etree.XMLSyntaxError, ValueError):
            continue
        feed = parse(Document(body=path.read_bytes(), url=URL))
        stated = root.xpath(
            "count(/*[local-name()='rss']/*[local-name()='channel']/*[local-name()='item']"
            " | /*[local-name()='RDF']/*[local-name()='item'] | /*[local-name()='feed']/*[local-name()='entry'])"
        )
        if isinstance(feed, ParsedFeed) and stated:
            tested += 1
            assert len(feed.entries) >= stated, path
    assert tested > 1_400
