"""What the log looks like: one line a message, text for people, JSON for programs, libraries included."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from syndicator import log


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_json_has_one_object_a_line_with_event_level_time_and_the_facts():
    log.configure("json", "info", stream := io.StringIO())
    log.logger().info("polled", subscription="leuchtturm", title="Über\nzwei Zeilen")
    [line] = lines(stream)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "polled",
        "level": "info",
        "subscription": "leuchtturm",
        "title": "Über\nzwei Zeilen",
    }


@pytest.mark.parametrize(
    ("format", "stream", "is_json"),
    [
        ("auto", Terminal(), False),
        ("auto", io.StringIO(), True),
        ("text", io.StringIO(), False),
        ("json", Terminal(), True),
    ],
    ids=["auto on a terminal: text", "auto elsewhere: JSON", "text anywhere", "JSON anywhere"],
)
def test_the_format_follows_the_setting_then_the_stream(format, stream, is_json):
    log.configure(format, "info", stream)
    log.logger().info("polled")
    assert stream.getvalue().startswith("{") is is_json
    assert "polled" in stream.getvalue()


def test_only_a_terminal_gets_colours():
    for stream, coloured in ((Terminal(), True), (io.StringIO(), False)):
        log.configure("text", "info", stream)
        log.logger().info("polled")
        assert ("\x1b[" in stream.getvalue()) is coloured


def test_what_libraries_log_comes_out_the_same_way():
    log.configure("json", "info", stream := io.StringIO())
    logging.getLogger("uvicorn.error").error("port %d is taken", 80)
    logging.getLogger("some_library").info("hello", extra={"count": 3})
    assert [(line["event"], line["level"], line.get("count")) for line in lines(stream)] == [
        ("port 80 is taken", "error", None),
        ("hello", "info", 3),
    ]


def test_messages_below_the_level_are_left_out():
    log.configure("json", "warning", stream := io.StringIO())
    log.logger().info("polled")
    logging.getLogger("some_library").info("hello")
    log.logger().warning("slow")
    assert [line["event"] for line in lines(stream)] == ["slow"]


@pytest.mark.parametrize(("level", "count"), [("info", 0), ("debug", 1)])
def test_a_line_for_every_tick_or_request_is_shown_at_debug_only(level, count):
    log.configure("json", level, stream := io.StringIO())
    logging.getLogger("apscheduler.scheduler").info("Running job")
    assert len(lines(stream)) == count


def test_configuring_again_moves_the_log_and_does_not_double_it():
    log.configure("json", "info", first := io.StringIO())
    logger = log.logger()
    logger.info("one")
    log.configure("json", "info", second := io.StringIO())
    logger.info("two")
    assert ([line["event"] for line in lines(first)], [line["event"] for line in lines(second)]) == (["one"], ["two"])


@pytest.mark.parametrize("format", ["text", "json"])
def test_an_exception_is_shown_with_its_traceback_but_not_with_the_values_of_its_variables(format):
    log.configure(format, "info", stream := io.StringIO())
    try:
        secret = "-".join(["hunter", "2"])
        int(secret[0])
    except ValueError:
        log.logger().exception("broke")
    assert "invalid literal for int()" in stream.getvalue()
    assert "hunter-2" not in stream.getvalue()


def test_an_error_and_its_hint_are_one_line_of_text():
    log.configure("text", "info", stream := io.StringIO())
    log.logger().error("store locked: feeds.db: in use\nhint: stop the other program")
    assert "in use | hint: stop the other program" in stream.getvalue()


def test_words_from_outside_cannot_fake_a_line_or_move_the_cursor():
    log.configure("text", "info", stream := io.StringIO())
    log.logger().info("title\nfaked", title="\x1b[2Jgone\r\x9b")
    assert stream.getvalue().count("\n") == 1
    assert not {"\x1b", "\r", "\x9b"} & set(stream.getvalue())
