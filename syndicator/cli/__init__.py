"""The command line. Importing it costs click alone: what a command needs, it imports when it runs.

`settings` holds init, add, permit, list and check; `opml` the OPML pair; `work` holds once, run, healthcheck and demo;
`look` holds status, `explaining` explain, `desk` queue, publish and hold, `withdrawing` withdraw. This package must not
decide anything: it reads arguments, calls the rooms and prints.
"""

from pathlib import Path

import click

from syndicator import __version__
from syndicator.cli.desk import hold, publish, queue
from syndicator.cli.explaining import explain
from syndicator.cli.look import status
from syndicator.cli.opml import export_opml, import_opml
from syndicator.cli.settings import add, check, init, list_, permit
from syndicator.cli.withdrawing import withdraw
from syndicator.cli.work import demo, healthcheck, once, run

DEFAULTS = (Path("syndicator.toml"), Path("config/syndicator.toml"))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.option(
    "--config",
    "path",
    type=click.Path(path_type=Path),
    envvar="SYNDICATOR_CONFIG",
    show_envvar=True,
    help="The configuration file. Default: syndicator.toml or config/syndicator.toml, whichever is there.",
)
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context, path: Path | None) -> None:
    """Republish articles across languages with their authors, translators, licence and provenance intact.

    Exit status: 0 all went well, 1 some feeds failed, 2 usage or configuration, 130 stopped by Ctrl-C.
    """
    context.obj = path or next((place for place in DEFAULTS if place.exists()), DEFAULTS[0])


for command in (
    init,
    add,
    permit,
    list_,
    check,
    once,
    run,
    status,
    queue,
    publish,
    hold,
    withdraw,
    explain,
    import_opml,
    export_opml,
    healthcheck,
    demo,
):
    cli.add_command(command)
