"""The names that our XML uses beside Atom's and RSS's own, and the one function that writes an element with them.

`syn` is ours. This module must not know what an entry is.
"""

from functools import cache
from typing import Any

from lxml.etree import SubElement

from ...model.vocabulary import SYN

NAMESPACES = {
    "syn": SYN,
    "marcrel": "http://id.loc.gov/vocabulary/relators/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "creativeCommons": "http://backend.userland.com/creativeCommonsRssModule",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "atom": "http://www.w3.org/2005/Atom",
}
"""Declared on the root, used or not, so that a stored fragment never needs a declaration of its own."""

BOUND_BY_FEEDGEN = {"atom", "content"}
"""Declared on the RSS root by feedgen itself; in Atom documents, whose default namespace is one of them, neither is."""

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

MARC_RELATORS = {
    "author": "aut",
    "translator": "trl",
    "editor": "edt",
    "illustrator": "ill",
    "photographer": "pht",
    "publisher": "pbl",
    "proofreader": "pfr",
}
"""Our roles that MARC's relators have (https://id.loc.gov/vocabulary/relators.html); all stand in syn:credit."""


@cache
def qualified(name: str) -> str:
    """Clark notation of `prefix:local`; a name without prefix stays as it is (feedgen's Atom is un-namespaced)."""
    prefix, colon, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else local


def element(parent: Any, name: str, text: str | None = None, /, **attributes: str | None) -> Any:
    """Append `name` (with or without a prefix of NAMESPACES) to the lxml element `parent` and return it.

    Attributes that are None or empty are left out; an underscore in an attribute's name stands for "-", a double one
    for the colon of a prefix (`thr__count` is thr:count). Raises ValueError where text holds what XML forbids.
    """
    prefix = name.partition(":")[0] if ":" in name else None
    made = SubElement(parent, qualified(name), nsmap={prefix: NAMESPACES[prefix]} if prefix else None)
    made.text = text
    for key, value in attributes.items():
        if value:
            made.set(_attribute(key), value)
    return made


@cache
def _attribute(key: str) -> str:
    return qualified(key.replace("__", ":").replace("_", "-"))
