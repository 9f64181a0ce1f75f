"""The HTTP door against a server that says, byte by byte, what each test wants."""

import asyncio
import gzip
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from syndicator.fetch import get, open_client, post_form
from syndicator.model import Answer, Failed, Fetched, FetchPolicy, Gone, NotModified, Validators

POLICY = FetchPolicy(
    user_agent="syndicator-test",
    allow_private_networks=True,
    timeout=5.0,
    max_wire_bytes=50_000,
    max_decoded_bytes=90_000,
)
NOTHING = Validators()
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
FEED = b"<feed>the lighthouse was painted again</feed>"

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Answers = Mapping[str, bytes | Script]


@dataclass
class Upstream:
    """A loopback server: what it was asked (whole heads), and how many requests it served at once at most."""

    port: int = 0
    heads: list[bytes] = field(default_factory=list)
    busy: int = 0
    busiest: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [head.split()[1].decode() for head in self.heads]


@asynccontextmanager
async def serve(answers: Answers) -> AsyncIterator[Upstream]:
    upstream = Upstream()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            upstream.heads.append(head)
            upstream.busy += 1
            upstream.busiest = max(upstream.busiest, upstream.busy)
            answer = answers[head.split()[1].decode().partition("?")[0]]
            if callable(answer):
                await answer(reader, writer)
            else:
                writer.write(answer)
            await writer.drain()
            upstream.busy -= 1
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    upstream.port = server.sockets[0].getsockname()[1]
    try:
        yield upstream
    finally:
        server.close()


def reply(status: str, *lines: str, body: bytes = b"") -> bytes:
    head = "\r\n".join((f"HTTP/1.1 {status}", "Connection: close", *lines, f"Content-Length: {len(body)}", "", ""))
    return head.encode("latin-1") + body


def to(where: str, status: str = "302 Found") -> bytes:
    return reply(status, f"Location: {where}")


def ask(
    answers: Answers, path: str = "/", validators: Validators = NOTHING, policy: FetchPolicy = POLICY
) -> tuple[Answer, Upstream]:
    """One get of `path`, and what the server saw of it."""

    async def run() -> tuple[Answer, Upstream]:
        async with serve(answers) as upstream, open_client(policy, clock=lambda: NOON) as client:
            return await get(client, upstream.url(path), validators=validators), upstream

    return asyncio.run(run())


def failed(answers: Answers, policy: FetchPolicy = POLICY, validators: Validators = NOTHING) -> Failed:
    answer, _ = ask(answers, policy=policy, validators=validators)
    assert isinstance(answer, Failed), answer
    return answer


def fetched(answers: Answers, path: str = "/") -> Fetched:
    answer, _ = ask(answers, path)
    assert isinstance(answer, Fetched), answer
    return answer


# ── what is asked ────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_request_says_who_asks_and_what_is_read_and_nothing_else() -> None:
    _, upstream = ask({"/feed": reply("200 OK", body=FEED)}, "/feed?format=atom")
    lines = upstream.heads[0].decode().rstrip().split("\r\n")
    names = [line.partition(":")[0] for line in lines[1:]]
    assert lines[0] == "GET /feed?format=atom HTTP/1.1"
    assert sorted(names) == ["Accept", "Accept-Encoding", "Host", "User-Agent"]
    assert "Accept-Encoding: gzip, deflate" in lines
    assert f"Host: 127.0.0.1:{upstream.port}" in lines


def test_a_cookie_is_neither_kept_nor_sent() -> None:
    async def run() -> tuple[Upstream, int]:
        answers = {"/": reply("200 OK", "Set-Cookie: reader=7; Path=/", body=FEED)}
        async with serve(answers) as upstream, open_client(POLICY) as client:
            await get(client, upstream.url("/"))
            await get(client, upstream.url("/"))
            return upstream, len(client.http.cookies)

    upstream, kept = asyncio.run(run())
    assert kept == 0
    assert all(b"cookie" not in head.lower() for head in upstream.heads)


# ── what is answered ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_200_is_fetched_with_all_that_was_said_of_it() -> None:
    lines = ('ETag: W/"v7"', "Last-Modified: yesterday, more or less", "Cache-Control: public, max-age=600")
    answer = fetched({"/": reply("200 OK", *lines, "Content-Type: text/xml; charset=UTF-8", body=FEED)})
    assert answer.document.body == FEED
    assert (answer.document.content_type, answer.document.charset) == ("text/xml", "utf-8")
    assert answer.body_hash == hashlib.sha256(FEED).hexdigest()
    assert answer.validators == Validators(etag='W/"v7"', last_modified="yesterday, more or less")
    assert (answer.complete, answer.max_age, answer.moved_to) == (True, 600, None)


