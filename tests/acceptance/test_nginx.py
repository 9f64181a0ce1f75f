"""The distribution's nginx with config/nginx.conf, and our own web server: the same requests get the same answers.

What stands in config/nginx.conf is what runs here, but for the address, the folder and, where it is asked for, the
line for brotli. It is included by a configuration that compresses on the fly, as distributions' do.
"""

import os
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from syndicator.model import Subscription
from syndicator.publish import publish
from tests.acceptance.installation import free_port
from tests.test_web import HOUR, TYPES, Answer, Client, saying, serving
from tests.test_web_negotiation import BROWSERS, CHROMIUM, READERS

CONFIG = Path(__file__).parents[2] / "config" / "nginx.conf"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")

LONG = b"<p>The bell is rung by hand again, every two minutes, when the fog comes in.</p>\n" * 40
FILES = {
    "index.html": b"<!doctype html>" + LONG,
    "style.css": b"p { margin: 0 }\n" * 100,
    "publications.opml": b"<opml/>" + LONG,
    "robots.txt": b"User-agent: *\n" * 100,
    "sitemap.xml": b"<urlset/>" + LONG,
    "icon.svg": b"<svg/>" + LONG,
    "icon.png": bytes(range(256)) * 8,
    "english/index.html": b"<!doctype html><title>English</title>" + LONG,
    "english/feed.atom": b"<feed/>" + LONG,
    "english/feed.rss": b"<rss/>" + LONG,
    "english/feed.json": b'{"items": []}' + b" " * 2000,
    "english/responses.atom": b"<feed/>",
    "english/sitemap.xml": b"<urlset/>",
    "english/archive/1.atom": b"<feed/>archive" + LONG,
    "english/people/maren-oakes.html": b"<!doctype html>" + LONG,
    "english/people/maren-oakes.atom": b"<feed/>" + LONG,
    "english/entries/fog-bell.html": b"<!doctype html>" + LONG,
    "english/entries/fog-bell.atom": b"<feed/>responses" + LONG,
    "english/entries/withdrawn.html.gone": b"<!doctype html><title>Withdrawn</title>" + LONG,
    "english/entries/withdrawn.atom.gone": b"<!doctype html><title>Withdrawn</title>" + LONG,
    "english/entries/left.html": b"<!doctype html>a crash left it" + LONG,
    "english/entries/left.html.gone": b"<!doctype html><title>Withdrawn</title>",
    "english/entries/left.atom": b"<feed/>a crash left it" + LONG,
    "english/entries/left.atom.gone": b"<!doctype html><title>Withdrawn</title>",
    "english/unknown.kind": b"?",
    "pictures/polyglot.gif": b"GIF89a/*" + LONG + b"*/=alert(1)",
    **{f"pictures/{kind}.{kind}": b"a copy" + LONG for kind in ("png", "jpg", "gif", "webp", "avif")},
}
ABOUT = ("Access-Control-Allow-Origin", "Cache-Control", "Content-Security-Policy", "Last-Modified", "Location")
ABOUT += ("Referrer-Policy", "Vary", "X-Content-Type-Options")
OF_THE_BODY = ("Content-Encoding", "Content-Length", "Content-Type")
"""Headers that are the same in both. An ETag is not: nginx makes it of date and length."""


@dataclass(frozen=True)
class Both:
    """The two servers, before the same folder."""

    ours: Client
    nginx: Client
    folder: Path

    def ask(self, method: str, path: str, headers: Mapping[str, str]) -> tuple[Answer, Answer]:
        return self.ours.ask(method, path, headers), self.nginx.ask(method, path, headers)


