"""OPML 1.0 and 2.0 (http://opml.org/spec2.opml): the feeds that somebody's reader lists.

Addresses are handed on as they stand; whether they may be followed is for whoever adds them. Nothing is fetched, no
entity is expanded.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from ..model import Refused

MOST_BYTES = 10_000_000
"""As much as the HTTP door lets in; a list of 10,000 feeds has 2 MB."""

_EXPORT = "export the list from the reader as OPML"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A feed in the list: `url` its address, `site_url` its page; `title` may be empty."""

    title: str
    url: str
    site_url: str | None = None


def read_opml(body: bytes) -> tuple[Outline, ...] | Refused:
    """The feeds of an OPML document in order, folders flattened, each address once; Refused where none can be read."""
    if len(body) > MOST_BYTES:
        why = f"{len(body):,} bytes, at most {MOST_BYTES:,} are read"
        return Refused(reason="too-large", why=why, hint="split the list into several files")
    try:
        root = etree.fromstring(body, _parser())
    except etree.XMLSyntaxError as error:
        return Refused(reason="not-well-formed", why=f"not XML: {error.msg}", hint=_EXPORT)
    if _declares_entities(root):
        why = "its DTD declares entities, which an OPML file has no use for"
        return Refused(reason="dtd-entities", why=why, hint=f"take the DTD out, or {_EXPORT}")
    if etree.QName(root).localname.lower() != "opml":
        why = f"the root element is <{etree.QName(root).localname}>, expected <opml>"
        return Refused(reason="not-opml", why=why, hint=_EXPORT)
    outlines = tuple({outline.url: outline for outline in reversed([*_outlines(root)])}.values())[::-1]
    return outlines or Refused(reason="no-feeds", why="no outline has an xmlUrl", hint="export feeds, not bookmarks")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True
    )


def _declares_entities(root: Any) -> bool:
    dtd = root.getroottree().docinfo.internalDTD
    return dtd is not None and any(True for _ in dtd.iterentities())


def _outlines(root: Any) -> Iterator[Outline]:
    for each in root.iter("{*}outline"):
        # OPML 1 exporters write xmlurl and xmlURL too
        told = {name.lower(): value.strip() for name, value in each.attrib.items()}
        if url := told.get("xmlurl"):
            title = told.get("title") or told.get("text") or ""
            yield Outline(title=title, url=_web_address(url), site_url=told.get("htmlurl") or None)


def _web_address(url: str) -> str:
    """feed:https://… and feed://… are old spellings of a web address (draft-obasanjo-feed-URI-scheme)."""
    if url.lower().startswith("feed://"):
        return "http://" + url[7:]
    return url[5:] if url.lower().startswith("feed:") else url
