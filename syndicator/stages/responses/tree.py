"""A page as a tree, and walks through the part of it that is one response's own. It must not judge what it sees."""

import re
from collections.abc import Collection, Iterator
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.etree import HTMLParser, LxmlError, _Element, fromstring, iterwalk

from syndicator.model import Document
from syndicator.stages.responses.names import Role, roles_of

_ITEMTYPE = re.compile(r"schema\.org/(?:User)?Comments?$", re.IGNORECASE)
_STEPS = 1_000  # starts and ends of elements: boxes in boxes are not read over and over
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
    found = roles_of(element.get("class") or "") | roles_of(element.get("id") or "")
    if _ITEMTYPE.search(element.get("itemtype") or ""):
        found |= {"response"}
    said = element.get("itemprop")
    if said and (role := _PROPERTIES.get(said.lower())):
        found |= {role}
    return found


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
    return url if parts.scheme in ("http", "https") and parts.netloc else None


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
