"""Commands change the configuration file as an editor would: one thing, nothing beside it."""

import pytest

from syndicator import amend
from syndicator.errors import ConfigError, UsageError

FILE = """\
# Our feeds, kept by Ada.

[subscriptions.night-ferry]
url = "https://ferry.example/feed/"   # they moved in May
# licence = "CC-BY-4.0"

# What readers see.
[publications.port]
title = 'The port'
subscriptions = ["night-ferry"]       # in this order
"""


def anything(text: str) -> None:
    """A judge that takes every text."""


def add_subscription(path, name, fields, publication, judge=anything):
    amend.add_subscriptions(path, {name: fields}, publication, judge)


def permit(path, name, sentence, judge=anything):
    amend.permit(path, name, sentence, judge)


@pytest.fixture
def path(tmp_path):
    """A configuration file with comments."""
    path = tmp_path / "syndicator.toml"
    path.write_bytes(FILE.encode())
    return path


def test_a_subscription_is_appended_and_all_else_stays_as_written(path):
    add_subscription(path, "quay", {"url": "https://quay.example/feed/", "language": None, "every": "2h"}, None)
    assert path.read_text() == FILE + ('\n[subscriptions.quay]\nurl = "https://quay.example/feed/"\nevery = "2h"\n')


def test_a_subscription_is_listed_last_in_its_publication(path):
    add_subscription(path, "quay", {"url": "https://quay.example/feed/"}, "port")
    assert 'subscriptions = ["night-ferry", "quay"]       # in this order' in path.read_text()


def test_a_publication_without_a_list_gets_one(path):
    path.write_text("[publications.port]\ntitle = 'The port'\n")
    add_subscription(path, "quay", {"url": "https://quay.example/feed/"}, "port")
    assert path.read_text().startswith("[publications.port]\ntitle = 'The port'\nsubscriptions = [\"quay\"]\n")


def test_the_first_subscription_of_an_empty_file_needs_nothing_before_it(path):
    path.write_text("")
    add_subscription(path, "quay", {"url": "https://quay.example/feed/"}, None)
    assert path.read_text() == '[subscriptions.quay]\nurl = "https://quay.example/feed/"\n'


def test_a_permission_is_recorded_with_the_subscription_and_before_the_next_sections_comment(path):
    permit(path, "night-ferry", 'letter of 3 May, "as you like"')
    line = 'permission = "letter of 3 May, \\"as you like\\""\n'
    assert path.read_text() == FILE.replace("# licence", f"{line}# licence")


@pytest.mark.parametrize(
    "before",
    [
        'permission = "old"\n',
        '[subscriptions.night-ferry.permission]\nfrom = "Bo"\n\n# the end\n',
    ],
    ids=["a sentence", "a table"],
)
def test_a_new_permission_replaces_the_old_one(path, before):
    head = '[subscriptions.night-ferry]\nurl = "https://ferry.example/feed/"\n'
    path.write_text(head + before)
    permit(path, "night-ferry", "new")
    end = "\n# the end\n" if "# the end" in before else ""
    assert path.read_text() == f'{head}permission = "new"\n{end}'


def test_a_permission_may_be_given_to_a_subscription_with_tables_of_its_own(path):
    path.write_text('[subscriptions.a]\nurl = "x"\n[subscriptions.a.terms]\nfooter = "y"\n')
    permit(path, "a", "letter")
    assert path.read_text().index("permission") < path.read_text().index("[subscriptions.a.terms]")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda path: add_subscription(path, "night-ferry", {}, None),
            "cannot do that: subscription night-ferry: .* has one of that name already",
        ),
        (
            lambda path: add_subscription(path, "quay", {}, "harbour"),
            "cannot do that: publication harbour: .* has none of that name\nhint: known are: port",
        ),
        (
            lambda path: permit(path, "quay", "letter"),
            "cannot do that: subscription quay: .* has none of that name\nhint: known are: night-ferry",
        ),
    ],
    ids=["a name that is taken", "a publication that is not there", "a subscription that is not there"],
)
def test_what_cannot_be_done_changes_nothing(path, change, message):
    with pytest.raises(UsageError, match=message):
        change(path)
    assert path.read_text() == FILE


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"[oops", "expected TOML in UTF-8"),
        (b"\xff", "expected TOML in UTF-8"),
        (b"subscriptions = {}\n", "cannot be amended.*\nhint: write each subscription"),
    ],
    ids=["no TOML", "no UTF-8", "subscriptions on one line"],
)
def test_a_file_that_cannot_be_amended_is_left_alone(path, content, message):
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=message):
        add_subscription(path, "quay", {"url": "https://quay.example/feed/"}, None)
    assert path.read_bytes() == content


def test_a_file_that_is_not_there_says_how_to_make_one(tmp_path):
    with pytest.raises(ConfigError, match="hint: make one with: syndicator init"):
        permit(tmp_path / "absent.toml", "quay", "letter")


