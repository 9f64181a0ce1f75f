"""Copied pictures through kills between any two steps, and through installations that follow one another."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from syndicator.pipeline import pictures as copying
from syndicator.store import picture_files, pictures
from tests.rounds import Rounds
from tests.test_pictures import PNG
from tests.test_pipeline_pictures import COPY, DAY, files, hot, named, picture, shown, texts, withdraw
from tests.test_pipeline_works import atom
from tests.upstream import Reply, Upstream, serve


class Killed(BaseException):
    """What no handler of ours catches."""


STEPS = {
    "before the bytes are kept": (pictures, "keep", False),
    "after the bytes were kept": (pictures, "keep", True),
    "before the file is written": (copying, "publish", False),
    "after the file was written": (copying, "publish", True),
    "before that is written down": (picture_files, "written", False),
    "after that was written down": (picture_files, "written", True),
}
ENDS = {
    "before the file is deleted": (copying, "remove", False),
    "after the file was deleted": (copying, "remove", True),
    "before that is written down": (picture_files, "removed", False),
    "after that was written down": (picture_files, "removed", True),
}


def kill(patch: pytest.MonkeyPatch, room: Any, name: str, *, after: bool) -> None:
    """The process ends before, or after, the step `name` of `room`."""
    step = getattr(room, name)

    async def dies(*arguments: Any, **options: Any) -> None:
        if after:
            await step(*arguments, **options)
        raise Killed

    def dies_in_its_thread(*arguments: Any) -> None:
        if after:
            step(*arguments)
        raise Killed

    patch.setattr(room, name, dies if room is not copying else dies_in_its_thread)


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    with serve({"/bell.png": picture(PNG)}) as upstream:
        upstream.replies["/quay"] = atom(upstream, shown(upstream, "/bell.png"))
        yield Rounds(upstream, tmp_path, settings=COPY)


@pytest.mark.parametrize(("room", "name", "after"), STEPS.values(), ids=STEPS)
def test_a_kill_while_a_picture_comes_costs_nothing(
    quay: Rounds, room: Any, name: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        kill(patch, room, name, after=after)
        with pytest.raises((Killed, BaseExceptionGroup)):
            quay.once()
    quay.once()
    assert (files(quay), hot(quay)) == ({named(PNG)}, [])
    assert named(PNG) in texts(quay)["all/feed.atom"]
    withdraw(quay, "/bell/")
    assert files(quay) == set(), "nothing is left over either"


@pytest.mark.parametrize(("room", "name", "after"), ENDS.values(), ids=ENDS)
def test_a_kill_while_a_picture_goes_leaves_no_file(
    quay: Rounds, room: Any, name: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    quay.once()
    with monkeypatch.context() as patch:
        kill(patch, room, name, after=after)
        with pytest.raises((Killed, BaseExceptionGroup)):
            withdraw(quay, "/bell/")
    quay.once()
    assert files(quay) == set()


# ── the relay ────────────────────────────────────────────────────────────────────────────────────────────────────

CAPTIONED = "&lt;figure&gt;{}&lt;figcaption&gt;The bell. Drawing by Lotte Brakel.&lt;/figcaption&gt;&lt;/figure&gt;"


@dataclass
class Relay:
    """A publisher, and installations that each follow the one before; what they publish is served."""

    upstream: Upstream
    hops: tuple[Rounds, ...]

    def round(self) -> None:
        """One poll a hop, from the first on."""
        for number, hop in enumerate(self.hops):
            assert not hop.once().failed
            self.serve(number, hop)

    def serve(self, number: int, hop: Rounds) -> None:
        public = hop.folder / "public"
        ours = f"/hop{number}/"
        for path in [path for path in self.upstream.replies if path.startswith(ours)]:
            del self.upstream.replies[path]
        for kind in ("atom", "rss", "json"):
            self.upstream.replies[f"/next{number}.{kind}"] = Reply((public / f"all/feed.{kind}").read_bytes())
        for name in files(hop):
            self.upstream.replies[f"{ours}{name}"] = picture((public / name).read_bytes())

    def told(self) -> list[dict[str, Any]]:
        """The entry as each hop tells it."""
        found = [json.loads(hop.published("all/feed.json"))["items"] for hop in self.hops]
        return [entries[0] for entries in found if entries]


@pytest.fixture(params=["atom", "rss", "json"])
def relay(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Relay]:
    with serve({"/bell.png": picture(PNG)}) as upstream:
        image = shown(upstream, "/bell.png").partition("&lt;img")[2].partition("&gt;")[0]
        framed = shown(upstream, "/bell.png").replace(
            f"&lt;img{image}&gt;", f"&lt;/p&gt;{CAPTIONED.format(f'&lt;img{image}&gt;')}&lt;p&gt;"
        )
        upstream.replies["/quay"] = atom(upstream, framed)
        names = ("quay", f"next0.{request.param}", f"next1.{request.param}")
        hops = []
        for number, name in enumerate(names):
            folder = tmp_path / str(number)
            folder.mkdir()
            settings = COPY if number == 0 else 'full_text = "never"'
            base = {"SYNDICATOR_SITE__BASE_URL": upstream.url(f"/hop{number}")}
            hops.append(Hop(upstream, folder, names=("before",), settings=settings, environ=base, follows=name))
        yield Relay(upstream, tuple(hops))


@dataclass
class Hop(Rounds):
    """An installation whose one subscription is the feed `follows`."""

    follows: str = ""

    def once(self) -> Any:
        self.upstream.replies["/before"] = self.upstream.replies[f"/{self.follows}"]
        return super().once()


def facts(entry: dict[str, Any]) -> dict[str, Any]:
    ours = entry["_syndicator"]
    credits = [{**credit, "evidence": None} for credit in ours["credits"]]
    named_alike = {name: entry[name] for name in ("id", "url", "date_published", "date_modified")}
    return {**named_alike, "credits": credits, "terms": ours["terms"]}


def test_each_hop_shows_its_own_copy_and_credits_the_picture_that_the_publisher_showed(relay: Relay) -> None:
    relay.round()
    bell = relay.upstream.url("/bell.png")
    for number, told in enumerate(relay.told()):
        ours = relay.upstream.url(f"/hop{number}/{named(PNG)}")
        assert f'<img src="{ours}"' in told["content_html"]
        assert told["_syndicator"]["pictures"] == [{"url": bell, "copy": ours, "html": None, "beside": False}]
        assert [one["target"] for one in told["_syndicator"]["credits"] if one["of"] == "image"] == [bell]
    first, *rest = map(facts, relay.told())
    assert rest == [first, first]
    assert len(relay.upstream.asked("/bell.png")) == 1, "the publisher was asked by the first alone"


def test_a_copy_that_came_late_is_no_news_at_any_hop(relay: Relay) -> None:
    relay.upstream.replies["/bell.png"] = Reply(b"", 503)
    relay.round()
    before = [facts(told) for told in relay.told()]
    assert all("syndicator-picture" in told["content_html"] for told in relay.told())
    relay.upstream.replies["/bell.png"] = picture(PNG)
    for hop in relay.hops:
        hop.now += DAY
    relay.round()
    assert [facts(told) for told in relay.told()] == before
    assert all(named(PNG) in told["content_html"] for told in relay.told())


def test_a_take_down_reaches_the_pictures_of_every_hop(relay: Relay) -> None:
    relay.round()
    tombstone = f'<at:deleted-entry ref="{relay.upstream.url("/bell/")}" when="2026-11-03T00:00:00Z"/>'
    gone = atom(relay.upstream).body.replace(b"</feed>", tombstone.encode() + b"</feed>")
    gone = gone.replace(b"<feed ", b'<feed xmlns:at="http://purl.org/atompub/tombstones/1.0" ')
    relay.upstream.replies["/quay"] = Reply(gone)
    for hop in relay.hops:
        hop.now += DAY
    relay.round()
    by_json = relay.hops[1].follows.endswith("json")  # which cannot tell of a take-down
    assert [files(hop) for hop in relay.hops[: 1 if by_json else 3]] == [set()] * (1 if by_json else 3)
