"""The page about our vocabulary: what it shows is published so, and the code on it reads what we publish."""

import contextlib
import io
import json
import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
from lxml import etree

from syndicator.model import CreditPosition, Hop, Stored, Tombstone
from syndicator.model.credit import AgentKind, CreditOf, TranslationState
from syndicator.model.vocabulary import SYN
from syndicator.stages import render
from syndicator.stages.render.credit_block import ROLE_PHRASES
from tests.entries import AUTHOR, AWKWARD, ENGLISH, NOON, PING, SITE, entry, person, stored
from tests.rendered import SINCE

PAGE = (Path(__file__).resolve().parents[1] / "docs/reference/syn-namespace.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## `?([\w:@-]+).*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
PROGRAMS = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
READS = {"lxml": ["atom", "rss"], "feedparser": ["atom", "rss"], "json": ["json"]}
TOMBSTONE = Tombstone(ref=entry().id, when=NOON)


def published(each: Stored, kind: str, *tombstones: Tombstone) -> bytes:
    fragments = render.fragments([each], ENGLISH, SITE)
    return render.documents(ENGLISH, SITE, fragments, (), SINCE, tombstones)[f"english/feed.{kind}"]


def example(language: str, section: str) -> list[str]:
    (shown,) = re.findall(rf"^```{language}\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    return [line for line in shown.splitlines() if line]


@pytest.mark.parametrize(("library", "kind"), [(library, kind) for library, kinds in READS.items() for kind in kinds])
def test_the_programs_shown_print_what_the_page_says(library: str, kind: str) -> None:
    ((code, said),) = [each for each in PROGRAMS if re.search(rf"^(from|import) {library}\b", each[0], re.MULTILINE)]
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, f"{library} on the page", "exec"), {"body": published(stored(), kind)})
    assert printed.getvalue() == said


def test_every_program_of_the_page_is_run() -> None:
    assert len(PROGRAMS) == len(re.findall("^```python", PAGE, re.MULTILINE)) == len(READS)


@pytest.mark.parametrize("kind", ["atom", "rss"])
@pytest.mark.parametrize("section", ["Where", "at:deleted-entry"])
def test_the_elements_shown_are_written_so(section: str, kind: str) -> None:
    text = published(stored(), kind, *([TOMBSTONE] if section != "Where" else [])).decode()
    assert [line for line in example("xml", SECTIONS[section]) if line not in text] == []


@pytest.mark.parametrize("name", ["credit", "hop", "translation", "terms"])
def test_the_attributes_written_are_those_of_the_page(name: str) -> None:
    on_image = person("Ilse", "illustrator", of="image", target="https://lighthouse.example/l.png")
    asked = AWKWARD["everything-that-a-partner-asks"].entry.terms
    feed = etree.fromstring(published(stored(credits=(*entry().credits, AUTHOR, on_image), terms=asked), "atom"))
    written = {str(key) for element in feed.iter(f"{{{SYN}}}{name}") for key in element.attrib}
    assert {*re.findall(r"^\| `([\w-]+)` \|", SECTIONS[f"syn:{name}"], re.MULTILINE)} == written


def test_no_element_is_written_that_the_page_does_not_have() -> None:
    feed = etree.fromstring(published(stored(), "rss"))
    assert {f"syn:{etree.QName(each).localname}" for each in feed.iter(f"{{{SYN}}}*")} <= SECTIONS.keys()


def test_the_keys_of_the_json_member_are_those_of_the_page() -> None:
    told = json.loads(published(stored(responses=(PING,)), "json"))
    (entry_told,) = told["items"]
    facts = entry_told["_syndicator"]
    section = SECTIONS["_syndicator"]
    assert {*re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)} == facts.keys()
    for key in ("original", "licence", "source", "responses", "translation"):
        (line,) = re.findall(rf"^\| `{key}` \|(.*)\|$", section, re.MULTILINE)
        assert facts[key].keys() <= {*re.findall(r"`(\w+)`", line)}, key
    assert told["_syndicator"] == {"about": SYN}


def values(section: str, attribute: str) -> set[str]:
    (line,) = re.findall(rf"^\| `{attribute}` \|(.*)\|$", SECTIONS[section], re.MULTILINE)
    return {*re.findall(r"`([\w-]+)`", line)}


def test_the_values_are_those_of_the_model() -> None:
    assert values("syn:credit", "role") == {*ROLE_PHRASES, "publisher"}
    assert {*get_args(AgentKind)} <= values("syn:credit", "kind")
    assert values("syn:credit", "of") == {*get_args(CreditOf)}
    (role,) = [field.type for field in fields(Hop) if field.name == "role"]
    assert values("syn:hop", "role") == {*get_args(role)}
    assert values("syn:terms", "credit-position") == {*get_args(CreditPosition)}
    assert values("syn:translation", "state") == {*get_args(TranslationState)}


def test_the_namespace_is_the_one_that_is_written() -> None:
    assert example("text", PAGE.split("## ")[0]) == [SYN]
