"""One entry: what the walk finds in its element, and what feedparser says of it. Must not repair or clean anything."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from lxml import etree

from syndicator.model import Enclosure, FeedHead, Link, ParsedEntry, Person, Text
from syndicator.stages.parse.addresses import absolute, base_of
from syndicator.stages.parse.characters import legal, line
from syndicator.stages.parse.dates import from_parsed
from syndicator.stages.parse.elements import child, id_of, words
from syndicator.stages.parse.extensions import extensions_in
from syndicator.stages.parse.head import rights_of, source_of
from syndicator.stages.parse.languages import of_entry, tag
from syndicator.stages.parse.links import enclosures_in, licences_in, links_in, page_of, replies, size
from syndicator.stages.parse.people import authors_in, contributors_in, person
from syndicator.stages.parse.vocabulary import MAX_NAME, MAX_REPEATS, MAX_TEXT, MAX_TITLE, MAX_URL, SLASH, THR, WFW

Said = dict[str, Any]  # a FeedParserDict, to be read through `get` only
Kind = TypeVar("Kind")
_HTML = ("text/html", "application/xhtml+xml")
# feedparser writes <br></br> for XHTML's <br/>; an HTML parser would read two line breaks.
_VOID_ENDS = re.compile(r"></(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)>")


def get(said: object, key: str, kind: type[Kind]) -> Kind | None:
    """What feedparser stored under exactly this key, where it is of the expected kind.

    Its own lookup takes `published` for a missing `updated`; an element with attributes nobody expected is a dict.
    """
    value = dict.get(said, key) if isinstance(said, dict) else None
    return value if isinstance(value, kind) else None


def walked(entry: etree._Element, head: FeedHead, url: str) -> ParsedEntry:
    """Every fact but the texts, times and categories. The fingerprint is empty, for the caller to fill."""
    links, base = links_in(entry, url), base_of(entry, url)
    return ParsedEntry(
        fingerprint="",
        raw_id=id_of(entry),
        link=page_of(links) or _permalink(entry, base),
        links=links,
        authors=authors_in(entry, url),
        contributors=contributors_in(entry, url),
        language=of_entry(entry, head.language),
        base=base,
        rights=rights_of(entry),
        licences=licences_in(entry, links),
        source=source_of(entry, url),
        comments_url=absolute(words(child(entry, "comments")), base) or replies(links, feed=False),
        comments_feed=absolute(words(child(entry, "commentrss", spaces=(WFW,))), base) or replies(links, feed=True),
        comments_count=_comments(entry),
        in_reply_to=_in_reply_to(entry),
        enclosures=enclosures_in(entry, links, url),
        extensions=extensions_in(entry),
    )


def _permalink(entry: etree._Element, base: str) -> str | None:
    """The guid, where RSS 2.0 says that it is an address: isPermaLink is not false."""
    guid = child(entry, "guid")
    if guid is None or guid.get("isPermaLink", guid.get("ispermalink", "true")).strip().lower() == "false":
        return None
    text = words(guid)
    return absolute(text, base) if re.match(r"https?://", text, re.IGNORECASE) else None


def _comments(entry: etree._Element) -> int | None:
    stated = [words(child(entry, "comments", spaces=(SLASH,))), words(child(entry, "total", spaces=(THR,)))]
    stated += [e.get(f"{{{THR}}}count") for e in entry if e.get("rel") == "replies"]
    return next((count for text in stated if text and (count := size(text)) is not None), None)


def _in_reply_to(entry: etree._Element) -> str | None:
    element = next(entry.iterchildren(f"{{{THR}}}in-reply-to"), None)
    ref = "" if element is None else line(element.get("ref") or element.get("href") or "")
    return ref if 0 < len(ref) <= MAX_URL else None


def with_texts(entry: ParsedEntry, said: Said, around: str | None) -> ParsedEntry:
    """The entry with feedparser's reading of title, summary, content, times and categories."""
    return replace(
        entry,
        link=entry.link or absolute(get(said, "link", str), entry.base),
        title=_text(get(said, "title_detail", dict), entry, around, MAX_TITLE),
        summary=_text(get(said, "summary_detail", dict), entry, around, MAX_TEXT),
        content=_content(get(said, "content", list) or (), entry, around),
        categories=tuple(dict.fromkeys(_categories(said)))[:MAX_REPEATS],
        published=from_parsed(get(said, "published_parsed", tuple)) or from_parsed(get(said, "created_parsed", tuple)),
        updated=from_parsed(get(said, "updated_parsed", tuple)),
    )


