"""The command line as an operator and an editor meet it: what it prints, what it writes, how it exits."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation, install
from tests.samples import rss
from tests.upstream import Reply, Upstream, serve

COMMANDS = (
    *("init", "add", "permit", "list", "check", "once", "run", "status", "queue", "publish", "hold", "withdraw"),
    *("explain", "import-opml", "export-opml", "healthcheck", "demo"),
)


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


@pytest.mark.parametrize("path", ["FILE/x.toml", "/proc/nowhere/x.toml", "FOLDER", "n" * 300])
def test_init_where_nothing_can_be_written_says_so(tmp_path: Path, path: str) -> None:
    (tmp_path / "FILE").write_text("")
    (tmp_path / "FOLDER").mkdir()
    command = [sys.executable, "-m", "syndicator", "--config", str(tmp_path / path), "init"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr, "\nhint: " in done.stderr) == (2, False, True)


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


def test_add_refuses_a_comment_feed(place: Installation, upstream: Upstream) -> None:
    upstream.replies["/comments"] = Reply(
        b"<rss version='2.0'><channel><title>Comments</title><item><title>By: Ada</title>"
        b"<link>https://harbour.example/bread/#comment-7</link></item></channel></rss>"
    )
    before = (place.folder / "syndicator.toml").read_bytes()
    done = place.run("add", upstream.url("/comments"), "--yes")
    assert (done.returncode, "comment feed" in done.stderr, "hint: " in done.stderr) == (2, True, True)
    assert (place.folder / "syndicator.toml").read_bytes() == before


@pytest.mark.parametrize("sentence", ["two\nlines", "a\ttab"])
def test_permit_writes_no_sentence_that_the_configuration_would_refuse(place: Installation, sentence: str) -> None:
    before = (place.folder / "syndicator.toml").read_bytes()
    done = place.run("permit", "harbour", sentence)
    assert (done.returncode, "hint: " in done.stderr) == (2, True)
    assert "subscriptions.harbour.permission.sentence" in done.stderr
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


FEED = "<rss version='2.0'><channel><title>Sea</title><item><title>A</title><link>https://a.example/1</link></item></channel></rss>"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["feed.xml", "absent.xml"], "absent.xml: cannot be read: No such file or directory"),
        (["feed.xml", "https://a.example/1"], "files and entries of the store are explained apart"),
        (["folder"], "folder: is a folder"),
        (["empty"], "empty: the document is empty\nhint: give a feed, a page or a comment feed"),
        (["noise"], "no element was found in the document\nhint: give a feed, a page or a comment feed"),
        (["--together", "feed.xml", "empty"], "2 documents together: document 2 of 2: the document is empty"),
        (["absent.xml"], "no such file, and no store to look in: there is no configuration"),
        ([f"https://a.example/{'x' * 300}/"], "no such file, and no store to look in: there is no configuration"),
    ],
    ids=[
        "a missing file beside one",
        "a file and an address",
        "a folder",
        "an empty file",
        "noise",
        "the second of two",
        "a missing file without a configuration",
        "a long address without a configuration",
    ],
)
def test_explain_names_what_cannot_be_explained_and_why(tmp_path: Path, arguments: list[str], said: str) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    (tmp_path / "empty").write_text("")
    (tmp_path / "noise").write_bytes(bytes(range(1, 200)) * 9)
    (tmp_path / "folder").mkdir()
    placed = [one if one.startswith(("-", "https:")) else str(tmp_path / one) for one in arguments]
    done = Installation(folder=tmp_path, port=0).run("explain", *placed)
    assert (done.returncode, "hint: " in done.stderr) == (2, True), done.stderr
    assert said in done.stderr


def test_explain_of_a_file_needs_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(FEED)
    done = Installation(folder=tmp_path, port=0).run("explain", str(tmp_path / "feed.xml"))
    assert done.stdout.startswith("A\n"), done.stderr


def test_explain_of_a_long_address_looks_in_the_store(place: Installation) -> None:
    done = place.run("explain", f"https://harbour.example/{'x' * 300}/")
    assert (done.returncode, "no entry has this URL" in done.stderr) == (2, True)


def test_opml_goes_out_and_comes_in_again(place: Installation, tmp_path: Path) -> None:
    opml = tmp_path / "feeds.opml"
    opml.write_text(place.run("export-opml").stdout)
    (tmp_path / "second").mkdir()
    second = install(tmp_path / "second", {})
    assert second.run("import-opml", str(opml)).returncode == 0
    assert json.loads(second.run("list", "--json").stdout.splitlines()[0])["publications"] == ["all"]
    assert "there already" in second.run("import-opml", str(opml)).stdout


def opml(*urls: str) -> str:
    outlines = "".join(f'<outline text="Feed {n}" xmlUrl="{url}"/>' for n, url in enumerate(urls, start=1))
    return f'<opml version="2.0"><body>{outlines}</body></opml>'


def test_import_leaves_out_what_is_no_address_and_says_which(place: Installation, tmp_path: Path) -> None:
    bad = ["http://[::1", "javascript:alert(1)", "ftp://a.example/feed", "https://a.example/b c", "/feed.xml"]
    (tmp_path / "feeds.opml").write_text(opml("https://a.example/one", *bad, "https://a.example/two"))
    done = place.run("import-opml", str(tmp_path / "feeds.opml"))
    assert done.returncode == 1, done.stderr
    for number, url in enumerate(bad, start=2):
        assert f"! Feed {number}: left out: '{url}', expected an http:// or https:// address\n" in done.stdout
    listed = place.run("list")
    assert listed.returncode == 0
    assert "feed-1: https://a.example/one → all" in listed.stdout
    assert "feed-7: https://a.example/two → all" in listed.stdout


def test_import_into_a_publication_that_is_not_there_adds_nothing(place: Installation, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(opml("https://a.example/one", "https://a.example/two"))
    before = (place.folder / "syndicator.toml").read_bytes()
    assert place.run("import-opml", str(tmp_path / "feeds.opml"), "--publication", "none").returncode == 2
    assert (place.folder / "syndicator.toml").read_bytes() == before


def test_healthcheck_fails_without_a_daemon_and_passes_with_one(place: Installation) -> None:
    assert place.run("healthcheck").returncode == 1
    with place.daemon():
        place.wait_for("/readyz")
        assert place.run("healthcheck").returncode == 0


def test_entries_for_review_wait_until_an_editor_lets_them_out_and_can_be_held_again(
    tmp_path: Path, upstream: Upstream
) -> None:
    place = install(tmp_path, {"harbour": upstream.url("/feed")}, terms='publish = "review"')
    place.run("once")
    assert b"<entry" not in place.read("all/feed.atom")
    waiting = [json.loads(line) for line in place.run("queue", "--json").stdout.splitlines()]
    assert len(waiting) == 3
    assert place.run("publish", waiting[0]["id"], waiting[1]["url"]).returncode == 0
    place.run("once")
    assert place.read("all/feed.atom").count(b"<entry") == 2
    assert len(place.run("queue", "--json").stdout.splitlines()) == 1
    place.run("hold", waiting[0]["id"])
    place.run("once", "harbour")
    assert place.read("all/feed.atom").count(b"<entry") == 1
    assert place.run("hold", "urn:unknown").returncode == 2
