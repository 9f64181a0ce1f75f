"""A body collected within its two limits: bytes on the wire, and bytes after gzip or deflate. Pure, no I/O.

httpx inflates each chunk whole, so that 1 MB of gzip can take 1 GB; here zlib is told how much it may give.
"""

import zlib

from syndicator.fetch.trouble import Trouble, too_large

ACCEPTED = b"gzip, deflate"


class Body:
    """One response's body, fed chunk by chunk as it comes. Raises Trouble as soon as a limit is passed."""

    def __init__(self, encoding: str, *, max_wire: int, max_decoded: int) -> None:
        self._inflate = _inflater(encoding)
        self._max_wire = max_wire
        self._max_decoded = max_decoded
        self._wire = 0
        self._decoded = 0
        self._parts: list[bytes] = []

    def take(self, chunk: bytes) -> None:
        """Adds what came. Raises Trouble: too-large, or bad-encoding where zlib cannot read it."""
        self._wire += len(chunk)
        if self._wire > self._max_wire:
            raise too_large("on the wire", self._max_wire)
        room = self._max_decoded - self._decoded
        part = self._inflate.feed(chunk, room + 1) if self._inflate else chunk
        if len(part) > room:
            raise too_large("decoded", self._max_decoded)
        self._decoded += len(part)
        self._parts.append(part)

    def content(self) -> bytes:
        """All that came, decoded."""
        return b"".join(self._parts)

    def ended(self) -> bool:
        """Whether the coding, where there is one, came to its end."""
        return self._inflate is None or self._inflate.ended()


class _Inflater:
    """gzip (RFC 1952) or deflate, which servers send with the zlib header (RFC 1950) and without (RFC 1951).

    What follows the first gzip member is ignored, as browsers do.
    """

    def __init__(self, *, gzip: bool) -> None:
        self._zlib = zlib.decompressobj(16 + zlib.MAX_WBITS) if gzip else None
        self._start = b""

    def feed(self, chunk: bytes, most: int) -> bytes:
        """What `chunk` inflates to, at most `most` bytes (1 or more); having reached `most`, the rest is lost."""
        if self._zlib is None:
            self._start += chunk
            if len(self._start) < 2:
                return b""
            self._zlib, chunk = zlib.decompressobj(_window(self._start)), self._start
        try:
            return b"" if self._zlib.eof else self._zlib.decompress(chunk, most)
        except zlib.error as error:
            raise Trouble(
                "bad-encoding", f"the body cannot be inflated: {error}", "tell the site's operator"
            ) from error

    def ended(self) -> bool:
        return self._zlib is not None and self._zlib.eof


def _window(start: bytes) -> int:
    """zlib's window argument: negative where the two bytes are no zlib header (RFC 1950 2.2)."""
    zlib_header = start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS


def _inflater(encoding: str) -> _Inflater | None:
    """The inflater for a Content-Encoding field. Raises Trouble for what was never asked for, "gzip, gzip" too."""
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        return None
    if coding in ("gzip", "x-gzip", "deflate"):
        return _Inflater(gzip=coding != "deflate")
    raise Trouble("unsupported-encoding", f"the body is coded as {encoding!r}; gzip and deflate were offered")
