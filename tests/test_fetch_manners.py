"""The manners of the HTTP door: pauses between two requests to a host, and the robots.txt of a site."""

import asyncio
from itertools import pairwise

import pytest

from syndicator.fetch import get, open_client, robots_txt
from syndicator.model import Failed
from tests.test_fetch import FEED, POLICY, Answers, Upstream, loopback, reply, serve, to

RULES = b"User-agent: *\nDisallow: /desk/\n"


def told(answers: Answers, *paths: str) -> tuple[list[bytes | Failed], Upstream]:
    async def run() -> tuple[list[bytes | Failed], Upstream]:
        async with serve(answers) as upstream, open_client(POLICY) as client:
            return [await robots_txt(client, upstream.url(path)) for path in paths], upstream

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        pytest.param(reply("200 OK", body=RULES), RULES, id="what it says"),
        pytest.param(reply("200 OK", body=b""), b"", id="nothing, when it is empty"),
        pytest.param(reply("404 Not Found"), b"", id="nothing, when there is none"),
        pytest.param(reply("410 Gone"), b"", id="nothing, when it is gone"),
        pytest.param(reply("200 OK", body=b"#" * 49_000 * 11), None, id="unknown, when it is larger than anything"),
        pytest.param(reply("401 Unauthorized"), None, id="unknown, when it wants a login"),
        pytest.param(reply("403 Forbidden"), None, id="unknown, when it is forbidden"),
        pytest.param(reply("429 Too Many Requests"), None, id="unknown, when we ask too often"),
        pytest.param(reply("500 Internal Server Error"), None, id="unknown, when the server is broken"),
        pytest.param(to("/robots.txt"), None, id="unknown, when it leads nowhere"),
    ],
)
def test_a_robots_txt_says(answer: bytes, says: bytes | None) -> None:
    (found,), _ = told({"/robots.txt": answer}, "/2026/fog-bell/?page=2#notes")
    assert isinstance(found, Failed) if says is None else found == says


def test_a_robots_txt_is_asked_for_once_in_a_while() -> None:
    _, upstream = told({"/robots.txt": reply("200 OK", body=RULES)}, "/a", "/b", "/c?d")
    assert upstream.paths() == ["/robots.txt"]


def test_an_address_that_cannot_be_asked_has_no_robots_txt_either() -> None:
    async def run() -> bytes | Failed:
        async with open_client(POLICY) as client:
            return await robots_txt(client, "gopher://quay.example/")

    assert isinstance(asyncio.run(run()), Failed)


def test_a_host_is_left_alone_for_the_pause_and_another_is_not_waited_for() -> None:
    async def run(hosts: str, pause: float) -> list[float]:
        loop = asyncio.get_running_loop()
        async with (
            serve({"/": reply("200 OK", body=FEED)}) as upstream,
            open_client(POLICY, resolve=loopback) as client,
        ):
            times = []
            for host in hosts:
                await get(client, upstream.url("/", f"{host}.test"), pause=pause)
                times.append(loop.time())
            return [later - earlier for earlier, later in pairwise(times)]

    assert all(waited >= 0.2 for waited in asyncio.run(run("aaa", 0.2)))
    assert asyncio.run(run("ab", 20.0))[0] < 20.0
