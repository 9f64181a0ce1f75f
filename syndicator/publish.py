"""Bytes to files, so that a subscriber never sees half a document and a crash never costs one.

Each file is written in a folder of its own for that, synced, and renamed over the old one; then its folder is synced
(rename(2) is atomic, but only a synced folder survives a power cut). Unchanged files are not touched: their dates stay
true. One publisher works in a directory at a time, so what lies among the unfinished is a killed one's. No folder is
ever listed but that one: others may hold a hundred thousand pages.

Beside a text stand its compressed copies, made once for all who will ask. A copy bears the date of its file, to the
nanosecond, and stands only beside the bytes that it was made from (`_replace`): a web server may trust either.
This module must not look into the bytes.
"""

import errno
import fcntl
import gzip
import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath

import brotli

from .errors import PublishError

COPIES = {"br": ".br", "gzip": ".gz"}
"""Content coding (RFC 9110 section 8.4.1, RFC 7932) → what is added to the name of a file for its copy; best first."""

TEXTS = frozenset({".atom", ".css", ".html", ".json", ".opml", ".rss", ".txt", ".xml"})
"""Suffixes of the files that have copies."""

COMPRESS = {
    ".br": partial(brotli.compress, mode=brotli.MODE_TEXT, quality=3),  # 6 takes three times the CPU for a tenth less
    ".gz": partial(gzip.compress, compresslevel=1, mtime=0),  # no date inside: equal texts have equal copies
}
SMALL = 1400  # bytes: such a file fits into one packet, compressed or not; an empty feed of responses is one
SECOND = 1_000_000_000  # ns
AT_ONCE = 50  # files of a folder that lie beside the old ones for a moment

UNFINISHED = ".publishing"
MODE = 0o644
HINTS = {
    errno.ENOSPC: "free space on that disk; the next run publishes what is missing",
    errno.EDQUOT: "raise the disk quota; the next run publishes what is missing",
    errno.EFBIG: "raise the limit on file sizes (ulimit -f)",
    errno.EACCES: "give the user that runs syndicator the right to write there",
    errno.EPERM: "give the user that runs syndicator the right to write there",
    errno.EROFS: "mount that file system writable, or set output.directory elsewhere",
    errno.EISDIR: "a folder stands where the file belongs: move it away",
    errno.ENOTDIR: "a file stands where a folder belongs: move it away",
    errno.EEXIST: "a file stands where a folder belongs: move it away",
}


@contextmanager
def turn(folder: Path) -> Iterator[bool]:
    """Whether nobody else has the turn to make the files of `folder`; it is then ours until the block ends.

    Who reads what is to be published, and writes that later, has to hold it for all that time: else the older reading
    might be written last, and bring back what was taken down. Raises PublishError where there can be no such folder.
    """
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        ours = True
        with suppress(OSError):  # as in `_alone_in`
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                ours = False
        yield ours
    finally:
        os.close(held)


