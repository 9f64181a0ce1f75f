"""What goes wrong outside: each trouble is told with a reason and a hint, and touches nothing but its own
subscription.
"""

import gzip
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from tests.acceptance.installation import Installation, free_port, install
from tests.samples import rss
from tests.upstream import Reply, Upstream, serve

GOOD = range(3)

BAD_REPLIES = {
    "an empty body": Reply(b""),
    "white space": Reply(b" \n\n "),
    "a web page": Reply(
        b"<!doctype html><html><head><title>Hello</title></head><body><p>Hi</p></body></html>", type="text/html"
    ),
    "a picture": Reply(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, type="image/png"),
    "an entity bomb": Reply(
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        b"<rss version='2.0'><channel><title>&b;</title><item><title>&b;</title></item></channel></rss>"
    ),
    "an external entity": Reply(
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b"<rss version='2.0'><channel><title>x</title><item><title>&x;</title></item></channel></rss>"
    ),
    "a gzip bomb": Reply(gzip.compress(bytes(60_000_000)), headers={"Content-Encoding": "gzip"}),
    "eleven megabytes": Reply(b"<rss version='2.0'><channel><title>" + b"x" * 11_000_000),
    "not found": Reply(b"gone fishing", status=404),
    "forbidden": Reply(b"no", status=403),
    "a broken server": Reply(b"oops", status=500),
    "too busy": Reply(b"later", status=503, headers={"Retry-After": "7200"}),
    "a redirect in circles": Reply(status=302, headers={"Location": "/bad.xml"}),
    "a redirect to a file": Reply(status=302, headers={"Location": "file:///etc/passwd"}),
    "a redirect to nowhere": Reply(status=301),
    "broken JSON": Reply(b'{"version": "https://jsonfeed.org/version/1.1", "items": [', type="application/feed+json"),
}


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    with serve({}) as upstream:
        upstream.replies["/good.xml"] = Reply(rss(upstream.origin, GOOD))
        yield upstream


@pytest.fixture
def place(tmp_path: Path, upstream: Upstream) -> Installation:
    return install(tmp_path, {"bad": upstream.url("/bad.xml"), "good": upstream.url("/good.xml")})


def published(place: Installation) -> list[str]:
    return [entry.id for entry in feedparser.parse(place.read("all/feed.atom")).entries]


@pytest.mark.parametrize("reply", BAD_REPLIES.values(), ids=BAD_REPLIES)
def test_a_bad_answer_is_told_with_its_reason_and_the_others_come_in(
    place: Installation, upstream: Upstream, reply: Reply
) -> None:
    upstream.replies["/bad.xml"] = reply
    done = place.run("once")
    line = next(line for line in done.stdout.splitlines() if " bad:" in line)
    assert done.returncode == 1
    assert "! bad: " in line
    assert len(line) > len("! bad: failed: ") + 10, "the reason is missing"
    assert "hint: " in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert len(published(place)) == len(GOOD)


def test_what_was_published_stays_when_a_feed_turns_bad(place: Installation, upstream: Upstream) -> None:
    upstream.replies["/bad.xml"] = Reply(rss(upstream.origin, range(4), feed=1))
    assert place.run("once").returncode == 0
    before = place.read("all/feed.atom")
    upstream.replies["/bad.xml"] = Reply(b"<html>maintenance</html>", type="text/html")
    assert place.run("once", "bad").returncode == 1
    assert place.read("all/feed.atom") == before


def test_nobody_listening_is_told(tmp_path: Path) -> None:
    place = install(tmp_path, {"bad": f"http://127.0.0.1:{free_port()}/feed"})
    done = place.run("once")
    assert done.returncode == 1
    assert "refuses connections" in done.stdout


def test_private_addresses_are_not_asked_unless_allowed(place: Installation, upstream: Upstream) -> None:
    done = place.run("once", SYNDICATOR_FETCH__ALLOW_PRIVATE_NETWORKS="false")
    assert done.returncode == 1
    assert "fetch.allow_private_networks" in done.stdout
    assert upstream.requests == []


