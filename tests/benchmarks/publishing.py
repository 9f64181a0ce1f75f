"""What it costs to publish one new entry when 1,000, 10,000 and 100,000 are archived.

The entries are stored and placed as polls would have; their files are stand-ins of a few bytes, so that the folders are
as full as they would be. CPU is that of this process and the sandbox, from the errand to the last file on the disk.
"""

import asyncio
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from syndicator import config, pipeline
from syndicator.doors import Doors, open_doors
from syndicator.model import (
    Agent,
    Changes,
    Credit,
    Credited,
    Derived,
    Entry,
    Errand,
    Hop,
    Original,
    ParsedEntry,
    Release,
    Ties,
)
from syndicator.pipeline.deriving import settings_of
from syndicator.pipeline.republish import order_reshaped
from syndicator.store import entries, members, news, people, subscriptions
from tests.benchmarks import cpu

SIZES = (1_000, 10_000, 100_000)
TIMES = 15
WARM_UP = 3
MARK = 1.2
START = datetime(2016, 1, 1, tzinfo=UTC)
WORDS = "The lamp was lit at dusk and the boats came home one after another. " * 20
PEOPLE = 10
OWED = (Errand(kind="republish", target="all"),)
TOML = """
[site]
base_url = "https://feeds.example.org"
title = "Benchmark"
[store]
url = "sqlite:///{folder}/store.db"
[output]
directory = "{folder}/public"
[subscriptions.quay]
url = "https://quay.example/feed"
[publications.all]
title = "All"
language = "en"
subscriptions = ["quay"]
"""


def main() -> None:
    """Print milliseconds for one new entry at each size, and the ratio to the smallest."""
    print(f"{'archived':>10}{'CPU ms':>10}{'wall ms':>10}{'ratio':>8}{'mark':>8}   (median of {TIMES})")
    first = None
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=os.environ.get("SYNDICATOR_BENCH_FOLDER")) as folder:
            spent, waited = asyncio.run(_publish(Path(folder), size))
        first = first or spent
        print(f"{size:10,}{spent:10.1f}{waited:10.1f}{spent / first:8.2f}{MARK:8}", flush=True)


async def _publish(folder: Path, size: int) -> tuple[float, float]:
    path = folder / "syndicator.toml"
    path.write_text(TOML.format(folder=folder))
    async with open_doors(config.load(path, {})) as doors:
        await subscriptions.sync(doors.store, tuple(doors.config.subscriptions.values()))
        await order_reshaped(doors)
        await _fill(doors, size)
        spent, waited = [], []
        for number in range(size, size + TIMES + WARM_UP):
            await _save(doors, [number])
            cpu_before, before = cpu.spent(beside=0), time.perf_counter()
            written, failed = await pipeline.settle(doors)
            spent.append(cpu.spent(beside=0) - cpu_before)
            waited.append(time.perf_counter() - before)
            assert written
            assert not failed
    return median(spent[WARM_UP:]) * 1000, median(waited[WARM_UP:]) * 1000


async def _fill(doors: Doors, size: int) -> None:
    """As if `size` entries had been published one after the other."""
    for start in range(0, size, 1_000):
        await _save(doors, range(start, min(start + 1_000, size)))
        await members.settle(doors.store, doors.config.publications["all"])
        while told := await news.placed(doors.store, "all", limit=1_000):
            _stand_in(doors.config.output / "all" / "entries", [one.slug for one in told])
            found = {one.place: (_person(number),) for number, one in enumerate(told)}
            await people.credit(doors.store, "all", found)
            await news.done(doors.store, "all", told)
    await members.written(doors.store, "all", await members.stale_archives(doors.store, "all", limit=size))
    await people.written(doors.store, "all", await people.stale(doors.store, "all", limit=size))


def _person(number: int) -> Credited:
    return Credited(name=f"Translator {number % PEOPLE}", slug=f"translator-{number % PEOPLE}", roles=("translator",))


def _stand_in(folder: Path, slugs: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for slug in slugs:
        for ending in ("html", "html.br", "html.gz", "atom"):
            (folder / f"{slug}.{ending}").write_bytes(b"-")


async def _save(doors: Doors, numbers: "range | list[int]") -> None:
    (state,) = await subscriptions.claim(doors.store, doors.now(), limit=1, lease=timedelta(minutes=5), names=["quay"])
    changes = Changes(new=tuple(_derived(number) for number in numbers))
    made_with = settings_of(doors, doors.config.subscriptions["quay"])
    await entries.save(doors.store, state, None, changes, OWED, doors.now(), settings=made_with)
    await subscriptions.give_back(doors.store, [state])


def _derived(number: int) -> Derived:
    address = f"https://quay.example/{number}/"
    when = START + timedelta(minutes=30 * number)
    translator = Agent(kind="person", name=f"Translator {number % PEOPLE}")
    entry = Entry(
        subscription="quay",
        id=address,
        url=address,
        title=f"Entry number {number}",
        published=when,
        updated=when,
        language="en",
        summary_html=f"<p>{WORDS[:200]}</p>",
        content_html=f"<p>{number} {WORDS}</p>",
        credits=(
            Credit(role="author", agent=Agent(kind="person", name=f"Author {number % PEOPLE}")),
            Credit(role="translator", agent=translator),
        ),
        original=Original(url=f"https://lighthouse.example/{number}", site="Lighthouse", language="de"),
        provenance=(Hop(role="original", url=f"https://lighthouse.example/{number}", publisher="Lighthouse"),),
        release=Release(scope="whole", why="a benchmark"),
    )
    ties = Ties(own=(address,), stated=(f"https://lighthouse.example/{number}",))
    return Derived(
        parsed=ParsedEntry(fingerprint=f"{number}", raw_id=address, link=address), entry=entry, ties=ties, digest="d"
    )
