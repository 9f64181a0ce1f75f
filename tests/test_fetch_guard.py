"""Which addresses and URLs the HTTP door asks, and that the address judged is the one dialled."""

import asyncio

import httpx
import pytest

from syndicator.fetch import get, open_client
from syndicator.fetch.addresses import literal, may_dial
from syndicator.fetch.trouble import Trouble
from syndicator.fetch.urls import askable, target
from syndicator.model import Failed, FetchPolicy

POLICY = FetchPolicy(user_agent="syndicator-test", timeout=2.0)

PUBLIC = ("1.1.1.1", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1", "2001:4860::8888")
PRIVATE = ("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "127.0.0.1", "127.255.0.9", "::1")
PRIVATE += (
    "fd00::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:10.1.2.3",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2002:a00:1::",
)
NEVER = ("0.0.0.0", "0.1.2.3", "169.254.169.254", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.7", "203.0.113.9")
NEVER += ("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "ff02::1", "fe80::1", "fec0::1")
NEVER += ("2001:db8::1", "2001::1", "64:ff9b:1::1", "::127.0.0.1", "100::1", "3fff::1", "::ffff:169.254.169.254")
NEVER += ("64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::", "::ffff:0:127.0.0.1", "4000::1")


def allowed(address: str, *, allow_private: bool) -> bool:
    parsed = literal(address)
    assert parsed is not None
    return may_dial(parsed, allow_private=allow_private)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_dialled_under_either_policy(address: str) -> None:
    assert allowed(address, allow_private=False)
    assert allowed(address, allow_private=True)


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_dialled_only_when_allowed(address: str) -> None:
    assert not allowed(address, allow_private=False)
    assert allowed(address, allow_private=True)


@pytest.mark.parametrize("address", NEVER)
def test_some_addresses_are_never_dialled(address: str) -> None:
    assert not allowed(address, allow_private=False)
    assert not allowed(address, allow_private=True)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/hostname", "unsupported-scheme"),
        ("gopher://feeds.test/1", "unsupported-scheme"),
        ("feeds.test/atom", "unsupported-scheme"),
        ("", "unsupported-scheme"),
        ("http:///atom", "bad-url"),
        ("http://feeds.test:port/", "bad-url"),
        ("http://feeds.test/\r\nX-Evil: 1", "bad-url"),
        ("http://ann:pw@feeds.test/", "credentials-in-url"),
        ("http://feeds.test@127.0.0.1/", "credentials-in-url"),
        ("http://feeds.test:25/", "port-refused"),
        ("http://feeds.test:0/", "port-refused"),
        ("http://feeds.test:70000/", "port-refused"),
        ("http://2130706433/", "address-refused"),
        ("http://0x7f.1/", "address-refused"),
        ("http://0X7F000001/", "address-refused"),
        ("http://127.1/", "address-refused"),
        ("http://0177.0.0.1/", "bad-url"),
        ("http://127.0.0.1./", "address-refused"),
    ],
)
def test_a_url_that_must_not_be_asked_is_refused_with_its_reason(url: str, reason: str) -> None:
    with pytest.raises(Trouble) as caught:
        askable(url)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTP://Feeds.Test:80/", "http://feeds.test/"),
        ("https://feeds.test/a%20b?x=%41&y=#part", "https://feeds.test/a%20b?x=%41&y="),
        ("http://feeds.test:8080/?feed=atom", "http://feeds.test:8080/?feed=atom"),
        ("http://bücher.test/é", "http://xn--bcher-kva.test/%C3%A9"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_nothing_is_added_to_a_url_and_only_its_fragment_is_dropped(url: str, asked: str) -> None:
    assert str(askable(url)) == asked


@pytest.mark.parametrize(
    ("here", "location", "there"),
    [
        ("http://a.test/x/y", "../z", "http://a.test/z"),
        ("http://a.test/x", "//b.test/", "http://b.test/"),
        ("http://a.test/x", "https://a.test/x", "https://a.test/x"),
        ("http://a.test/x", "/ü#frag", "http://a.test/%C3%BC"),
        ("http://a.test/x", None, "bad-redirect"),
        ("http://a.test/x", "http://b.test:port/", "bad-redirect"),
        ("http://a.test/x", "javascript:alert(1)", "unsupported-scheme"),
        ("https://a.test/x", "http://a.test/x", "redirect-downgrade"),
        ("http://a.test/x", "http://ann@b.test/", "credentials-in-url"),
    ],
)
def test_a_redirect_leads_to_a_url_or_to_a_reason(here: str, location: str | None, there: str) -> None:
    try:
        found = str(target(httpx.URL(here), location))
    except Trouble as trouble:
        found = trouble.reason
    assert found == there


async def _no_dial(address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    raise AssertionError(f"dialled {address}:{port}")


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1",),
        ("93.184.215.14", "10.0.0.1"),
        ("::ffff:192.168.0.1",),
        ("169.254.169.254",),
        ("fe80::1%2",),
        ("odd",),
    ],
    ids=["loopback", "one public and one private", "mapped", "link-local", "with a zone", "no address"],
)
def test_a_name_with_an_address_that_is_not_public_is_not_dialled(answers: tuple[str, ...]) -> None:
    async def resolve(host: str, port: int) -> tuple[str, ...]:
        return answers

    async def ask() -> object:
        async with open_client(POLICY, resolve=resolve, dial=_no_dial) as client:
            return await get(client, "http://feeds.test/atom")

    answer = asyncio.run(ask())
    assert isinstance(answer, Failed)
    assert answer.reason == "address-refused"
    assert "feeds.test" in answer.why


def test_a_name_is_resolved_once_and_what_was_judged_is_dialled() -> None:
    """DNS rebinding: the second look-up would answer with loopback, but there is none."""
    answers = [("93.184.215.14", "93.184.215.15"), ("127.0.0.1",)]
    looked_up: list[str] = []
    dialled: list[tuple[str, int]] = []

    async def resolve(host: str, port: int) -> tuple[str, ...]:
        looked_up.append(host)
        return answers[len(looked_up) - 1]

    async def dial(address: str, port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        dialled.append((address, port))
        raise ConnectionRefusedError

    async def ask() -> object:
        async with open_client(POLICY, resolve=resolve, dial=dial) as client:
            return await get(client, "http://feeds.test:8080/atom")

    answer = asyncio.run(ask())
    assert isinstance(answer, Failed)
    assert answer.reason == "connection-refused"
    assert looked_up == ["feeds.test"]
    assert dialled == [("93.184.215.14", 8080), ("93.184.215.15", 8080)]


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long")])
def test_a_name_that_cannot_be_resolved_is_a_failure_named_dns(error: Exception) -> None:
    async def resolve(host: str, port: int) -> tuple[str, ...]:
        raise error

    async def ask() -> object:
        async with open_client(POLICY, resolve=resolve, dial=_no_dial) as client:
            return await get(client, "http://nowhere.test/")

    answer = asyncio.run(ask())
    assert isinstance(answer, Failed)
    assert answer.reason == "dns"


def test_a_password_in_a_url_is_not_repeated_in_the_answer() -> None:
    async def ask() -> object:
        async with open_client(POLICY, dial=_no_dial) as client:
            return await get(client, "http://ann:s3cret@feeds.test/")

    assert "s3cret" not in repr(asyncio.run(ask()))
