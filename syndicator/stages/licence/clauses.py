"""The clauses of a statement that are about the text: those about pictures, themes, data and comments are left out."""

import re
from collections.abc import Iterator
from functools import cache

from syndicator.stages.licence.words import any_of, reading, subject, table

# A full stop within an address or a version ends nothing; nor does a dash, which parts the parts of a licence.
_ENDS = re.compile(r"(?<!\d)\.(?=\s|$)|[!?](?=\s+[^\W\d_]|$)|(?<=\d)\.(?=\s+[^\W\d_a-z])|[。！？|•♦◆●▪■]|;\s")
_QUESTION = re.compile(r"[^.!?|\n]*\?(?=\s|$)")  # states nothing
# "Our style guide is": a thing with a name of its own is written with a capital.
_THING = re.compile(r"\b(?:[Oo]ur|[Tt]he|[Tt]his|[Tt]hese|[Aa]ll) (?:[a-z]+ ){1,3}(?:is|are|was|were)\b")
_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>]+")
# A capital within a line that lost its full stops.
_BEGINS = (
    "All|This|These|The|Our|Unless|Except|Alle|Dieser?|Dieses|Unsere|Der|Die|Das|Tous|Toutes|Cet|Cette|Ce|Le|Les|Todos?|Todas?|Este|Esta|El|Los|La"
    "|Quest[oaie]|Tutti|I|Il|Gli|O|Os|As|Tots|Alla|Dit|Deze|De|Det|Wszystkie|Ten|Tento|Все|Весь|Этот|Усі|Цей|Bu|Tüm"
)
_OWNED = re.compile(r"\W*(?:©|\(c\)|copyright)", re.IGNORECASE)
_LABEL = re.compile(r"\W*([^:：]{2,40}?)\s?[:：](?=\s|\w)(?!//)")
_EXCEPTED = 60  # characters after "except"


def clauses(text: str) -> Iterator[str]:
    """Each clause of `text` about the text itself. One that names no subject is about that of the clause before it."""
    about_text = True
    for clause in _split(text):
        if (told := _about_text(clause)) is not None:
            about_text = told
        if about_text:
            yield clause


def excepts_pictures(text: str) -> bool:
    """Whether pictures or other parts beside the text are excepted from what is said of it."""
    return any(
        subject("other").search(clause[match.start() : match.end() + _EXCEPTED])
        for clause in _split(text)
        for match in reading("except").finditer(clause)
    )


def excepts_this(text: str) -> bool:
    """Whether the text at hand is excepted: "except for this article, our content is under CC BY"."""
    this = any_of(table("doubts")["this"]).pattern
    return re.search(rf"(?:{reading('except').pattern})\W+(?:{this})", text, re.IGNORECASE) is not None


def names_text(clause: str) -> bool:
    """Whether the clause says that it is about a text."""
    return subject("work").search(without_exceptions(clause)) is not None


def labelled(clause: str) -> bool:
    """Whether it stands behind a label that is neither the text's nor a licence's: "Kuvaaja: Ana, CC BY"."""
    label = _LABEL.match(without_exceptions(clause))
    return label is not None and not any(
        words.search(label[1]) for words in (subject("work"), reading("labels"), reading("otherwise"))
    )


def without_exceptions(clause: str) -> str:
    """The clause without addresses and without what it excepts."""
    bare = _ADDRESS.sub(" ", clause)
    while excepted := reading("except").search(bare):
        rest = bare[excepted.end() :]
        end = next((at for at, sign in enumerate(rest[:_EXCEPTED]) if sign in ",:)"), min(len(rest), _EXCEPTED))
        bare = bare[: excepted.start()] + " , " + rest[end:]
    return bare


def _split(text: str) -> Iterator[str]:
    for clause in _ENDS.split(_QUESTION.sub("|", text)):
        for part in _turned(clause or ""):
            turn = _turns_away().search(part)
            yield from (
                (part[: turn.start()], part[turn.end() :]) if turn and names_text(part[: turn.start()]) else (part,)
            )


def _turned(clause: str) -> Iterator[str]:
    """Parted where it turns to the text, but for what is said under a condition: "for schools, all texts are"."""
    conditional = _introduced().match(clause.lstrip()) and not reading("otherwise").search(clause)
    yield from filter(str.strip, (clause,) if conditional else _turns().split(clause))


def _about_text(clause: str) -> bool | None:
    """By what is named first: "photos in this article" are photos. None where nothing is named."""
    told = without_exceptions(clause)
    work, other = subject("work").search(told), subject("other").search(told)
    if other is None:
        if not work and _THING.search(told):
            return False
        return True if work or _OWNED.match(told) else None
    if work is None:
        return False
    return work.start() < other.start() or _both().search(told) is not None


@cache
def _introduced() -> re.Pattern[str]:
    words = table("doubts")
    return any_of([*words["introduced"], *words["conditions"], *words["before_year"]])


@cache
def _turns() -> re.Pattern[str]:
    """Where a line turns to the text: "theme by Ana, content under CC BY", "powered by Quill All content is …"."""
    work = subject("work").pattern
    return re.compile(rf",\s+(?=(?:\w+\s+)?(?:{work}))|\s+(?=(?-i:{_BEGINS})\s+(?:\w+\s+)?(?:{work}))", re.IGNORECASE)


@cache
def _turns_away() -> re.Pattern[str]:
    """Where a line that began with the text turns to something else: "text CC BY, photos: all rights reserved"."""
    return re.compile(rf"[,–—]\s+(?=(?:{subject('other').pattern})\s?:)", re.IGNORECASE)


@cache
def _both() -> re.Pattern[str]:
    """Pictures and texts in one breath: "images and texts"."""
    joins = any_of(table("grants")["joins"]).pattern
    return re.compile(
        rf"(?:{subject('other').pattern})\s*(?:{joins}|&|,)\s*(?:\w+\s+)?(?:{subject('work').pattern})", re.IGNORECASE
    )
