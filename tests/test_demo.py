"""The bundled sample network: well-formed, closed in itself, invented, and showing the cases it is there to show."""

import asyncio
import re
import signal
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import httpx
import pytest
from lxml import etree

from syndicator.demo import configuration
from syndicator.demo.server import NETWORK, files, open_network

ORIGIN = "http://127.0.0.1:4711"
SERVED = files(ORIGIN)
FEEDS = [path for path, served in SERVED.items() if "rss" in served.type or "atom" in served.type]
PAGES = [path for path, served in SERVED.items() if "html" in served.type]
TEXTS = [path for path in NETWORK.rglob("*") if path.is_file() and path.suffix != ".png"]

VOID = {"link", "img", "meta", "input", "br"}  # elements without an end tag

# Names of vocabularies and licences are addresses too; nothing is fetched from them.
VOCABULARIES = {"www.w3.org", "purl.org", "wellformedweb.org", "creativecommons.org"}


def text(path: str) -> str:
    return SERVED[path].body.decode()


def parsed(path: str):
    headers = {"content-location": ORIGIN + path, "content-type": SERVED[path].type}
    return feedparser.parse(SERVED[path].body, response_headers=headers)


class Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name in {"href", "src", "action"}:
                self.found.append(value)
            if name == "srcset":
                self.found += [part.split()[0] for part in value.split(",")]

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def addresses(path: str) -> set[str]:
    """Every address that a document of the network names, absolute."""
    reader = Addresses()
    reader.feed(text(path).replace("<![CDATA[", "").replace("]]>", ""))
    bare = re.findall(r"<(?:link|comments|wfw:commentRss)>([^<]+)<", text(path)) if path in FEEDS else []
    found = [*reader.found, *(address.replace("&amp;", "&") for address in bare)]
    return {urljoin(ORIGIN + path, address) for address in found}


@pytest.mark.parametrize("path", FEEDS)
def test_every_feed_is_well_formed_and_read_without_complaint(path):
    etree.fromstring(SERVED[path].body)
    feed = parsed(path)
    assert not feed.bozo
    assert feed.version in {"rss20", "atom10"}
    assert feed.entries
    assert all(entry.id and entry.title and entry.published_parsed for entry in feed.entries)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_closes_what_it_opens(path):
    reader = Addresses()
    reader.feed(text(path))
    assert reader.open == []


@pytest.mark.parametrize("path", [*FEEDS, *PAGES])
def test_every_address_within_the_network_is_served(path):
    within = {address for address in addresses(path) if address.startswith(ORIGIN)}
    assert within
    assert {urlsplit(address).path for address in within} - set(SERVED) == set()


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(NETWORK).as_posix())
def test_no_host_is_named_but_invented_ones(path):
    hosts = {urlsplit(address).hostname for address in re.findall(r"https?://[^\s\"'<)]+", path.read_text("utf-8"))}
    assert {host for host in hosts - VOCABULARIES if not host.endswith(".example")} == set()


def test_ids_name_invented_hosts_and_not_the_port_so_that_they_outlive_a_run():
    ids = [entry.id for path in FEEDS for entry in parsed(path).entries]
    assert not [entry_id for entry_id in ids if "127.0.0.1" in entry_id]
    assert len(set(ids)) == len(ids)


def test_the_network_is_as_large_as_a_newcomer_needs():
    articles = [parsed(f"/{site}/feed/").entries for site in ("tidewater", "mole", "lighthouse")]
    assert [len(entries) for entries in articles] == [3, 3, 3]
    assert all(3 <= entry.content[0].value.count("<p>") <= 8 for entries in articles for entry in entries)


@pytest.mark.parametrize("path", [path for path in SERVED if path.endswith(".png")])
def test_pictures_are_small_png(path):
    assert SERVED[path].body.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(SERVED[path].body) <= 10_000


TIDEWATER, MOLE, LIGHTHOUSE = "/tidewater/feed/", "/mole/feed/", "/lighthouse/feed/"
FOG_PAGE, FOG_COMMENTS = "/tidewater/fog-bell/", "/tidewater/fog-bell/feed/"

