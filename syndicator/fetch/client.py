"""One client for the process: its pool, its TLS context, its turns. It must not know what is asked."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from weakref import WeakValueDictionary

import httpcore
import httpx

from syndicator.fetch.network import Dial, Network, Resolve, system_resolve
from syndicator.model import Failed, FetchPolicy

# Below the 5 s after which Apache closes: a connection that dies as it is used again looks like a failure.
_IDLE_SECONDS = 4.0
_IDLE_CONNECTIONS = 20


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A handle, opaque outside this room. `turns` holds a lock a host, as long as somebody waits for it or has it;
    `left` when each host was last let go, `robots` until when each robots.txt counts, both in the loop's time.
    """

    policy: FetchPolicy
    http: httpx.AsyncClient
    clock: Callable[[], datetime]
    turns: "WeakValueDictionary[str, asyncio.Lock]" = field(default_factory=WeakValueDictionary)
    left: dict[str, float] = field(default_factory=dict)
    robots: dict[str, tuple[float, bytes | Failed]] = field(default_factory=dict)

    def turn(self, host: str) -> asyncio.Lock:
        """The lock to hold while asking `host`: one request at a time."""
        return self.turns.setdefault(host.rstrip("."), asyncio.Lock())


@asynccontextmanager
async def open_client(
    policy: FetchPolicy,
    *,
    resolve: Resolve = system_resolve,
    dial: Dial = asyncio.open_connection,
    tls: ssl.SSLContext | None = None,
    clock: Callable[[], datetime] = _now,
) -> AsyncIterator[Client]:
    """A client that keeps `policy`; open one per process. All share one TLS context, which costs 25 ms to make.

    In: `resolve`, `dial`, `tls` and `clock` stand for the system's resolver, sockets, trusted authorities and UTC time.
    Raises nothing of its own; on leaving, all connections are closed.
    """
    pool = httpcore.AsyncConnectionPool(
        ssl_context=tls or _trusted(),
        max_connections=None,  # how much is asked at once is the caller's affair; here one request a host is the limit
        max_keepalive_connections=_IDLE_CONNECTIONS,
        keepalive_expiry=_IDLE_SECONDS,
        network_backend=Network(policy, resolve, dial),
    )
    async with httpx.AsyncClient(
        transport=_Transport(pool),
        timeout=None,  # noqa: S113  the whole request has one deadline, in exchange
        trust_env=False,
    ) as http:
        yield Client(policy=policy, http=http, clock=clock)
    await asyncio.sleep(0)  # an aborted connection is gone one turn of the loop later


@cache
def _trusted() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class _Transport(httpx.AsyncBaseTransport):
    """httpx's requests through our pool. httpx.AsyncHTTPTransport builds its own pool and takes no network backend.

    The reply's header goes past httpx, as the extension "fields": it would keep cookies, build the request that a
    Location asks for (and raise on an odd one), and inflate without a limit.
    """

    def __init__(self, pool: httpcore.AsyncConnectionPool) -> None:
        self._pool = pool

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        address = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        asked = httpcore.Request(request.method, address, headers=request.headers.raw, content=request.stream)
        reply = await self._pool.handle_async_request(asked)
        extensions = {**reply.extensions, "fields": reply.headers}
        return httpx.Response(reply.status, stream=_Chunks(reply), extensions=extensions)

    async def aclose(self) -> None:
        await self._pool.aclose()


class _Chunks(httpx.AsyncByteStream):
    """The reply's body as it comes."""

    def __init__(self, reply: httpcore.Response) -> None:
        self._reply = reply

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._reply.aiter_stream()

    async def aclose(self) -> None:
        await self._reply.aclose()
