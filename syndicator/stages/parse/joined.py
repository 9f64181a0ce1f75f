"""The walk's half and feedparser's half of a feed, joined by position; feedparser's alone where the walk is in doubt.

Nothing is joined on a doubt: a document whose entries the two count differently is read by feedparser alone, and its
entries are known again by the hash of what feedparser says.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields, replace

from syndicator.model import FeedHead, Note, ParsedEntry, ParsedFeed, Refused
from syndicator.stages.parse.addresses import absolute
from syndicator.stages.parse.characters import decoded, line, plain
from syndicator.stages.parse.dates import from_parsed
from syndicator.stages.parse.elements import local
from syndicator.stages.parse.entry import Said, get, told, told_people, walked, with_texts
from syndicator.stages.parse.feed import Heard, listen, reduce, shortened
from syndicator.stages.parse.fingerprint import fingerprints, of_value
from syndicator.stages.parse.head import head_of, tombstones_in
from syndicator.stages.parse.languages import inherited, tag
from syndicator.stages.parse.tree import Tree
from syndicator.stages.parse.vocabulary import MAX_ENTRIES, MAX_TITLE

_FEED_ROOTS = ("rss", "rdf", "feed", "channel")
_CUT = Note(code="cut-short", text="the document ends before its root element does; an entry cut with it is left out")
_COMPLEX = Note(code="too-complex", text="elements nested more than 512 deep, or attributes beyond 256, were left out")
_LOOSE = Note(code="ill-formed", text="not well-formed XML: read as far as it could be understood")


def read_tree(tree: Tree, body: bytes, url: str, *, known: frozenset[str], salt: str) -> ParsedFeed | Refused:
    """The feed of a well-formed document. `body` is what the tree was made of; the tree is changed."""
    head = head_of(tree, url)
    tombstones = tombstones_in(tree)
    marks = fingerprints(tree, head, url=url, salt=salt)
    drop = _droppable(tree, marks, known)
    kept = [p for p in range(len(marks)) if p not in drop]
    halves = {p: replace(walked(tree.entries[p], head, url), fingerprint=marks[p], position=p) for p in kept}
    around = {p: inherited(tree.entries[p]) for p in kept}
    small, cuts = reduce(tree, drop)
    heard = listen(small, url)
    if heard is None or len(heard.entries) != len(kept):
        return read_words(body, url, None, known=known, salt=salt, complete=tree.complete)
    if not marks and not heard.version and local(tree.root) not in _FEED_ROOTS:
        return _no_feed()
    pairs = zip(kept, heard.entries, strict=True)
    entries = [with_texts(halves[p], said, around[p]) for p, said in pairs if marks[p] not in known]
    repeated = _repeated(tree.raw_ids)
    return ParsedFeed(
        head=_completed(head, heard),
        entries=tuple(replace(entry, duplicate=entry.raw_id in repeated) for entry in entries),
        fingerprints=marks,
        tombstones=tombstones,
        complete=tree.complete,
        notes=(*_notes(tree), *_too_many(tree.count), *cuts),
    )


def read_words(
    body: bytes, url: str, tree: Tree | None, *, known: frozenset[str], salt: str, complete: bool
) -> ParsedFeed | Refused:
    """The feed as feedparser reads prepared bytes, with its loose parser where they are not well-formed.

    A tree recovered from an ill-formed document adds what feedparser lacks, and only to entries: one end tag too many
    moves the rest of an entry out of it, so that its licence would become the feed's.
    """
    heard = listen(shortened(body), url)
    if heard is None:
        return Refused(reason="unparseable", why="the document cannot be read as a feed, not even loosely")
    if not heard.entries and not heard.version:
        return _no_feed()
    head = _told_head(heard, url)
    entries = [told(said, head, url) for said in heard.entries[:MAX_ENTRIES]]
    if tree is not None and not tree.nested and len(heard.entries) == tree.count:
        entries = [_filled(one, walked(e, head, url)) for one, e in zip(entries, tree.entries, strict=True)]
    shared = (head.language, head.rights, head.title, head.id, head.authors)
    marks = tuple(of_value([url, shared, entry], salt=salt) for entry in entries)
    repeated = _repeated(entry.raw_id for entry in entries)
    fresh = (
        replace(entry, fingerprint=mark, position=position, duplicate=entry.raw_id in repeated)
        for position, (entry, mark) in enumerate(zip(entries, marks, strict=True))
        if mark not in known
    )
    return ParsedFeed(
        head=_completed(head, heard),
        entries=tuple(fresh),
        fingerprints=marks,
        complete=complete,
        notes=(_LOOSE, *_too_many(len(heard.entries))),
    )


def _filled(entry: ParsedEntry, other: ParsedEntry) -> ParsedEntry:
    """The entry with the other's facts where it has none, or fewer of them."""
    facts = {field.name: (getattr(entry, field.name), getattr(other, field.name)) for field in fields(entry)}
    more = {k: b for k, (a, b) in facts.items() if b and (not a or (isinstance(a, tuple) and len(b) > len(a)))}
    return replace(entry, **more)


def _droppable(tree: Tree, marks: tuple[str, ...], known: frozenset[str]) -> frozenset[int]:
    """The known entries, which feedparser need not see; nothing where positions could shift."""
    if tree.nested or tree.root in tree.entries[:1]:
        return frozenset()
    return frozenset(p for p, mark in enumerate(marks) if mark in known)


def _repeated(ids: Iterable[str | None]) -> set[str]:
    return {raw_id for raw_id, count in Counter(ids).items() if raw_id is not None and count > 1}


def _notes(tree: Tree) -> tuple[Note, ...]:
    found = ((_CUT, not tree.complete), (_COMPLEX, tree.pruned))
    return tuple(note for note, holds in found if holds)


def _too_many(count: int) -> tuple[Note, ...]:
    """A document is complete without them: they are read when those before them leave it."""
    if count <= MAX_ENTRIES:
        return ()
    return (Note(code="too-many-entries", text=f"{count:,} entries, the first {MAX_ENTRIES:,} were read"),)


def _no_feed() -> Refused:
    return Refused(reason="not-a-feed", why="the document is no feed of a known format", hint="check the address")


def _completed(head: FeedHead, heard: Heard) -> FeedHead:
    """The head with feedparser's half: format, subtitle, time, and the title as it reads it."""
    said = heard.head
    return replace(
        head,
        format=heard.version,
        title=_words(said, "title") or head.title,
        subtitle=_words(said, "subtitle"),
        updated=from_parsed(get(said, "updated_parsed", tuple)) or from_parsed(get(said, "published_parsed", tuple)),
    )


def _words(said: Said, key: str) -> str:
    detail = get(said, f"{key}_detail", dict)
    value = str((detail and get(detail, "value", str)) or "")[:MAX_TITLE]
    return plain(value) if detail and get(detail, "type", str) != "text/plain" else decoded(value)


def _told_head(heard: Heard, url: str) -> FeedHead:
    said = heard.head
    return FeedHead(
        id=line(get(said, "id", str) or "")[:MAX_TITLE] or None,
        title=_words(said, "title"),
        url=absolute(get(said, "link", str), url),
        language=tag(get(said, "language", str)),
        authors=told_people(get(said, "authors", list), url),
        rights=line(get(said, "rights", str) or "")[:MAX_TITLE] or None,
        hubs=tuple(
            href
            for link in get(said, "links", list) or ()
            if get(link, "rel", str) == "hub" and (href := absolute(get(link, "href", str), url))
        ),
    )
