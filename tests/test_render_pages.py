"""The pages: what a visitor finds, and what a feed reader, a search engine and the next republisher find for them."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree, html

from syndicator.model import (
    Document,
    Hop,
    Original,
    Publication,
    Release,
    Site,
    Stored,
    Subscription,
    Terms,
    Translation,
)
from syndicator.stages import article, parse, render
from syndicator.stages.opml import Outline, read_opml
from syndicator.stages.render.pages import templating
from tests.entries import AWKWARD, COMMENT, ENGLISH, NOON, ORIGINAL_URL, PING, SITE, URL, stored

ARABIC = Publication(name="arabic", title="مترجم لك", subscriptions=("lighthouse",), language="ar")


def page(publications: tuple[Publication, ...] = (ENGLISH, ARABIC), site: Site = SITE) -> Any:
    return html.document_fromstring(render.site_documents(site, publications)["index.html"])


def publication_page(publication: Publication, *names: str) -> Any:
    made = render.fragments([AWKWARD[name] for name in names], publication, SITE)
    return html.document_fromstring(
        render.documents(publication, SITE, made, [], NOON)[f"{publication.name}/index.html"]
    )


def entry_page(each: Stored, publication: Publication = ENGLISH, **templates: str) -> Any:
    overriding = {f"{name}.html": text for name, text in templates.items()}
    return html.document_fromstring(render.entry_page(each, publication, SITE, overriding))


def data_of(root: Any) -> Any:
    return json.loads(root.findtext(".//script"))


def addresses(root: Any, path: str) -> list[str]:
    return [str(each.get("href")) for each in root.findall(path)]


def test_a_feed_reader_finds_every_feed_of_the_site() -> None:
    found = [(each.get("type"), each.get("href")) for each in page().findall(".//head/link[@rel='alternate']")]
    assert found[:3] == [
        ("application/atom+xml", "english/feed.atom"),
        ("application/rss+xml", "english/feed.rss"),
        ("application/feed+json", "english/feed.json"),
    ]
    assert len(found) == 6


def test_a_visitor_finds_each_publication_with_its_subscribe_links() -> None:
    root = page()
    assert [each.text_content() for each in root.findall(".//h2")] == ["Translated for you", "مترجم لك"]
    assert {"english/feed.atom", "english/feed.rss", "english/feed.json", "publications.opml"} <= {
        *addresses(root, ".//a")
    }
    assert "A feed brings new articles" in root.text_content()


@pytest.mark.parametrize(
    ("publications", "expected"),
    [((ARABIC,), ("ar", "rtl")), ((ENGLISH,), ("en", "ltr")), ((ENGLISH, ARABIC), ("en", "ltr")), ((), ("en", "ltr"))],
)
def test_the_root_page_speaks_the_language_its_publications_share(
    publications: tuple[Publication, ...], expected: tuple[str, str]
) -> None:
    root = page(publications)
    assert (root.get("lang"), root.get("dir")) == expected


def test_a_publications_page_lists_its_entries_with_their_credit() -> None:
    (entry,) = publication_page(ENGLISH, "plain").findall(".//li")
    told = " ".join(entry.text_content().split())
    people = "Written by Vera Lunina · Translated by Tom Reed"
    assert told == f"The lamp May 3, 2026 · {people} · Original: Mayak · Licence: CC-BY-SA-4.0"
    assert entry.find(".//h3").get("lang") == "en-GB"


def test_a_publication_without_entries_says_so() -> None:
    assert "Nothing has been published here yet." in publication_page(ENGLISH).text_content()


def test_the_arabic_page_runs_from_right_to_left() -> None:
    root = publication_page(ARABIC, "arabic")
    assert (root.get("lang"), root.get("dir")) == ("ar", "rtl")
    assert "الترجمة: Tom Reed" in root.text_content()


def test_pages_need_nothing_from_elsewhere_and_no_script() -> None:
    """So that a Content-Security-Policy of "default-src 'self'" holds: no script, no style attribute, one own sheet."""
    for root in (page(), publication_page(ENGLISH, *AWKWARD), *map(entry_page, AWKWARD.values())):
        assert not [each for each in root.findall(".//script") if each.get("type") != "application/ld+json"]
        ours = [each for each in root.iter() if each.tag != "img"]  # the articles' own, or a partner's counter
        assert not [each for each in ours if each.get("style") or each.get("src") or each.get("onclick")]
        assert addresses(root, ".//link[@rel='stylesheet']") in (["style.css"], ["../style.css"], ["../../style.css"])
    assert b"url(" not in render.site_documents(SITE, ())["style.css"]


def test_no_text_of_others_becomes_markup() -> None:
    title = '<script>"&'
    site, publication = (
        Site(base_url="https://x.example", title=title),
        Publication(name="p", title=title, subscriptions=()),
    )
    made = render.site_documents(site, [publication])["index.html"].decode()
    assert "<script" not in made
    assert not re.search(
        "<(script|b>|/entry)", html.tostring(publication_page(ENGLISH, "markup-in-plain-text")).decode()
    )


def test_publications_opml_is_read_back() -> None:
    made = render.site_documents(SITE, [ENGLISH, ARABIC])["publications.opml"]
    base = "https://feeds.example.org"
    assert read_opml(made) == tuple(
        Outline(title=each.title, url=f"{base}/{each.name}/feed.atom", site_url=f"{base}/{each.name}/index.html")
        for each in (ENGLISH, ARABIC)
    )
    assert etree.fromstring(made).get("version") == "2.0"


def test_subscriptions_leave_as_opml_and_are_read_back() -> None:
    followed = [Subscription(name="lighthouse", url="https://lighthouse.example/feed?a=1&b=2")]
    assert read_opml(render.subscriptions_opml(SITE, followed)) == (
        Outline(title="lighthouse", url="https://lighthouse.example/feed?a=1&b=2"),
    )


def test_the_same_publications_give_the_same_bytes() -> None:
    assert render.site_documents(SITE, [ENGLISH]) == render.site_documents(SITE, [ENGLISH])


def test_control_characters_in_a_title_harm_nothing() -> None:
    site = Site(base_url="https://x.example", title="A\x00B")
    odd = Publication(name="odd", title="C\x01\ud800D", subscriptions=())
    assert html.document_fromstring(render.site_documents(site, [odd])["index.html"]).findtext(".//h1") == "AB"
    made = render.documents(odd, site, render.fragments([stored()], odd, site), [], NOON)
    assert etree.fromstring(made["odd/feed.atom"]).findtext("{*}title") == "CD"


HERE = "https://feeds.example.org/english/entries/the-lamp-0123456789.html"
STALE = Translation(from_language="ru", to_language="en-GB", state="stale")


@pytest.mark.parametrize("name", AWKWARD)
def test_every_entry_has_a_page_with_one_title_and_one_main_part(name: str) -> None:
    root = entry_page(AWKWARD[name])
    assert len(root.findall(".//h1")) == len(root.findall(".//main")) == 1
    assert root.findtext(".//h1")
    assert data_of(root)["@type"] == "Article"


def test_the_page_of_an_entry_says_who_made_it_from_what_and_under_which_licence() -> None:
    root = entry_page(stored())
    told = " ".join(root.find(".//*[@class='byline']").text_content().split())
    assert told == "May 3, 2026 · Written by Vera Lunina · Translated by Tom Reed (Russian → English) · Original: Mayak"
    assert root.find(".//a[@rel='license']").text_content() == "CC-BY-SA-4.0"
    assert "Nobody had asked for it." in root.find(".//*[@class='e-content']").text_content()


def test_the_credit_block_is_that_of_the_feed() -> None:
    (item,) = json.loads(
        render.documents(ENGLISH, SITE, render.fragments([stored()], ENGLISH, SITE), [], NOON)["english/feed.json"]
    )["items"]
    ((block),) = entry_page(stored()).findall(".//*[@class='syndicator-credit']")
    assert block.text_content() in html.fromstring(item["content_html"]).text_content()


def test_machines_read_the_same_from_json_ld() -> None:
    told = data_of(entry_page(stored()))
    assert [each["name"] for each in told["author"]] == ["Vera Lunina"]
    assert told["translator"] == [{"@type": "Person", "name": "Tom Reed"}]
    assert (told["translationOfWork"]["url"], told["translationOfWork"]["inLanguage"]) == (ORIGINAL_URL, "ru")
    assert told["isBasedOn"] == ORIGINAL_URL
    assert told["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert told["publisher"]["name"] == "Lighthouse"
    assert told["sdPublisher"]["name"] == "Harbour Readers"
    assert "Translated by Tom Reed" in told["creditText"]
    assert (told["inLanguage"], told["datePublished"]) == ("en-GB", "2026-05-03T12:00:00+00:00")


def test_what_reads_pages_of_others_reads_ours() -> None:
    page = article.read_article(Document(url=HERE, body=render.entry_page(stored(), ENGLISH, SITE)))
    named = {(each.role, each.name) for each in page.imprint.named}
    assert {("author", "Vera Lunina"), ("translator", "Tom Reed"), ("publisher", "Lighthouse")} <= named
    assert page.imprint.original == Original(url=ORIGINAL_URL, language="ru")
    assert (page.language, page.canonical_url) == ("en-GB", URL)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("a translation, where its last translation came out", URL),
        ("a copy, where its original came out", "https://first.example/"),
        ("one of unknown provenance, where we took it from", URL),
        ("a translation of ours, here", HERE),
        ("one without any address, here", HERE),
    ],
)
def test_the_canonical_address_is_where_the_text_came_out_first(case: str, expected: str) -> None:
    first = Hop(role="original", url="https://first.example/")
    ours = (Hop(role="original", url=ORIGINAL_URL), Hop(role="translation", publisher="Harbour Readers"))
    each = {
        "a translation, where its last translation came out": stored(),
        "a copy, where its original came out": stored(provenance=(first,), original=None, translation=None),
        "one of unknown provenance, where we took it from": stored(provenance=(), original=None, translation=None),
        "a translation of ours, here": stored(url=None, provenance=ours),
        "one without any address, here": AWKWARD["nothing-known"],
    }[case]
    root = entry_page(each)
    assert addresses(root, ".//link[@rel='canonical']") == [expected]
    assert data_of(root)["url"] == expected


@pytest.mark.parametrize(
    ("scope", "text", "summary"),
    [("whole", True, False), ("untouched", True, False), ("excerpt", False, True), ("link", False, False)],
)
def test_only_what_the_gate_lets_out_is_on_the_page(scope: Any, text: bool, summary: bool) -> None:
    told = render.entry_page(stored(release=Release(scope=scope, why="a test")), ENGLISH, SITE).decode()
    assert ("Nobody had asked for it." in told) is text
    assert ("A keeper counts" in told) is summary
    assert "Vera Lunina" in told


def test_a_stale_translation_says_so_above_its_text() -> None:
    assert "has changed" in entry_page(stored(translation=STALE)).findtext(".//*[@class='note']")
    assert entry_page(stored()).find(".//*[@class='note']") is None


TOP = replace(ENGLISH, credit_position="top")
SAID_IN_BOTH = ("Written by", "Translated by", "Original: ", "The original has changed")


@pytest.mark.parametrize(
    ("publication", "partner", "times"),
    [(ENGLISH, None, 2), (TOP, None, 1), (ENGLISH, "top", 1), (TOP, "end", 2)],
    ids=["at the end", "at the top", "at the top for a partner", "at the end for a partner"],
)
def test_credits_right_above_the_text_are_not_said_in_the_byline_too(
    publication: Publication, partner: Any, times: int
) -> None:
    root = entry_page(stored(translation=STALE, terms=Terms(credit_position=partner)), publication)
    told = root.find(".//article").text_content()
    assert [told.count(each) for each in SAID_IN_BOTH] == [times] * len(SAID_IN_BOTH)
    assert " ".join(root.find(".//*[@class='byline']").text_content().split()).startswith("May 3, 2026")


@pytest.mark.parametrize("scope", ["whole", "excerpt", "link"])
def test_a_byline_without_a_block_right_below_it_keeps_its_names(scope: Any) -> None:
    root = entry_page(stored(release=Release(scope=scope, why="a test")), TOP)
    named = "Written by Vera Lunina" in root.find(".//*[@class='byline']").text_content()
    assert named is (scope == "link"), "where no text goes out, the block stands at the end"


def test_machines_read_the_same_whatever_the_position_of_the_credits() -> None:
    end, top = (entry_page(stored(), publication) for publication in (ENGLISH, TOP))
    assert data_of(end) == data_of(top)
    (card,) = top.findall(".//*[@class='p-author h-card']")
    assert [(each.get("class"), each.get("value")) for each in card] == [
        ("p-name", "Vera Lunina"),
        ("u-url", "https://vera.example/"),
    ]
    assert [each.get("value") for each in top.findall(".//data[@class='u-translation-of']")] == [ORIGINAL_URL]


def test_pings_are_listed_and_comments_only_counted() -> None:
    told = render.entry_page(stored((PING, COMMENT)), ENGLISH, SITE).decode()
    thread = html.fromstring(told).find(".//section")
    assert " ".join(thread.text_content().split()) == "Responses Comments (2) An answer to the lamp The Buoy"
    assert thread.find(".//li/a").get("rel") == "ugc nofollow"
    for private in ("Private Pat", "My private words", "Secret Author"):
        assert private not in told


def test_the_responses_to_an_entry_are_a_feed_that_our_parser_reads() -> None:
    made = render.entry_documents(stored((PING, COMMENT)), ENGLISH, SITE)["english/entries/the-lamp-0123456789.atom"]
    feed = parse.parse(Document(url=HERE, body=made))
    (ping,) = feed.entries
    assert (ping.title.value, ping.link, ping.in_reply_to) == (PING.title, PING.uri, "https://lighthouse.example/?p=7")
    assert ping.categories == ("pingback",)
    assert b"Private Pat" not in made


def test_nothing_ends_the_data_of_a_page_before_its_end() -> None:
    hostile = "</script><script>alert(1)</script><!--"
    made = render.entry_page(stored(title=hostile, rights=hostile), ENGLISH, SITE)
    assert made.count(b"<script") == made.count(b"</script") == 1
    assert data_of(html.document_fromstring(made))["headline"] == hostile


def test_a_text_cannot_speak_for_the_page() -> None:
    """Its classes would be microformats of the page, its h1 a second title, its main a second main part."""
    guest = '<main class="h-card p-author"><h1 class="p-name skip">Eve</h1><img src="https://x.example/a.png"></main>'
    root = entry_page(stored(content_html=guest))
    assert len(root.findall(".//main")) == len(root.findall(".//h1")) == 1
    content = root.find(".//*[@class='e-content']")
    assert {each.get("class") for each in content.iter()} == {"e-content", None, "syndicator-credit"}
    assert dict(content.find(".//img").attrib) == {"src": "https://x.example/a.png", "alt": "", "loading": "lazy"}


SAID_ANEW = {
    "<h1>a</h1><h2>b</h2><h4>c</h4><h2>d</h2>": "<h2>a</h2><h3>b</h3><h4>c</h4><h3>d</h3>",
    "<h3>a</h3><h5>b</h5>": "<h2>a</h2><h3>b</h3>",
    "<h1>a</h1><h2></h2><h3></h3><h4></h4><h5></h5><h6>f</h6>": (
        "<h2>a</h2><h3></h3><h4></h4><h5></h5><h6></h6><h6>f</h6>"
    ),
    "<center>a <strike>b</strike> <tt>c</tt></center>": "<div>a <s>b</s> <code>c</code></div>",
    '<ruby><rb>漢</rb><rt>kan</rt></ruby> <acronym title="d">e</acronym>': (
        '<ruby><span>漢</span><rt>kan</rt></ruby> <abbr title="d">e</abbr>'
    ),
    '<p dir="">a</p><p dir="RTL">b</p>': '<p>a</p><p dir="RTL">b</p>',
    '<video><source src="https://x.example/a"></video>a<wbr>b': (
        '<video><source src="https://x.example/a"></video>a<wbr>b'
    ),
}


@pytest.mark.parametrize(("guest", "shown"), SAID_ANEW.items())
def test_a_text_is_valid_html_in_a_page(guest: str, shown: str) -> None:
    made = render.entry_page(stored(content_html=guest), ENGLISH, SITE).decode()
    assert f"{shown}<hr>" in made


def test_a_keyboard_reaches_a_table_which_may_scroll() -> None:
    root = entry_page(stored(content_html="<table><tr><td>1931</td></tr></table>"))
    assert root.find(".//table").get("tabindex") == "0"


def test_a_page_is_in_its_entrys_language_and_our_words_in_the_publications() -> None:
    root = entry_page(stored(), ARABIC)
    assert (root.get("lang"), root.get("dir")) == ("en-GB", "ltr")
    assert (root.find(".//footer").get("lang"), root.find(".//footer").get("dir")) == ("ar", "rtl")
    assert entry_page(AWKWARD["arabic"]).get("dir") == "rtl"


def test_a_page_leads_to_the_feeds_and_to_the_publication() -> None:
    root = entry_page(stored())
    assert addresses(root, ".//link[@rel='alternate']") == [
        "../feed.atom",
        "../feed.rss",
        "../feed.json",
        "the-lamp-0123456789.atom",
    ]
    assert addresses(root, ".//header/a") == ["../../index.html", "../index.html"]


def test_an_index_leads_to_the_pages_of_ours_that_there_are() -> None:
    entries = [stored(), stored(id="urn:x:2")]
    made = render.fragments(entries, ENGLISH, SITE)
    pages = {"urn:x:2": render.page_path("second-0123456789")}
    told = render.documents(ENGLISH, SITE, made, [], NOON, pages=pages)["english/index.html"]
    assert addresses(html.document_fromstring(told), ".//h3/a") == [URL, "entries/second-0123456789.html"]


def test_a_page_beside_its_text_stays_under_50_kilobytes() -> None:
    pings = tuple(replace(PING, id=str(number), site=f"Site {number}") for number in range(5000))
    page = render.entry_page(stored(pings), ENGLISH, SITE)
    assert len(page) < 50_000
    assert b"Site 4999<" in page
    entries = [stored(id=f"urn:x:{number}") for number in range(50)]
    made = render.documents(ENGLISH, SITE, render.fragments(entries, ENGLISH, SITE), [], NOON)
    assert len(made["english/index.html"]) < 50_000


def test_a_time_has_no_fraction_that_html_forbids() -> None:
    moment = NOON.replace(microsecond=47912)
    said = replace(COMMENT, published=moment)
    root = entry_page(stored((said,), published=moment), replace(ENGLISH, comments=True))
    assert [each.get("datetime") for each in root.iter("time")] == ["2026-05-03T12:00:00+00:00"] * 2


def test_a_feed_names_the_style_sheet_that_explains_it() -> None:
    made = render.documents(ARABIC, SITE, render.fragments([stored()], ARABIC, SITE), [], NOON)
    for file in ("feed.atom", "feed.rss", "responses.atom"):
        first, second = made[f"arabic/{file}"].splitlines()[:2]
        assert (first[:5], second) == (b"<?xml", b'<?xml-stylesheet type="text/css" href="feed.css"?>')
    assert "direction: rtl" in made["arabic/feed.css"].decode()


def test_an_editor_replaces_a_block_of_a_template() -> None:
    theirs = '{% extends "ours/entry.html" %}{% block footer %}<footer>{{ heading }} & ours</footer>{% endblock %}'
    root = entry_page(stored(title="<b>"), entry=theirs)
    assert root.findtext(".//footer") == "<b> & ours"
    assert root.find(".//article") is not None


@pytest.mark.parametrize(
    ("theirs", "why"),
    [
        ("{{ heading.__class__.__mro__ }}", "unsafe"),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{% if %}", "Expected an expression"),
        ("{{ [1, 2] | random }}", "No filter named 'random'"),
        ("{% for x in range(10 ** 9) %}{% endfor %}", "Range too big"),
        ("{{ 1 / 0 }}", "division by zero"),
    ],
)
def test_a_template_that_cannot_be_used_says_which_and_why(theirs: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"^templates/entry.html: .*{re.escape(why)}"):
        render.entry_page(stored(), ENGLISH, SITE, {"entry.html": theirs})


def test_templates_are_checked_before_use() -> None:
    theirs = {"entry.html": "a\n{% if %}", "entrie.html": "", "style.css": "p {#", "site.html": "fine"}
    found = [(each.subject, each.why) for each in render.template_mistakes(theirs)]
    assert found == [
        ("templates/entrie.html", "stands in for no template of ours"),
        ("templates/entry.html", "line 2: Expected an expression, got 'end of statement block'"),
    ]


def test_another_template_is_another_recipe() -> None:
    one = render.page_recipe(ENGLISH, SITE)
    assert one == render.page_recipe(ENGLISH, SITE)
    assert one != render.page_recipe(ENGLISH, SITE, {"entry.html": "mine"})
    assert one != render.page_recipe(ENGLISH, replace(SITE, title="Other"))


def test_ours_under_theirs_is_part_of_the_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version's entry.html counts where an editor's extends ours."""
    theirs = {"entry.html": '{% extends "ours/entry.html" %}'}
    before = render.page_recipe(ENGLISH, SITE, theirs)
    newer = {**templating._own(), "entry.html": "new"}
    monkeypatch.setattr(templating, "_own", lambda: newer)
    assert render.page_recipe(ENGLISH, SITE, theirs) != before


def test_the_same_entry_gives_the_same_page() -> None:
    each = stored((PING, COMMENT))
    assert render.entry_documents(each, ENGLISH, SITE) == render.entry_documents(each, ENGLISH, SITE)
