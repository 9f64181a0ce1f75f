"""Commands of the editor's desk: queue, publish, hold. They must not poll or render: they leave that to the next
round.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from syndicator.cli.ends import print_json, run_async, told

if TYPE_CHECKING:
    from syndicator.config import Config
    from syndicator.model import Stored

SHOWN = 200
_WHERE = "take its address from a published feed, or from: syndicator queue"


@click.command()
@click.option("--held", is_flag=True, help="Those that you hold back.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
@told
def queue(path: Path, held: bool, as_json: bool) -> None:
    """List the entries that wait for you: those of subscriptions with publish = "review"."""
    from syndicator import config

    waiting = run_async(_waiting(config.load(path, os.environ), held=held))
    for entry in (stored.entry for stored in waiting):
        if as_json:
            facts = {"subscription": entry.subscription, "id": entry.id, "title": entry.title, "url": entry.url}
            print_json(facts | {"published": entry.published})
        else:
            click.echo(f"{entry.published:%Y-%m-%d} {entry.subscription}: {entry.title or '(untitled)'}")
            click.echo(click.style(f"  {entry.id}", dim=True))
    if not waiting and not as_json:
        click.echo("Nothing is held." if held else "Nothing waits.")


async def _waiting(config: "Config", *, held: bool) -> "tuple[Stored, ...]":
    from syndicator.store import entries, open_store

    async with open_store(config.store_url) as store:
        return await entries.waiting(store, held=held, limit=SHOWN)


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="ENTRY...")
@click.pass_obj
@told
def publish(path: Path, arguments: tuple[str, ...]) -> None:
    """Let entries out that wait or were held; ENTRY is an id or a URL."""
    _move(path, arguments, "ready", "goes out")


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="ENTRY...")
@click.pass_obj
@told
def hold(path: Path, arguments: tuple[str, ...]) -> None:
    """Take entries out of the publications without forgetting them; ENTRY is an id or a URL."""
    _move(path, arguments, "held", "is held back")


def _move(path: Path, arguments: tuple[str, ...], state: Literal["ready", "held"], what: str) -> None:
    from syndicator import config

    for stored in run_async(_moved(config.load(path, os.environ), arguments, state)):
        click.echo(f"{stored.entry.title or stored.entry.id}: {what}")
    click.echo("A running daemon publishes this within seconds; without one: syndicator once")


async def _moved(config: "Config", arguments: tuple[str, ...], state: Literal["ready", "held"]) -> "list[Stored]":
    from syndicator.doors import utc_now
    from syndicator.errors import UsageError
    from syndicator.model import Errand
    from syndicator.store import entries, open_store

    async with open_store(config.store_url) as store:
        found: list[Stored] = []
        for argument in arguments:
            named = await entries.find(store, argument)
            if not named:
                raise UsageError(argument, "no entry has this URL or id", _WHERE)
            found += named
        errands = [Errand(kind="republish", target=name) for name in config.publications]
        keys = [(stored.entry.subscription, stored.entry.id) for stored in found]
        await entries.move(store, keys, state, errands, utc_now())
    return found
