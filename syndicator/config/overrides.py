"""Reading `overrides/*.toml`: an editor's word on one entry, one file each.

This module must not look whether there is such an entry, nor apply anything.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasChoices, BeforeValidator, Field

from syndicator.config import values
from syndicator.config.folders import checked, read_folder, text_of
from syndicator.config.outline import preferred
from syndicator.config.people import Credited, credited
from syndicator.config.problems import MEND
from syndicator.config.syntax import parsed_toml
from syndicator.config.tables import Table
from syndicator.config.values import Expected
from syndicator.errors import ConfigError
from syndicator.model import Evidence, Mistake, Original, Override

_ROLES = ("author", "translator", "reviser", "post_editor", "editor", "illustrator", "photographer", "publisher")


class OriginalTable(Table):
    """The work that the entry was translated or reprinted from. Its address alone may stand instead of the table."""

    url: values.WebAddress | None = Field(
        default=None, description="its address", examples=["https://leuchtfeuer.example/nebelglocke/"]
    )
    site: values.Line | None = Field(default=None, description="who published it", examples=["Leuchtfeuer"])
    language: values.Language | None = Field(default=None, description="its language", examples=["de"])


def _stated(value: object) -> object:
    return {"url": value} if isinstance(value, str) else {} if value is False else value


def _role(text: str, example: str, key: str | None = None) -> Any:
    return Field(default=None, description=text, alias=key, examples=[example])


class OverrideTable(Table):
    """A file in `overrides/`. What it does not say stays as it was read."""

    entry: values.EntryName = Field(
        description="the entry's address or id", examples=["https://tidewater.example/fog-bell/"]
    )
    why: values.Line = Field(
        description="who said so, and when; explain shows it", examples=["letter from Maren Oakes, 3 May 2026"]
    )
    withdraw: values.Flag = Field(default=False, description="true takes the entry down", examples=[True])
    title: values.Line | None = Field(default=None, description="its title", examples=["The fog bell"])
    language: values.Language | None = Field(default=None, description="its language", examples=["en"])
    licence: values.LicenceName | None = Field(
        default=None,
        validation_alias=AliasChoices("licence", "license"),
        description="its licence: an SPDX id or a web address; wins over what upstream states",
        examples=["CC-BY-4.0"],
    )
    original: Annotated[
        OriginalTable | None,
        BeforeValidator(_stated),
        Expected("an http:// or https:// address, a table with url, site, language, or false"),
    ] = Field(
        default=None,
        description="the work it was translated or reprinted from; false where it comes from nowhere else",
        examples=["https://leuchtfeuer.example/nebelglocke/"],
    )
    author: Credited | None = _role("who wrote it", "Ada Quist")
    translator: Credited | None = _role("who translated it", "Maren Oakes")
    reviser: Credited | None = _role("who revised the translation", "Ida Brandt")
    post_editor: Credited | None = _role("who corrected a machine's translation", "Ida Brandt", "post-editor")
    editor: Credited | None = _role("who edited it", "Ida Brandt")
    illustrator: Credited | None = _role("who drew its pictures", "Ole Brandt")
    photographer: Credited | None = _role("who took its pictures", "Ole Brandt")
    publisher: Credited | None = _role("who published it", "Tidewater")


def read_overrides(folder: Path, earlier: Sequence[Override] = ()) -> tuple[tuple[Override, ...], tuple[Mistake, ...]]:
    """The overrides in the files `*.toml` of `folder`, by name, and what is wrong with the others.

    A file that is wrong keeps what it said in `earlier`. Two files about one entry are a mistake of the second.
    """
    holders: dict[str, str] = {}

    def read(path: Path) -> Override:
        override = _override(path)
        holder = holders.setdefault(override.entry, path.name)
        if holder != path.name:
            raise ConfigError(f"{path}: entry", f"{holder} is about this entry already", "join them into one file")
        return override

    return read_folder(folder, ".toml", read, {one.file: one for one in earlier})


def _override(path: Path) -> Override:
    """Raises ConfigError that names every problem of the file."""
    table = checked(path, parsed_toml(path, text_of(path)), OverrideTable)
    given = table.model_dump(exclude_unset=True).keys() - {"entry", "why"}
    if not given:
        keys = ", ".join(key for key in preferred(OverrideTable) if key not in {"entry", "why"})
        raise ConfigError(str(path), f"it changes nothing, expected one of {keys}", MEND)
    evidence = Evidence(where=f"override {path.name}", rule="editor", text=table.why)
    people = {field.replace("_", "-"): getattr(table, field) for field in OverrideTable.model_fields if field in _ROLES}
    stated = {role: named for role, named in people.items() if named is not None}
    original = _original(table.original) if table.original else None
    return Override(
        file=path.name,
        entry=table.entry,
        why=table.why,
        withdraw=table.withdraw,
        title=table.title,
        language=table.language,
        licence=table.licence,
        original=original,
        no_original=table.original is not None and original is None,
        roles=tuple(stated),
        credits=tuple(credit for role, named in stated.items() for credit in credited(role, named, evidence)),
    )


def _original(table: OriginalTable) -> Original | None:
    said = Original(url=table.url, site=table.site, language=table.language)
    return None if said == Original() else said
