"""Names as printed: told from prose, split where several stand together, and sorted into people, bodies and machines.

Printed names are kept as they are (genitives, initials, scripts); only what is not part of a name is taken off.
"""

import re
from collections.abc import Iterator

from syndicator.model import Agent, AgentKind
from syndicator.stages.credit.phrases import (
    BODY_NAMES,
    BODY_WORDS,
    ENGINES,
    LANGUAGES,
    MEMBERS,
    Lexicon,
    folded,
)
from syndicator.stages.credit.templates import CLOSE, OPEN

_MARKS = re.compile(f"[{OPEN}{CLOSE}]")
_ASIDE = re.compile(
    r"\s*(?:\([^()]*(?:[@/\d]|\w\.\w)[^()]*\)|（[^（）]{2,30}）|(?<=[\u3040-\u9fff\uac00-\ud7a3])\s*\([^()]{2,30}\)|<[^<>]*>|\(\s*\))"
)
_BRACKET = re.compile("[(（<]")
_AFFILIATION = re.compile(r"((?:[A-ZÀ-ÞĀŁŚŞŠŽČŘĐİŐŰΆ-ΩА-ЯЁЄІЇҐ][^\s,()]*\s+(?:d\w{0,2}\s+)?){2,})\([^()@/]{2,40}\)")
_NAME_THEN_HANDLE = re.compile(r"(?P<name>[^@\s]\S*(?:\s+[^@\s]\S*)*)\s+@[\w.-]+")
_FILE = re.compile(r"\.(?:md|html?|pdf|txt|rst|docx?|epub)$", re.IGNORECASE)
_HANDLE_THEN_NAME = re.compile(r"[a-z0-9_.-]+\s*\((?P<name>[^()@/]+)\)")
_EDGES = ' \t\n\u00a0*_~|·•/／©"“”«»–—-:：,;(（[【'
_PARTICLES = frozenset(
    re.findall(
        r"\S+",
        """
        de del della dello di da das do dos du des la le les lo el al van von der den ter ten zu zum y e i bin ibn ben
        bint abu af av d d’ d' und st
        """,
    )
)
_DASHED = re.compile(r"(?P<front>\s*\S.*?)\s[–—-]\s(?P<behind>.*)", re.DOTALL)
# A date behind the names, and another sentence behind a name.
_DATED = re.compile(
    r"(?:\s*[,;|(–—-]|\s+(?:on|le|el|il|am|em|den|op|dne|dnia|pe|στις|от))\s*"
    r"(?:[^\W\d]{2,12}\.?\s+)?\d{1,2}\b[^,;|]{0,20},?\s?\b(?:19|20)\d\d\W*$",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(
    r"(?:\s*[,;|(–—-]\s*|\s+(?:in|im|en|em|nel|w|we|в|у|v|i)\s+)[^\W\d_]{3,12}\.?\s+(?:de\s+)?(?:19|20)\d\d(?!\d).*$",
    re.IGNORECASE | re.DOTALL,
)
_YEAR = re.compile(r"\s*[,;|(–—-]\s*(?:19|20)\d\d\W*$")
_SENTENCE = re.compile(r"[^\W\d_]{3,}\.\s+(?![a-zß-ÿа-яґєіїёά-ώ])\S")
_TITLE = re.compile(r"\b(?:Prof|Mag|Dipl|Capt|Rev|Miss|Mgr|Ing|проф|доц|Dra)\.", re.IGNORECASE)
_INITIAL = re.compile(r"(?:^|[\s.])\w\.$")
_WORDS = re.compile(r"[\s'’]+")
_HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,12}", re.IGNORECASE)
_NO_NAME = re.compile(r"(?<![#@\w])\d{3,}|\s/\s|\d[:/.]\d|[:()\[\]{}=<>?!]|https?\W")
MACHINE = Agent(kind="software", name="machine translation")
MAX_WORDS, MAX_LENGTH = 6, 60


