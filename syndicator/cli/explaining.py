"""The command that shows what is known of an entry and why. It must not poll, publish or change anything."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from syndicator.cli.ends import of, print_json, run_async, told

LONGEST_RULE = 60  # characters; --json has them whole
STATES = {
    "current": "current",
    "stale": "stale, the original has changed since",
    "unknown": "nothing says whether the original has changed since",
}


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
