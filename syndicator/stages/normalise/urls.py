"""Addresses: made absolute, freed of tracking, compared. No other markup is touched here."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

SCHEMES = frozenset({"http", "https", "mailto"})

# What the large mail, advertising and analytics services append; none of them selects content.
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|wbra|gbra|dc|ms|tw|yc|tt|igsh|li_fat_)cl?id|gclsrc|igshid|mc_[ce]id|mkt_tok|_hs(?:enc|mi)"
    r"|vero_id|oly_\w+_id"
    r"|pk_(?:campaign|kwd|source|medium)|mtm_\w+|yclid|twclid|ref_src|wt_mc",
    re.IGNORECASE,
)
_TRACKED = re.compile(rf"[?&;](?:{_TRACKING.pattern})=", re.IGNORECASE)
# WordPress gives one article many addresses (reply forms, share counters, paged comments, AMP).
_SAME = re.compile(r"replytocom|share|nb|like_comment|_wpnonce|amp|print|unapproved|moderation-hash", re.IGNORECASE)
_SAME_PATH = re.compile(r"(?:/(?:amp|feed|comment-page-\d+))+/?$", re.IGNORECASE)
# The usual address: absolute, with a host, nothing to drop. urlsplit would find no fault in it, and is slow.
_USUAL = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?:[/?#][^\x00-\x20\x7f]*)?")
_WHITE = re.compile(r"[\x00-\x20\x7f]+")


def absolute(url: str, base: str | None) -> str | None:
    """`url` resolved against `base`, or None where the outcome is no http, https or mailto address.

    Whitespace and control characters inside are dropped first, as browsers do (WHATWG URL 4.4).
    """
    if _USUAL.fullmatch(url):
        return url
    url = _WHITE.sub("", url)
    if not url.startswith(("https://", "http://")):
        try:
            url = urljoin(base or "", url)
        except ValueError:  # "Invalid IPv6 URL"
            return None
    return url if _is_ours(url) else None


def _is_ours(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.netloc or (parts.scheme == "mailto" and parts.path))


def without_tracking(url: str) -> str:
    """`url` without tracking parameters; every other character of it stays as it was."""
    if "=" not in url or not _TRACKED.search(url):
        return url
    head, mark, fragment = url.partition("#")
    path, _, query = head.partition("?")
    kept = "&".join([pair for pair in query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0])])
    return path + ("?" + kept if kept else "") + mark + fragment


def same_article(url: str) -> str:
    """A key under which the addresses of one article are equal: scheme, www, trailing slash, tracking, comments, AMP.

    WordPress' `?p=` names an article by itself and is kept. The key is for comparing, not for fetching.
    """
    try:
        parts = urlsplit(without_tracking(_WHITE.sub("", url)))
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return url
    if parts.scheme not in ("http", "https"):
        return url
    pairs = [(key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if not _SAME.fullmatch(key)]
    path = _SAME_PATH.sub("", parts.path).rstrip("/")
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    return urlunsplit(("", place, path, urlencode(sorted(pairs)), "")).removeprefix("//")