@pytest.mark.parametrize(
    "etag", ['"plain"', 'W/"weak"', "no quotes", '"caf\xe9 \xff"', '"half', "'single'", '"a", "b"']
)
def test_validators_come_back_byte_for_byte(etag: str) -> None:
    async def run() -> tuple[Answer, Upstream]:
        answers = {"/": reply("200 OK", f"ETag: {etag}", "Last-Modified: Mon,  2 Nov 26", body=FEED)}
        async with serve(answers) as upstream, open_client(POLICY) as client:
            first = await get(client, upstream.url("/"))
            assert isinstance(first, Fetched)
            return await get(client, upstream.url("/"), validators=first.validators), upstream

    _, upstream = asyncio.run(run())
    assert f"\r\nIf-None-Match: {etag}\r\n".encode("latin-1") in upstream.heads[1]
    assert b"\r\nIf-Modified-Since: Mon,  2 Nov 26\r\n" in upstream.heads[1]


def test_a_304_keeps_the_validators_sent_where_it_gives_none() -> None:
    answers = {"/": b'HTTP/1.1 304 Not Modified\r\nETag: "new"\r\nCache-Control: max-age=60\r\n\r\n'}
    answer, _ = ask(answers, validators=Validators(etag='"old"', last_modified="then"))
    assert answer == NotModified(validators=Validators(etag='"new"', last_modified="then"), max_age=60)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("304 Not Modified", "odd-status"),
        ("204 No Content", "odd-status"),
        ("206 Partial Content", "odd-status"),
        ("300 Multiple Choices", "odd-status"),
        ("401 Unauthorized", "unauthorised"),
        ("403 Forbidden", "forbidden"),
        ("404 Not Found", "not-found"),
        ("418 I'm a teapot", "refused-by-server"),
        ("429 Too Many Requests", "too-many-requests"),
        ("500 Oops", "server-error"),
        ("503 Service Unavailable", "unavailable"),
        ("599 Beyond", "server-error"),
        ("200 OK", "empty-body"),
    ],
)
def test_a_status_that_brings_nothing_is_failed_with_its_reason(status: str, reason: str) -> None:
    answer = failed({"/": reply(status)})
    assert (answer.reason, answer.status) == (reason, int(status[:3]))
    assert answer.url in answer.why


def test_a_410_is_gone() -> None:
    answer, upstream = ask({"/": reply("410 Gone")})
    assert answer == Gone(url=upstream.url("/"))


def test_a_410_behind_a_temporary_redirect_is_only_a_failure() -> None:
    assert failed({"/": to("/parked"), "/parked": reply("410 Gone")}).status == 410


def test_retry_after_is_counted_from_the_clients_clock() -> None:
    late = reply("503 Service Unavailable", "Retry-After: Mon, 02 Nov 2026 12:30:00 GMT")
    assert failed({"/": late}).retry_after == 1800
    assert failed({"/": reply("429 Slow down", "Retry-After: 90")}).retry_after == 90


# ── redirects ────────────────────────────────────────────────────────────────────────────────────────────────────

MOVED, FOUND = "301 Moved Permanently", "302 Found"


@pytest.mark.parametrize(
    ("hops", "moved_to"),
    [
        ((MOVED,), "/1"),
        (("308 Permanent Redirect", MOVED), "/2"),
        ((FOUND,), None),
        ((MOVED, FOUND), "/1"),
        ((MOVED, "307 Temporary Redirect", MOVED), "/1"),
        ((FOUND, MOVED), None),
    ],
)
def test_a_feed_has_moved_as_far_as_every_hop_from_the_start_was_permanent(
    hops: tuple[str, ...], moved_to: str | None
) -> None:
    answers = {f"/{n}": to(f"/{n + 1}", status) for n, status in enumerate(hops)}
    answer, upstream = ask({**answers, f"/{len(hops)}": reply("200 OK", body=FEED)}, "/0")
    assert isinstance(answer, Fetched)
    assert answer.document.url == upstream.url(f"/{len(hops)}")
    assert answer.moved_to == (upstream.url(moved_to) if moved_to else None)


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"/": to("/")}, "redirect-loop"),
        ({"/": to("/b"), "/b": to("/")}, "redirect-loop"),
        ({"/": reply(MOVED)}, "bad-redirect"),
        ({"/": to("http://b.test:port/")}, "bad-redirect"),
        ({"/": to("mailto:ann@a.test")}, "unsupported-scheme"),
        ({"/": to("http://169.254.169.254/latest")}, "address-refused"),
        ({"/": to("http://[::]/")}, "address-refused"),
        ({"/": to("http://ann:pw@127.0.0.1/")}, "credentials-in-url"),
    ],
)
def test_a_redirect_that_leads_nowhere_good_is_failed_with_its_reason(answers: Answers, reason: str) -> None:
    assert failed(answers).reason == reason


