"""Whether a clause that names a licence or gives leave is in doubt: some texts, some readers, another time, a wish.

A clause in doubt is vague: it permits an excerpt. It must not decide what a text is about (clauses does) nor refuse.
"""

import re
from functools import cache

from syndicator.stages.licence.clauses import labelled, without_exceptions
from syndicator.stages.licence.creative_commons import without_parts
from syndicator.stages.licence.words import reading, subject, table, whole_words

_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_ARTICLE = re.compile(r"^\W*(?:(?:the|der|die|das|den|le|la|les|el|los|il|i|de|o|os)\s)?", re.IGNORECASE)
_NEAR = 25  # characters between "only" and what it may be said of, and between "if" and "not otherwise"
_SELLING = re.compile(r"[kc]om+er[czts]|kaupalli|коммерч|комерц|商业|商業|商用|営利|영리|تجار|מסחר", re.IGNORECASE)


def is_hedged(clause: str) -> bool:
    """Whether it speaks of some texts, some readers or another time, on a condition, or about licences at large."""
    whole = without_exceptions(clause)
    for words in (reading("vague"), reading("otherwise"), _any("fair")):
        whole = words.sub(" ", whole)
    told = without_parts(whole)
    return (
        labelled(clause)
        or any(words.search(told) for words in (reading("hedges"), _doubts(), _times()))
        or _is_conditional(clause)
        or _is_limited(whole)
    )


def _is_conditional(clause: str) -> bool:
    """Whether it begins with a condition: "if you ask us", and not "if not otherwise stated"."""
    told = clause.lstrip(" \"'“„«(*–—-")
    begun = _any("conditions").match(told)
    return begun is not None and not reading("otherwise").search(told[begun.end() : begun.end() + _NEAR])


def _is_limited(told: str) -> bool:
    """ "Only" of anything but selling, the text and the terms: "in print only", "only the first part"."""
    for match in _any("only").finditer(told):
        before, after = told[max(0, match.start() - _NEAR) : match.start()], told[match.end() : match.end() + _NEAR]
        if _any("media").search(before) or not (_is_fair(before, after) or _is_of_text(before, after)):
            return True
    return False


def _is_fair(before: str, after: str) -> bool:
    return _any("only_fair").match(after.lstrip()) is not None or _SELLING.search(before + after) is not None


def _is_of_text(before: str, after: str) -> bool:
    """ "Only the text", "text only"."""
    last = before.split()[-1:]
    return subject("work").match(_ARTICLE.sub("", after)) is not None or any(
        subject("work").fullmatch(word.strip("(")) for word in last
    )


@cache
def _any(name: str) -> re.Pattern[str]:
    return whole_words(table("doubts")[name])


@cache
def _doubts() -> re.Pattern[str]:
    words = table("doubts")
    return whole_words(
        term for name in ("wishes", "reports", "elsewhere", "some", "readers", "asking") for term in words[name]
    )


@cache
def _times() -> re.Pattern[str]:
    """A year that something ends or begins with, or a time to wait."""
    before, after = _any("before_year").pattern, _any("after_year").pattern
    number, unit = _any("numbers").pattern, _any("units").pattern
    return re.compile(
        rf"(?:{before})(?:\W+\w+){{0,3}}?\W+{_YEAR}|{_YEAR}[\W_]*(?:{after})|(?:(?<![\d.])\d{{1,3}}|(?:{number}))[\s-]+(?:{unit})"
        rf"|(?<![\d.])\d{{1,3}}(?:天|日後|日后|日间|個月|个月|ヶ月|か月|일|개월)",
        re.IGNORECASE,
    )
