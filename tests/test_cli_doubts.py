"""`check` tells what an editor may not have meant, and refuses nothing for it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from syndicator.cli import cli

OVERRIDE = 'entry = "https://tidewater.example/fog-bell/"\nwhy = "a letter"\nauthor = "Ada Quist"\n'
TRANSLATION = (
    "---\nof: https://tidewater.example/fog-bell/\nlanguage: de\ntranslator: Ida Brandt\n---\n\n# Die Glocke\n\nText.\n"
)
UNKNOWN = "no entry has this address or id yet: https://tidewater.example/fog-bell/"


@pytest.fixture
def notes(tmp_path: Path):
    """A function that gives what `check` notes when these files stand beside the configuration."""
    (tmp_path / "syndicator.toml").write_text('[site]\nbase_url = "https://feeds.example.org"\ntitle = "Feeds"\n')

    def notes(**files: str) -> list[str]:
        for name, text in files.items():
            folder = "translations" if text.startswith("---") else "overrides"
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / name.replace("_", ".")).write_text(text, encoding="utf-8")
        done = CliRunner().invoke(cli, ["--config", str(tmp_path / "syndicator.toml"), "check"])
        assert (done.exit_code, "all is well" in done.output) == (0, True), done.output
        return [line.removeprefix("note: ") for line in done.output.splitlines() if line.startswith("note: ")]

    return notes


def test_a_folder_with_nothing_odd_has_no_notes(notes):
    assert notes() == []


def test_an_address_of_no_entry_is_told(notes):
    assert notes(a_toml=OVERRIDE, b_md=TRANSLATION) == [
        f"overrides/a.toml: entry: {UNKNOWN}",
        f"translations/b.md: of: {UNKNOWN}",
    ]


def test_what_is_to_be_withdrawn_may_be_gone(notes):
    assert notes(a_toml=OVERRIDE + "withdraw = true\n") == []


def test_one_address_in_two_spellings_is_one_entry(notes):
    other = OVERRIDE.replace("https://tidewater.example/fog-bell/", "http://www.tidewater.example/fog-bell")
    assert "overrides/b.toml: a.toml is about this entry already, and only that counts" in notes(
        a_toml=OVERRIDE, b_toml=other
    )


def test_two_translations_of_one_entry_into_one_language_are_told_but_not_into_two(notes):
    swedish = TRANSLATION.replace("language: de", "language: sv")
    doubled = "translations/b.md: a.md translates the same entry into the same language, and both are published"
    told = notes(a_md=TRANSLATION, b_md=TRANSLATION, c_md=swedish)
    assert [note for note in told if UNKNOWN not in note] == [doubled]


def test_a_day_that_is_yet_to_come_is_told(notes):
    later = TRANSLATION.replace("translator", "reviewed: 2999-05-03\ntranslator")
    assert "translations/a.md: reviewed: 2999-05-03 is yet to come" in notes(a_md=later)


def test_a_file_that_is_not_read_is_told(notes):
    assert notes(a_tml=OVERRIDE) == ["overrides/a.tml: it is not read, as its name does not end in .toml"]
