"""CPU of one poll, everything included, beside the naive loop: a 304, one new entry of 50, a first poll of 50 new entries.

Each subscription has a publication of its own, so that a poll's figure holds fetch, sandbox, store, rendering and files.
CPU is that of this process and its children; the upstream runs apart. The sandbox is warm: a daemon's is.
"""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

import httpx

from syndicator import config, pipeline
from syndicator.doors import Doors, open_doors
from tests.benchmarks import cpu, naive
from tests.benchmarks.supply import advance, upstream

FEEDS = 10
ROUNDS_304 = 10
MARKS = {"304": 4, "1 new of 50": 60, "50 new": 250}


def main() -> None:
    """Print milliseconds of CPU a poll, for us and for the peer, and the ratio."""
    with tempfile.TemporaryDirectory() as folder:
        with upstream() as origin:
            ours = asyncio.run(_ours(origin, Path(folder)))
        with upstream() as origin:
            peers = _naive(origin, Path(folder))
    print(f"{'poll':14}{'syndicator':>12}{'naive loop':>12}{'ratio':>8}{'mark':>8}   (ms CPU, median of {FEEDS} feeds)")
    for name, mark in MARKS.items():
        print(f"{name:14}{ours[name]:12.2f}{peers[name]:12.2f}{ours[name] / peers[name]:8.2f}{mark:8}")


async def _ours(origin: str, folder: Path) -> dict[str, float]:
    path = folder / "syndicator.toml"
    path.write_text(_configuration(folder, origin))
    async with open_doors(config.load(path, {})) as doors:
        await pipeline.once(doors, [f"feed-{FEEDS}"])  # warms the sandbox and the imports
        first = await _each(doors, FEEDS)
        await asyncio.sleep(1)
        quiet = [await _each(doors, FEEDS) for _ in range(ROUNDS_304)]
        advance(origin)
        one = await _each(doors, FEEDS)
    return {"50 new": median(first), "304": median(sum(quiet, [])), "1 new of 50": median(one)}


async def _each(doors: Doors, feeds: int) -> list[float]:
    spent = []
    for number in range(feeds):
        before = cpu.spent()
        for state in await pipeline.claim(doors, 1, [f"feed-{number}"]):
            report = await pipeline.poll(doors, state)
            assert report.ok, report
        await pipeline.settle(doors)
        spent.append((cpu.spent() - before) * 1000)
    return spent


def _naive(origin: str, folder: Path) -> dict[str, float]:
    etags: dict[str, str] = {}
    with httpx.Client() as client:

        def each() -> list[float]:
            return [
                _cost(lambda n=number: naive.poll(client, f"{origin}/{n}", etags, folder)) for number in range(FEEDS)
            ]

        naive.poll(client, f"{origin}/{FEEDS}", etags, folder)
        first = each()
        quiet = [each() for _ in range(ROUNDS_304)]
        advance(origin)
        one = each()
    return {"50 new": median(first), "304": median(sum(quiet, [])), "1 new of 50": median(one)}


def _cost(work: Callable[[], None]) -> float:
    before = cpu.spent()
    work()
    return (cpu.spent() - before) * 1000


def _configuration(folder: Path, origin: str) -> str:
    head = (
        f'[site]\nbase_url = "http://127.0.0.1:1"\ntitle = "Bench"\ncontact = "bench@example.org"\n'
        f'[store]\nurl = "sqlite:///{folder}/bench.db"\n[output]\ndirectory = "{folder}/public"\n'
        "[fetch]\nallow_private_networks = true\n"
    )
    return head + "".join(
        f'[subscriptions.feed-{n}]\nurl = "{origin}/{n}"\npermission = "bench"\n'
        f'[publications.pub-{n}]\ntitle = "Publication {n}"\nsubscriptions = ["feed-{n}"]\n'
        for n in range(FEEDS + 1)
    )
