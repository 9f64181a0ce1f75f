"""What the feed says of itself: the walk's half of FeedHead, and tombstones. Must not read entries."""

from lxml import etree

from syndicator.model import FeedHead, Source, Tombstone
from syndicator.stages.parse.addresses import absolute, base_of
from syndicator.stages.parse.characters import decoded, line, plain
from syndicator.stages.parse.dates import rfc3339
from syndicator.stages.parse.elements import child, id_of, local, namespace, words
from syndicator.stages.parse.extensions import extensions_in
from syndicator.stages.parse.languages import of_head, tag
from syndicator.stages.parse.links import first, licences_in, links_in, page_of
from syndicator.stages.parse.people import authors_in
from syndicator.stages.parse.rhythm import rhythm_of
from syndicator.stages.parse.tree import Tree
from syndicator.stages.parse.vocabulary import DC, DCTERMS, MAX_REPEATS, MAX_TITLE, MAX_URL, TOMBSTONE, XML


def rights_of(parent: etree._Element) -> str | None:
    """What <rights>, <copyright> and dc:rights say, each once and on a line of its own: the stricter one binds."""
    named = [one for one in parent if local(one) in ("rights", "copyright") and namespace(one) in ("", DC, DCTERMS)]
    said = dict.fromkeys(plain(words(one)[:MAX_TITLE]) for one in named[:MAX_REPEATS])
    return "\n".join(filter(None, said)) or None


def title_of(parent: etree._Element) -> str:
    """The title as plain words."""
    found = child(parent, "title", spaces=("", DC))
    return plain(words(found)[:MAX_TITLE])


def head_of(tree: Tree, url: str) -> FeedHead:
    """What the walk can tell of the feed; format, subtitle and time are feedparser's to add."""
    head = tree.head
    links = (*links_in(head, url), *(links_in(tree.root, url) if head is not tree.root else ()))
    return FeedHead(
        id=id_of(head),
        title=title_of(head),
        url=page_of(links),
        self_url=first(links, "self"),
        language=of_head(head),
        authors=authors_in(head, url),
        rights=rights_of(head),
        licences=licences_in(head, links),
        hubs=tuple(dict.fromkeys(link.href for link in links if link.rel == "hub")),
        icon=_icon(tree, url),
        rhythm=rhythm_of(head),
        extensions=extensions_in(head),
    )


def _icon(tree: Tree, url: str) -> str | None:
    image = next((e for parent in (tree.head, tree.root) for e in parent if local(e) == "image" and len(e)), None)
    inside = None if image is None else child(image, "url")
    stated = (child(tree.head, "icon"), child(tree.head, "logo"), inside)
    return next((u for e in stated if e is not None and (u := absolute(words(e), base_of(e, url)))), None)


def source_of(entry: etree._Element, url: str) -> Source | None:
    """The provenance that a copied entry carries: atom:source, or RSS <source url=>title</source>."""
    element = next((c for c in entry if local(c) == "source" and namespace(c) == ""), None)
    if element is None:
        return None
    if element.get("url") or not len(element):
        said = Source(
            title=decoded(words(element)[:MAX_TITLE]), self_url=absolute(element.get("url"), base_of(element, url))
        )
        return said if said != Source() else None
    links = links_in(element, url)
    return Source(
        id=id_of(element),
        title=title_of(element),
        url=page_of(links),
        self_url=first(links, "self"),
        language=tag(element.get(f"{{{XML}}}lang")),
        authors=authors_in(element, url),
        rights=rights_of(element),
        licences=licences_in(element, links),
        updated=rfc3339(words(child(element, "updated"))),
    )


def tombstones_in(tree: Tree) -> tuple[Tombstone, ...]:
    """Every at:deleted-entry of the feed (RFC 6721 section 3), at most 5,000."""
    found = tree.root.iter(f"{{{TOMBSTONE}}}deleted-entry")
    stones = (
        Tombstone(ref=line(ref), when=rfc3339(e.get("when"))) for e in found if (ref := e.get("ref", "")[:MAX_URL])
    )
    return tuple(stone for stone, _ in zip(stones, range(MAX_REPEATS * 25), strict=False))
