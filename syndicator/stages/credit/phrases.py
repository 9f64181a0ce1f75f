"""The lexicon: phrases that give credit, read from one TOML file a language and turned into regular expressions once.

A phrase says where the names stand: `translated [{from}] by {name}`. Square brackets hold what may be missing,
`(a|b)` what may stand for each other, a colon any colon or dash. Slots: {name} the people credited · {collective} of
{source} a body and the site it belongs to (a link or a host name) · {place} a site by any name · {original}
{language} the names of languages · {whom} for whom it was done · {engine} the software it was done with · {also} another
thing done, joined by "and" · {full} a name of two words or more · {han} one of two to four Chinese characters · {from}
{this} as the file's own keys say. Adding a language is adding a file. This module must not know what is done with a match.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # noncharacters that mark a link in a text; no clean text holds them

# What a line may begin and end with around its words: bullets, quotation and emphasis marks, brackets.
_LEAD = r"[\s>*_#•·–—~|(\[（【\-" + OPEN + "]*"
_TAIL = r"[\s.。!*_\])）】" + CLOSE + "]*"
_GAP = r"[\s" + OPEN + CLOSE + "]+"
_LINKED = OPEN + "[^" + CLOSE + "]+" + CLOSE
_HOST = r"(?:[\w-]+\.)+[a-z]{2,12}(?![\w.])"
_TOKENS = re.compile(r"(\{[a-z]+\}|[\[\]()|:]|\s+)")
_SLOTS = {
    "name": r"(?P<name>.+?)",
    "source": r"(?P<descriptor>(?:[^\s,.;:" + OPEN + r"]+\s+){0,6}?)(?P<source>" + _LINKED + "|" + _HOST + ")",
    "place": "(?P<place>" + _LINKED + "|[^.,;" + OPEN + "]{2,60}?)",
    "relay": "(?P<relay>" + _LINKED + "|[^.,;" + OPEN + "]{2,60}?)",
    "original": r"(?P<original>[^\W\d]{2,20}\b\.?)(?:\s*\([^()]{2,30}\))?",
    "language": r"[^\W\d]{2,20}",
    "whom": "[^,;:]{2,40}?",
    "engine": "(?P<engine>[^,;:]{2,40}?)",
    "full": r"(?P<name>[^\s,:]+\s+\S.*?)",
    "person": r"(?P<name>(?!ال)[^\s,:]+(?:\s+[^\s,:]+){1,3})",
    "jname": r"(?P<name>[\u3400-\u9fff\u30a0-\u30ff·・]{2,8})",
    "hangul": r"(?P<name>[\uac00-\ud7a3]{2,4})",
    "han": r"(?P<name>[\u3400-\u9fff·]{2,4})",
    "date": r"[\w\s,.]{4,30}?",
    "lead": "[^:" + OPEN + "]{4,80}:",
}
_WORD = re.compile(r"[^\W_]+")
_BETWEEN = re.compile(r"[^\w\s]|_")
_COLON = r"[\s*_]*" + CLOSE + r"?[\s*_]*(?:[:：]|\s[–—-]\s)[\s*_" + OPEN + "]*"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's words: `languages` maps a printed name to a tag, `members` are words that make a name a body of
    people, `glued` tells two names apart where "and" is written to one of them, `no_names` begins what is no name.
    """

    language: str
    languages: Mapping[str, str]
    separators: re.Pattern[str]
    stops: re.Pattern[str]
    members: frozenset[str]
    glued: tuple[re.Pattern[str], ...]
    no_names: re.Pattern[str]


@dataclass(frozen=True, slots=True)
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


@cache
def _expression(source: str) -> re.Pattern[str]:
    """Compiled when first tried: most languages of the lexicon are not met in a run."""
    return re.compile(source, re.IGNORECASE)


def _compiled(template: str, words: Mapping[str, Any]) -> str:
    """The regular expression of a template, without its ends."""
    return _alternatives(iter([part for part in _TOKENS.split(template) if part]), words)


def _alternatives(parts: Iterator[str], words: Mapping[str, Any]) -> str:
    """Reads up to the bracket that closes this group. A gap belongs to what may be missing, so that `a [b] c` reads
    `a c`.
    """
    branches, items, gap = [""], 0, ""
    for part in parts:
        if part in ("]", ")"):
            break
        if part == "|":
            branches, items, gap = [*branches, ""], 0, ""
        elif part.isspace():
            gap = _GAP if items else ""
        elif part == "[":
            inner = _alternatives(parts, words)
            branches[-1] += f"(?:{gap}{inner})?" if items else f"(?:{inner}{_GAP})?"
            gap = gap if items else ""
        else:
            word = _colon(words) if part == ":" else _alternatives(parts, words) if part == "(" else _word(part, words)
            branches[-1] += word if part == ":" else gap + word
            items, gap = (0, "") if part == ":" else (items + 1, "")
    return branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"


