"""Markup to words: paragraphs of text, without what is not shown. It must not know what a ping is."""

import html
import re
from collections.abc import Iterator

from syndicator.model.shown import shown

_PARAGRAPH = re.compile(r"</(?:p|div|li|blockquote|h[1-6]|pre)\s*>|<br\s*/?>\s*<br\s*/?>|\n\s*\n", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def set_of(words: str) -> frozenset[str]:
    """The words of a table, parted by spaces."""
    return frozenset(words.split())


def paragraphs(markup: str) -> Iterator[str]:
    """The paragraphs of `markup` as text, each line break kept."""
    for part in _PARAGRAPH.split(shown(markup)):
        if part and (words := "\n".join(filter(None, (words_of(line) for line in _BREAK.split(part))))):
            yield words


def words_of(markup: str) -> str:
    """The words in `markup`, one space between them."""
    return squeezed(html.unescape(_TAG.sub("", markup)))


def squeezed(text: str) -> str:
    """`text` with one space between its words and without what XML forbids."""
    return " ".join(_FORBIDDEN.sub("", text).split())
