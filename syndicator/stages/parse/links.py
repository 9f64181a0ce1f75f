"""Links, files and licences of a feed, an entry or a source, all of them and in order. Must not choose by taste."""

from lxml import etree

from syndicator.model import Enclosure, Link
from syndicator.stages.parse.addresses import absolute, base_of
from syndicator.stages.parse.characters import line
from syndicator.stages.parse.elements import local, namespace, words
from syndicator.stages.parse.vocabulary import CC, CC_NS, CREATIVE_COMMONS, DC, DCTERMS, MAX_NAME, MAX_REPEATS, RDF

_FEED_TYPES = ("application/atom+xml", "application/rss+xml", "application/rdf+xml", "application/feed+json")
_PAGE_TYPES = (None, "text/html", "application/xhtml+xml")
# RFC 4287 4.2.7.2: a registered relation may also be given as this IRI.
_RELATIONS = "http://www.iana.org/assignments/relation/"
_LICENCE = {(space, name) for space in (CC, CC_NS, CREATIVE_COMMONS, DC, DCTERMS) for name in ("license", "licence")}
_CREATIVE_COMMONS_OLD = "http://cyber.law.harvard.edu/rss/creativecommonsrssmodule.html"


def links_in(parent: etree._Element, url: str) -> tuple[Link, ...]:
    """Every link with an http(s) target; Atom's attributes kept, the text of an RSS <link> is an alternate."""
    found = (_link(child, url) for child in parent if local(child) == "link" and namespace(child) == "")
    return tuple(link for link in found if link)[:MAX_REPEATS]


def _link(element: etree._Element, url: str) -> Link | None:
    href = absolute(element.get("href") or words(element), base_of(element, url))
    if not href:
        return None
    rel = (element.get("rel") or "alternate").strip().removeprefix(_RELATIONS)
    return Link(
        href=href,
        rel=rel.lower() or "alternate",
        type=_attribute(element, "type"),
        hreflang=_attribute(element, "hreflang"),
        title=_attribute(element, "title"),
    )


def _attribute(element: etree._Element, name: str) -> str | None:
    value = element.get(name)
    return (line(value[:MAX_NAME]) or None) if value else None


def page_of(links: tuple[Link, ...]) -> str | None:
    """The address of the page: the first alternate that is HTML or says nothing of its type, else the first."""
    alternates = [link for link in links if link.rel == "alternate"]
    pages = [link for link in alternates if link.type in _PAGE_TYPES]
    return next((link.href for link in (*pages, *alternates)), None)


def first(links: tuple[Link, ...], rel: str) -> str | None:
    """The target of the first link of this relation."""
    return next((link.href for link in links if link.rel == rel), None)


def replies(links: tuple[Link, ...], *, feed: bool) -> str | None:
    """The target of the first rel=replies (RFC 4685 4) that is a feed, or that is a page."""
    return next((x.href for x in links if x.rel == "replies" and (x.type in _FEED_TYPES) is feed), None)


def enclosures_in(parent: etree._Element, links: tuple[Link, ...], url: str) -> tuple[Enclosure, ...]:
    """The files: RSS <enclosure> and rel=enclosure, each address once."""
    found: dict[str, Enclosure] = {}
    for child in list(parent)[: MAX_REPEATS * 5]:
        name = local(child)
        if namespace(child) == "" and (name == "enclosure" or (name == "link" and child.get("rel") == "enclosure")):
            href = absolute(child.get("url") or child.get("href") or child.get("uri"), base_of(child, url))
            if href and len(found) < MAX_REPEATS:
                length = size(child.get("length"))
                found.setdefault(href, Enclosure(url=href, type=_attribute(child, "type") or "", length=length))
    for link in links:
        if link.rel == "enclosure":
            found.setdefault(link.href, Enclosure(url=link.href, type=link.type or ""))
    return tuple(found.values())


def size(text: object) -> int | None:
    """A number of things or bytes that is not negative; None for anything else."""
    value = str(text).strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 15 else None


def licences_in(parent: etree._Element, links: tuple[Link, ...]) -> tuple[str, ...]:
    """What it is licensed under: rel=license (RFC 4946), creativeCommons:license, cc:license, dc(terms):license.

    An address where it is one, else the words as printed. A licence on something inside (a picture) is not looked at.
    """
    stated = [link.href for link in links if link.rel == "license"]
    for child in parent:
        if is_licence(child):
            text = child.get(f"{{{RDF}}}resource") or words(child)
            stated.append(absolute(text, None) or line(text[:MAX_NAME]))
    return tuple(dict.fromkeys(text for text in stated if text))


def is_licence(element: etree._Element) -> bool:
    """Whether the element states a licence of its parent."""
    space = namespace(element)
    return (space, local(element)) in _LICENCE or (
        space.lower() == _CREATIVE_COMMONS_OLD and local(element) == "license"
    )
