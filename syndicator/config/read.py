"""Reading a configuration: the file, then the environment over it, then every problem at once or a Config.

This module must not know single settings (`tables.py` does) and must not touch `os.environ`: it is given a mapping.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from syndicator.config.configuration import Config, configuration
from syndicator.config.environment import override
from syndicator.config.problems import MEND, dangling, found_by_pydantic, refusal
from syndicator.config.tables import File
from syndicator.errors import ConfigError


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """The configuration in the TOML file at `path`, with SYNDICATOR_SECTION__KEY in `environ` over it.

    Raises ConfigError: its subject is "FILE: key" (or the environment variable) of the first problem; its reason gives
    the value found and what was expected, and lists the other problems.
    """
    return judged(_text(path), path, environ)


def judged(text: str, path: Path, environ: Mapping[str, str]) -> Config:
    """What `load` would give, and raise, if the file at `path` held `text`: for changes, before they are written."""
    data = _parsed(text, path)
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
        raise ConfigError(str(path), "there is no such file", "make one with: syndicator init") from None
    except IsADirectoryError as error:
        hint = f"name the file: syndicator --config {path}/syndicator.toml"
        raise ConfigError(str(path), f"cannot be read: {error.strerror}", hint) from None
    except OSError as error:
        hint = "check the path and its rights, or name another: syndicator --config PATH"
        raise ConfigError(str(path), f"cannot be read: {error.strerror}", hint) from None
    except UnicodeDecodeError as error:
        why = f"byte {error.start} is not UTF-8, expected TOML in UTF-8"
        raise ConfigError(str(path), why, "save it as UTF-8, or check that it is the configuration") from None


def _parsed(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(path, text, str(error)) from None


def _syntax(path: Path, text: str, message: str) -> ConfigError:
    """What tomllib says of `text` in `message`, which ends with "(at line 3, column 5)" or "(at end of document)"."""
    why, _, where = message.removesuffix(")").partition(" (at ")
    place = where if where.startswith("line") else f"line {len(text.splitlines())}"
    return ConfigError(f"{path}: {place}", f"{why}, expected TOML", MEND)
