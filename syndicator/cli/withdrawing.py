"""The command that takes entries down for good. It must not render: it leaves that to the next round."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicator.cli.ends import SOME_FAILED, run_async, say, told

if TYPE_CHECKING:
    from syndicator.config import Config
    from syndicator.model import Stored
    from syndicator.store import Engine

Place = tuple[str, str]  # subscription, id

_WHERE = "take its address from a published feed, or from: syndicator queue"
_WARNING = """\
This is for good. The text leaves the store and every file; subscribers are told to delete it, its page answers 410,
and it does not come back, whatever its feed says. To keep it back for a while: syndicator hold ENTRY"""


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="ENTRY...")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
@told
def withdraw(path: Path, arguments: tuple[str, ...], yes: bool) -> None:
    """Take entries down for good; ENTRY is an id or a URL.

    Where several subscriptions brought an entry it goes from all, and with it your translations of it.
    """
    from syndicator import config

    loaded = config.load(path, os.environ)
    found, files = run_async(_found(loaded, arguments))
    for stored in found:
        _show(stored, files.get(_place(stored)))
    if not found:
        return
    if not yes:
        _ask(len(found))
    run_async(_withdrawn(loaded, found))
    for stored in found:
        click.echo(f"{_title(stored)}: is taken down")
        if _place(stored) in files:
            click.echo(f"  {files[_place(stored)]} may go as well: under this name it is not published again")
    click.echo("A running daemon clears the files within seconds; without one: syndicator once")


def _ask(count: int) -> None:
    """Return if the answer is yes; a no, or nobody there to give one, ends the command."""
    these = "this entry" if count == 1 else f"these {count} entries"
    click.echo(_WARNING)
    try:
        if click.confirm(f"Take {these} down?"):
            return
    except click.Abort as end:
        click.echo()  # the question's line has not ended
        if isinstance(end.__context__, KeyboardInterrupt):
            raise KeyboardInterrupt from None
        hint = "if all that is shown above is to go: syndicator withdraw --yes ENTRY…"
        say(f"not taken down: {these}: nobody was there to answer\nhint: {hint}")
    else:
        click.echo("Nothing was taken down.")
    sys.exit(SOME_FAILED)


async def _found(config: "Config", arguments: tuple[str, ...]) -> "tuple[list[Stored], dict[Place, str]]":
    """The entries that `arguments` mean, with your translations of them; and the files that some were made of."""
    from syndicator.pipeline.taking_down import falling
    from syndicator.store import entries, open_store

    async with open_store(config.store_url) as store:
        places = [place for argument in arguments for place in await _places(store, argument)]
        places += [(one.subscription, one.id) for one in await falling(store, config, places)]
        files = {(one.subscription, one.id): one.raw_id for one in await entries.translated(store)}
        return list(await entries.load(store, list(dict.fromkeys(places)))), files


async def _places(store: "Engine", argument: str) -> list[Place]:
    """Every entry with this URL, in any spelling, or this id, of whichever subscription; and others with their ids."""
    from syndicator.errors import UsageError
    from syndicator.pipeline.overriding import name_of
    from syndicator.store import entries

    places = [_place(stored) for stored in await entries.find(store, argument)]
    places += (await entries.named(store, [name_of(argument)])).get(name_of(argument), ())
    for identity in {identity for _, identity in places}:
        places += [_place(stored) for stored in await entries.find(store, identity)]
    if not places and not await entries.taken_down(store, [argument]):
        raise UsageError(argument, "no entry has this URL or id", _WHERE)
    if not places:
        say(f"{argument}: it was taken down before", kind="note")
    return places


async def _withdrawn(config: "Config", found: "list[Stored]") -> None:
    from syndicator.doors import utc_now
    from syndicator.pipeline.taking_down import take_down
    from syndicator.store import open_store

    async with open_store(config.store_url) as store:
        await take_down(store, config, [_place(stored) for stored in found], utc_now())


def _show(stored: "Stored", file: str | None) -> None:
    entry = stored.entry
    names = ", ".join(credit.agent.name for credit in entry.credits if (credit.role, credit.of) == ("author", "entry"))
    click.echo(click.style(_title(stored), bold=True))
    lines = (names and f"by {names}", f"of {entry.subscription}, {entry.published:%Y-%m-%d}", entry.url)
    for line in (*lines, file and f"your translation, made of {file}"):
        if line:
            click.echo(f"  {line}")


def _title(stored: "Stored") -> str:
    return stored.entry.title or stored.entry.id


def _place(stored: "Stored") -> Place:
    return stored.entry.subscription, stored.entry.id
