"""Markdown to markup: CommonMark with tables and struck-out words, and HTML where the writer uses it.

The markup is as unsafe as what a stranger sent; the chain cleans it. This module must not know what a translation is.
"""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

_READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_BREAKS = ("softbreak", "hardbreak")
_SHOWN = ("text", "code_inline", *_BREAKS)


@dataclass(frozen=True, slots=True)
class Markdown:
    """A text with its title, which is not in the markup."""

    title: str
    markup: str


def read_markdown(text: str, title: str | None) -> Markdown:
    """The markup of `text`. A first-level heading that begins it is its title if `title` is None or the same."""
    tokens = _READER.parse(text)
    heading = _words(tokens[1]) if tokens and (tokens[0].type, tokens[0].tag) == ("heading_open", "h1") else ""
    if heading and title in (None, heading):
        title, tokens = heading, tokens[3:]  # it opens, has its words, and closes
    return Markdown(title or "", str(_READER.renderer.render(tokens, _READER.options, {})).strip())


def _words(inline: Token) -> str:
    parts = [" " if token.type in _BREAKS else token.content for token in inline.children or () if token.type in _SHOWN]
    return " ".join("".join(parts).split())
