"""Under which key the many addresses of one article are the same. For comparing only: a key is not to be fetched.

Two articles must never share a key; that one article keeps two is the lesser harm.
"""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from syndicator.stages.normalise.urls import without_tracking, without_white

# Parameters that choose a view of an article: WordPress' reply forms, comment pages, previews and cron, Jetpack's
# share counters, AMP, print, session ids.
_VIEWS = re.compile(
    r"replytocom|share|like_comment|cpage|_wpnonce|unapproved|moderation-hash|doing_wp_cron"
    r"|preview(?:_id|_nonce)?|amp|amp_\w+|usqp|noamp|print|phpsessid",
    re.IGNORECASE,
)
_AMP_VALUES = frozenset({("outputtype", "amp"), ("output", "amp"), ("nb", "1")})
# WordPress' endpoints below an article, and AMP's; at the root they may be pages of that name, but for the feed.
_VIEW_PATHS = re.compile(
    r"(?:(?<=[^/])/(?:amp|amp\.html|embed|trackback|comment-page-\d+)|/feed(?:/(?:atom|rss|rss2|rdf))?)+/?$",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
# The caches of AMP keep the address of the original in their own (developers.google.com/amp/cache/overview).
_CACHED = re.compile(r"(?:[^/]+\.cdn\.ampproject\.org/(?:[acv]|wp)|(?:www\.)?google\.[a-z.]+/amp)/(?:s/)?(?=[^/]+\.)")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")  # RFC 3986 2.3
_BELOW_ITS_HOST = re.compile(r"[^/?#:]+(?::\d+)?[/?#].")
_MAX = 4_000  # characters; servers refuse longer ones
_PUNCTUATION = "%/:@!$&'()*+,;=~-._"


def same_article(url: str) -> str:
    """A key under which the addresses of one article are equal, whatever their scheme, `www.`, port, trailing slash,
    index page, tracking, comments, shares, AMP, escapes or spelling of an international host.

    WordPress' `?p=` names an article by itself and is kept; `article_keys` joins it with the other addresses. So is a
    fragment that is a route (`#!/boats`, `#/boats`). What is no http or https address, or endless, is its own key.
    """
    if len(url) > _MAX:
        return url
    try:
        parts = urlsplit(_uncached(without_tracking(without_white(url))))
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https") or not host:
        return url
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    path = _INDEX.sub("", _VIEW_PATHS.sub("", _spelled(_SESSION.sub("", parts.path)))).rstrip("/")
    query = _selecting(parts.query)
    route = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return place + path + (f"?{query}" if query else "") + (f"#{route}" if route else "")


def article_keys(addresses: Iterable[str | None]) -> tuple[str, ...]:
    """The keys of an article of which several addresses are stated (link, id, canonical, shortlink), each once.

    Two articles are one where they share a key: so `?p=9` is joined with the address that a feed or page states beside
    it. Front pages and what is no web address name no article.
    """
    web = (url for url in addresses if url and url.lower().startswith(("http://", "https://")))
    return tuple(dict.fromkeys(key for key in map(same_article, web) if _BELOW_ITS_HOST.match(key)))


def _uncached(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    return scheme + mark + _CACHED.sub("", rest, count=1) if "amp" in rest else url


def _host(name: str) -> str:
    name = name.rstrip(".").removeprefix("www.")
    if name.startswith("amp.") and name.count(".") > 1:
        name = name.removeprefix("amp.")
    if name.isascii():
        return name
    return name.encode("idna").decode("ascii")  # UnicodeError is a ValueError


def _spelled(path: str) -> str:
    """`path` with the escapes that RFC 3986 6.2.2 makes the same, and no empty segments."""
    escaped = path if path.isascii() and "%" not in path else _ESCAPE.sub(_escape, quote(path, safe=_PUNCTUATION))
    return re.sub(r"/{2,}", "/", escaped)


def _escape(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if _UNRESERVED.match(character) else match[0].upper()


def _selecting(query: str) -> str:
    """The parameters that select content, in one order."""
    if not query:
        return ""
    pairs = parse_qsl(query.replace("&amp;", "&"), keep_blank_values=True)
    views = {name.lower() for name, _ in pairs}
    return urlencode(sorted(pair for pair in pairs if not _is_view(*pair, shared="share" in views)))


def _is_view(name: str, value: str, *, shared: bool) -> bool:
    pair = (name.lower(), value.lower())
    return _VIEWS.fullmatch(name) is not None or (pair in _AMP_VALUES and (pair[0] != "nb" or shared))
