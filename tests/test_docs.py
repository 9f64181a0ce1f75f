"""The documentation keeps up with the program: what exists is described, and what is described exists."""

import ast
import html
import re
import shlex
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest

from syndicator import chain, errors
from syndicator.cli import cli
from syndicator.config import outline, tables
from syndicator.demo.server import files
from syndicator.model import (
    Derived,
    Document,
    Entry,
    Followed,
    Fragment,
    ParsedFeed,
    Permission,
    Publication,
    Site,
    Stored,
    Subscription,
)
from syndicator.stages import works

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
SETTINGS, COMMANDS, ERRORS = (
    (ROOT / "docs/reference" / name).read_text(encoding="utf-8")
    for name in ("settings.md", "commands.md", "exit-codes-and-errors.md")
)
README = (ROOT / "README.md").read_text(encoding="utf-8")
ONE_PAGE = 80
NOW = datetime(2025, 3, 3, tzinfo=UTC)


def sections(page: str) -> dict[str, str]:
    """The text under each heading of the second level; a heading is known by its first word."""
    parts = re.split(r"^## +(.*)$", page, flags=re.MULTILINE)
    return {
        heading.strip("`[] ").split()[0].rstrip("]`"): text
        for heading, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def every_setting() -> Iterator[tuple[str, str]]:
    for key, field in outline.keys(tables.File).items():
        table = outline.inner(field)
        assert table is not None
        heading = f"{key}.NAME" if outline.is_named(field) else key
        for name, below in table.model_fields.items():
            yield heading, below.alias or name


def every_option() -> Iterator[tuple[str, str]]:
    for name, command in cli.commands.items():
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                yield name, parameter.opts[-1]


def anchor(heading: str) -> str:
    """The fragment that a heading gets where Markdown is shown."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def broken_links(page: Path) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)\s]+)\)", without_code(page.read_text(encoding="utf-8"))):
        path, _, fragment = link.partition("#")
        if "://" in link:
            continue
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            yield link
        elif fragment:
            text = without_code(target.read_text(encoding="utf-8"))
            if fragment not in map(anchor, re.findall(r"^#+ (.*)$", text, re.MULTILINE)):
                yield link


def commands_in(page: Path) -> Iterator[list[str]]:
    """The lines of a page's console blocks that begin with a prompt, as words; continued lines are joined."""
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for line in re.findall(r"^[$#] (.*)$", block.replace("\\\n", " "), re.MULTILINE):
            yield shlex.split(line)


def wrong_with(words: list[str]) -> str | None:
    """What is wrong with a documented call of ours; None for a right one, and for other people's programs."""
    words = words[3:] if words[:2] == ["sudo", "-u"] else words
    if words[0] == "./run.sh":
        known = re.search(r"demo \| .*?(?=\) ;;)", (ROOT / "run.sh").read_text(encoding="utf-8"))
        return None if known and words[1] in known[0].split(" | ") else f"run.sh has no {words[1]}"
    if Path(words[0]).name != "syndicator":
        return None
    command = cli.commands.get(words[1])
    if command is None:
        return f"there is no command {words[1]}"
    try:
        command.make_context(words[1], words[2:])
    except click.ClickException as error:
        return error.format_message()
    return None


@pytest.mark.parametrize(("table", "key"), sorted(every_setting()))
def test_every_setting_is_in_the_reference(table, key):
    assert f"| `{key}` |" in sections(SETTINGS)[table]


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_has_a_section_and_a_line_in_the_overview(name):
    assert name in sections(COMMANDS)
    assert re.search(rf"^\| \[`{name}\b", COMMANDS, re.MULTILINE)


def test_no_command_is_described_that_does_not_exist():
    assert set(sections(COMMANDS)) == set(cli.commands)


@pytest.mark.parametrize(("command", "option"), sorted(every_option()))
def test_every_option_is_in_its_commands_section(command, option):
    assert f"`{option}" in sections(COMMANDS)[command]


@pytest.mark.parametrize("kind", [one for one in vars(errors).values() if isinstance(one, type)])
def test_every_kind_of_error_is_in_the_reference(kind):
    assert kind is errors.SyndicatorError or f"`{kind.what}`" in ERRORS


@pytest.mark.parametrize("room", ["fetch", "stages/parse", "sandbox.py", "chain"])
def test_every_reason_for_a_failure_or_refusal_is_in_the_reference(room):
    place = ROOT / "syndicator" / room
    unsaid = {reason for file in ([place] if place.is_file() else place.rglob("*.py")) for reason in reasons(file)}
    assert sorted(reason for reason in unsaid if f"`{reason}`" not in ERRORS) == []


def reasons(file: Path) -> Iterator[str]:
    """The words that a module gives as `reason=` or as the first argument of a Trouble."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            first = node.args[:1] if isinstance(node.func, ast.Name) and node.func.id == "Trouble" else []
            named = [keyword.value for keyword in node.keywords if keyword.arg == "reason"]
            yield from (str(one.value) for one in first + named if isinstance(one, ast.Constant))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_relative_links_lead_somewhere(page):
    assert list(broken_links(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_shown_can_be_given(page):
    assert [wrong for words in commands_in(page) if (wrong := wrong_with(words))] == []


@pytest.mark.parametrize("record", sorted((ROOT / "docs/decisions").glob("*.md")), ids=lambda record: record.stem)
def test_a_decision_record_fits_a_page_and_is_in_the_index(record):
    assert len(record.read_text(encoding="utf-8").splitlines()) <= ONE_PAGE
    assert f"(decisions/{record.name})" in (ROOT / "docs/README.md").read_text(encoding="utf-8")


def test_the_readme_is_short_and_begins_with_the_two_commands():
    assert len(README.splitlines()) <= 120
    assert list(commands_in(ROOT / "README.md"))[:2] == [["./run.sh", "demo"], ["./run.sh", "test"]]


def test_the_readme_example_is_what_the_demo_publishes():
    words = re.sub(r"<[^>]+>", "", html.unescape(published := fog_bell()))
    for line in re.findall(r"^> \*(.*)\*", README, re.MULTILINE):
        assert line in words
    said, *_, published_xml = re.findall(r"^```xml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert shortened(published_xml, published)
    assert shortened(said, files("https://demo.example")["/tidewater/feed/"].body.decode())


def shortened(example: str, whole: str) -> bool:
    """Whether each element that the example shows stands in the whole; `…` stands for what was left out."""
    whole = re.sub(r">\s+<", "><", whole)
    shown = [" ".join(part.split()) for part in re.split(r"(?<=>)\n", example)]
    return all(re.search(re.escape(part).replace("…", ".*?"), whole) for part in shown)


def fog_bell() -> str:
    """The demo's entry about a fog bell as our Atom feed has it, without a network."""
    translation = made("tidewater", "fog bell")
    original = made("lighthouse", "Nebelglocke")
    known = Followed(reworded=NOW, language=original.language, published=original.published, publisher="Leuchtfeuer")
    entry = works.beside(translation, known)
    stored = Stored(entry=entry, responses=(), slug="fog-bell", revision=1, first_seen=NOW)
    publication = Publication(name="english", title="Translated for you", language="en", subscriptions=("tidewater",))
    (fragment,) = chain.render([stored], publication, Site(base_url="https://demo.example", title="The Harbour Relay"))
    assert isinstance(fragment, Fragment)
    return fragment.atom.decode()


def made(site: str, title: str) -> Entry:
    """An entry of the demo's `site`, as we know it."""
    url = f"https://demo.example/{site}/feed/"
    feed = chain.parse(Document(body=files("https://demo.example")[f"/{site}/feed/"].body, url=url))
    assert isinstance(feed, ParsedFeed)
    parsed = next(entry for entry in feed.entries if entry.title and title in entry.title.value)
    followed = Subscription(name=site, url=url, permission=Permission(sentence="a letter"))
    (derived,) = chain.derive([chain.Material(parsed=parsed, id=f"urn:example:{site}")], feed.head, followed, NOW)
    assert isinstance(derived, Derived)
    return derived.entry


def test_every_page_is_reached_from_the_index():
    index = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    unlinked = [
        page.name for page in PAGES if "docs" in page.parts and page.name != "README.md" and page.name not in index
    ]
    assert unlinked == []


def test_the_architecture_names_every_room():
    page = (ROOT / "docs/developers/architecture.md").read_text(encoding="utf-8")
    rooms = {path.stem for path in (ROOT / "syndicator").iterdir() if not path.name.startswith("_")}
    assert sorted(room for room in rooms if not re.search(rf"\b{room}\b", page)) == []