def _colon(words: Mapping[str, Any]) -> str:
    """What parts a label from a name: a colon or a dash, and what else the language sets there."""
    more = words.get("colon")
    return _COLON.replace("[:：]", f"[:：]|\\s*{more}\\s*", 1) if more else _COLON


def _word(token: str, words: Mapping[str, Any]) -> str:
    if token.startswith("{"):
        return _slot(token[1:-1], words)
    # Where words are written apart, a literal ends at a word's end; Thai, Chinese, Japanese and Korean are not.
    return re.escape(token) + (r"\b" if token[-1].isalpha() and ord(token[-1]) < 0x0E00 else "")


def _slot(name: str, words: Mapping[str, Any]) -> str:
    if name in ("from", "this", "collective"):
        choice = "|".join(_compiled(template, words) for template in words.get(name, []))
        return f"(?P<collective>{choice})" if name == "collective" else f"(?:{choice})"
    if name in ("tongue", "tongued"):
        tongues = "|".join(sorted((re.escape(word) for names in words["languages"].values() for word in names), key=len))
        if name == "tongue":
            return rf"(?P<original>{tongues})\b"
        return rf"(?:de l['’]|du )(?P<original>{tongues})\b"
    if name == "also":
        return r"(?:[&/+–-]|" + "|".join(map(re.escape, words.get("and", []))) + r")\s*[^\W\d]+"
    return _SLOTS[name]


def _pattern(role: str, template: str, words: Mapping[str, Any]) -> str:
    """The whole expression of a phrase; "said" is what it lifts when lifted."""
    start, ends = "^" + _LEAD, "" if role == "standfirst" else _TAIL + "$"
    before, _, after = template.partition("{name}")
    if not before or before == template or before.count("[") != before.count("]") or role == "note":
        return f"{start}(?P<said>{_compiled(template, words)}){ends}"
    prefix = _prefix(before, words)
    # "Translated by Translated by X" prints the phrase twice.
    prefix = f"(?:{_uncaptured(prefix)})?{prefix}"
    return f"{start}(?P<said>{prefix}{_compiled('{name}' + after, words)}){ends}"


def _opening(role: str, template: str, words: Mapping[str, Any]) -> str:
    """The expression that finds the beginning of a phrase after another; "" where it begins with the name, or with
    nothing that could not stand in any sentence.
    """
    before, _, _ = template.partition("{name}")
    if not before or before == template or before.count("[") != before.count("]"):
        return ""
    if role in ("standfirst", "note") or (role == "author" and not before.rstrip().endswith(":")):
        return ""
    unspaced = "(?<![^\\W_])" if words.get("spaced", True) else ""
    return unspaced + _uncaptured(_prefix(before, words))


def _prefix(before: str, words: Mapping[str, Any]) -> str:
    return _compiled(before, words) + (_GAP if before[-1].isspace() and before.rstrip()[-1] != ":" else "")


