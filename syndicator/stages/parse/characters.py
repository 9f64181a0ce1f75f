"""Strings that can be written as XML again. Must not change any other character."""

import html
import re

# XML 1.0 section 2.2: what is no Char. Surrogates reach us as JSON escapes, or as character references.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:#\w+|[A-Za-z]\w+);")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")


def legal(text: str) -> str:
    """`text` without the characters that XML forbids (XML 1.0 section 2.2)."""
    return FORBIDDEN.sub("", text)


def line(text: str) -> str:
    """`text` as one line: legal characters, runs of white space as one space."""
    return " ".join(legal(text).split())


def decoded(text: str) -> str:
    """`text` as one line, what was escaped twice decoded: no name and no feed's title has "&amp;" in it."""
    return line(html.unescape(text) if _REFERENCE.search(text) else text)


def plain(markup: str) -> str:
    """The words of a short piece of markup, as one line; for titles that are kept as plain strings."""
    return line(html.unescape(_TAG.sub("", markup)))
