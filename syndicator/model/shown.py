"""Which part of markup is shown at all. It must not parse: what stands here is one pass over the text."""

import re

_UNSEEN = re.compile(r"<(script|style|template|iframe|noscript)\b|<!--", re.IGNORECASE)


def shown(markup: str) -> str:
    """`markup` without comments and what browsers do not show; what is never closed hides the rest."""
    parts, at = [], 0
    while opened := _UNSEEN.search(markup, at):
        parts.append(markup[at : opened.start()])
        close = rf"</{opened[1]}\b[^>]*>" if opened[1] else "-->"
        closed = re.compile(close, re.IGNORECASE).search(markup, opened.end())
        if closed is None:
            return "".join(parts)
        at = closed.end()
    return "".join((*parts, markup[at:]))
