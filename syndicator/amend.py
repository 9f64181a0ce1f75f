"""Changes that commands make to the configuration file: what the editor wrote, comments too, stays as it is.

This module must not judge settings (`config` does, when the file is next read), nor leave a half-written file.
"""

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array, Table

from syndicator.errors import ConfigError, UsageError

NAME = re.compile("[a-z0-9-]+")


def add_subscription(path: Path, name: str, fields: Mapping[str, object], publication: str | None) -> None:
    """Append `[subscriptions.NAME]` with `fields` to the file, and list it last in `publication` where one is given.

    `fields` are TOML values; those that are None are left out. Raises UsageError when `name` is none or taken, or
    there is no such publication, ConfigError when the file cannot be read or written. The file is changed whole or
    not at all.
    """
    document = _read(path)
    if not NAME.fullmatch(name):
        raise UsageError(
            f"subscription {name!r}", "that cannot be a name", "use a-z, 0-9 and -, for example: the-lighthouse"
        )
    if name in document.get("subscriptions", {}):
        raise UsageError(f"subscription {name}", f"{path} has one of that name already", "choose another name")
    if publication is not None:
        _list_last(_existing(document, path, "publications", publication), name)
    # written as text behind all else: tomlkit would put the table between the next section and the comment above it
    added = {"subscriptions": {name: {key: value for key, value in fields.items() if value is not None}}}
    before = tomlkit.dumps(document)
    _write(path, f"{before.rstrip()}\n\n{tomlkit.dumps(added)}" if before.strip() else tomlkit.dumps(added))


def permit(path: Path, name: str, sentence: str) -> None:
    """Record `sentence` as the permission of the subscription `name`, in place of one that stands there.

    Raises UsageError when there is no such subscription or the sentence is empty, ConfigError when the file cannot be
    read or written.
    """
    document = _read(path)
    if not sentence.strip():
        raise UsageError(
            f"subscription {name}", "the permission says nothing", 'say who gave it and when: "letter of …"'
        )
    subscription = _existing(document, path, "subscriptions", name)
    tail = _cut_tail(subscription.get("permission")) or _cut_tail(subscription)
    subscription["permission"] = sentence
    for line in tail:
        subscription.add(line)
    _write(path, tomlkit.dumps(document))


def _cut_tail(table: Any) -> list[Any]:
    """Take the comments and empty lines off the end of `table`: they mostly speak of the section that follows."""
    tail: list[Any] = []
    while isinstance(table, Table) and table.value.body and table.value.body[-1][0] is None:
        tail.insert(0, table.value.body.pop()[1])
    return tail


def _existing(document: TOMLDocument, path: Path, section: str, name: str) -> Any:
    known = document.get(section, {})
    if name not in known:
        kind = section.removesuffix("s")
        raise UsageError(f"{kind} {name}", f"{path} has none of that name", f"known are: {', '.join(known) or 'none'}")
    return known[name]


def _list_last(publication: Any, name: str) -> None:
    listed = publication.setdefault("subscriptions", tomlkit.array())
    if isinstance(listed, Array) and name not in listed:
        listed.append(name)


def _read(path: Path) -> TOMLDocument:
    try:
        return tomlkit.parse(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(str(path), "there is no such file", "make one with: syndicator init") from None
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise ConfigError(str(path), f"{error}, expected TOML in UTF-8") from None


def _write(path: Path, text: str) -> None:
    """Replace the file at `path`, or the one that the link at `path` leads to, in one step; its mode is kept."""
    target = path.resolve()
    try:
        tomlkit.parse(text)
        _replace(target, text.encode())
    except TOMLKitError as error:
        raise ConfigError(str(path), f"cannot be amended: {error}", "write each subscription as a [section]") from None
    except OSError as error:
        raise ConfigError(str(path), f"cannot be written: {error.strerror}") from None


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
