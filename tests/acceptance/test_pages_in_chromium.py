"""Our pages in a real browser: light and dark, 320 pixels wide, in Arabic, and a feed that is opened raw.

A page of the test's own, from the same loopback server, opens ours in frames and writes down what the browser made of
them; the browser prints that page. What our own web server serves may not stand in a frame: there another page of the
test's opens windows, in a browser that lets it look into those of another origin.
"""

import html
import json
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

from syndicator.model import Publication, Release
from syndicator.stages import render
from tests.entries import AWKWARD, COMMENT, ENGLISH, NOON, PING, SITE, stored
from tests.test_web import saying, serving

ARABIC = Publication(name="arabic", title="مترجم لك", subscriptions=("lighthouse",), language="ar")
LONG = f"<p>{'Donaudampfschifffahrtsgesellschaft' * 4}</p>"
WIDE = (
    f"<table><tr>{'<td>lighthouse</td>' * 9}</tr></table><pre>{'lamp ' * 60}</pre>"
    f'<img src="https://lighthouse.example/l.png" width="1200" height="300">{LONG}'
)
ENTRIES = (
    replace(stored((PING, COMMENT), content_html=WIDE, title="Ledger"), slug="wide"),
    replace(AWKWARD["arabic"], slug="arabic", entry=replace(AWKWARD["arabic"].entry, id="urn:x:2")),
    replace(stored(id="urn:x:3", release=Release(scope="link", why="a test")), slug="link"),
)
(TRANSLATOR,) = (each for each in render.people_of(ENTRIES[0].entry) if "translator" in each.roles)
THEIRS = f"people/{TRANSLATOR.slug}"
PAGES = (
    *("index.html", "english/index.html", "english/entries/wide.html", "arabic/entries/arabic.html"),
    *(f"english/{THEIRS}.html", f"arabic/{THEIRS}.html", "english/entries/gone.html", "arabic/entries/gone.html"),
)
FEEDS = (
    *("english/feed.atom", "english/feed.rss", "english/responses.atom", "english/entries/wide.atom"),
    f"english/{THEIRS}.atom",
)
ARCHIVE = "english/archive/1.atom"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--virtual-time-budget=20000"),
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
PROBE = """<!doctype html><meta charset="utf-8"><pre id="told"></pre><script>
const seen = {};
const said = (view, each) => view.getComputedStyle(each, "::before").content;
function page(view, root) {
  const style = (each) => { const s = view.getComputedStyle(each); return {ink: s.color, paper: s.backgroundColor}; };
  const all = (names) => [...root.querySelectorAll(names)];
  return {
    overflow: root.documentElement.scrollWidth - root.documentElement.clientWidth, title: root.title,
    dir: view.getComputedStyle(root.documentElement).direction, body: style(root.body),
    texts: all("p, a, time, h1, h2, h3, td, pre, .hint, .skip").map(style),
    boxes: all("pre, .syndicator-credit").map(style), unlabelled: all("img:not([alt])").length,
    skip: root.querySelector(".skip").getBoundingClientRect().bottom,
  };
}
function feed(view, root) {
  const shown = (each) => view.getComputedStyle(each).display != "none";
  return {
    says: said(view, root.documentElement),
    titles: [...root.getElementsByTagName("title")].filter(shown).map((each) => each.textContent),
    texts: [...root.querySelectorAll("content, summary, description, id, guid")].filter(shown).length,
    translators: [...root.getElementsByTagName("marcrel:trl")].map((each) => said(view, each)),
  };
}
async function look(path, width) {
  const frame = document.createElement("iframe");
  frame.width = width; frame.height = 700; frame.src = path;
  const loaded = new Promise((done) => { frame.onload = done; });
  document.body.append(frame);
  await loaded;
  const root = frame.contentDocument;
  seen[`${path} ${width}`] = (path.endsWith("html") ? page : feed)(frame.contentWindow, root);
}
(async () => {
  for (const path of PATHS) for (const width of [320, 900]) await look(path, width);
  document.getElementById("told").textContent = JSON.stringify(seen);
})();
</script>"""
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="7" height="7"/>'
OPENER = """<!doctype html><meta charset="utf-8"><pre id="told"></pre><script>
const seen = {};
function look(view, root) {
  return {
    type: root.contentType, says: view.getComputedStyle(root.documentElement, "::before").content,
    skip: root.querySelector(".skip")?.getBoundingClientRect().bottom,
    pictures: [...root.images].map((each) => each.naturalWidth),
  };
}
const windows = ADDRESSES.map((address) => [address, window.open(address)]);
setInterval(() => {
  for (const [address, view] of windows) {
    const root = view.document;
    if (root.readyState == "complete" && root.URL == address) seen[new URL(address).pathname] = look(view, root);
  }
  document.getElementById("told").textContent = JSON.stringify(seen);
}, 100);
</script>"""
LOOKS_INTO_WINDOWS = ("--disable-web-security", "--disable-site-isolation-trials", "--disable-popup-blocking")
SCRIPTED = '{% extends "ours/site.html" %}{% block footer %}<script>document.title = "ran"</script>{% endblock %}'


