"""What the program tells while it works: text on a terminal, one JSON object a line otherwise, to one stream.

Rooms write with `logger()`; what libraries say through the standard library's logging (uvicorn,
APScheduler, Alembic …) comes out the same way. Uvicorn must be started with `log_config=None`, or it brings its own.
This module must not log anything itself, and no stage may import it: stages return Notes.
"""

import logging
from typing import Literal, TextIO, cast

import structlog
from structlog.typing import EventDict, FilteringBoundLogger, Processor, WrappedLogger

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["auto", "text", "json"]

# What these say at info is one line a request or a tick: news only for who looks for a fault.
_TALKATIVE = ("alembic", "apscheduler", "httpcore", "httpx", "uvicorn")
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))} | {ord("\n"): " | "}


def logger() -> FilteringBoundLogger:
    """Where to write: `logger().info("polled", subscription=name)`, the event in words and the facts by name."""
    return cast(FilteringBoundLogger, structlog.get_logger())


def configure(format: Format, level: Level, stream: TextIO) -> None:
    """Send all messages of at least `level` to `stream`; "auto" is text where `stream` is a terminal, else JSON.

    May be called again: the last call holds.
    """
    text = format == "text" or (format == "auto" and stream.isatty())
    first: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = _as_text(colours=stream.isatty()) if text else _as_json()
    structlog.configure(
        processors=[*first, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    _route(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=first, processors=last), level, stream)


def _route(formatter: logging.Formatter, level: Level, stream: TextIO) -> None:
    """Let the standard library's root logger write with `formatter`, and nobody beside it."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG if level == "debug" else logging.WARNING)


def _as_text(*, colours: bool) -> list[Processor]:
    plain = structlog.dev.plain_traceback  # the rich one prints the values of variables, passwords among them
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        _without_controls,
        structlog.dev.ConsoleRenderer(colors=colours, exception_formatter=plain),
    ]


def _as_json() -> list[Processor]:
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
    ]


def _without_controls(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Words from outside (a title, a URL) must not move the cursor or fake a line of the log."""
    return {key: value.translate(_CONTROLS) if isinstance(value, str) else value for key, value in event.items()}