def publish(directory: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write `files` (relative POSIX path → bytes) below `directory` and return the paths whose bytes changed.

    Deeper files come first and an index.html last among its neighbours, so that a page never names a feed that is not
    there yet. Waits for another process that is publishing there. Raises PublishError: for a path that leads out of
    `directory`, before anything is written; for a file that cannot be written, after which it still is as it was.
    """
    paths = {name: _inside(name) for name in files}
    written: list[str] = []
    with _alone_in(directory):
        for folder, names in groupby(
            sorted(files, key=lambda name: _order(paths[name])), lambda name: paths[name].parent
        ):
            written += _publish_folder(directory, folder, {paths[name].name: files[name] for name in names})
    return tuple(written)


def remove(directory: Path, paths: Iterable[str]) -> tuple[str, ...]:
    """Delete files (relative POSIX paths) with their copies, for good; returns the paths that still stood there.

    What a killed publisher left unfinished goes as well, for it may hold the same text. To repeat it is safe. Waits
    for another process that is publishing there. Raises PublishError: for a path that leads out of `directory`, before
    anything is deleted; for a file that cannot be deleted.
    """
    folders: dict[PurePosixPath, list[PurePosixPath]] = {}
    for path in map(_inside, paths):
        folders.setdefault(path.parent, []).append(path)
    removed: list[str] = []
    with _alone_in(directory):
        for folder, files in folders.items():
            if (directory / folder).is_dir():
                removed += _remove_in(directory, folder, files)
    return tuple(removed)


def _remove_in(directory: Path, folder: PurePosixPath, files: Iterable[PurePosixPath]) -> list[str]:
    _check(directory, directory / folder)
    removed, deleted = [], False
    for file in files:
        target = directory / file
        with _told(target):
            gone = _delete([target, *_copies(target).values()])
            deleted = deleted or bool(gone)
            removed += [str(file)] if target in gone else []
    if deleted:
        with _told(directory / folder):
            _sync(directory / folder)
    return removed


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    usual = name == str(path) and "\\" not in name and "\0" not in name
    if path.is_absolute() or not path.name or ".." in path.parts or not usual or path.name.startswith("."):
        raise PublishError(repr(name), "not a plain path below the output directory")
    return path


def _order(path: PurePosixPath) -> tuple[int, str, bool, str]:
    return -len(path.parts), str(path.parent), path.name == "index.html", path.name


@contextmanager
def _alone_in(directory: Path) -> Iterator[None]:
    """Holds a lock on the folder itself: nothing to leave behind, and the kernel frees it with the process."""
    with _told(directory):
        directory.mkdir(parents=True, exist_ok=True)
        held = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # some network file systems cannot lock: there the operator sees to it
            fcntl.flock(held, fcntl.LOCK_EX)
        with _told(directory / UNFINISHED):
            _tidy(directory / UNFINISHED)
        yield
    finally:
        with suppress(OSError):
            (directory / UNFINISHED).rmdir()
        os.close(held)


def _publish_folder(directory: Path, relative: PurePosixPath, files: Mapping[str, bytes]) -> list[str]:
    """Write the files of one folder and sync it once; returns the paths whose bytes changed."""
    folder = directory / relative
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    _check(directory, folder)
    written: list[_Staged] = []
    names = list(files)
    for start in range(0, len(names), AT_ONCE):
        some = {name: files[name] for name in names[start : start + AT_ONCE]}
        written += _replace_all(folder, some, directory / UNFINISHED)
    if written:
        with _told(folder):
            for each in (relative, *relative.parents):  # a folder that is new must survive as well
                _sync(directory / each)
    return [str(relative / one.target.name) for one in written if one.changed]


def _tidy(unfinished: Path) -> None:
    """Delete what a killed publisher left."""
    for left in unfinished.iterdir() if unfinished.is_dir() else ():
        left.unlink()


def _check(directory: Path, folder: Path) -> None:
    with _told(folder):
        if not folder.resolve().is_relative_to(directory.resolve()):
            raise PublishError(str(folder), "a symbolic link leads out of the output directory")


@dataclass(frozen=True, slots=True)
class _Staged:
    """A file that is about to be replaced: where its bytes and those of its copies lie for now, by their places."""

    target: Path
    changed: bool
    temporary: Mapping[Path, Path]


def _replace_all(folder: Path, files: Mapping[str, bytes], unfinished: Path) -> list[_Staged]:
    """Put `files`, by their names in `folder`, and their copies at their places, but for those that stood there
    already.

    Everything is on the disk under temporary names first: many are synced in less time than one after the other. Then
    the old copies go, and the disk is told so, before the new files come; their own copies come last. Killed in
    between, it leaves a file without copies, never with another's.
    """
    with ExitStack() as stack:
        found = [_stage(folder / name, body, unfinished, stack) for name, body in files.items()]
        staged = [one for one in found if one]
        for one in staged:
            with _told(one.target):
                for name in one.temporary.values():
                    _sync(name)
        with _told(folder):
            if _delete(copy for one in staged for copy in _copies(one.target).values()):
                _sync(folder)
        for one in staged:
            with _told(one.target):
                for place, name in one.temporary.items():
                    name.replace(place)
    return staged


def _stage(target: Path, body: bytes, unfinished: Path, stack: ExitStack) -> _Staged | None:
    """`body` and its copies under temporary names, which `stack` deletes if they are still there; None where all stood
    at `target` already.
    """
    with _told(target):
        changed = not _same(target, body)
        date = _next_date(target) if changed else target.stat().st_mtime_ns
        copies = _copies(target)
        wanted = copies if len(body) > SMALL else {}
        if not changed and all(_date(copy) == (date if wanted else None) for copy in copies.values()):
            return None
        bodies = {target: body} if changed else {}
        bodies |= {copy: COMPRESS[suffix](body) for suffix, copy in wanted.items()}
        unfinished.mkdir(exist_ok=True)
        temporary = {place: _temporary(unfinished, bytes_, date, stack) for place, bytes_ in bodies.items()}
        return _Staged(target, changed, temporary)


def _next_date(target: Path) -> int:
    """The date (ns) of a file that is about to be replaced: now, but in a later second than the date that it bears.

    HTTP dates and nginx's ETags count whole seconds; two versions in one second would pass for the same.
    """
    return max(time.time_ns(), ((_date(target) or 0) // SECOND + 1) * SECOND)


def _date(path: Path) -> int | None:
    with suppress(FileNotFoundError):
        return path.stat().st_mtime_ns
    return None


def _copies(target: Path) -> dict[str, Path]:
    """Where the compressed copies of a text belong, by what their names end in; none of what is no text."""
    suffixes = COMPRESS if target.suffix in TEXTS else ()
    return {suffix: target.with_name(target.name + suffix) for suffix in suffixes}


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


def _delete(paths: Iterable[Path]) -> list[Path]:
    """Delete the files among `paths` that are there, and return them."""
    deleted = []
    for path in paths:
        with suppress(FileNotFoundError):
            path.unlink()
            deleted.append(path)
    return deleted


def _same(target: Path, body: bytes) -> bool:
    with suppress(FileNotFoundError):
        return target.stat().st_size == len(body) and target.read_bytes() == body
    return False


def _sync(path: Path) -> None:
    """What a file or a folder holds now is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what the system says of `path` into a PublishError."""
    try:
        yield
    except OSError as error:
        raise PublishError(str(path), error.strerror or str(error), HINTS.get(error.errno or 0, "")) from error
