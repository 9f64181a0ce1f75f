"""The daemon from outside: it follows, publishes, serves, takes a new configuration, and ends in order."""

import json
import signal
import threading
import time
from pathlib import Path
from urllib.request import urlopen

import feedparser

from tests.acceptance.installation import install
from tests.samples import rss
from tests.test_pictures import PNG
from tests.test_pipeline_pictures import named, shown
from tests.test_pipeline_works import atom
from tests.upstream import Reply, serve


def test_it_follows_publishes_and_serves(tmp_path: Path) -> None:
    with serve({}) as upstream:
        upstream.replies["/feed"] = Reply(rss(upstream.origin, range(5)))
        place = install(tmp_path, {"harbour": upstream.url("/feed")})
        with place.daemon():
            assert len(place.wait_for_entries(5)) == 5
            assert b"all/feed.atom" in place.wait_for("/")
            assert place.wait_for("/healthz") == b"ok\n"
            assert place.wait_for("/readyz") == b"ready\n"


def test_a_changed_configuration_is_taken_without_a_restart_and_a_mistake_in_it_changes_nothing(tmp_path: Path) -> None:
    with serve({}) as upstream:
        upstream.replies["/feed"] = Reply(rss(upstream.origin, range(2)))
        upstream.replies["/more"] = Reply(rss(upstream.origin, range(3), feed=1))
        place = install(tmp_path, {"harbour": upstream.url("/feed")})
        path = place.folder / "syndicator.toml"
        good = path.read_text()
        with place.daemon():
            place.wait_for("/all/feed.atom")
            path.write_text(good.replace("limit", "limmit"))
            time.sleep(2.5)
            assert "limmit" in place.log
            assert place.wait_for("/readyz") == b"ready\n"
            more = f'[subscriptions.more]\nurl = "{upstream.url("/more")}"\nevery = "5m"\n'
            path.write_text(good.replace('subscriptions = ["harbour"]', 'subscriptions = ["harbour", "more"]') + more)
            assert len(place.wait_for_entries(5)) == 5
            with urlopen(f"http://127.0.0.1:{place.port}/all/feed.atom") as answer:
                assert answer.headers["Cache-Control"] == "max-age=300"  # the new rhythm of polling


def test_sigterm_lets_what_is_in_flight_end_within_ten_seconds(tmp_path: Path) -> None:
    with serve({}) as upstream:
        held = threading.Event()
        upstream.replies["/feed"] = Reply(rss(upstream.origin, range(4)), hold=held)
        place = install(tmp_path, {"harbour": upstream.url("/feed")})
        with place.daemon() as process:
            place.wait_for("/readyz")
            end = time.monotonic() + 10
            while not upstream.asked("/feed"):
                assert time.monotonic() < end, place.log
                time.sleep(0.05)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            held.set()
            assert process.wait(10) == 0, place.log
        assert "Traceback" not in place.log
        upstream.replies["/feed"] = Reply(status=500)
        place.run("once")
        assert len(feedparser.parse(place.read("all/feed.atom")).entries) == 4


def test_a_second_daemon_at_the_same_address_is_refused_before_it_touches_the_store(tmp_path: Path) -> None:
    place = install(tmp_path, {})
    with place.daemon():
        place.wait_for("/readyz")
        second = place.run("run")
        assert (second.returncode, "cannot listen" in second.stderr, "hint: " in second.stderr) == (2, True, True)


def test_an_error_stands_in_the_log_with_its_reason_and_its_hint_apart(tmp_path: Path) -> None:
    place = install(tmp_path, {})
    obstacle = place.output / "all" / "feed.atom"
    obstacle.mkdir(parents=True)
    with place.daemon():
        end = time.monotonic() + 20
        while "publishing failed" not in place.log:
            assert time.monotonic() < end, place.log
            time.sleep(0.1)
    (said,) = [line for line in map(json.loads, place.log.splitlines()) if "publishing failed" in line["event"]]
    assert (said["event"], said["level"]) == (f"publishing failed: {obstacle}", "error")
    assert said["why"]
    assert said["hint"]


def test_a_copied_picture_is_served_and_shown_though_its_entry_went_out_before_it(tmp_path: Path) -> None:
    with serve({"/bell.png": Reply(PNG, type="text/plain")}) as upstream:
        upstream.replies["/quay"] = atom(upstream, shown(upstream, "/bell.png"))
        feeds = {"quay": upstream.url("/quay")}
        place = install(tmp_path, feeds, terms='permission = "letter"\nfull_text = "never"\nterms.images = "copy"')
        with place.daemon():
            assert place.wait_for(f"/{named(PNG)}") == PNG
            end = time.monotonic() + 20
            while named(PNG).encode() not in place.wait_for("/all/feed.atom"):
                assert time.monotonic() < end
                time.sleep(0.1)
