"""Our own words in the reader's language: gettext catalogues in `locale/`, read with Babel.

A language is added by adding `locale/xx.po` (docs/howto/developers/add-a-language.md). The msgid is the English phrase;
braces name what is filled in. Sentences are built so that names and language names stand in the nominative
("Translation: X (Russian → English)"), because no catalogue can decline them, and no number is ever filled in. This
module reads the package's own data files and nothing else.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po

CATALOGUES = files(__package__).joinpath("locale")
UNDETERMINED = "und"  # RFC 5646 4.1; Babel would take it for English, the likeliest of all languages
DIGITS = {"arabext": str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")}
"""Digits that a language's press writes and Babel's dates do not; Arabic's differ from country to country and stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """A language to speak in: its catalogue with the tag and direction ("ltr" or "rtl") of that, and the Babel locale
    that was asked for, which may have a region: English in Britain writes its days otherwise than in America.
    """

    language: str
    direction: str
    locale: Locale
    catalogue: Mapping[str, str]

    def say(self, phrase: str, /, **values: str) -> str:
        """`phrase` (a msgid) in this language, braces filled; an untranslated one is said in English."""
        return self.catalogue.get(phrase, phrase).format_map(values)

    def together(self, names: Iterable[str]) -> str:
        """The names as this language lists them: "A, B und C"."""
        return format_list(list(names), style="standard", locale=self.locale)

    def name_of(self, language: str | None) -> str:
        """What this language calls `language` (a BCP 47 tag): its name, else the tag; "" for None."""
        if not language:
            return ""
        names = (self.locale.languages.get(each) for each in _called(_locale(language)))
        return next(filter(None, names), language)

    def day(self, when: datetime) -> str:
        """The day of `when` in UTC, written out: "18 septembre 2015".

        The calendar is the Gregorian one everywhere: the original's site is looked up by it.
        """
        return _day(when.date(), self.locale)


@cache
def languages() -> tuple[str, ...]:
    """The names of the catalogues, sorted: a language, with its script where it has several (`zh_Hant`)."""
    return tuple(sorted(each.name.removesuffix(".po") for each in CATALOGUES.iterdir() if each.name.endswith(".po")))


def phrases_for(*wanted: str | None) -> Phrases:
    """The first of the `wanted` language tags that we speak, in its script if we can, else English."""
    for locale in map(_locale, filter(None, wanted)):
        for name in _called(locale):
            if locale and name in languages():
                return _phrases(name, locale)
    return _phrases("en", Locale("en"))


@cache
def fingerprint() -> str:
    """Names the catalogues' present words: stored fragments hold them, so a changed word must change the recipe."""
    words = sha256()
    for language in languages():
        words.update(CATALOGUES.joinpath(f"{language}.po").read_bytes())
    return words.hexdigest()[:12]


def _locale(tag: str) -> Locale | None:
    """What Babel calls the language of a BCP 47 tag, likely script and all; of its first part if it knows no more."""
    language = tag.split("-", maxsplit=1)[0]
    for each in (tag, language) if language.lower() != UNDETERMINED else ():
        try:
            return Locale.parse(each, sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return None


def _called(locale: Locale | None) -> Iterator[str]:
    """The names to look a language up by, nearest first: `zh_Hant`, `zh`."""
    if locale and locale.script:
        yield f"{locale.language}_{locale.script}"
    if locale:
        yield locale.language


@lru_cache(maxsize=1024)  # the lists of a publication name the same days again and again
def _day(day: date, locale: Locale) -> str:
    written = format_date(day, format="long", locale=locale)
    return written.translate(DIGITS.get(locale.default_numbering_system, {}))


@cache
def _phrases(name: str, locale: Locale) -> Phrases:
    catalogue = read_po(BytesIO(CATALOGUES.joinpath(f"{name}.po").read_bytes()), locale=name)
    said = {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
    direction = Locale.parse(name).text_direction
    return Phrases(language=name.replace("_", "-"), direction=direction, locale=locale, catalogue=said)