def test_a_feed_cut_short_gives_what_it_had_and_is_asked_again_in_full(place: Installation, upstream: Upstream) -> None:
    whole = rss(upstream.origin, range(6), feed=1)
    upstream.replies["/bad.xml"] = Reply(whole[: len(whole) * 2 // 3])
    place.run("once")
    some = len(published(place))
    upstream.replies["/bad.xml"] = Reply(whole)
    place.run("once", "bad")
    assert len(GOOD) < some < len(published(place)) == len(GOOD) + 6
    assert "If-None-Match" not in upstream.asked("/bad.xml")[-1].headers


def test_410_retires_the_feed_and_keeps_its_entries(place: Installation, upstream: Upstream) -> None:
    upstream.replies["/bad.xml"] = Reply(rss(upstream.origin, range(4), feed=1))
    place.run("once")
    upstream.replies["/bad.xml"] = Reply(status=410)
    assert "x bad: gone" in place.run("once", "bad").stdout
    asked = len(upstream.asked("/bad.xml"))
    place.run("once")
    assert len(upstream.asked("/bad.xml")) == asked
    assert len(published(place)) == 4 + len(GOOD)


def test_a_permanent_redirect_is_remembered(place: Installation, upstream: Upstream) -> None:
    upstream.replies["/bad.xml"] = Reply(status=301, headers={"Location": "/new.xml"})
    upstream.replies["/new.xml"] = Reply(rss(upstream.origin, range(2), feed=1))
    place.run("once")
    place.run("once", "bad")
    assert len(upstream.asked("/bad.xml")) == 1
    assert len(upstream.asked("/new.xml")) == 2


def test_a_locked_database_is_told_and_left_alone(place: Installation, upstream: Upstream) -> None:
    upstream.replies["/bad.xml"] = Reply(rss(upstream.origin, range(2), feed=1))
    place.run("once")
    before = published(place)
    with sqlite3.connect(place.folder / "syndicator.db", isolation_level=None) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        done = place.run("once", "bad")
        holder.execute("ROLLBACK")
    holder.close()
    assert (done.returncode, "store locked" in done.stderr, "hint: " in done.stderr) == (2, True, True)
    assert place.run("once", "bad").returncode == 0
    assert published(place) == before


def test_a_file_that_is_no_database_is_told_and_left_alone(place: Installation) -> None:
    (place.folder / "syndicator.db").write_bytes(b"my diary, dear diary " * 100)
    done = place.run("once")
    assert (done.returncode, "hint: " in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    assert (place.folder / "syndicator.db").read_bytes().startswith(b"my diary")


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_told_and_what_was_published_stays(
    place: Installation, upstream: Upstream, tiny_disk: Path
) -> None:
    place.run("once", "good", SYNDICATOR_OUTPUT__DIRECTORY=str(tiny_disk))
    before = (tiny_disk / "all" / "feed.atom").read_bytes()
    upstream.replies["/bad.xml"] = Reply(rss(upstream.origin, range(150), feed=1))
    done = place.run("once", "bad", SYNDICATOR_OUTPUT__DIRECTORY=str(tiny_disk))
    assert (done.returncode, "publishing failed" in done.stderr, "hint: " in done.stderr) == (1, True, True)
    assert feedparser.parse((tiny_disk / "all" / "feed.atom").read_bytes()).bozo == 0
    assert [path.name for path in tiny_disk.rglob(".*")] == []
    assert len(before) > 0
    (place.folder / "elsewhere").mkdir()
    again = place.run("once", "good", SYNDICATOR_OUTPUT__DIRECTORY=str(place.folder / "elsewhere"))
    assert again.returncode == 0


def test_a_full_disk_under_the_database_loses_nothing_that_was_saved(
    place: Installation, upstream: Upstream, tiny_disk: Path
) -> None:
    store = f"sqlite:///{tiny_disk}/syndicator.db"
    assert place.run("once", "good", SYNDICATOR_STORE__URL=store).returncode == 0
    upstream.replies["/bad.xml"] = Reply(rss(upstream.origin, range(300), feed=1))
    done = place.run("once", "bad", SYNDICATOR_STORE__URL=store)
    assert (done.returncode, "store full" in done.stderr, "hint: " in done.stderr) == (2, True, True)
    assert len(published(place)) == len(GOOD)
    assert place.run("status", SYNDICATOR_STORE__URL=store).returncode == 0
