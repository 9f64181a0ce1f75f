"""Comment lists in pages to responses: the lists of publishing systems and themes, microformats, microdata, JSON-LD.

Comments are personal data: what is read is what everybody sees. It must not merge with what feeds say.
"""

import re
from collections.abc import Set
from dataclasses import replace
from urllib.parse import urlsplit

from lxml.etree import XPath, _Element

from syndicator.model import Document, Response
from syndicator.stages.responses.declared import declared_in
from syndicator.stages.responses.lists import MOST, marks_of
from syndicator.stages.responses.names import number_of
from syndicator.stages.responses.pings import is_own, unarchived
from syndicator.stages.responses.shown import shown
from syndicator.stages.responses.threads import Threads
from syndicator.stages.responses.tree import fragment_of, http, tree_of

_CANONICAL = XPath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href")
_PAGED = re.compile(r"/(?:comment-page-\d+|amp)/?$")
_THREAD = 3  # elements that call themselves comments: so many are a thread, signed or not


def read_page_responses(document: Document, entry_url: str | None) -> tuple[Response, ...]:
    """The responses that the page of an entry shows, in its order, at most 2,000.

    `entry_url` is the entry's address (None: the document's): ids are `entry_url#comment-N`, and a ping from its host
    is the site linking to itself, left out. What is counted, asked or announced around responses is none. A document
    that is no page has none. Raises nothing.
    """
    url = entry_url or document.url
    return tuple(one for one in responses_in(document, url) if one.kind == "comment" or not is_own(one.uri, url))


def responses_in(document: Document, entry_url: str | None) -> tuple[Response, ...]:
    """As `read_page_responses`, with the pings of the site to itself."""
    root = tree_of(document)
    if root is None:
        return ()
    entry = (entry_url or document.url).partition("#")[0]
    found_here = _shown(root, entry, document.url)
    said = {response.content_text for response in found_here}
    found: dict[str, Response] = {}
    for response in (*found_here, *(one for one in declared_in(root, entry) if one.content_text not in said)):
        found.setdefault(response.id, response)
    return tuple(found.values())[:MOST]


def _shown(root: _Element, entry: str, base: str) -> list[Response]:
    pages = {_page(url) for url in (entry, base, *map(str, _CANONICAL(root)))}
    read = [one for mark in marks_of(root) if (one := shown(mark, entry, base))]
    # Beside its own, a page may show the latest responses to others; where all seem so, it has another address itself.
    here = [one for one in read if not _is_elsewhere(one.permalink, base, pages)] or read
    threads = Threads()
    responses = []
    for one in here:
        if one.sure or (len(here) >= _THREAD and one.mark.strong):
            responses.append(replace(one.response, in_reply_to=threads.parent(one.mark, one.answers)))
            threads.add(one.mark, one.response.id)
    return responses


def _is_elsewhere(permalink: str | None, base: str, pages: Set[str]) -> bool:
    """Whether a numbered `permalink` leads to a page that is none of `pages`, and to no redirect by its number."""
    number = number_of(fragment_of(permalink))
    page = _page(http(base, permalink) or base)
    return number is not None and number not in page and page not in pages


def _page(url: str) -> str:
    """What tells one page of a site from another: its path and query, without the part of a long thread."""
    try:
        parts = urlsplit(unarchived(url))
    except ValueError:
        return ""
    query = "&".join(part for part in parts.query.split("&") if part.startswith(("p=", "page_id=", "id=")))
    return f"{_PAGED.sub('', parts.path).rstrip('/')}?{query}"
