"""The words in which rights are stated, from the files in `words/`, as patterns. It must not know what they decide."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

_BOUNDED = "\u0590"  # scripts up to here part words by spaces and glue nothing before them
_SPACED = "\u0900"  # these part words by spaces too, and glue "and", "by", "the" before them


@cache
def table(name: str) -> Mapping[str, Any]:
    """The file `words/NAME.toml`."""
    return tomllib.loads((resources.files(__package__) / "words" / f"{name}.toml").read_text("utf-8"))


def any_of(terms: Iterable[str], *, begin: str = _BOUNDED) -> re.Pattern[str]:
    """Finds any of `terms`, the longest first; how they are written is told in words/creative_commons.toml.

    Terms of scripts before `begin` are found where a word begins only, and there as a whole word.
    """
    longest_first = sorted(terms, key=len, reverse=True)
    bounded = "|".join(_source(term, begin) for term in longest_first if term[0] < begin)
    others = "|".join(_source(term, begin) for term in longest_first if term[0] >= begin)
    sources = (rf"(?<![^\W_])(?:{bounded})" if bounded else "", others)
    return re.compile("|".join(filter(None, sources)), re.IGNORECASE)


def whole_words(terms: Iterable[str]) -> re.Pattern[str]:
    """Like `any_of`, and Arabic and Hebrew terms are whole words, for they are short."""
    return any_of(terms, begin=_SPACED)


def _source(term: str, begin: str) -> str:
    stem = term.removesuffix("*")
    words = [r"[\W_]*".join(map(re.escape, part.split())) for part in stem.split("…")]
    end = r"\w*" if term != stem else r"(?!\w)" if stem[-1] < begin else ""
    return ".{0,40}?".join(words) + end


@cache
def reading(name: str) -> re.Pattern[str]:
    """The terms `name` of reading.toml."""
    return any_of(table("reading")[name])


@cache
def subject(name: str) -> re.Pattern[str]:
    """The subjects `name` of reading.toml: "work" or "other"."""
    return any_of(table("reading")["subjects"][name])
