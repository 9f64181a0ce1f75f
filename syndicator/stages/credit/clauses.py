"""Divides a text that gives several credits ("Translated by X, revised by Y") into clauses of one credit each.

A clause ends where another phrase of the lexicon, or any label with a colon, begins. This module must not know what a
clause says: whether a text says anything is asked of the caller.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from syndicator.stages.credit.phrases import JOINS, Phrase

T = TypeVar("T")
MAX_DIVIDED = 300  # characters; longer texts are prose, and read as one clause
# In some scripts a space is enough to part clauses.
_LABEL = re.compile(
    r"(?:[,;|·、，،؛;）)]\s*|\s+[–—-]\s+|\s{2,}|\u3000)(?=[^\W\d_]\w*(?:[ /&-]\w+){0,2}\s?[:：／])"
    r"|[，；。]|[\s／](?=[\u3040-\u9fff\uac00-\ud7a3]{1,6}(?:\s?[:：|｜]|[／/]))|\s(?=[文译譯图圖校]\s/)"
)
_JOINT = " \t\n\u00a0,;|/／·、，،؛；:–—-(（"
_BEGINS_LABELLED = re.compile(r"\W*[^\W\d_]{1,12}\s?[:：|｜／/]")
_PARTS = ",;|·、，；،؛。—–-.)）(（:："
_UNSPACED = re.compile("[\u3040-\u9fff]")
_AND = re.compile(r"(?:^|\s)(?:[&+]|" + "|".join(map(re.escape, sorted(JOINS))) + ")$")


def divided(text: str, phrases: Sequence[Phrase], read: Callable[[str], T | None]) -> list[T | None]:
    """What `read` makes of each clause of `text`, in order; None for a clause that says nothing to it."""
    if len(text) > MAX_DIVIDED:
        return [read(text)]
    cuts = sorted(set(_cuts(text, phrases)))
    for cut in cuts:
        if (head := _head(text[:cut], read)) is not None:
            return [head, *divided(text[cut:], phrases, read)]
    if (whole := read(text)) is not None:
        return [whole]
    # What precedes may say nothing to us only where it is set apart from the clause, as in "Layout: X, translation: Y",
    # or is about the article itself, as in "This article appeared in Spanish and was translated by Y", or gives another
    # credit.
    labelled = _BEGINS_LABELLED.match(text) or any(phrase.lexicon.this.match(text) for phrase in phrases)
    parted = next((cut for cut in cuts if labelled or _is_parted(text, cut, phrases)), None)
    return [None, *divided(text[parted:], phrases, read)] if parted else [None]


def _is_parted(text: str, cut: int, phrases: Sequence[Phrase]) -> bool:
    before = text[:cut]
    if before.rstrip()[-1:] in _PARTS or (before[-1].isspace() and _UNSPACED.match(text, cut)):
        return True
    return any(phrase.pattern.match(_trimmed(before)) for phrase in phrases)


def _cuts(text: str, phrases: Sequence[Phrase]) -> Iterator[int]:
    """Where another clause may begin."""
    yield from (match.end() for match in _LABEL.finditer(text))
    for opener in {phrase.opener for phrase in phrases}:
        if opener is not None:
            yield from (match.start() for match in opener.finditer(text) if match.start() > 0)


def _head(text: str, read: Callable[[str], T | None]) -> T | None:
    """What stands before a cut, without the comma or the word that joins it to what follows."""
    text = _trimmed(text)
    return read(text) if text else None


def _trimmed(text: str) -> str:
    return _AND.sub("", text.rstrip(_JOINT)).rstrip(_JOINT)
