"""What WordPress lets one ask for: a comment feed that says more, and its REST answer that says what is a comment.

Addresses and answers in, addresses and responses out. It must not fetch.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from syndicator.model import Response
from syndicator.stages.responses.pings import is_person, marks_in, title_and_site, unwrapped
from syndicator.stages.responses.words import words_of

_PATH = re.compile(r"(?P<before>https?://[^?#]*/feed)(?:/(?:rss2?|rdf))?/?(?=$|[?#])", re.IGNORECASE)
_QUERY = re.compile(r"(?P<before>[?&]feed=(?:comments-)?)(?:rss2?|rdf)(?=$|[&#])", re.IGNORECASE)
_POST = re.compile(r"(?P<root>https?://[^?#\s]+/)\?(?:[^#\s]*&)?p=(?P<number>\d{1,18})")
_NUMBER = re.compile(r"#comment-(\d{1,18})$")
_PAGE = 10  # WordPress pages its answers by tens: one of 10, 20 … 100 may be a page of several


def preferred_feeds(url: str) -> tuple[str, ...]:
    """The addresses under which to ask for the comment feed at `url`, the one that says most first.

    WordPress has an Atom feed beside each RSS one (`/feed/` and `/feed/atom/`, `feed=rss2` and `feed=atom`), and only
    that has threading and the authors' addresses. An address not of its shape stands alone, as one that is Atom does.
    """
    atom = _PATH.sub(r"\g<before>/atom/", url, count=1)
    if atom == url:
        atom = _QUERY.sub(r"\g<before>atom", url, count=1)
    return (url,) if atom == url else (atom, url)


def rest_address(entry_id: str) -> str | None:
    """Where WordPress' REST interface lists the comments on the entry, whose id is its `?p=N`; None for other ids."""
    post = _POST.fullmatch(entry_id)
    return f"{post['root']}wp-json/wp/v2/comments?post={post['number']}&per_page=100" if post else None


def typed_by_rest(responses: Sequence[Response], body: bytes) -> tuple[Response, ...]:
    """`responses` of a comment feed with their kinds as `wp/v2/comments?post=ID` tells them.

    Without a login that answer lists the comments (`type` "comment") and no ping, so what it lists is a comment and
    what it leaves out is a ping (WordPress REST API, Comments). Responses older than a page of several, and all where
    `body` is no such answer, stay as they are. Raises nothing.
    """
    listed = _listed(body)
    if listed is None:
        return tuple(responses)
    first = min(listed) if listed and len(listed) % _PAGE == 0 else 0
    return tuple(_typed(response, listed, first) for response in responses)


def listed_whole(body: bytes) -> frozenset[str] | None:
    """The numbers of all comments as `wp/v2/comments?post=ID` lists them; None where `body` is no such answer, may be a
    page of several, or has none (it may be that of another post).
    """
    listed = _listed(body)
    return frozenset(map(str, listed)) if listed and len(listed) % _PAGE else None


def _listed(body: bytes) -> dict[int, Mapping[str, Any]] | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(answer, list) or not all(isinstance(one, dict) and type(one.get("id")) is int for one in answer):
        return None
    return {one["id"]: one for one in answer if one.get("type", "comment") == "comment"}


def _typed(response: Response, listed: Mapping[int, Mapping[str, Any]], first: int) -> Response:
    numbered = _NUMBER.search(response.id)
    number = int(numbered[1]) if numbered else -1
    if number in listed:
        return response if response.kind == "comment" else _as_comment(response, listed[number])
    # An answer without any comment may be that of another post: then a name that may be a person's is left alone.
    known = number >= first and (listed or not is_person(response.author or ""))
    return as_ping(response) if response.kind == "comment" and known else response


def as_ping(response: Response) -> Response:
    """A response that was taken for a comment, as the pingback it is: its author's name is the page's title."""
    title, site = title_and_site(response.author or "")
    inside = unwrapped(response.content_text)
    words = response.content_text if inside is None else inside
    return replace(
        response,
        kind="pingback",
        author=None,
        title=title,
        site=site,
        content_text=words,
        marks=marks_in(words),
        truncated=None,
    )


def _as_comment(response: Response, told: Mapping[str, Any]) -> Response:
    name = told.get("author_name")
    author = words_of(name) if isinstance(name, str) else response.title
    return replace(response, kind="comment", author=author, title=None, site=None, marks=(), truncated=False)
