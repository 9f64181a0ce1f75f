"""From bytes in any encoding to UTF-8, once, so that lxml and feedparser read the same characters.

Precedence: byte order mark, HTTP charset, XML declaration (RFC 7303 section 3), then UTF-8, then windows-1252.
Must not guess by statistics.
"""

import codecs
import re
from collections.abc import Iterator

from syndicator.model import Document

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# XML 1.0 appendix F: how "<" and "<?xm" look without a byte order mark.
_OPENINGS = (
    (b"\x3c\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00\x3c", "utf-32-be"),
    (b"\x3c\x00\x3f\x00", "utf-16-le"),
    (b"\x00\x3c\x00\x3f", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
_DECLARED = re.compile(rb"^\s{0,100}<\?xml[^>]{0,300}?encoding\s{0,10}=\s{0,10}[\"']([A-Za-z0-9._:-]{1,40})[\"']")
# The labels that mean a larger set in practice (WHATWG Encoding, section 4.2).
_WIDER = {
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
}
# Python codecs that are no character encodings, are quadratic, or hide markup from whoever reads the bytes.
_NEVER = frozenset({"idna", "punycode", "utf-7", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"})


def to_utf8(document: Document) -> bytes:
    """The document's bytes as valid UTF-8 without a byte order mark. Never raises: what no encoding reads is U+FFFD."""
    body, marked = document.body, None
    for mark, name in _MARKS:
        if body.startswith(mark):
            body, marked = body[len(mark) :], name
            break
    for name in _candidates(body, marked, document.charset):
        try:
            text = body.decode(name)
        except (UnicodeError, LookupError, ValueError):
            continue
        return body if name == "utf-8" else text.encode("utf-8", "replace")
    return _salvaged(body)


def _candidates(body: bytes, marked: str | None, charset: str | None) -> Iterator[str]:
    opening = next((name for start, name in _OPENINGS if body.startswith(start)), None)
    declared = _DECLARED.match(body[:600])
    wide = marked or opening
    for label in (marked, charset, opening, declared and declared[1].decode("ascii"), "utf-8"):
        name = label and _codec(label)
        if name and not (name in ("utf-16", "utf-32") and wide):
            yield name


def _codec(label: str) -> str | None:
    """Python's name of a character encoding; None where the label names none that may be used."""
    try:
        name = codecs.lookup(label.strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return None if name in _NEVER else _WIDER.get(name, name)


def _salvaged(body: bytes) -> bytes:
    """UTF-8 with a few bad bytes stays UTF-8; otherwise the bytes are taken for windows-1252."""
    text = body.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(body) - len(text)  # grows with every multi-byte character that was read
    if good > bad or bad == 0:
        return text.encode()
    return body.decode("cp1252", "replace").encode()
