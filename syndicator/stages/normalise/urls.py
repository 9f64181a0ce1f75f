"""Addresses: made absolute and freed of tracking. No other markup is touched here."""

import re
from urllib.parse import urljoin, urlsplit

from syndicator.model.iri import as_iri

SCHEMES = frozenset({"http", "https", "mailto"})

# What the large mail, advertising and analytics services append; none of them selects content.
_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|dc|ms|tw|yc|tt|y)clid|[gw]braid|gclsrc|gad_(?:source|campaignid)|srsltid|_g[al]|igshid?|li_fat_id"
    r"|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|__hs\w+|hsctatracking|hss_channel|vero_(?:id|conv)|oly_\w+_id|elqtrack\w*"
    r"|(?:pk|mtm|matomo|piwik)_(?:campaign|kwd|keyword|source|medium|content|cid|group|placement)"
    r"|at_(?:medium|campaign|link_\w+|bbc_team|format|ptr_name)|ref_(?:src|url)|wt[._]mc(?:_id)?|wt_zmc|xtor|s_cid|cmpid"
    r"|guce_referrer(?:_sig)?|guccounter|wickedid|_openstat",
    re.IGNORECASE,
)
_TRACKED = re.compile(rf"[?&;#](?:{_TRACKING.pattern})=", re.IGNORECASE)
# The usual address: absolute, with a host, nothing to drop. urlsplit would find no fault in it, and is slow.
_USUAL = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?(?:[/?#][^\x00-\x20\x7f]*)?")
_BROKEN = re.compile(r"[\t\n\r]+")
_ENDS = "".join(map(chr, range(0x21)))
_WHITE = re.compile(r"[\x00-\x20\x7f]+")


def absolute(url: str, base: str | None) -> str | None:
    """`url` resolved against `base`, or None where the outcome is no http, https or mailto address.

    As in browsers (WHATWG URL 4.4) a line that was broken is joined, and a blank that stands in an address is a part of
    it.
    """
    if _USUAL.fullmatch(url):
        return as_iri(url)
    url = _BROKEN.sub("", url).strip(_ENDS)
    if not url.startswith(("https://", "http://")):
        try:
            url = urljoin(base or "", url)
        except ValueError:  # "Invalid IPv6 URL"
            return None
    return as_iri(url) if _is_ours(url) else None


def without_white(url: str) -> str:
    """`url` without whitespace and control characters."""
    return _WHITE.sub("", url)


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
    kept = "&".join(pair for pair in query.split("&") if not _tracks(pair))
    if fragment and all(map(_tracks, fragment.split("&"))):
        mark = fragment = ""
    return path + ("?" + kept if kept else "") + mark + fragment


def _tracks(pair: str) -> bool:
    name, equals, _ = pair.removeprefix("amp;").partition("=")  # what a feed escaped twice
    return bool(equals) and _TRACKING.fullmatch(name) is not None
