"""The lexicon: phrases that give credit, read from one TOML file a language.

`templates` says how a phrase is written. Adding a language is adding a file. This module must not know what is done
with a match.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from syndicator.stages.credit.templates import BETWEEN, VOWELS, anchors, beginning, opening, pattern


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words. `languages` maps a printed name to a tag; `members` are words that make a name a body of
    people; `joins` are the words for "and", and `glued` tells two names apart where "and" is written to one of them;
    `no_names` begins what is no name, `titles` what stands before one, and `this` a sentence about the article itself.
    """

    language: str
    languages: Mapping[str, str]
    separators: re.Pattern[str]
    stops: re.Pattern[str]
    members: frozenset[str]
    joins: frozenset[str]
    glued: tuple[re.Pattern[str], ...]
    no_names: re.Pattern[str]
    titles: re.Pattern[str]
    this: re.Pattern[str]


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """One way of giving credit in `role`. `rule` names it in evidence; one of `anchors` is in every text that it
    matches.
    """

    role: str
    rule: str
    anchors: tuple[str, ...]
    source: str
    opening: str
    lexicon: Lexicon

    @property
    def pattern(self) -> re.Pattern[str]:
        """Matches a whole text that says this."""
        return _expression(self.source)

    @property
    def opener(self) -> re.Pattern[str] | None:
        """Finds, inside a text, where this phrase begins after another; None where nothing marks its beginning."""
        return _expression(self.opening) if self.opening else None


NOTHING = "\0"  # in no clean text


@cache
def _expression(source: str) -> re.Pattern[str]:
    """Compiled when first tried: most languages of the lexicon are not met in a run."""
    return re.compile(source, re.IGNORECASE)


def folded(word: str) -> str:
    """`word` for comparison; casefold() alone makes two characters of a Turkish İ."""
    return word.casefold().replace("\u0307", "").rstrip(".")


def _any_of(words: Mapping[str, Any], key: str, default: str) -> str:
    return "|".join(map(re.escape, words.get(key, [default])))


def _read(language: str, words: Mapping[str, Any]) -> Iterator[Phrase]:
    joins = _any_of(words, "and", "&")
    lexicon = Lexicon(
        language=language,
        languages={folded(printed): tag for tag, names in words.get("languages", {}).items() for printed in names},
        separators=re.compile(rf"\s*(?:[,;、，،؛&]|\+|\s(?:{joins})\s)\s*", re.IGNORECASE),
        stops=re.compile(
            rf"(?<!\w\w\.)[\s,]+(?:(?:{joins})\s+)?(?:{_any_of(words, 'stops', NOTHING)})(?:\s|$).*$",
            re.IGNORECASE | re.DOTALL,
        ),
        members=frozenset(word.casefold() for word in words.get("members", ())),
        joins=frozenset(words.get("and", ())),
        glued=tuple(map(re.compile, words.get("glued", ()))),
        no_names=re.compile(r"(?:" + "|".join(words.get("no_names", ["(?!)"])) + r")(?!\w)", re.IGNORECASE),
        titles=re.compile(
            rf"(?:{'|'.join(words.get('titles', ['(?!)']))})\s+(?-i:(?![a-zß-ÿа-яґєіїёά-ώ]))(?=\w)", re.IGNORECASE
        ),
        this=re.compile(beginning(words), re.IGNORECASE),
    )
    for role, templates in words["phrases"].items():
        for template in templates:
            yield Phrase(
                role,
                f"{language}: {template}",
                anchors(template, words),
                pattern(role, template, words),
                opening(role, template, words),
                lexicon,
            )


_NO_LANGUAGES = ("engines.toml", "citations.toml", "bodies.toml")


@cache
def tables() -> Mapping[str, Mapping[str, Any]]:
    """What each language's file says, by its tag."""
    folder = resources.files(__package__) / "lexicon"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {
        file.name.removesuffix(".toml"): tomllib.loads(file.read_text("utf-8"))
        for file in files
        if file.name not in _NO_LANGUAGES
    }


def _load() -> tuple[Phrase, ...]:
    return tuple(phrase for language, words in tables().items() for phrase in _read(language, words))


