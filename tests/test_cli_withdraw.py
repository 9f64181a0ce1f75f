"""`syndicator withdraw`: what it shows before it asks, and what is gone afterwards."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import feedparser
import pytest
from click.testing import CliRunner, Result

from syndicator.cli import cli
from syndicator.doors import Doors, utc_now
from syndicator.store import entries
from tests.rounds import Rounds
from tests.test_pipeline_works import atom, entry
from tests.upstream import serve


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Rounds]:
    """Two partners bring the same entry, one of them another as well; of the first there is a translation."""
    with serve({}) as upstream:
        bell, ferry = entry(upstream, "/bell/"), entry(upstream, "/ferry/").replace("Bell", "Ferry")
        upstream.replies |= {"/quay": atom(upstream, bell, ferry), "/mole": atom(upstream, bell)}
        (tmp_path / "translations").mkdir()
        words = f"---\nof: {upstream.url('/bell/')}\nlanguage: de\ntitle: Die Glocke\ntranslator: Ida Brandt\n---\n"
        (tmp_path / "translations/glocke.md").write_text(f"{words}\nSie läutete.\n")
        rounds = Rounds(upstream, tmp_path, names=("quay", "mole"), settings='full_text = "never"')
        rounds.once()
        yield rounds


def withdraw(desk: Rounds, *arguments: str, answer: str | BytesIO = "") -> Result:
    config = str(desk.folder / "syndicator.toml")
    return CliRunner().invoke(cli, ["--config", config, "withdraw", *arguments], input=answer)


def titles(desk: Rounds) -> list[str]:
    """What is published after one more round, at the command's own time."""
    desk.now = utc_now()
    desk.once()
    return sorted(one.title for one in feedparser.parse(desk.published("all/feed.atom")).entries)


def made(desk: Rounds) -> str:
    """The id of the translation."""

    async def look(doors: Doors) -> str:
        (one,) = await entries.translated(doors.store)
        return one.id

    return desk.doing(look)


def test_it_shows_what_would_go_and_a_no_changes_nothing(desk: Rounds) -> None:
    done = withdraw(desk, desk.upstream.url("/bell/"), answer="n\n")
    assert done.exit_code == 1
    for shown in ("Bell\n", "of quay,", "of mole,", "made of translations/glocke.md", "for good", "syndicator hold"):
        assert shown in done.output
    assert "Take these 3 entries down? [y/N]" in done.output
    assert titles(desk) == ["Bell", "Die Glocke", "Ferry"]


@pytest.mark.parametrize(("options", "answer"), [((), "y\n"), (("--yes",), "")])
def test_it_takes_an_entry_from_every_subscription_and_its_translation_with_it(
    desk: Rounds, options: tuple[str, ...], answer: str
) -> None:
    done = withdraw(desk, desk.upstream.url("/bell/"), *options, answer=answer)
    assert done.exit_code == 0, done.output
    assert "translations/glocke.md may go as well" in done.output
    assert titles(desk) == ["Ferry"]
    assert titles(desk) == ["Ferry"]


@pytest.mark.parametrize("name", ["id", "another spelling"])
def test_an_entry_is_found_by_its_id_and_by_any_spelling_of_its_address(desk: Rounds, name: str) -> None:
    url = desk.upstream.url("/bell/")
    argument = desk.doing(lambda doors: _id(doors, url)) if name == "id" else f"{url}?utm_source=letter"
    assert withdraw(desk, argument, "--yes").exit_code == 0
    assert titles(desk) == ["Ferry"]


async def _id(doors: Doors, url: str) -> str:
    found = await entries.find(doors.store, url)
    return found[0].entry.id


@pytest.mark.parametrize(
    ("entry", "counted"), [("/ferry/", "this entry"), ("/bell/", "these 3 entries")], ids=["one", "several"]
)
def test_without_an_answer_nothing_goes_and_it_says_why_and_what_to_do(desk: Rounds, entry: str, counted: str) -> None:
    done = withdraw(desk, desk.upstream.url(entry))
    assert done.exit_code == 1
    assert done.stderr == (
        f"error: not taken down: {counted}: nobody was there to answer\n"
        "hint: if all that is shown above is to go: syndicator withdraw --yes ENTRY…\n"
    )
    assert titles(desk) == ["Bell", "Die Glocke", "Ferry"]


@pytest.mark.parametrize("answer", ["n\n", "\n"], ids=["no", "nothing but Return"])
def test_a_no_is_no_error_and_is_told(desk: Rounds, answer: str) -> None:
    done = withdraw(desk, desk.upstream.url("/ferry/"), answer=answer)
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.output.endswith("Nothing was taken down.\n")


class Interrupted(BytesIO):
    """Standard input at which somebody presses Ctrl-C."""

    def read1(self, size: int | None = -1, /) -> bytes:
        raise KeyboardInterrupt


def test_ctrl_c_at_the_question_ends_it_as_any_command(desk: Rounds) -> None:
    done = withdraw(desk, desk.upstream.url("/ferry/"), answer=Interrupted())
    assert (done.exit_code, done.stderr) == (130, "stopped\n")
    assert titles(desk) == ["Bell", "Die Glocke", "Ferry"]


def test_an_unknown_entry_is_an_error_and_nothing_else_goes(desk: Rounds) -> None:
    done = withdraw(desk, desk.upstream.url("/ferry/"), "urn:unknown", "--yes")
    assert (done.exit_code, "no entry has this URL or id" in done.stderr) == (2, True)
    assert titles(desk) == ["Bell", "Die Glocke", "Ferry"]


def test_a_second_time_is_told_and_is_no_error(desk: Rounds) -> None:
    for told in ("is taken down", "was taken down before"):
        done = withdraw(desk, desk.upstream.url("/ferry/"), "--yes")
        assert (done.exit_code, told in done.output) == (0, True)


def test_a_translation_alone_goes_and_its_file_is_spoken_of_as_long_as_it_is_there(desk: Rounds) -> None:
    done = withdraw(desk, made(desk), "--yes")
    assert (done.exit_code, "translations/glocke.md may go as well" in done.output) == (0, True)
    assert titles(desk) == ["Bell", "Ferry"]
    (mistake,) = desk.once().mistakes
    assert (mistake.subject, "taken down" in mistake.why) == ("translations/glocke.md", True)


def test_the_file_of_a_translation_is_spoken_of_that_went_with_its_original(desk: Rounds) -> None:
    url = desk.upstream.url("/bell/")
    (desk.folder / "overrides").mkdir()
    (desk.folder / "overrides/bell.toml").write_text(f'entry = "{url}"\nwhy = "a letter"\ntitle = "Bell"\n')
    withdraw(desk, url, "--yes")
    told = desk.once().mistakes
    assert sorted(mistake.subject for mistake in told) == [f"bell.toml: entry = {url}", f"glocke.md: of = {url}"]
    assert {mistake.why for mistake in told} == {"that entry was taken down"}
    checked = CliRunner().invoke(cli, ["--config", str(desk.folder / "syndicator.toml"), "check"])
    assert checked.output.count("was taken down, so the file may go") == 2


def test_a_translation_comes_back_under_another_name(desk: Rounds) -> None:
    withdraw(desk, made(desk), "--yes")
    folder = desk.folder / "translations"
    (folder / "glocke.md").rename(folder / "glocke-2.md")
    assert titles(desk) == ["Bell", "Die Glocke", "Ferry"]
