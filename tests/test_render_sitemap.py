"""What search engines are told: which pages there are, and where the lists of them lie."""

from datetime import timedelta
from typing import Any

from lxml import etree
from protego import Protego  # type: ignore[import-untyped]

from syndicator.stages import render
from tests.entries import ENGLISH, NOON, SITE, stored
from tests.rendered import SINCE
from tests.test_render_pages import ARABIC

BASE = "https://feeds.example.org/english"


def told(**pages: str) -> list[tuple[Any, ...]]:
    entries = [stored(id="one"), stored(id="two", updated=NOON + timedelta(days=2))]
    made = render.documents(ENGLISH, SITE, render.fragments(entries, ENGLISH, SITE), [], SINCE, pages=pages)
    root = etree.fromstring(made["english/sitemap.xml"])
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    return [tuple(each.text for each in place) for place in root]


def test_the_sitemap_lists_the_publications_page_and_the_entries_pages_with_their_last_change() -> None:
    assert told(one="entries/a.html", two="entries/b.html") == [
        (f"{BASE}/index.html", "2026-05-05T12:00:00+00:00"),
        (f"{BASE}/entries/a.html", "2026-05-03T13:00:00+00:00"),
        (f"{BASE}/entries/b.html", "2026-05-05T12:00:00+00:00"),
    ]


def test_an_entry_without_a_page_is_not_in_the_sitemap() -> None:
    assert [place for place, _ in told(two="entries/b.html")] == [f"{BASE}/index.html", f"{BASE}/entries/b.html"]


def test_robots_may_read_everything_and_find_every_sitemap() -> None:
    rules = Protego.parse(render.site_documents(SITE, [ENGLISH, ARABIC])["robots.txt"].decode())
    assert rules.can_fetch(f"{BASE}/entries/a.html", "anybot")
    assert [*rules.sitemaps] == [f"{BASE}/sitemap.xml", "https://feeds.example.org/arabic/sitemap.xml"]


def test_a_site_without_publications_has_a_robots_txt_too() -> None:
    assert render.site_documents(SITE, [])["robots.txt"] == b"User-agent: *\nAllow: /\n"
