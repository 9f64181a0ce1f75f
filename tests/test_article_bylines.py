"""What a page states of its people and its original beside the article's text. All names and sites are invented."""

import pytest
from lxml.html import fragment_fromstring

from syndicator.model import Document, Imprint, Original
from syndicator.stages.article import read_article

PARAGRAPHS = "<p>The ferry had not come for nine days when the keeper began to count the lamps in the store.</p>" * 4
TEASER = (
    "<article class='card'><h3>Oil</h3><span class='author'>Not Me</span><p>A teaser that says little.</p></article>"
)


def imprint(body: str, head: str = "") -> Imprint:
    page = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    article = read_article(Document(body=page.encode(), url="https://lantern.example/lamps/", charset="utf-8"))
    assert article is not None
    return article.imprint


def lines(body: str) -> list[tuple[str | None, str]]:
    """(role, words) of each byline."""
    return [
        (one.role, " ".join(fragment_fromstring(one.markup).text_content().split())) for one in imprint(body).bylines
    ]


def page(header: str = "", footer: str = "") -> str:
    text = f"<div class='entry-content'>{PARAGRAPHS}</div>"
    return f"<main><article><header><h1>Lamps</h1>{header}</header>{text}{footer}</article></main>"


def data(facts: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Lamps", {facts}}}</script>'


# ── lines ────────────────────────────────────────────────────────────────────────────────────────────────────────

LINES = {
    "a byline": ("<p class='byline'>By Ada Brook</p>", (None, "By Ada Brook")),
    "a line that nothing marks": ("<p>By Ada Brook</p>", (None, "By Ada Brook")),
    "rel=author": ("<div>by <a rel='author' href='/ada'>Ada Brook</a></div>", ("author", "Ada Brook")),
    "an address": ("<address>By Ada Brook</address>", (None, "By Ada Brook")),
    "an h-card": (
        "<span class='p-author h-card'><img><a class='p-name u-url' href='/a'>Ada Brook</a></span>",
        ("author", "Ada Brook"),
    ),
    "microdata": (
        "<span itemprop='author' itemscope><span itemprop='name'>Ada Brook</span>, 9</span>",
        ("author", "Ada Brook"),
    ),
    "WordPress' entry-meta": ("<div class='entry-meta'>Posted by Ada Brook</div>", (None, "Posted by Ada Brook")),
    "a translator's class": ("<span class='post-translator'>Ada Brook</span>", ("translator", "Ada Brook")),
    "a class in Spanish": ("<span class='traductora'>Ada Puente</span>", ("translator", "Ada Puente")),
    "a class in German": ("<span class='uebersetzerin'>Ada Brück</span>", ("translator", "Ada Brück")),
    "translator and link of an author page": (
        "<span class='translator'>Translated by <a rel='author' href='/a'>Ada Brook</a></span>",
        ("translator", "Translated by Ada Brook"),
    ),
}


@pytest.mark.parametrize(("header", "line"), LINES.values(), ids=LINES)
def test_a_line_above_the_text_is_told(header, line):
    assert line in lines(page(header))


def test_a_line_below_the_text_is_told():
    assert (None, "Translated by Ada Brook") in lines(
        page(footer="<footer class='entry-footer'>Translated by Ada Brook</footer>")
    )


def test_the_link_of_an_author_page_is_not_also_an_authors_where_it_is_a_translators():
    told = lines(page("<span class='translator'>Translated by <a rel='author' href='/a'>Ada Brook</a></span>"))
    assert "author" not in [role for role, _ in told]


def test_addresses_in_a_line_are_absolute():
    (one,) = imprint(page("<p class='byline'>By <a href='/ada'>Ada Brook</a></p>")).bylines
    assert 'href="https://lantern.example/ada"' in one.markup


def test_a_time_parts_the_words_around_it():
    (one,) = imprint(page("<p class='byline'>By Ada Brook<time>3 May</time>5 comments</p>")).bylines
    assert "Ada Brook<br>" in one.markup
    assert "3 May" not in one.markup


OTHERS = {
    "who commented": page() + "<ol class='commentlist'><li><cite class='author'>Not Me</cite>Fine.</li></ol>",
    "who commented, inside the article": page(footer="<div id='comments'><p class='byline'>Not Me</p></div>"),
    "who wrote a teaser": page() + f"<div>{TEASER * 3}</div>",
    "who wrote a teaser inside the article": page(footer=f"<div>{TEASER}</div>"),
    "who is in the sidebar": page() + "<aside><p class='author'>Not Me</p></aside>",
    "who wrote something related": page(footer="<div class='related-posts'><p class='byline'>By Not Me</p></div>"),
    "who is quoted": page("<blockquote><p>Lamps!</p><p class='byline'>Not Me</p></blockquote>"),
}


@pytest.mark.parametrize("body", OTHERS.values(), ids=OTHERS)
def test_a_line_of_something_else_is_not(body):
    assert [words for _, words in lines(body) if "Not Me" in words] == []


def test_prose_about_the_author_is_no_line():
    about = f"<div class='author'>{'Ada Brook has written about lamps for years. ' * 9}</div>"
    assert lines(page(footer=about)) == []


def test_a_time_beside_the_byline_dates_the_article():
    header = "<p class='byline'>By Ada Brook, <time datetime='2026-05-03T08:00:00+02:00'>3 May</time></p>"
    document = Document(body=page(header).encode(), url="https://lantern.example/", charset="utf-8")
    article = read_article(document)
    assert article is not None
    assert article.published is not None
    assert article.published.isoformat() == "2026-05-03T06:00:00+00:00"


# ── data ─────────────────────────────────────────────────────────────────────────────────────────────────────────

DATA = {
    "a string": ('"author": "Ada Brook"', ("author", "Ada Brook", None, None)),
    "a person": (
        '"author": {"@type": "Person", "name": "Ada Brook", "url": "/ada"}',
        ("author", "Ada Brook", "person", "/ada"),
    ),
    "an organisation": (
        '"author": {"@type": "NewsMediaOrganization", "name": "Quay"}',
        ("author", "Quay", "organisation", None),
    ),
    "a list": ('"author": [{"name": "Bo Reed"}, {"name": "Ada Brook"}]', ("author", "Ada Brook", None, None)),
    "a translator": (
        '"translator": {"@type": "Person", "name": "Ada Brook"}',
        ("translator", "Ada Brook", "person", None),
    ),
    "software": (
        '"translator": {"@type": "SoftwareApplication", "name": "Lingo"}',
        ("translator", "Lingo", "software", None),
    ),
    "a contributor": ('"contributor": "Ada Brook"', ("contributor", "Ada Brook", None, None)),
    "an editor": ('"editor": "Ada Brook"', ("editor", "Ada Brook", None, None)),
    "a creator": ('"creator": ["Ada Brook"]', ("author", "Ada Brook", None, None)),
    "the author of the original": (
        '"translationOfWork": {"author": {"name": "Ada Brook"}}',
        ("author", "Ada Brook", None, None),
    ),
}


@pytest.mark.parametrize(("facts", "wanted"), DATA.values(), ids=DATA)
def test_json_ld_names(facts, wanted):
    named = imprint(page(), data(facts)).named
    assert wanted in [(one.role, one.name, one.kind, one.uri) for one in named]
    assert all(one.where.startswith("page: ") for one in named)


def test_a_reference_into_the_graph_is_followed():
    graph = (
        '{"@graph": [{"@type": "Article", "headline": "Lamps", "author": {"@id": "#ada"}},'
        '{"@id": "#ada", "@type": "Person", "name": "Ada Brook"}]}'
    )
    (named,) = imprint(page(), f'<script type="application/ld+json">{graph}</script>').named
    assert (named.role, named.name, named.kind, named.where) == (
        "author",
        "Ada Brook",
        "person",
        "page: JSON-LD author",
    )


@pytest.mark.parametrize(
    ("meta", "role"),
    [
        ("name='author'", "author"),
        ("property='article:author'", "author"),
        ("name='DC.creator'", "author"),
        ("name='citation_author'", "author"),
        ("name='parsely-author'", "author"),
        ("name='translator'", "translator"),
        ("property='og:site_name'", "publisher"),
    ],
)
def test_meta_elements_name(meta, role):
    (named,) = imprint(page(), f"<meta {meta} content='Ada Brook'>").named
    assert (named.role, named.name) == (role, "Ada Brook")


@pytest.mark.parametrize("title", ["Lamps | Lantern", "Lamps – Lantern", "Lantern: Lamps", "Lantern » Lamps"])
def test_the_sites_name_is_what_its_title_adds_to_the_articles(title):
    (named,) = imprint(page(), f"<title>{title}</title>").named
    assert (named.role, named.name, named.uri) == ("publisher", "Lantern", "https://lantern.example")


@pytest.mark.parametrize(
    "mark",
    [
        "<link rel='via' href='https://havnen.example/l'>",
        "<link rel='translation-of' href='https://havnen.example/l'>",
    ],
)
def test_links_in_the_head_state_the_original(mark):
    assert imprint(page(), mark).original == Original(url="https://havnen.example/l")


def test_the_microformat_of_a_translation_states_the_original_and_its_language():
    link = "<p>From <a class='u-translation-of' hreflang='nb' href='https://havnen.example/l'>Havnen</a></p>"
    assert imprint(page(link)).original == Original(url="https://havnen.example/l", language="nb")


def test_another_language_of_the_page_is_not_its_original():
    assert imprint(page(), "<link rel='alternate' hreflang='nb' href='https://lantern.example/nb/'>").original is None


def test_a_page_of_nothing_but_names_is_no_article_by_all_of_them():
    many = ", ".join(f'"Ada Brook {number}"' for number in range(5000))
    nested = "<div class='author'>" * 200 + "<span class='author'></span>" * 5000 + "</div>" * 200
    told = imprint(page(nested), data(f'"author": [{many}]'))
    assert len(told.named) == 100
    assert told.bylines == ()
