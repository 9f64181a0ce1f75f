"""Invented entries in our own form, plain and awkward, for the tests of what is rendered from them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from syndicator.model import (
    Agent,
    Credit,
    Enclosure,
    Entry,
    Evidence,
    Hop,
    Licence,
    Original,
    Publication,
    Release,
    Response,
    Site,
    Source,
    Stored,
    Terms,
    Translation,
)

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
SITE = Site(base_url="https://feeds.example.org", title="Harbour Readers", hubs=("https://hub.example.org/",))
ENGLISH = Publication(name="english", title="Translated for you", subscriptions=("lighthouse",), language="en")

URL = "https://lighthouse.example/the-lamp"
ORIGINAL_URL = "https://mayak.example/lampa"
LICENCE_URL = "https://creativecommons.org/licenses/by-sa/4.0/"

AUTHOR = Credit(role="author", agent=Agent(kind="person", name="Vera Lunina", uri="https://vera.example/"))
TRANSLATOR = Credit(
    role="translator",
    agent=Agent(kind="person", name="Tom Reed"),
    evidence=(Evidence(where="content", rule="en-translated-by", text="Translated by Tom Reed"),),
)
PUBLISHER = Credit(
    role="publisher",
    of="hop",
    target=URL,
    agent=Agent(kind="organisation", name="Lighthouse", uri="https://lighthouse.example/"),
)


def person(name: str, role: str = "author", **more: Any) -> Credit:
    return Credit(role=role, agent=Agent(kind="person", name=name), **more)


def entry(**changes: Any) -> Entry:
    """A translation with everything that the table of the design has."""
    facts: dict[str, Any] = {
        "subscription": "lighthouse",
        "id": "https://lighthouse.example/?p=7",
        "url": URL,
        "title": "The lamp",
        "published": NOON,
        "updated": NOON + timedelta(hours=1),
        "language": "en-GB",
        "summary_html": "<p>A keeper counts the ships.</p>",
        "content_html": "<p>The lamp was lit. Nobody had asked for it.</p>",
        "untouched_html": "<p>The lamp was lit. Nobody had asked for it.</p><p>Translated by Tom Reed</p>",
        "credits": (AUTHOR, TRANSLATOR, PUBLISHER),
        "original": Original(url=ORIGINAL_URL, site="Mayak", language="ru"),
        "provenance": (
            Hop(role="original", url=ORIGINAL_URL, publisher="Mayak", language="ru", date=NOON - timedelta(days=9)),
            Hop(role="translation", url=URL, publisher="Lighthouse", language="en-GB", date=NOON),
        ),
        "translation": Translation(from_language="ru", to_language="en-GB", state="current", source_updated=NOON),
        "licence": Licence(id="CC-BY-SA-4.0", url=LICENCE_URL, permits=("excerpt", "verbatim", "translate")),
        "release": Release(scope="whole", why="licence"),
        "enclosures": (Enclosure(url="https://lighthouse.example/lamp.mp3", type="audio/mpeg", length=4096),),
        "categories": ("sea", "work & pay"),
        "source": Source(
            id="https://lighthouse.example/feed",
            title="Lighthouse",
            url="https://lighthouse.example/",
            self_url="https://lighthouse.example/feed.atom",
            language="en-GB",
            rights="Share alike",
            licences=(LICENCE_URL,),
            updated=NOON,
        ),
        "comments_url": f"{URL}#comments",
        "comments_feed": f"{URL}/feed/atom/",
        "comments_count": 3,
    }
    return Entry(**{**facts, **changes})


def stored(responses: tuple[Response, ...] = (), **changes: Any) -> Stored:
    return Stored(entry=entry(**changes), responses=responses, slug="the-lamp-0123456789", revision=4, first_seen=NOON)


PING = Response(
    id="c1",
    kind="pingback",
    author="Secret Author of the Ping",
    uri="https://buoy.example/answer",
    title="An answer to the lamp",
    site="The Buoy",
    published=NOON + timedelta(days=1),
)
COMMENT = Response(id="c2", kind="comment", author="Private Pat", content_text="My private words", published=NOON)

AWKWARD: dict[str, Stored] = {
    "plain": stored(),
    "no-title": stored(title=""),
    "no-title-no-summary": stored(title="", summary_html=""),
    "no-content": stored(content_html="", summary_html="", untouched_html=""),
    "no-address": stored(url=None, comments_url=None, comments_feed=None),
    "nothing-known": stored(
        url=None,
        title="",
        content_html="",
        summary_html="",
        credits=(),
        original=None,
        provenance=(),
        translation=None,
        licence=Licence(),
        source=Source(),
        enclosures=(),
        categories=(),
        comments_url=None,
        comments_feed=None,
        comments_count=None,
        language=None,
    ),
    "arabic": stored(title="المصباح", language="ar", direction="rtl", content_html="<p>أُضيء المصباح.</p>"),
    "three-authors": stored(credits=(person("Ana Ruiz"), person("Bo Li"), person("Cem Öz"), TRANSLATOR)),
    "two-translators": stored(credits=(AUTHOR, TRANSLATOR, person("Uma Rao", "translator"))),
    "no-author": stored(credits=(TRANSLATOR,)),
    "software-translator": stored(
        credits=(AUTHOR, Credit(role="translator", agent=Agent(kind="software", name="Babelfish 3"), evidence=()))
    ),
    "credit-of-image": stored(
        credits=(AUTHOR, person("Ilse Maler", "illustrator", of="image", target="https://lighthouse.example/l.png"))
    ),
    "huge": stored(content_html="<p>" + "Rain on the slipway all night. " * 20_000 + "</p>"),
    "control-characters": stored(
        title="La\x00mp\x0b \ud800",
        content_html="<p>a\x01b\ufffe</p>",
        id="urn:x:\x02bell",
        credits=(person("Ve\x1fra"),),
        responses=(Response(id="\x03", kind="trackback", title="An\x04swer", site="S\x05", uri="https://b.example/"),),
    ),
    "id-of-javascript": stored(id="javascript:alert(1)"),
    "id-urn": stored(id="urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a"),
    "addresses-of-javascript": stored(
        url="javascript:alert(1)",
        comments_url="javascript:alert(2)",
        enclosures=(Enclosure(url="javascript:alert(3)"),),
        credits=(Credit(role="author", agent=Agent(kind="person", name="Eve", uri="javascript:alert(4)")),),
        original=Original(url="javascript:alert(5)", site="Eve's"),
        provenance=(),
        licence=Licence(id="CC0-1.0", url="javascript:alert(6)"),
    ),
    "markup-in-plain-text": stored(
        title='<b>bold</b> & "quoted" ]]> </entry></item>',
        credits=(person("<script>alert(1)</script>"), person("A & B </entry>", "translator")),
        categories=("</entry>", "<item>"),
        rights="<i>ours</i>",
    ),
    "bad-language-tags": stored(
        language="en_GB!", original=Original(url=ORIGINAL_URL, language="русский"), provenance=()
    ),
    "everything-that-a-partner-asks": stored(
        terms=Terms(
            credit_line="First published by <the> Lighthouse & Sons",
            credit_position="top",
            images="link",
            keep_links=False,
            counter_pixel="https://count.example/p.gif?a=7&b='8'",
            canonical="original",
            footer='<p>Join <a href="https://lighthouse.example/join">us</a></p>',
        ),
        content_html='<p>A <a href="https://a.example/">b</a></p><p><img src="https://lighthouse.example/l.png"></p>',
    ),
    "unknown-role": stored(credits=(AUTHOR, person("Ken Stage", "dramaturge {of} <x>"))),
}
"""Names say what is awkward; each is to come out valid in every format."""