PHENOMENA = {
    "the byline is the site": (TIDEWATER, "<dc:creator><![CDATA[Tidewater]]></dc:creator>"),
    "a standfirst names another site's editors": (TIDEWATER, "<p><em>The editors of the harbour magazine </em><a "),
    "the standfirst links the original": (TIDEWATER, f'<a href="{ORIGIN}/lighthouse/nebelglocke/"><strong>'),
    "brackets explain": (TIDEWATER, "[a port authority]"),
    "a credit line ends the text": (TIDEWATER, "<p><em>Translated by Maren Oakes.</em></p>"),
    "two translators": (TIDEWATER, "Translated from the German by Ilse Brandvold and Tom Fenwright."),
    "a feed footer": (TIDEWATER, "appeared first on"),
    "a comment feed is named": (TIDEWATER, f"<wfw:commentRss>{ORIGIN}{FOG_COMMENTS}</wfw:commentRss>"),
    "responses are counted": (TIDEWATER, "<slash:comments>3</slash:comments>"),
    "tracking parameters": (TIDEWATER, "?utm_source="),
    "root-relative pictures": (TIDEWATER, 'src="/tidewater/pictures/bell.png"'),
    "name-only authors": (MOLE, "<author><name>Abena Thorpe</name></author>"),
    "an entry's own language": (MOLE, '<entry xml:lang="ar">'),
    "the original in rel=via": (MOLE, 'rel="via" type="text/html" hreflang="en"'),
    "a feed's licence": (MOLE, '  <link rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/"/>\n  <'),
    "an entry's stricter licence": (MOLE, '    <link rel="license" href="https://creativecommons.org/licenses/by-nd/'),
    "a translation the other way": (MOLE, "Aus dem Englischen von Silke Haverbek."),
    "an author's name in the feed": (LIGHTHOUSE, "<dc:creator>Jolanda Wiek</dc:creator>"),
    "a share bar": (FOG_PAGE, "?share="),
    "a comment form": (FOG_PAGE, '<form action="'),
    "reply links": (FOG_PAGE, "?replytocom="),
    "a pingback": (FOG_COMMENTS, "<p>[&#8230;] The editors of"),
    "a reprint says so": (FOG_COMMENTS, "republished from Tidewater. [&#8230;]"),
    "right to left": ("/mole/rasif/", 'lang="ar" dir="rtl"'),
    "a page's licence": ("/tidewater/crane/", '<a rel="license"'),
}


@pytest.mark.parametrize(("path", "said"), PHENOMENA.values(), ids=PHENOMENA)
def test_the_network_shows(path, said):
    assert said in text(path)


def test_a_caption_is_printed_twice():
    assert text(FOG_PAGE).count(">The bell on the east quay. Drawing by Lotte Brakel.</") == 2


def test_the_comment_feed_has_two_comments_and_a_pingback():
    titles = [entry.title for entry in parsed(FOG_COMMENTS).entries]
    assert titles == ["By: Dorrit Pell", "By: What the fog keeps | Quayside Notebook", "By: Emeka L."]


def test_one_site_states_no_licence():
    stated = re.compile("licen[cs]e|lizenz|rights|creativecommons", re.IGNORECASE)
    assert not [path for path in SERVED if path.startswith("/lighthouse/") and stated.search(text(path))]


def test_a_second_request_is_answered_304_by_either_validator_and_the_signal_handlers_stay():
    async def ask() -> list[int]:
        async with open_network() as origin, httpx.AsyncClient(base_url=origin, trust_env=False) as client:
            first = await client.get("/mole/feed/")
            etag, modified = first.headers["etag"], first.headers["last-modified"]
            assert first.headers["content-type"].startswith("application/atom+xml")
            assert f'href="{origin}/mole/kran/"' in first.text
            answers = [
                await client.get("/mole/feed/", headers={"If-None-Match": etag}),
                await client.get("/mole/feed/", headers={"If-Modified-Since": modified}),
                await client.get("/mole/feed/", headers={"If-None-Match": '"old"', "If-Modified-Since": modified}),
                await client.head("/mole/feed/"),
                await client.get("/nowhere/"),
            ]
            return [first.status_code, *(answer.status_code for answer in answers)]

    before = signal.getsignal(signal.SIGTERM)
    assert asyncio.run(ask()) == [200, 304, 304, 200, 200, 404]
    assert signal.getsignal(signal.SIGTERM) is before


def test_the_configuration_follows_the_three_sites_and_makes_two_publications(tmp_path: Path):
    written = tomllib.loads(configuration(ORIGIN, tmp_path / 'a "quoted" folder', 8080))
    subscriptions = written["subscriptions"]
    assert {s["url"] for s in subscriptions.values()} == {ORIGIN + path for path in (TIDEWATER, MOLE, LIGHTHOUSE)}
    assert [name for name, s in subscriptions.items() if "permission" in s] == ["tidewater"]
    assert not [name for name, s in subscriptions.items() if "licence" in s]
    assert {name: p["language"] for name, p in written["publications"].items()} == {"english": "en", "deutsch": "de"}
    assert written["output"]["directory"] == str(tmp_path / 'a "quoted" folder' / "public")
    assert written["server"] == {"host": "127.0.0.1", "port": 8080}
