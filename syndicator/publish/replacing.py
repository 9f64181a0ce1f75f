"""Some files of one folder, put in the place of the older ones with their compressed copies.

Killed at any point, it leaves a file without copies, never with another's. It must not choose what is written.
"""

import os
import tempfile
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from syndicator.publish.copies import COMPRESS, SMALL, copies_of
from syndicator.publish.disk import delete, sync, told

SECOND = 1_000_000_000  # ns
MODE = 0o644


@dataclass(frozen=True, slots=True)
class Staged:
    """A file that is about to be replaced: where its bytes and those of its copies lie for now, by their places."""

    target: Path
    changed: bool
    temporary: Mapping[Path, Path]


def replace_all(folder: Path, files: Mapping[str, bytes], unfinished: Path) -> list[Staged]:
    """Put `files`, by their names in `folder`, and their copies at their places, but for those that stood there
    already.

    Everything is on the disk under temporary names first: many are synced in less time than one after the other. Then
    the old copies go, and the disk is told so, before the new files come; their own copies come last.
    """
    with ExitStack() as stack:
        found = [_stage(folder / name, body, unfinished, stack) for name, body in files.items()]
        staged = [one for one in found if one]
        for one in staged:
            with told(one.target):
                for name in one.temporary.values():
                    sync(name)
        with told(folder):
            if delete(copy for one in staged for copy in copies_of(one.target).values()):
                sync(folder)
        for one in staged:
            with told(one.target):
                for place, name in one.temporary.items():
                    name.replace(place)
    return staged


def _stage(target: Path, body: bytes, unfinished: Path, stack: ExitStack) -> Staged | None:
    """`body` and its copies under temporary names, which `stack` deletes if they are still there; None where all stood
    at `target` already.
    """
    with told(target):
        changed = not _same(target, body)
        date = _next_date(target) if changed else target.stat().st_mtime_ns
        copies = copies_of(target)
        wanted = copies if len(body) > SMALL else {}
        if not changed and all(_date(copy) == (date if wanted else None) for copy in copies.values()):
            return None
        bodies = {target: body} if changed else {}
        bodies |= {copy: COMPRESS[suffix](body) for suffix, copy in wanted.items()}
        unfinished.mkdir(exist_ok=True)
        temporary = {place: _temporary(unfinished, bytes_, date, stack) for place, bytes_ in bodies.items()}
        return Staged(target, changed, temporary)


def _next_date(target: Path) -> int:
    """The date (ns) of a file that is about to be replaced: now, but in a later second than the date that it bears.

    HTTP dates and nginx's ETags count whole seconds; two versions in one second would pass for the same.
    """
    return max(time.time_ns(), ((_date(target) or 0) // SECOND + 1) * SECOND)


def _date(path: Path) -> int | None:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime_ns
    return None


def _temporary(unfinished: Path, body: bytes, date: int, stack: ExitStack) -> Path:
    """Write `body` under a temporary name; `stack` deletes it if it is still there."""
    handle, name = tempfile.mkstemp(dir=unfinished)
    stack.callback(Path(name).unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as file:
        file.write(body)
        file.flush()  # what is written later would change the date
        os.fchmod(file.fileno(), MODE)
        os.utime(file.fileno(), ns=(date, date))
    return Path(name)


def _same(target: Path, body: bytes) -> bool:
    with suppress(FileNotFoundError):
        return target.stat().st_size == len(body) and target.read_bytes() == body
    return False
