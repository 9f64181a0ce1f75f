"""What kind of page an address leads to, as far as the address itself tells.

It must not decide what is said of the page.
"""

import re
from urllib.parse import urlsplit

from syndicator.stages.credit.names import is_host

_LICENCES = frozenset({"creativecommons.org", "opensource.org", "spdx.org"})
_LISTS = re.compile(
    r"/(?:categor(?:y|ies|ia|ias|ie|ies)|kategor(?:ie|ien|ia|i)|tags?|etiquetas?|schlagwort|labels?|topics?|thema|themen"
    r"|authors?|autor(?:en|es|a|as|i)?|auteurs?|users?|profiles?|members?|contributors?|people|about|contact|search)"
    r"/[^/]+/?$",
    re.IGNORECASE,
)
_SHARES = re.compile(r"/(?:share|sharer|sharer\.php|sharearticle|intent|submit|dialog|send)(?:/|$)", re.IGNORECASE)
_FILES = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|mp[34]|m4a|ogg|web[ma]|mov|zip|rss|xml|json)$", re.IGNORECASE)
_FRONT_PAGES = re.compile(r"/(?:[a-z]{2}(?:[-_][a-z]{2})?|(?:index|home|default)\.\w{3,5}|home|feed)/?$", re.IGNORECASE)


def is_page(address: str) -> bool:
    """Whether an address is more than a site's front page: a link to the right site is not the original."""
    _, _, rest = address.partition("://")
    return bool(rest.partition("/")[2].strip("/"))


def is_article(address: str, own: str | None) -> bool:
    """Whether an address may be another article's than the one at `own`: a page of the web that is no front page, no
    list, no licence, no image and no form for sharing.
    """
    if not address.lower().startswith(("https://", "http://")) or not is_page(address) or not host(address):
        return False
    path, named = urlsplit(address).path, own is not None and is_page(own)
    bare_own = bare(own or "").partition("?")[0].rstrip("/")
    if bare(address) == bare(own or "") or (named and re.match(rf"{re.escape(bare_own)}(?:/|\?|$)", bare(address))):
        return False
    if host(address) in _LICENCES or (host(address).endswith("gnu.org") and "/licen" in path):
        return False
    return not any(kind.search(path) for kind in (_LISTS, _SHARES, _FILES)) and not _is_front(address)


def _is_front(address: str) -> bool:
    parts = urlsplit(address)
    return not parts.query and _FRONT_PAGES.fullmatch(parts.path) is not None


def site_of(words: str, address: str | None) -> str:
    """A site by its host where that is what was printed, or where the words of the link are a title; else by its
    name.
    """
    if is_host(words):
        return words.lower().removeprefix("www.")
    named = host(address)
    return named if named and len(words.split()) > 3 else words


def bare(url: str) -> str:
    """`url` for comparison: without its scheme, "www.", its anchor and a slash at its end."""
    return url.partition("://")[2].removeprefix("www.").partition("#")[0].rstrip("/")


def host(url: str | None) -> str:
    """The host of `url` without "www."; "" where it has none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