class Handler(SimpleHTTPRequestHandler):
    """Feeds as what a browser is to show; Chromium shows the source of application/atom+xml."""

    extensions_map: ClassVar = {
        **dict.fromkeys((".atom", ".rss"), "application/xml"),
        ".svg": "image/svg+xml",
        ".html": "text/html",
        ".css": "text/css",
    }

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing: a test is quiet."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is published, and two pages of the test's own."""
    folder: Path = tmp_path_factory.mktemp("site")
    files = render.site_documents(SITE, [ENGLISH, ARABIC])
    pages = {each.entry.id: render.page_path(each.slug) for each in ENTRIES}
    for publication in (ENGLISH, ARABIC):
        made = render.fragments(ENTRIES, publication, SITE)
        heard = [(each, response) for each in ENTRIES for response in each.responses]
        files |= render.documents(publication, SITE, made, heard, NOON, pages=pages)
        files |= render.archive_documents(publication, SITE, 1, made, NOON)
        files |= render.person_documents(publication, SITE, TRANSLATOR, made, pages)
        for each in ENTRIES:
            files |= render.entry_documents(each, publication, SITE)
        notices = render.gone_documents(publication, SITE, "gone")
        files |= {path.removesuffix(".gone"): notice for path, notice in notices.items() if ".html" in path}
    files["scripted.html"] = render.site_documents(SITE, [ENGLISH], {"site.html": SCRIPTED})["index.html"]
    files["probe.html"] = PROBE.replace("PATHS", json.dumps([*PAGES, *FEEDS, ARCHIVE])).encode()
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)
    return folder


