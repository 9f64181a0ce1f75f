"""Whether what stands before a licence in a clause is no more than plain statements say, where their words are listed.

It only puts in doubt, and only where no kind of text is named there: "he put his novel under", "the city licensed". It
finds no licence. Capitals are taken for names, so German nouns pass.
"""

import re
from collections.abc import Sequence
from functools import cache

from syndicator.stages.licence.creative_commons import without_parts
from syndicator.stages.licence.mentions import Mention
from syndicator.stages.licence.words import reading, subject, table

_WORD = re.compile(r"[^\W\d_]+")
_SEVERAL = frozenset({"are", "sont", "están", "son", "sono", "são", "zijn", "są", "jsou"})
_ADDRESS = re.compile(r"<[^>]*>|\S+\.[a-z]{2,}\b")


def says_more(clause: str, mentions: Sequence[Mention]) -> bool:
    """Whether there are words before the first of `mentions` that no plain statement has; no text is named there."""
    bare = _ADDRESS.sub(" ", without_parts(reading("otherwise").sub(" ", clause[: min(one.start for one in mentions)])))
    if subject("work").search(bare):
        return False
    words = _words(reading("labels").sub(" ", reading("vague").sub(" ", bare)))
    return bool(words) and not any(known.issuperset(words) for known in _languages())


def _words(text: str) -> list[str]:
    """Those that are no names; what begins a clause about several is a word: "Recordings are"."""
    words = _WORD.findall(text)
    several = not _SEVERAL.isdisjoint(words) and sum(map(str.istitle, words)) == 1
    return [word.lower() for at, word in enumerate(words) if word.islower() or (several and at == 0)]


@cache
def _languages() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words.split()) for words in table("plain").values())
