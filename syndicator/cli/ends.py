"""How a command ends: errors as messages with the right exit status, values as JSON. It must not print anything
else.
"""

import asyncio
import json
import sys
from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from syndicator.errors import PublishError, SyndicatorError

P = ParamSpec("P")
T = TypeVar("T")

SOME_FAILED = 1
UNUSABLE = 2


def told(command: Callable[P, T]) -> Callable[P, T]:
    """Turn our errors into a message on standard error and an exit status, without a traceback."""

    @wraps(command)
    def telling(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            return command(*arguments, **options)
        except SyndicatorError as error:
            _end([error])
        except ExceptionGroup as group:
            ours, others = group.split(SyndicatorError)
            if ours is None or others is not None:
                raise
            _end(_leaves(ours))

    return telling


def _end(errors: list[SyndicatorError]) -> NoReturn:
    for error in errors:
        say(str(error))
    sys.exit(SOME_FAILED if all(isinstance(error, PublishError) for error in errors) else UNUSABLE)


def _leaves(group: ExceptionGroup[SyndicatorError]) -> list[SyndicatorError]:
    """The errors themselves: task groups nest them."""
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, ExceptionGroup) else [error])
    ]


def say(message: str) -> None:
    """Print to standard error, the hint dimmed on a terminal."""
    head, _, hint = message.partition("\nhint: ")
    click.echo(click.style("error: ", fg="red", bold=True) + head, err=True)
    if hint:
        click.echo(click.style(f"hint: {hint}", dim=True), err=True)


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run the asynchronous part of a command to its end."""
    return asyncio.run(work)


def print_json(value: object) -> None:
    """Print one value as one line of JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, default=str))