@pytest.fixture(scope="module")
def nginx_program(program: Callable[[str], str]) -> str:
    """The path of nginx, which Debian keeps where only the superuser's PATH leads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{os.environ['PATH']}:/usr/sbin")
        return program("nginx")


@contextmanager
def running(nginx: str, folder: Path, place: Path, *, brotli: bool = False) -> Iterator[Client]:
    """nginx with our configuration, before `folder`; what it needs to write goes to `place`."""
    port, place = free_port(), place / "nginx"
    place.mkdir()
    ours = CONFIG.read_text().replace("/var/www/syndicator", str(folder))
    ours = ours.replace("listen [::]:80;", "").replace("listen 80;", f"listen 127.0.0.1:{port};")
    (place / "syndicator.conf").write_text(ours.replace("# brotli_static", "brotli_static") if brotli else ours)
    temporary = "".join(f"{each}_temp_path {place}/{each};\n" for each in TEMPORARY)
    (place / "nginx.conf").write_text(
        f"{f'load_module {BROTLI};' if brotli else ''}\n"
        f"daemon off; master_process off; pid {place}/pid; error_log {place}/errors; events {{ }}\n"
        f"http {{ access_log off; gzip on; gzip_types *;\n{temporary}include {place}/syndicator.conf; }}\n"
    )
    process = subprocess.Popen([nginx, "-c", str(place / "nginx.conf"), "-e", str(place / "errors")])
    try:
        yield _started(process, Client(port), place / "errors")
    finally:
        process.terminate()
        process.wait(10)


def _started(process: "subprocess.Popen[bytes]", client: Client, errors: Path) -> Client:
    end = time.monotonic() + 10
    while True:
        try:
            client.get("/")
        except ConnectionError:
            assert process.poll() is None, errors.read_text()
            assert time.monotonic() < end, errors.read_text()
            time.sleep(0.02)
        else:
            assert "[warn]" not in errors.read_text()
            return client


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served")
    for notices in (False, True):  # in this order, that what was left has its copies
        publish(folder / "public", {path: body for path, body in FILES.items() if path.endswith(".gone") == notices})
    (folder / "secret.txt").write_text("secret")
    (folder / "public" / "english" / ".publishing-x").write_text("half")
    (folder / "public" / "english" / ".hidden.atom").write_text("hidden")
    (folder / "public" / "english" / "feed.atom.tmp").write_text("half")
    (folder / "public" / "english" / "lost.atom.gz").write_bytes(b"a copy without its file")
    return folder / "public"


@pytest.fixture(scope="module", params=["gzip", "brotli"])
def both(
    request: pytest.FixtureRequest, public: Path, nginx_program: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    brotli = request.param == "brotli"
    if brotli and not BROTLI.exists():
        reason = f"{BROTLI} is not installed (apt-get install libnginx-mod-http-brotli-static)"
        (pytest.fail if os.environ.get("SYNDICATOR_TEST_PROGRAMS") == "required" else pytest.skip)(reason)
    with ExitStack() as stack:
        ours = stack.enter_context(serving(public, saying(None)))
        theirs = stack.enter_context(
            running(nginx_program, public, tmp_path_factory.mktemp(request.param), brotli=brotli)
        )
        yield Both(ours, theirs, public)


def facts(answer: Answer) -> dict[str, str | int | bytes | None]:
    said = {"status": answer.status_code, **{name: answer.headers[name] for name in ABOUT}}
    if answer.status_code == 301:  # nginx adds a page of its own, which nobody sees
        return said
    return {**said, **{name: answer.headers[name] for name in OF_THE_BODY}, "body": answer.content}


SERVED = [path for path in FILES if "left" not in path and "gone" not in path]
FEEDS = [path for path in SERVED if path.endswith((".atom", ".rss"))]
TAKEN = [path.removesuffix(".gone") for path in FILES if path.endswith(".gone")]
CONDITIONS = {
    "": {},
    "coded": {"Accept-Encoding": "gzip"},
    "asked with any tag": {"If-None-Match": "*"},
    "asked with a date": {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    "asked in full": {"Accept-Encoding": "gzip", "If-None-Match": "*", "Accept": CHROMIUM, "Range": "bytes=0-9"},
}
GZIP, BOTH = {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "gzip, br"}
LONG_AGO = "Sat, 01 Jan 2000 00:00:00 GMT"

REQUESTS = {
    **{f"the file {path}": ("GET", f"/{path}", {}, 200) for path in SERVED},
    **{f"gzip for {path}": ("GET", f"/{path}", GZIP, 200) for path in SERVED},
    **{f"a browser for {path}": ("GET", f"/{path}", {**GZIP, "Accept": CHROMIUM}, 200) for path in SERVED},
    **{f"{who} for a feed": ("GET", "/english/feed.atom", {"Accept": said}, 200) for who, said in BROWSERS.items()},
    **{
        f"{who} for a feed": ("GET", "/english/feed.atom", {} if said is None else {"Accept": said}, 200)
        for who, said in READERS.items()
    },
    **{
        f"{method} of {path}, taken down, {how}": (method, f"/{path}", asked, 410)
        for method in ("GET", "HEAD")
        for path in TAKEN
        for how, asked in CONDITIONS.items()
    },
    "HEAD of a feed, by a browser": ("HEAD", "/english/feed.rss", {"Accept": CHROMIUM}, 200),
    "the tag that a browser has": ("GET", "/english/feed.rss", {"Accept": CHROMIUM, "If-None-Match": "{tag}"}, 304),
    "a feed that is not there, by a browser": ("GET", "/english/nothing.atom", {"Accept": CHROMIUM}, 404),
    "a hidden feed, by a browser": ("GET", "/english/.hidden.atom", {"Accept": CHROMIUM}, 404),
    "a copy without its feed, by a browser": ("GET", "/english/lost.atom", {**GZIP, "Accept": CHROMIUM}, 404),
    "a feed by a path of nginx's own": ("GET", "/.as-xml/english/feed.atom", {}, 404),
    "a feed with a query, by a browser": ("GET", "/english/feed.atom?a=/b%3F", {"Accept": CHROMIUM}, 200),
    "a feed with an escape, by a browser": ("GET", "/english/feed%2eatom", {"Accept": CHROMIUM}, 200),
    "the site's index": ("GET", "/", {}, 200),
    "a publication's index": ("GET", "/english/", GZIP, 200),
    "HEAD": ("HEAD", "/english/feed.atom", {}, 200),
    "HEAD, coded": ("HEAD", "/english/feed.atom", GZIP, 200),
    "gzip among several": ("GET", "/english/feed.atom", {"Accept-Encoding": "deflate, gzip;q=0.8"}, 200),
    "gzip in capitals": ("GET", "/english/feed.atom", {"Accept-Encoding": "GZIP"}, 200),
    "gzip refused": ("GET", "/english/feed.atom", {"Accept-Encoding": "gzip;q=0, deflate"}, 200),
    "gzip refused in full": ("GET", "/english/feed.atom", {"Accept-Encoding": "gzip;q=0.000"}, 200),
    "gzip hardly wished": ("GET", "/english/feed.atom", {"Accept-Encoding": "gzip;q=0.001"}, 200),
    "identity only": ("GET", "/english/feed.atom", {"Accept-Encoding": "identity"}, 200),
    "an unknown coding": ("GET", "/english/feed.atom", {"Accept-Encoding": "zstd"}, 200),
    "no coding at all": ("GET", "/english/feed.atom", {"Accept-Encoding": ""}, 200),
    "through a proxy": ("GET", "/english/feed.atom", {**GZIP, "Via": "1.1 proxy"}, 200),
    "a query": ("GET", "/english/feed.atom?utm_source=x", {}, 200),
    "a part": ("GET", "/english/feed.atom", {"Range": "bytes=0-10"}, 200),
    "slashes": ("GET", "//english///feed.atom", {}, 200),
    "the tag it has": ("GET", "/english/feed.atom", {"If-None-Match": "{tag}"}, 304),
    "the tag it has, small": ("GET", "/english/responses.atom", {"If-None-Match": "{tag}"}, 304),
    "the tag it has, HEAD": ("HEAD", "/english/feed.atom", {"If-None-Match": "{tag}"}, 304),
    "the tag, weak": ("GET", "/english/feed.atom", {"If-None-Match": "W/{tag}"}, 304),
    "the tag in a list": ("GET", "/english/feed.atom", {"If-None-Match": '"a", W/"b" , {tag}'}, 304),
    "the tag of a coded file": ("GET", "/english/feed.atom", {**GZIP, "If-None-Match": "{tag}"}, 304),
    "any tag": ("GET", "/english/feed.atom", {"If-None-Match": "*"}, 304),
    "another tag": ("GET", "/english/feed.atom", {"If-None-Match": '"another"'}, 200),
    "another tag, the same date": (
        "GET",
        "/english/feed.atom",
        {"If-None-Match": '"another"', "If-Modified-Since": "{date}"},
        200,
    ),
    "the date it has": ("GET", "/english/feed.atom", {"If-Modified-Since": "{date}"}, 304),
    "the date of a coded file": ("GET", "/english/feed.atom", {**GZIP, "If-Modified-Since": "{date}"}, 304),
    "a later date": ("GET", "/english/feed.atom", {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, 304),
    "an earlier date": ("GET", "/english/feed.atom", {"If-Modified-Since": LONG_AGO}, 200),
    "no date": ("GET", "/english/feed.atom", {"If-Modified-Since": "yesterday"}, 200),
    "both": ("GET", "/english/feed.atom", {"If-None-Match": "{tag}", "If-Modified-Since": "{date}"}, 304),
    "the notice itself": ("GET", "/english/entries/withdrawn.html.gone", {}, 404),
    "the notice itself, of a feed": ("GET", "/english/entries/withdrawn.atom.gone", {"Accept": CHROMIUM}, 404),
    "a copy of what was taken down": ("GET", "/english/entries/left.html.gz", GZIP, 404),
    "a copy by its name": ("GET", "/english/feed.atom.gz", {}, 404),
    "a brotli copy by its name": ("GET", "/english/feed.atom.br", {}, 404),
    "a copy without its file": ("GET", "/english/lost.atom", GZIP, 404),
    "nothing": ("GET", "/nothing", {}, 404),
    "nothing, HEAD": ("HEAD", "/english/nothing.atom", {}, 404),
    "nothing, asked with a tag": ("GET", "/english/nothing.atom", {"If-None-Match": "*"}, 404),
    "a folder without a page": ("GET", "/english/entries/", {}, 404),
    "the folder of archives": ("GET", "/english/archive/", {}, 404),
    "the folder of people, by a browser": ("GET", "/english/people/", {"Accept": CHROMIUM}, 404),
    "a folder without its slash": ("GET", "/english", {}, 301),
    "a folder without a page and its slash": ("GET", "/english/archive", {}, 301),
    "a file with a slash": ("GET", "/english/feed.atom/", {}, 404),
    "a hidden file": ("GET", "/english/.hidden.atom", {}, 404),
    "a file that is being written": ("GET", "/english/.publishing-x", {}, 404),
    "a temporary file": ("GET", "/english/feed.atom.tmp", {}, 404),
    "hidden behind an escape": ("GET", "/english/%2ehidden.atom", {}, 404),
}


@pytest.mark.parametrize(("method", "path", "headers", "status"), REQUESTS.values(), ids=REQUESTS)
def test_nginx_answers_as_we_do(both: Both, method: str, path: str, headers: Mapping[str, str], status: int) -> None:
    filled = []
    for client in (both.ours, both.nginx):
        known = client.ask("GET", path, {k: v for k, v in headers.items() if k.startswith("Accept")}).headers
        values = {"tag": known["ETag"], "date": known["Last-Modified"]}
        filled.append({name: value.format(**values) for name, value in headers.items()})
    ours, theirs = both.ours.ask(method, path, filled[0]), both.nginx.ask(method, path, filled[1])
    assert ours.status_code == status
    assert facts(theirs) == facts(ours)
    assert strong(ours) == strong(theirs) == (status in {200, 304})


def strong(answer: Answer) -> bool:
    """Whether the answer has a strong tag; that of a notice says nothing."""
    return answer.status_code != 410 and re.fullmatch(r'"[^"]+"', answer.headers["ETag"] or "") is not None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/../secret.txt"),
        ("GET", "/%2e%2e/secret.txt"),
        ("GET", "/english/..%2f..%2fsecret.txt"),
        ("GET", "/..%5csecret.txt"),
        ("GET", "/a%00b"),
        ("GET", "/english/feed%0a.atom"),
        ("GET", "/.as-xml/../../secret.txt"),
        ("GET", "/" + "a" * 300),
        ("POST", "/english/feed.atom"),
        ("PUT", "/english/feed.atom"),
        ("DELETE", "/english/feed.atom"),
        ("OPTIONS", "/english/feed.atom"),
    ],
)
def test_both_refuse_what_is_hostile_or_no_reading(both: Both, method: str, path: str) -> None:
    for answer in both.ask(method, path, {"Accept": CHROMIUM}):
        assert answer.status_code == 405 if method != "GET" else answer.status_code in {400, 404}
        assert b"secret" not in answer.content


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_xml_for_browsers_and_a_feed_for_readers(both: Both, path: str) -> None:
    for client, tags in ((both.ours, 2), (both.nginx, 1)):
        answers = [client.get(f"/{path}", {"Accept": each}) for each in (CHROMIUM, "*/*")]
        assert len({answer.headers["ETag"] for answer in answers}) == tags
        types = [answer.headers["Content-Type"] for answer in answers]
        assert types == ["application/xml; charset=utf-8", TYPES[path.rpartition(".")[2]]]
        assert answers[0].content == answers[1].content == FILES[path]
        assert {answer.headers["Vary"] for answer in answers} == {"Accept, Accept-Encoding"}


def test_nginx_lets_caches_keep_what_the_daemon_would_where_every_is_not_set(both: Both) -> None:
    assert Subscription(name="any", url="https://any.example/feed").every == timedelta(seconds=HOUR)
    assert both.nginx.get("/").headers["Cache-Control"] == f"max-age={HOUR}"


def test_each_coding_has_a_tag_of_its_own(both: Both) -> None:
    for client in (both.ours, both.nginx):
        plain, coded = client.get("/english/feed.atom"), client.get("/english/feed.atom", GZIP)
        assert plain.headers["ETag"] != coded.headers["ETag"]
        crossed = client.get("/english/feed.atom", {**GZIP, "If-None-Match": plain.headers["ETag"]})
        assert crossed.status_code == 200


def test_brotli_is_preferred_where_nginx_has_it(both: Both, request: pytest.FixtureRequest) -> None:
    ours, theirs = both.ask("GET", "/english/feed.atom", BOTH)
    assert ours.headers["Content-Encoding"] == "br"
    if "[brotli" in request.node.name:
        assert facts(theirs) == facts(ours)
    else:
        assert theirs.headers["Content-Encoding"] == "gzip"


def test_two_versions_of_one_length_in_one_second_have_two_tags(both: Both) -> None:
    tags: list[set[str]] = [set(), set()]
    for version in range(3):
        publish(both.folder, {"english/quick.atom": b"%d" % version * 1500})
        for seen, answer in zip(tags, both.ask("GET", "/english/quick.atom", GZIP), strict=True):
            seen.add(answer.headers["ETag"])
    assert [len(seen) for seen in tags] == [3, 3]


@pytest.mark.parametrize(
    ("path", "headers", "ours", "nginx"),
    [
        ("/english/feed.atom", {"Accept-Encoding": "identity, gzip;q=0.5"}, (200, None), (200, "gzip")),
        ("/english/feed.atom", {"Accept-Encoding": "*"}, (200, "br"), (200, None)),
        ("/english/feed.atom", {"If-None-Match": "*", "If-Modified-Since": LONG_AGO}, (304, None), (200, None)),
        ("/../secret.txt", {}, (404, None), (400, None)),
    ],
    ids=["the plain file preferred", "any coding", "the tag matches and the date does not", "a path that leads out"],
)
def test_they_differ_only_where_both_may(
    both: Both, path: str, headers: Mapping[str, str], ours: tuple[int, str | None], nginx: tuple[int, str | None]
) -> None:
    answers = both.ask("GET", path, headers)
    assert [(answer.status_code, answer.headers["Content-Encoding"]) for answer in answers] == [ours, nginx]
