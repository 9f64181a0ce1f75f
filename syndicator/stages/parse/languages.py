"""Which language a document declares. Must not guess one from the text."""

import re

from lxml import etree

from syndicator.stages.parse.elements import local, namespace, words
from syndicator.stages.parse.vocabulary import DC, XML

_LANG = f"{{{XML}}}lang"
_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,6}")


def tag(value: object) -> str | None:
    """`value` as a language tag shaped like BCP 47 (en_GB becomes en-GB); None where it is none."""
    if not isinstance(value, str):
        return None
    value = value.strip().replace("_", "-")
    return value if _TAG.fullmatch(value) else None


def inherited(element: etree._Element) -> str | None:
    """The nearest xml:lang of the element's ancestors."""
    return next((tag(value) for e in element.iterancestors() if (value := e.get(_LANG)) is not None), None)


def of_head(head: etree._Element) -> str | None:
    """What the feed declares for all of it: <language> or dc:language, else xml:lang on it or above."""
    for child in head:
        if local(child) == "language" and namespace(child) in ("", DC) and (found := tag(words(child))):
            return found
    return tag(head.get(_LANG)) or inherited(head)


def of_entry(entry: etree._Element, feed: str | None) -> str | None:
    """The entry's language: its xml:lang, its dc:language, the nearest xml:lang above, the feed's."""
    if (own := entry.get(_LANG)) is not None:
        return tag(own)
    for child in entry:
        if local(child) == "language" and namespace(child) in ("", DC) and (found := tag(words(child))):
            return found
    return inherited(entry) or feed
