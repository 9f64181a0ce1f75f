"""What the file system does and says, in our words. It must not know what is published."""

import errno
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from syndicator.errors import PublishError

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
def told(path: Path) -> Iterator[None]:
    """Turns what the system says of `path` into a PublishError."""
    try:
        yield
    except OSError as error:
        raise PublishError(str(path), error.strerror or str(error), HINTS.get(error.errno or 0, "")) from error


def delete(paths: Iterable[Path]) -> list[Path]:
    """Delete the files among `paths` that are there, and return them."""
    deleted = []
    for path in paths:
        with suppress(FileNotFoundError):
            path.unlink()
            deleted.append(path)
    return deleted


def sync(path: Path) -> None:
    """What a file or a folder holds now is on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