def agents(
    printed: str,
    lexicon: Lexicon,
    links: tuple[tuple[str, str], ...] = (),
    *,
    labelled: bool = False,
    first: bool = False,
) -> tuple[Agent, ...]:
    """The agents that `printed` names, or none where any part of it is no name: prose is not half a name.

    `links` are the (words, address) of the links in the line; `labelled` says that a label and a colon vouch for a
    handle, `first` that the line begins with the credit, so that a year behind the name is no book's.
    """
    closed = printed + ")" * (printed.count("(") - printed.count(")"))
    closed += "）" * (closed.count("（") - closed.count("）"))
    bare = _AFFILIATION.sub(r"\1", _ASIDE.sub("", closed)) if _BRACKET.search(closed) else closed
    bare = _YEAR.sub("", bare) if first else bare
    text = _beside_dash(lexicon.stops.sub("", _MONTH_AND_YEAR.sub("", _DATED.sub("", bare))))
    linked = {_clean(words): address for words, address in links}
    whole = _clean(_MARKS.sub("", text))
    if engine := ENGINES.fullmatch(whole):
        return (Agent(kind="software", name=engine["engine"]) if engine["engine"] else MACHINE,)
    parts = [lexicon.titles.sub("", _clean(_MARKS.sub("", part)), count=1) for part in lexicon.separators.split(text)]
    parts = [name for part in parts if part for name in _unglued(part, lexicon)]
    if not parts or not all(_is_name(part, part in linked or labelled, lexicon) for part in parts):
        return ()
    return tuple(Agent(kind=kind_of(part), name=part, uri=linked.get(part)) for part in parts)


def _beside_dash(text: str) -> str:
    """`text` without what stands beside a name and a dash: what somebody is or where, or, before it, whose member."""
    if not (found := _DASHED.fullmatch(text)):
        return text
    front, behind = _clean(_MARKS.sub("", found["front"])), _clean(_MARKS.sub("", found["behind"]))
    if kind_of(front) == "organisation" and kind_of(behind) == "person" and _is_two_words(behind):
        return found["behind"]
    return found["front"] if len(front.split()) > 1 else text


def _is_two_words(name: str) -> bool:
    words = name.split()
    return 1 < len(words) <= MAX_WORDS and all(map(_begins_like_a_name, words))


def kind_of(name: str) -> AgentKind:
    """ "organisation" for a body of people ("the editors of …") or a site's address, else "person"."""
    words = {word.strip(".,").casefold() for word in _WORDS.split(name)}
    body = words & BODY_WORDS or name.casefold() in BODY_NAMES or _HOST.fullmatch(name)
    return "organisation" if body else "person"


def split_field(name: str) -> Iterator[str]:
    """The names in an author field: one, or several where each has two words and a word for "and" joins the last."""
    before, *last = re.split(r",?\s+(?:and|und|et|y|e|en|и|та|і|&)\s+", name)
    sides = [*re.split(r",\s+", before), *last]
    yield from sides if last and all(len(side.split()) > 1 for side in sides) else (name,)


def _clean(part: str) -> str:
    part = part.strip(_EDGES)
    if found := _HANDLE_THEN_NAME.fullmatch(part) or _NAME_THEN_HANDLE.fullmatch(part):
        part = found["name"]
    part = part.rstrip(")）]】 \u00a0") if part.count("(") < part.count(")") else part
    part = part if _INITIAL.search(part) else part.rstrip(".。! ")
    return part + "»" if part.count("«") > part.count("»") else part


def _unglued(part: str, lexicon: Lexicon) -> list[str]:
    """The names in `part`, where "and" may be written to one of them."""
    for glued in lexicon.glued:
        if found := glued.fullmatch(part):
            return [name for side in found.groups() for name in _unglued(side, lexicon)]
    return [part]


def _is_name(part: str, vouched: bool, lexicon: Lexicon) -> bool:
    words = part.split()
    if len(part) > MAX_LENGTH or _NO_NAME.search(part) or not any(letter.isalpha() for letter in part):
        return False
    if (
        _FILE.search(part)
        or _is_cut_off(part)
        or lexicon.no_names.match(part)
        or all(folded(word) in LANGUAGES for word in words)
    ):
        return False
    if {word.casefold() for word in _WORDS.split(part)} & (lexicon.members | MEMBERS):
        return len(words) <= 2 * MAX_WORDS
    if len(words) == 1:  # a handle may be all lower case where something vouches for it
        return len(part) <= 40 and (vouched or part.startswith("@") or "_" in part or not part.islower())
    return len(words) <= MAX_WORDS and all(_begins_like_a_name(word) for word in words)


def _is_cut_off(part: str) -> bool:
    """Whether it is more than a name, or less: a sentence goes on, "of" ends it, a letter is all of it."""
    last = part.rsplit(maxsplit=1)[-1]
    sentence = _SENTENCE.search(_TITLE.sub("", part)) is not None
    return sentence or last in _PARTICLES - {"i", "e"} or (len(part) == 1 and part.isascii())


def _begins_like_a_name(word: str) -> bool:
    first = word.lstrip("(\"'“«‘’@")[:1]
    return (
        first.isupper()
        or word.casefold() in _PARTICLES
        or (not (first.islower() or first.isupper()) and first.isalnum())
        or word.startswith(("d’", "d'", "al-", "el-"))
    )


def is_host(name: str) -> bool:
    """Whether `name` is a host's name, such as `example.org`."""
    return _HOST.fullmatch(name) is not None
