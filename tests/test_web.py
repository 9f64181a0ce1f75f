"""What a subscriber's HTTP client gets: types, codings, validators, 304, 410, and nothing that is not published.

tests/test_web_negotiation.py reads headers; tests/acceptance/test_nginx.py asks more of the same, of nginx too.
"""

import gzip
import html
import os
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

import brotli
import pytest
import uvicorn

from syndicator.publish import publish
from syndicator.stages.render import site_documents
from syndicator.web import Ready, application
from tests.entries import ENGLISH, SITE
from tests.test_web_negotiation import CHROMIUM

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
    "jpg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "else": "application/octet-stream",
}
HOUR = 3600


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path)


def filled(place: Path) -> Path:
    """A published folder with one file of each kind, and what must not be seen beside it and in it."""
    public = place / "public"
    publish(public, {f"kinds/file.{kind}": LONG for kind in TYPES})
    publish(public, {f"english/taken.{kind}": LONG for kind in ("html", "atom")})  # with their copies
    publish(public, {f"english/taken.{kind}.gone": b"<p>Withdrawn." for kind in ("html", "atom")})
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
def serving(folder: Path, ready: Ready, max_age: Callable[[], int] = lambda: HOUR) -> Iterator[Client]:
    served = application(folder, ready, max_age)
    server = uvicorn.Server(uvicorn.Config(served, port=0, log_config=None, lifespan="off"))
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


@pytest.mark.parametrize(
    "path", ["/", "/english/feed.atom", "/kinds/file.gif", "/nothing", "/english", "/english/taken.html", "/x.gz"]
)
def test_every_answer_tells_browsers_what_they_may_do_with_it(still: Client, path: str) -> None:
    headers = still.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; ")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cache-Control"] == "max-age=3600"


def test_the_policy_is_what_the_pages_say_of_themselves_and_no_frames(still: Client) -> None:
    """Browsers keep to both: were they two, pictures that one allows the other would forbid."""
    page = site_documents(SITE, [ENGLISH])["index.html"].decode()
    said = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert said
    policy = still.get("/").headers["Content-Security-Policy"]
    assert policy == f"{html.unescape(said[1])}; frame-ancestors 'none'"


def test_how_long_caches_may_keep_an_answer_is_asked_at_each(folder: Path) -> None:
    ages = iter([60, 1800])
    with serving(folder, saying(None), lambda: next(ages)) as client:
        said = [client.get(path).headers["Cache-Control"] for path in ("/english/feed.atom", "/nothing")]
    assert said == ["max-age=60", "max-age=1800"]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_feed_is_xml_for_browsers_which_show_that_with_its_style(still: Client, kind: str) -> None:
    answers = [still.get(f"/kinds/file.{kind}", {"Accept": each}) for each in (CHROMIUM, "*/*")]
    assert [answer.headers["Content-Type"] for answer in answers] == [TYPES["xml"], TYPES[kind]]
    assert {answer.content for answer in answers} == {LONG}


@pytest.mark.parametrize("kind", sorted(TYPES.keys() - {"atom", "rss"}))
def test_what_is_no_feed_is_the_same_for_browsers(still: Client, kind: str) -> None:
    answers = [still.get(f"/kinds/file.{kind}", headers).headers for headers in ({}, {"Accept": CHROMIUM})]
    for name in ("Content-Type", "ETag", "Vary"):
        assert len({answer[name] for answer in answers}) == 1
    assert answers[0]["Vary"] in {"Accept-Encoding", None}


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_the_tag_of_a_feed_for_readers_is_none_of_that_for_browsers(still: Client, coding: str) -> None:
    """A cache that asked with the one and got a 304 would go on with the other type."""
    reader = {"Accept": "*/*", "Accept-Encoding": coding}
    browser = {**reader, "Accept": CHROMIUM}
    tags = [still.get("/kinds/file.atom", asked).headers["ETag"] for asked in (reader, browser)]
    assert all(tag.startswith('"') for tag in tags)
    statuses = [
        still.get("/kinds/file.atom", {**asked, "If-None-Match": tag}).status_code
        for asked in (reader, browser)
        for tag in tags
    ]
    assert statuses == [304, 200, 200, 304]


@pytest.mark.parametrize("asked", [{"Accept": "*/*"}, {"Accept": CHROMIUM}])
def test_a_304_of_a_feed_says_what_the_answer_depends_on(still: Client, asked: Mapping[str, str]) -> None:
    tag = still.get("/kinds/file.rss", asked).headers["ETag"]
    answer = still.get("/kinds/file.rss", {**asked, "If-None-Match": tag})
    assert (answer.status_code, answer.headers["Vary"]) == (304, "Accept, Accept-Encoding")


@pytest.mark.parametrize("kind", TYPES)
def test_feeds_are_open_to_pages_elsewhere_and_nothing_else_is(still: Client, kind: str) -> None:
    allowed = still.get(f"/kinds/file.{kind}").headers["Access-Control-Allow-Origin"]
    assert allowed == ("*" if kind in {"atom", "rss", "json", "opml"} else None)


@pytest.mark.parametrize("coding", [None, "gzip", "br"])
def test_the_coding_is_the_one_that_the_client_likes(still: Client, coding: str | None) -> None:
    answer = still.get("/kinds/file.html", {"Accept-Encoding": coding or ""})
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


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("kind", ["html", "atom"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
        {"Accept-Encoding": "gzip, br"},
        {"Accept": CHROMIUM},
    ],
    ids=["", "any tag", "a later date", "coded", "a browser"],
)
def test_what_was_taken_down_answers_410_even_where_it_was_left(
    still: Client, method: str, kind: str, headers: Mapping[str, str]
) -> None:
    answer = still.ask(method, f"/english/taken.{kind}", headers)
    assert (answer.status_code, answer.headers["Content-Length"]) == (410, "13")
    assert answer.content == (b"<p>Withdrawn." if method == "GET" else b"")
    assert (answer.headers["Content-Type"], answer.headers["ETag"]) == ("text/html; charset=utf-8", None)


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
