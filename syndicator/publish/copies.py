"""The compressed copies that stand beside a text, made once for all who will ask. The only door to brotli.

A copy bears the date of its file, to the nanosecond, and stands only beside the bytes that it was made from
(`replacing`): a web server may trust either. This module must not write files.
"""

import gzip
from functools import partial
from pathlib import Path

import brotli

COPIES = {"br": ".br", "gzip": ".gz"}
"""Content coding (RFC 9110 section 8.4.1, RFC 7932) → what is added to the name of a file for its copy; best first."""

TEXTS = frozenset({".atom", ".css", ".html", ".json", ".opml", ".rss", ".txt", ".xml"})
"""Suffixes of the files that have copies."""

COMPRESS = {
    ".br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=3),  # 6 takes three times the CPU for a tenth less
    ".gz": partial(gzip.compress, compresslevel=1, mtime=0),  # no date inside: equal texts have equal copies
}
SMALL = 1400  # bytes: such a file fits into one packet, compressed or not; an empty feed of responses is one


def copies_of(target: Path) -> dict[str, Path]:
    """Where the compressed copies of a text belong, by what their names end in; none of what is no text."""
    suffixes = COMPRESS if target.suffix in TEXTS else ()
    return {suffix: target.with_name(target.name + suffix) for suffix in suffixes}
