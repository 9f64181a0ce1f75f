"""The comments that a page declares for machines: schema.org `comment` in JSON-LD.

What microdata declares stands in the page itself and is read there.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from lxml.etree import XPath, _Element

from syndicator.model import Response
from syndicator.stages.responses.dates import moment
from syndicator.stages.responses.tree import http
from syndicator.stages.responses.words import paragraphs, words_of

_SCRIPTS = XPath("//script[contains(@type, 'ld+json')]")
_TIMES = ("dateCreated", "datePublished", "commentTime")
_MOST = 4_000  # values looked at
_LARGEST = 4_000_000  # characters of one script


def declared_in(root: _Element, entry: str) -> Iterator[Response]:
    """The comments in the page's JSON-LD, each with its parent's id where it is inside another comment."""
    for script in _SCRIPTS(root):
        text = script.text or ""
        try:
            value = json.loads(text, strict=False) if len(text) <= _LARGEST else None
        except (ValueError, RecursionError):
            continue
        yield from _comments(value, entry)


def _comments(value: Any, entry: str) -> Iterator[Response]:
    """In the order of the document, with a stack instead of recursion."""
    waiting: list[tuple[Any, str | None]] = [(value, None)]
    for _ in range(_MOST):
        if not waiting:
            return
        here, parent = waiting.pop()
        if isinstance(here, list):
            waiting.extend((one, parent) for one in reversed(here[:_MOST]))
        elif isinstance(here, dict):
            if (response := _response(here, entry, parent)) is not None:
                yield response
                parent = response.id
            waiting.extend((one, parent) for one in reversed(list(here.values())) if isinstance(one, list | dict))


def _response(said: dict[str, Any], entry: str, parent: str | None) -> Response | None:
    words = "\n\n".join(paragraphs(_word(said.get("text")) or _word(said.get("commentText")) or ""))
    if not words or not _is_comment(said.get("@type")):
        return None
    name, uri = _author(said.get("author") or said.get("creator"), entry)
    times = (moment(when) for key in _TIMES if (when := _word(said.get(key))))
    published = next(filter(None, times), None)
    if not (name or published):
        return None
    digest = sha256(f"{name}\n{published}\n{words}".encode("utf-8", "replace")).hexdigest()[:16]
    addresses = (http(entry, url) for key in ("@id", "url") if (url := _word(said.get(key))))
    return Response(
        id=next(filter(None, addresses), f"{entry}#{digest}"),
        kind="comment",
        author=name,
        uri=uri,
        published=published,
        content_text=words,
        in_reply_to=parent,
    )


def _author(told: Any, entry: str) -> tuple[str | None, str | None]:
    """The name and address of the first author, who is an object or only a name."""
    first = told[0] if isinstance(told, list) and told else told
    if not isinstance(first, dict):
        return words_of(_word(first) or "") or None, None
    url = _word(first.get("url"))
    return words_of(_word(first.get("name")) or "") or None, http(entry, url) if url else None


def _is_comment(kinds: Any) -> bool:
    return any(kind in ("Comment", "UserComments") for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) else None
