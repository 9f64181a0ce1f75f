"""The addresses that a page gives, made absolute. It must not follow them."""

from urllib.parse import urljoin

from syndicator.model.iri import as_iri


def address_of(base: str, url: str) -> str | None:
    """`url` made absolute, None where it is no address."""
    try:
        return as_iri(urljoin(base, url.strip())) or None
    except ValueError:  # say, half of an IPv6 host
        return None
