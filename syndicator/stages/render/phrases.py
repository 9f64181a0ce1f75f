"""Our own words in the reader's language: gettext catalogues in `locale/`, read with Babel.

A language is added by adding `locale/xx.po`. The msgid is the English phrase; braces name what is filled in. Sentences
are built so that names and language names stand in the nominative ("Translation: X (Russian → English)"), because no
catalogue can decline them. This module reads the package's own data files and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.pofile import read_po

CATALOGUES = files(__package__).joinpath("locale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """A language to speak in: its tag, direction ("ltr" or "rtl"), Babel locale and catalogue."""

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
        return self.locale.languages.get(language.split("-")[0].lower()) or language

    def day(self, when: datetime) -> str:
        """The day of `when` in UTC, written out: "18 septembre 2015"."""
        return format_date(when.date(), format="long", locale=self.locale)


@cache
def languages() -> tuple[str, ...]:
    """The languages that have a catalogue, sorted."""
    return tuple(sorted(each.name.removesuffix(".po") for each in CATALOGUES.iterdir() if each.name.endswith(".po")))


def phrases_for(*wanted: str | None) -> Phrases:
    """The first of the `wanted` language tags that we speak (its region is ignored), else English."""
    spoken = (each.split("-")[0].lower() for each in wanted if each)
    return _phrases(next((each for each in spoken if each in languages()), "en"))


@cache
def fingerprint() -> str:
    """Names the catalogues' present words: stored fragments hold them, so a changed word must change the recipe."""
    words = sha256()
    for language in languages():
        words.update(CATALOGUES.joinpath(f"{language}.po").read_bytes())
    return words.hexdigest()[:12]


@cache
def _phrases(language: str) -> Phrases:
    locale = Locale.parse(language)
    catalogue = read_po(BytesIO(CATALOGUES.joinpath(f"{language}.po").read_bytes()), locale=language)
    said = {str(message.id): str(message.string) for message in catalogue if message.id and message.string}
    return Phrases(language=language, direction=locale.text_direction, locale=locale, catalogue=said)