def test_redirects_are_followed_up_to_the_limit_and_no_further() -> None:
    chain = {f"/{n}": to(f"/{n + 1}") for n in range(6)}
    answer, upstream = ask({**chain, "/6": reply("200 OK", body=FEED)}, "/1")
    assert isinstance(answer, Fetched)
    answer, upstream = ask({**chain, "/6": reply("200 OK", body=FEED)}, "/0")
    assert isinstance(answer, Failed)
    assert answer.reason == "too-many-redirects"
    assert upstream.paths() == ["/0", "/1", "/2", "/3", "/4", "/5"]


def test_validators_follow_a_redirect_within_the_host_only() -> None:
    async def run() -> tuple[Answer, Upstream, Upstream]:
        async with (
            serve({"/": reply("200 OK", 'ETag: "theirs"', body=FEED)}) as other,
            serve({"/": to("/b"), "/b": to(other.url("/"))}) as first,
            open_client(POLICY) as client,
        ):
            return await get(client, first.url("/"), validators=Validators(etag='"ours"')), first, other

    answer, first, other = asyncio.run(run())
    assert [b"If-None-Match" in head for head in first.heads] == [True, True]
    assert b"If-None-Match" not in other.heads[0]
    assert b"referer" not in other.heads[0].lower()
    assert isinstance(answer, Fetched)
    assert answer.validators == Validators()  # they would be sent to the first host next time


# ── misbehaviour on the wire ─────────────────────────────────────────────────────────────────────────────────────


def endless(start: bytes, again: bytes) -> Script:
    async def send(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(start)
        while not writer.transport.is_closing():
            writer.write(again)
            await writer.drain()

    return send


async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def hang_in_body(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n<feed>")
    await reader.read()


OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"", "connection-lost"),
        (b"HTTP/1.1 200 OK\r\nEta", "connection-lost"),
        (b"\x16\x03\x01 this is TLS, or is it\r\n\r\n", "bad-reply"),
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "bad-reply"),
        (OK + b"Content-Length: 4\r\nContent-Length: 5\r\n\r\nfour", "bad-reply"),
        (OK + b"Content-Length: many\r\n\r\nfour", "bad-reply"),
        (OK + b"Content-Length: 50001\r\n\r\n", "too-large"),
        (OK + b"Content-Length: 99999999999999999999\r\n\r\n", "too-large"),
        (OK + b"Content-Length: 40\r\n\r\n", "empty-body"),
        (reply("200 OK", "Content-Encoding: gzip", body=gzip.compress(bytes(5_000_000))), "too-large"),
        (reply("200 OK", "Content-Encoding: gzip", body=FEED), "bad-encoding"),
        (reply("200 OK", "Content-Encoding: gzip", "Content-Encoding: gzip", body=FEED), "unsupported-encoding"),
        (reply("200 OK", "Content-Encoding: zstd", body=FEED), "unsupported-encoding"),
        (OK + b"X: " + b"y" * 300_000, "headers-too-large"),
        (endless(OK, b"X-Again: and again\r\n" * 50), "headers-too-large"),
        (endless(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 50), "headers-too-large"),
        (endless(OK + b"\r\n", b"<entry/>" * 512), "too-large"),
        (endless(CHUNKED, b"400\r\n" + b"z" * 1024 + b"\r\n"), "too-large"),
        (endless(CHUNKED, b"1;" + b"e" * 4000 + b"\r\nz\r\n"), "too-large"),
    ],
)
def test_a_server_that_misbehaves_gives_a_failure_with_its_reason(answer: bytes | Script, reason: str) -> None:
    assert failed({"/": answer}).reason == reason


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Content-Length: 99\r\n\r\n" + FEED,
        CHUNKED + b"2d\r\n" + FEED + b"\r\n5\r\nab",
        CHUNKED + b"2d\r\n" + FEED + b"\r\nnot a size\r\n",
        reply("200 OK", "Content-Encoding: gzip", body=gzip.compress(FEED)[:-4]),
    ],
    ids=["short of its length", "chunk cut", "chunk broken", "gzip cut"],
)
def test_a_body_cut_short_is_fetched_and_marked_incomplete(answer: bytes) -> None:
    got = fetched({"/": answer})
    assert got.document.body.startswith(FEED)
    assert not got.complete


