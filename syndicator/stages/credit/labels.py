"""The words with which a link is said to lead to the original, of every language: `[origin]` of its lexicon.

`labels` and `before` name the original by themselves; `weak` ones say no more than "source"; `verb` and `from` count
inside a credit only. This module must not know where the words stood.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from syndicator.stages.credit.phrases import tables
from syndicator.stages.credit.templates import VOWELS, anchors, pattern

Kind = Literal["labels", "before", "weak", "verb"]
_OUTSIDE: tuple[Kind, ...] = ("labels", "before", "weak")  # what counts outside a credit as well

_LONGEST = 90  # characters; what is longer is prose
_POINTERS = " \t\N{NO-BREAK SPACE}→←»«›‹>👉🔗➡\ufe0f“”\"'"
_ASIDE = re.compile(r"\s*[(（][^()（）]{2,30}[)）]\s*$")


def says(kind: Kind, text: str) -> bool:
    """Whether all of `text`, without marks of links, is a label of that kind; brackets behind it may say more."""
    text = text.strip(_POINTERS)
    return _fits(kind, "", text) or _fits(kind, "", _ASIDE.sub("", text))


def announces(kind: Kind, text: str) -> bool:
    """Whether `text` is a label of that kind and a colon or a dash."""
    return _fits(kind, " :", text.lstrip(_POINTERS) + " ")  # a dash stands between blanks


def label_words(text: str, among: Sequence[str] | None = None) -> list[str]:
    """The words in `text`, without marks of links, of labels that count outside a credit; only those `among` are
    looked for.

    Where there is none, neither `says` nor `announces` is true of any part of the text.
    """
    said = " ".join(set(_bare(text).split()))  # each once: a third of a text
    return [word for word in (_words() if among is None else among) if word in said]


def origin_word(text: str) -> str | None:
    """The word for "from" with which `text` ends, if it does."""
    found = _from().search(text)
    return found[0].strip() if found else None


def _fits(kind: Kind, end: str, text: str) -> bool:
    return 0 < len(text) <= _LONGEST and any(one.match(text) for one in _patterns(kind, end))


@cache
def _patterns(kind: Kind, end: str) -> tuple[re.Pattern[str], ...]:
    """One expression for each language that lists such labels."""
    return tuple(
        re.compile(pattern("original", f"({'|'.join(words['origin'][kind])}){end}", words), re.IGNORECASE)
        for words in tables().values()
        if kind in words.get("origin", {})
    )


@cache
def _words() -> tuple[str, ...]:
    """Words of which every such label holds one; none of them holds another."""
    words = {
        _bare(word)
        for table in tables().values()
        for kind in _OUTSIDE
        for template in table.get("origin", {}).get(kind, ())
        for word in anchors(template, table)
    }
    return tuple(word for word in words if not any(other in word for other in words - {word}))


def _bare(text: str) -> str:
    """For comparison: letters that expressions take for equal are, and Arabic vowels are left out."""
    lowered = text.casefold()
    return lowered if lowered.isascii() else VOWELS.sub("", lowered.replace("\u0307", "").replace("ı", "i"))


@cache
def _from() -> re.Pattern[str]:
    words = {re.escape(word) for table in tables().values() for word in table.get("origin", {}).get("from", ())}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})\s*$", re.IGNORECASE)
