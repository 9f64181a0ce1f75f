"""CPU of one poll, everything included, beside the naive loop: a 304, one new entry of 50, a first poll of 50 new
entries.

Each subscription has a publication of its own, so that a poll's figure holds fetch, sandbox, store, rendering and
files. CPU is that of this process and its children; the upstream runs apart. The sandbox is warm: a daemon's is.
"""

import asyncio
import tempfile
from pathlib import Path
from statistics import median

import httpx

from syndicator import config, pipeline
from syndicator.doors import Doors, open_doors
from tests.benchmarks import cpu, naive
from tests.benchmarks.supply import advance, upstream

FEEDS = 10
ROUNDS = 5
MARKS = {"304": 4, "1 new of 50": 60, "50 new": 250}


def main() -> None:
    """Print milliseconds of CPU a poll, for us and for the peer, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        with upstream() as (origin, pid):
            ours = asyncio.run(_ours(origin, pid, Path(folder)))
        with upstream() as (origin, pid):
            peers = _naive(origin, pid, Path(folder))
    print(f"{'poll':14}{'syndicator':>12}{'naive loop':>12}{'ratio':>8}{'mark':>8}   (ms CPU a poll, {FEEDS} feeds)")
    for name, mark in MARKS.items():
        print(f"{name:14}{ours[name]:12.2f}{peers[name]:12.2f}{ours[name] / peers[name]:8.2f}{mark:8}")


async def _ours(origin: str, pid: int, folder: Path) -> dict[str, float]:
    path = folder / "syndicator.toml"
    path.write_text(_configuration(folder, origin))
    async with open_doors(config.load(path, {})) as doors:
        await pipeline.once(doors, [f"feed-{FEEDS}"])  # warms the sandbox and the imports
        first = await _round(doors, pid)
        quiet = [await _round(doors, pid) for _ in range(ROUNDS)]
        one = []
        for _ in range(ROUNDS):
            advance(origin)
            one.append(await _round(doors, pid))
    return {"304": median(quiet), "1 new of 50": median(one), "50 new": first}


async def _round(doors: Doors, pid: int) -> float:
    """Poll every feed and settle, as the daemon's tick does; milliseconds of CPU a poll."""
    before = cpu.spent(beside=pid)
    states = await pipeline.claim(doors, FEEDS, [f"feed-{number}" for number in range(FEEDS)])
    for report in await asyncio.gather(*(pipeline.poll(doors, state) for state in states)):
        assert report.ok, report
    await pipeline.settle(doors)
    return (cpu.spent(beside=pid) - before) * 1000 / FEEDS


def _naive(origin: str, pid: int, folder: Path) -> dict[str, float]:
    etags: dict[str, str] = {}
    with httpx.Client() as client:

        def once() -> float:
            before = cpu.spent(beside=pid)
            for number in range(FEEDS):
                naive.poll(client, f"{origin}/{number}", etags, folder)
            return (cpu.spent(beside=pid) - before) * 1000 / FEEDS

        naive.poll(client, f"{origin}/{FEEDS}", etags, folder)
        first = once()
        quiet = [once() for _ in range(ROUNDS)]
        one = []
        for _ in range(ROUNDS):
            advance(origin)
            one.append(once())
    return {"304": median(quiet), "1 new of 50": median(one), "50 new": first}


def _configuration(folder: Path, origin: str) -> str:
    head = (
        f'[site]\nbase_url = "http://127.0.0.1:1"\ntitle = "Bench"\ncontact = "bench@example.org"\n'
        f'[store]\nurl = "sqlite:///{folder}/bench.db"\n[output]\ndirectory = "{folder}/public"\n'
        "[fetch]\nallow_private_networks = true\n"
    )
    return head + "".join(
        f'[subscriptions.feed-{n}]\nurl = "{origin}/{n}"\npermission = "bench"\nfull_text = "never"\n'
        f'[publications.pub-{n}]\ntitle = "Publication {n}"\nsubscriptions = ["feed-{n}"]\n'
        for n in range(FEEDS + 1)
    )
