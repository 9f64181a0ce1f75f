"""An HTML page as a tree."""

import re

from lxml.etree import HTMLParser, LxmlError, _Element, fromstring

from syndicator.model import Document

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1)\b", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")
_START = 4096  # bytes
_BEFORE = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"  # byte order marks and white space


def page_of(document: Document) -> _Element | None:
    """The root of the page, without comments; None where the document is no HTML or its charset is unknown."""
    start = document.body[:_START].replace(b"\0", b"").lstrip(_BEFORE)
    if not start.startswith(b"<") or not _HTML.search(document.body.replace(b"\0", b"")) or _FEED.search(start):
        return None
    try:
        # libxml2 leaves out what is more than 256 deep: nothing that anybody wrote.
        parser = HTMLParser(
            encoding=_charset(document), no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
        )
        root: _Element | None = fromstring(document.body, parser)
    except (LxmlError, ValueError, LookupError):  # an empty page; an unknown charset
        return None
    return root


def _charset(document: Document) -> str | None:
    """The declared charset, else UTF-8 where it is that, else None: libxml2 then reads what the page says of itself."""
    if document.charset:
        return document.charset
    try:
        document.body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
