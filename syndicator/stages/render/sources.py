"""What an entry's source is called where upstream does not say so. It must not write elements."""

from urllib.parse import urljoin, urlsplit
from uuid import NAMESPACE_URL, uuid5

from ...model import Entry
from ...model.iri import is_absolute_iri
from .markup import linkable


def source_id(entry: Entry) -> str:
    """The id of the feed that the entry came from: its own where that can be one, else its address, else the entry's
    site, else a name made of the subscription's.

    An address gets its "/" where it has no path, and its scheme and host in small letters: to RFC 3986 (6.2) they are
    the same.
    """
    source = entry.source
    if source.id and is_absolute_iri(source.id):
        return _rooted(source.id)
    stated = filter(None, map(linkable, (source.self_url, source.url, entry.url)))
    known = next(filter(is_absolute_iri, stated), None)
    if known is None:
        return uuid5(NAMESPACE_URL, entry.subscription).urn
    return _rooted(urljoin(known, "/") if known == entry.url else known)


def _rooted(iri: str) -> str:
    parts = urlsplit(iri)
    if parts.scheme not in {"http", "https"}:
        return iri
    place = parts.netloc if "@" in parts.netloc else parts.netloc.lower()
    return parts._replace(netloc=place, path=parts.path or "/").geturl()
