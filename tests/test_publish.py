"""Files appear whole or not at all, and stay as they were where nothing changed; their compressed copies with them."""

import gzip
import os
import subprocess
import sys
import threading
from pathlib import Path

import brotli
import pytest

from syndicator.errors import PublishError
from syndicator.publish import publish, remove

LONG = b"The bell is rung by hand again when the fog comes in. " * 40
FILES = {"index.html": b"<p>index", "english/feed.atom": b"<feed/>", "english/index.html": b"<p>", "style.css": b"p{}"}


def everything_in(directory: Path) -> dict[str, bytes]:
    return {str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def test_files_are_written_with_folders_made_and_readable_by_a_web_server(tmp_path: Path) -> None:
    out = tmp_path / "var" / "public"
    publish(out, FILES)
    assert everything_in(out) == FILES
    assert {oct(path.stat().st_mode & 0o777) for path in out.rglob("*") if path.is_file()} == {"0o644"}


def test_pages_come_after_the_feeds_they_name(tmp_path: Path) -> None:
    assert publish(tmp_path, FILES) == ("english/feed.atom", "english/index.html", "style.css", "index.html")


def test_unchanged_bytes_are_not_rewritten(tmp_path: Path) -> None:
    publish(tmp_path, FILES)
    before = {path: path.stat() for path in tmp_path.rglob("*")}
    assert publish(tmp_path, FILES) == ()
    assert {path: path.stat() for path in tmp_path.rglob("*")} == before


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    publish(tmp_path, FILES)
    assert publish(tmp_path, {**FILES, "english/feed.atom": b"<feed>1"}) == ("english/feed.atom",)
    assert (tmp_path / "english/feed.atom").read_bytes() == b"<feed>1"


@pytest.mark.parametrize(
    "name", ["/etc/x", "../x", "a/../../x", "", ".", "a/..", "a//b", "a\\b", ".hidden", "a/", "a\0b"]
)
def test_a_path_that_leads_elsewhere_is_refused_before_anything_is_written(tmp_path: Path, name: str) -> None:
    out = tmp_path / "public"
    with pytest.raises(PublishError, match="not a plain path"):
        publish(out, {"first.txt": b"1", name: b"2"})
    assert not out.exists()


def test_a_symbolic_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "public", tmp_path / "elsewhere"
    out.mkdir()
    elsewhere.mkdir()
    (out / "english").symlink_to(elsewhere)
    with pytest.raises(PublishError, match="leads out"):
        publish(out, FILES)
    assert everything_in(elsewhere) == {}


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a//b", ".hidden"])
def test_nothing_is_removed_for_a_path_that_leads_elsewhere(tmp_path: Path, name: str) -> None:
    publish(tmp_path, FILES)
    with pytest.raises(PublishError, match="not a plain path"):
        remove(tmp_path, ["index.html", name])
    assert everything_in(tmp_path) == FILES


def test_what_a_killed_run_left_is_cleaned_up(tmp_path: Path) -> None:
    (tmp_path / ".publishing").mkdir()
    (tmp_path / ".publishing" / "abc").write_bytes(b"half")
    publish(tmp_path, FILES)
    assert everything_in(tmp_path) == FILES


def test_a_folder_in_the_way_is_told_with_a_hint_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "english" / "feed.atom" / "inner").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"feed\.atom: Is a directory\nhint: a folder stands") as caught:
        publish(tmp_path, FILES)
    assert caught.value.subject == str(tmp_path / "english/feed.atom")
    assert everything_in(tmp_path) == {}


def test_of_many_files_those_before_the_one_that_fails_are_written_and_nothing_is_left_behind(tmp_path: Path) -> None:
    files = {f"entries/{number:03}.html": b"%d " % number * 1000 for number in range(120)}
    (tmp_path / "entries" / "110.html" / "inner").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"110\.html: Is a directory"):
        publish(tmp_path, files)
    written = everything_in(tmp_path)
    assert {name: written[name] for name in sorted(files)[:100]} == dict(sorted(files.items())[:100])
    assert not any("110" in name or ".publishing" in name for name in written)
    assert all(f"{name}.br" in written and f"{name}.gz" in written for name in written if name.endswith(".html"))


def test_a_file_in_place_of_the_output_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "public").write_bytes(b"I was here first")
    with pytest.raises(PublishError, match="hint: a file stands"):
        publish(tmp_path / "public", FILES)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_without_the_right_to_write_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(PublishError, match="the right to write"):
        publish(tmp_path, FILES)


