"""Commands that do the work: once, run, healthcheck, demo. They must not know how it is done."""

import os
import sys
from dataclasses import asdict
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicator.cli.ends import SOME_FAILED, print_json, run_async, say, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from syndicator.config import Config
    from syndicator.pipeline import Report, Round

MARKS = {
    "changed": ("+", "green"),
    "unchanged": ("=", "white"),
    "failed": ("!", "red"),
    "refused": ("!", "red"),
    "gone": ("x", "yellow"),
}
MANY = (["entries"], ["people"], ["archive"])  # a publication's folders that grow with it


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a subscription, for programs.")
@click.pass_obj
@told
def once(path: Path, names: tuple[str, ...], as_json: bool) -> None:
    """Poll the subscriptions that are due, or NAMES though they are not, and publish what changed."""
    from syndicator import config, log

    loaded = config.load(path, os.environ)
    _known(loaded, names)
    log.configure(loaded.log.format, "warning", sys.stderr)
    done = run_async(_once(loaded, names, as_json))
    for error in done.failed:
        say(str(error))
    for mistake in done.mistakes:
        say(f"{mistake.subject}: {mistake.why}\nhint: {mistake.hint}", kind="note")
    polled = {report.subscription for report in done.reports}
    missed = [name for name in names if name not in polled]
    if not as_json:
        _sum_up(loaded, done, missed)
    sys.exit(SOME_FAILED if done.failed or missed or not all(report.ok for report in done.reports) else 0)


async def _once(config: "Config", names: tuple[str, ...], as_json: bool) -> "Round":
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from syndicator import pipeline
    from syndicator.doors import open_doors

    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    terminal = Console(stderr=True)
    with Progress(*columns, console=terminal, transient=True, disable=as_json or not terminal.is_terminal) as progress:
        task = progress.add_task("polling", total=None)

        def seen(report: "Report") -> None:
            progress.update(task, description=f"polling: {report.subscription} {report.why}")

        async with open_doors(config) as doors:
            done = await pipeline.once(doors, names or None, seen=seen)
    for report in done.reports:  # when all is done: a reader of ours that goes away must not stop the work
        print_json(asdict(report)) if as_json else _print(report)
    return done


def _known(config: "Config", names: tuple[str, ...]) -> None:
    from syndicator.errors import UsageError

    for name in names:
        if name not in config.subscriptions:
            there = ", ".join(sorted(config.subscriptions)) or "none"
            raise UsageError(name, f"no subscription has this name (there are: {there})", "see: syndicator list")


def _print(report: "Report") -> None:
    mark, colour = MARKS[report.outcome]
    click.echo(f"{click.style(mark, fg=colour)} {report.subscription}: {report.outcome}: {report.why}")
    if report.hint:
        click.echo(click.style(f"  hint: {report.hint}", dim=True))
    for note in report.notes:
        click.echo(click.style(f"  note: {note.text} [{note.code}]", dim=True))


def summary(written: "Sequence[str]") -> list[str]:
    """The paths that were written, those of which a publication has many only counted."""
    many = [path for path in written if path.split("/")[1:2] in MANY]
    counted = f"{len(many)} {'file' if len(many) == 1 else 'files'} of entries, people and archives"
    few = [path for path in written if path not in set(many)]
    return [*few, f"and {counted}" if few else counted] if many else few


def _sum_up(config: "Config", done: "Round", missed: list[str]) -> None:
    for name in missed:
        click.echo(f"~ {name}: another process polls it, or one that was killed did: free within 15 minutes")
    if not done.reports and not missed:
        click.echo("No poll is due. Name a subscription to poll it anyway: syndicator once NAME")
    if done.written:
        click.echo(f"Published in {config.output}:")
        for line in summary(done.written):
            click.echo(f"  {line}")
    elif done.reports and not done.failed:
        click.echo("Nothing to publish: the files are as they should be.")


@click.command()
@click.pass_obj
@told
def run(path: Path) -> None:
    """Follow the subscriptions, publish, and serve the result, until stopped (SIGTERM or Ctrl-C)."""

    from syndicator import config, log
    from syndicator.daemon import serve

    loaded = config.load(path, os.environ)
    log.configure(loaded.log.format, loaded.log.level, sys.stderr)
    server = loaded.server

    def started() -> None:
        log.logger().info("serving", address=f"http://{server.host}:{server.port}/", files=str(loaded.output))

    run_async(serve(loaded, os.environ, started=started))


@click.command()
@click.pass_obj
@told
def healthcheck(path: Path) -> None:
    """Ask the running daemon whether it is well; exit status 0 when it is. For containers and monitors."""
    from syndicator import config

    server = config.load(path, os.environ).server
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(server.host, server.host)  # noqa: S104 - a listener's wildcard, not ours
    connection = HTTPConnection(host, server.port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        said = answer.read(500).decode(errors="replace").strip()
    except (OSError, HTTPException) as error:
        say(f"daemon not reached: {host}:{server.port}: {error}\nhint: start it with: syndicator run")
        sys.exit(SOME_FAILED)
    finally:
        connection.close()
    click.echo(said)
    sys.exit(0 if answer.status == 200 else SOME_FAILED)


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), help="Where to serve. Default: 8080, or a free one when it is taken."
)
@told
def demo(port: int | None) -> None:
    """Follow an invented two-language network on this machine and publish it, to see what syndicator does."""
    from syndicator import log
    from syndicator.demo.play import play

    log.configure("auto", "warning", sys.stderr)
    run_async(play(port, say=click.echo))
