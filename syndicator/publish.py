"""Bytes to files, so that a subscriber never sees half a document and a crash never costs one.

Each file is written beside its place under a temporary name, synced, and renamed over the old one; then its folder is
synced (rename(2) is atomic, but only a synced folder survives a power cut). Unchanged files are not touched: their
dates stay true. One publisher works in a directory at a time, so what is left under a temporary name is a killed one's.
This module must not look into the bytes.
"""

import errno
import fcntl
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path, PurePosixPath

from .errors import PublishError

TEMPORARY = ".publishing-"
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
            written += _publish_folder(directory, folder, {name: files[name] for name in names})
    return tuple(written)


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
        yield
    finally:
        os.close(held)


def _publish_folder(directory: Path, relative: PurePosixPath, files: Mapping[str, bytes]) -> list[str]:
    """Write the files of one folder and sync it once; returns the names written."""
    folder = directory / relative
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        if not folder.resolve().is_relative_to(directory.resolve()):
            raise PublishError(str(folder), "a symbolic link leads out of the output directory")
        for left in folder.glob(f"{TEMPORARY}*"):
            left.unlink()
    written = [name for name, body in files.items() if _replace(directory / name, body)]
    if written:
        with _told(folder):
            for each in (relative, *relative.parents):  # a folder that is new must survive as well
                _sync(directory / each)
    return written


def _replace(target: Path, body: bytes) -> bool:
    """Put `body` at `target` in one step; False where it stands there already."""
    with _told(target):
        if _same(target, body):
            return False
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
                file.flush()
                os.fchmod(file.fileno(), MODE)
                os.fsync(file.fileno())
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    return True


def _same(target: Path, body: bytes) -> bool:
    with suppress(FileNotFoundError):
        return target.stat().st_size == len(body) and target.read_bytes() == body
    return False


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
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
