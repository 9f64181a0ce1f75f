"""Index pages: what there is to subscribe to. Plain HTML and one style sheet, no script, nothing from elsewhere.

A publication's page lists its entries from their JSON fragments, so that it costs no second rendering. Every text is
escaped here; no entry's markup is ever put into a page.
"""

import json
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files
from typing import Any

from ...model import Agent, Credit, Publication, Site
from .credit_block import HOP_PHRASES, people_lines
from .markup import anchor, host
from .phrases import Phrases, phrases_for

FORMATS = (
    ("feed.atom", "application/atom+xml", "Atom"),
    ("feed.rss", "application/rss+xml", "RSS"),
    ("feed.json", "application/feed+json", "JSON Feed"),
)
WHAT_A_FEED_IS = (
    "A feed brings new articles to a reader of your choice, without an account: "
    "copy one of these addresses into your feed reader."
)


def style_sheet() -> bytes:
    """The style sheet of all pages."""
    return files(__package__).joinpath("style.css").read_bytes()


def site_index(site: Site, publications: Sequence[Publication]) -> bytes:
    """The root page: every publication with its subscribe links. Spoken in the language all publications share."""
    shared = {publication.language for publication in publications}
    phrases = phrases_for(shared.pop() if len(shared) == 1 else None)
    sections = "".join(_publication(publication, phrases) for publication in publications)
    everything = f'<p><a href="publications.opml">{escape(phrases.say("All feeds as one list (OPML)"))}</a></p>'
    alternates = "".join(_alternates(publication, f"{publication.name}/") for publication in publications)
    content = f"{_what_a_feed_is(phrases)}{sections or _nothing(phrases)}{everything if publications else ''}"
    return _page(site.title, content, phrases, alternates, "style.css")


def publication_index(site: Site, publication: Publication, entries: Sequence[bytes]) -> bytes:
    """A publication's page: subscribe links and its entries with their credits, from their JSON fragments."""
    phrases = phrases_for(publication.language)
    listed = "".join(_entry(json.loads(entry), phrases) for entry in entries)
    newest = f"<h2>{escape(phrases.say('Newest entries'))}</h2><ol>{listed}</ol>" if listed else _nothing(phrases)
    up = f'<p><a href="../index.html" dir="auto">{escape(site.title)}</a></p>'
    content = f"{up}{_subscribe('', phrases)}{_what_a_feed_is(phrases)}{newest}"
    return _page(publication.title, content, phrases, _alternates(publication, ""), "../style.css")


def _page(title: str, content: str, phrases: Phrases, alternates: str, style: str) -> bytes:
    return (
        f'<!doctype html>\n<html lang="{phrases.language}" dir="{phrases.direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<title>{escape(title)}</title>\n<link rel="stylesheet" href="{style}">\n{alternates}</head>\n'
        f'<body>\n<main>\n<h1 dir="auto">{escape(title)}</h1>\n{content}\n</main>\n</body>\n</html>\n'
    ).encode()


def _alternates(publication: Publication, folder: str) -> str:
    """Autodiscovery: feed readers look for rel=alternate in the head (https://www.rssboard.org/rss-autodiscovery)."""
    return "".join(
        f'<link rel="alternate" type="{kind}" title="{escape(publication.title)} ({label})" href="{folder}{file}">\n'
        for file, kind, label in FORMATS
    )


def _publication(publication: Publication, phrases: Phrases) -> str:
    folder = f"{publication.name}/"
    named = f'<h2 dir="auto"><a href="{folder}index.html">{escape(publication.title)}</a></h2>'
    language = escape(phrases.name_of(publication.language))
    spoken = f"<p>{language}</p>" if language else ""
    return f"<section>{named}{spoken}{_subscribe(folder, phrases)}</section>"


def _subscribe(folder: str, phrases: Phrases) -> str:
    links = [f'<a href="{folder}{file}" type="{kind}">{label}</a>' for file, kind, label in FORMATS]
    links.append(f'<a href="{folder}responses.atom">{escape(phrases.say("Responses"))}</a>')
    return f'<p class="subscribe">{escape(phrases.say("Subscribe"))}: {" ".join(links)}</p>'


def _what_a_feed_is(phrases: Phrases) -> str:
    return f'<p class="hint">{escape(phrases.say(WHAT_A_FEED_IS))}</p>'


def _nothing(phrases: Phrases) -> str:
    return f"<p>{escape(phrases.say('Nothing has been published here yet.'))}</p>"


def _entry(told: dict[str, Any], phrases: Phrases) -> str:
    title = told.get("title") or told["date_published"][:10]
    credit = " · ".join(_credit(told["_syndicator"], phrases))
    language = f' lang="{escape(told["language"])}"' if "language" in told else ""
    named = f'<h3 dir="auto"{language}>{anchor(title, told.get("url"))}</h3>'
    day = told["date_published"][:10]
    return f'<li>{named}\n<p><time datetime="{day}">{day}</time> {credit}</p></li>\n'


def _credit(facts: dict[str, Any], phrases: Phrases) -> Iterator[str]:
    """People, original and licence in a line: what the credit block says, without its details."""
    credits = (credit for credit in facts["credits"] if credit["of"] == "entry" and credit["role"] != "publisher")
    yield from people_lines(map(_read_credit, credits), phrases)
    original = facts["original"]
    if original and (label := original["site"] or host(original["url"])):
        yield phrases.say(HOP_PHRASES["original"], where=anchor(label, original["url"], hreflang=original["language"]))
    licence = facts["licence"]
    if label := licence["id"] or licence["url"]:
        yield phrases.say("Licence: {licence}", licence=anchor(label, licence["url"], rel="license"))


def _read_credit(told: dict[str, Any]) -> Credit:
    return Credit(role=told["role"], agent=Agent(kind=told["kind"], name=told["name"], uri=told["uri"]))
