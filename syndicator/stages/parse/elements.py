"""Reading one lxml element: names without case, the formats' namespaces as none. Must not look beyond the children."""

from functools import lru_cache

from lxml import etree

from syndicator.stages.parse.characters import line
from syndicator.stages.parse.vocabulary import FORMATS, MAX_URL, RDF


@lru_cache(maxsize=4096)
def _parts(tag: object) -> tuple[str, str]:
    """The namespace and the local name of a tag in Clark notation, as the functions below promise them."""
    if not isinstance(tag, str):
        return "", ""
    space, _, name = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return "" if space.lower() in FORMATS else space, name.lower()


def local(element: etree._Element) -> str:
    """The element's local name in lower case; "" for what is no element."""
    return _parts(element.tag)[1]


def namespace(element: etree._Element) -> str:
    """The element's namespace; "" for none and for those of the feed formats."""
    return _parts(element.tag)[0]


def words(element: etree._Element | None) -> str:
    """All text inside the element, white space at its ends removed."""
    if element is None:
        return ""
    return (element.text or "").strip() if not len(element) else "".join(element.itertext()).strip()


def child(parent: etree._Element, *names: str, spaces: tuple[str, ...] = ("",)) -> etree._Element | None:
    """The first child of one of these local names (lower case) that is not empty, in the order of the names."""
    for name in names:
        for element in parent:
            if local(element) == name and namespace(element) in spaces and words(element):
                return element
    return None


def id_of(parent: etree._Element) -> str | None:
    """<id>, <guid> or rdf:about as printed; None where it is missing or longer than 4,096 characters."""
    found = line(words(child(parent, "id", "guid")) or parent.get(f"{{{RDF}}}about", ""))
    return found if 0 < len(found) <= MAX_URL else None
