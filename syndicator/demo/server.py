"""Serves the sample network on loopback, with validators, so that a second poll is answered 304.

A file `index.SUFFIX` answers at its folder's address, any other at its own; `{origin}` in a text becomes the address
that the network is served at. It must not be reachable from another machine, nor touch the process's signal handlers.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

NETWORK = Path(__file__).with_name("network")

TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".png": "image/png",
    ".rss": "application/rss+xml; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}

LAST_MODIFIED = "Wed, 02 Apr 2025 10:00:00 GMT"  # when the invented network last changed; a file's own date is pip's


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """One answer of the network."""

    body: bytes
    type: str
    etag: str


def files(origin: str) -> dict[str, Served]:
    """What the network answers: path ("/mole/feed/") -> body, with every `{origin}` filled in."""
    return dict(_read(origin))


def _read(origin: str) -> Iterator[tuple[str, Served]]:
    for path in sorted(NETWORK.rglob("*")):
        if path.suffix not in TYPES:
            continue
        body = path.read_bytes()
        if path.suffix != ".png":
            body = body.replace(b"{origin}", origin.encode())
        address = "/" + path.relative_to(NETWORK).as_posix()
        if path.stem == "index":
            address = address.removesuffix(path.name)
        yield address, document(body, TYPES[path.suffix])


def document(body: bytes, type: str) -> Served:
    """What is answered with `body`: its ETag changes with it."""
    return Served(body=body, type=type, etag=f'"{sha256(body).hexdigest()[:16]}"')


def application(served: Mapping[str, Served]) -> Starlette:
    """The ASGI application that answers as the three sites with what `served` has by path at that moment."""

    async def answer(request: Request) -> Response:
        return _answer(served.get(request.url.path), request.headers)

    return Starlette(routes=[Route("/{path:path}", answer)])


def _answer(found: Served | None, asked: Mapping[str, str]) -> Response:
    if found is None:
        return PlainTextResponse("The sample network has no such page.\n", status_code=404)
    headers = {"ETag": found.etag, "Last-Modified": LAST_MODIFIED}
    if _unchanged(found, asked):
        return Response(status_code=304, headers=headers)
    return Response(found.body, media_type=found.type, headers=headers)


def _unchanged(found: Served, asked: Mapping[str, str]) -> bool:
    """RFC 9110 13.2.2: If-None-Match decides where it is sent, else If-Modified-Since."""
    if "if-none-match" in asked:
        return found.etag in asked["if-none-match"]
    return asked.get("if-modified-since") == LAST_MODIFIED


class _Server(uvicorn.Server):
    """uvicorn without its signal handlers: SIGTERM belongs to the daemon that shows the demo."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]
        return nullcontext()


@asynccontextmanager
async def open_network(served: dict[str, Served] | None = None) -> AsyncIterator[str]:
    """Serve the sample network at a free port of 127.0.0.1; yields its origin, "http://127.0.0.1:PORT".

    `served` is filled with its documents, and what is changed there later is what the sites say from then on.
    """
    documents = {} if served is None else served

    def network(origin: str) -> Starlette:
        documents.update(files(origin))
        return application(documents)

    async with serving(network) as origin:
        yield origin


@asynccontextmanager
async def serving(made: Callable[[str], Starlette]) -> AsyncIterator[str]:
    """Serve the application `made(origin)` at a free port of 127.0.0.1; yields the origin.

    The socket listens before the origin is yielded, so a request may be sent at once.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        origin = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = uvicorn.Config(
            made(origin), lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        server = _Server(settings)
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield origin
        finally:
            server.should_exit = True
            await running
