"""An editor's templates in a running installation: used, mended, and when they are wrong."""

from collections.abc import Iterator
from pathlib import Path

import feedparser
import pytest

from syndicator.model import Mistake
from tests.rounds import Rounds
from tests.test_pipeline_pages import feed
from tests.upstream import serve

OURS = '{% extends "ours/publication.html" %}{% block footer %}<p>By kind permission.</p>{% endblock %}'


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    with serve({}) as upstream:
        upstream.replies["/quay"] = feed(upstream)
        (tmp_path / "templates").mkdir()
        yield Rounds(upstream, tmp_path, settings='full_text = "never"\n')


def write(quay: Rounds, name: str, text: str) -> tuple[Mistake, ...]:
    """One round with a template; what is wrong with it."""
    (quay.folder / "templates" / name).write_text(text)
    return quay.once().mistakes


def test_a_template_takes_the_place_of_ours_and_is_followed_when_it_changes(quay: Rounds) -> None:
    quay.once()
    assert write(quay, "publication.html", OURS) == ()
    assert b"By kind permission" in quay.published("all/index.html")
    write(quay, "publication.html", OURS.replace("kind", "very kind"))
    assert b"By very kind permission" in quay.published("all/index.html")
    (quay.folder / "templates" / "publication.html").unlink()
    quay.once()
    assert b"permission" not in quay.published("all/index.html")


@pytest.mark.parametrize("text", ["body { color: navy }", "@media print{#text{color:navy}}"])
def test_a_style_sheet_is_taken_as_it_is(quay: Rounds, text: str) -> None:
    assert write(quay, "style.css", text) == ()
    assert quay.published("style.css") == text.encode()


def test_a_style_sheet_may_keep_ours_and_add_to_it(quay: Rounds) -> None:
    quay.once()
    ours = quay.published("style.css")
    assert write(quay, "style.css", '{% include "ours/style.css" %}:root { --link: navy; }') == ()
    assert quay.published("style.css") == ours + b":root { --link: navy; }"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("publication.html", "{% if %}", "line 1"),
        ("style.css", "{% include %}", "line 1"),
        ("publikation.html", "fine", "stands in for no template of ours"),
    ],
)
def test_a_mistake_is_told_and_ours_is_used(quay: Rounds, name: str, text: str, told: str) -> None:
    (mistake,) = write(quay, name, text)
    assert mistake.subject == f"templates/{name}"
    assert told in mistake.why
    assert b"<h1" in quay.published("all/index.html")


@pytest.mark.parametrize("name", ["publication.html", "entry.html", "site.html"])
def test_a_template_that_fails_in_use_is_told_and_ours_is_used(quay: Rounds, name: str) -> None:
    quay.once()
    before = quay.published("all/index.html")
    (quay.folder / "templates" / name).write_text("{{ no_such_value }}")
    (failed,) = quay.once().failed
    assert failed.subject == f"templates/{name}"
    assert "no_such_value" in failed.why
    assert failed.hint
    assert quay.published("all/index.html") == before


ENDLESS = (
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}{% endfor %}{% endfor %}{% endfor %}"
)
GREEDY = "{{ 'x' * 9999999999 }}"
IN_CIRCLES = "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}"


@pytest.mark.parametrize("name", ["publication.html", "site.html"])
@pytest.mark.parametrize("text", [ENDLESS, GREEDY, IN_CIRCLES], ids=["endless", "greedy", "in circles"])
def test_a_template_that_comes_to_no_end_is_ended(quay: Rounds, name: str, text: str) -> None:
    quay.once()
    quay.environ["SYNDICATOR_SANDBOX__PATIENCE"] = "1s"
    (quay.folder / "templates" / name).write_text(text)
    (failed,) = quay.once().failed
    assert failed.subject == "templates"
    assert failed.hint


def test_the_template_of_entries_that_calls_itself_is_told_and_ours_is_used(quay: Rounds) -> None:
    (quay.folder / "templates" / "entry.html").write_text(IN_CIRCLES)
    (failed,) = quay.once().failed
    assert failed.subject == "templates"
    assert "calls itself" in failed.why
    assert list((quay.folder / "public/all/entries").glob("*.html"))


def test_what_cannot_be_written_at_the_root_costs_no_publication_and_is_tried_again(quay: Rounds) -> None:
    obstacle = quay.folder / "public" / "index.html"
    obstacle.mkdir(parents=True)
    (failed,) = quay.once().failed
    assert failed.subject == str(obstacle)
    assert quay.published("all/index.html")
    obstacle.rmdir()
    assert quay.once().failed == ()
    assert quay.published("index.html")


@pytest.mark.parametrize("name", ["gone.html", "publication.html"])
def test_a_template_that_fails_in_use_keeps_nothing_that_was_taken_down(quay: Rounds, name: str) -> None:
    quay.once()
    entry = feedparser.parse(quay.published("all/feed.atom")).entries[0]
    (quay.folder / "templates" / name).write_text("{{ no_such_value }}")
    (quay.folder / "overrides").mkdir()
    (quay.folder / "overrides/x.toml").write_text(f'entry = "{entry.id}"\nwhy = "a letter"\nwithdraw = true\n')
    (failed,) = quay.once().failed
    assert failed.subject == f"templates/{name}"
    files = [path for path in (quay.folder / "public").rglob("*") if path.is_file()]
    assert not [path for path in files if entry.title.encode() in path.read_bytes()]
    assert list((quay.folder / "public/all/entries").glob("*.html.gone"))


def test_a_template_that_fails_for_an_archive_keeps_nothing_that_was_taken_down_in_it(quay: Rounds) -> None:
    quay.environ["SYNDICATOR_PUBLICATIONS__ALL__LIMIT"] = "1"
    quay.upstream.replies["/quay"] = feed(quay.upstream, numbers=(1, 2))
    write(quay, "publication.html", OURS)
    assert b"Bell 1" in quay.published("all/archive/1.html")
    assert b"By kind permission" in quay.published("all/archive/1.html")
    write(quay, "publication.html", '{{ no_such_value if newest else "" }}')
    (quay.folder / "overrides").mkdir()
    gone = f'entry = "{quay.upstream.url("/bell/1/")}"\nwhy = "a letter"\nwithdraw = true\n'
    (quay.folder / "overrides/x.toml").write_text(gone)
    (failed,) = quay.once().failed
    assert failed.subject == "templates/publication.html"
    assert b"Bell 1" not in quay.published("all/archive/1.html")
    assert b"<h1" in quay.published("all/archive/1.html")
