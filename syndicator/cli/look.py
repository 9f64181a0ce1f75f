"""The command that tells how everything does. It must not poll, publish or change anything."""

import os
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syndicator.cli.ends import of, print_json, run_async, told

if TYPE_CHECKING:
    from syndicator.config import Config
    from syndicator.model import Errand
    from syndicator.store import Engine


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
@told
def status(path: Path, as_json: bool) -> None:
    """Tell how each subscription does, what waits, what was withheld or shortened and why, and what could not be
    sent.
    """
    from syndicator import config

    for row in run_async(_status(config.load(path, os.environ))):
        print_json(row) if as_json else _print_status(row)


async def _status(config: "Config") -> list[dict[str, Any]]:
    from syndicator.store import open_store, outbox, subscriptions

    async with open_store(config.store_url) as store:
        await subscriptions.sync(store, tuple(config.subscriptions.values()))
        return [*await _subscriptions(store, config), *map(_errand, await outbox.pending(store))]


async def _subscriptions(store: "Engine", config: "Config") -> list[dict[str, Any]]:
    from syndicator.store import entries, pages, pictures, subscriptions

    counts, releases = await entries.counts(store), await entries.releases(store)
    left_out, unread = await entries.left_out(store), await pages.unread(store)
    uncopied, hidden = await pictures.missing(store), await _hidden(store, config)
    return [
        {
            "subscription": state.name,
            "url": state.url,
            "polled": state.last_polled_at,
            "answer": state.last_answer,
            "error": state.last_error,
            "failures": state.failures,
            "retired": state.retired_at,
            "next": state.next_poll_at,
            "next_why": state.next_poll_why,
            "entries": counts.get(state.name, {}),
            "releases": [{"scope": r.scope, "why": r.why, "entries": n} for r, n in releases.get(state.name, ())],
            "pages_unread": unread.get(state.name, 0),
            "pictures_not_copied": uncopied.get(state.name, 0),
            "left_out": [{"why": why, "entries": count} for why, count in left_out.get(state.name, ())],
            "notes": [note.text for note in state.notes] + hidden.get(state.name, []),
        }
        for state in await subscriptions.states(store)
    ]


async def _hidden(store: "Engine", config: "Config") -> dict[str, list[str]]:
    """What of each subscription stands behind another one's, in words."""
    from syndicator.store import publications

    hidden: dict[str, list[str]] = defaultdict(list)
    for publication in config.publications.values():
        for (loser, winner), count in (await publications.shadowed(store, publication)).items():
            why = f"{winner}, which is listed earlier, has the same ids"
            hidden[loser].append(_absent(count, publication.name, why))
        for loser, count in (await publications.copied(store, publication)).items():
            why = "copies of a text that another subscription has nearer to its origin"
            hidden[loser].append(_absent(count, publication.name, why))
    return hidden


def _absent(count: int, publication: str, why: str) -> str:
    return f"{count} {'entry does' if count == 1 else 'entries do'} not appear in {publication}: {why}"


def _errand(errand: "Errand") -> dict[str, Any]:
    return {
        "errand": errand.kind,
        "target": errand.target,
        "topic": errand.topic,
        "attempts": errand.attempts,
        "error": errand.last_error,
        "given_up": errand.given_up_at,
    }


def errand_line(row: dict[str, Any]) -> str:
    """What `status` says of an errand: what it is about, and how often it was tried in vain."""
    what = " ".join(filter(None, (row["errand"], row["target"], row["topic"])))
    tried = f", tried {_times(row['attempts'])}: {row['error']}" if row["attempts"] else ""
    return f"{'given up' if row['given_up'] else 'waiting'}: {what}{tried}".replace("\nhint: ", "\n  hint: ")


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _print_status(row: dict[str, Any]) -> None:
    if "errand" in row:
        click.echo(errand_line(row))
        return
    entries = ", ".join(f"{count} {state}" for state, count in sorted(row["entries"].items())) or "no entries yet"
    click.echo(f"{click.style(row['subscription'], bold=True)}: {entries}")
    click.echo(f"  {row['url']}")
    click.echo(f"  polled {_when(row['polled'])}, answered {row['answer'] or 'nothing yet'}; {_then(row)}")
    if row["error"] and row["failures"]:
        in_a_row = "" if row["failures"] == 1 else " in a row"
        click.echo(click.style(f"  failed {_times(row['failures'])}{in_a_row}: {row['error']}", fg="red"))
    for release in row["releases"]:
        click.echo(f"  {release['entries']} × {release['scope']}: {of(row['subscription'], release['why'])}")
    if row["pages_unread"]:
        click.echo(f"  {row['pages_unread']} × without its page, which was not read: explain tells why for each")
    if row["pictures_not_copied"]:
        click.echo(
            f"  {row['pictures_not_copied']} × a link instead of a picture, which was not copied: explain tells why"
        )
    for left in row["left_out"]:
        click.echo(f"  {left['entries']} × left out: {left['why']}")
    for note in row["notes"]:
        click.echo(f"  note: {note}")


def _then(row: dict[str, Any]) -> str:
    return (
        f"retired {_when(row['retired'])}"
        if row["retired"]
        else f"next {_when(row['next'], never='at once')} ({row['next_why'] or 'never polled'})"
    )


def _when(time: datetime | None, never: str = "never") -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC") if time else never