def test_line_ends_mode_and_link_of_the_file_are_kept_and_nothing_is_left_beside_it(path, tmp_path):
    path.write_bytes(FILE.replace("\n", "\r\n").encode())
    path.chmod(0o640)
    link = tmp_path / "link.toml"
    link.symlink_to(path)
    permit(link, "night-ferry", "letter")
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.read_bytes().startswith(b"# Our feeds, kept by Ada.\r\n")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["link.toml", "syndicator.toml"]


def test_several_subscriptions_are_one_change(path):
    added = {"quay": {"url": "https://quay.example/feed/"}, "buoy": {"url": "https://buoy.example/feed/"}}
    amend.add_subscriptions(path, added, "port", anything)
    assert 'subscriptions = ["night-ferry", "quay", "buoy"]       # in this order' in path.read_text()
    assert path.read_text().endswith(
        '\n\n[subscriptions.quay]\nurl = "https://quay.example/feed/"\n'
        '\n[subscriptions.buoy]\nurl = "https://buoy.example/feed/"\n'
    )


def test_none_of_several_subscriptions_is_added_when_one_cannot_be(path):
    with pytest.raises(UsageError, match=r"night-ferry: .* has one of that name already"):
        amend.add_subscriptions(path, {"quay": {"url": "x"}, "night-ferry": {"url": "y"}}, "port", anything)
    assert path.read_text() == FILE


A, P, TERMS, Z = (
    '[subscriptions.a]\nurl = "a"\n\n',
    '[publications.p]\nsubscriptions = ["a"]\n',
    '[subscriptions.a.permission]\nfrom = "Bo"\n\n# of z\n',
    '[subscriptions.z]\nurl = "z"\n\n[publications.q]\nsubscriptions = []\n',
)


def test_a_permission_reaches_a_subscription_whose_sections_stand_apart(path):
    path.write_text(A + P + TERMS + Z)
    permit(path, "a", "new")
    assert path.read_text() == A.replace("\n\n", '\npermission = "new"\n\n') + P + "\n# of z\n" + Z


def test_a_subscription_reaches_a_publication_whose_kind_stands_apart(path):
    path.write_text(A + P + Z)
    add_subscription(path, "quay", {"url": "x"}, "p")
    assert path.read_text().startswith(A + P.replace('["a"]', '["a", "quay"]') + Z)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('[subscriptions]\na = {url = "x"}\n', '[subscriptions]\na = {url = "x",permission = "new"}\n'),
        (
            '[subscriptions.a]\npermission.from = "Bo"\nurl = "x"\n',
            '[subscriptions.a]\nurl = "x"\npermission = "new"\n',
        ),
        (
            '[subscriptions.a]\npermission = {from = "Bo"}\nurl = "x"\n',
            '[subscriptions.a]\nurl = "x"\npermission = "new"\n',
        ),
        (
            '[subscriptions.a]\nurl = """\n[subscriptions.a]\n# no comment"""\n',
            '[subscriptions.a]\nurl = """\n[subscriptions.a]\n# no comment"""\npermission = "new"\n',
        ),
        (
            'subscriptions."a".url = "x"\n# end\n[site]\n',
            'subscriptions."a".url = "x"\nsubscriptions."a".permission = "new"\n# end\n[site]\n',
        ),
    ],
    ids=["in braces", "dotted keys replaced", "braces replaced", "a header inside a text", "before the first header"],
)
def test_a_permission_goes_where_the_subscription_is_however_it_is_written(path, before, after):
    path.write_text(before)
    permit(path, "a", "new")
    assert path.read_text() == after


def test_a_subscription_whose_keys_stand_apart_is_left_alone_and_said_how_to_write(path):
    before = '[subscriptions]\na.url = "x"\nb.url = "y"\na.every = "1h"\n'
    path.write_text(before)
    with pytest.raises(
        ConfigError, match=r"subscriptions.a: cannot be amended as it is written\nhint: write each subscription"
    ):
        permit(path, "a", "new")
    assert path.read_text() == before


def test_names_as_one_text_become_a_list(path):
    path.write_text('[publications.p]\nsubscriptions = "a, b"\n')
    add_subscription(path, "quay", {"url": "x"}, "p")
    assert path.read_text().startswith('[publications.p]\nsubscriptions = ["a", "b", "quay"]\n')


def test_what_the_judge_refuses_is_not_written(path):
    def refuses(text):
        assert 'permission = "letter"' in text
        raise ConfigError("FILE: some.key", "'letter', expected more", "mend this")

    with pytest.raises(UsageError, match=r"FILE: some.key: 'letter', expected more\nhint: .* the file is as it was"):
        permit(path, "night-ferry", "letter", refuses)
    assert path.read_text() == FILE


@pytest.mark.parametrize(
    "change",
    [lambda path: permit(path, "night-ferry", "letter"), lambda path: add_subscription(path, "quay", {}, "port")],
    ids=["permit", "add"],
)
def test_crlf_stays_the_end_of_every_line(path, change):
    path.write_bytes(FILE.replace("\n", "\r\n").encode())
    change(path)
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n") > FILE.count("\n")
