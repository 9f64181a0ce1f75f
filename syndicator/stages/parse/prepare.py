"""The document made fit for XML parsers: UTF-8, no declaration, no DOCTYPE, nothing that XML forbids.

Well-meant mistakes are mended here, because a strict parse keeps more than a loose one: control characters, bare
ampersands, HTML's named entities, words before the first tag. Must not touch anything inside CDATA but forbidden
characters, and must not expand entities: a DTD that defines more than characters is refused.
"""

import html.entities
import re

from syndicator.model import Document, Refused
from syndicator.stages.parse.charset import to_utf8

_CONTROLS = bytes(set(range(0x20)) - {0x09, 0x0A, 0x0D})
_DOCTYPE = re.compile(rb"<!DOCTYPE\b", re.IGNORECASE)
_SUBSET_END = re.compile(rb"\]\s*>")
_ENTITY = re.compile(rb"<!ENTITY\s+(?!%)")
# A definition that only names a character or a few plain words; anything else is an attack or an exotic document.
_HARMLESS = re.compile(
    rb"<!ENTITY\s+([A-Za-z][\w.-]{0,30})\s+(?:\"(&#x?[0-9A-Fa-f]{1,6};|[^&%<\"]{0,64})\"|'(&#x?[0-9A-Fa-f]{1,6};|[^&%<']{0,64})')\s*>"
)
_ODD_REFERENCE = re.compile(
    rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)(?:([A-Za-z][A-Za-z0-9.-]{0,31});|#[0-9A-Za-z]{1,40};)?"
)
_NUMBER = re.compile(rb"&#(x[0-9A-Fa-f]{1,6}|[0-9]{1,7});")
Entities = dict[bytes, bytes]


def prepare(document: Document) -> bytes | Refused:
    """UTF-8 bytes from the root's start tag on, or why the document is refused (dtd-entities, not-a-feed)."""
    body = to_utf8(document).translate(None, _CONTROLS)
    body = body.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")  # U+FFFE and U+FFFF
    found = _root(body)
    if isinstance(found, Refused):
        return found
    start, entities = found
    head, *rest = body[start:].split(b"<![CDATA[")
    parts = [_references(head, entities)]
    for piece in rest:
        data, end, outside = piece.partition(b"]]>")
        parts += [b"<![CDATA[", data, end, _references(outside, entities)]
    body = b"".join(parts)
    return _NUMBER.sub(_legal_number, body) if b"&#" in body else body  # what looks like CDATA need not be any


def _root(body: bytes) -> tuple[int, Entities] | Refused:
    """Where the root's start tag stands, and the harmless entities that a DOCTYPE before it defines."""
    at, entities = body.find(b"<"), Entities()
    while at >= 0:
        if body.startswith(b"<?", at):
            end = body.find(b"?>", at) + 2
        elif body.startswith(b"<!--", at):
            end = body.find(b"-->", at) + 3
        elif _DOCTYPE.match(body, at):
            end = _doctype_end(body, at)
            defined = _defined(body[at:end])
            if isinstance(defined, Refused):
                return defined
            entities |= defined
        elif body[at + 1 : at + 2].isalpha() or body[at + 1 : at + 2] == b"_":
            return at, entities
        else:
            end = at + 1
        at = body.find(b"<", end) if end > at else -1
    return Refused(reason="not-a-feed", why="no element was found in the document", hint="check the address")


def _doctype_end(body: bytes, at: int) -> int:
    close, subset = body.find(b">", at), body.find(b"[", at)
    if -1 < subset < close:
        end = _SUBSET_END.search(body, subset)
        return end.end() if end else -1
    return close + 1


def _defined(doctype: bytes) -> Entities | Refused:
    """The named characters that an internal subset defines (XML 1.0 section 4.2); Refused where it defines more."""
    harmless = _HARMLESS.findall(doctype)
    if len(harmless) < len(_ENTITY.findall(doctype)):
        why = "its DOCTYPE defines entities (the way of entity bombs and of reading local files)"
        return Refused(reason="dtd-entities", why=why, hint="ask the publisher to serve the feed without a DTD")
    return {name: (double or single).replace(b">", b"&gt;") for name, double, single in harmless}


def _references(markup: bytes, entities: Entities) -> bytes:
    """`markup` with every reference one that XML knows: names as numbers, what refers to nothing as text."""

    def odd(match: re.Match[bytes]) -> bytes:
        name = match[1]
        if name is None:  # a bare ampersand; or a number too large for any character, which goes
            return b"&amp;" if match[0] == b"&" else b""
        if name in entities:
            return entities[name]
        known = html.entities.html5.get(name.decode("ascii") + ";")
        return "".join(f"&#{ord(letter)};" for letter in known).encode() if known else b"&amp;" + match[0][1:]

    if b"&" not in markup:
        return markup
    return _ODD_REFERENCE.sub(odd, markup)


def _legal_number(match: re.Match[bytes]) -> bytes:
    """A character reference, or nothing where it names what is no character (XML 1.0 section 2.2)."""
    digits = match[1]
    code = int(digits[1:], 16) if digits.startswith(b"x") else int(digits)
    legal = code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000
    return match[0] if legal else b""
