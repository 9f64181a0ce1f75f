"""Comment feeds to responses: which is a comment and which a ping, by structure, since WordPress does not say.

A ping's text is wrapped in `[…] … […]`, cut or not, and its author is the title of the page that pings.
"""

import html
import re
from datetime import UTC, datetime

from syndicator.model import ParsedEntry, ParsedFeed, Response, ResponseKind
from syndicator.stages.responses.pings import BYLINE, is_own, is_person, marks_in, title_and_site, unwrapped
from syndicator.stages.responses.words import paragraphs, squeezed, words_of

_TRACKBACK = re.compile(r"\s*<p>\s*<strong>[^<]+</strong>.*(?:…|\[\.\.\.\]|&#8230;)\s*(?:</p>)?\s*", re.DOTALL)
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def read_responses(feed: ParsedFeed, entry_url: str | None) -> tuple[Response, ...]:
    """The responses in a comment feed, oldest first. Pings from `entry_url`'s own host are the site linking to
    itself: left out.
    """
    responses: dict[str, Response] = {}
    for parsed in feed.entries:
        response = _response(parsed)
        if response.kind == "comment" or not is_own(response.uri, entry_url):
            responses.setdefault(response.id, response)
    return tuple(sorted(responses.values(), key=lambda response: response.published or _EARLIEST))


def is_comment_feed(feed: ParsedFeed) -> bool:
    """Whether a feed holds responses, not articles: each entry says what it replies to or has a comment's address."""
    return bool(feed.entries) and all(
        entry.in_reply_to or "#comment" in (entry.link or "") or "#comment" in (entry.raw_id or "")
        for entry in feed.entries
    )


def article_title(title: str) -> str:
    """The article's title in that of its comment feed: WordPress writes "Comments on: TITLE" in its languages."""
    named = BYLINE.fullmatch(words_of(title))
    return named["name"] if named else title


def _response(parsed: ParsedEntry) -> Response:
    body = parsed.content or parsed.summary
    markup = (body.value if body.html else html.escape(body.value, quote=False)) if body else ""
    text = "\n\n".join(paragraphs(markup))
    author = _author(parsed)
    inside = unwrapped(text)
    kind = _kind(author, markup, inside is not None)
    words = inside if inside is not None and kind == "pingback" else text
    title, site = (
        title_and_site(author or "") if kind == "pingback" else (None, author if kind == "trackback" else None)
    )
    return Response(
        id=parsed.raw_id or parsed.link or parsed.fingerprint,
        kind=kind,
        author=author if kind == "comment" else None,
        uri=next((person.uri for person in parsed.authors if person.uri), None),
        title=title,
        site=site,
        published=parsed.published or parsed.updated,
        content_text=words,
        in_reply_to=parsed.in_reply_to,
        marks=marks_in(words) if kind != "comment" else (),
        truncated=False if kind == "comment" else None,
    )


def _kind(author: str | None, markup: str, wrapped: bool) -> ResponseKind:
    if wrapped and not is_person(author or ""):
        return "pingback"
    return "trackback" if _TRACKBACK.fullmatch(markup) else "comment"


def _author(parsed: ParsedEntry) -> str | None:
    names = (squeezed(html.unescape(person.name)) for person in parsed.authors)
    name = next((name for name in names if name and "@" not in name.strip("@")), None)
    if (
        name is None
        and not parsed.authors
        and parsed.title
        and (byline := BYLINE.fullmatch(words_of(parsed.title.value)))
    ):
        name = byline["name"]
    return name
