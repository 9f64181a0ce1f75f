"""The daemon, top to bottom: address, doors, web server, engine, signals, an orderly end. It must not decide what is
due.
"""

import asyncio
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

import uvicorn

from syndicator import config as configuration
from syndicator import web
from syndicator.config import Config
from syndicator.doors import Doors, open_doors
from syndicator.engine.local import Work, work
from syndicator.errors import ConfigError, PublishError, StoreError, UsageError
from syndicator.log import logger
from syndicator.model import Mistake
from syndicator.plugins import load
from syndicator.store import intact, subscriptions

STALLED_AFTER = 60.0
FRESH_AT_MOST = timedelta(hours=1)  # corrections and take-downs come without a poll
OPEN = ("store_url", "server", "output", "fetch", "sandbox", "log")  # settings that the open doors were made with


async def serve(config: Config, environ: Mapping[str, str], *, started: Callable[[], None] = lambda: None) -> None:
    """Run until SIGTERM or SIGINT, then finish what is in flight within ten seconds.

    `environ` is read again with the configuration file when that changes; `started` is called once the server answers.
    Raises PublishError when there is no output folder, UsageError when the address is taken, StoreError when the
    database cannot be used, ConfigError for a plugin.
    """
    stop = _stop_on_signals()
    _make_output(config)
    _tell(config)
    with _bound(config) as address:
        async with open_doors(config) as doors:
            await subscriptions.release(doors.store)
            state = Work(doors=doors)
            server = _server(config, state)
            async with asyncio.TaskGroup() as group:
                group.create_task(server.serve(sockets=[address]))
                group.create_task(work(state, stop, reload=_reloader(config, environ)))
                started()
                await stop.wait()
                server.should_exit = True
    logger().info("stopped")


def _make_output(config: Config) -> None:
    try:
        config.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PublishError(str(config.output), f"cannot be made: {error.strerror}", "set output.directory") from error


def _stop_on_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def _bound(config: Config) -> socket.socket:
    """The listening socket; taken before anything else, so that a second daemon stops before it touches the store."""
    host, port = config.server.host, config.server.port
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        hint = "another program listens there: stop it, or take another port: server.port, or --port of the demo"
        raise UsageError(f"{host}:{port}", f"cannot listen: {error.strerror}", hint) from error


def _server(config: Config, state: Work) -> uvicorn.Server:
    async def ready() -> str | None:
        if state.ticked_at is None:
            return "starting: the engine has not ticked yet"
        idle = (state.doors.now() - state.ticked_at).total_seconds()
        return f"stalled: the last tick was {idle:.0f} s ago" if idle > STALLED_AFTER else await _store_answers(state)

    return uvicorn.Server(
        uvicorn.Config(
            web.application(config.output, ready, lambda: max_age(state.doors.config)),
            log_config=None,
            access_log=False,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=3,
        )
    )


def max_age(config: Config) -> int:
    """How long a cache may keep what is served (s): who asks more often than we poll gains nothing.

    The shortest `every` of what the publications list, which is a minute or more; a minute where they list nothing:
    somebody is setting up.
    """
    listed = (config.subscriptions[name] for each in config.publications.values() for name in each.subscriptions)
    shortest = min((each.every for each in listed), default=timedelta(minutes=1))
    return int(min(shortest, FRESH_AT_MOST).total_seconds())


async def _store_answers(state: Work) -> str | None:
    try:
        await intact(state.doors.store)
        await subscriptions.next_due(state.doors.store)
    except StoreError as error:
        return str(error)
    return None


def _reloader(config: Config, environ: Mapping[str, str]) -> Callable[[Doors], Doors]:
    """A function that gives doors with the newer configuration once a file of it has changed.

    A mistake in the configuration keeps the old one; one in an editor's file keeps what that file said before.
    """
    seen = config.stamp
    said = config.mistakes

    def reload(doors: Doors) -> Doors:
        nonlocal seen, said
        stamp = configuration.stamp(config.path)
        if stamp == seen:
            return doors
        seen = stamp
        try:
            newer = _with(doors, configuration.load(config.path, environ, doors.config))
        except ConfigError as error:
            logger().error(str(error))
            return doors
        logger().info("configuration reloaded", file=str(config.path))
        _tell(newer.config, said)
        said = newer.config.mistakes
        return newer

    return reload


def _tell(config: Config, said: tuple[Mistake, ...] = ()) -> None:
    """Log the mistakes in the editor's files that were not told before."""
    for mistake in config.mistakes:
        if mistake not in said:
            logger().error(mistake.subject, why=mistake.why, hint=mistake.hint)


def _with(doors: Doors, newer: Config) -> Doors:
    """The doors with `newer`, but for what is open already: that changes with a restart."""
    old = doors.config
    changed = [name for name in OPEN if getattr(newer, name) != getattr(old, name)]
    if changed:
        logger().warning("these settings take effect after a restart", settings=changed)
    kept = {name: getattr(old, name) for name in OPEN}
    return replace(doors, config=replace(newer, **kept), transforms=load(newer.plugins))
