"""Who signed a response in a page, when, and which addresses it gives. It must not read what the response says."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from lxml.etree import _Element

from syndicator.stages.responses.dates import found_in, in_words, moment
from syndicator.stages.responses.names import number_of
from syndicator.stages.responses.text import is_around
from syndicator.stages.responses.tree import fragment_of, http, own, roles, text_of
from syndicator.stages.responses.words import set_of, squeezed

_NAMED = frozenset({"fn", "p-author", "p-name", "url"})
_TITLE = 400  # characters: a ping's name is the title of its page
_HEADINGS = set_of("h2 h3 h4 h5 h6")
_SET_OFF = _HEADINGS | {"strong", "b"}
_PROFILE = re.compile(r"/(?:users?|members?|profiles?|profil|autor(?:en|es)?|authors?|usuarios?|u)[/.?]", re.IGNORECASE)
# An address, a number, a time of day: no name.
_NO_NAME = re.compile(r"^\S+@\S+\.\S+$|\[email|^[\W\d_]*$|\d{1,2}[/.:]\d{2}|^#\d+$")
_ABOUT = frozenset({"meta", "author"})
_LOOKED_AT = 20  # parts of a kind: a response with more is none, or they lie in one another
_NOT_NAMES = frozenset({"chrome", "date"})
_ON = re.compile(r"\s(?:on|am|le|el|il|em|op)\s(?=\w+,? |\d)", re.IGNORECASE)
_BY = re.compile(
    r"(?:^|\b)(?:by|von|par|por|de|da|di|door|av|af|od|przez|от|від|oleh|tarafından)\s+(?P<name>[^:]{1,80}?)\s*(?:\([^)]*\)\s*)?"
    r"(?:\b(?:on|am|le|el|il|em|op|den|dne|dnia|the)\b)?[\s,|–—-]*(?:\w{2,10},\s*)?$",
    re.IGNORECASE,
)
_STAMPS = ("datetime", "pubdate", "content", "data-timestamp", "data-time", "data-date", "data-datetime", "title")
# What themes put after a name in the same element.
_SAYS = re.compile(
    r"\s+(?:says?|said|writes|wrote|schreibt|schrieb|sagte?|meint|dit|a dit|a écrit|dice|dijo|disse|diz"
    r"|ha scritto|scrive|пишет|говорит|написал|сказал|пише|каже|pisze|napisał|zegt|schreef|skriver|skrev|sade"
    r"|dedi ki|diyor ki)\s*[:\uff1a]?$|\s*[:\uff1a]$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """`name`, its `link` and the element `signed` that has both, `sure` where that is marked as a person's; the `title`
    that the response bears; the `permalink` as the page gives it; all `links` around and in the words.
    """

    name: str | None
    link: str | None
    sure: bool
    title: str | None
    published: datetime | None
    permalink: str | None
    links: Sequence[_Element]
    signed: _Element | None


def signature_of(element: _Element, others: Collection[_Element], base: str) -> Signature:
    """The signature of the response `element`, without those in it (`others`); addresses are made absolute."""
    parts = list(own(element, others))
    links = [part for part in parts if part.tag == "a" and part.get("href")]
    signed, byline = _signed(parts), None
    if signed is None:
        byline = _byline(parts)
        signed = None if byline else _set_off(parts)
    set_off = signed is not None and signed.tag in _SET_OFF and "author" not in roles(signed)
    name = byline if signed is None else _name(signed)
    return Signature(
        name=name,
        link=_link(signed, base) if signed is not None else None,
        sure=name is not None and not set_off,
        title=_title(parts, signed, name),
        published=_published(parts, links, signed),
        permalink=next((link.get("href") for link in links if _is_permalink(link)), None),
        links=links,
        signed=signed,
    )


def _signed(parts: Sequence[_Element]) -> _Element | None:
    """The element that holds the author: named so, else `cite`."""
    named = islice((part for part in parts if "author" in roles(part)), _LOOKED_AT)
    cited = (part for part in parts if part.tag == "cite")
    return next((part for part in chain(named, cited) if _name(part)), None)


def _set_off(parts: Sequence[_Element]) -> _Element | None:
    """A heading, a bold word or a link to somebody's profile, before the words of a response begin."""
    for part in parts[1:]:
        if part.tag in ("blockquote", "pre") or "body" in roles(part):
            return None
        if part.tag == "a" and _is_of_person(part) and _name(part):
            return part
        if part.tag in _SET_OFF and len(text_of(part)) <= 60 and _opens(part) and _name(part):
            return part
    return None


