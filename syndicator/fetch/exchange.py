"""One request and its reply, in the host's turn and within the time that is left. It must not follow or judge."""

import asyncio
from collections.abc import Container
from dataclasses import dataclass

import httpcore
import httpx

from syndicator.fetch.body import ACCEPTED, Body
from syndicator.fetch.client import Client
from syndicator.fetch.fields import Fields, fields
from syndicator.fetch.trouble import WIRE_ERRORS, Trouble, in_words, too_large
from syndicator.fetch.urls import host
from syndicator.model import FetchPolicy

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came: `content` decoded, empty where it was not wanted; `complete` is false where it was cut short."""

    status: int
    fields: Fields
    content: bytes
    complete: bool
    seconds: float


async def exchange(
    client: Client,
    request: httpx.Request,
    *,
    seconds: float,
    wanted: Container[int] = (),
    pause: float = 0.0,
) -> Reply:
    """Sends `request` when it is its host's turn. Reads the body of the `wanted` statuses and of 304.

    `seconds` is the time left for it, waiting not counted; the reply's `seconds` is what it took. The host has been
    left alone for `pause` seconds before it is asked. Raises Trouble.
    """
    clock = asyncio.get_running_loop().time
    name = host(request.url)
    async with client.turn(name):
        await asyncio.sleep(client.left.get(name, -pause) + pause - clock())
        started = clock()
        try:
            async with asyncio.timeout(seconds):
                status, found, body, complete = await _send(client, request, wanted)
        except TimeoutError as error:
            why = f"{request.url} gave no complete answer within {client.policy.timeout:g} seconds"
            raise Trouble("timeout", why, "it is asked again later") from error
        except WIRE_ERRORS as error:
            raise in_words(error) from error
        finally:
            client.left[name] = clock()
    return Reply(status=status, fields=found, content=body, complete=complete, seconds=clock() - started)


def opening(client: Client, accept: str) -> Headers:
    """The fields that every request carries."""
    return [
        (b"User-Agent", client.policy.user_agent.encode("latin-1", "replace")),
        (b"Accept", accept.encode("latin-1", "replace")),
        (b"Accept-Encoding", ACCEPTED),
    ]


async def _send(client: Client, request: httpx.Request, wanted: Container[int]) -> tuple[int, Fields, bytes, bool]:
    response = await client.http.send(request, stream=True)
    try:
        found = fields(response.extensions["fields"])
        if response.status_code == 304:  # has no body; reading that keeps the connection
            await _read(response, Body("", max_wire=0, max_decoded=0))
        if response.status_code not in wanted:
            return response.status_code, found, b"", True
        body = _prepare(response, found, client.policy)
        complete = await _read(response, body)
        return response.status_code, found, body.content(), complete
    finally:
        await response.aclose()


def _prepare(response: httpx.Response, found: Fields, policy: FetchPolicy) -> Body:
    """The vessel for the body; refuses by its announcement what need not be read."""
    announced = found.get("content-length", "")
    if announced.isdecimal() and int(announced[:20]) > policy.max_wire_bytes:
        raise too_large("on the wire", policy.max_wire_bytes)
    response.extensions["network_stream"].expect_body(policy.max_wire_bytes)
    limits = {"max_wire": policy.max_wire_bytes, "max_decoded": policy.max_decoded_bytes}
    return Body(found.get("content-encoding", ""), **limits)


async def _read(response: httpx.Response, body: Body) -> bool:
    """Fills `body`; false where the connection ended, or broke the rules of HTTP/1.1, before the body's end."""
    try:
        async for chunk in response.aiter_raw():
            body.take(chunk)
    except (httpcore.NetworkError, httpcore.ProtocolError):
        return False
    return body.ended()
