"""Who may write now: one process at a time in a directory, and one at a time makes the files of a publication.

The locks lie on the folders themselves: there is nothing to leave behind, and the kernel frees them with the process.
This module must not write files; it clears away what a killed publisher left.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from syndicator.publish.disk import told

UNFINISHED = ".publishing"


@contextmanager
def turn(folder: Path) -> Iterator[bool]:
    """Whether nobody else has the turn to make the files of `folder`; it is then ours until the block ends.

    Who reads what is to be published, and writes that later, has to hold it for all that time: else the older reading
    might be written last, and bring back what was taken down. Raises PublishError where there can be no such folder.
    """
    held = _opened(folder)
    try:
        ours = True
        with suppress(OSError):  # as in `alone_in`
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                ours = False
        yield ours
    finally:
        os.close(held)


@contextmanager
def alone_in(directory: Path) -> Iterator[None]:
    """Nobody else writes in `directory` until the block ends, and what a killed publisher left unfinished is gone.

    Waits for another process that is at it. Raises PublishError where there can be no such folder.
    """
    held = _opened(directory)
    try:
        with suppress(OSError):  # some network file systems cannot lock: there the operator sees to it
            fcntl.flock(held, fcntl.LOCK_EX)
        with told(directory / UNFINISHED):
            _tidy(directory / UNFINISHED)
        yield
    finally:
        with suppress(OSError):
            (directory / UNFINISHED).rmdir()
        os.close(held)


def _opened(folder: Path) -> int:
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder, os.O_RDONLY | os.O_DIRECTORY)


def _tidy(unfinished: Path) -> None:
    """Delete what a killed publisher left."""
    for left in unfinished.iterdir() if unfinished.is_dir() else ():
        left.unlink()