def _is_of_person(link: _Element) -> bool:
    return "url" in (link.get("class") or "").split() or bool(_PROFILE.search(link.get("href") or ""))


def _opens(part: _Element) -> bool:
    """Whether nothing stands before `part` in its element: a name, not a word set off in a sentence."""
    around = part.getparent()
    return around is not None and part.getprevious() is None and not (around.text or "").strip()


def _name(signed: _Element) -> str | None:
    for part in _inner(signed):
        text = _said(part)
        if text and len(text) < _TITLE and not _NO_NAME.search(text) and in_words(text) is None:
            return text
    words = text_of(signed, _TITLE)
    dated = found_in(words)
    before = words[: dated[0]].strip(" ,;|(·–-") if dated else ""
    return None if len(before.split()) < 2 or _NO_NAME.search(before) else _SAYS.sub("", before)


def _said(part: _Element) -> str:
    return squeezed(_SAYS.sub("", text_of(part, _TITLE))).strip(" ,;")


def _inner(signed: _Element) -> Iterator[_Element]:
    """`signed` and what in it may be the name alone, that first."""
    parts = [part for part in islice(own(signed), 1, 60) if not roles(part) & _NOT_NAMES and part.tag != "time"]
    yield from (part for part in parts if _NAMED & set((part.get("class") or "").split()))
    yield from (part for part in parts if part.get("itemprop") == "name" or "author" in roles(part))
    yield from (part for part in parts if part.tag in ("cite", "a", "strong", "b"))
    yield signed
    yield from (part for part in parts if part.tag == "span")


def _byline(parts: Sequence[_Element]) -> str | None:
    """The name in a line such as "Submitted by NAME on DATE"."""
    for part in islice((part for part in parts if "meta" in roles(part)), _LOOKED_AT):
        text = text_of(part, _TITLE)
        dated = found_in(text)
        before = text[: dated[0]] if dated else _ON.split(text, maxsplit=1)[0]
        if by := _BY.search(before):
            return by["name"].strip(" ,|–-") or None
    return None


def _title(parts: Sequence[_Element], signed: _Element | None, name: str | None) -> str | None:
    """What a heading in a response says, if it is not who wrote it."""
    for part in parts:
        if part.tag in _HEADINGS and part is not signed and not is_around(part):
            text = squeezed(text_of(part, _TITLE))
            if text and not (name and name in text) and in_words(text) is None:
                return text
    return None


def _link(signed: _Element, base: str) -> str | None:
    around = [signed, *own(signed), *list(signed.iterancestors("a"))[:1]]
    hrefs = (part.get("href") for part in around if part.tag == "a")
    return next((http(base, href) for href in hrefs if href and not href.startswith("#")), None)


def _is_permalink(link: _Element) -> bool:
    """Whether `link` leads to the response itself. The `u-url` of who signed is a person's."""
    if number_of(fragment_of(link.get("href"))) is not None:
        return True
    persons = any("author" in roles(around) for around in (link, *islice(link.iterancestors(), 2)))
    return "u-url" in (link.get("class") or "").split() and not persons


def _published(parts: Sequence[_Element], links: Sequence[_Element], signed: _Element | None) -> datetime | None:
    stamped = [part for part in parts if part.tag == "time" or "date" in roles(part)]
    for part in stamped:
        for name in _STAMPS:
            if (said := part.get(name)) and (when := moment(said)):
                return when
    about = (part for part in parts if not _ABOUT.isdisjoint(roles(part)))
    titled = (part.get("title") or "" for part in parts if part.tag == "abbr")
    dated = (islice(some, _LOOKED_AT) for some in (stamped, filter(_is_permalink, links), about))
    texts = (text_of(part) for part in chain(*dated))
    beside = () if signed is None else (text_of(signed), squeezed(signed.tail or ""))
    return next((when for said in chain(titled, texts, beside) if (when := in_words(said))), None)
