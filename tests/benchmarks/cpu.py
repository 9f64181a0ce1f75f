"""The CPU time of this process and everything below it, in seconds, from the kernel's scheduler statistics (Linux)."""

import os
from pathlib import Path

PROC = Path("/proc")


def spent() -> float:
    """CPU seconds that this process and its living descendants have used so far, all threads."""
    return sum(_of(pid) for pid in _descendants(os.getpid())) / 1e9


def _of(pid: int) -> int:
    total = 0
    for task in (PROC / str(pid) / "task").glob("*/schedstat"):
        try:
            total += int(task.read_text().split()[0])
        except OSError:
            continue
    return total


def _descendants(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for stat in PROC.glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += parents.get(pid, [])
    return found
