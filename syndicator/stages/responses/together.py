"""One response known from a comment feed and from a page is one: the feed's facts first, the page fills the gaps.

It must not choose between what both say, but for one thing: a feed does not tell pings from comments, a page does.
"""

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from syndicator.model import Document, Response
from syndicator.stages.responses.page import responses_in
from syndicator.stages.responses.pings import is_own
from syndicator.stages.responses.wordpress import as_ping

_NUMBER = re.compile(r"#(?:comment-?|c)(\d+)$", re.IGNORECASE)
_TELLING = 40  # characters: a shorter text may be said by two
_EARLIEST = datetime.min.replace(tzinfo=UTC)


def together(heard: Sequence[Response], page: Document | None, entry_url: str | None) -> tuple[Response, ...]:
    """The responses `heard` in comment feeds and those in the entry's `page`, each once, oldest first.

    They are the same by the number in `#comment-N`, else by name and minute, else by a text of some length. What the
    page shows of a site linking to itself goes out of both. One with such a number has the same id wherever it was
    read: feeds write `?p=9#comment-N`, pages the entry's address.
    """
    seen = responses_in(page, entry_url) if page else ()
    pairs = _pairs(heard, seen)
    ids = {shown.id: known.id for known, shown in pairs if shown}
    joined = [_joined(known, shown) if shown else known for known, shown in pairs]
    paired = set(ids)
    fresh = [
        replace(shown, in_reply_to=ids.get(shown.in_reply_to or "", shown.in_reply_to))
        for shown in seen
        if shown.id not in paired
    ]
    joined = [replace(one, in_reply_to=ids.get(one.in_reply_to or "", one.in_reply_to)) for one in joined]
    kept = [
        _numbered(one, entry_url)
        for one in (*joined, *fresh)
        if one.kind == "comment" or not is_own(one.uri, entry_url)
    ]
    return tuple(sorted(kept, key=lambda one: one.published or _EARLIEST)) if heard else tuple(kept)


def _numbered(one: Response, entry_url: str | None) -> Response:
    def named(identity: str) -> str:
        number = _NUMBER.search(identity) if entry_url else None
        return f"{entry_url}#comment-{number[1]}" if number else identity

    parent = named(one.in_reply_to) if one.in_reply_to else None
    return replace(one, id=named(one.id), in_reply_to=parent)


def _pairs(heard: Sequence[Response], seen: Sequence[Response]) -> list[tuple[Response, Response | None]]:
    """Each response heard with the one of the page that it is; one of the page is taken once."""
    index: dict[Hashable, Response] = {}
    for shown in seen:
        for key in keys(shown):
            index.setdefault(key, shown)
    taken: set[str] = set()
    pairs: list[tuple[Response, Response | None]] = []
    for known in heard:
        found = _first(known, index, taken)
        taken |= {found.id} if found else set()
        pairs.append((known, found))
    return pairs


def _first(known: Response, index: Mapping[Hashable, Response], taken: set[str]) -> Response | None:
    found = (index.get(key) for key in keys(known))
    return next((one for one in found if one and one.id not in taken and _may_be(known, one)), None)


def _may_be(known: Response, shown: Response) -> bool:
    """Two that both have a number and not the same are two."""
    one, other = _NUMBER.search(known.id), _NUMBER.search(shown.id)
    return not (one and other) or one[1] == other[1]


def keys(response: Response) -> Iterator[Hashable]:
    """What a response is known by, the surest first."""
    if numbered := _NUMBER.search(response.id):
        yield "number", numbered[1]
    name = (response.author or response.title or "").casefold()
    if name and response.published:
        yield "said", name, response.published.replace(second=0, microsecond=0)
    if len(response.content_text) >= _TELLING:
        yield "text", " ".join(response.content_text.split())


def _joined(known: Response, shown: Response) -> Response:
    if known.kind == "comment" and shown.kind != "comment":
        known = replace(as_ping(known), kind=shown.kind)
    ping = known.kind != "comment"
    return replace(
        known,
        author=known.author or (None if ping else shown.author),
        uri=known.uri or shown.uri,
        title=known.title or (shown.title if ping else None),
        site=known.site or (shown.site if ping else None),
        published=known.published or shown.published,
        content_text=known.content_text or shown.content_text,
        in_reply_to=known.in_reply_to or shown.in_reply_to,
        marks=known.marks or (shown.marks if ping else ()),
    )
