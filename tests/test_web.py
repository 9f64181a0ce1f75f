"""What a subscriber's HTTP client gets: types, validators, 304, and nothing from outside the published folder."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import pytest
import uvicorn

from syndicator.web import Ready, application


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    public = tmp_path / "public"
    (public / "english").mkdir(parents=True)
    (public / "index.html").write_text("<!doctype html><title>Feeds</title>")
    (public / "english" / "feed.atom").write_text("<feed/>")
    (public / "english" / ".feed.rss.tmp").write_text("half")
    (tmp_path / "secret.toml").write_text("secret")
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


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/index.html", "text/html; charset=utf-8"),
        ("/english/feed.atom", "application/atom+xml"),
    ],
)
def test_a_file_is_served_with_its_type(client: Client, path: str, kind: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, kind)


def test_the_etag_it_sent_brings_304_and_no_body(client: Client) -> None:
    first = client.get("/english/feed.atom")
    again = client.get("/english/feed.atom", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


@pytest.mark.parametrize("tags", ["*", '"other", {}', "W/{}"], ids=["any", "one of several", "weak"])
def test_if_none_match_is_compared_as_rfc_9110_says(client: Client, tags: str) -> None:
    tag = client.get("/english/feed.atom").headers["ETag"]
    assert client.get("/english/feed.atom", headers={"If-None-Match": tags.format(tag)}).status_code == 304


def test_the_date_it_sent_brings_304(client: Client) -> None:
    first = client.get("/english/feed.atom")
    again = client.get("/english/feed.atom", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert again.status_code == 304


def test_a_date_that_is_none_is_ignored(client: Client) -> None:
    assert client.get("/english/feed.atom", headers={"If-Modified-Since": "yesterday"}).status_code == 200


def test_new_bytes_have_a_new_etag(client: Client, folder: Path) -> None:
    tag = client.get("/english/feed.atom").headers["ETag"]
    (folder / "english" / "feed.atom").write_text("<feed>2</feed>")
    assert client.get("/english/feed.atom", headers={"If-None-Match": tag}).status_code == 200


def test_head_has_the_headers_and_no_body(client: Client) -> None:
    answer = client.ask("HEAD", "/english/feed.atom", {})
    assert (answer.status_code, answer.content, answer.headers["Content-Length"]) == (200, b"", "7")


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/english/nothing.atom",
        "/../secret.toml",
        "/%2e%2e/secret.toml",
        "/english/.feed.rss.tmp",
        "/a%00b",
        "/..%5csecret.toml",
        "/english/feed.atom/",
        "/" + "a" * 300,
    ],
)
def test_what_is_not_published_is_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_folder_without_its_slash_is_redirected_to_it(client: Client) -> None:
    answer = client.get("/english")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/english/")


def test_other_methods_are_refused(client: Client) -> None:
    assert client.ask("POST", "/english/feed.atom", {}).status_code == 405


@pytest.mark.parametrize(("wrong", "status"), [(None, 200), ("store locked", 503)])
def test_readyz_says_what_is_wrong(folder: Path, wrong: str | None, status: int) -> None:
    with serving(folder, saying(wrong)) as client:
        assert client.get("/readyz").status_code == status
        assert client.get("/healthz").status_code == 200
