"""How a command ends when the reader goes, the disk is full, or somebody presses Ctrl-C: never with a traceback."""

import errno
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicator.cli.ends import of, print_json, say, told
from syndicator.errors import PublishError, StoreFull, UsageError

GONE = BrokenPipeError(errno.EPIPE, "Broken pipe")
FULL = OSError(errno.ENOSPC, "No space left on device")
OURS = UsageError("x", "not there", "look")


@pytest.fixture
def ended(monkeypatch, capsys):
    """A function that raises inside a command and gives exit status and standard error."""
    monkeypatch.setattr("syndicator.cli.ends._mute", lambda: None)

    def ended(error: BaseException) -> tuple[object, str]:
        @told
        def command() -> None:
            raise error

        with pytest.raises(SystemExit) as caught:
            command()
        return caught.value.code, capsys.readouterr().err

    return ended


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OURS, (2, "error: cannot do that: x: not there\nhint: look\n")),
        (PublishError("x", "full"), (1, "error: publishing failed: x: full\n")),
        (GONE, (141, "")),
        (FULL, (1, "error: output not written: standard output: No space left on device\n")),
        (KeyboardInterrupt(), (130, "stopped\n")),
        (ExceptionGroup("", [ExceptionGroup("", [GONE])]), (141, "")),
        (ExceptionGroup("", [GONE, StoreFull("db", "full")]), (2, "error: store full: db: full\n")),
    ],
    ids=["ours", "publishing", "reader gone", "disk full", "Ctrl-C", "in task groups", "ours goes before the output's"],
)
def test_an_end_is_a_status_and_a_message(ended, error, expected):
    assert ended(error) == expected


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "full", "/srv/some.file"), ConnectionResetError(errno.ECONNRESET, "reset"), ValueError("x")],
    ids=["a file's own", "a connection's", "a fault"],
)
@pytest.mark.parametrize("grouped", [False, True])
def test_what_is_not_of_the_output_goes_on_as_it_came(error, grouped):
    @told
    def command() -> None:
        raise ExceptionGroup("", [error, OURS]) if grouped else error

    with pytest.raises(ExceptionGroup if grouped else type(error)):
        command()


def test_a_note_is_not_called_an_error(capsys):
    say("a.toml: no such entry\nhint: look", kind="note")
    assert capsys.readouterr().err == "note: a.toml: no such entry\nhint: look\n"


def test_the_command_that_would_allow_more_is_told_with_the_subscriptions_name():
    assert of("tidewater", "ask: permit NAME …") == "ask: syndicator permit tidewater …"


@pytest.fixture
def listing(tmp_path: Path) -> list[str]:
    """A command that prints more than a pipe holds."""
    tables = "".join(f'[subscriptions.s{n}]\nurl = "https://ferry.example/{"x" * 900}"\n' for n in range(200))
    (tmp_path / "syndicator.toml").write_text(f'[site]\nbase_url = "https://a.example"\ntitle = "A"\n{tables}')
    return [sys.executable, "-m", "syndicator", "--config", str(tmp_path / "syndicator.toml"), "list"]


def test_a_reader_that_goes_away_ends_the_command_quietly(listing):
    with subprocess.Popen(listing, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")  # noqa: PTH110
def test_a_full_disk_behind_the_output_is_one_line(listing):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        done = subprocess.run(listing, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "error: output not written: standard output: No space left on device\n",
    )


def test_a_moment_in_json_is_written_as_rfc_3339_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"polled": datetime(2026, 5, 3, 12, tzinfo=UTC)})
    assert capsys.readouterr().out == '{"polled": "2026-05-03T12:00:00+00:00"}\n'
