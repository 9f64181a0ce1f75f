"""Comment feeds to responses: which is a comment and which a ping, by structure, since WordPress does not say.

A ping's text is wrapped in `[…] … […]`, cut or not, and its author is the title of the page that pings. Names are
kept as signed; an e-mail address never leaves. This stage must not read credits: a ping's words are its own.
"""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from syndicator.model import ParsedEntry, ParsedFeed, Response, ResponseKind

_ELLIPSIS = r"\[\s*(?:…|\.\.\.|&#8230;|&hellip;)\s*\]"
_WRAPPED = re.compile(rf"\s*{_ELLIPSIS}\s*(?P<text>.*?)\s*{_ELLIPSIS}\s*", re.DOTALL)
# How page titles join article and site. A guillemet that points right puts the site first.
_SEPARATOR = re.compile(r"\s+(?:\||[-–—·•]|::|«|»|‹|›|&raquo;)\s+")
_SITE_FIRST = frozenset({"»", "›"})
# "By: NAME" in the languages of WordPress: words, a colon, a name. Only used where no field names the author.
_BYLINE = re.compile(r"[^:]{1,20}:\s+(?P<name>.+)", re.DOTALL)
_PARAGRAPH = re.compile(r"</(?:p|div|li|blockquote|h[1-6]|pre)\s*>|<br\s*/?>\s*<br\s*/?>|\n\s*\n", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b|<!--", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TRACKBACK = re.compile(r"\s*<p>\s*<strong>[^<]+</strong>.*(?:…|\[\.\.\.\]|&#8230;)\s*(?:</p>)?\s*", re.DOTALL)

_REPUBLISHED = re.compile(
    r"\b(?:re-?published|re-?posted|re-?printed|cross-?posted|re-?blogged) (?:\w+ ){0,3}?(?:from|at|on|by)\b"
    r"|\bübernommen (?:von|aus)\b"
    r"|\bzuerst (?:erschienen|veröffentlicht)\b|\b(?:repris|republié|reproduit) (?:de|du|par)\b|\b(?:republicado"
    r"|reproducido|reproduzido) (?:de|do|por)\b"
    r"|\b(?:ripubblicato|ripreso) da\b|\bперепечат\w+ (?:с|из)\b|\bпередрук\w* (?:з|із)\b|\bovergenomen van\b"
    r"|\bprzedruk (?:z|ze)\b",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(
    r"\btranslated (?:\w+ ){0,4}?by\b|\bübersetzt (?:\w+ ){0,3}?von\b|\btraduit (?:\S+ ){0,3}?par\b|\btradu(?:cido"
    r"|zido) (?:\w+ ){0,3}?por\b"
    r"|\btradotto (?:\S+ ){0,3}?da\b|\bперев(?:ёл|ел|ела|од:)\b|\bпереклад:|\bvertaald (?:\w+ ){0,3}?door\b"
    r"|\bprzetłumacz\w+ (?:\w+ ){0,3}?przez\b",
    re.IGNORECASE,
)
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def read_responses(feed: ParsedFeed, entry_url: str | None) -> tuple[Response, ...]:
    """The responses in a comment feed, oldest first. Pings from `entry_url`'s own host are the site linking to
    itself: left out.
    """
    responses: dict[str, Response] = {}
    for parsed in feed.entries:
        response = _response(parsed)
        own = response.kind != "comment" and response.uri and _host(response.uri) == _host(entry_url)
        if not own:
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
    named = _BYLINE.fullmatch(_words(title))
    return named["name"] if named else title


def _response(parsed: ParsedEntry) -> Response:
    body = parsed.content or parsed.summary
    markup = (body.value if body.html else html.escape(body.value, quote=False)) if body else ""
    text = "\n\n".join(_paragraphs(markup))
    author = _author(parsed)
    wrapped = _WRAPPED.fullmatch(text)
    kind = _kind(author, markup, wrapped is not None)
    words = wrapped["text"].strip() if wrapped and kind == "pingback" else text
    title, site = (
        _title_and_site(author or "") if kind == "pingback" else (None, author if kind == "trackback" else None)
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
        marks=_marks(words) if kind != "comment" else (),
        truncated=False if kind == "comment" else None,
    )


def _kind(author: str | None, markup: str, wrapped: bool) -> ResponseKind:
    if wrapped and not _is_person(author or ""):
        return "pingback"
    return "trackback" if _TRACKBACK.fullmatch(markup) else "comment"


def _is_person(name: str) -> bool:
    """Whether `name` may be a person's: at most three words and nothing that joins a title to a site."""
    return bool(name) and not _SEPARATOR.search(name) and len(name.split()) <= 3


def _author(parsed: ParsedEntry) -> str | None:
    names = (" ".join(html.unescape(person.name).split()) for person in parsed.authors)
    name = next((name for name in names if name and "@" not in name.strip("@")), None)
    if (
        name is None
        and not parsed.authors
        and parsed.title
        and (byline := _BYLINE.fullmatch(_words(parsed.title.value)))
    ):
        name = byline["name"]
    return name


def _title_and_site(author: str) -> tuple[str | None, str | None]:
    """A page's title parted at the last separator: (article, site), each None where it is not there."""
    separators = list(_SEPARATOR.finditer(author))
    if not separators:
        return author or None, None
    last = separators[-1]
    before, after = author[: last.start()].strip(), author[last.end() :].strip()
    return (after, before) if last[0].strip() in _SITE_FIRST else (before, after)


def _marks(text: str) -> tuple[str, ...]:
    """A text that was republished repeats its credit line, so "translation" is only said where "republication" is
    not.
    """
    if _REPUBLISHED.search(text):
        return ("republication",)
    return ("translation",) if _TRANSLATED.search(text) else ()


def _paragraphs(markup: str) -> Iterator[str]:
    for part in _PARAGRAPH.split(_seen(markup)):
        if part and (words := "\n".join(filter(None, (_words(line) for line in _BREAK.split(part))))):
            yield words


def _seen(markup: str) -> str:
    """`markup` up to the first script, style or comment, which no comment form lets through."""
    hidden = _UNSEEN.search(markup)
    return markup[: hidden.start()] if hidden else markup


def _words(markup: str) -> str:
    return " ".join(_FORBIDDEN.sub("", html.unescape(_TAG.sub("", markup))).split())


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
