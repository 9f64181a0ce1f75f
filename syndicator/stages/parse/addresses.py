"""Addresses: absolute, http or https, or nothing. Must not judge where they lead."""

import re
from urllib.parse import urljoin, urlsplit

from lxml import etree

from syndicator.model.iri import as_iri
from syndicator.stages.parse.characters import legal
from syndicator.stages.parse.vocabulary import MAX_URL, XML

_BASE = f"{{{XML}}}base"
_STRIPPED = re.compile("[\t\n\r]")  # WHATWG URL section 4.4: removed before parsing
_ENDS = "".join(map(chr, range(0x21)))  # … and C0 controls and spaces at the ends


def absolute(href: str | None, base: str | None) -> str | None:
    """`href` against `base` as an http(s) URL; None for other schemes (javascript:, data: …) and for what is no URL."""
    if not href or len(href) > MAX_URL:
        return None
    href = _STRIPPED.sub("", legal(href)).strip(_ENDS)
    try:
        url = urljoin(base or "", href)
        parts = urlsplit(url)
        _ = parts.port  # raises on what is no port
    except ValueError:
        return None
    if not href or parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return as_iri(url)


def base_of(element: etree._Element, url: str) -> str:
    """The base URL in force inside the element: its and its ancestors' xml:base against `url` (XML Base, RFC 4287 2).

    A base that is no http(s) URL is passed over.
    """
    declared = [b for e in (element, *element.iterancestors()) if (b := e.get(_BASE))]
    base = url
    for value in reversed(declared):
        base = absolute(value, base) or base
    return base
