"""How a phrase of the lexicon is written, and the regular expression that it becomes.

A template says where the names stand: `translated [{from}] by {name}`. Square brackets hold what may be missing,
`(a|b)` what may stand for each other, a colon any colon or dash. Slots: {name} the people credited,
{full} a name of two words or more or in a link, {body} one that ends with what makes it a body's, {handle} an account,
{person} {han} {jname} {hangul} names where letters have no case, {group} a body in brackets · {collective} of {source}
a body and the site it belongs to (a link or a host name) · {place} a site by any name · {original} {language} the names
of languages, {tongue} {tongued} one that the file lists · {whom} for whom it was done · {engine} the software it was
done with · {also} another thing done, joined by "and" · {year} · {loose} what else may be said before the name · {rest}
what else a sentence says, which stays in print · {from} {this} as the file's own keys say.
This module must not know what is done with a match.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

OPEN, CLOSE = "\ufdd0", "\ufdd1"  # noncharacters that mark a link in a text; no clean text holds them

# What a line may begin and end with around its words: bullets, quotation and emphasis marks, brackets.
_LEAD = r"[\s>*_#•·–—~|/(\[（【\-" + OPEN + "]*"
_TAIL = r"[\s.。।!*_\])）】" + CLOSE + "]*"
_GAP = r"[\s" + OPEN + CLOSE + "]+"
_LINKED = OPEN + "[^" + CLOSE + "]+" + CLOSE
_HOST = r"(?:[\w-]+\.)+[a-z]{2,12}(?![\w.])"
# Without the particles that only a sentence has: no name of two scripts holds the kana of "of", "is" or "in".
_JAPANESE = (
    r"(?:[\u3400-\u9fff\u30a0-\u30ff·・]{2,8}"
    r"|[\u3400-\u9fff\u30a0-\u30ff]{1,4}(?:(?![のはをがにでとも])[\u3041-\u3096]){2,4})"
)
VOWELS = re.compile("[\u064b-\u0652\u0640]")  # marks of Arabic vowels and stretched letters, which may be printed
_TOKENS = re.compile(r"(\{[a-z]+\}|[\[\]()|]|:(?!\w)|\s+)")
_SLOTS = {
    "name": r"(?P<name>.+?)",
    "source": r"(?P<descriptor>(?:[^\s,.;:" + OPEN + r"]+\s+){0,6}?)(?P<source>" + _LINKED + "|" + _HOST + ")",
    "place": "(?P<place>" + _LINKED + "|[^.,;" + OPEN + "]{2,60}?)",
    "relay": "(?P<relay>" + _LINKED + "|[^.,;" + OPEN + "]{2,60}?)",
    "original": r"(?P<original>[^\W\d]{2,20}(?:-[^\W\d]{2,20})?\b\.?)(?:\s+[^\W\d]{4,14})??(?:\s*\([^()]{2,30}\))?",
    "language": r"[^\W\d]{2,20}(?:-[^\W\d]{2,20})?",
    "whom": "[^,;:]{2,40}?",
    "engine": "(?P<engine>[^,;:]{2,40}?)",
    "person": r"(?P<name>(?!ال)[^\s,:]+(?:\s+[^\s,:]+){1,3})",
    "jname": "(?P<name>" + _JAPANESE + ")",
    "handle": r"(?P<name>@[\w.-]+)",
    "year": r"(?:19|20)\d\d",
    "hangul": r"(?P<name>[\uac00-\ud7a3]{2,4})",
    "han": r"(?P<name>[\u3400-\u9fff·]{2,4})",
    "loose": r"[^.,;:()\[\]" + OPEN + CLOSE + "]{2,60}?",
    "rest": "(?P<rest>[^.!?" + OPEN + "]{1,120}?)",
    "group": r"[(（][^()（）]{2,24}[)）]",
    "date": r"[\w\s,.]{4,30}?",
    "lead": "[^:" + OPEN + "]{4,80}:",
}
_NAMES = re.compile(r"\{(?:name|full|body|handle|person|han|jname|hangul)\}")
_WORD = re.compile(r"[^\W_]+")
BETWEEN = re.compile(r"[^\w\s]|_")
# A label may say more in brackets: "Translation (from the Spanish): X".
_COLON = r"(?:\s*[(（][^()（）]{2,30}[)）])?[\s*_]*" + CLOSE + r"?[\s*_]*(?:[:：]|\s[–—-]\s)[\s*_" + OPEN + "]*"


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
            behind = _GAP if words.get("spaced", True) else _GAP[:-1] + "*"
            branches[-1] += f"(?:{gap}{inner})?" if items else f"(?:{inner}{behind})?"
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
    if "\u0600" <= token[0] <= "\u06ff":
        return "".join(re.escape(letter) + VOWELS.pattern + "*" for letter in token) + r"(?!\w)"
    return re.escape(token) + (r"\b" if token[-1].isalpha() and ord(token[-1]) < 0x0E00 else "")


def _slot(name: str, words: Mapping[str, Any]) -> str:
    if name in ("from", "this", "collective"):
        choice = "|".join(_compiled(template, words) for template in words.get(name, []))
        return f"(?P<collective>{choice})" if name == "collective" else f"(?:{choice})"
    if name in ("tongue", "tongued"):
        printed = sorted((word for names in words["languages"].values() for word in names), key=len)
        before = r"(?:de l['’]|du )" if name == "tongued" else ""
        return rf"{before}(?P<original>{'|'.join(map(re.escape, printed))})(?!\w)"
    if name == "also":
        return r"(?:[&/+–-]|" + "|".join(map(re.escape, words.get("and", []))) + r")\s*[^\W\d]+"
    if name in ("full", "body"):
        return f"(?P<name>{_of_two_words(words) if name == 'full' else _body(words)})"
    return _SLOTS[name]


def _members(words: Mapping[str, Any]) -> str:
    return "|".join(map(re.escape, words.get("members", ()))) or "(?!)"


def _of_two_words(words: Mapping[str, Any]) -> str:
    """A name of two words, of which only a body's begins in lower case; or the words of a link."""
    begins = rf"(?:(?=(?:{_members(words)})(?!\w))|(?-i:(?![a-zß-ÿа-яґєіїёά-ώ])))"
    return rf"{begins}[^\s,:]+\s+\S.*?|[^{OPEN}{CLOSE}]+(?={CLOSE})"


