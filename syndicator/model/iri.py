"""What may name an entry or a feed (RFC 4287 4.2.6), and how an address is spelled that others read: what several rooms
share about IRIs.
"""

import re
from urllib.parse import quote

# What RFC 3987 2.2 has no place for: controls, blanks, delimiters, private use, what Unicode keeps for itself, a "%"
# that escapes nothing. And brackets, which are for a host only (RFC 3986 3.2.2).
_EXCLUDED = re.compile(r"[\s\x00-\x20\x7f-\x9f<>\"{}|\\^`\ud800-\uf8ff\ufdd0-\ufdef\ufff0-\uffff]|%(?![0-9A-Fa-f]{2})")
_BRACKETS = re.compile(r"[\[\]]")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:.")
# Names that are made up by hand, and wrongly: nobody can resolve them, so their syntax is all that there is to them.
_BY_SCHEME = {
    "http": re.compile(r"http://[^/?#].*", re.IGNORECASE),
    "https": re.compile(r"https://[^/?#].*", re.IGNORECASE),
    "tag": re.compile(r"tag:(?:[\w.-]+@)?[A-Za-z0-9.-]+,\d{4}(?:-\d\d(?:-\d\d)?)?:.*", re.IGNORECASE),  # RFC 4151 2.1
    "urn": re.compile(r"urn:(?!uuid:)[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:[^#?/].*", re.IGNORECASE),  # RFC 8141 2
    "uuid": re.compile(r"urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE),  # RFC 9562 4
}
_PLACE = re.compile(r"[^:/?#]*://[^/?#]*")


def as_iri(url: str) -> str:
    """The absolute `url` with everything that is no character of an IRI percent-encoded, as browsers send it.

    Nothing else is changed: it leads where it led.
    """
    if not _has_excluded(url):
        return url
    place = _PLACE.match(url)
    behind = place.end() if place else 0
    return _EXCLUDED.sub(_escaped, url[:behind] + _BRACKETS.sub(_escaped, url[behind:]))


def _has_excluded(text: str) -> bool:
    return bool(_EXCLUDED.search(text) or _BRACKETS.search(text))


def _escaped(found: re.Match[str]) -> str:
    return quote(found[0].encode("utf-8", "ignore"), safe="")


def is_absolute_iri(text: str) -> bool:
    """Whether `text` is an IRI with a scheme, and well-formed by that scheme where it is http(s), tag or urn."""
    if not _ABSOLUTE.match(text) or _has_excluded(text):
        return False
    kind = "uuid" if text[:9].lower() == "urn:uuid:" else text.partition(":")[0].lower()
    return kind not in _BY_SCHEME or bool(_BY_SCHEME[kind].fullmatch(text))
