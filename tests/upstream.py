"""A pretend upstream on loopback: paths and what they answer, changeable while it runs, with conditional GET done
right.

with serve({"/feed": Reply(body)}) as upstream:
    upstream.url("/feed"); upstream.requests[-1].headers; upstream.replies["/feed"] = Reply(status=410)
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass(frozen=True)
class Reply:
    """What a path answers. With `etag` true a strong ETag of the body is sent and If-None-Match is honoured."""

    body: bytes = b""
    status: int = 200
    type: str = "application/xml"
    headers: Mapping[str, str] = field(default_factory=dict)
    etag: bool = True
    hold: Event | None = None


@dataclass(frozen=True)
class Request:
    """One request as it arrived."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Upstream:
    """The running server: its replies may be changed, its requests read."""

    origin: str
    replies: dict[str, Reply]
    requests: list[Request] = field(default_factory=list)

    def url(self, path: str) -> str:
        """The address of a path."""
        return self.origin + path

    def asked(self, path: str) -> list[Request]:
        """The requests for a path, in order."""
        return [request for request in self.requests if request.path == path]


@contextmanager
def serve(replies: Mapping[str, Reply]) -> Iterator[Upstream]:
    """Serve `replies` on a free loopback port until the block ends."""
    upstream = Upstream(origin="", replies=dict(replies))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body leave in one piece: in two, the second waits 40 ms for the first's receipt

        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            request = Request(self.command, self.path, dict(self.headers.items()), self.rfile.read(size))
            upstream.requests.append(request)
            self.answer(upstream.replies.get(self.path, Reply(b"not found", 404)))

        do_POST = do_GET

        def answer(self, reply: Reply) -> None:
            if reply.hold:
                reply.hold.wait(20)
            tag = f'"{sha256(reply.body).hexdigest()[:16]}"'
            same = reply.etag and reply.status == 200 and self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else reply.status)
            if reply.etag and reply.status == 200:
                self.send_header("ETag", tag)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if not same:
                self.send_header("Content-Type", reply.type)
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            if not same:
                self.wfile.write(reply.body)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    upstream.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield upstream
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
