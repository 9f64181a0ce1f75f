"""What goes wrong on the wire, in words: a stable reason, one sentence, and what to do now.

A `Trouble` is raised inside this room only and leaves it as a `Failed`; `in_words` translates the libraries'
exceptions. This module must not do I/O.
"""

import re

import httpcore

from syndicator.model import Failed

WIRE_ERRORS = (httpcore.ProtocolError, httpcore.NetworkError, OSError)

_USERINFO = re.compile(r"//[^/?#]*@")


class Trouble(Exception):
    """A request that came to nothing; `str()` is the sentence."""

    def __init__(self, reason: str, why: str, hint: str = "") -> None:
        super().__init__(why)
        self.reason = reason
        self.why = why
        self.hint = hint

    def failed(self, url: str) -> Failed:
        """The verdict about `url`, the address the caller asked for; a password in it is not repeated."""
        return Failed(url=_USERINFO.sub("//…@", url, count=1), reason=self.reason, why=self.why, hint=self.hint)


def in_words(error: Exception) -> Trouble:
    """The trouble behind one of WIRE_ERRORS, raised before a reply's head was complete."""
    if isinstance(error, httpcore.LocalProtocolError):
        return Trouble("bad-request", f"the request cannot be written as HTTP/1.1: {error}")
    if isinstance(error, httpcore.ProtocolError):
        return _bad_reply(error)
    return _lost(error)


def _bad_reply(error: httpcore.ProtocolError) -> Trouble:
    cause = error.args[0] if error.args else None
    if isinstance(cause, str):  # httpcore's own words, and the only case: closed without a reply
        return _lost(error)
    if getattr(cause, "error_status_hint", None) == 431:  # h11's word for a head above its 100 KB
        return headers_too_large()
    return Trouble("bad-reply", f"what came is not HTTP/1.1 (RFC 9112): {error}", "tell the site's operator")


def _lost(error: Exception) -> Trouble:
    return Trouble("connection-lost", f"the connection broke before a reply came: {error}", "it is asked again later")


def headers_too_large() -> Trouble:
    """A reply whose head does not end within reason."""
    return Trouble(
        "headers-too-large", "the reply's header section does not end within 256 KB", "tell the site's operator"
    )


def too_large(kind: str, limit: int) -> Trouble:
    """A body above `limit` bytes; `kind` says which: "on the wire" or "decoded"."""
    return Trouble(
        "too-large", f"the body is larger than {limit:,} bytes {kind}", "raise the limit in [fetch] if it is honest"
    )