def _uncaptured(expression: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", expression)


def _numbered(pattern: str) -> str:
    """Each group under a name of its own, as `re` demands: original, original_1, original_2 …"""
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        count = seen[match[1]] = seen.get(match[1], -1) + 1
        return f"(?P<{match[1]}_{count}>" if count else match[0]

    return re.sub(r"\(\?P<(\w+)>", name, pattern)


def folded(word: str) -> str:
    """`word` for comparison; casefold() alone makes two characters of a Turkish İ."""
    return word.casefold().replace("\u0307", "").rstrip(".")


def slots(match: re.Match[str]) -> dict[str, str]:
    """What stood in the slots of a phrase, by the name of the slot; those that were missing are left out."""
    return {name.partition("_")[0]: text for name, text in match.groupdict().items() if text}


def _anchors(template: str, words: Mapping[str, Any]) -> tuple[str, ...]:
    """Words of which every text that matches holds one: the longest that must stand there, or one of each
    alternative, or else one of those that name a collective.
    """
    required = re.sub(r"\[[^\]]*\]|\{\w+\}", " ", re.sub(r"\[[^\[\]]*\]", " ", template))
    if literal := _longest(re.sub(r"\([^)]*\)", " ", required)):
        return (literal,)
    choice = re.search(r"\(([^)]*)\)", required)
    if choice:
        return tuple(_longest(branch) for branch in choice[1].split("|"))
    bodies = words["collective"] if "{collective}" in template else ()
    return tuple(anchor for body in bodies for anchor in _anchors(body, words))


def _longest(text: str) -> str:
    return max(_WORD.findall(text.casefold()), key=len, default="")


def _read(language: str, words: Mapping[str, Any]) -> Iterator[Phrase]:
    lexicon = Lexicon(
        language=language,
        languages={folded(printed): tag for tag, names in words.get("languages", {}).items() for printed in names},
        separators=re.compile(
            r"\s*(?:[,;、，&]|\+|\s(?:" + "|".join(map(re.escape, words.get("and", ["&"]))) + r")\s)\s*", re.IGNORECASE
        ),
        stops=re.compile(
            r"[\s,]+(?:" + "|".join(map(re.escape, words.get("stops", ["\0"]))) + r")(?:\s|$).*$",
            re.IGNORECASE | re.DOTALL,
        ),
        members=frozenset(word.casefold() for word in words.get("members", ())),
        glued=tuple(map(re.compile, words.get("glued", ()))),
        no_names=re.compile(r"(?:" + "|".join(words.get("no_names", ["(?!)"])) + r")(?!\w)", re.IGNORECASE),
    )
    for role, templates in words["phrases"].items():
        for template in templates:
            yield Phrase(
                role,
                f"{language}: {template}",
                _anchors(template, words),
                _numbered(_pattern(role, template, words)),
                _opening(role, template, words),
                lexicon,
            )


def _load() -> tuple[Phrase, ...]:
    folder = resources.files(__package__) / "lexicon"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return tuple(
        phrase
        for file in files
        if file.name not in ("engines.toml", "citations.toml")
        for phrase in _read(file.name.removesuffix(".toml"), tomllib.loads(file.read_text("utf-8")))
    )


def _words(name: str) -> Mapping[str, list[str]]:
    return tomllib.loads((resources.files(__package__) / "lexicon" / name).read_text("utf-8"))


def _load_engines() -> re.Pattern[str]:
    """Software named alone, or with words around it that are no names: "the ChatGPT service", not "Claude Dupont"."""
    words = _words("engines.toml")
    named, general = "|".join(words["engines"]), "|".join(words["general"])
    return re.compile(
        rf"(?:(?![A-ZÀ-ÞΑ-ΩА-ЯЁЄІЇҐ])\S+\s+){{0,4}}?(?:(?P<engine>(?i:{named}))|(?P<general>{general}))(?:[^\w.](?!\s*[^\W\da-zа-яґєії_]).*)?",
        re.DOTALL,
    )


PHRASES = _load()
ENGINES = _load_engines()
CITATION = re.compile("|".join(_words("citations.toml")["marks"]), re.IGNORECASE)
MEMBERS = frozenset(word for phrase in PHRASES for word in phrase.lexicon.members)
_UNSPACED = "\u0e00"  # from Thai on, scripts that do not part words: their anchors are looked for inside
_INDEX: dict[str, list[int]] = {}
for _number, _phrase in enumerate(PHRASES):
    for _anchor in _phrase.anchors or ("",):
        _INDEX.setdefault(_anchor, []).append(_number)
_SPACED = frozenset(_INDEX)
_INSIDE = tuple(anchor for anchor in _INDEX if anchor >= _UNSPACED)
_BEGINS_INSIDE = re.compile("[" + "".join({anchor[0] for anchor in _INSIDE}) + "]")


def phrases_for(text: str, language: str | None, roles: frozenset[str]) -> tuple[Phrase, ...]:
    """The phrases of `roles` that may match in `text`: those of its own language first, then all the others.

    Most lines hold no word of any phrase, so that none is tried on them. The marks of links part words here as they
    do for a phrase.
    """
    lowered = text.casefold()
    anchors = {"", *_SPACED.intersection(_BETWEEN.sub(" ", lowered).split())}
    if not text.isascii() and _BEGINS_INSIDE.search(lowered):
        anchors |= {anchor for anchor in _INSIDE if anchor in lowered}
    if not (numbers := {number for anchor in anchors for number in _INDEX.get(anchor, ())}):
        return ()
    found = [PHRASES[number] for number in sorted(numbers) if PHRASES[number].role in roles]
    own = (language or "").partition("-")[0]
    return tuple(sorted(found, key=lambda phrase: phrase.lexicon.language != own))
