"""Reading a configuration: the file, the environment over it, every problem at once or a Config; the editor's files.

This module must not know single settings (`tables.py` does) and must not touch `os.environ`: it is given a mapping.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from pydantic import ValidationError

from syndicator.config.configuration import Config, configuration
from syndicator.config.environment import override
from syndicator.config.folders import unread
from syndicator.config.overrides import read_overrides
from syndicator.config.problems import dangling, found_by_pydantic, refusal
from syndicator.config.syntax import not_utf8, parsed_toml
from syndicator.config.tables import File
from syndicator.config.templates import read_templates
from syndicator.config.translations import read_translations
from syndicator.errors import ConfigError

FOLDERS = {"overrides": ".toml", "templates": "", "translations": ".md"}  # the editor's, beside the configuration file


def load(path: Path, environ: Mapping[str, str], earlier: Config | None = None) -> Config:
    """The configuration in the TOML file at `path`, with SYNDICATOR_SECTION__KEY in `environ` over it, and the editor's
    files in the folders `overrides`, `templates` and `translations` beside it.

    A file of the editor that is wrong is one of the Config's `mistakes`; what it said in `earlier` still counts.

    Raises ConfigError: its subject is "FILE: key" (or the environment variable) of the first problem; its reason gives
    the value found and what was expected, and lists the other problems.
    """
    seen = stamp(path)  # first: what changes while this reads is a change
    config, folder = judged(_text(path), path, environ), path.parent
    overrides, wrong = read_overrides(folder / "overrides", earlier.overrides if earlier else ())
    translations, also = read_translations(folder / "translations", earlier.translations if earlier else ())
    templates, unfit = read_templates(folder / "templates", earlier.templates if earlier else {})
    read = replace(config, overrides=overrides, translations=translations, templates=templates)
    return replace(read, mistakes=wrong + also + unfit, stamp=seen)


def stamp(path: Path) -> tuple[tuple[str, int, int], ...]:
    """What changes when the configuration file at `path`, or one of the editor's files, does: names, times, sizes."""
    folder = path.absolute().parent
    files = [path, *(one for name in FOLDERS for one in sorted(folder.glob(f"{name}/*")))]
    found = []
    for file in files:
        with suppress(OSError):  # gone in this moment: then its name is missing
            status = file.stat()
            found.append((str(file), status.st_mtime_ns, status.st_size))
    return tuple(found)


def strays(path: Path) -> tuple[str, ...]:
    """What stands beside the configuration at `path` like an editor's file, and is not read: a sentence each."""
    folder = path.absolute().parent
    found = [one for name, ending in FOLDERS.items() for one in unread(folder / name, ending)]
    for beside in sorted(one for one in folder.iterdir() if one.is_dir() and one.name not in FOLDERS):
        meant = get_close_matches(beside.name.lower(), FOLDERS, n=1, cutoff=0.9)
        if meant and not (folder / meant[0]).is_dir():
            found.append(f"folder {beside.name}: it is not read; is it meant to be {meant[0]}?")
    return tuple(found)


def judged(text: str, path: Path, environ: Mapping[str, str]) -> Config:
    """What `load` would give, and raise, if the file at `path` held `text`: for changes, before they are written."""
    data = parsed_toml(path, text)
    origins, problems = override(data, environ, path.absolute().parent)
    problems += dangling(data)
    try:
        file = File.model_validate(data)
    except ValidationError as error:
        raise refusal(path, [*found_by_pydantic(error, origins), *problems], origins) from None
    if problems:
        raise refusal(path, problems, origins)
    return configuration(file, path)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors begin a file with U+FEFF
    except FileNotFoundError:
        raise ConfigError(str(path), "there is no such file", _hint_for_missing(path)) from None
    except IsADirectoryError as error:
        hint = f"name the file: syndicator --config {path}/syndicator.toml"
        raise ConfigError(str(path), f"cannot be read: {error.strerror}", hint) from None
    except OSError as error:
        hint = "check the path and its rights, or name another: syndicator --config PATH"
        raise ConfigError(str(path), f"cannot be read: {error.strerror}", hint) from None
    except UnicodeDecodeError as error:
        raise not_utf8(path, error, "TOML") from None


def _hint_for_missing(path: Path) -> str:
    """A word processor may have added an ending that a folder's window does not show."""
    added = path.with_name(f"{path.name}.txt")
    return f"rename {added.name} to {path.name}" if added.is_file() else "make one with: syndicator init"
