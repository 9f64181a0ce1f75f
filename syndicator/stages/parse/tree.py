"""The walk: the document as an lxml tree, its head and its entries. No entities, no network, no DTD.

Two mistakes that cost a strict parse are mended: prefixes used without a declaration, and a document cut short, which
is closed after its last whole entry. Must not read any fact.
"""

import re
from dataclasses import dataclass

from lxml import etree

from syndicator.stages.parse.elements import id_of, local, namespace
from syndicator.stages.parse.vocabulary import CUSTOMARY, FORMATS, MAX_ATTRIBUTES, MAX_DEPTH, MAX_ENTRIES

# Entries as feedparser sees them: of the formats' namespaces (tested below), names compared without case.
_ENTRIES = etree.XPath(
    "//*[translate(local-name(),'ITEM','item')='item' or translate(local-name(),'ENTRY','entry')='entry']"
)
_TOO_DEEP = etree.XPath("/*" * (MAX_DEPTH + 1))
_CROWDED = etree.XPath(f"//*[count(@*) > {MAX_ATTRIBUTES}]")
_UNDECLARED = re.compile(r"Namespace prefix ([\w.-]{1,60}) ")
_ROOT_NAME = re.compile(rb"<[^\s/>]+")
_UNDECLARED_PREFIX = 201
_TOO_DEEP_FOR_LIBXML = 114  # XML_ERR_RESOURCE_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A walked document. `exact`: no repair was guessed. `count`: entries it had;
    those past the bound are not in it. `pruned`: other things past a bound went."""

    root: etree._Element
    head: etree._Element
    entries: tuple[etree._Element, ...]
    count: int
    raw_ids: tuple[str | None, ...]
    nested: bool
    exact: bool
    complete: bool
    pruned: bool


def grow(body: bytes) -> Tree | None:
    """The tree of prepared bytes (see `prepare`); None where lxml finds no element."""
    root, errors = _parse(body)
    if root is not None and (space := _odd_default(root)):
        body = _without_default(body, space)
        root, errors = _parse(body)
    if root is not None and any(error.type == _UNDECLARED_PREFIX for error in errors):
        body = _declared(body, errors)
        root, errors = _parse(body)
    if root is None:
        return None
    closed = not errors or _closes(body, root)
    if errors and not closed and (whole := _whole_entries(body, root)):
        mended, faults = _parse(whole)
        if mended is not None and not faults:
            return _tree(mended, faults, complete=False)
    return _tree(root, errors, complete=closed)


def _parse(body: bytes) -> tuple[etree._Element | None, list[etree._LogEntry]]:
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,  # libxml2 still stops at 2,048 levels; the body's size is bounded before
        recover=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, []
    return root, [error for error in parser.error_log if error.level >= etree.ErrorLevels.ERROR]


def _tree(root: etree._Element, errors: list[etree._LogEntry], *, complete: bool) -> Tree:
    stopped = any(error.type == _TOO_DEEP_FOR_LIBXML for error in errors)
    pruned = _pruned(root) or stopped
    found = [element for element in _ENTRIES(root) if namespace(element) == "" or element.prefix is None]
    entries = tuple(found[:MAX_ENTRIES])
    for late in found[MAX_ENTRIES:]:
        late.getparent().remove(late)
    among = set(entries)
    nested = any(not among.isdisjoint(entry.iterancestors()) for entry in entries)
    head = root if local(root) == "channel" else next((c for c in root if local(c) == "channel"), root)
    if root in among:
        head = etree.Element("feed")  # an entry that stands alone (RFC 4287 section 2) has no feed to speak of
    return Tree(
        root=root,
        head=head,
        entries=entries,
        count=len(found),
        raw_ids=tuple(id_of(entry) for entry in entries),
        nested=nested,
        exact=not errors or stopped,
        complete=complete,
        pruned=pruned,
    )


def _pruned(root: etree._Element) -> bool:
    deep, crowded = _TOO_DEEP(root), _CROWDED(root)
    for element in deep:
        element.getparent().remove(element)
    for element in crowded:
        element.attrib.clear()
    return bool(deep or crowded)


def _declared(body: bytes, errors: list[etree._LogEntry]) -> bytes:
    """The body with the prefixes that the errors name declared on its root."""
    prefixes = {match[1] for error in errors if (match := _UNDECLARED.match(error.message))}
    declarations = "".join(f' xmlns:{p}="{CUSTOMARY.get(p, f"urn:undeclared:{p}")}"' for p in sorted(prefixes))
    return _ROOT_NAME.sub(lambda name: name[0] + declarations.encode(), body, count=1)


def _odd_default(root: etree._Element) -> str:
    """The document's default namespace where nobody knows it: a mistyped one, nearly always."""
    space = root.nsmap.get(None) or ""
    return "" if space.lower() in FORMATS or space in CUSTOMARY.values() else space


def _without_default(body: bytes, space: str) -> bytes:
    """The body without a default namespace that no format has: its elements are taken for what their names say."""
    quoted = (b'xmlns="' + space.encode() + b'"', b"xmlns='" + space.encode() + b"'")
    return body.replace(quoted[0], b"").replace(quoted[1], b"")


def _qname(element: etree._Element) -> bytes:
    name = element.tag.rpartition("}")[2]
    return (f"{element.prefix}:{name}" if element.prefix else name).encode()


def _closes(body: bytes, root: etree._Element) -> bool:
    return body.rfind(b"</" + _qname(root)) >= 0 or body.rstrip().endswith(b"/>")


def _whole_entries(body: bytes, root: etree._Element) -> bytes | None:
    """A document that was cut short, closed after its last whole entry; None where it has none."""
    entries = _ENTRIES(root)
    if not entries:
        return None
    name = _qname(entries[0])
    end = body.rfind(b"</" + name)
    close = body.find(b">", end)
    if end < 0 or close < 0:
        return None
    closers = b"".join(b"</" + _qname(parent) + b">" for parent in entries[0].iterancestors())
    return body[: close + 1] + closers
