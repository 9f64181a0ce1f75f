"""The hash by which an entry is known again: of its markup, what it inherits, the caller's salt. Must not read facts.

Exclusive C14N, so that namespace declarations elsewhere in the document, attribute order and quoting do not matter;
the encoding does not either, because hashing follows preparation.
"""

import hashlib
import json
from dataclasses import astuple

from lxml import etree

from syndicator.model import FeedHead
from syndicator.stages.parse.addresses import base_of
from syndicator.stages.parse.languages import inherited
from syndicator.stages.parse.tree import Tree

_MAX_NAMESPACES = 256  # in scope; canonicalising is quadratic in them (50,000: 3.3 s)


def fingerprints(tree: Tree, head: FeedHead, *, url: str, salt: str) -> tuple[str, ...]:
    """One hexadecimal SHA-256 for each entry, in document order."""
    shared = [salt, head.language, [astuple(author) for author in head.authors], head.rights, head.title, head.id]
    starts: dict[etree._Element | None, bytes] = {}
    marks = []
    for entry in tree.entries:
        parent = entry.getparent()
        if parent not in starts:
            base = url if parent is None else base_of(parent, url)
            starts[parent] = json.dumps([*shared, base, inherited(entry)]).encode()
        digest = hashlib.sha256(starts[parent])
        digest.update(_canonical(entry))
        marks.append(digest.hexdigest())
    return tuple(marks)


def of_value(value: object, *, salt: str) -> str:
    """The fingerprint of a plain value (a JSON Feed item, an entry that only feedparser could read)."""
    canonical = json.dumps([salt, value], sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _canonical(entry: etree._Element) -> bytes:
    if len(entry.nsmap) <= _MAX_NAMESPACES:
        try:
            return bytes(etree.tostring(entry, method="c14n", exclusive=True, with_comments=False, with_tail=False))
        except etree.LxmlError:  # C14N knows no relative namespace names; XML 1.0 allows them
            pass
    spelt = [(str(e.tag), sorted(e.attrib.items()), e.text, e.tail) for e in entry.iterdescendants()]
    return json.dumps([sorted(entry.attrib.items()), entry.text, spelt]).encode()
