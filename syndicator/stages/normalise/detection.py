"""The language of a text by its letters and, where several languages share a script, by py3langid's model.

Too little text gives no answer rather than a wrong one. It must not know what was declared.
"""

import re
from collections import Counter
from dataclasses import dataclass

CHARACTERS = 600  # read of a text; more makes no guess better (docs/decisions/0009-language.md)
_LETTERS = 12  # fewer say too little: a name, a place
_CONFIDENCE = 0.3  # of the model; it is right in 99 of 100 titles of ten words above this

_SCRIPTS = {
    "Latn": "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ",
    "Cyrl": "\u0400-\u052f",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Hebr": "\u05d0-\u05f2",
    "Hani": "\u3400-\u4dbf\u4e00-\u9fff",
    "Kana": "\u3041-\u30fa\u30fc-\u30ff",
    "Hang": "\u1100-\u11ff\uac00-\ud7af",
    "Deva": "\u0900-\u0963\u0966-\u097f",
    "Thai": "\u0e00-\u0e7f",
    "Geor": "\u10a0-\u10ff",
    "Armn": "\u0531-\u058f",
    "Beng": "\u0980-\u09ff",
    "Guru": "\u0a00-\u0a7f",
    "Gujr": "\u0a80-\u0aff",
    "Orya": "\u0b00-\u0b7f",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f",
    "Sinh": "\u0d80-\u0dff",
    "Laoo": "\u0e80-\u0eff",
    "Mymr": "\u1000-\u109f",
    "Ethi": "\u1200-\u139f",
    "Khmr": "\u1780-\u17ff",
}
_RUN = re.compile("|".join(f"(?P<{name}>[{letters}]+)" for name, letters in _SCRIPTS.items()))
_ASCII = re.compile("[\x00-\x7f]+")
# One of these letters says as much as several of an alphabet.
_WEIGHT = {"Hani": 4, "Kana": 2, "Hang": 2}
# Scripts of (today, in feeds) one language.
_SOLE = {
    "Grek": "el",
    "Hebr": "he",
    "Hang": "ko",
    "Thai": "th",
    "Geor": "ka",
    "Armn": "hy",
    "Guru": "pa",
    "Gujr": "gu",
    "Orya": "or",
    "Taml": "ta",
    "Telu": "te",
    "Knda": "kn",
    "Mlym": "ml",
    "Sinh": "si",
    "Laoo": "lo",
    "Mymr": "my",
    "Khmr": "km",
}
_KANA = 0.05  # of Chinese characters and kana together: below, it is a name in a Chinese text
_MACROLANGUAGES = {"yue": "zh", "wuu": "zh", "uzs": "uz", "gug": "gn", "kik": "ki"}
# How much less is written in a language than in its nearest relative, in which its model's words are good words too
# (Malay and Indonesian; Marathi, Nepali and Sanskrit beside Hindi; Nigerian Pidgin beside English).
_RARER = {"ms": 1 / 3, "sa": 1 / 3, "mr": 2 / 3, "ne": 2 / 3, "pcm": 1 / 10}
_ADDRESS = re.compile(r"://|@|^#|www\.|\.(?:com|org|net|info)\b")  # in a word: it is of no language


@dataclass(frozen=True, slots=True)
class Guess:
    """A language tag without region, the confidence in it (0–1), and the script most of the text is in."""

    language: str
    confidence: float
    script: str


def scripts(text: str) -> Counter[str]:
    """How much of `text` stands in which script (ISO 15924; kana as Kana), in letters of an alphabet."""
    beyond = _ASCII.sub("", text)  # the rest need not be tried with every script
    counted = Counter(Latn=sum(map(str.isalpha, text)) - sum(map(str.isalpha, beyond)))
    for run in _RUN.finditer(beyond):
        name = run.lastgroup or ""
        counted[name] += len(run[0]) * _WEIGHT.get(name, 1)
    return counted


def detect(text: str) -> Guess | None:
    """The language of `text`, plain words (a title and what follows), or None where it cannot be told."""
    text = " ".join(word for word in text[:CHARACTERS].split() if not _ADDRESS.search(word))
    counted = scripts(text)
    if counted.total() < _LETTERS:
        return None
    script = counted.most_common(1)[0][0]
    if script in ("Hani", "Kana"):
        kana = counted["Kana"] / 2 / (counted["Kana"] / 2 + counted["Hani"] / 4)
        return Guess("ja" if kana > _KANA else "zh", 1.0, script)
    if sole := _SOLE.get(script):
        return Guess(sole, 1.0, script)
    return _by_model(text, script)


def _by_model(text: str, script: str) -> Guess | None:
    from syndicator.stages.normalise.identifier import IDENTIFIER  # noqa: PLC0415  90 MB: where it is needed

    likely: dict[str, float] = {}
    for code, share in IDENTIFIER.rank(text):
        language = _MACROLANGUAGES.get(code, code)
        likely[language] = likely.get(language, 0) + share * _RARER.get(code, 1)
    language = max(likely, key=lambda one: likely[one])
    confidence = likely[language] / sum(likely.values())
    return Guess(language, confidence, script) if confidence >= _CONFIDENCE and language != "zxx" else None
