"""From a host's name to a connection: resolved once, every address judged, the judged literal dialled.

Because httpcore asks this module to connect, Host, SNI and the certificate check keep the name while nothing resolves
it a second time (DNS rebinding). It must not know HTTP beyond counting what arrives between two requests.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Any

import httpcore

from syndicator.fetch.addresses import literal, may_dial
from syndicator.fetch.trouble import Trouble, headers_too_large, too_large
from syndicator.model import FetchPolicy

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]  # host, port -> addresses as literals, best first
Dial = Callable[[str, int], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]  # literal, port

_HEAD_BYTES = 256 * 1024  # h11 stops one head at 100 KB, but counts no endless row of 1xx heads
_MOST_ADDRESSES = 8  # a name with a thousand addresses would make us knock a thousand times


async def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that the system's resolver gives. Raises OSError or UnicodeError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class Network(httpcore.AsyncNetworkBackend):
    """The guarded way out for httpcore's pool. Timeouts are the caller's; httpcore's own are not used."""

    def __init__(self, policy: FetchPolicy, resolve: Resolve, dial: Dial) -> None:
        self._policy = policy
        self._resolve = resolve
        self._dial = dial

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's signature
        local_address: str | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.AsyncNetworkStream:
        """Connects to the first judged address that answers. Raises Trouble."""
        addresses = await self._judged(host, port)
        trouble = None
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                async with asyncio.timeout(self._policy.timeout / len(addresses[:_MOST_ADDRESSES])):
                    reader, writer = await self._dial(address, port)
                return _Stream(reader, writer)
            except OSError as error:
                trouble = _not_connected(host, port, error)
        raise trouble or Trouble("dns", f"{host} has no address", "check the host's name")

    async def _judged(self, host: str, port: int) -> Sequence[str]:
        """The addresses of `host`; one that must not be dialled refuses them all, since an honest name has none."""
        addresses = (host,) if literal(host) else await self._resolved(host, port)
        for text in addresses:
            address = literal(text)
            if address is None or not may_dial(address, allow_private=self._policy.allow_private_networks):
                raise self._refused(host, text)
        return addresses

    def _refused(self, host: str, address: str) -> Trouble:
        subject = f"{host} leads to {address}, which" if host != address else address
        hint = (
            ""
            if self._policy.allow_private_networks
            else "for a feed in your own network: set fetch.allow_private_networks = true"
        )
        return Trouble("address-refused", f"{subject} is not an address of the public internet", hint)

    async def _resolved(self, host: str, port: int) -> Sequence[str]:
        try:
            return await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise Trouble("dns", f"{host} cannot be resolved: {error}", "check the host's name") from error


class _Stream(httpcore.AsyncNetworkStream):
    """A connection that counts what arrives after each request, so that no head and no framing is endless."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._left = 0
        self._excess = headers_too_large()

    def expect_body(self, most: int) -> None:
        """The head is here; `most` bytes of body may follow, and as much framing as a head is allowed."""
        self._left, self._excess = most + _HEAD_BYTES, too_large("on the wire", most)

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002, ASYNC109
        try:
            data = await self._reader.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError(error) from error
        self._left -= len(data)
        if self._left < 0:
            raise self._excess
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002, ASYNC109
        self._left, self._excess = _HEAD_BYTES, headers_too_large()
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except OSError as error:  # httpcore then still reads the reply that an early closer may have sent
            raise httpcore.WriteError(error) from error

    async def aclose(self) -> None:
        self._writer.transport.abort()  # all was read or nothing more is wanted; a TLS farewell could keep us waiting

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109  httpcore's signature
    ) -> httpcore.AsyncNetworkStream:
        try:
            await self._writer.start_tls(ssl_context, server_hostname=server_hostname)
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError; an impossible server name a ValueError
            await self.aclose()
            raise _no_tls(server_hostname, error) from error
        return self

    def get_extra_info(self, info: str) -> Any:
        """`is_readable` is how httpcore asks whether an idle connection was closed by the other side."""
        return self._reader.at_eof() if info == "is_readable" else self._writer.get_extra_info(info)


def _not_connected(host: str, port: int, error: OSError) -> Trouble:
    if isinstance(error, TimeoutError):
        return Trouble("timeout", f"{host} did not take the connection in time", "it is asked again later")
    if isinstance(error, ConnectionRefusedError):
        return Trouble("connection-refused", f"{host} refuses connections on port {port}", "check the address")
    return Trouble("unreachable", f"{host} cannot be reached: {error}", "it is asked again later")


def _no_tls(host: str | None, error: Exception) -> Trouble:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Trouble(
            "tls", f"the certificate of {host} does not hold: {error.verify_message}", "tell the site's operator"
        )
    return Trouble(
        "tls", f"no TLS with {host}: {error}", "check that the address is https, and tell the site's operator"
    )