def _content(contents: Iterable[Said], entry: ParsedEntry, around: str | None) -> Text | None:
    """The first that is HTML, else the first that is text; other types and out-of-line content are no text of ours."""
    texts = [c for c in contents if (kind := get(c, "type", str) or "") in _HTML or kind.startswith("text/")]
    texts.sort(key=lambda c: get(c, "type", str) not in _HTML)
    return next((t for c in texts if (t := _text(c, entry, around, MAX_TEXT))), None)


def _text(detail: Said | None, entry: ParsedEntry, around: str | None, longest: int) -> Text | None:
    value = legal(get(detail, "value", str) or "")[:longest] if detail else ""
    if not value.strip() or not detail:
        return None
    own = tag(get(detail, "language", str))
    if get(detail, "type", str) == "application/xhtml+xml":
        value = _VOID_ENDS.sub(">", value)
    return Text(
        value=value,
        html=get(detail, "type", str) in _HTML,
        base=absolute(get(detail, "base", str), entry.base) or entry.base,
        language=entry.language if own in (None, around) else own,
    )


def _categories(said: Said) -> Iterator[str]:
    for label in get(said, "tags", list) or ():
        if text := line(get(label, "label", str) or get(label, "term", str) or ""):
            yield text[:MAX_NAME]


def told(said: Said, head: FeedHead, url: str) -> ParsedEntry:
    """An entry that only feedparser could read. The fingerprint is empty, for the caller to fill."""
    links = tuple(link for one in get(said, "links", list) or () if (link := _told_link(one, url)))[:MAX_REPEATS]
    raw_id = line(get(said, "id", str) or "")
    bare = ParsedEntry(
        fingerprint="",
        raw_id=raw_id if 0 < len(raw_id) <= MAX_URL else None,
        link=page_of(links) or absolute(get(said, "link", str), url),
        links=links,
        authors=told_people(get(said, "authors", list), url),
        contributors=told_people(get(said, "contributors", list), url),
        language=tag(get(said, "language", str)) or head.language,
        base=url,
        rights=line(get(said, "rights", str) or "")[:MAX_TITLE] or None,
        licences=tuple(dict.fromkeys(link.href for link in links if link.rel == "license")),
        comments_url=absolute(get(said, "comments", str), url) or replies(links, feed=False),
        comments_feed=absolute(get(said, "wfw_commentrss", str), url) or replies(links, feed=True),
        comments_count=size(get(said, "slash_comments", str)),
        enclosures=tuple(Enclosure(url=x.href, type=x.type or "") for x in links if x.rel == "enclosure"),
    )
    return with_texts(bare, said, None)


def told_people(said: list[Said] | None, url: str) -> tuple[Person, ...]:
    """feedparser's authors or contributors; one that it could not take apart is read as a line."""
    people = []
    for one in (said or ())[:MAX_REPEATS]:
        name, email = line(get(one, "name", str) or "")[:MAX_NAME], get(one, "email", str)
        uri = absolute(get(one, "href", str), url)
        found = Person(name=name, uri=uri, email=email) if email or uri else person(name)
        people += [found] if found else []
    return tuple(dict.fromkeys(people))


def _told_link(said: Said, url: str) -> Link | None:
    href = absolute(get(said, "href", str), url)
    if not href:
        return None
    rel, kind = (get(said, "rel", str) or "alternate").strip().lower(), get(said, "type", str)
    return Link(href=href, rel=rel, type=kind, hreflang=get(said, "hreflang", str), title=get(said, "title", str))