FULL = """
import resource, sys
from pathlib import Path
from syndicator.errors import PublishError
from syndicator.publish import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    publish(Path(sys.argv[1]), {"feed.atom": b"x" * 10_000})
except PublishError as error:
    print(error)
"""


def test_when_a_file_cannot_be_finished_the_old_one_stays_and_no_temporary_is_left(tmp_path: Path) -> None:
    """A limit on file sizes stops a write half way, as a full disk does."""
    publish(tmp_path, {"feed.atom": b"old"})
    told = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)
    assert told.stdout.startswith(f"publishing failed: {tmp_path}/feed.atom: File too large\nhint: ")
    assert everything_in(tmp_path) == {"feed.atom": b"old"}


def test_a_reader_never_sees_half_a_file_while_two_publishers_take_turns(tmp_path: Path) -> None:
    old, new = b"a" * 100_000, b"b" * 100_000
    publish(tmp_path, {"feed.atom": old})
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add((tmp_path / "feed.atom").read_bytes())

    def write() -> None:
        for turn in range(20):
            publish(tmp_path, {"feed.atom": (new, old)[turn % 2]})

    reader, writers = threading.Thread(target=read), [threading.Thread(target=write) for _ in range(2)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    reader.join()
    assert seen <= {old, new}
    assert set(everything_in(tmp_path)) == {"feed.atom", "feed.atom.br", "feed.atom.gz"}


@pytest.mark.parametrize(
    "name", ["feed.atom", "feed.rss", "feed.json", "all.opml", "a.html", "a.css", "a.txt", "a.xml"]
)
def test_a_text_has_compressed_copies_beside_it(tmp_path: Path, name: str) -> None:
    assert publish(tmp_path, {f"english/{name}": LONG}) == (f"english/{name}",)
    files = everything_in(tmp_path / "english")
    assert set(files) == {name, f"{name}.gz", f"{name}.br"}
    assert gzip.decompress(files[f"{name}.gz"]) == brotli.decompress(files[f"{name}.br"]) == LONG
    assert len(files[f"{name}.br"]) < len(files[f"{name}.gz"]) < len(LONG)


@pytest.mark.parametrize(
    ("name", "body"), [("icon.png", LONG), ("a.html.gone", LONG), ("small.atom", b"<feed/>"), ("empty.txt", b"")]
)
def test_what_gains_nothing_has_no_copies(tmp_path: Path, name: str, body: bytes) -> None:
    publish(tmp_path, {name: body})
    assert everything_in(tmp_path) == {name: body}


def test_a_copy_has_the_date_and_the_rights_of_its_file(tmp_path: Path) -> None:
    publish(tmp_path, {"feed.atom": LONG})
    stats = [path.stat() for path in tmp_path.iterdir()]
    assert len({stat.st_mtime_ns for stat in stats}) == 1
    assert {oct(stat.st_mode & 0o777) for stat in stats} == {"0o644"}


def test_equal_texts_have_equal_copies(tmp_path: Path) -> None:
    publish(tmp_path / "first", {"feed.atom": LONG})
    publish(tmp_path / "second", {"other.atom": b"", "feed.atom": LONG})
    for copy in ("feed.atom.gz", "feed.atom.br"):
        assert (tmp_path / "first" / copy).read_bytes() == (tmp_path / "second" / copy).read_bytes()


def test_an_unchanged_file_is_not_compressed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, {"feed.atom": LONG})
    before = {path: path.stat() for path in tmp_path.rglob("*")}
    monkeypatch.setattr("syndicator.publish.replacing.COMPRESS", dict.fromkeys((".br", ".gz"), pytest.fail))
    assert publish(tmp_path, {"feed.atom": LONG}) == ()
    assert {path: path.stat() for path in tmp_path.rglob("*")} == before


def test_a_changed_file_has_changed_copies(tmp_path: Path) -> None:
    publish(tmp_path, {"feed.atom": LONG})
    assert publish(tmp_path, {"feed.atom": LONG + b"!"}) == ("feed.atom",)
    assert gzip.decompress((tmp_path / "feed.atom.gz").read_bytes()) == LONG + b"!"
    assert brotli.decompress((tmp_path / "feed.atom.br").read_bytes()) == LONG + b"!"


def test_a_file_that_shrank_loses_its_copies(tmp_path: Path) -> None:
    publish(tmp_path, {"feed.atom": LONG})
    publish(tmp_path, {"feed.atom": b"<feed/>"})
    assert everything_in(tmp_path) == {"feed.atom": b"<feed/>"}


