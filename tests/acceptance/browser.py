"""The distribution's Chromium before what an installation of ours serves, and what goes wrong while it looks.

`open_browser` gives a `Browser`; `Browser.page` a page in a window of its own, wide or narrow.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import ConsoleMessage, Page, sync_playwright

from tests.rounds import BASE
from tests.test_web import saying, serving

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
PHONE, DESK = 320, 1280


@dataclass
class Browser:
    """A running browser; `asked` is what its pages asked for (kind, address), `complaints` what it wrote to its
    console: errors, and what the pages' policy forbade.
    """

    chromium: Chromium
    asked: list[tuple[str, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @contextmanager
    def page(self, path: str, *, width: int = DESK, **more: Any) -> Iterator[Page]:
        """The page at `path` of the site, "" for the first one; `more` are options of Playwright's for its window."""
        with self.chromium.new_context(viewport={"width": width, "height": 700}, **more) as window:
            page = window.new_page()
            page.set_default_timeout(15_000)
            page.on("console", self._note)
            page.on("request", lambda request: self.asked.append((request.resource_type, request.url)))
            page.goto(f"{BASE}/{path}")
            yield page

    def _note(self, said: ConsoleMessage) -> None:
        if not said.location["url"].endswith("/favicon.ico"):  # Chromium's own wish: no page of ours names one
            self.complaints.append(f"{said.location['url']}: {said.text}")


@contextmanager
def open_browser(program: str, folder: Path) -> Iterator[Browser]:
    """Chromium, to which the site is what our own web server serves from `folder`; no other host is there."""
    with serving(folder, saying(None)) as client, sync_playwright() as playwright:
        hosts = f"MAP ours.test 127.0.0.1:{client.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        chromium = playwright.chromium.launch(executable_path=program, args=[*FLAGS, f"--host-resolver-rules={hosts}"])
        yield Browser(chromium)
        chromium.close()
