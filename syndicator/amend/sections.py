"""The text of a configuration cut into its [sections], of which one is changed and the others stay byte for byte.

tomlkit alone cannot do it: a table whose sections stand apart in the file is nothing that it can change. This module
must not read or write files.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any

import tomlkit
from tomlkit.items import InlineTable, Table

Place = tuple[str, ...]
"""The keys that lead to a table."""


def cut(text: str) -> list[str]:
    """`text`, which is TOML, cut before each header; joined again they are `text`."""
    sections = [""]
    for line in re.split("(?<=\n)", text):  # LF alone ends a line of TOML; splitlines knows more
        if line.lstrip(" \t").startswith("[") and _is_complete(sections[-1]):
            sections.append("")
        sections[-1] += line
    return sections


def place_of(section: str) -> Place:
    """The keys in the header of `section`; none for what stands before the first header."""
    header = section.partition("\n")[0].strip()
    below: Any = tomllib.loads(header) if header.startswith("[") else {}
    place: Place = ()
    while isinstance(below, dict) and below:
        ((key, below),) = below.items()
        place += (key,)
    return place


def changed(section: str, place: Place, change: Callable[[Any], None]) -> str | None:
    """`section` after `change` was applied to the table at `place` in it, above the comments at the section's end.

    None where tomlkit cannot: the table's keys are dotted, with those of others between them.
    """
    document = tomlkit.parse(section)
    table = _at(document, place)
    if not isinstance(table, Table | InlineTable):
        return None
    tail = _cut_tail(table)
    change(table)
    for line in tail:
        table.add(line)
    return tomlkit.dumps(document)


def comments_behind(section: str) -> str:
    """The comments and empty lines at the end of `section`: what is left of it when it goes."""
    table = _at(tomlkit.parse(section), place_of(section))
    return "".join(line.as_string() for line in _cut_tail(table))


def _at(document: Any, place: Place) -> Any:
    for key in place:
        document = document[key]
    return document


def _is_complete(section: str) -> bool:
    """Whether no string or array of several lines is still open, in which a line may begin with [ too."""
    try:
        tomllib.loads(section)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _cut_tail(table: Any) -> list[Any]:
    """Take the comments and empty lines off the end of `table`: they mostly speak of the section that follows."""
    tail: list[Any] = []
    while isinstance(table, Table) and table.value.body and table.value.body[-1][0] is None:
        tail.insert(0, table.value.body.pop()[1])
    return tail


def table_in(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    """The table at `key` of parsed TOML; an empty one where there is none."""
    value = data.get(key)
    return value if isinstance(value, dict) else {}
