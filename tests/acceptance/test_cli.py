"""The command line as an operator and an editor meet it: what it prints, what it writes, how it exits."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, install
from tests.samples import rss
from tests.upstream import Reply, Upstream, serve

COMMANDS = "init add permit list check once run status explain import-opml export-opml healthcheck demo".split()  # noqa: SIM905 - as they are written


@pytest.fixture
def upstream():
    with serve({}) as upstream:
        upstream.replies["/feed"] = Reply(rss(upstream.origin, range(3)))
        yield upstream


@pytest.fixture
def place(tmp_path: Path, upstream: Upstream) -> Installation:
    return install(tmp_path, {"harbour": upstream.url("/feed")}, terms="")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "syndicator", command, "--help"], capture_output=True, text=True, check=True
    )
    assert f"syndicator {command}" in done.stdout


def test_init_writes_a_configuration_that_check_accepts(tmp_path: Path) -> None:
    place = Installation(folder=tmp_path, port=0)
    assert place.run("init").returncode == 0
    assert place.run("check").returncode == 0
    second = place.run("init")
    assert (second.returncode, "hint: " in second.stderr) == (2, True)


def test_a_missing_configuration_names_init(tmp_path: Path) -> None:
    done = Installation(folder=tmp_path, port=0).run("once")
    assert (done.returncode, "syndicator init" in done.stderr) == (2, True)


def test_an_unknown_key_names_the_nearest_known_one(place: Installation) -> None:
    path = place.folder / "syndicator.toml"
    path.write_text(path.read_text().replace("title = ", "tittle = ", 1))
    done = place.run("check")
    assert done.returncode == 2
    assert "tittle" in done.stderr
    assert "title" in done.stderr.replace("tittle", "")


def test_add_finds_the_feed_of_a_site_and_says_what_may_be_done(place: Installation, upstream: Upstream) -> None:
    link = '<link rel="alternate" type="application/rss+xml" href="/other">'
    page = f'<!doctype html><html lang="en"><head>{link}</head></html>'
    upstream.replies |= {
        "/": Reply(page.encode(), type="text/html"),
        "/other": Reply(rss(upstream.origin, range(2), feed=7)),
    }
    done = place.run("add", upstream.url("/"), "--yes")
    assert done.returncode == 0, done.stderr
    for fact in (upstream.url("/other"), "The Harbour Post 7", "none declared", "excerpt", "permit"):
        assert fact in done.stdout
    listed = [json.loads(line) for line in place.run("list", "--json").stdout.splitlines()]
    added = next(row for row in listed if row.get("subscription") == "the-harbour-post-7")
    assert (added["url"], added["publications"]) == (upstream.url("/other"), ["all"])


def test_add_says_when_there_is_no_feed(place: Installation, upstream: Upstream) -> None:
    upstream.replies["/"] = Reply(b"<!doctype html><html><body>Nothing here</body></html>", type="text/html")
    before = (place.folder / "syndicator.toml").read_bytes()
    done = place.run("add", upstream.url("/"), "--yes")
    assert (done.returncode, "no feed there" in done.stderr, "hint: " in done.stderr) == (2, True, True)
    assert (place.folder / "syndicator.toml").read_bytes() == before


def test_permit_turns_an_excerpt_into_the_whole_article(place: Installation) -> None:
    place.run("once")
    short = place.read("all/feed.json")
    assert place.run("permit", "harbour", "letter of 3 May 2026 from the editors").returncode == 0
    place.run("once", "harbour")
    assert len(place.read("all/feed.json")) > 3 * len(short)


def test_once_with_an_unknown_name_says_which_there_are(place: Installation) -> None:
    done = place.run("once", "harbor")
    assert (done.returncode, "harbour" in done.stderr) == (2, True)


def test_once_as_json_is_one_object_a_subscription(place: Installation) -> None:
    (report,) = [json.loads(line) for line in place.run("once", "--json").stdout.splitlines()]
    assert (report["subscription"], report["outcome"], report["new"]) == ("harbour", "changed", 3)


def test_status_tells_of_each_subscription_and_what_was_withheld(place: Installation) -> None:
    place.run("once")
    told = place.run("status")
    assert told.returncode == 0
    for fact in ("harbour", "3", "excerpt"):
        assert fact in told.stdout
    rows = [json.loads(line) for line in place.run("status", "--json").stdout.splitlines()]
    assert any(row.get("subscription") == "harbour" for row in rows)


def test_explain_shows_each_fact_with_its_evidence(place: Installation, upstream: Upstream) -> None:
    place.run("once")
    (fact,) = [
        json.loads(line) for line in place.run("explain", "--json", upstream.url("/0/article-1/")).stdout.splitlines()
    ]
    translator = next(credit for credit in fact["credits"] if credit["role"] == "translator")
    assert translator["name"] == "Ines Rowan"
    assert {"where", "rule", "text"} <= translator["evidence"][0].keys()
    assert "Ines Rowan" in place.run("explain", upstream.url("/0/article-1/")).stdout


def test_explain_of_something_unknown_says_so(place: Installation) -> None:
    done = place.run("explain", "https://nowhere.example/")
    assert (done.returncode, "hint: " in done.stderr) == (2, True)


def test_opml_goes_out_and_comes_in_again(place: Installation, tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(place.run("export-opml").stdout)
    (tmp_path / "second").mkdir()
    second = install(tmp_path / "second", {})
    assert second.run("import-opml", str(opml)).returncode == 0
    assert json.loads(second.run("list", "--json").stdout.splitlines()[0])["publications"] == ["all"]
    assert "there already" in second.run("import-opml", str(opml)).stdout


def test_healthcheck_fails_without_a_daemon_and_passes_with_one(place: Installation) -> None:
    assert place.run("healthcheck").returncode == 1
    with place.daemon():
        place.wait_for("/readyz")
        assert place.run("healthcheck").returncode == 0
