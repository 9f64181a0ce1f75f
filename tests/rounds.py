"""Rounds of the pipeline by hand: an installation in a folder, a pretend upstream, and a clock that a test sets."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from syndicator import config, pipeline
from syndicator.doors import Doors, open_doors
from syndicator.model import Stored
from syndicator.store import entries
from tests.acceptance.installation import install
from tests.upstream import Upstream

Value = TypeVar("Value")
BASE = "http://ours.test"


@dataclass
class Rounds:
    """An installation that follows the feeds "/NAME" of `upstream`; `settings` are lines for each subscription, `extra`
    is what else stands in its configuration.
    """

    upstream: Upstream
    folder: Path
    names: tuple[str, ...] = ("quay",)
    settings: str = ""
    extra: str = ""
    now: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    environ: dict[str, str] = field(default_factory=lambda: {"SYNDICATOR_SITE__BASE_URL": BASE})

    def once(self) -> pipeline.Round:
        """One round in which every subscription is polled, due or not."""
        return self.doing(lambda doors: pipeline.once(doors, self.names))

    def find(self, path: str) -> Stored:
        """The stored entry whose URL is that of `path` at the upstream."""

        async def look(doors: Doors) -> Stored:
            (found,) = await entries.find(doors.store, self.upstream.url(path))
            return found

        return self.doing(look)

    def doing(self, what: Callable[[Doors], Awaitable[Value]]) -> Value:
        """`what` with open doors, pages without a pause between them."""
        feeds = {name: self.upstream.url(f"/{name}") for name in self.names}
        place = install(self.folder, feeds, terms=f'permission = "letter"\n{self.settings}', extra=self.extra)
        read = config.load(place.folder / "syndicator.toml", self.environ)
        hasty = replace(read, fetch=replace(read.fetch, pause=0.0))

        async def story() -> Value:
            async with open_doors(hasty, lambda: self.now) as doors:
                return await what(doors)

        return asyncio.run(story())

    def published(self, path: str) -> bytes:
        """The bytes of a published file."""
        return (self.folder / "public" / path).read_bytes()
