"""An upstream in a process of its own, so that its CPU time is not ours: feeds of 50 entries that can be moved on by
one.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.request import urlopen

from tests.samples import rss

ENTRIES = 50


@contextmanager
def upstream() -> Iterator[tuple[str, int]]:
    """The origin and the process id of a running upstream: /0, /1 … are feeds, /advance gives each one new entry."""
    process = subprocess.Popen([sys.executable, "-m", "tests.benchmarks.supply"], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    try:
        yield process.stdout.readline().strip(), process.pid
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def advance(origin: str) -> None:
    """Give every feed one new entry."""
    with urlopen(f"{origin}/advance") as answer:
        answer.read()


class Handler(BaseHTTPRequestHandler):
    """Answers with an ETag and honours If-None-Match."""

    protocol_version = "HTTP/1.1"
    first = 0
    made: ClassVar[dict[tuple[int, int], bytes]] = {}

    def do_GET(self) -> None:
        if self.path == "/advance":
            Handler.first += 1
            return self.answer(b"", "")
        feed, origin = int(self.path[1:]), f"http://{self.headers['Host']}"
        key = (feed, Handler.first)
        if key not in Handler.made:
            Handler.made[key] = rss(origin, range(Handler.first, Handler.first + ENTRIES), feed=feed)
        body = Handler.made[key]
        return self.answer(body, f'"{sha256(body).hexdigest()[:16]}"')

    def answer(self, body: bytes, tag: str) -> None:
        same = bool(tag) and self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else 200)
        self.send_header("ETag", tag or '"none"')
        self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
        if not same:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not same:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()
