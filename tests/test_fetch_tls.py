"""TLS behind a pinned address: the name stays in Host, in SNI and in the certificate check."""

import asyncio
import ssl
import subprocess
from pathlib import Path

import pytest

from syndicator.fetch import get, open_client
from syndicator.model import Answer, Failed, Fetched, FetchPolicy

POLICY = FetchPolicy(user_agent="syndicator-test", allow_private_networks=True, timeout=5.0)


async def loopback(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A self-signed certificate for feeds.test, with its key, in one PEM file."""
    pem = tmp_path_factory.mktemp("tls") / "feeds.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=feeds.test -addext subjectAltName=DNS:feeds.test"
    )
    try:
        subprocess.run([*command.split(), "-keyout", pem, "-out", f"{pem}.crt"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no openssl that makes a certificate: {error}")
    with pem.open("ab") as out:
        out.write(Path(f"{pem}.crt").read_bytes())
    return pem


def ask(certificate: Path, host: str, trusted: ssl.SSLContext | None) -> tuple[Answer, list[str | None], list[bytes]]:
    """One get of https://`host`/; also the SNI names and the request heads that the server saw."""
    names: list[str | None] = []
    heads: list[bytes] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: names.append(name)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 7\r\n\r\n<feed/>")
        await writer.drain()
        writer.close()

    async def run() -> Answer:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        async with server, open_client(POLICY, resolve=loopback, tls=trusted) as client:
            return await get(client, f"https://{host}:{port}/")

    return asyncio.run(run()), names, heads


def test_behind_the_pinned_address_the_name_stays_in_host_sni_and_certificate_check(certificate: Path) -> None:
    answer, names, heads = ask(certificate, "feeds.test", ssl.create_default_context(cafile=certificate))
    assert isinstance(answer, Fetched)
    assert names == ["feeds.test"]
    assert b"\r\nHost: feeds.test:" in heads[0]


def test_a_certificate_for_another_name_or_from_nobody_known_is_a_tls_failure(certificate: Path) -> None:
    for host, trusted in (("other.test", ssl.create_default_context(cafile=certificate)), ("feeds.test", None)):
        answer, _, heads = ask(certificate, host, trusted)
        assert isinstance(answer, Failed)
        assert (answer.reason, heads) == ("tls", [])


def test_https_to_a_server_that_speaks_no_tls_is_a_tls_failure() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.test ESMTP\r\n")
        writer.close()

    async def run() -> Answer:
        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        async with server, open_client(POLICY) as client:
            return await get(client, f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/")

    answer = asyncio.run(run())
    assert isinstance(answer, Failed)
    assert answer.reason == "tls"