def _body(words: Mapping[str, Any]) -> str:
    """A body's name that ends with what makes it one, where words are not parted."""
    return rf"[^\W_]{{1,12}}(?:{_members(words)})"


def pattern(role: str, template: str, words: Mapping[str, Any]) -> str:
    """The whole expression of a phrase; "said" is what it lifts when lifted."""
    start, ends = "^" + _LEAD, "" if role == "standfirst" else _TAIL + "$"
    before, _, after = template.partition("{name}")
    if not before or before == template or before.count("[") != before.count("]") or role == "note":
        return _numbered(f"{start}(?P<said>{_compiled(template, words)}){ends}")
    prefix = _prefix(before, words)
    # "Translated by Translated by X" prints the phrase twice.
    prefix = f"(?:{_uncaptured(prefix)})?{prefix}"
    return _numbered(f"{start}(?P<said>{prefix}{_compiled('{name}' + after, words)}){ends}")


def opening(role: str, template: str, words: Mapping[str, Any]) -> str:
    """The expression that finds the beginning of a phrase after another; "" where it begins with the name, or with
    nothing that could not stand in any sentence.
    """
    before = _NAMES.split(template)[0]
    if not before or before == template or before.count("[") != before.count("]"):
        return ""
    if not any(anchor in before.casefold() for anchor in anchors(template, words)):
        return ""
    if role in ("standfirst", "note", "machine") or (role == "author" and not before.rstrip().endswith(":")):
        return ""
    unspaced = "(?<![^\\W_])" if words.get("spaced", True) else ""
    return unspaced + _uncaptured(_prefix(before, words))


def beginning(words: Mapping[str, Any]) -> str:
    """The expression of what begins a sentence about the article itself; one that matches nothing where none is
    listed.
    """
    choice = "|".join(_compiled(template, words) for template in words.get("this", ()))
    return _LEAD + _uncaptured(rf"(?:{choice})(?!\w)") if choice else "(?!)"


def _prefix(before: str, words: Mapping[str, Any]) -> str:
    required = re.sub(r"\[[^\[\]]*\]", "", re.sub(r"\[[^\[\]]*\]", "", before)).strip()
    gap = required and before[-1].isspace() and before.rstrip()[-1] != ":"
    return _compiled(before, words) + (r"(?:\s*[:：])?" + _GAP if gap else "")


def _uncaptured(expression: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", expression)


def _numbered(pattern: str) -> str:
    """Each group under a name of its own, as `re` demands: original, original_1, original_2 …"""
    seen: dict[str, int] = {}

    def name(match: re.Match[str]) -> str:
        count = seen[match[1]] = seen.get(match[1], -1) + 1
        return f"(?P<{match[1]}_{count}>" if count else match[0]

    return re.sub(r"\(\?P<(\w+)>", name, pattern)


def slots(match: re.Match[str]) -> dict[str, str]:
    """What stood in the slots of a phrase, by the name of the slot; those that were missing are left out."""
    return {name.partition("_")[0]: text for name, text in match.groupdict().items() if text}


def anchors(template: str, words: Mapping[str, Any]) -> tuple[str, ...]:
    """Words of which every text that matches holds one: a word that must stand there, or one of each alternative,
    whichever are longest; or else one of those that name a collective.
    """
    required = re.sub(r"\[[^\]]*\]|\{\w+\}", " ", re.sub(r"\[[^\[\]]*\]", " ", template))
    choices = [tuple(map(_longest, choice.split("|"))) for choice in re.findall(r"\(([^)]*)\)", required)]
    groups = [(_longest(re.sub(r"\([^)]*\)", " ", required)),), *choices]
    if all(best := max(groups, key=lambda group: min(map(len, group)))):
        return best
    bodies = words["collective"] if "{collective}" in template else ()
    return tuple(anchor for body in bodies for anchor in anchors(body, words))


def _longest(text: str) -> str:
    return max(_WORD.findall(text.casefold()), key=len, default="")
