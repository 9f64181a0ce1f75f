"""A body is collected within its limits, and header fields are read as the RFCs say."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest

from syndicator.fetch import fields
from syndicator.fetch.body import Body
from syndicator.fetch.trouble import Trouble

TEXT = b"<feed>" + b"a word or two, " * 400 + b"</feed>"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def collected(encoding: str, data: bytes, *, step: int, max_wire: int = 10_000, max_decoded: int = 10_000) -> Body:
    body = Body(encoding, max_wire=max_wire, max_decoded=max_decoded)
    for start in range(0, len(data), step):
        body.take(data[start : start + step])
    return body


@pytest.mark.parametrize("step", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("", TEXT),
        ("identity", TEXT),
        ("gzip", gzip.compress(TEXT)),
        (" GZIP ", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("gzip", gzip.compress(TEXT) + b"trailing rubbish"),
        ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
    ],
)
def test_a_coded_body_is_read_however_it_is_cut_into_chunks(encoding: str, data: bytes, step: int) -> None:
    body = collected(encoding, data, step=step)
    assert body.content() == TEXT
    assert body.ended()


@pytest.mark.parametrize(("encoding", "data"), [("gzip", gzip.compress(TEXT)), ("deflate", zlib.compress(TEXT))])
def test_a_coded_body_cut_short_has_not_ended(encoding: str, data: bytes) -> None:
    body = collected(encoding, data[:-9], step=50)
    assert TEXT.startswith(body.content())
    assert not body.ended()


@pytest.mark.parametrize(
    ("encoding", "data", "reason"),
    [
        ("", b"x" * 10_001, "too-large"),
        ("gzip", gzip.compress(bytes(3_000_000)), "too-large"),
        ("deflate", zlib.compress(bytes(3_000_000)), "too-large"),
        ("gzip", TEXT, "bad-encoding"),
        ("gzip", gzip.compress(TEXT)[:-8] + b"\0" * 8, "bad-encoding"),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT)), "unsupported-encoding"),
        ("br", TEXT, "unsupported-encoding"),
    ],
)
def test_a_body_that_cannot_be_taken_is_refused_with_its_reason(encoding: str, data: bytes, reason: str) -> None:
    with pytest.raises(Trouble) as caught:
        collected(encoding, data, step=1000)
    assert caught.value.reason == reason


def test_a_limit_is_the_last_size_that_passes() -> None:
    assert collected("gzip", gzip.compress(bytes(10_000)), step=4096).content() == bytes(10_000)
    with pytest.raises(Trouble):
        collected("gzip", gzip.compress(bytes(10_001)), step=4096)


NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("Mon, 02 Nov 2026 12:05:00 GMT", 300),
        ("Mon, 02 Nov 2026 12:05:00 -0000", 300),
        ("Mon, 02 Nov 2026 11:00:00 GMT", 0),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("9" * 5000, None),
        ("Mon, 99 Nov 2026 12:05:00 GMT", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: int | None) -> None:
    assert fields.retry_after({"retry-after": value}, NOON) == seconds


@pytest.mark.parametrize(
    ("control", "seconds"),
    [
        ("max-age=300", 300),
        ("public, Max-Age = 60", 60),
        ('max-age="7"', 7),
        ("s-maxage=9", None),
        ("no-cache, max-age=300", None),
        ("max-age=soon", None),
        ("", None),
    ],
)
def test_max_age_is_read_from_cache_control(control: str, seconds: int | None) -> None:
    assert fields.max_age({"cache-control": control}) == seconds


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("application/atom+xml; charset=UTF-8", ("application/atom+xml", "utf-8")),
        ('Text/XML;charset="iso-8859-15"; x=y', ("text/xml", "iso-8859-15")),
        ("text/html", ("text/html", None)),
        ("; charset=", ("", None)),
    ],
)
def test_content_type_gives_type_and_charset(value: str, read: tuple[str, str | None]) -> None:
    assert fields.media_type({"content-type": value}) == read


def test_repeated_lists_are_joined_and_of_other_fields_the_first_line_counts() -> None:
    raw = [(b"ETag", b"one"), (b"etag", b"two"), (b"Content-Encoding", b"gzip"), (b"content-encoding", b"gzip")]
    assert fields.fields(raw) == {"etag": "one", "content-encoding": "gzip, gzip"}
