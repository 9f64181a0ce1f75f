"""Commands that only look: status and explain. They must not poll, publish or change anything."""

import os
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syndicator.cli.ends import of, print_json, run_async, told

if TYPE_CHECKING:
    from syndicator.config import Config

LONGEST_RULE = 60  # characters; --json has them whole
STATES = {
    "current": "current",
    "stale": "stale, the original has changed since",
    "unknown": "nothing says whether the original has changed since",
}


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
    from syndicator.store import entries, open_store, outbox, pages, pictures, publications, subscriptions

    async with open_store(config.store_url) as store:
        await subscriptions.sync(store, tuple(config.subscriptions.values()))
        states = await subscriptions.states(store)
        counts, releases = await entries.counts(store), await entries.releases(store)
        left_out, unread = await entries.left_out(store), await pages.unread(store)
        uncopied, owed = await pictures.missing(store), await outbox.pending(store)
        hidden: dict[str, list[str]] = defaultdict(list)
        for publication in config.publications.values():
            for (loser, winner), count in (await publications.shadowed(store, publication)).items():
                why = f"{winner}, which is listed earlier, has the same ids"
                hidden[loser].append(_hidden(count, publication.name, why))
            for loser, count in (await publications.copied(store, publication)).items():
                why = "copies of a text that another subscription has nearer to its origin"
                hidden[loser].append(_hidden(count, publication.name, why))
    rows: list[dict[str, Any]] = [
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
            "notes": [note.text for note in state.notes] + hidden[state.name],
        }
        for state in states
    ]
    return rows + [
        {
            "errand": errand.kind,
            "target": errand.target,
            "topic": errand.topic,
            "attempts": errand.attempts,
            "error": errand.last_error,
            "given_up": errand.given_up_at,
        }
        for errand in owed
    ]


def _hidden(count: int, publication: str, why: str) -> str:
    return f"{count} {'entry does' if count == 1 else 'entries do'} not appear in {publication}: {why}"


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


@click.command()
@click.argument("arguments", nargs=-1, required=True, metavar="ARG...")
@click.option("--together", is_flag=True, help="The files are one article: its feed, its page, its comment feed.")
@click.option("--url", help="The address that the files came from, for relative links.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
@told
def explain(path: Path, arguments: tuple[str, ...], together: bool, url: str | None, as_json: bool) -> None:
    """Show what is known of an entry and the evidence for each fact.

    ARG is a file (a feed, a page, a comment feed), else the URL of an entry in the store, else its id.
    """
    if any(_holds(Path(argument).is_file) for argument in arguments):
        told = run_async(_explain_files(_files(arguments), url, together))
    else:
        told = run_async(_explain_stored(path, arguments))
    for one in told:
        print_json(one) if as_json else _print_explained(one)


def _holds(test: Callable[[], bool]) -> bool:
    """What a test of a path says; False where it cannot be made, as of an address that is longer than a name may be."""
    try:
        return test()
    except OSError:
        return False


def _files(arguments: tuple[str, ...]) -> list[tuple[Path, bytes]]:
    from syndicator.errors import UsageError

    read = []
    for argument in arguments:
        try:
            read.append((Path(argument), Path(argument).read_bytes()))
        except OSError as error:
            hint = "check the name; files and entries of the store are explained apart"
            raise UsageError(argument, f"cannot be read: {error.strerror}", hint) from None
    return read


async def _explain_files(files: list[tuple[Path, bytes]], url: str | None, together: bool) -> list[dict[str, Any]]:
    from syndicator.explain import explain_documents
    from syndicator.model import Document, SandboxPolicy
    from syndicator.sandbox import open_sandbox

    documents = [Document(body=body, url=url or file.absolute().as_uri()) for file, body in files]
    async with open_sandbox(SandboxPolicy(workers=1)) as sandbox:
        return await explain_documents(sandbox, documents, together=together)


async def _explain_stored(path: Path, arguments: tuple[str, ...]) -> list[dict[str, Any]]:
    from syndicator import config
    from syndicator.errors import UsageError
    from syndicator.explain import explain_stored
    from syndicator.store import open_store

    for argument in arguments:
        if _holds(Path(argument).is_dir):
            raise UsageError(argument, "is a folder", "give a file of it: a feed, a page or a comment feed")
    if not _holds(path.exists):
        why = f"no such file, and no store to look in: there is no configuration at {path}"
        raise UsageError(arguments[0], why, "check the name, or say which: syndicator --config PATH explain ARG")
    async with open_store(config.load(path, os.environ).store_url) as store:
        return [one for argument in arguments for one in await explain_stored(store, argument)]


def _print_explained(told: dict[str, Any]) -> None:
    click.echo(click.style(told["title"] or "(untitled)", bold=True))
    original, licence, release = told["original"] or {}, told["licence"], told["release"]
    _row("address", told["canonical_url"])
    _row("id", told["id"] if told["id"] != told["canonical_url"] else None)
    _row("subscription", told.get("subscription"))
    for fact in ("language", "published"):
        _row(fact, told[fact])
        _print_evidence([told["grounds"][fact]] if fact in told["grounds"] else [])
    _row("original", _joined(original.get("url"), original.get("site"), original.get("language")))
    _print_evidence([told["grounds"]["original"]] if "original" in told["grounds"] else [])
    _row("licence", f"{licence['id'] or licence['url'] or 'none stated'}; permits {', '.join(licence['permits'])}")
    _print_evidence(licence["evidence"])
    _row("release", f"{release['scope']}: {of(told.get('subscription', 'NAME'), release['why'])}")
    for credit in told["credits"]:
        about = "" if credit["of"] == "entry" else f", of the {credit['of']} {credit['target']}"
        _row(credit["role"], f"{credit['name']} ({credit['kind']}{about})")
        _print_evidence(credit["evidence"])
    if told["translation"]:
        pair = [told["translation"][end] or "a language that nobody states" for end in ("from", "to")]
        _row("translation", f"from {pair[0]} to {pair[1]}: {STATES[told['translation']['state']]}")
    for hop in told["provenance"]:
        _row("came as", _joined(hop["role"], hop["publisher"], hop["language"], hop["url"]))
    if told.get("state", "ready") != "ready" or told.get("left_out"):
        _row("state", _joined(told["state"], told["left_out"] and f"left out: {told['left_out']}"))
    for other in told.get("same_work", ()):
        _row("same work", _joined(other["language"], other["subscription"], other["url"] or other["id"]))
    for response in told["responses"]:
        _row(response["kind"], _joined(response["title"] or response["author"], response["site"], response["uri"]))
    for note in told["notes"]:
        by_hand = note["code"].startswith("override")
        label, text = ("override", note["text"].removeprefix("override ")) if by_hand else ("note", note["text"])
        _row(label, f"{text} [{note['code']}]")


def _row(label: str, value: str | None) -> None:
    if value:
        click.echo(f"  {label + ':':15} {value}")


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def _print_evidence(evidence: list[dict[str, str]]) -> None:
    for one in evidence:
        rule = one["rule"] if len(one["rule"]) <= LONGEST_RULE else f"{one['rule'][:LONGEST_RULE]}…"
        click.echo(click.style(f"{'':18}{one['where']}: “{one['text'][:160]}” ({rule})", dim=True))
