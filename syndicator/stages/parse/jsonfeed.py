"""JSON Feed 1.0 and 1.1 (jsonfeed.org), which feedparser does not read. Must not repair or clean anything."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from syndicator.model import (
    Document,
    Enclosure,
    Extension,
    FeedHead,
    Link,
    Note,
    ParsedEntry,
    ParsedFeed,
    Person,
    Refused,
    Text,
)
from syndicator.stages.parse.addresses import absolute
from syndicator.stages.parse.characters import legal, line
from syndicator.stages.parse.charset import to_utf8
from syndicator.stages.parse.dates import rfc3339
from syndicator.stages.parse.fingerprint import of_value
from syndicator.stages.parse.languages import tag
from syndicator.stages.parse.links import size
from syndicator.stages.parse.vocabulary import (
    MAX_ENTRIES,
    MAX_EXTENSION,
    MAX_NAME,
    MAX_REPEATS,
    MAX_TEXT,
    MAX_TITLE,
    MAX_URL,
)

Object = dict[str, Any]
_FORMATS = {"https://jsonfeed.org/version/1": "json10", "https://jsonfeed.org/version/1.1": "json11"}
_MAX_JSON_EXTENSION = MAX_EXTENSION * 25  # our own credits and provenance travel in one
_MAX_DIGITS = 4300  # what Python converts, without a limit of its own: the time it takes grows with the square


def read_json(document: Document, *, known: frozenset[str], salt: str) -> ParsedFeed | Refused:
    """The feed of a JSON document; Refused (json, not-a-feed) where it is not JSON, or no JSON Feed."""
    try:
        feed = json.loads(to_utf8(document), parse_constant=_reject, parse_int=_whole)
    except ValueError as error:
        return Refused(reason="json", why=f"the document is not JSON: {str(error)[:200]}", hint="check the address")
    except RecursionError:
        why = "the document is JSON that nests too deeply to be read"
        return Refused(reason="json", why=why, hint="check the address")
    version = _FORMATS.get(_string(feed, "version").replace("http:", "https:", 1).rstrip("/"))
    items = feed.get("items")
    if version is None or not isinstance(items, list):
        why = "the document is JSON, but no JSON Feed 1.0 or 1.1 (version and items)"
        return Refused(reason="not-a-feed", why=why, hint="check the address")
    head = _head(feed, version, document.url)
    return _feed(head, items, document.url, known=known, salt=salt)


def _reject(name: str) -> None:
    raise ValueError(f"{name} is no JSON value")


def _whole(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"a number of {len(digits):,} digits, at most {_MAX_DIGITS:,} are read")
    return int(digits)


def _feed(head: FeedHead, stated: list[object], url: str, *, known: frozenset[str], salt: str) -> ParsedFeed:
    items = [item for item in stated if isinstance(item, dict)]
    shared = [salt, url, head.language, [[a.name, a.uri] for a in head.authors], head.title, head.self_url]
    read = items[:MAX_ENTRIES]
    marks = tuple(of_value(item, salt=json.dumps(shared)) for item in read)
    ids = Counter(_id(item) for item in items)
    entries = (
        _entry(item, head, url, mark=mark, position=position, duplicate=_id(item) is not None and ids[_id(item)] > 1)
        for position, (item, mark) in enumerate(zip(read, marks, strict=True))
        if mark not in known
    )
    notes = []
    if len(stated) > len(items):
        notes.append(
            Note(code="no-entry", text=f"{len(stated) - len(items)} of its items are no JSON objects: left out")
        )
    if len(items) > MAX_ENTRIES:
        notes.append(Note(code="too-many-entries", text=f"{len(items):,} entries, the first {MAX_ENTRIES:,} were read"))
    return ParsedFeed(head=head, entries=tuple(entries), fingerprints=marks, notes=tuple(notes))


def _head(feed: Object, version: str, url: str) -> FeedHead:
    hubs = (absolute(_string(hub, "url"), url) for hub in _objects(feed, "hubs"))
    self_url = absolute(_string(feed, "feed_url"), url)
    return FeedHead(
        format=version,
        id=self_url,
        title=line(_string(feed, "title"))[:MAX_TITLE],
        subtitle=line(_string(feed, "description"))[:MAX_TITLE],
        url=absolute(_string(feed, "home_page_url"), url),
        self_url=self_url,
        language=tag(_string(feed, "language")),
        authors=_authors(feed, url),
        hubs=tuple(dict.fromkeys(hub for hub in hubs if hub)),
        icon=absolute(_string(feed, "icon") or _string(feed, "favicon"), url),
        extensions=_extensions(feed),
    )


def _entry(item: Object, head: FeedHead, url: str, *, mark: str, position: int, duplicate: bool) -> ParsedEntry:
    language = tag(_string(item, "language")) or head.language
    link = absolute(_string(item, "url"), url)
    files = _objects(item, "attachments")
    return ParsedEntry(
        fingerprint=mark,
        position=position,
        raw_id=_id(item),
        duplicate=duplicate,
        link=link,
        links=tuple(_links(item, url)),
        title=_text(_string(item, "title")[:MAX_TITLE], url, language),
        summary=_text(_string(item, "summary"), url, language),
        content=_text(_string(item, "content_html"), url, language, html=True)
        or _text(_string(item, "content_text"), url, language),
        authors=_authors(item, url),
        categories=tuple(
            dict.fromkeys(line(t)[:MAX_NAME] for t in _list(item, "tags") if isinstance(t, str) and line(t))
        ),
        published=rfc3339(item.get("date_published")),
        updated=rfc3339(item.get("date_modified")),
        language=language,
        base=url,
        enclosures=tuple(
            Enclosure(url=href, type=line(_string(f, "mime_type")), length=size(f.get("size_in_bytes")))
            for f in files
            if (href := absolute(_string(f, "url"), url))
        ),
        extensions=_extensions(item),
    )


def _links(item: Object, url: str) -> Iterator[Link]:
    """`url` is the alternate; `external_url`, the page elsewhere that the entry is about or comes from, is via."""
    for key, rel in (("url", "alternate"), ("external_url", "via")):
        if href := absolute(_string(item, key), url):
            yield Link(href=href, rel=rel)


def _authors(owner: Object, url: str) -> tuple[Person, ...]:
    """`authors` (1.1), else `author` (1.0)."""
    listed = _objects(owner, "authors") or [a for a in (owner.get("author"),) if isinstance(a, dict)]
    people = (Person(name=line(_string(a, "name"))[:MAX_NAME], uri=absolute(_string(a, "url"), url)) for a in listed)
    return tuple(dict.fromkeys(p for p in people if p.name or p.uri))


def _extensions(owner: Object) -> tuple[Extension, ...]:
    """Every member whose name begins with an underscore (JSON Feed, "Extensions"), as compact JSON."""
    found = []
    for key, value in list(owner.items())[: MAX_REPEATS * 5]:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) if key.startswith("_") else ""
        if text and len(text) <= _MAX_JSON_EXTENSION:
            found.append(Extension(name=legal(key)[:MAX_NAME], text=legal(text)))
    return tuple(found)


def _id(item: Object) -> str | None:
    """The id as a string; numbers are allowed for (the specification: "coerce")."""
    value = item.get("id")
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = line(str(value)) if not isinstance(value, int) or value.bit_length() < 1024 else ""
    return text if 0 < len(text) <= MAX_URL else None


def _text(value: str, base: str, language: str | None, *, html: bool = False) -> Text | None:
    return Text(value=value[:MAX_TEXT], html=html, base=base, language=language) if value.strip() else None


def _string(owner: object, key: str) -> str:
    value = owner.get(key) if isinstance(owner, dict) else None
    return legal(value) if isinstance(value, str) else ""


def _list(owner: Object, key: str) -> list[Any]:
    value = owner.get(key)
    return value[:MAX_REPEATS] if isinstance(value, list) else []


def _objects(owner: Object, key: str) -> list[Object]:
    return [one for one in _list(owner, key) if isinstance(one, dict)]
