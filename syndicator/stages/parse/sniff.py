"""What kind of document the bytes are, from their beginning. Must not parse."""

import re
from typing import Literal

from syndicator.model import Document, Refused
from syndicator.stages.parse.vocabulary import MAX_BODY

_MAGIC = {
    b"\x1f\x8b": "gzip data that the server did not announce",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive",
    b"OggS": "Ogg audio",
    b"ID3": "MP3 audio",
}
_WIDE = (
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00\x00\xfe\xff",
    b"\x3c\x00",
    b"\x00\x3c",
    b"\x00\x00\x00\x3c",
    b"\x4c\x6f\xa7\x94",
)
_HTML = re.compile(rb"(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


def sniff(document: Document) -> Literal["json", "xml"] | Refused:
    """`json` for a JSON object, `xml` for everything that may be markup, or why it is refused.

    Reasons: empty, too-large, binary, html-page, not-a-feed.
    """
    body = document.body
    if len(body) > MAX_BODY:
        return Refused(reason="too-large", why=f"the document has {len(body):,} bytes, at most {MAX_BODY:,} are read")
    start = body[:4096].removeprefix(b"\xef\xbb\xbf").lstrip() or body.removeprefix(b"\xef\xbb\xbf").lstrip()[:4096]
    if not start:
        return Refused(reason="empty", why="the document is empty", hint="check the address; the feed may have moved")
    if what := next((what for magic, what in _MAGIC.items() if start.startswith(magic)), None):
        return Refused(reason="binary", why=f"this is {what}, not a feed", hint="check the address")
    if start.startswith(b"{"):
        return "json"
    if not start.startswith(_WIDE) and (refusal := _no_markup(start, body)):
        return refusal
    return "xml"


def _no_markup(start: bytes, body: bytes) -> Refused | None:
    if _HTML.match(start) and not re.search(rb"<(?:rss|rdf:RDF)\s", start):
        hint = "find the site's feed with: syndicator add ADDRESS"
        return Refused(reason="html-page", why="this is an HTML page, not a feed", hint=hint)
    if b"<" not in body:
        return Refused(reason="not-a-feed", why="there is no markup in the document", hint="check the address")
    return None
