"""Whether a clause that names a licence or gives leave is in doubt: some texts, some readers, another time, a wish.

A clause in doubt is vague: it permits an excerpt. It must not decide what a text is about (clauses does) nor refuse.
"""

import re
from functools import cache

from syndicator.stages.licence.clauses import labelled, without_exceptions
from syndicator.stages.licence.creative_commons import without_parts
from syndicator.stages.licence.words import whole_words, reading, subject, table

_YEAR = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_NEAR = 25  # characters between "only" and what it may be said of
_SELLING = re.compile(r"[kc]om+er[czts]|kaupalli|коммерч|комерц|商业|商業|商用|営利|영리|تجار|מסחר", re.IGNORECASE)


def is_hedged(clause: str) -> bool:
    """Whether it speaks of some texts, some readers or another time, on a condition, or about licences at large."""
    told = without_parts(without_exceptions(clause))
    for words in (reading("vague"), reading("otherwise"), _any("fair")):
        told = words.sub(" ", told)
    return (
        labelled(clause)
        or any(words.search(told) for words in (reading("hedges"), _doubts(), _times()))
        or _conditions().match(told.lstrip(" \"'“„«(*–—-")) is not None
        or _is_limited(told)
    )


def _is_limited(told: str) -> bool:
    """ "Only" of anything but selling, the text and the terms: "in print only", "only the first part"."""
    for match in _any("only").finditer(told):
        before, after = told[max(0, match.start() - _NEAR) : match.start()], told[match.end() : match.end() + _NEAR]
        fair = _any("only_fair").match(after.lstrip()) or _SELLING.search(before + after) or "_" in before + after
        of_text = subject("work").match(re.sub(r"^\W*(?:the|der|die|den|le|la|les|el|los|il|i|de|o|os)\s", "", after.lstrip()))
        text_alone = before.rstrip().split()[-1:] and subject("work").fullmatch(before.split()[-1].strip("("))
        if _any("media").search(before) or not (fair or of_text or text_alone):
            return True
    return False


@cache
def _any(name: str) -> re.Pattern[str]:
    return whole_words(table("doubts")[name])


@cache
def _doubts() -> re.Pattern[str]:
    words = table("doubts")
    return whole_words(term for name in ("wishes", "reports", "elsewhere", "readers", "asking") for term in words[name])


@cache
def _conditions() -> re.Pattern[str]:
    return _any("conditions")


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
