"""Our pages in the distribution's Chromium, as our own web server serves them: the way through them, light and dark,
320 pixels wide, in Arabic, by keyboard, without JavaScript, to assistive technology, and feeds that are opened raw.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.acceptance.browser import DESK, PHONE, Browser, open_browser
from tests.acceptance.harbour import FEEDS, PAGES, path, published
from tests.rounds import BASE
from tests.upstream import serve

Find = Callable[[str], str]

LARGEST = 50_000  # bytes, without pictures
"""How many bytes a page may weigh with its style sheet."""

WEIGHT = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .filter((each) => each.initiatorType != "img").reduce((sum, each) => sum + each.decodedBodySize, 0)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SAYS = """() => getComputedStyle(document.documentElement, "::before").content"""
SHOWN = """(names) => [...document.querySelectorAll(names)].filter((each) => each.checkVisibility()).map(
  (each) => getComputedStyle(each, "::before").content.replace(/^none$|"/g, "") + each.textContent)"""
VIOLATIONS = """async () => (await axe.run({resultTypes: ["violations"]})).violations.map(
  (each) => [each.help, ...each.nodes.map((node) => node.html)])"""
PAPER = "() => getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"

every_page = pytest.mark.parametrize("kind", PAGES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with serve({}) as upstream:
        yield published(upstream, tmp_path_factory.mktemp("harbour"))


@pytest.fixture(scope="module")
def browser(folder: Path, program: Callable[[str], str]) -> Iterator[Browser]:
    with open_browser(program("chromium"), folder) as browser:
        yield browser


@pytest.fixture
def find(folder: Path) -> Find:
    """The path of a kind of page or feed."""
    return partial(path, folder)


def test_the_way_from_the_first_page_to_an_entry_its_people_and_a_feed_is_whole_without_javascript(
    browser: Browser,
) -> None:
    with browser.page("", java_script_enabled=False) as page:
        for name in ("All", "What the fog keeps", "Tom Reed", "Low tide", "Ada Quist", "What the fog keeps"):
            page.get_by_role("link", name=name, exact=True).first.click()
        assert page.get_by_role("heading", name="Responses").is_visible()
        assert page.get_by_text("I did.").is_visible()
        page.get_by_role("link", name="Atom", exact=True).click()
        page.wait_for_url("**/all/feed.atom")
        assert "This is a feed." in page.evaluate(SAYS)


def test_the_first_page_says_what_a_feed_is_and_offers_those_of_each_publication(browser: Browser) -> None:
    with browser.page("") as page:
        assert page.get_by_text("A feed brings new articles to a reader of your choice").is_visible()
        offered = [link.get_attribute("href") for link in page.locator(".subscribe a").all()]
    names = ("all", "arabic", "deutsch", "chinese")
    assert offered == [
        f"{name}/{file}" for name in names for file in ("feed.atom", "feed.rss", "feed.json", "responses.atom")
    ]


@pytest.mark.parametrize("kind", FEEDS)
def test_a_feed_opened_raw_explains_itself_and_lists_titles(browser: Browser, find: Find, kind: str) -> None:
    with browser.page(find(kind), width=PHONE) as page:
        assert page.evaluate("() => document.contentType") == "application/xml"
        assert page.evaluate(SAYS).startswith('"This is a feed.')
        assert len(page.evaluate(SHOWN, "title")) >= 3
        assert page.evaluate(SHOWN, "content, summary, description, id, guid, updated") == []
        assert page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("kind", ["Atom", "RSS"])
def test_a_feed_opened_raw_names_who_translated(browser: Browser, find: Find, kind: str) -> None:
    with browser.page(find(kind)) as page:
        assert "Translated by Tom Reed" in page.evaluate(SHOWN, "trl")


def test_an_archive_opened_raw_says_where_new_entries_come(browser: Browser) -> None:
    with browser.page("deutsch/archive/1.atom") as page:
        assert page.evaluate(SAYS).startswith('"Das sind ältere Beiträge')


def test_the_way_to_the_oldest_entry_and_back_to_the_newest_is_by_links(browser: Browser) -> None:
    with browser.page("deutsch/index.html", java_script_enabled=False) as page:
        page.get_by_role("link", name="Ältere Beiträge").click()
        page.wait_for_url("**/deutsch/archive/2.html")
        page.get_by_role("link", name="Ältere Beiträge").click()
        page.wait_for_url("**/deutsch/archive/1.html")
        assert page.get_by_role("link", name="Ältere Beiträge").count() == 0
        page.get_by_role("link", name="Neueste Beiträge").click()
        page.wait_for_url("**/deutsch/index.html")
        page.goto(f"{BASE}/deutsch/archive/2.html")
        page.locator(".entries h3 a").last.click()
        page.wait_for_url("**/deutsch/entries/*.html")


@pytest.mark.parametrize("kind", ["site", "entry", "gone"])
def test_the_pages_are_dark_where_the_readers_system_is(browser: Browser, find: Find, kind: str) -> None:
    with browser.page(find(kind)) as page:
        assert min(page.evaluate(PAPER)) > 240
        page.emulate_media(color_scheme="dark")
        assert max(page.evaluate(PAPER)) < 40


@every_page
def test_a_page_fits_and_axe_finds_nothing_wide_or_narrow_light_or_dark(
    browser: Browser, find: Find, kind: str
) -> None:
    with browser.page(find(kind)) as page:
        page.evaluate(AXE_SCRIPT)
        for width, scheme in product((DESK, PHONE), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 700})
            page.emulate_media(color_scheme=scheme)
            assert page.evaluate(OVERFLOW) == 0
            assert page.evaluate(VIOLATIONS) == []


def test_pages_weigh_little_ask_nothing_of_others_but_pictures_and_break_no_rule(browser: Browser, find: Find) -> None:
    browser.asked.clear()
    browser.complaints.clear()
    for kind in (*PAGES, *FEEDS):
        with browser.page(find(kind)) as page:
            assert 0 < page.evaluate(WEIGHT) <= LARGEST, kind
    assert {said.partition("status of ")[2] for said in browser.complaints} == {"410 (Gone)"}
    elsewhere = {kind for kind, address in browser.asked if urlsplit(address).hostname != "ours.test"}
    assert elsewhere == {"image"}


def test_the_pictures_of_an_article_are_shown(browser: Browser, find: Find) -> None:
    with browser.page(find("entry"), width=PHONE) as page:
        picture = page.get_by_alt_text("A bell above grey water")
        picture.scroll_into_view_if_needed()
        page.wait_for_function("() => document.images[0].naturalWidth == 1200")
        assert picture.bounding_box()["width"] < PHONE


def test_no_script_runs_in_a_page(browser: Browser, folder: Path) -> None:
    page = (folder / "index.html").read_bytes()
    (folder / "scripted.html").write_bytes(page.replace(b"</main>", b"<script>document.title = 'ran'</script></main>"))
    with browser.page("scripted.html") as page:
        assert page.title() == "Test"
    assert "Content Security Policy" in browser.complaints.pop()
    (folder / "scripted.html").unlink()


@pytest.mark.parametrize(
    ("kind", "language", "direction"),
    [
        ("entry", "en", "ltr"),
        ("entry in Arabic", "ar", "rtl"),
        ("entry in Arabic among English ones", "ar", "rtl"),
        ("publication in Arabic", "ar", "rtl"),
        ("gone in Arabic", "ar", "rtl"),
        ("entry in Chinese", "zh", "ltr"),
        ("excerpt", "de", "ltr"),
    ],
)
def test_a_page_runs_as_its_language_does(
    browser: Browser, find: Find, kind: str, language: str, direction: str
) -> None:
    with browser.page(find(kind)) as page:
        assert page.locator("html").get_attribute("lang") == language
        assert page.evaluate("() => getComputedStyle(document.querySelector('h1')).direction") == direction


def test_what_was_taken_down_answers_410_and_leads_on(browser: Browser, find: Find) -> None:
    with browser.page(find("gone")) as page:
        assert page.reload().status == 410
        page.get_by_role("link", name="Newest entries").click()
        assert page.get_by_role("heading", name="All").is_visible()


def test_a_keyboard_goes_past_what_stands_above_the_text(browser: Browser, find: Find) -> None:
    with browser.page(find("entry")) as page:
        skip = page.get_by_role("link", name="Skip to the text")
        assert skip.bounding_box()["y"] < 0  # out of sight
        page.keyboard.press("Tab")
        page.wait_for_function("() => document.activeElement.getBoundingClientRect().top > 0")
        assert page.evaluate("() => document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.closest('main') != null")


def test_no_two_pages_have_one_title(folder: Path) -> None:
    titles = [re.findall("<title>(.*?)</title>", path.read_text()) for path in sorted(folder.rglob("*.html"))]
    assert len(titles) == len({*map(tuple, titles)}) > 15
