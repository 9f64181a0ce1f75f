"""An editor's translations over rounds: what is mistyped, claimed or taken away costs no text that may be shown."""

from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from syndicator.doors import Doors
from syndicator.model import Mistake
from syndicator.store import entries
from tests.rounds import Rounds
from tests.test_pipeline_works import atom, entry
from tests.upstream import serve

LETTER = 'permission = { sentence = "letter", scope = ["verbatim", "translate"] }\nfull_text = "never"'


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Rounds]:
    with serve({}) as upstream:
        upstream.replies["/quay"] = atom(upstream, entry(upstream, "/bell/"))
        rounds = Rounds(upstream, tmp_path)
        (tmp_path / "translations").mkdir()
        (tmp_path / "overrides").mkdir()
        write(rounds, upstream.url("/bell/"))
        rounds.once()
        yield rounds


def write(desk: Rounds, of: str, name: str = "glocke.md") -> None:
    words = f"---\nof: {of}\nlanguage: de\ntitle: Die Glocke\ntranslator: Ida Brandt\n---\n\nSie läutete.\n"
    (desk.folder / "translations" / name).write_text(words)


def titles(desk: Rounds) -> list[str]:
    return sorted(one.title for one in feedparser.parse(desk.published("all/feed.atom")).entries)


def subjects(mistakes: tuple[Mistake, ...]) -> list[str]:
    return [mistake.subject for mistake in mistakes]


def made(desk: Rounds) -> entries.Translated:
    async def look(doors: Doors) -> entries.Translated:
        (one,) = await entries.translated(doors.store)
        return one

    return desk.doing(look)


def test_a_mistyped_original_is_told_and_nothing_is_lost_once_it_is_mended(desk: Rounds) -> None:
    assert titles(desk) == ["Bell", "Die Glocke"]
    write(desk, desk.upstream.url("/bel/"))
    told = desk.once()
    assert titles(desk) == ["Bell"]
    assert subjects(told.mistakes) == [f"glocke.md: of = {desk.upstream.url('/bel/')}"]
    write(desk, desk.upstream.url("/bell/"))
    assert desk.once().mistakes == ()
    assert titles(desk) == ["Bell", "Die Glocke"]


def test_an_original_that_is_withdrawn_takes_its_translation_with_it(desk: Rounds) -> None:
    identity = made(desk).id
    words = f'entry = "{desk.upstream.url("/bell/")}"\nwhy = "her wish"\nwithdraw = true\n'
    (desk.folder / "overrides/bell.toml").write_text(words)
    desk.once()
    desk.once()
    assert titles(desk) == []
    assert identity.encode() in desk.published("all/feed.atom")  # as a deleted entry


def test_an_override_of_a_translation_is_a_mistake_and_leaves_it_whole(desk: Rounds) -> None:
    words = f'entry = "{made(desk).id}"\nwhy = "a mistake"\ntitle = "Glocke"\n'
    (desk.folder / "overrides/glocke.toml").write_text(words)
    assert subjects(desk.once().mistakes) == [f"glocke.toml: entry = {made(desk).id}"]
    desk.once()
    assert titles(desk) == ["Bell", "Die Glocke"]


def test_a_feed_cannot_take_the_place_of_a_translation_by_its_id(desk: Rounds) -> None:
    upstream = desk.upstream
    for claimed in ("translations/glocke.md", made(desk).id):
        hostile = entry(upstream, "/spam/").replace(f"<id>{upstream.url('/spam/')}</id>", f"<id>{claimed}</id>")
        upstream.replies["/quay"] = atom(upstream, entry(upstream, "/bell/"), hostile.replace("Bell", "Spam"))
        desk.once()
        assert "Die Glocke" in titles(desk)


@pytest.fixture(autouse=True)
def _permitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The partner lets us translate."""
    from tests import rounds

    usual = rounds.install
    monkeypatch.setattr(rounds, "install", lambda *place, terms, **more: usual(*place, terms=LETTER, **more))


def test_our_translation_that_the_partner_brings_back_stays_ours(desk: Rounds) -> None:
    before = made(desk)
    back = entry(desk.upstream, "/glocke/", language="de").replace(desk.upstream.url("/glocke/"), before.id, 1)
    desk.upstream.replies["/quay"] = atom(desk.upstream, entry(desk.upstream, "/bell/"), back)
    desk.once()
    assert made(desk) == before
    assert titles(desk) == ["Bell", "Die Glocke"]