@pytest.mark.parametrize("script", [hang, hang_in_body], ids=["silent", "silent in the body"])
def test_a_server_that_keeps_us_waiting_is_left_when_the_time_is_over(script: Script) -> None:
    quick = FetchPolicy(user_agent="t", allow_private_networks=True, timeout=0.2)
    assert failed({"/": script}, quick).reason == "timeout"


def test_redirects_share_one_time_limit() -> None:
    async def slowly(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        writer.write(to(f"/{id(writer)}"))

    class Anywhere(dict[str, bytes | Script]):
        def __missing__(self, path: str) -> Script:
            return slowly

    brief = FetchPolicy(user_agent="t", allow_private_networks=True, timeout=0.4, max_redirects=50)
    answer, upstream = ask(Anywhere(), policy=brief)
    assert isinstance(answer, Failed)
    assert answer.reason in ("timeout", "redirect-loop")
    assert len(upstream.heads) <= 4


def test_a_refused_connection_is_a_failure_and_cancelling_passes_through() -> None:
    async def run() -> Answer:
        started = asyncio.Event()

        async def start_and_hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            started.set()
            await hang(reader, writer)

        async with serve({"/": start_and_hang}) as upstream, open_client(POLICY) as client:
            task = asyncio.create_task(get(client, upstream.url("/")))
            await started.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        async with open_client(POLICY) as client:
            return await get(client, upstream.url("/"))

    answer = asyncio.run(run())
    assert isinstance(answer, Failed)
    assert answer.reason == "connection-refused"


# ── turns and forms ─────────────────────────────────────────────────────────────────────────────────────


async def loopback(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


def test_a_host_is_asked_one_thing_at_a_time_and_two_hosts_at_once() -> None:
    async def a_moment(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        writer.write(reply("200 OK", body=FEED))

    async def busiest(hosts: tuple[str, ...]) -> tuple[int, int]:
        async with serve({"/": a_moment}) as upstream, open_client(POLICY, resolve=loopback) as client:
            await asyncio.gather(*(get(client, upstream.url("/", host)) for host in hosts))
            return upstream.busiest, len(client.turns)

    assert asyncio.run(busiest(("a.test", "a.test", "A.test.", "a.test"))) == (1, 0)
    assert asyncio.run(busiest(("a.test", "b.test"))) == (2, 0)


def test_hosts_that_redirect_to_each_other_do_not_wait_for_each_other() -> None:
    async def run() -> list[Answer]:
        answers: dict[str, bytes | Script] = {"/end": reply("200 OK", body=FEED)}
        async with serve(answers) as upstream, open_client(POLICY, resolve=loopback) as client:
            answers["/a"] = to(upstream.url("/end", "b.test"))
            answers["/b"] = to(upstream.url("/end", "a.test"))
            return await asyncio.gather(*(get(client, upstream.url(f"/{n}", f"{n}.test")) for n in "abab"))

    assert all(isinstance(answer, Fetched) for answer in asyncio.run(run()))


def post(answer: bytes, fields: Mapping[str, str]) -> tuple[int | Failed, bytes]:
    received: list[bytes] = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        received.append(await reader.readexactly(40))
        writer.write(answer)

    async def run() -> int | Failed:
        async with serve({"/hub": take}) as upstream, open_client(POLICY) as client:
            return await post_form(client, upstream.url("/hub"), fields)

    return asyncio.run(run()), received[0]


def test_a_form_is_posted_and_the_status_comes_back() -> None:
    status, body = post(b"HTTP/1.1 202 Accepted\r\n\r\n", {"hub.mode": "publish", "hub.url": "é & more"})
    assert status == 202
    assert body == b"hub.mode=publish&hub.url=%C3%A9+%26+more"


@pytest.mark.parametrize("answer", [to("/elsewhere", "307 Temporary Redirect"), reply("400 Bad Request")])
def test_a_form_that_is_not_taken_is_failed_and_posted_once(answer: bytes) -> None:
    outcome, _ = post(answer, {"hub.mode": "publish", "hub.url": "an address here"})
    assert isinstance(outcome, Failed)
