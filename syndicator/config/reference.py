"""The reference of the settings and of the editor's files, written from the tables that read them.

    python -m syndicator.config.reference      (./run.sh docs) rewrites all three; a test compares them

This module must not describe a key itself: the words stand beside the key, in `tables.py`, `overrides.py`,
`translations.py` and `people.py`.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from syndicator.config.outline import expected, inner, is_named
from syndicator.config.overrides import OriginalTable, OverrideTable
from syndicator.config.people import CreditedTable
from syndicator.config.tables import File
from syndicator.config.translations import HeadTable
from syndicator.config.values import duration_text, size, size_text

TOML = "config/syndicator.full.toml"
PAGE = "docs/reference/settings.md"
FILES_PAGE = "docs/reference/overrides.md"
EXAMPLE_NAMES = {"subscriptions": "lighthouse", "publications": "english"}

_TOML_HEAD = """\
# Every setting with its default. Written by ./run.sh docs from the program itself: copy from here, do not edit here.
# A line that begins with # and a key has no default; required keys have none either and show an example.
# Relative paths count from this file's folder. Each key is also an environment variable, SYNDICATOR_SECTION__KEY,
# or SYNDICATOR_SECTION__KEY_FILE for a file that holds the value."""

_PAGE_HEAD = """\
# Settings

Written by `./run.sh docs` from the program itself. The file is TOML; `config/syndicator.toml` is a small one,
`config/syndicator.full.toml` has every key.

- Each setting is also an environment variable, which wins over the file: `SYNDICATOR_FETCH__TIMEOUT`,
  `SYNDICATOR_SUBSCRIPTIONS__LIGHTHOUSE__URL` (a `-` in a name becomes `_`; the name must stand in the file). Lists are
  words separated by commas. With `_FILE` appended, the variable names a file that holds the value, for secrets.
- Relative paths count from the folder of the configuration file, wherever the program is started.
- A duration is a whole number and `s`, `m`, `h` or `d`; a size one and `B`, `kB`, `MB`, `GB`, `KiB`, `MiB` or `GiB`."""


def full_toml() -> str:
    """The text of config/syndicator.full.toml: it loads, and every key that has a default has it."""
    return "\n\n".join((_TOML_HEAD, *("\n".join(_section(*one)) for one in _tables()))) + "\n"


def settings_page() -> str:
    """The text of docs/reference/settings.md: one table for each table of the file."""
    return "\n\n".join((_PAGE_HEAD, *("\n".join(_page_section(*one)) for one in _tables("NAME")))) + "\n"


_FILES_HEAD = """\
# Overrides and translations

Written by `./run.sh docs` from the program itself. Both folders stand beside the configuration file:

- `overrides/NAME.toml` mends one entry, in TOML: [mend a credit](../howto/editors/mend-a-credit.md).
- `translations/NAME.md` is a translation: [attach a translation](../howto/editors/attach-a-translation.md).

NAME is yours to choose. Other files in these folders are not read, so `fog-bell.toml.example` does nothing. `check` and
the log tell of a mistake in a file; it touches no other file, and the daemon goes on with what that file said before.
Deleting a file undoes it, but for what it withdrew."""

_HEAD_NOTE = """\
The head is YAML, one `key: value` a line. A text with a colon in it stands in `"…"`. Several people are a list:
`[Ida Brandt, Ole Quist]`. Below the head comes the text in Markdown (CommonMark, tables, HTML where needed)."""


def files_page() -> str:
    """The text of docs/reference/overrides.md: one table for each table of the editor's files."""
    parts = (
        _FILES_HEAD,
        _file_section("## `overrides/NAME.toml`", OverrideTable, " = "),
        _file_section("### A person", CreditedTable, " = "),
        _file_section("### `original`", OriginalTable, " = "),
        _file_section("## `translations/NAME.md`", HeadTable, ": "),
        _HEAD_NOTE,
    )
    return "\n\n".join(parts) + "\n"


def _file_section(heading: str, table: type[BaseModel], sign: str) -> str:
    lines = [f"{heading}\n\n{_summary(table)}\n\n| key | meaning | value | for example |\n|---|---|---|---|"]
    for name, field in table.model_fields.items():
        key, needed = field.alias or name, " (required)" if field.is_required() else ""
        example = _toml((field.examples or [field.default])[0], field)
        shown = example if sign == " = " else example.strip('"')
        lines.append(f"| `{key}`{needed} | {field.description} | {expected(field)} | `{key}{sign}{shown}` |")
    return "\n".join(lines)


def _tables(name: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Each table of the file as its heading and model; `name` stands for the names that are the editor's to choose."""
    for key, field in File.model_fields.items():
        below = inner(field)
        if below:
            heading = f"{key}.{name or EXAMPLE_NAMES[key]}" if is_named(field) else key
            yield heading, below
            yield from ((f"{heading}.{one}", table) for one, table in _optional_tables(below))


def _optional_tables(table: type[BaseModel]) -> Iterator[tuple[str, type[BaseModel]]]:
    return ((key, below) for key, field in table.model_fields.items() if (below := inner(field)))


def _section(heading: str, table: type[BaseModel]) -> Iterator[str]:
    """The lines of one table. One that may be absent, as a subscription's permission, is commented out whole."""
    absent = "# " if heading.endswith(".permission") else ""
    yield f"# {_summary(table)}"
    yield f"{absent}[{heading}]"
    for name, field in table.model_fields.items():
        if _is_table(field):
            continue
        has_value = field.is_required() or field.default is not None
        yield f"# {field.description}{' (required)' if field.is_required() else ''}"
        yield f"{absent or ('' if has_value else '# ')}{field.alias or name} = {_toml(_value(field), field)}"


def _page_section(heading: str, table: type[BaseModel]) -> Iterator[str]:
    yield f"## `[{heading}]`\n\n{_summary(table)}\n\n| key | default | meaning | value |\n|---|---|---|---|"
    for name, field in table.model_fields.items():
        default = "" if field.default is None or _is_table(field) else f"`{_toml(field.default, field)}`"
        yield (
            f"| `{field.alias or name}` | {'required' if field.is_required() else default} "
            f"| {field.description} | {expected(field)} |"
        )


def _is_table(field: FieldInfo) -> bool:
    """Whether a key is a table that is always there, so that it is no line of the table around it."""
    return isinstance(field.default, BaseModel)


def _summary(table: type[BaseModel]) -> str:
    return (table.__doc__ or "").strip()


def _value(field: FieldInfo) -> object:
    """The default of a setting, or its example where it has none."""
    has_default = field.default is not None and field.default is not PydanticUndefined
    return field.default if has_default else (field.examples or [""])[0]


def _toml(value: object, field: FieldInfo) -> str:
    match value:
        case bool():
            return str(value).lower()
        case timedelta():
            return f'"{duration_text(value)}"'
        case int():
            return f'"{size_text(value)}"' if _is_size(field) else str(value)
        case list() | tuple():
            return f"[{', '.join(_toml(one, field) for one in value)}]"
        case date():
            return value.isoformat()
        case _:
            return f'"{value}"'


def _is_size(field: FieldInfo) -> bool:
    return any(isinstance(mark, BeforeValidator) and mark.func is size for mark in field.metadata)


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    for path, text in ((TOML, full_toml()), (PAGE, settings_page()), (FILES_PAGE, files_page())):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        print(path)
