"""A syndicator installation in a folder of its own, run as an operator runs it: the command line in a process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import feedparser


@dataclass(frozen=True)
class Installation:
    """Its folder, the port it serves at, and the ways to run it."""

    folder: Path
    port: int

    @property
    def output(self) -> Path:
        """Where the published files are."""
        return self.folder / "public"

    def read(self, path: str) -> bytes:
        """The bytes of a published file."""
        return (self.output / path).read_bytes()

    def command(self, *arguments: str) -> list[str]:
        """The command line for a process."""
        return [sys.executable, "-m", "syndicator", "--config", str(self.folder / "syndicator.toml"), *arguments]

    def run(self, *arguments: str, timeout: float = 60, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            self.command(*arguments),
            capture_output=True,
            text=True,
            timeout=timeout,
            env=os.environ | environ,
            check=False,
        )

    @contextmanager
    def daemon(self) -> Iterator["subprocess.Popen[str]"]:
        """The daemon, running until the block ends (unless it was killed in it)."""
        log = (self.folder / "daemon.log").open("a")
        process = subprocess.Popen(self.command("run"), stdout=log, stderr=log, text=True)
        try:
            yield process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(15)
            log.close()

    def wait_for(self, path: str, seconds: float = 20) -> bytes:
        """What the daemon serves at `path` once it answers 200."""
        end = time.monotonic() + seconds
        while True:
            try:
                with urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                    return answer.read()
            except (URLError, ConnectionError) as error:
                if time.monotonic() > end:
                    raise AssertionError(f"{path} never came: {error}\n{self.log}") from error
                time.sleep(0.1)

    def wait_for_entries(self, count: int, seconds: float = 20) -> list[Any]:
        """The entries of the publication "all" as feedparser reads them, once there are `count` or more."""
        end = time.monotonic() + seconds
        while True:
            entries: list[Any] = feedparser.parse(self.wait_for("/all/feed.atom", seconds)).entries
            if len(entries) >= count:
                return entries
            assert time.monotonic() < end, f"{len(entries)} of {count} entries\n{self.log[-3000:]}"
            time.sleep(0.2)

    @property
    def log(self) -> str:
        """What the daemon has said so far."""
        path = self.folder / "daemon.log"
        return path.read_text() if path.exists() else ""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def install(
    folder: Path,
    feeds: Mapping[str, str],
    *,
    extra: str = "",
    terms: str = 'permission = "letter"\nfull_text = "never"',
) -> Installation:
    """Write a configuration that follows `feeds` (name → URL) into one publication, "all"; no pages are read."""
    port = free_port()
    names = ", ".join(f'"{name}"' for name in feeds)
    tables = "".join(f'[subscriptions.{name}]\nurl = "{url}"\n{terms}\n' for name, url in feeds.items())
    (folder / "syndicator.toml").write_text(
        f'[site]\nbase_url = "http://127.0.0.1:{port}"\ntitle = "Test"\ncontact = "test@example.org"\n'
        f"[server]\nport = {port}\n"
        f'[store]\nurl = "sqlite:///{folder}/syndicator.db"\n[output]\ndirectory = "{folder}/public"\n'
        f"[fetch]\nallow_private_networks = true\n"
        f'{tables}[publications.all]\ntitle = "All"\nlanguage = "en"\nlimit = 1000\nsubscriptions = [{names}]\n{extra}'
    )
    return Installation(folder=folder, port=port)
