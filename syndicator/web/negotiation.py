"""What a client asked for in the headers of its request, of the answers that there are: coding, type, or no body.

Pure functions of what the headers say. They must not read files, nor know what is published.
"""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime

from starlette.datastructures import Headers

from syndicator.publish import COPIES

NAMED_BY_READERS = frozenset({"application/atom+xml", "application/rss+xml", "application/rdf+xml", "application/*"})


def asks_for_a_page(asked: Headers) -> bool:
    """Whether the Accept (RFC 9110 section 12.5.1) is that of a browser in which somebody opened a link.

    Browsers want text/html rather than anything else (https://developer.mozilla.org/docs/Web/HTTP/Content_negotiation).
    Feed readers send no Accept or `*/*` (newsboat), or name feeds, some together with text/html and at the same weight
    (FreshRSS, Miniflux): who names a feed is a reader. config/nginx.conf has the same rule, without the weights.
    """
    weights = dict(_weights(_all(asked, "Accept")))
    return weights.get("text/html", 0.0) > weights.get("*/*", 0.0) and not weights.keys() & NAMED_BY_READERS


def codings(asked: Headers) -> list[str]:
    """The codings to try for an Accept-Encoding (RFC 9110 section 12.5.3), best first; the plain file comes after them.

    Of equal weight, ours is the choice. Whoever refuses the plain file too gets it where there is no copy: the section
    would rather have that than no answer.
    """
    named = _weights(_all(asked, "Accept-Encoding"))
    weights = {coding.removeprefix("x-"): weight for coding, weight in named}  # section 8.4.1.3: x-gzip is gzip
    others = weights.get("*", 0.0)
    plain = weights.get("identity", 0.0)
    weight = {coding: weights.get(coding, others) for coding in COPIES}
    return [c for c in sorted(COPIES, key=lambda c: -weight[c]) if weight[c] > 0 and weight[c] >= plain]


def not_modified(asked: Headers, etag: str, changed: int) -> bool:
    """Whether the client has the file already, which has this tag and changed then (s since 1970).

    RFC 9110 section 13.2.2: If-None-Match decides where it is given, compared weakly; else If-Modified-Since.
    """
    if asked.getlist("If-None-Match"):
        each = [tag.strip() for tag in _all(asked, "If-None-Match").split(",")]
        return each == ["*"] or etag in (tag.removeprefix("W/") for tag in each)
    try:
        since = parsedate_to_datetime(asked.get("If-Modified-Since", ""))
    except (ValueError, OverflowError):
        return False
    return since.tzinfo is not None and changed <= since.timestamp()


def _all(asked: Headers, name: str) -> str:
    """RFC 9110 section 5.2: several lines of one field are one list."""
    return ",".join(asked.getlist(name))


def _weights(accepted: str) -> Iterator[tuple[str, float]]:
    for each in accepted.lower().split(","):
        name, *parameters = each.split(";")
        yield name.strip(), next((_weight(value) for key, _, value in map(_pair, parameters) if key == "q"), 1.0)


def _pair(parameter: str) -> tuple[str, str, str]:
    key, equals, value = parameter.partition("=")
    return key.strip(), equals, value


def _weight(value: str) -> float:
    try:
        return float(value)
    except ValueError:
        return 0.0  # what cannot be understood is not wished for
