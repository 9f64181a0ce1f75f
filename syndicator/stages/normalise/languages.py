"""The language of an entry: as declared, unless its own words plainly say otherwise; else by its words.

Sites leave a system's default standing (`en-US`) over texts in other languages. What was declared is believed unless
there is enough text to see that it cannot be; finding out is paid for only where doubt is cheap to see.
"""

import re
from collections.abc import Iterable

from syndicator.model import Note
from syndicator.stages.normalise.detection import CHARACTERS, Guess, detect, scripts
from syndicator.stages.normalise.tags import base, language_tag, language_tags, script

_SURE = 0.9  # what the model's confidence must be, on as much text as this asks for, to overrule what was declared
_SURE_OF_SCRIPT = 0.5  # the same, where the script alone shows that the declared language is wrong
_GLANCE = 400  # characters in which doubt must show
_LETTERS = 60
_WORDS = 40
_MOSTLY = 0.75  # share of ASCII in text in the Latin script, at least: Vietnamese has 0.8
_FOREIGN = 0.8  # share of letters in other scripts than the declared language's
# A script of ISO 15924 that stands for several.
_PARTS = {"Jpan": {"Hani", "Kana"}, "Kore": {"Hang", "Hani"}, "Hans": {"Hani"}, "Hant": {"Hani"}, "Hrkt": {"Kana"}}
# English, which is the usual wrong default, is told by its small words: a quarter to a half of prose, a tenth of Dutch.
_ENGLISH = frozenset(
    re.findall(r"\w+", "the of and to in is that for with was are by from this it be as not have on at an they we")
)
_NOT_ENGLISH, _PLAINLY_ENGLISH = 0.12, 0.25
# A text in one of these may rightly be declared as another: the names overlap, or no model tells them apart.
_AKIN = tuple(
    frozenset(group.split())
    for group in (
        "no nb nn da",
        "hr sr bs sh cnr",
        "id ms",
        "fa prs tg",
        "zh yue wuu",
        "pt gl",
        "es ast ext an",
        "oc ca",
        "ar arz ary apc",
        "tl fil",
        "hi ur",
        "uz uzs",
        "ku kmr sdh ckb",
        "he hbo yi",
        "el grc",
        "fr gcr gcf ht wa",
        "it vec lij",
        "de gsw nds lb bar",
        "nl af vls fy",
        "en pcm sco",
        "lv ltg",
        "be ru uk",
        "bg mk",
    )
)


def read_language(
    declared: Iterable[str | None], title: str, words: str, *, settled: str | None = None
) -> tuple[str | None, tuple[Note, ...]]:
    """The language tag of an entry and why it is not the declared one, where it is not.

    `declared` in order of precedence, nearest first; `title` and `words` (the body's) are plain text. Where nothing is
    declared, what `detect` finds in both together, or None. `settled` is an editor's word: it is not doubted.
    Region and script subtags are kept as declared.
    """
    if settled and (tag := language_tag(settled)):
        return tag, ()
    tags = language_tags(*declared)
    text = " ".join((title, *words[: 4 * CHARACTERS].split()))[:CHARACTERS]  # pages indent their lines
    if not tags:
        guess = detect(text)
        return (guess.language, (_detected(guess),)) if guess else (None, ())
    if not _doubtful(tags[0], text[:_GLANCE]):
        return tags[0], ()
    return _judged(tags, detect(text))


def _judged(tags: tuple[str, ...], guess: Guess | None) -> tuple[str, tuple[Note, ...]]:
    if guess is None or _same(guess.language, tags[0]):
        return tags[0], ()
    if guess.confidence < (_SURE_OF_SCRIPT if _is_in_another_script(guess, tags[0]) else _SURE):
        note = f"{tags[0]} is declared, but the words look like {guess.language} ({guess.confidence:.2f})"
        return tags[0], (Note(code="language-doubtful", text=note),)
    language = next((tag for tag in tags if base(tag) == guess.language), guess.language)
    return language, (_detected(guess, tags[0]),)


def _is_in_another_script(guess: Guess, tag: str) -> bool:
    """Whether the words cannot be in `tag`'s language: Latin letters may transcribe any, the others do not."""
    expected = script(tag)
    return expected is not None and guess.script != "Latn" and guess.script not in _PARTS.get(expected, (expected,))


def _detected(guess: Guess, declared: str | None = None) -> Note:
    stated = f"{declared} is declared, but" if declared else "no language is declared;"
    words = f"{stated} the words are {guess.language} (script {guess.script}, confidence {guess.confidence:.2f})"
    return Note(code="language-detected", text=words)


def _same(one: str, other: str) -> bool:
    pair = {base(one), base(other)}
    return len(pair) == 1 or any(pair <= group for group in _AKIN)


def _doubtful(tag: str, text: str) -> bool:
    """Whether `text` cannot be what `tag` says, as far as scripts and English words show: in 30 µs, for most of it is
    in the Latin script and is not counted letter by letter.
    """
    latin = len(text.encode("ascii", "ignore")) >= _MOSTLY * len(text)
    expected = script(tag)
    if expected == "Latn" and latin:
        return _english_contradicts(tag, text)
    counted = scripts(text)
    letters = counted.total()
    if letters < _LETTERS or expected is None:
        return False
    own = sum(counted[part] for part in _PARTS.get(expected, (expected,)))
    return letters - own >= _FOREIGN * letters


def _english_contradicts(tag: str, text: str) -> bool:
    words = text.lower().split()
    if len(words) < _WORDS:
        return False
    share = sum(map(_ENGLISH.__contains__, words)) / len(words)
    return share < _NOT_ENGLISH if base(tag) == "en" else share > _PLAINLY_ENGLISH
