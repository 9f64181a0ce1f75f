"""Serves the published files and tells whether the daemon is well.

It must not parse or render: it serves stored bytes. A file is opened once and read whole, so that a publication which
replaces it meanwhile never mixes two versions.
"""

from collections.abc import Awaitable, Callable
from email.utils import formatdate, parsedate_to_datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

TYPES = {
    ".atom": "application/atom+xml",
    ".rss": "application/rss+xml",
    ".json": "application/feed+json",
    ".opml": "text/x-opml",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
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
        return await run_in_threadpool(_serve, directory, request)

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
        with place.open("rb") as file:
            body, changed = file.read(), int(place.stat().st_mtime)
    except OSError:
        return _absent()
    headers = {
        "ETag": f'"{sha256(body).hexdigest()[:32]}"',
        "Last-Modified": formatdate(changed, usegmt=True),
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    if _not_modified(request, headers["ETag"], changed):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=TYPES.get(place.suffix, "application/octet-stream"), headers=headers)


def _safe(path: str) -> PurePosixPath | None:
    """The path below the directory, or None when it would leave it or name a file that is still being written."""
    parts = path.split("/")
    if "\0" in path or "\\" in path or any(part.startswith(".") for part in parts):
        return None
    return PurePosixPath(*(part for part in parts if part))


def _not_modified(request: Request, etag: str, changed: int) -> bool:
    """RFC 9110 section 13.2.2: If-None-Match decides where it is given, compared weakly; else If-Modified-Since."""
    if (tags := request.headers.get("If-None-Match")) is not None:
        return tags.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    try:
        since = parsedate_to_datetime(request.headers.get("If-Modified-Since", ""))
    except ValueError:
        return False
    return since.tzinfo is not None and changed <= since.timestamp()


def _absent() -> Response:
    return PlainTextResponse("There is nothing here. The publications are listed at /.\n", status_code=404)
