"""Which entries of a feed an editor wants: by category, author, language and words.

It only tells why an entry is left out, and must not change it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from lxml.html import fragment_fromstring

from syndicator.model import Entry, Filter

__all__ = ["in_languages", "why_left_out"]

_INLINE = frozenset(
    re.findall(r"\S+", "a abbr b bdi bdo cite code em i mark q ruby s small span strong sub sup time tt u wbr")
)
_SPACE = re.compile(r"\s+")
# Inside a word: the joiners of Persian and the Indic scripts. A soft hyphen only says where a word may be broken.
_JOINERS = frozenset("\u200c\u200d_")
_FOLDED = str.maketrans({"\u00ad": None, "\u0307": None, "ı": "i", "’": "'", "ʼ": "'"})
# Thai to Tibetan and Myanmar, Khmer, Tai, kana and Han: scripts that put no space between words (Unicode 16, ch. 6.2).
_UNSPACED = re.compile(
    "[\u0e00-\u109f\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u3005-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U0001aff0-\U0001b16f\U00020000-\U0003ffff]"
)
_HANGUL = re.compile("[\u1100-\u11ff\uac00-\ud7ff]")  # particles follow a word without a space


def why_left_out(entry: Entry, *, keep: Filter, drop: Filter) -> str | None:
    """Why `entry` does not come in, in words for the editor that are the same for many entries; None when it does.

    It must meet each list of `keep` that is not empty (one member is enough) and no member of any list of `drop`.
    Nothing depends on case; words are found as whole words, where their script divides words.
    """
    if keep == drop == Filter():
        return None
    for name, has in _marks(entry, keep, drop):
        wanted: tuple[str, ...] = getattr(keep, name)
        if wanted and not any(has(one) for one in wanted):
            return f"keep.{name}: none of {', '.join(wanted)}"
        unwanted: tuple[str, ...] = getattr(drop, name)
        if met := next((one for one in unwanted if has(one)), None):
            return f"drop.{name}: {met}"
    return None


def in_languages(language: str | None, languages: Sequence[str]) -> bool:
    """Whether a tag is one of `languages` or narrower: "en" admits en-GB (RFC 4647 3.3.1)."""
    tag = (language or "").lower()
    return any(tag == one.lower() or tag.startswith(f"{one.lower()}-") for one in languages)


def _marks(entry: Entry, keep: Filter, drop: Filter) -> Iterator[tuple[str, Callable[[str], bool]]]:
    """For each list that a filter may have: its name, and what tells whether the entry has a member of it."""
    authors = [credit.agent.name for credit in entry.credits if (credit.role, credit.of) == ("author", "entry")]
    yield "languages", lambda one: in_languages(entry.language, (one,))
    yield "categories", _among(entry.categories)
    yield "authors", _among(authors)
    if keep.words or drop.words:
        text = _folded(" ".join((entry.title, _text(entry.summary_html), _text(entry.content_html))))
        yield "words", lambda one: _stands_in(text, _folded(one))


def _among(names: Sequence[str]) -> Callable[[str], bool]:
    known = frozenset(map(_folded, names))
    return lambda one: _folded(one) in known


def _folded(text: str) -> str:
    """`text` for comparing: compatibility forms (UAX 15) and case (Unicode 3.13) folded, every i dotted."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return _SPACE.sub(" ", folded.translate(_FOLDED)).strip()


def _text(markup: str) -> str:
    """The words in clean markup; blocks are apart, though no space stands between them."""
    if not markup:
        return ""
    root = fragment_fromstring(markup, create_parent="div")
    for element in root.iterdescendants():
        if element.tag not in _INLINE:
            element.text, element.tail = f" {element.text or ''}", f" {element.tail or ''}"
    return str(root.text_content())


# ── whole words ──────────────────────────────────────────────────────────────────────────────────────────────────


def _stands_in(text: str, word: str) -> bool:
    at = text.find(word) if word else -1
    while at >= 0:
        end = at + len(word)
        if _begins(text[at - 1 : at], word[0]) and _ends(word[-1], text[end : end + 1]):
            return True
        at = text.find(word, at + 1)
    return False


def _begins(before: str, first: str) -> bool:
    """Whether a word begins between two characters, the first of which may be none."""
    return not (_in_word(before) and _in_word(first)) or bool(_UNSPACED.match(before) or _UNSPACED.match(first))


def _ends(last: str, after: str) -> bool:
    if after and unicodedata.category(after)[0] == "M":  # belongs to the letter before it
        return False
    return _begins(last, after) or bool(_HANGUL.match(last) and _HANGUL.match(after))


def _in_word(character: str) -> bool:
    return bool(character) and (unicodedata.category(character)[0] in "LMN" or character in _JOINERS)