@pytest.fixture(scope="module")
def site(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


Browse = Callable[..., str]


@pytest.fixture(scope="module")
def browse(site: str, tmp_path_factory: pytest.TempPathFactory) -> Browse:
    """Opens a path of the site and returns the document that the browser made of it."""
    chromium = shutil.which("chromium") or pytest.skip("chromium is not installed (apt-get install chromium)")

    def opened(path: str, *flags: str) -> str:
        profile: Path = tmp_path_factory.mktemp("profile")
        command = [chromium, *FLAGS, *flags, f"--user-data-dir={profile}", "--dump-dom", f"{site}/{path}"]
        return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout

    return opened


def probe(browse: Browse, *flags: str, path: str = "probe.html") -> dict[str, Any]:
    told = re.search(r'<pre id="told">(.*?)</pre>', browse(path, *flags), re.DOTALL)
    assert told
    return dict(json.loads(html.unescape(told[1])))


@pytest.fixture(scope="module")
def light(browse: Browse) -> dict[str, Any]:
    return probe(browse)


@pytest.fixture(scope="module")
def dark(browse: Browse) -> dict[str, Any]:
    return probe(browse, "--blink-settings=preferredColorScheme=0")


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance, of "rgb(r, g, b)"."""
    parts = [int(each) / 255 for each in re.findall(r"\d+", colour)[:3]]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_nothing_is_wider_than_a_telephone(light: dict[str, Any]) -> None:
    assert {path: light[f"{path} 320"]["overflow"] for path in PAGES} == dict.fromkeys(PAGES, 0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_the_contrast_of_wcag_aa(scheme: str, request: pytest.FixtureRequest) -> None:
    seen = request.getfixturevalue(scheme)
    for path in PAGES:
        told = seen[f"{path} 900"]
        papers = {told["body"]["paper"], *(box["paper"] for box in told["boxes"])}
        assert min(contrast(text["ink"], paper) for text in told["texts"] for paper in papers) >= 4.5


def test_the_pages_are_dark_where_the_readers_system_is(light: dict[str, Any], dark: dict[str, Any]) -> None:
    for path in PAGES:
        assert luminance(light[f"{path} 900"]["body"]["paper"]) > 0.8
        assert luminance(dark[f"{path} 900"]["body"]["paper"]) < 0.1


def test_the_arabic_page_runs_from_right_to_left(light: dict[str, Any]) -> None:
    assert light["arabic/entries/arabic.html 320"]["dir"] == "rtl"
    assert light["english/entries/wide.html 320"]["dir"] == "ltr"


def test_no_picture_is_without_a_text_and_the_skip_link_waits_out_of_sight(light: dict[str, Any]) -> None:
    for path in PAGES:
        assert light[f"{path} 900"]["unlabelled"] == 0
        assert light[f"{path} 900"]["skip"] <= 0


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_opened_raw_explains_itself_and_lists_titles(path: str, light: dict[str, Any]) -> None:
    told = light[f"{path} 320"]
    assert told["says"].startswith('"This is a feed.')
    assert len(told["titles"]) >= 2
    assert told["texts"] == 0


def test_an_archive_opened_raw_says_where_new_entries_come(light: dict[str, Any]) -> None:
    assert light[f"{ARCHIVE} 320"]["says"].startswith('"These are older entries of a feed.')


def test_a_feed_opened_raw_names_who_translated(light: dict[str, Any]) -> None:
    for path in ("english/feed.atom", "english/feed.rss", f"english/{THEIRS}.atom", ARCHIVE):
        assert '"Translated by "' in light[f"{path} 900"]["translators"]


def test_feeds_and_pages_show_as_they_should_under_the_policy_of_our_web_server(
    folder: Path, site: str, browse: Browse
) -> None:
    (folder / "picture.svg").write_bytes(PICTURE)
    page = (folder / PAGES[2]).read_bytes()
    (folder / "pictured.html").write_bytes(page.replace(b"</main>", f'<img src="{site}/picture.svg"></main>'.encode()))
    with serving(folder, saying(None)) as client:
        origin = f"http://127.0.0.1:{client.port}"
        addresses = json.dumps([f"{origin}/{path}" for path in (*FEEDS, *PAGES, "pictured.html")])
        (folder / "opener.html").write_text(OPENER.replace("ADDRESSES", addresses))
        told = probe(browse, *LOOKS_INTO_WINDOWS, path="opener.html")
    for path in FEEDS:
        assert told[f"/{path}"]["type"] == "application/xml"
        assert told[f"/{path}"]["says"].startswith('"This is a feed.')
    for path in PAGES:
        assert told[f"/{path}"]["skip"] <= 0  # out of sight by the style sheet
    assert told["/pictured.html"]["pictures"][-1] == 7


def test_no_script_runs_in_a_page(browse: Browse) -> None:
    assert "<title>Harbour Readers</title>" in browse("scripted.html")


def test_the_way_from_the_first_page_to_a_feed_and_to_an_entry_is_whole(browse: Browse) -> None:
    assert 'href="english/index.html"' in browse("index.html")
    publication = browse("english/index.html")
    assert 'href="feed.atom"' in publication
    assert 'href="entries/wide.html"' in publication
    assert "Ledger" in browse("english/entries/wide.html")
