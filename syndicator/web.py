"""Serves the published files and tells whether the daemon is well.

It must not parse, render or compress: it serves stored bytes. A file is opened once and read whole, so that a
publication which replaces it meanwhile never mixes two versions. `config/nginx.conf` answers alike, but for what
docs/decisions/0014-serving.md names; `tests/acceptance/test_nginx.py` asks both.
"""

import os
import time
from collections.abc import Awaitable, Callable, Iterator
from email.utils import formatdate, parsedate_to_datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from syndicator.publish import COPIES, TEXTS

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
    ".webp": "image/webp",
}
OPEN_TO_SCRIPTS = frozenset({".atom", ".rss", ".json", ".opml"})
"""What a page elsewhere may read (Fetch, CORS): feeds are for everybody."""

GONE = ".gone"
"""Added to a file's name: that file was taken down. What stands in it is shown instead, as HTML."""

INTERNAL = frozenset({GONE, ".tmp", *COPIES.values()})

ALWAYS = {
    "Cache-Control": "max-age=300",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' https: data:; media-src 'self' https:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}

Ready = Callable[[], Awaitable[str | None]]


def application(directory: Path, ready: Ready) -> Starlette:
    """The ASGI application that serves `directory`.

    `ready` returns None when the daemon can do its work, else a sentence that says what is wrong.
    """

    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_: Request) -> Response:
        wrong = await ready()
        return PlainTextResponse(f"{wrong or 'ready'}\n", status_code=503 if wrong else 200)

    async def published(request: Request) -> Response:
        answer = await run_in_threadpool(_serve, directory, request)
        answer.headers.update(ALWAYS)
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
    body, changed, coding = _read(place, _codings(",".join(asked.getlist("Accept-Encoding"))))
    headers = {"ETag": f'"{sha256(body).hexdigest()[:32]}"', "Last-Modified": formatdate(changed, usegmt=True)}
    if coding:
        headers["Content-Encoding"] = coding
    if place.suffix in TEXTS:
        headers["Vary"] = "Accept-Encoding"
    if place.suffix in OPEN_TO_SCRIPTS:
        headers["Access-Control-Allow-Origin"] = "*"
    if _not_modified(asked, headers["ETag"], changed):
        headers.pop("Content-Encoding", None)  # RFC 9110 section 15.4.5: what describes a body goes with it
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=TYPES.get(place.suffix, "application/octet-stream"), headers=headers)


def _read(place: Path, codings: list[str]) -> tuple[bytes, int, str]:
    """The bytes, their date (s since 1970, never to come: RFC 9110 section 8.8.2.1) and their coding, "" for none."""
    with place.open("rb") as file:
        date = os.fstat(file.fileno()).st_mtime_ns
        shown = min(date, time.time_ns()) // 1_000_000_000
        for coding in codings if place.suffix in TEXTS else ():
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


def _codings(accepted: str) -> list[str]:
    """The codings to try for an Accept-Encoding (RFC 9110 section 12.5.3), best first; the plain file comes after them.

    Of equal weight, ours is the choice. Whoever refuses the plain file too gets it where there is no copy: the section
    would rather have that than no answer.
    """
    weights = dict(_weights(accepted))
    others = weights.get("*", 0.0)
    plain = weights.get("identity", 0.0)
    weight = {coding: weights.get(coding, others) for coding in COPIES}
    return [c for c in sorted(COPIES, key=lambda c: -weight[c]) if weight[c] > 0 and weight[c] >= plain]


def _weights(accepted: str) -> Iterator[tuple[str, float]]:
    for each in accepted.lower().split(","):
        coding, _, parameters = each.partition(";")
        name, _, value = parameters.partition("=")
        try:
            weight = float(value) if name.strip() == "q" else 1.0
        except ValueError:
            weight = 0.0  # what cannot be understood is not wished for
        yield coding.strip().removeprefix("x-"), weight  # section 8.4.1.3: x-gzip is gzip


def _not_modified(asked: Headers, etag: str, changed: int) -> bool:
    """RFC 9110 section 13.2.2: If-None-Match decides where it is given, compared weakly; else If-Modified-Since."""
    if tags := asked.getlist("If-None-Match"):
        each = [tag.strip() for tag in ",".join(tags).split(",")]
        return each == ["*"] or etag in (tag.removeprefix("W/") for tag in each)
    try:
        since = parsedate_to_datetime(asked.get("If-Modified-Since", ""))
    except (ValueError, OverflowError):
        return False
    return since.tzinfo is not None and changed <= since.timestamp()


def _absent() -> Response:
    return PlainTextResponse("There is nothing here. The publications are listed at /.\n", status_code=404)
