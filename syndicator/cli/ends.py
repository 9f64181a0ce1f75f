"""How a command ends: errors as messages with the right exit status, values as JSON. It must not print anything
else.
"""

import asyncio
import errno
import json
import os
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import datetime
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from syndicator.errors import PublishError, SyndicatorError

P = ParamSpec("P")
T = TypeVar("T")

SOME_FAILED = 1
UNUSABLE = 2
INTERRUPTED = 130
"""128 + SIGINT and, below, 128 + SIGPIPE: how a shell reports a program that a signal ended (POSIX XCU 2.8.2)."""
UNHEARD = 141
_OUTPUT_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


def told(command: Callable[P, T]) -> Callable[P, T]:
    """Turn our errors, Ctrl-C and output that cannot be written into an exit status and at most a message on standard
    error, without a traceback.
    """

    @wraps(command)
    def telling(*arguments: P.args, **options: P.kwargs) -> T:
        try:
            return command(*arguments, **options)
        except KeyboardInterrupt:
            click.echo("stopped", err=True)
            sys.exit(INTERRUPTED)
        except (SyndicatorError, OSError) as error:
            _end([error])
            raise
        except ExceptionGroup as group:
            _end(_leaves(group))
            raise

    return telling


def _end(errors: list[Exception]) -> None:
    """Say `errors` and exit; return where one of them is neither ours nor of the output: that is a fault."""
    ours = [error for error in errors if isinstance(error, SyndicatorError)]
    others = [error for error in errors if not isinstance(error, SyndicatorError)]
    if not all(_is_of_output(error) for error in others):
        return
    if not ours:
        _end_unheard(others[0])
    for error in ours:
        say(str(error))
    sys.exit(SOME_FAILED if all(isinstance(error, PublishError) for error in ours) else UNUSABLE)


def _is_of_output(error: Exception) -> bool:
    """Whether standard output refused what was written: the reader has gone, or the disk behind it is full.

    Doors turn what their own files do into our errors; what is left names no file.
    """
    if not isinstance(error, OSError) or error.filename is not None:
        return False
    return isinstance(error, BrokenPipeError) or error.errno in _OUTPUT_FULL


def _end_unheard(error: Exception) -> NoReturn:
    _mute()
    if isinstance(error, BrokenPipeError):
        sys.exit(UNHEARD)
    say(f"output not written: standard output: {getattr(error, 'strerror', None) or error}")
    sys.exit(SOME_FAILED)


def _mute() -> None:
    """Let what is still buffered go nowhere: Python writes it at exit, and would fail again (docs, "SIGPIPE")."""
    with suppress(OSError, ValueError):  # ValueError: a stream of a test has no descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leaves(group: ExceptionGroup[Exception]) -> list[Exception]:
    """The errors themselves: task groups nest them."""
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, ExceptionGroup) else [error])
    ]


def say(message: str, kind: str = "error") -> None:
    """Print to standard error, the hint dimmed on a terminal. `kind` is how grave it is: error or note."""
    head, _, hint = message.partition("\nhint: ")
    click.echo(click.style(f"{kind}: ", fg="red" if kind == "error" else "yellow", bold=True) + head, err=True)
    if hint:
        click.echo(click.style(f"hint: {hint}", dim=True), err=True)


def of(subscription: str, why: str) -> str:
    """The gate's words about an entry of `subscription`: the command that would allow more has its name."""
    return why.replace("permit NAME", f"syndicator permit {subscription}")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """Run the asynchronous part of a command to its end."""
    return asyncio.run(work)


def print_json(value: object) -> None:
    """Print one value as one line of JSON; moments as RFC 3339 has them."""
    click.echo(json.dumps(value, ensure_ascii=False, default=_plain))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
