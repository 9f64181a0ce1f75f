"""Commands that take subscriptions from a list of feeds and give them as one: import-opml, export-opml."""

import os
import sys
from pathlib import Path
from typing import BinaryIO

import click

from syndicator.cli.ends import SOME_FAILED, told
from syndicator.cli.settings import judge, only_publication


@click.command("import-opml")
@click.argument("file", type=click.File("rb"))
@click.option("--publication", help="The publication to add them to. Default: the only one there is.")
@click.pass_obj
@told
def import_opml(path: Path, file: BinaryIO, publication: str | None) -> None:
    """Add every feed of an OPML FILE (as feed readers export it) as a subscription."""
    from syndicator import amend, config
    from syndicator.discover import named
    from syndicator.errors import UsageError
    from syndicator.model import Refused
    from syndicator.stages.opml import read_opml

    loaded = config.load(path, os.environ)
    outlines = read_opml(file.read())
    if isinstance(outlines, Refused):
        raise UsageError(file.name, outlines.why, outlines.hint)
    added: dict[str, dict[str, str]] = {}
    known = {subscription.url for subscription in loaded.subscriptions.values()}
    left_out = []
    for outline in outlines:
        if outline.url in known:
            click.echo(f"= {outline.url} is there already")
        elif why := config.why_no_address(outline.url):
            left_out.append(f"! {outline.title or 'untitled'}: left out: {outline.url!r}, {why}")
        else:
            added[named(outline.title, outline.url, {*loaded.subscriptions, *added})] = {"url": outline.url}
    if added:
        amend.add_subscriptions(path, added, publication or only_publication(loaded), judge(path))
    for line in (*(f"+ {name}: {fields['url']}" for name, fields in added.items()), *left_out):
        click.echo(line)
    sys.exit(SOME_FAILED if left_out else 0)


@click.command("export-opml")
@click.pass_obj
@told
def export_opml(path: Path) -> None:
    """Print the subscriptions as OPML, for a feed reader or another installation."""
    from syndicator import config
    from syndicator.stages.render.opml import subscriptions_opml

    loaded = config.load(path, os.environ)
    click.echo(subscriptions_opml(loaded.site, tuple(loaded.subscriptions.values())), nl=False)
