"""The words with which a link is said to lead to the original, of every language: `[origin]` of its lexicon.

`labels` and `before` name the original by themselves; `weak` ones say no more than "source"; `verb` and `from` count
inside a credit only. This module must not know where the words stood.
"""

import re
from functools import cache
from typing import Literal

from syndicator.stages.credit.phrases import tables
from syndicator.stages.credit.templates import pattern

Kind = Literal["labels", "before", "weak", "verb"]

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
def _from() -> re.Pattern[str]:
    words = {re.escape(word) for table in tables().values() for word in table.get("origin", {}).get("from", ())}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})\s*$", re.IGNORECASE)