@pytest.mark.parametrize("lost", [["feed.atom.gz"], ["feed.atom.br"], ["feed.atom.gz", "feed.atom.br"]])
def test_lost_copies_are_made_again_and_the_file_is_not_told_as_changed(tmp_path: Path, lost: list[str]) -> None:
    publish(tmp_path, {"feed.atom": LONG})
    before, date = everything_in(tmp_path), (tmp_path / "feed.atom").stat().st_mtime_ns
    for name in lost:
        (tmp_path / name).unlink()
    assert publish(tmp_path, {"feed.atom": LONG}) == ()
    assert everything_in(tmp_path) == before
    assert {path.stat().st_mtime_ns for path in tmp_path.iterdir()} == {date}


def test_copies_of_another_text_are_made_again(tmp_path: Path) -> None:
    """Somebody wrote over a copy, or over the file: the dates tell."""
    publish(tmp_path, {"feed.atom": LONG})
    (tmp_path / "feed.atom.gz").write_bytes(gzip.compress(b"stale"))
    publish(tmp_path, {"feed.atom": LONG})
    assert gzip.decompress((tmp_path / "feed.atom.gz").read_bytes()) == LONG


def test_versions_that_follow_at_once_differ_by_a_whole_second(tmp_path: Path) -> None:
    dates = []
    for version in (b"a", b"b", b"c"):
        publish(tmp_path, {"feed.atom": version})
        dates.append(int((tmp_path / "feed.atom").stat().st_mtime))
    assert len(set(dates)) == 3
    assert dates == sorted(dates)


KILLED = """
import os, sys
from pathlib import Path
from syndicator.publish import publish

OLD, NEW = b"old " * 1000, b"new " * 1000
left = None

def count(event, _):
    global left
    if left is not None and event in {"tempfile.mkstemp", "os.utime", "os.remove", "os.rename"}:
        left -= 1
        if left < 0:
            os._exit(9)

sys.addaudithook(count)
status, steps = 9, 0
while status:
    place = Path(sys.argv[1]) / str(steps)
    publish(place, {"feed.atom": OLD})
    if (child := os.fork()) == 0:
        left = steps
        publish(place, {"feed.atom": NEW})
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps += 1
"""


def test_killed_at_any_step_a_file_never_stands_beside_the_copy_of_another(tmp_path: Path) -> None:
    """nginx asks for no dates: what stands must be right at every moment."""
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=True)
    places = sorted(tmp_path.iterdir(), key=lambda place: int(place.name))
    seen = []
    for place in places:
        body = (place / "feed.atom").read_bytes()
        copies = {copy.suffix: copy.read_bytes() for copy in place.glob("feed.atom.*")}
        assert gzip.decompress(copies.get(".gz", gzip.compress(body))) == body
        assert brotli.decompress(copies.get(".br", brotli.compress(body))) == body
        seen.append((body[:3], len(copies)))
        publish(place, {"feed.atom": b"new " * 1000})
        assert set(everything_in(place)) == {"feed.atom", "feed.atom.gz", "feed.atom.br"}
        assert gzip.decompress((place / "feed.atom.gz").read_bytes()) == b"new " * 1000
    assert {(b"old", 2), (b"old", 0), (b"new", 0), (b"new", 1), (b"new", 2)} <= set(seen)


def test_what_is_taken_down_goes_with_its_copies(tmp_path: Path) -> None:
    publish(tmp_path, {**FILES, "english/entries/a.html": LONG, "english/entries/b.html": LONG})
    gone = remove(tmp_path, ["english/entries/a.html", "english/entries/never.html", "never/there.html", "style.css"])
    assert gone == ("english/entries/a.html", "style.css")
    left = {"english/entries/b.html", "english/entries/b.html.gz", "english/entries/b.html.br", *FILES} - {"style.css"}
    assert set(everything_in(tmp_path)) == left


def test_a_removal_that_was_cut_short_is_finished_by_the_next(tmp_path: Path) -> None:
    publish(tmp_path, {"a.html": LONG})
    (tmp_path / "a.html").unlink()
    (tmp_path / ".publishing").mkdir()
    (tmp_path / ".publishing" / "abc").write_bytes(LONG[:100])
    assert remove(tmp_path, ["a.html"]) == ()
    assert everything_in(tmp_path) == {}


def test_a_removal_does_not_follow_a_symbolic_link_out(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "public", tmp_path / "elsewhere"
    publish(elsewhere, {"a.html": LONG})
    out.mkdir()
    (out / "english").symlink_to(elsewhere)
    with pytest.raises(PublishError, match="leads out"):
        remove(out, ["english/a.html"])
    assert (elsewhere / "a.html").exists()


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.html" / "inner").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"a\.html: .*\nhint: a folder stands"):
        remove(tmp_path, ["a.html"])
