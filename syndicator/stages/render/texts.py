"""Plain text that no reader takes for markup, and the title of an entry that has none.

A text like "x <b> y" or "R&amp;D" is ambiguous in feeds: half of the readers show it, the other half interpret it. This
module must not know a format's elements beyond their texts.
"""

import re
from html import escape
from typing import Any

from .markup import plain
from .outgoing import Outgoing, released, source_name

_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
_PLAIN_ELEMENTS = re.compile(rb"(?:<(?:title|source|category|dc:\w+|marcrel:\w+)\b[^>]*>|\n {4}<description>)[^<]*")
"""Of descriptions only that of the channel, which is known by its indentation: an entry's is HTML."""
_TITLE_CHARACTERS = 60


def unmistakable(element: Any) -> None:
    """Say in Atom (RFC 4287 3.1.1) that the text of the lxml `element` is no markup, where it could be taken for such.

    Nothing is done where that is None, or said to be HTML already.
    """
    if element is not None and element.get("type") != "html" and re.search("[<&]", element.text or ""):
        element.set("type", "html")
        element.text = escape(element.text, quote=False)


def as_html(text: str) -> str:
    """The text for a place that cannot say its type, as in RSS 2.0 and OPML: readers interpret what looks like markup.

    So that is escaped once more, and only that: some readers would show "R&amp;D" for every "R&D".
    """
    return escape(text, quote=False) if _MARKUP.search(text) else text


def hexadecimal(document: bytes) -> bytes:
    """The RSS document with "<" and "&" in plain elements as hexadecimal references, which a reader that decodes twice
    leaves alone (RSS Advisory Board, RSS Best Practices Profile, "Character data"). The same document to an XML parser.
    """
    return _PLAIN_ELEMENTS.sub(
        lambda found: found[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), document
    )


def beginning(markup: str) -> str:
    """The first words of an HTML fragment, at most 60 characters, as a title for what has none; "" without words."""
    words = plain(markup)
    if len(words) <= _TITLE_CHARACTERS:
        return words
    return (words[:_TITLE_CHARACTERS].rpartition(" ")[0] or words[: _TITLE_CHARACTERS - 1]) + "…"


def in_place_of_title(out: Outgoing) -> str:
    """What stands above an entry without a title where a format wants one: its first words, else whose entry it is."""
    return beginning(released(out.entry)[0]) or source_name(out.entry.source, out.entry.subscription)
