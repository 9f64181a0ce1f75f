"""What a subscriber's HTTP client gets: types, codings, validators, 304, 410, and nothing that is not published.

tests/acceptance/test_nginx.py asks more of the same, of nginx too.
"""

import gzip
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import brotli
import pytest
import uvicorn

from syndicator.publish import publish
from syndicator.web import Ready, application

LONG = b"<feed>The bell is rung by hand again when the fog comes in.</feed>" * 40
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json",
    "opml": "text/x-opml; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "png": "image/png",
    "else": "application/octet-stream",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path)


def filled(place: Path) -> Path:
    """A published folder with one file of each kind, and what must not be seen beside it and in it."""
    public = place / "public"
    publish(public, {f"kinds/file.{kind}": LONG for kind in TYPES})
    publish(public, {"english/taken.html": LONG, "english/taken.html.gone": b"<p>Withdrawn."})
    (public / "english" / "feed.rss.tmp").write_text("half")
    (public / "index.html").write_text("<!doctype html><title>Feeds</title>")
    (public / "english" / "feed.atom").write_text("<feed/>")
    (public / "english" / ".feed.rss.tmp").write_text("half")
    (place / "secret.toml").write_text("secret")
    return public


@dataclass(frozen=True)
class Answer:
    status_code: int
    headers: HTTPMessage
    content: bytes


@dataclass(frozen=True)
class Client:
    """Sends exactly the path it is given, as a hostile client would."""

    port: int

    def ask(self, method: str, path: str, headers: Mapping[str, str]) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request(method, path, headers=dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str, headers: Mapping[str, str] = {}) -> Answer:
        return self.ask("GET", path, headers)


