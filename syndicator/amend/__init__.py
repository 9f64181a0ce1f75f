"""Changes that commands make to the configuration file: what the editor wrote, comments too, stays as it is.

`sections.py` cuts the text, so that only the section that changes is written anew. Two checks come before a byte is
written: the new text says what was meant and nothing else, and the caller's judge takes it. This module must not judge
settings itself, nor leave a half-written file.
"""

import os
import re
import tempfile
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import tomlkit

from syndicator.amend.sections import changed, comments_behind, cut, place_of, table_in
from syndicator.errors import ConfigError, UsageError

Judge = Callable[[str], object]
"""Raises ConfigError for a text that is no usable configuration; what it returns is not looked at."""

NAME = re.compile("[a-z0-9-]+")
_AS_SECTION = "write each subscription and publication as a [section] of its own"


def add_subscriptions(
    path: Path, added: Mapping[str, Mapping[str, object]], publication: str | None, judge: Judge
) -> None:
    """Append `[subscriptions.NAME]` with its fields for each of `added`, and list all last in `publication` if given.

    Fields are TOML values; those that are None are left out. Raises UsageError when a name is none or taken, there is
    no such publication or `judge` refuses the outcome, ConfigError when the file cannot be read, amended or written.
    The file is changed whole or not at all.
    """
    text = _read(path)
    meant = _parsed(path, text)
    tables = {
        name: {key: value for key, value in fields.items() if value is not None} for name, fields in added.items()
    }
    for name in tables:
        _free(path, meant, name)
    sections = cut(text)
    if publication is not None:
        _change(path, meant, sections, ("publications", publication), lambda table: _list_last(table, tuple(tables)))
    meant["subscriptions"] = table_in(meant, "subscriptions") | tables
    # written behind all else: tomlkit would put it between the next section and the comment above that
    before, behind = "".join(sections).rstrip(), tomlkit.dumps({"subscriptions": tables})
    _write(path, text, f"{before}\n\n{behind}" if before else behind, meant, judge)


def permit(path: Path, name: str, sentence: str, judge: Judge) -> None:
    """Record `sentence` as the permission of the subscription `name`, in place of one that stands there.

    Raises UsageError when there is no such subscription, the sentence is empty or `judge` refuses the outcome,
    ConfigError when the file cannot be read, amended or written.
    """
    if not sentence.strip():
        raise UsageError(
            f"subscription {name}", "the permission says nothing", 'say who gave it and when: "letter of …"'
        )
    text = _read(path)
    meant, sections = _parsed(path, text), cut(text)
    for n, section in enumerate(sections):
        if place_of(section)[:3] == ("subscriptions", name, "permission"):
            sections[n] = comments_behind(section)
    _change(path, meant, sections, ("subscriptions", name), lambda table: _say(table, "permission", sentence))
    _write(path, text, "".join(sections), meant, judge)


def _free(path: Path, data: Mapping[str, Any], name: str) -> None:
    if not NAME.fullmatch(name):
        raise UsageError(
            f"subscription {name!r}", "that cannot be a name", "use a-z, 0-9 and -, for example: the-lighthouse"
        )
    if name in table_in(data, "subscriptions"):
        raise UsageError(f"subscription {name}", f"{path} has one of that name already", "choose another name")


def _list_last(publication: Any, names: Sequence[str]) -> None:
    if "subscriptions" not in publication:
        publication["subscriptions"] = []
    listed = publication["subscriptions"]
    if isinstance(listed, str):  # "one, two" is read as a list too
        _say(publication, "subscriptions", [*(word.strip() for word in listed.split(",") if word.strip()), *names])
        return
    for name in names:
        if name not in listed:
            listed.append(name)


def _say(table: Any, key: str, value: object) -> None:
    """Set `key`; where a table stands (in braces, or as dotted keys) the new value goes behind the other keys."""
    if isinstance(table.get(key), Mapping):
        del table[key]
    table[key] = value


def _change(
    path: Path, data: dict[str, Any], sections: list[str], place: tuple[str, str], change: Callable[[Any], None]
) -> None:
    """Apply `change` to the table at `place`, once in `data` and once in the section of `sections` that holds it."""
    kind, name = place
    known = table_in(data, kind)
    if name not in known:
        hint = f"known are: {', '.join(known) or 'none'}"
        raise UsageError(f"{kind.removesuffix('s')} {name}", f"{path} has none of that name", hint)
    change(known[name])
    for n, section in enumerate(sections):
        if len(place_of(section)) <= len(place) and name in table_in(tomllib.loads(section), kind):
            if (text := changed(section, place, change)) is None:
                break
            sections[n] = text
            return
    raise ConfigError(f"{path}: {kind}.{name}", "cannot be amended as it is written", _AS_SECTION)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(str(path), "there is no such file", "make one with: syndicator init") from None
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}", "check the path and its rights") from None
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), f"{error}, expected TOML in UTF-8", "save it as UTF-8") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"{error}, expected TOML in UTF-8", "run: syndicator check") from None


def _write(path: Path, before: str, after: str, meant: Mapping[str, Any], judge: Judge) -> None:
    """Replace the file at `path`, or the one that the link at `path` leads to, in one step; its mode is kept."""
    if not _says(after, meant):
        raise ConfigError(str(path), "cannot be amended: more would change than was asked for", _AS_SECTION)
    try:
        judge(after)
        _replace(path.resolve(), _with_line_ends_of(before, after).encode())
    except ConfigError as error:
        raise UsageError(error.subject, error.why, "say it otherwise; the file is as it was") from None
    except OSError as error:
        raise ConfigError(str(path), f"cannot be written: {error.strerror}", "check the rights of its folder") from None


def _says(text: str, meant: Mapping[str, Any]) -> bool:
    try:
        return tomllib.loads(text) == meant
    except tomllib.TOMLDecodeError:
        return False


def _with_line_ends_of(before: str, after: str) -> str:
    """`after` with CRLF at every line's end where `before` had nothing else."""
    only_crlf = "\r\n" in before and not re.search("(?<!\r)\n", before)
    return re.sub("(?<!\r)\n", "\r\n", after) if only_crlf else after


def _replace(target: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(target.stat().st_mode)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
