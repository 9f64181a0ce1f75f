"""A round that is interrupted: nothing is held back from the next one, and nobody reads a traceback."""

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, install
from tests.samples import rss
from tests.upstream import Reply, Upstream, serve

NAMES = [f"feed-{n}" for n in range(12)]


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with serve({}) as upstream:
        for n, name in enumerate(NAMES):
            upstream.replies[f"/{name}"] = Reply(rss(upstream.origin, range(2), feed=n, size=500))
        yield upstream


@pytest.fixture
def place(tmp_path: Path, upstream: Upstream) -> Installation:
    return install(tmp_path, {name: upstream.url(f"/{name}") for name in NAMES})


def test_a_round_that_ctrl_c_ended_leaves_every_subscription_free_for_the_next(
    place: Installation, upstream: Upstream
) -> None:
    held = threading.Event()
    first = upstream.replies["/feed-0"]
    upstream.replies["/feed-0"] = Reply(first.body, hold=held)
    deaf = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs start deaf to Ctrl-C
    process = subprocess.Popen(place.command("once"), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    signal.signal(signal.SIGINT, deaf)
    end = time.monotonic() + 60
    while not upstream.asked("/feed-0") and time.monotonic() < end:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    held.set()
    upstream.replies["/feed-0"] = first
    assert process.returncode != 0
    assert "Traceback" not in said
    assert "+ feed-0: changed" in place.run("once", "feed-0").stdout
    assert len(place.run("once").stderr) == 0
    assert place.read("all/feed.atom").count(b"<entry") == 2 * len(NAMES)


def test_a_reader_of_the_output_that_goes_away_does_not_stop_the_work(place: Installation) -> None:
    command = " ".join(place.command("once"))
    done = subprocess.run(f"{command} | head -n 1", shell=True, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr
    assert place.read("all/feed.atom").count(b"<entry") == 2 * len(NAMES)


def test_one_entry_with_an_impossible_comment_feed_keeps_nobody_from_being_published(
    place: Installation, upstream: Upstream
) -> None:
    odd = b'<wfw:commentRss xmlns:wfw="http://wellformedweb.org/CommentAPI/">http://xn--a/</wfw:commentRss></item>'
    whole = upstream.replies["/feed-3"].body
    upstream.replies["/feed-3"] = Reply(whole.replace(b"</item>", odd))
    done = place.run("once")
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert place.read("all/feed.atom").count(b"<entry") == 2 * len(NAMES)


def test_a_redirect_to_an_impossible_host_is_one_subscription_s_failure(
    place: Installation, upstream: Upstream
) -> None:
    upstream.replies["/feed-5"] = Reply(status=302, headers={"Location": "http://xn--a/"})
    done = place.run("once")
    assert done.returncode == 1
    assert done.stdout.count("+ feed-") == len(NAMES) - 1
    assert "Traceback" not in done.stderr
