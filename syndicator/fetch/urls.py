"""Which URLs may be asked, and where a redirect leads. Knows no network; addresses are judged when they are dialled."""

import re

import httpx

from syndicator.fetch.addresses import literal
from syndicator.fetch.trouble import Trouble

_SPOKEN = ("http", "https")
_QUOTED = 80  # characters of a host that a message repeats

# Ports on which no browser speaks HTTP: https://fetch.spec.whatwg.org/#port-blocking. 0 is no port at all.
# fmt: off
_BAD_PORTS = frozenset({
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
    109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515,
    526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049,
    3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
})
# fmt: on

# A host whose last label is a number is meant as IPv4: https://url.spec.whatwg.org/#ends-in-a-number-checker
_ENDS_IN_NUMBER = re.compile(r"(^|\.)(0x[0-9a-f]*|[0-9]+)\.?$", re.IGNORECASE)


# What resolvers take for a name (RFC 1123 2.1, RFC 1035 2.3.4; underscores are in use), and IPv6 without a zone.
_NAME = re.compile(r"(?=.{1,254}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\.?")
_IPV6 = re.compile(r"[0-9a-f:.]+")


def askable(url: str) -> httpx.URL:
    """`url` ready to be asked, without its fragment. Raises Trouble where it cannot be or must not be."""
    try:
        parsed = _read(httpx.URL(url))
    except (httpx.InvalidURL, ValueError) as error:
        raise Trouble("bad-url", f"this is no URL: {error}", "correct the address") from error
    _judge(parsed)
    return parsed


def target(here: httpx.URL, location: str | None) -> httpx.URL:
    """Where a redirect received at `here` leads (RFC 9110 10.2.2). Raises Trouble where we do not go there."""
    if not location:
        raise Trouble(
            "bad-redirect", f"{here} redirects without saying where (no Location)", "tell the site's operator"
        )
    try:
        url = _read(here.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        why = f"{here} redirects to what is no URL: {error}"
        raise Trouble("bad-redirect", why, "tell the site's operator") from error
    _judge(url)
    if here.scheme == "https" and url.scheme == "http":
        why = f"{here} redirects to {url}, which anybody on the way could alter"
        raise Trouble("redirect-downgrade", why, "if that is accepted, subscribe to the http address")
    return url


def host(url: httpx.URL) -> str:
    """The host as it is asked: A-labels, no brackets. httpx's own `host` decodes A-labels, and raises on a bad one."""
    return url.raw_host.decode("ascii")


def site(url: httpx.URL) -> tuple[str, int | None]:
    """Who is asked: host name and port, http and https on their own ports counting as one."""
    return host(url), None if url.port in (80, 443) else url.port


def _read(url: httpx.URL) -> httpx.URL:
    """`url` without its fragment, as httpx writes it. Raises ValueError or InvalidURL where its host is none."""
    parsed = httpx.URL(str(url)).copy_with(fragment=None)
    if parsed.scheme in _SPOKEN:
        _check_host(host(parsed))
    return parsed


def _check_host(name: str) -> None:
    if not name:
        raise ValueError("it names no host")
    spelled = literal(name) is not None and _IPV6.fullmatch(name) if ":" in name else _NAME.fullmatch(name)
    if not spelled:
        raise ValueError(f"{name[:_QUOTED]!r} is no host name")
    for label in name.split("."):
        _check_label(label)


def _check_label(label: str) -> None:
    """An A-label must stand for something (RFC 5890 2.3.2.1); httpx asks the idna package for what."""
    try:
        _ = httpx.URL(f"http://{label}/").host if label.startswith("xn--") else label
    except ValueError as error:  # idna.IDNAError is a UnicodeError
        raise ValueError(f"{label!r} is no internationalised name: {error}") from error


def _judge(url: httpx.URL) -> None:
    if url.scheme not in _SPOKEN:
        raise Trouble(
            "unsupported-scheme", f"{url.scheme or 'no scheme'}: only http and https are asked", "correct the address"
        )
    if url.userinfo:
        raise Trouble(
            "credentials-in-url", "the URL carries a user name or password", "remove what stands before the @"
        )
    if url.port is not None and (url.port in _BAD_PORTS or not 0 < url.port < 65536):
        raise Trouble("port-refused", f"port {url.port} is not one where HTTP is spoken", "correct the address")
    name = host(url)
    if _ENDS_IN_NUMBER.search(name) and literal(name) is None:
        why = f"{name} is an unusual spelling of an IPv4 address (four decimal numbers expected)"
        raise Trouble("address-refused", why, "write the host's name")
