"""A page as a tree, and walks through the part of it that is one response's own. It must not judge what it sees."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.etree import HTMLParser, LxmlError, XPath, _Element, fromstring, iterwalk

from syndicator.model import Document
from syndicator.model.iri import as_iri
from syndicator.stages.responses.names import LONGEST, Role, roles_of

_CLASSES, _IDS, _TYPES, _STATED = (
    XPath(f"//@{name}", smart_strings=False) for name in ("class", "id", "itemtype", "itemprop")
)
_ITEMTYPE = re.compile(r"schema\.org/(?:User)?Comments?$", re.IGNORECASE)
_STEPS = 250  # starts and ends of elements: boxes in boxes are not read over and over
_PROPERTIES: dict[str, Role] = {
    "comment": "response",
    "text": "body",
    "commenttext": "body",
    "author": "author",
    "creator": "author",
    "datepublished": "date",
    "datecreated": "date",
    "commenttime": "date",
}


def tree_of(document: Document) -> _Element | None:
    """The root of the page without comments; None where the document is no markup or its charset is unknown."""
    if not document.body.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
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


def roles(element: _Element) -> frozenset[Role]:
    """What the class, id and microdata of `element` say that it is."""
    get = element.get
    names, identity = get("class", ""), get("id", "")
    return _told(names[:LONGEST], identity[:LONGEST], get("itemtype", "")[:LONGEST], get("itemprop", "")[:LONGEST])


def roles_on(root: _Element) -> frozenset[Role]:
    """What `roles` says of all elements of a page together, without a look at any of them."""
    named = map(roles_of, {*_CLASSES(root), *_IDS(root)})
    typed = map(_of_type, set(_TYPES(root)))
    stated = map(_of_property, set(_STATED(root)))
    return frozenset().union(*named, *typed, *stated)


@lru_cache(maxsize=4096)  # the elements of a page and the pages of a site share their names
def _told(classes: str, identity: str, kind: str, said: str) -> frozenset[Role]:
    return roles_of(classes) | roles_of(identity) | _of_type(kind) | _of_property(said)


def _of_type(name: str) -> frozenset[Role]:
    return frozenset({"response"} if _ITEMTYPE.search(name[:LONGEST]) else ())


def _of_property(name: str) -> frozenset[Role]:
    role = _PROPERTIES.get(name[:LONGEST].lower())
    return frozenset({role} if role else ())


def own(element: _Element, others: Collection[_Element] = ()) -> Iterator[_Element]:
    """`element` and what is in it, in document order, without `others` and what is in them."""
    walk = iterwalk(element, events=("start",))
    for _, here in walk:
        if here in others:
            walk.skip_subtree()
        else:
            yield here


def text_of(element: _Element, limit: int = 400) -> str:
    """The words in `element`, at most about `limit` characters of them and those of `_STEPS` tags."""
    parts: list[str] = []
    size = 0
    for event, here in islice(iterwalk(element, events=("start", "end")), _STEPS):
        part = here.text if event == "start" else here.tail
        if part and (event == "start" or here is not element):
            parts.append(part[:limit])
            size += len(part)
        if size > limit:
            break
    return " ".join("".join(parts).split())


def http(base: str, href: str | None) -> str | None:
    """`href` as an absolute http(s) URL, or None."""
    try:
        url = urljoin(base, (href or "").strip())
        parts = urlsplit(url)
    except ValueError:
        return None
    return as_iri(url) if parts.scheme in ("http", "https") and parts.netloc else None


def fragment_of(href: str | None) -> str:
    """What follows the `#` of `href`, which need not be a valid address, or ""."""
    return (href or "").partition("#")[2]


def _charset(document: Document) -> str | None:
    """The declared charset, else UTF-8 where it is that, else None: libxml2 then reads what the page says of itself."""
    if document.charset:
        return document.charset
    try:
        document.body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
