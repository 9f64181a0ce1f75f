"""Whatever URL the outside gives, in a feed or in a Location, asking it ends in a value."""

import asyncio
import random
import ssl
import string
from collections.abc import Awaitable, Callable, Sequence

import pytest

from syndicator.fetch import Client, get, open_client, post_form
from syndicator.model import Failed, Fetched, FetchPolicy

POLICY = FetchPolicy(user_agent="syndicator-test", timeout=2.0)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

BAD_HOSTS = {
    "an A-label that encodes nothing": "xn--",
    "an A-label whose punycode is cut": "xn--a",
    "an A-label that overflows": "xn--zzzzzzz99999",
    "a bad A-label behind a good label": "feeds.xn--a",
    "a bad A-label before a good one": "xn--a.test",
    "an A-label of what IDNA forbids": "xn--ls8h",
    "an empty label": "feeds..test",
    "an empty label in front": ".feeds.test",
    "only a dot": ".",
    "a label of 64 letters": "a" * 64 + ".test",
    "a name of 1,000 letters": ".".join(["abcdefghi"] * 100),
}


class _Written:
    """A connection's sending half that sends nothing; TLS on it ends where the library checks the server's name."""

    transport = property(lambda self: self)

    def write(self, data: bytes) -> None: ...
    def abort(self) -> None: ...
    def get_extra_info(self, name: str) -> None: ...
    async def drain(self) -> None: ...

    async def start_tls(self, context: ssl.SSLContext, *, server_hostname: str | None) -> None:
        context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname=server_hostname)


async def _resolve(host: str, port: int) -> Sequence[str]:
    """As the system does: the name goes through the codec that socket.getaddrinfo uses."""
    host.encode("idna")
    assert 0 < port < 65536
    return ("93.184.215.14",)


def asked(story: Callable[[Client, list[bytes]], Awaitable[None]]) -> None:
    """Runs `story` with a client whose every connection answers with the first of the replies, else with OK."""
    replies: list[bytes] = []

    async def dial(_address: str, _port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        reader = asyncio.StreamReader()
        reader.feed_data(replies.pop(0) if replies else OK)
        reader.feed_eof()
        return reader, _Written()  # type: ignore[return-value]

    async def run() -> None:
        async with open_client(POLICY, resolve=_resolve, dial=dial) as client:
            await story(client, replies)

    asyncio.run(run())


def redirect(location: str) -> bytes:
    raw = location.encode("utf-8", "surrogatepass").replace(b"\r", b"").replace(b"\n", b"").replace(b"\0", b"")
    return b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + raw + b"\r\n\r\n"


@pytest.mark.parametrize("host", BAD_HOSTS.values(), ids=BAD_HOSTS)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_host_that_is_no_name_is_a_bad_url_wherever_it_stands(scheme: str, host: str) -> None:
    url = f"{scheme}://{host}/"

    async def story(client: Client, replies: list[bytes]) -> None:
        answer = await get(client, url)
        assert isinstance(answer, Failed)
        assert (answer.reason, answer.url) == ("bad-url", url)
        posted = await post_form(client, url, {"a": "b"})
        assert isinstance(posted, Failed)
        assert posted.reason == "bad-url"
        replies.append(redirect(url))
        answer = await get(client, "http://feeds.test/")
        assert isinstance(answer, Failed)
        assert (answer.reason, answer.url) == ("bad-redirect", "http://feeds.test/")

    asked(story)


@pytest.mark.parametrize("host", ["xn--bcher-kva.test", "feeds.xn--bcher-kva.test", "feeds.test.", "a_b.feeds.test"])
def test_an_unusual_name_that_is_one_is_asked(host: str) -> None:
    async def story(client: Client, replies: list[bytes]) -> None:
        assert isinstance(await get(client, f"http://{host}/"), Fetched)
        replies.append(redirect(f"http://{host}/"))
        assert isinstance(await get(client, "http://first.test/"), Fetched)

    asked(story)


# fmt: off
PIECES = (
    *("http:", "https:", "HTTP:", "javascript:", "//", "/", "///", "\\", "?", "#", "@", "user:pw@", ";", "=", "&"),
    *(".", "..", "%", "%00", "%zz", "%2e", "%0a", "%c3%28", " ", "\t", "\n", "\0", "\x7f", "\x85", "\u2028", "\ufeff"),
    *("[", "]", "[::1]", "[v1.a]", "[::1%25e]", "xn--", "xn--a", "xn--zzzzzzz99999", "xn--bcher-kva", "XN--A"),
    *("\u00fc", "\u00df", "\u200d", "\u0130", "\u3002", "\uff0e", "\U0001f600", "\ud800", "\u202e", "\u0627"),
    *("a", "feeds", "test", "a" * 64, "1", "0x7f", "127.0.0.1", "2130706433", ":", "::", ":80", ":0"),
    *(":65536", ":99999999999999999999", ":-1", ":+80", ": 80", ":\u0661", ":8080"),
)
# fmt: on


def made_up(choose: random.Random) -> str:
    """Mostly something like a URL, with odd pieces anywhere in it."""
    pieces = [choose.choice(PIECES) for _ in range(choose.randrange(1, 7))]
    if choose.random() < 0.2:
        pieces.append("".join(chr(choose.randrange(0x250)) for _ in range(choose.randrange(5))))
    if choose.random() < 0.1:
        pieces.append(choose.choice(string.ascii_letters) * choose.choice((63, 64, 254, 70_000)))
    return choose.choice(("http://", "https://", "http://feeds.test", "//", "/", "")) + "".join(pieces)


def test_no_url_however_odd_makes_asking_raise() -> None:
    choose = random.Random(11)

    async def story(client: Client, replies: list[bytes]) -> None:
        for number in range(3_000):
            url = made_up(choose)
            replies.clear()
            if number % 3 == 0:
                answer: object = await get(client, url)
            elif number % 3 == 1:
                replies.append(redirect(url))
                answer = await get(client, "http://first.test/x")
            else:
                answer = await post_form(client, url, {})
            if isinstance(answer, Failed):
                assert "\0" not in answer.why.encode().decode(), ascii(url)  # it is stored

    asked(story)
