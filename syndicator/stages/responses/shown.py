"""One response as it stands in a page: its kind, its address, what it says. It must not know the others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import cast
from urllib.parse import urlsplit

from lxml.etree import _Element

from syndicator.model import Response, ResponseKind
from syndicator.stages.responses.lists import Mark
from syndicator.stages.responses.names import number_of
from syndicator.stages.responses.pings import is_person, marks_in, title_and_site, unarchived, unwrapped
from syndicator.stages.responses.signature import Signature, signature_of
from syndicator.stages.responses.text import is_around, paragraphs_of
from syndicator.stages.responses.tree import fragment_of, http, roles, text_of
from syndicator.stages.responses.words import squeezed

_KIND = re.compile(r"(?:^|[\s_-])(pingback|trackback|webmention|ping)(?=$|[\s_-])", re.IGNORECASE)
# What WordPress writes before the link of a ping that its theme shows in one line.
_LABEL = re.compile(
    r"\s*(?:pingback|trackback|ping|webmention|rétrolien|пинг\w*|уведомление|пінг\w*|сповіщення|ピンバック|引用通告"
    r"|通告|핑백|פינגבאק|تنبيه|بازتاب|ανατροφοδότηση|αναφορά|geri bildirim|visszajelzés|paluuviite)\s*[:\uff1a]\s*",
    re.IGNORECASE,
)
_AWAY = ("http://", "https://", "//")
_CUT = re.compile(r"[\s:–—-]*\[\s*(?:…|\.\.\.)\s*\]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A response as it stands in a page, with its address as the page gives it and the number of what it `answers`;
    `sure`: somebody signed it.
    """

    mark: Mark
    response: Response
    sure: bool = True
    permalink: str | None = None
    answers: str | None = None


def shown(mark: Mark, entry: str, base: str) -> Shown | None:
    """What `mark` says, without what it answers; None where it says nothing."""
    others = mark.others
    signature = signature_of(mark.element, others, base)
    apart = others if signature.signed in (None, mark.element) else others | {signature.signed}
    paragraphs = paragraphs_of(mark.element, apart)
    kind = _kind(mark, signature, paragraphs, base)
    if kind in ("pingback", "trackback"):
        ping = _ping(mark, kind, signature, paragraphs, entry, base)
        return Shown(mark, ping, permalink=signature.permalink) if ping else None
    text = "\n\n".join(paragraphs)
    signed = bool(mark.number or signature.permalink or signature.sure or signature.published)
    if not text or (not signed and _only_links(text, signature.links)):
        return None
    comment = Response(
        id=_id(mark, signature, entry, f"{signature.name}\n{signature.published}\n{text}"),
        kind=kind,
        author=signature.name,
        uri=_of_person(signature.link),
        title=signature.title,
        published=signature.published,
        content_text=text,
        marks=marks_in(text) if kind == "webmention" else (),
    )
    return Shown(mark, comment, signed, signature.permalink, _answers(mark, signature.links))


def _only_links(text: str, links: Sequence[_Element]) -> bool:
    """Whether `text` leads to words elsewhere: a list of the latest comments, a button."""
    return sum(len(text_of(link)) for link in links) >= len(text)


def _ping(
    mark: Mark, kind: ResponseKind, signature: Signature, paragraphs: Sequence[str], entry: str, base: str
) -> Response | None:
    source = _source(signature, base)
    if source is None:
        return None
    link, uri = source
    name = squeezed(text_of(link, 1000))
    title, site = title_and_site(name)
    if kind == "trackback" and site is None:
        title, site = None, name or None
    words = _words_of_ping(paragraphs, name)
    return Response(
        id=_id(mark, signature, entry, uri, uri),
        kind=kind,
        uri=uri,
        title=title,
        site=site,
        published=signature.published,
        content_text=words,
        marks=marks_in(words),
        truncated=None,
    )


def _words_of_ping(paragraphs: Sequence[str], name: str) -> str:
    """What a ping quotes, without the title of its page where that stands in the same words."""
    text = _LABEL.sub("", "\n\n".join(paragraphs), count=1).removeprefix(name).lstrip(" -–—:")
    inside = unwrapped(text)
    return text if inside is None else inside


def _quotes(paragraphs: Sequence[str]) -> bool:
    """Whether the words begin as WordPress begins those of a ping."""
    return len(paragraphs) == 1 and bool(_CUT.match(paragraphs[0]))


def _source(signature: Signature, base: str) -> tuple[_Element, str] | None:
    """The link of a ping to the page that pings: WordPress's `url`, else the first that leads away."""
    away = [link for link in signature.links if (link.get("href") or "").startswith(_AWAY)]
    away = [link for link in away if not is_around(link) and text_of(link)]
    named = [link for link in away if "url" in (link.get("class") or "").split()]
    link = next(iter(named or away), None)
    uri = http(base, link.get("href")) if link is not None else None
    return (link, unarchived(uri)) if link is not None and uri else None


def _kind(mark: Mark, signature: Signature, paragraphs: Sequence[str], base: str) -> ResponseKind:
    names = " ".join(f"{element.get('class') or ''} {element.get('id') or ''}" for element in mark.elements)
    if told := _KIND.search(names):
        return "pingback" if told[1].lower() == "ping" else cast("ResponseKind", told[1].lower())
    start = text_of(mark.element, 60)
    if signature.links and (label := _LABEL.match(start)):
        return "trackback" if label[0].strip().lower().startswith("trackback") else "pingback"
    if _quotes(paragraphs) and signature.name and not is_person(signature.name) and signature.link:
        return "pingback"
    elsewhere = (
        signature.permalink and urlsplit(http(base, signature.permalink) or base).netloc != urlsplit(base).netloc
    )
    return "webmention" if elsewhere and "u-comment" in names.split() else "comment"


def _id(mark: Mark, signature: Signature, entry: str, said: str, source: str | None = None) -> str:
    """The response's address in its entry's page; else that of the page that pings; else one made from its words."""
    names = [name for element in mark.elements if (name := element.get("id"))]
    numbered = [name for name in names if number_of(name)] or [fragment_of(signature.permalink)]
    for name in numbered:
        if number := number_of(name):
            return f"{entry}#comment-{number}" if "comment" in name else f"{entry}#{name}"
    if names:
        return f"{entry}#{names[0]}"
    return source or f"{entry}#{sha256(said.encode('utf-8', 'replace')).hexdigest()[:16]}"


def _answers(mark: Mark, links: Sequence[_Element]) -> str | None:
    """The number of the response that a line such as "in reply to NAME" links to."""
    for link in links:
        number = number_of(fragment_of(link.get("href")))
        if number and mark.number and number != mark.number and not is_around(link):
            said = any("body" in roles(around) for around in islice(link.iterancestors(), 5))
            return None if said else number
    return None


def _of_person(link: str | None) -> str | None:
    """A commenter's own page; what leads to another response of the same page is none."""
    return None if link and number_of(fragment_of(link)) else link
