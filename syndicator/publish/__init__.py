"""Bytes to files, so that a subscriber never sees half a document and a crash never costs one.

    __init__      files written and deleted, folder by folder
    replacing     some files of one folder, put in the place of the older ones
    copies        the compressed copies beside a text
    turns         one publisher at a time
    disk          what the system says, in our words

Each file is written in a folder of its own for that, synced, and renamed over the old one; then its folder is synced
(rename(2) is atomic, but only a synced folder survives a power cut). Unchanged files are not touched: their dates stay
true. One publisher works in a directory at a time, so what lies among the unfinished is a killed one's. No folder is
ever listed but that one: others may hold a hundred thousand pages. This package must not look into the bytes.
"""

from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path, PurePosixPath

from syndicator.errors import PublishError
from syndicator.publish.copies import COPIES, TEXTS, copies_of
from syndicator.publish.disk import delete, sync, told
from syndicator.publish.replacing import Staged, replace_all
from syndicator.publish.turns import UNFINISHED, alone_in, turn

__all__ = ["COPIES", "TEXTS", "publish", "remove", "turn"]

AT_ONCE = 50  # files of a folder that lie beside the old ones for a moment


def publish(directory: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Write `files` (relative POSIX path → bytes) below `directory` and return the paths whose bytes changed.

    Deeper files come first and an index.html last among its neighbours, so that a page never names a feed that is not
    there yet. Waits for another process that is publishing there. Raises PublishError: for a path that leads out of
    `directory`, before anything is written; for a file that cannot be written, after which it still is as it was.
    """
    paths = {name: _inside(name) for name in files}
    written: list[str] = []
    with alone_in(directory):
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
    with alone_in(directory):
        for folder, files in folders.items():
            if (directory / folder).is_dir():
                removed += _remove_in(directory, folder, files)
    return tuple(removed)


def _remove_in(directory: Path, folder: PurePosixPath, files: Iterable[PurePosixPath]) -> list[str]:
    _check(directory, directory / folder)
    removed, deleted = [], False
    for file in files:
        target = directory / file
        with told(target):
            gone = delete([target, *copies_of(target).values()])
            deleted = deleted or bool(gone)
            removed += [str(file)] if target in gone else []
    if deleted:
        with told(directory / folder):
            sync(directory / folder)
    return removed


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    usual = name == str(path) and "\\" not in name and "\0" not in name
    if path.is_absolute() or not path.name or ".." in path.parts or not usual or path.name.startswith("."):
        raise PublishError(repr(name), "not a plain path below the output directory")
    return path


def _order(path: PurePosixPath) -> tuple[int, str, bool, str]:
    return -len(path.parts), str(path.parent), path.name == "index.html", path.name


def _publish_folder(directory: Path, relative: PurePosixPath, files: Mapping[str, bytes]) -> list[str]:
    """Write the files of one folder and sync it once; returns the paths whose bytes changed."""
    folder = directory / relative
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    _check(directory, folder)
    written: list[Staged] = []
    names = list(files)
    for start in range(0, len(names), AT_ONCE):
        some = {name: files[name] for name in names[start : start + AT_ONCE]}
        written += replace_all(folder, some, directory / UNFINISHED)
    if written:
        with told(folder):
            for each in (relative, *relative.parents):  # a folder that is new must survive as well
                sync(directory / each)
    return [str(relative / one.target.name) for one in written if one.changed]


def _check(directory: Path, folder: Path) -> None:
    with told(folder):
        if not folder.resolve().is_relative_to(directory.resolve()):
            raise PublishError(str(folder), "a symbolic link leads out of the output directory")
