"""Elements outside the formats' vocabularies, kept for whoever understands them. Must not interpret any."""

from collections.abc import Iterator

from lxml import etree

from syndicator.model import Extension
from syndicator.stages.parse.characters import legal
from syndicator.stages.parse.elements import local, namespace, words
from syndicator.stages.parse.links import is_licence
from syndicator.stages.parse.vocabulary import (
    ATOM,
    CONTENT,
    DC,
    MAX_EXTENSION,
    MAX_EXTENSIONS,
    RDF,
    SLASH,
    SY,
    THR,
    TOMBSTONE,
    WFW,
    XHTML,
)

# What the model has a field for; the rest of these vocabularies is kept.
_MAPPED = {
    (CONTENT, "encoded"),
    (DC, "contributor"),
    (DC, "creator"),
    (DC, "date"),
    (DC, "description"),
    (DC, "language"),
    (DC, "rights"),
    (DC, "subject"),
    (DC, "title"),
    (RDF, "li"),
    (SLASH, "comments"),
    (SY, "updatebase"),
    (SY, "updatefrequency"),
    (SY, "updateperiod"),
    (THR, "in-reply-to"),
    (THR, "total"),
    (TOMBSTONE, "deleted-entry"),
    (WFW, "commentrss"),
    (XHTML, "body"),
}


def extensions_in(parent: etree._Element) -> tuple[Extension, ...]:
    """Each foreign child and everything in it, in document order, one Extension an element; bounded in number and size.

    Out-of-line content (RFC 4287 4.1.3.2) comes as an Extension too: {Atom}content with its `src` and `type`.
    """
    found: list[Extension] = []
    for element in _foreign(parent):
        if len(found) == MAX_EXTENSIONS:
            break
        found.append(_extension(element))
    return tuple(found)


def _foreign(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if not isinstance(child.tag, str):
            continue
        if namespace(child) == "":
            if child.tag == f"{{{ATOM}}}content" and child.get("src"):
                yield child
        elif (namespace(child), local(child)) not in _MAPPED and not is_licence(child):
            yield from (node for node in child.iter() if isinstance(node.tag, str))


def _extension(element: etree._Element) -> Extension:
    text = (element.text or "").strip() and words(element)[:MAX_EXTENSION]  # a mere container has no text of its own
    attributes = {str(k): legal(str(v)[:MAX_EXTENSION]) for k, v in list(element.attrib.items())[:50]}
    return Extension(name=element.tag, attributes=attributes, text=legal(text))
