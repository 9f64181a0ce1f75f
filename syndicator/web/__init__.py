"""Serves the published files and tells whether the daemon is well.

    __init__.py        the application, and the answer to a request
    negotiation.py     what the headers of a request ask for

It must not parse, render or compress: it serves stored bytes. A file is opened once and read whole, so that a
publication which replaces it meanwhile never mixes two versions. `config/nginx.conf` answers alike, but for what
docs/decisions/0014-serving.md names; `tests/acceptance/test_nginx.py` asks both.
"""

import os
import time
from collections.abc import Awaitable, Callable
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path, PurePosixPath

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from syndicator.publish import COPIES, TEXTS
from syndicator.web.negotiation import asks_for_a_page, codings, not_modified

TYPES = {
    ".atom": "application/atom+xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".json": "application/feed+json",  # RFC 8259 section 11: JSON has no charset
    ".opml": "text/x-opml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
OPEN_TO_SCRIPTS = frozenset({".atom", ".rss", ".json", ".opml"})
"""What a page elsewhere may read (Fetch, CORS): feeds are for everybody."""

EXPLAINED = frozenset({".atom", ".rss"})
"""Feeds that name a style sheet for browsers. Those apply it to application/xml; of a feed's own type they show the
source, or save it."""

GONE = ".gone"
"""Added to a file's name: that file was taken down. What stands in it is shown instead, as HTML."""

INTERNAL = frozenset({GONE, ".tmp", *COPIES.values()})

ALWAYS = {
    # What the pages say of themselves (base.html, in their <meta>), and what only a header may say: frame-ancestors.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src http: https:; media-src http: https:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",  # Chromium would find the feed in application/xml, and show its source
}

Ready = Callable[[], Awaitable[str | None]]


def application(directory: Path, ready: Ready, max_age: Callable[[], int]) -> Starlette:
    """The ASGI application that serves `directory`.

    `ready` returns None when the daemon can do its work, else a sentence that says what is wrong. `max_age` is asked at
    each request how long a cache may keep the answer (s).
    """

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_: Request) -> Response:
        wrong = await ready()
        return PlainTextResponse(f"{wrong or 'ready'}\n", status_code=503 if wrong else 200)

    async def published(request: Request) -> Response:
        answer = await run_in_threadpool(_serve, directory, request)
        answer.headers.update({**ALWAYS, "Cache-Control": f"max-age={max_age()}"})
        return answer

    return Starlette(
        routes=[
            Route("/healthz", healthz),
            Route("/readyz", readyz),
            Route("/{path:path}", published, methods=["GET", "HEAD"]),
        ]
    )


def _serve(directory: Path, request: Request) -> Response:
    path = _safe(request.path_params["path"])
    if path is None:
        return _absent()
    place = directory / path
    try:
        if place.is_dir():
            if not request.url.path.endswith("/"):
                return RedirectResponse(f"/{path}/", status_code=301)
            place /= "index.html"
        elif request.url.path.endswith("/"):
            return _absent()
        return _gone(place) or _file(place, request.headers)
    except OSError:
        return _absent()


def _safe(path: str) -> PurePosixPath | None:
    """The path below the directory, or None when it would leave it or name a file that is not for readers."""
    parts = path.split("/")
    if "\0" in path or "\\" in path or any(part.startswith(".") for part in parts):
        return None
    safe = PurePosixPath(*(part for part in parts if part))
    return None if safe.suffix in INTERNAL else safe


def _gone(place: Path) -> Response | None:
    """410 for a file that was taken down, even if it still stands there; None for any other."""
    notice = place.with_name(place.name + GONE)
    if not notice.is_file():
        return None
    return Response(notice.read_bytes(), status_code=410, media_type=TYPES[".html"])


def _file(place: Path, asked: Headers) -> Response:
    """The file, or its copy in the coding that the client likes best; 304 when it has that already.

    Raises OSError when there is no such file.
    """
    body, changed, coding = _read(place, codings(asked))
    kind, mark = _shown(place, asked)
    headers = {"ETag": f'"{sha256(body).hexdigest()[:32]}{mark}"', "Last-Modified": formatdate(changed, usegmt=True)}
    if coding:
        headers["Content-Encoding"] = coding
    if place.suffix in TEXTS:
        headers["Vary"] = "Accept, Accept-Encoding" if place.suffix in EXPLAINED else "Accept-Encoding"
    if place.suffix in OPEN_TO_SCRIPTS:
        headers["Access-Control-Allow-Origin"] = "*"
    if not_modified(asked, headers["ETag"], changed):
        headers.pop("Content-Encoding", None)  # RFC 9110 section 15.4.5: what describes a body goes with it
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=kind, headers=headers)


def _shown(place: Path, asked: Headers) -> tuple[str, str]:
    """The type to serve the file as, and what its tag says of that.

    The bytes are the same, so one strong tag would do (RFC 9110 section 8.8.1). But a cache may ask with the tag of
    what it got for another Accept (RFC 9111 section 4.1), and a 304 would leave it with the other type.
    """
    if place.suffix in EXPLAINED and asks_for_a_page(asked):
        return TYPES[".xml"], "-xml"
    return TYPES.get(place.suffix, "application/octet-stream"), ""


def _read(place: Path, wished: list[str]) -> tuple[bytes, int, str]:
    """The bytes, their date (s since 1970, never to come: RFC 9110 section 8.8.2.1) and their coding, "" for none."""
    with place.open("rb") as file:
        date = os.fstat(file.fileno()).st_mtime_ns
        shown = min(date, time.time_ns()) // 1_000_000_000
        for coding in wished if place.suffix in TEXTS else ():
            if (copy := _copy(place.with_name(place.name + COPIES[coding]), date)) is not None:
                return copy, shown, coding
        return file.read(), shown, ""


def _copy(place: Path, date: int) -> bytes | None:
    """The bytes of a compressed copy; None where there is none, or one of other bytes: it has another date."""
    try:
        with place.open("rb") as file:
            return file.read() if os.fstat(file.fileno()).st_mtime_ns == date else None
    except FileNotFoundError:
        return None


def _absent() -> Response:
    return PlainTextResponse("There is nothing here. The publications are listed at /.\n", status_code=404)