@contextmanager
def serving(folder: Path, ready: Ready) -> Iterator[Client]:
    server = uvicorn.Server(uvicorn.Config(application(folder, ready), port=0, log_config=None, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.01)
    try:
        yield Client(server.servers[0].sockets[0].getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()


def saying(wrong: str | None) -> Ready:
    async def ready() -> str | None:
        return wrong

    return ready


@pytest.fixture
def client(folder: Path) -> Iterator[Client]:
    with serving(folder, saying(None)) as client:
        yield client


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Before a folder in which nothing changes."""
    with serving(filled(tmp_path_factory.mktemp("still")), saying(None)) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "html"), ("/index.html", "html"), *((f"/kinds/file.{kind}", kind) for kind in TYPES)],
)
def test_a_file_is_served_with_its_type(still: Client, path: str, kind: str) -> None:
    answer = still.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, TYPES[kind])


@pytest.mark.parametrize("path", ["/", "/english/feed.atom", "/nothing", "/english", "/english/taken.html", "/x.gz"])
def test_every_answer_tells_browsers_what_they_may_do_with_it(still: Client, path: str) -> None:
    headers = still.get(path).headers
    assert "default-src 'none'; style-src 'self'; img-src 'self' https: data:" in headers["Content-Security-Policy"]
    assert "script" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cache-Control"] == "max-age=300"


@pytest.mark.parametrize("kind", TYPES)
def test_feeds_are_open_to_pages_elsewhere_and_nothing_else_is(still: Client, kind: str) -> None:
    allowed = still.get(f"/kinds/file.{kind}").headers["Access-Control-Allow-Origin"]
    assert allowed == ("*" if kind in {"atom", "rss", "json", "opml"} else None)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.9", "gzip"),
        ("gzip; q=0.5 , br ; q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0.000", None),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *;q=0.1", "gzip"),
        ("identity", None),
        ("identity;q=0", None),
        ("identity;q=0, gzip", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("zstd, deflate", None),
        ("gzip;q=nonsense", None),
        ("gzip;q=nan, br;q=-1", None),
        (";;,=,q", None),
    ],
)
def test_the_coding_is_the_one_that_the_client_likes_best(
    still: Client, accepted: str | None, coding: str | None
) -> None:
    answer = still.get("/kinds/file.atom", {} if accepted is None else {"Accept-Encoding": accepted})
    assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == (coding, "Accept-Encoding")
    decode = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}[coding]
    assert decode(answer.content) == LONG


@pytest.mark.parametrize("path", ["/english/feed.atom", "/kinds/file.png"])
def test_what_has_no_copies_is_served_as_it_is(still: Client, path: str) -> None:
    answer = still.get(path, {"Accept-Encoding": "br, gzip, identity;q=0"})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, None)


def test_each_coding_has_a_strong_etag_of_its_own(still: Client) -> None:
    tags = {still.get("/kinds/file.atom", {"Accept-Encoding": coding}).headers["ETag"] for coding in ("", "gzip", "br")}
    assert len(tags) == 3
    assert all(tag.startswith('"') for tag in tags)


def test_the_etag_of_one_coding_is_none_of_another(still: Client) -> None:
    coded = {"Accept-Encoding": "gzip"}
    tag = still.get("/kinds/file.atom", coded).headers["ETag"]
    assert still.get("/kinds/file.atom", {**coded, "If-None-Match": tag}).status_code == 304
    assert still.get("/kinds/file.atom", {"If-None-Match": tag}).status_code == 200


def test_a_304_says_what_a_200_would_say_of_caching_and_nothing_of_a_body(still: Client) -> None:
    coded = {"Accept-Encoding": "gzip"}
    full = still.get("/kinds/file.atom", coded).headers
    answer = still.get("/kinds/file.atom", {**coded, "If-None-Match": full["ETag"]})
    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("ETag", "Last-Modified", "Vary", "Cache-Control", "Access-Control-Allow-Origin"):
        assert answer.headers[name] == full[name]
    assert not {"content-encoding", "content-type", "content-length"} & {name.lower() for name in answer.headers}


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_copy_of_another_version_is_not_served(client: Client, folder: Path, coding: str) -> None:
    (folder / "kinds" / "file.atom").write_bytes(b"<feed>by another hand</feed>")
    answer = client.get("/kinds/file.atom", {"Accept-Encoding": coding})
    assert (answer.headers["Content-Encoding"], answer.content) == (None, b"<feed>by another hand</feed>")


def test_a_file_from_the_future_is_dated_now(client: Client, folder: Path) -> None:
    os.utime(folder / "english" / "feed.atom", (time.time() + 1000, time.time() + 1000))
    headers = client.get("/english/feed.atom").headers
    assert parsedate_to_datetime(headers["Last-Modified"]).timestamp() <= time.time()


@pytest.mark.parametrize("headers", [{}, {"If-None-Match": "*"}, {"Accept-Encoding": "gzip, br"}])
def test_what_was_taken_down_answers_410_even_where_it_was_left(still: Client, headers: Mapping[str, str]) -> None:
    answer = still.get("/english/taken.html", headers)
    assert (answer.status_code, answer.content) == (410, b"<p>Withdrawn.")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_the_etag_it_sent_brings_304_and_no_body(still: Client) -> None:
    first = still.get("/english/feed.atom")
    again = still.get("/english/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


@pytest.mark.parametrize(
    ("tags", "status"),
    [
        ("*", 304),
        ('"other", {}', 304),
        ("W/{}", 304),
        (' W/"a",W/{} ,"b"', 304),
        ('"other"', 200),
        ('"*"', 200),
        ("", 200),
    ],
    ids=["any", "one of several", "weak", "one of several, weak", "another", "a star that is a tag", "none"],
)
def test_if_none_match_is_compared_as_rfc_9110_says(still: Client, tags: str, status: int) -> None:
    tag = still.get("/english/feed.atom").headers["ETag"]
    assert still.get("/english/feed.atom", headers={"If-None-Match": tags.format(tag)}).status_code == status


def test_a_tag_goes_before_a_date(still: Client) -> None:
    first = still.get("/english/feed.atom").headers
    dated = {"If-Modified-Since": first["Last-Modified"]}
    assert still.get("/english/feed.atom", {**dated, "If-None-Match": '"other"'}).status_code == 200
    old = {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT", "If-None-Match": first["ETag"]}
    assert still.get("/english/feed.atom", old).status_code == 304


def test_the_date_it_sent_brings_304(still: Client) -> None:
    first = still.get("/english/feed.atom")
    again = still.get("/english/feed.atom", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "date", ["yesterday", "", "Mon, 01 Jan 2035 00:00:00 +" + "9" * 30, "1 Jan 2035 00:00:00 -0000"]
)
def test_a_date_that_is_none_is_ignored(still: Client, date: str) -> None:
    assert still.get("/english/feed.atom", headers={"If-Modified-Since": date}).status_code == 200


def test_new_bytes_have_a_new_etag(client: Client, folder: Path) -> None:
    tag = client.get("/english/feed.atom").headers["ETag"]
    (folder / "english" / "feed.atom").write_text("<feed>2</feed>")
    assert client.get("/english/feed.atom", headers={"If-None-Match": tag}).status_code == 200


def test_head_has_the_headers_and_no_body(still: Client) -> None:
    answer = still.ask("HEAD", "/english/feed.atom", {})
    assert (answer.status_code, answer.content, answer.headers["Content-Length"]) == (200, b"", "7")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/english/nothing.atom",
        "/../secret.toml",
        "/%2e%2e/secret.toml",
        "/english/.feed.rss.tmp",
        "/english/feed.rss.tmp",
        "/english/taken.html.gone",
        "/kinds/",
        "/kinds/file.atom.gz",
        "/kinds/file.atom.br",
        "/a%00b",
        "/..%5csecret.toml",
        "/english/feed.atom/",
        "/" + "a" * 300,
    ],
)
def test_what_is_not_published_is_not_there(still: Client, path: str) -> None:
    assert still.get(path).status_code == 404


def test_a_folder_without_its_slash_is_redirected_to_it(still: Client) -> None:
    answer = still.get("/english")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/english/")


def test_other_methods_are_refused(still: Client) -> None:
    assert still.ask("POST", "/english/feed.atom", {}).status_code == 405


@pytest.mark.parametrize(("wrong", "status"), [(None, 200), ("store locked", 503)])
def test_readyz_says_what_is_wrong(folder: Path, wrong: str | None, status: int) -> None:
    with serving(folder, saying(wrong)) as client:
        assert client.get("/readyz").status_code == status
        assert client.get("/healthz").status_code == 200