def lexicon_for(language: str | None) -> Lexicon:
    """The lexicon of `language`, else the English one."""
    own = (language or "").partition("-")[0]
    return _LEXICONS.get(own, _LEXICONS["en"])


def _words(name: str) -> Mapping[str, list[str]]:
    return tomllib.loads((resources.files(__package__) / "lexicon" / name).read_text("utf-8"))


def _load_engines() -> re.Pattern[str]:
    """Software named alone, or with words around it that are no names: "the ChatGPT service", not "Claude Dupont"."""
    words = _words("engines.toml")
    named, general = "|".join(words["engines"]), "|".join(words["general"])
    return re.compile(
        rf"(?:(?![A-ZÀ-ÞΑ-ΩА-ЯЁЄІЇҐ])\S+\s+){{0,4}}?(?:(?P<engine>(?i:{named}))|(?P<general>{general}))(?:[^\w.](?!\s*[A-ZÀ-ÞΑ-ΩА-ЯЁЄІЇҐ]).*)?",
        re.DOTALL,
    )


PHRASES = _load()
_LEXICONS = {phrase.lexicon.language: phrase.lexicon for phrase in PHRASES}
ENGINES = _load_engines()
LANGUAGES = frozenset(name for lexicon in _LEXICONS.values() for name in lexicon.languages)
_CITATION = re.compile("|".join(_words("citations.toml")["marks"]), re.IGNORECASE)
JOINS = frozenset(word for phrase in PHRASES for word in phrase.lexicon.joins)
MEMBERS = frozenset(word for phrase in PHRASES for word in phrase.lexicon.members)
_BODIES = _words("bodies.toml")
BODY_WORDS, BODY_NAMES = MEMBERS | frozenset(_BODIES["words"]), frozenset(_BODIES["names"])
# "City: Publisher, year", as a bibliography ends; a label before a colon is none of its cities.
_IMPRINT = re.compile(r"[,.(،]\s*(?:[^\W\d_]+\s)?(?P<city>[^\W\d_]+):\s*[^\d:]{2,40}?[,،\s]\s*(?:1[5-9]|20)\d\d")
_RANKS = {"assisted": 0, "machine": 1}  # what names software is tried first: what is left of it is no person's name
_UNSPACED = "\u0e00"  # from Thai on, scripts that do not part words: their anchors are looked for inside
_INDEX: dict[str, list[int]] = {}
for _number, _phrase in enumerate(PHRASES):
    for _anchor in _phrase.anchors or ("",):
        _INDEX.setdefault(_anchor, []).append(_number)
_SPACED = frozenset(_INDEX)
_INSIDE = tuple(anchor for anchor in _INDEX if anchor >= _UNSPACED)
_BEGINS_INSIDE = re.compile("[" + "".join({anchor[0] for anchor in _INSIDE}) + "]")


def is_citation(text: str) -> bool:
    """Whether `text` says what only a bibliography says; nobody in it is credited."""
    if _CITATION.search(text):
        return True
    return any(found["city"].casefold() not in _SPACED for found in _IMPRINT.finditer(text))


def phrases_for(text: str, language: str | None, roles: frozenset[str]) -> tuple[Phrase, ...]:
    """The phrases of `roles` that may match in `text`: those of its own language first, then all the others.

    Most lines hold no word of any phrase, so that none is tried on them. The marks of links part words here as they
    do for a phrase.
    """
    lowered = text.casefold()
    anchors = {"", *_SPACED.intersection(BETWEEN.sub(" ", lowered).split())}
    if not text.isascii() and _BEGINS_INSIDE.search(lowered):
        anchors |= {anchor for anchor in _INSIDE if anchor in lowered}
    if not text.isascii() and VOWELS.search(lowered):
        anchors |= _SPACED.intersection(BETWEEN.sub(" ", VOWELS.sub("", lowered)).split())
    if not (numbers := {number for anchor in anchors for number in _INDEX.get(anchor, ())}):
        return ()
    found = [PHRASES[number] for number in sorted(numbers) if PHRASES[number].role in roles]
    own = (language or "").partition("-")[0]
    return tuple(sorted(found, key=lambda phrase: (phrase.lexicon.language != own, _RANKS.get(phrase.role, 2))))
