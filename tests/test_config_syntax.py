"""A file that is written wrongly is told to somebody who knows no TOML: the line, what stands there, what to do."""

import pytest

from syndicator.config import load, strays
from syndicator.config.translations import read_translations
from syndicator.errors import ConfigError

SITE = '[site]\nbase_url = "https://feeds.example.org"\ntitle = "Feeds"\n'
HEAD = "---\nof: https://tidewater.example/fog-bell/\nlanguage: de\ntranslator: Ida Brandt\n"


def refused(path) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    return caught.value


@pytest.mark.parametrize(
    ("line", "advice"),
    [
        ("contact = “a@example.org”", "straight quotes"),
        ("contact = a@example.org", "texts stand in quotes"),
        ('contact = "a@example.org', "close the text with a quote"),
        ('contact: "a@example.org"', "write KEY ="),
        ('title = "Feeds"', "the key stands there twice"),
        ("[site]", "join the two tables into one"),
        ("[subscriptions.fähre]", "a-z, 0-9 and -"),
        ("[fetch]\nallow_private_networks = True", "small letters"),
        ('[output]\ndirectory = "C:\\Users\\Ida"', "write / instead of"),
        ("[subscriptions.a.permission]\non = 3.5.2026", "dates are as 2026-05-03"),
        ("[subscriptions.a.permission]\non = 2026-02-30", "dates are as 2026-05-03"),
    ],
)
def test_a_line_that_is_no_toml_is_shown_and_has_its_own_advice(tmp_path, line, advice):
    path = tmp_path / "syndicator.toml"
    path.write_text(SITE + line + "\n", encoding="utf-8")
    error = refused(path)
    shown = line.splitlines()[-1]
    assert error.subject == f"{path}: line {4 + line.count(chr(10))}"
    assert error.why.endswith(f", expected TOML, found: {shown}")
    assert advice in error.hint
    assert error.hint.endswith("; then run: syndicator check")


def test_a_password_in_such_a_line_is_not_shown(tmp_path):
    path = tmp_path / "syndicator.toml"
    path.write_text(f"{SITE}[store]\nurl = postgresql://ada:secret@db.example/feeds\n", encoding="utf-8")
    assert refused(path).why.endswith("found: url = postgresql://***@db.example/feeds")


@pytest.mark.parametrize(
    ("line", "place", "means", "advice"),
    [
        ("\treviewed: 2026-05-03", 5, "a tab stands where a space must", "a space instead"),
        ("reviewer:\t\n\t- Jo Lind", 5, "a tab stands where a space must", "a space instead"),
        ("reviewer:Jo Lind", 5, "a key without its colon", "a space after the colon"),
        ("reviewer: @jo", 5, "a sign that no text may begin with", 'in "…"'),
        ('title: "Sea" and land', 5, "words after the closing quote", "the whole text"),
        ("title: Sea: and land", 5, "a colon too many", 'that has a colon in "…"'),
    ],
)
def test_a_line_of_a_head_that_is_no_yaml_is_named_in_plain_words(tmp_path, line, place, means, advice):
    (tmp_path / "bell.md").write_text(f"{HEAD}{line}\n---\n# T\n\nText", encoding="utf-8")
    _, (mistake,) = read_translations(tmp_path)
    assert mistake.subject == f"{tmp_path}/bell.md: line {place}"
    assert mistake.why.startswith(f"{means}, expected lines such as language: de")
    assert advice in mistake.hint


def test_an_ending_that_was_added_unseen_is_told(tmp_path):
    (tmp_path / "syndicator.toml.txt").write_text(SITE)
    assert refused(tmp_path / "syndicator.toml").hint == "rename syndicator.toml.txt to syndicator.toml"


def test_one_wrong_member_of_a_list_is_one_mistake(tmp_path):
    path = tmp_path / "syndicator.toml"
    terms = 'url = "https://a.example/"\npermission = {from = "Ida", scope = ["translation"]}'
    path.write_text(f"{SITE}[subscriptions.a]\n{terms}\n")
    assert "also:" not in refused(path).why


def test_files_and_folders_that_are_not_read_are_named_but_examples_and_copies_are_not(tmp_path):
    for name in ("overrides/a.toml", "overrides/b.tml", "overrides/c.toml.example", "overrides/README.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    for name in ("translation/a.md", "translation/.a.md.swp", "var/b.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert strays(tmp_path / "syndicator.toml") == (
        "overrides/b.tml: it is not read, as its name does not end in .toml",
        "folder translation: it is not read; is it meant to be translations?",
    )


def test_a_folder_without_an_editors_files_has_nothing_to_tell(tmp_path):
    assert strays(tmp_path / "syndicator.toml") == ()
