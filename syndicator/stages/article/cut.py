"""Whether a feed gives an article whole or only its beginning. It must not read the page."""

import re

from syndicator.model import ParsedEntry

_WHOLE = 1_000  # characters; of 1,550 real entries that have only a summary 97 in 100 are shorter
_MARKUP = re.compile(r"<[^>]*>|\s+")
# What publishing systems put where they cut: […], …, [...], (…), perhaps with an arrow or a link's words behind it.
_CUT = re.compile(r"(?:\[\s*(?:…|\.{3}|&hellip;|&#8230;)\s*\]|…|&hellip;|&#8230;|\.{3})[\s»→›)]*(?:<[^>]*>|\s)*$")
_LINKED_ON = re.compile(
    r"(?:…|\.{3}|\[…\]|&hellip;|&#8230;|→|»|&raquo;|&rarr;)(?:\s|</?\w[^>]*>){0,9}[^<>]{0,40}</a>(?:\s|</?\w[^>]*>)*$"
)
_TAIL = 600  # characters of markup in which a cut shows


def is_cut(parsed: ParsedEntry) -> bool:
    """Whether the feed's text is missing, a summary, or ends where something was cut off."""
    text = parsed.content or parsed.summary
    if text is None:
        return True
    tail = text.value[-_TAIL:]
    return _is_short(text.value) or bool(_CUT.search(tail) or _LINKED_ON.search(tail))


def _is_short(markup: str) -> bool:
    """Whether the words in `markup`, a tag or white space counted as one space, are fewer characters than `_WHOLE`.

    Read no further than that: every entry of a poll is asked, and most are whole.
    """
    length = between = at = 0
    for gap in _MARKUP.finditer(markup):
        if gap.start() > at:
            length += (between if length else 0) + gap.start() - at
            between = 0
            if length >= _WHOLE:
                return False
        between += 1
        at = gap.end()
    if at < len(markup):
        length += (between if length else 0) + len(markup) - at
    return length < _WHOLE
