"""2,900 documents of other parsers' suites go through the whole pipeline: published, or refused with a reason.

Each is a subscription with a publication of its own, every third with another one that has every setting turned, in
Arabic and with archives. Well-formed, every Atom document valid against RFC 4287's RELAX NG, nobody without an author,
every entry accounted for. The figures are printed: `./run.sh test tests/acceptance/test_corpus.py -s`.
"""

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from lxml import etree

from syndicator import config, pipeline
from syndicator.doors import open_doors
from syndicator.fetch import open_client
from tests.upstream import Reply, serve

BATCH = 250
TURNED = 3  # every third
ATOM = "{http://www.w3.org/2005/Atom}"
ENTRY = re.compile(rb"<(?!content:)(?:[\w.-]+:)?(?:item|entry)[\s>/]", re.IGNORECASE)  # content:item is no entry
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)


@dataclass
class Tally:
    """What became of the documents."""

    documents: int = 0
    published: int = 0
    validated: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)
    entries_in: int = 0
    entries_out: int = 0
    entries_noted: int = 0
    short: list[str] = field(default_factory=list)
    ill_formed: list[str] = field(default_factory=list)
    invalid: list[str] = field(default_factory=list)
    anonymous: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {count}" for reason, count in self.refused.most_common())
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.validated.items()))
        return (
            f"\n{self.documents} documents: {self.published} published, "
            f"{sum(self.refused.values())} refused ({reasons})\n"
            f"entries: {self.entries_in} in, {self.entries_out} out, {self.entries_noted} noted\n"
            f"Atom documents: {kinds}"
        )


@pytest.fixture(scope="module")
def tally(shared: Path, tmp_path_factory: pytest.TempPathFactory, capsys_disabled: None) -> Tally:
    files = [path for path in sorted((shared / "data/feeds").rglob("*")) if path.is_file()]
    schema = etree.RelaxNG(etree.parse(shared / "data/schema/atom.rng"))
    tally = Tally()
    for start in range(0, len(files), BATCH):
        folder = tmp_path_factory.mktemp("corpus")
        asyncio.run(_through(files[start : start + BATCH], folder, schema, tally))
    print(tally)
    return tally


@pytest.fixture(scope="module")
def capsys_disabled(pytestconfig: pytest.Config) -> Iterator[None]:
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        yield


def test_every_document_is_published_or_refused_with_a_reason(tally: Tally) -> None:
    assert tally.unexplained == []
    assert tally.published + sum(tally.refused.values()) == tally.documents


def test_every_published_feed_is_well_formed(tally: Tally) -> None:
    assert tally.ill_formed == []


def test_every_atom_document_is_valid(tally: Tally) -> None:
    assert tally.invalid == []
    assert tally.validated.keys() == {"feed.atom", "responses.atom", "archive", "entries"}


def test_every_entry_has_an_author_of_its_own_or_its_source_s(tally: Tally) -> None:
    assert tally.anonymous == []


def test_every_entry_is_accounted_for(tally: Tally) -> None:
    assert tally.short == []


async def nobody(_host: str, _port: int) -> tuple[str, ...]:
    """No name has an address: the documents name comment feeds of real sites."""
    return ()


async def _through(files: list[Path], folder: Path, schema: etree.RelaxNG, tally: Tally) -> None:
    with serve({}) as upstream:
        for number, path in enumerate(files):
            upstream.replies[f"/{number}"] = Reply(path.read_bytes(), type=_type(path))
        (folder / "syndicator.toml").write_text(_configuration(len(files), upstream.origin))
        settings = config.load(folder / "syndicator.toml", {})
        async with open_doors(settings) as doors, open_client(settings.fetch, resolve=nobody) as client:
            done = await pipeline.once(replace(doors, client=client))
            assert done.failed == ()
            by_name = {report.subscription: report for report in done.reports}
            for number, path in enumerate(files):
                _judge(path, by_name[f"s{number}"], folder / "public" / f"p{number}", tally)
    for path in (folder / "public").rglob("*.atom"):
        _validate(path, schema, tally)


def _validate(path: Path, schema: etree.RelaxNG, tally: Tally) -> None:
    """Feeds, archives and feeds of responses: whatever is Atom."""
    kind = path.parent.name if path.parent.parent.parent.name == "public" else path.name
    tally.validated[kind] += 1
    try:
        if not schema.validate(etree.parse(path, etree.XMLParser(huge_tree=True))):
            tally.invalid.append(f"{path}: {schema.error_log.last_error}")
    except etree.XMLSyntaxError as error:
        tally.ill_formed.append(f"{path}: {error}")


def _judge(path: Path, report: pipeline.Report, folder: Path, tally: Tally) -> None:
    name = "/".join(path.parts[-3:])
    tally.documents += 1
    if not report.ok:
        tally.refused[re.split(r"[:(]", report.why)[0].strip()] += 1
        if not report.why:
            tally.unexplained.append(name)
        return
    tally.published += 1
    try:
        atom, _ = (etree.parse(folder / kind, etree.XMLParser(huge_tree=True)) for kind in ("feed.atom", "feed.rss"))
        json.loads((folder / "feed.json").read_bytes())
    except (etree.XMLSyntaxError, ValueError) as error:
        tally.ill_formed.append(f"{name}: {error}")
        return
    entries = atom.getroot().findall(f"{ATOM}entry")
    if any(
        entry.find(f"{ATOM}author") is None and entry.find(f"{ATOM}source/{ATOM}author") is None for entry in entries
    ):
        tally.anonymous.append(name)
    _count(name, path, len(entries), report, tally)


def _count(name: str, path: Path, out: int, report: pipeline.Report, tally: Tally) -> None:
    """Every entry that the document states is in the published feed, or in a note."""
    stated = _stated(path)
    noted = sum(note.code.startswith("entry-") for note in report.notes)
    tally.entries_in += stated
    tally.entries_out += out
    tally.entries_noted += noted
    if stated != out + noted:
        tally.short.append(f"{name}: {stated} in, {report.new} new, {out} out, {noted} noted")


def _stated(path: Path) -> int:
    """Entries counted by their tags in the bytes, independently of our parser."""
    body = path.read_bytes()
    if path.suffix == ".json":
        return len(json.loads(body).get("items") or ())
    ascii_tags = body.replace(b"\0", b"")  # UTF-16 and UTF-32
    return len(ENTRY.findall(COMMENT.sub(b"", ascii_tags)))


def _type(path: Path) -> str:
    return "application/feed+json" if path.suffix == ".json" else "application/xml"


def _configuration(count: int, origin: str) -> str:
    head = (
        '[site]\nbase_url = "http://127.0.0.1:1"\ntitle = "Corpus"\ncontact = "corpus@example.org"\n'
        '[store]\nurl = "sqlite:///corpus.db"\n[output]\ndirectory = "public"\n[fetch]\nallow_private_networks = true\n'
    )
    plain = (
        f'[subscriptions.s{n}]\nurl = "{origin}/{n}"\npermission = "test"\nfull_text = "never"\n'
        f'[publications.p{n}]\ntitle = "P{n}"\nlimit = 1000\nsubscriptions = ["s{n}"]\n'
        for n in range(count)
    )
    turned = (
        f'[publications.v{n}]\ntitle = "R&D <b>"\nlanguage = "ar"\nlimit = 2\nsubscriptions = ["s{n}"]\n'
        'comments = true\ncorrections = true\ncredit_position = "top"\n'
        for n in range(0, count, TURNED)
    )
    return head + "".join((*plain, *turned))
