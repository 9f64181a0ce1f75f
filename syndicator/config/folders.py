"""The editor's folders beside the configuration: every file by itself, so that a mistake in one touches no other.

This module must not know what stands in the files.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from syndicator.config.problems import MEND, found_by_pydantic, refusal
from syndicator.config.syntax import not_utf8
from syndicator.errors import ConfigError
from syndicator.model import Mistake

Value = TypeVar("Value")
Model = TypeVar("Model", bound=BaseModel)


def read_folder(
    folder: Path, ending: str, read: Callable[[Path], Value], earlier: Mapping[str, Value]
) -> tuple[tuple[Value, ...], tuple[Mistake, ...]]:
    """What `read` makes of each file in `folder` whose name ends in `ending`, by name; and what is wrong.

    `read` raises ConfigError. In place of a file that is wrong stands its value in `earlier` (by file name), if any. A
    folder that is not there holds nothing; of one that cannot be read all of `earlier` stays. Hidden files and those of
    another ending are nobody's business, but for what a word processor made of ours ("x.toml.txt").
    """
    values: list[Value] = []
    mistakes: list[Mistake] = []
    try:
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
    except OSError as error:
        return tuple(earlier.values()), (_mistake(_unreadable(folder, error)),)
    for path in _ours(paths, ending):
        try:
            values.append(read(_named(path, ending)))
        except ConfigError as error:
            mistakes.append(_mistake(error))
            values += [earlier[path.name]] if path.name in earlier else []
    return tuple(values), tuple(mistakes)


def text_of(path: Path) -> str:
    """The text in `path`, lines ended by one line feed. Raises ConfigError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _unreadable(path, error) from None
    except UnicodeDecodeError as error:
        raise not_utf8(path, error, "text") from None


def checked(path: Path, data: dict[str, Any], table: type[Model]) -> Model:
    """`data`, read from `path`, as a `table`. Raises ConfigError that names every problem."""
    try:
        return table.model_validate(data)
    except ValidationError as error:
        raise refusal(path, found_by_pydantic(error, {}, table), {}) from None


def unread(folder: Path, ending: str) -> list[str]:
    """A sentence for each file in `folder` that a writer may think is read; not for copies, examples, hidden ones."""
    try:
        names = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    except OSError:
        return []  # `read_folder` has said so
    left = [name for name in names if not re.search(rf"^\.|^README|~$|\.(example|bak)$|{ending}(\.txt)?$", name, re.I)]
    return [f"{folder.name}/{name}: it is not read, as its name does not end in {ending}" for name in left]


def _ours(paths: list[Path], ending: str) -> Iterator[Path]:
    for path in paths:
        name = path.name.lower()
        if not name.startswith(".") and name.endswith((ending, f"{ending}.txt")):
            yield path


def _named(path: Path, ending: str) -> Path:
    if not path.name.lower().endswith(ending):
        why = f"its name ends in {path.suffix}, expected {ending}"
        raise ConfigError(str(path), why, f"call it {path.stem}")
    return path


def _unreadable(path: Path, error: OSError) -> ConfigError:
    return ConfigError(str(path), f"cannot be read: {error.strerror}", "check its rights, then run: syndicator check")


def _mistake(error: ConfigError) -> Mistake:
    return Mistake(subject=error.subject, why=error.why, hint=error.hint or MEND)
