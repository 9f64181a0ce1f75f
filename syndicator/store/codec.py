"""Model values as bytes and back, and the keys that stand for long texts. It must not know a table.

A value is stored as JSON, so that a field added to the model with a default needs no migration, and is compressed where
that pays. JSON here starts with `{`, `[`, and a zlib stream with `x` (RFC 1950: CMF 0x78), so no marker is needed.
"""

import zlib
from collections.abc import Hashable
from functools import cache
from hashlib import blake2b
from typing import Any, TypeVar, cast

import msgspec

Value = TypeVar("Value")

COMPRESS_FROM = 1_000  # bytes; below that the gain is under a disk sector
LEVEL = 1  # on 16 kB of article JSON level 6 takes a third longer and is 3 % smaller

_encode = msgspec.json.Encoder().encode


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def encode(value: object) -> bytes:
    """JSON of a model value (dataclass or tuple of them). Raises UnicodeEncodeError for a lone surrogate."""
    return _encode(value)


def squeeze(encoded: bytes) -> bytes:
    """The bytes to store for the JSON `encoded`: compressed from `COMPRESS_FROM` bytes on."""
    return encoded if len(encoded) < COMPRESS_FROM else zlib.compress(encoded, LEVEL)


def pack(value: object) -> bytes:
    """The bytes to store for a model value."""
    return squeeze(_encode(value))


def unpack(kind: type[Value], stored: bytes) -> Value:
    """The value of type `kind` in bytes made by `pack`; a field that they lack takes its default.

    Raises msgspec.ValidationError where they hold something else.
    """
    plain = zlib.decompress(stored) if stored.startswith(b"x") else stored
    value: Value = _decoder(cast(Hashable, kind)).decode(plain)
    return value


def key(text: str) -> bytes:
    """16 bytes that stand for `text` in indexes: an index row of PostgreSQL ends at 2,704 bytes, a link need not."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
