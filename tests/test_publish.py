"""Files appear whole or not at all, and stay as they were where nothing changed."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from syndicator.errors import PublishError
from syndicator.publish import publish

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


def test_what_a_killed_run_left_is_cleaned_up(tmp_path: Path) -> None:
    (tmp_path / "english").mkdir()
    (tmp_path / "english" / ".publishing-abc").write_bytes(b"half")
    publish(tmp_path, FILES)
    assert everything_in(tmp_path) == FILES


def test_a_folder_in_the_way_is_told_with_a_hint_and_nothing_is_left_behind(tmp_path: Path) -> None:
    (tmp_path / "english" / "feed.atom" / "inner").mkdir(parents=True)
    with pytest.raises(PublishError, match=r"feed\.atom: Is a directory\nhint: a folder stands") as caught:
        publish(tmp_path, FILES)
    assert caught.value.subject == str(tmp_path / "english/feed.atom")
    assert everything_in(tmp_path) == {}


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
    assert set(everything_in(tmp_path)) == {"feed.atom"}
