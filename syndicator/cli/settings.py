"""Commands that read or change the configuration: init, add, permit, list, check. They must not fetch or judge."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syndicator.cli.ends import of, print_json, run_async, told

if TYPE_CHECKING:
    from syndicator.config import Config
    from syndicator.discover import Found


@click.command()
@click.pass_obj
@told
def init(path: Path) -> None:
    """Write a small commented configuration to begin with."""
    from syndicator.errors import ConfigError

    try:
        _write_starter(path)
    except OSError as error:
        hint = "name a place that can be written to: syndicator --config PATH init"
        raise ConfigError(str(path), f"cannot be made: {error.filename}: {error.strerror}", hint) from None
    click.echo(f"Wrote {path}. Next:")
    click.echo("  1. set site.base_url and site.contact in it")
    click.echo("  2. syndicator add https://a-partner.example/")
    click.echo('  3. syndicator permit NAME "what the partner wrote to you"')
    click.echo("  4. syndicator run")


def _write_starter(path: Path) -> None:
    from importlib.resources import files

    from syndicator.errors import UsageError

    if path.is_dir():
        raise UsageError(str(path), "is a folder", f"name the file: syndicator --config {path}/syndicator.toml init")
    if path.exists():
        raise UsageError(
            str(path), "there is a configuration already", "edit it, or name another: syndicator --config PATH init"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(files("syndicator.cli").joinpath("starter.toml").read_bytes())


@click.command()
@click.argument("url")
@click.option("--name", help="The subscription's name, a-z, 0-9 and hyphens. Default: from the feed's title.")
@click.option("--publication", help="The publication to add it to. Default: the only one there is.")
@click.option("--review", is_flag=True, help="Its entries wait for you: queue, publish, hold.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.pass_obj
@told
def add(path: Path, url: str, name: str | None, publication: str | None, review: bool, yes: bool) -> None:
    """Find the feed at URL (a site or a feed), show what it holds and what may be done with it, and subscribe."""
    from syndicator import amend, config
    from syndicator.discover import named
    from syndicator.errors import UsageError

    loaded = config.load(path, os.environ)
    found = run_async(_find(loaded, url))
    for subscription in loaded.subscriptions.values():
        if subscription.url == found.url:
            hint = f"poll it now: syndicator once {subscription.name}"
            raise UsageError(found.url, f"it is subscribed to already, as {subscription.name}", hint)
    name = name or named(found.title, found.url, tuple(loaded.subscriptions))
    publication = publication or only_publication(loaded)
    _show(found, name)
    if not yes and sys.stdin.isatty():
        click.confirm(f"Subscribe as {name!r} in {path}?", default=True, abort=True)
    fields = {"url": found.url} | ({"language": found.language} if found.language else {})
    fields |= {"publish": "review"} if review else {}
    amend.add_subscriptions(path, {name: fields}, publication, judge(path))
    click.echo(f"Added [subscriptions.{name}] to {path}" + (f", publication {publication}." if publication else "."))
    if not publication:
        click.echo(f'It appears nowhere yet: add "{name}" to the subscriptions of a [publications.NAME].')
    click.echo(f"A running daemon polls it at once; without one: syndicator once {name}")


def only_publication(config: "Config") -> str | None:
    """The publication that is meant where none is named: the only one there is."""
    return next(iter(config.publications)) if len(config.publications) == 1 else None


def judge(path: Path) -> "Callable[[str], Config]":
    """Judges a text as the configuration at `path`, as every command will when it reads it next."""
    from syndicator import config

    return lambda text: config.judged(text, path, os.environ)


async def _find(config: "Config", url: str) -> "Found":
    from syndicator.discover import find
    from syndicator.fetch import open_client
    from syndicator.sandbox import open_sandbox

    url = url if "://" in url else f"https://{url}"
    async with open_client(config.fetch) as client, open_sandbox(config.sandbox) as sandbox:
        return await find(client, sandbox, url)


def _show(found: "Found", name: str) -> None:
    licence = found.licence
    rows = [
        ("feed", found.url),
        ("title", found.title or "(none)"),
        ("language", found.language or "not declared"),
        ("entries", str(found.entries)),
        ("licence", (licence.id or licence.url or licence.evidence[0].text) if licence else "none declared"),
    ]
    for label, value in rows:
        click.echo(f"{label + ':':10}{value}")
    for title in found.latest:
        click.echo(f"{'':10}· {title}")
    for release, count in found.releases:
        click.echo(f"{'release:':10}{count} × {release.scope}: {of(name, release.why)}")
    for other in found.others:
        click.echo(f"{'also:':10}{other}")


@click.command()
@click.argument("name")
@click.argument("sentence")
@click.pass_obj
@told
def permit(path: Path, name: str, sentence: str) -> None:
    """Record that NAME's publisher permits republication; SENTENCE says who, when and where ("letter of 3 May
    2026").
    """
    from syndicator import amend, config

    config.load(path, os.environ)
    amend.permit(path, name, sentence, judge(path))
    click.echo(f"Recorded in {path}: {name} may be reprinted whole, what is here already as well.")
    click.echo("A running daemon publishes it within seconds; without one: syndicator once")


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
@told
def list_(path: Path, as_json: bool) -> None:
    """List the subscriptions and the publications with their addresses."""
    from syndicator import config

    loaded = config.load(path, os.environ)
    for subscription in loaded.subscriptions.values():
        shown = [p.name for p in loaded.publications.values() if subscription.name in p.subscriptions]
        if as_json:
            print_json({"subscription": subscription.name, "url": subscription.url, "publications": shown})
        else:
            click.echo(f"{subscription.name}: {subscription.url} → {', '.join(shown) or 'in no publication'}")
    for publication in loaded.publications.values():
        feeds = [f"{loaded.site.base_url}/{publication.name}/feed.{kind}" for kind in ("atom", "rss", "json")]
        if as_json:
            print_json({"publication": publication.name, "title": publication.title, "feeds": feeds})
        else:
            click.echo(f"{publication.name}: {publication.title}")
            for feed in feeds:
                click.echo(f"  {feed}")


@click.command()
@click.pass_obj
@told
def check(path: Path) -> None:
    """Check the configuration, the editor's files, the plugins, the database and the output folder, without polling
    anything.
    """
    from syndicator import config, plugins
    from syndicator.errors import ConfigError

    loaded = config.load(path, os.environ)
    plugins.load(loaded.plugins)
    lonely = [p.name for p in loaded.publications.values() if not p.subscriptions]
    notes = [f"publication {name} has no subscriptions" for name in lonely] + run_async(_doubts(loaded))
    _writable(loaded.output)
    for note in notes:
        click.echo(f"note: {note}")
    if loaded.mistakes:
        wrong = [ConfigError(mistake.subject, mistake.why, mistake.hint) for mistake in loaded.mistakes]
        raise ExceptionGroup("mistakes in the editor's files", wrong)
    kinds = ("subscriptions", "publications", "overrides", "translations")
    counts = ", ".join(f"{kind}: {len(getattr(loaded, kind))}" for kind in kinds)
    click.echo(f"{path}: all is well ({counts})")


async def _doubts(config: "Config") -> list[str]:
    from syndicator.cli.doubts import doubts
    from syndicator.store import open_store

    async with open_store(config.store_url) as store:
        return await doubts(config, store)


def _writable(output: Path) -> None:
    from syndicator.errors import PublishError

    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PublishError(str(output), f"cannot be made: {error.strerror}", "set output.directory") from error
    if not os.access(output, os.W_OK | os.X_OK):
        raise PublishError(
            str(output), "cannot be written to", "give the daemon's user the right, or set output.directory"
        )
