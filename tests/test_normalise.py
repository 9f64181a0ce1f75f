"""Clean markup, absolute addresses, one caption, languages, times, the identity of an address."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml.html import fragment_fromstring

from syndicator.stages.normalise import (
    absolute,
    body_text,
    clean_html,
    direction,
    excerpt,
    html_of,
    is_bounded,
    language_tag,
    plain_text,
    plausible_times,
    read_body,
    same_article,
    standfirst,
    without_tracking,
)

BASE = "https://lantern.example/2024/boats/"
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def body(markup: str):
    return read_body(markup, base=BASE, url=BASE, site="https://lantern.example")


@pytest.mark.parametrize(
    "markup",
    [
        '<p lang="ar" dir="rtl">x</p>',
        "<p>a <bdi>b</bdi> <bdo>c</bdo></p>",
        "<ruby>字<rt>ji</rt></ruby>",
        '<p translate="no">Name</p>',
        '<blockquote cite="https://a.example/x"><p>q</p></blockquote>',
        '<figure><img src="https://a.example/i.png"><figcaption>c</figcaption></figure>',
        '<p><ins datetime="2024-01-01">new</ins> <del>old</del> <time datetime="2024">then</time></p>',
        "<table><tbody><tr><th>a</th><td>b</td></tr></tbody></table>",
        '<ol start="3"><li>three</li></ol>',
    ],
)
def test_what_translators_need_is_kept(markup):
    assert clean_html(markup, base=BASE) == markup


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<svg><animate onbegin=alert(1)></svg>",
        "<iframe src=https://a.example>inside</iframe>",
        "<style>p{}</style>",
        "<!-- <b>hidden</b> -->",
        "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    ],
)
def test_what_is_active_goes_with_its_content(markup):
    assert clean_html(f"a{markup}b", base=BASE) == "ab"


@pytest.mark.parametrize("attribute", ["href", "cite", "src", "poster"])
@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", " JAVASCRIPT:x"]
)
def test_no_attribute_keeps_a_scheme_that_runs(attribute, url):
    tag = {"href": "a", "cite": "q", "src": "video", "poster": "video"}[attribute]
    assert attribute not in clean_html(f'<{tag} {attribute}="{url}">x</{tag}>', base=BASE)


def test_characters_that_xml_forbids_go_before_and_after_cleaning():
    assert clean_html("<p>a&#1;\x02\ud800\ufffe b</p>", base=BASE) == "<p>a b</p>"


def test_quotes_brackets_and_no_break_spaces_stay():
    assert plain_text(clean_html("<p>“a” 'b' [c]&nbsp;d</p>", base=BASE)) == "“a” 'b' [c]\xa0d"


@pytest.mark.parametrize(
    ("markup", "bounded"),
    [
        ("<div>" * 513, False),
        ("<div>" * 512, True),
        ("<p>x" * 5000, True),
        ("<b>x</b>" * 5000, True),
        ("<b><!--</b>-->" * 600, False),
        ('<b title="</b>">' * 600, False),
        ("<svg><b></b>" * 600, False),
        ("x" * 1_000_001, False),
        ("& " * 20_001, False),
        ("&amp;&#1072;" * 20_001, True),
    ],
    ids=[
        "too deep",
        "deep",
        "unclosed paragraphs",
        "many siblings",
        "closed in a comment",
        "closed in an attribute",
        "foreign",
        "too long",
        "too many bare ampersands",
        "many entities",
    ],
)
def test_nesting_is_never_underestimated(markup, bounded):
    assert is_bounded(markup) is bounded


def test_the_words_of_the_deepest_markup_are_kept():
    assert html_of(body("<b>" * 512 + "words").root).count("words") == 1


@pytest.mark.parametrize("href", ["#n1", " #n1 "])
def test_a_link_to_a_fragment_is_to_a_place_in_the_entry(href):
    made = read_body(f'<a href="{href}">1</a>', base="https://lantern.example/feed/", url=BASE, site=None)
    assert html_of(made.root) == f'<a href="{BASE}#n1">1</a>'


def test_markup_without_bounds_becomes_words_and_a_note():
    made = body("<div>" * 600 + "words &amp; more" + "</div>" * 600)
    assert html_of(made.root) == "<p>words &amp; more</p>"
    assert [note.code for note in made.notes] == ["markup-unbounded"]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/a", "https://lantern.example/a"),
        ("b.png", "https://lantern.example/2024/boats/b.png"),
        ("mailto:desk@lantern.example", "mailto:desk@lantern.example"),
        ("//cdn.example/x", "https://cdn.example/x"),
        ("http://[bad", None),
        ("ftp://a.example/", None),
        ("https://", None),
        ("/the lamp.png ", "https://lantern.example/the%20lamp.png"),
        ("\nhttps://a.exam\n\tple/x", "https://a.example/x"),
        ("java script:alert(1)", f"{BASE}java%20script:alert(1)"),
    ],
)
def test_an_address_is_absolute_or_none(url, expected):
    assert absolute(url, BASE) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?utm_source=b&id=4&fbclid=c#d", "https://a.example/x?id=4#d"),
        ("https://a.example/x?gclid=1", "https://a.example/x"),
        ("https://a.example/x?mc_cid=1&mc_eid=2", "https://a.example/x"),
        ("https://a.example/x?q=a+b&r=%20", "https://a.example/x?q=a+b&r=%20"),
    ],
)
def test_tracking_parameters_go_and_nothing_else_moves(url, expected):
    assert without_tracking(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "http://lantern.example/2024/boats",
        "https://www.lantern.example/2024/boats/?replytocom=8",
        "https://lantern.example/2024/boats/?share=pigeon&nb=1",
        "https://lantern.example/2024/boats/#comment-4",
        "https://lantern.example/2024/boats/?utm_campaign=x",
        "https://lantern.example:443/2024/boats/amp/",
        "https://lantern.example/2024/boats/comment-page-2/",
    ],
)
def test_one_article_has_one_key(url):
    assert same_article(url) == same_article(BASE)


def test_a_number_names_an_article():
    assert same_article("https://lantern.example/?p=1") != same_article("https://lantern.example/?p=2")


@pytest.mark.parametrize(
    "footer",
    [
        '<p>The post <a href="{u}">T</a> appeared first on <a href="https://lantern.example">L</a>.</p>',
        '<p>Der Beitrag <a href="{u}?utm_source=x">T</a> erschien zuerst auf <a href="https://www.lantern.example/">L</a>.</p>',
        "<p>The post Boats appeared first on Lantern.</p>",
        "<p>Запись Лодки впервые появилась Фонарь.</p>",
    ],
)
def test_the_feeds_footer_goes(footer):
    assert html_of(body("<p>a</p>" + footer.format(u=BASE)).root) == "<p>a</p>"


def test_a_last_paragraph_with_two_links_elsewhere_stays():
    markup = '<p>a</p><p>See <a href="https://b.example/1">this</a> and <a href="https://c.example/">that</a>.</p>'
    assert html_of(body(markup).root) == markup


def test_a_caption_is_said_once():
    made = body(
        '<figure><img src="/q.png" alt="Quay nine."><figcaption>Quay nine.</figcaption></figure>'
        "<p>Quay nine</p><p>Text.</p>"
    )
    assert html_of(made.root).count("Quay nine") == 1
    assert [(image.src, image.caption) for image in made.images] == [("https://lantern.example/q.png", "Quay nine.")]


def test_the_caption_of_an_old_theme_is_found_by_its_class():
    made = body('<div class="wp-caption"><img src="/q.png"><p class="wp-caption-text">Quay</p></div><p>a</p>')
    assert made.images[0].caption == "Quay"
    assert "class" not in html_of(made.root)


def test_a_counting_pixel_goes():
    assert "img" not in html_of(body('<p>a<img src="https://count.example/1.gif" width="1" height="1"></p>').root)


def test_the_text_is_the_paragraphs_without_standfirst_and_captions():
    root = body(
        "<p><em>About boats.</em></p><figure><img src=a><figcaption>c</figcaption></figure>"
        "<p>One [1].</p><ul><li>Two</li></ul>"
    ).root
    assert body_text(root) == "One [1].\n\nTwo"
    assert standfirst(root) == "About boats."


def test_a_box_around_the_whole_body_is_taken_off():
    assert html_of(body("<div><div><p>a</p><p>b</p></div></div>").root) == "<p>a</p><p>b</p>"


def test_the_excerpt_is_upstreams_summary_where_it_is_shorter():
    root = fragment_fromstring("<p>" + "word " * 200 + "</p>", create_parent="div")
    assert excerpt("<p>In short &amp; sweet.<img src=x></p>", root) == "<p>In short &amp; sweet.</p>"


def test_the_excerpt_is_else_the_beginning_cut_at_a_word():
    root = fragment_fromstring("<p>" + "word " * 200 + "</p>", create_parent="div")
    words = plain_text(excerpt("", root))
    assert len(words) <= 301
    assert words.endswith("word …")


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        (("en_gb",), "en-GB"),
        (("EN-gb",), "en-GB"),
        (("zh-hant-tw",), "zh-Hant-TW"),
        (("no language", None, "de"), "de"),
        (("und", "fr"), "fr"),
        ((None,), None),
    ],
)
def test_the_first_language_that_is_one_counts(declared, tag):
    assert language_tag(*declared) == tag


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar", "rtl"),
        ("fa-IR", "rtl"),
        ("he", "rtl"),
        ("ur", "rtl"),
        ("az-Arab", "rtl"),
        ("ar-Latn", "ltr"),
        ("en-GB", "ltr"),
        (None, "ltr"),
    ],
)
def test_direction_is_the_scripts_else_the_languages(tag, expected):
    assert direction(tag) == expected


@pytest.mark.parametrize(
    ("published", "updated", "expected"),
    [
        (NOW - timedelta(days=9), None, NOW - timedelta(days=9)),
        (None, NOW - timedelta(days=3), NOW - timedelta(days=3)),
        (datetime(1970, 1, 1, tzinfo=UTC), None, NOW),
        (datetime(1, 1, 1, tzinfo=UTC), NOW - timedelta(days=3), NOW - timedelta(days=3)),
        (NOW + timedelta(days=2), None, NOW),
        (None, None, NOW),
    ],
    ids=["stated", "only updated", "zero of Unix", "year one", "future", "nothing"],
)
def test_published_is_the_first_date_that_can_be(published, updated, expected):
    assert plausible_times(published, updated, first_seen=NOW, now=NOW)[0] == expected


def test_updated_is_never_before_published():
    first, updated, _ = plausible_times(NOW, NOW - timedelta(days=1), first_seen=NOW, now=NOW)
    assert updated == first
