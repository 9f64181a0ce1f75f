"""Reading `translations/*.md`: a translation in Markdown, below a head that says of what it is and who made it.

The markup that comes out is not clean yet. This module must not look whether there is such an entry, nor judge whether
it may be translated.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BeforeValidator, Field

from syndicator.config import values
from syndicator.config.folders import checked, read_folder, text_of
from syndicator.config.markdown import Markdown, read_markdown
from syndicator.config.people import People, PersonTable, credited
from syndicator.config.problems import MEND
from syndicator.config.syntax import broken_yaml
from syndicator.config.tables import Table
from syndicator.config.values import Expected
from syndicator.errors import ConfigError
from syndicator.model import Credit, Evidence, Mistake, TranslationFile

_HEAD = re.compile(r"\s*---[ \t]*\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*$\n?(?P<body>.*)", re.DOTALL | re.MULTILINE)
_DEPTH = 3  # a key, its list, the keys of one person


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


class HeadTable(Table):
    """The head of a file in `translations/`, between two lines of ---."""

    of: values.EntryName = Field(
        description="the address or id of the entry that was translated",
        examples=["https://tidewater.example/fog-bell/"],
    )
    language: values.Language = Field(description="the language it was translated into", examples=["de"])
    title: values.Line | None = Field(
        default=None, description="its title; else a heading at the top of the text is", examples=["Die Nebelglocke"]
    )
    translator: People = Field(default=(), description="who translated it", examples=["Ida Brandt"])
    machine: values.Line | None = Field(
        default=None, description="the engine that translated it, if a machine did", examples=["LibreTranslate"]
    )
    reviewer: People = Field(default=(), description="who compared it with the original", examples=["Maren Oakes"])
    reviewed: Annotated[date | None, BeforeValidator(_day), Expected("a date such as 2026-05-03")] = Field(
        default=None, description="the day on which somebody last did", examples=[date(2026, 5, 3)]
    )


def read_translations(
    folder: Path, earlier: Sequence[TranslationFile] = ()
) -> tuple[tuple[TranslationFile, ...], tuple[Mistake, ...]]:
    """The translations in the files `*.md` of `folder`, by name, and what is wrong with the others.

    A file that is wrong keeps what it said in `earlier`.
    """
    return read_folder(folder, ".md", _translation, {one.file: one for one in earlier})


def _translation(path: Path) -> TranslationFile:
    """Raises ConfigError that names every problem of the file."""
    text = text_of(path)
    match = _HEAD.fullmatch(text)
    if not match:
        hint = "begin the file with a line ---, then of: and language: and translator:, then a line --- and the text"
        raise ConfigError(str(path), "it has no head, expected one between two lines of ---", hint)
    lines_before = text.count("\n", 0, match.start("head")) * "\n"  # so that YAML counts the file's lines
    head = checked(path, _yaml(path, lines_before + match["head"]), HeadTable)
    body = read_markdown(match["body"], head.title)
    _is_whole(path, head, body)
    return TranslationFile(
        file=path.name,
        of=head.of,
        language=head.language,
        title=body.title,
        credits=_credits(head, path.name),
        markup=body.markup,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        reviewed=datetime.combine(head.reviewed, time.max, UTC) if head.reviewed else None,  # the day counts whole
    )


def _is_whole(path: Path, head: HeadTable, body: Markdown) -> None:
    """Raises ConfigError where a translation has nobody who made it, no title or no text."""
    if not head.translator and not head.machine:
        raise ConfigError(f"{path}: translator", "missing, expected a name, or an engine's as machine", MEND)
    if not body.title:
        raise ConfigError(f"{path}: title", "missing, expected it in the head, or as a first line # TITLE", MEND)
    if not body.markup:
        raise ConfigError(str(path), "it has no text, expected some below the head", MEND)


def _credits(head: HeadTable, name: str) -> tuple[Credit, ...]:
    """Who translated it, and who reviewed that: a machine's work is post-edited, a human's revised."""
    engine = (PersonTable(name=head.machine, kind="software"),) if head.machine else ()
    review = "reviser" if head.translator else "post-editor"
    told = (
        ("machine", "translator", engine),
        ("translator", "translator", head.translator),
        ("reviewer", review, head.reviewer),
    )

    def evidence(key: str, person: PersonTable) -> Evidence:
        return Evidence(where=f"translations/{name}", rule="editor", text=f"{key}: {person.name}")

    return tuple(
        credit for key, role, people in told for one in people for credit in credited(role, (one,), evidence(key, one))
    )


# ── the head ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _yaml(path: Path, head: str) -> dict[str, Any]:
    """The keys of `head` with texts, lists and tables of texts; keys without a value are left out.

    Read as bare texts, so that `language: no` is Norwegian (YAML 1.1 has it false) and `title: 1984` a title.
    Raises ConfigError for what is no YAML, or has a key twice: the second would quietly replace the first.
    """
    try:
        node = yaml.compose(head, Loader=yaml.BaseLoader)
        data = _plain(path, node) if node else {}
    except yaml.MarkedYAMLError as error:
        raise broken_yaml(path, head, error) from None
    except yaml.YAMLError:  # of its characters
        raise ConfigError(str(path), "its head has control characters, expected text", MEND) from None
    if not isinstance(data, dict):
        raise ConfigError(str(path), "its head has no keys, expected lines such as language: de", MEND)
    return data


def _plain(path: Path, node: yaml.Node, depth: int = 0) -> Any:
    if depth > _DEPTH:
        raise ConfigError(_line(path, node.start_mark), "too deeply nested, expected names or lists of them", MEND)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(path, one, depth + 1) for one in node.value]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    data: dict[str, Any] = {}
    for key, value in node.value:
        name = str(_plain(path, key, depth + 1))
        if name in data:
            why = f"{name} is said twice, expected once: several names are a list, [Ida, Ole]"
            raise ConfigError(_line(path, key.start_mark), why, MEND)
        data[name] = _plain(path, value, depth + 1)
    return {name: value for name, value in data.items() if value != ""}


def _line(path: Path, mark: yaml.Mark | None) -> str:
    return f"{path}: line {mark.line + 1}" if mark else str(path)
