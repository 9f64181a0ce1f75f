"""What is permitted, against what a person read: rights elements of feeds, and pages that state a licence.

The pages go through the real chain (`read_article`, then `read_licence`); a rights element is read as the entry's. Too
permissive is what permits anything that the gold licence does not, or more than an excerpt where the gold has none.
"""

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml.html import fromstring

from syndicator.model import Document, Licence
from syndicator.stages.article import read_article
from syndicator.stages.licence import read_licence

_GOLD = re.compile(r"CC[ -](?P<parts>BY(?:-(?:NC|ND|SA))*)(?:[ -](?P<version>\d\.\d))?(?:[ -](?P<port>[A-Z]{2}))?")
_FREE = re.compile(r"public domain|CC0|creativecommons\.org/publicdomain", re.IGNORECASE)
_ADDRESS = re.compile(
    r"creativecommons\.org/licenses/(?P<parts>by(?:-(?:nc|nd|sa))*)(?:/(?P<version>\d\.\d))?", re.IGNORECASE
)
_PARTS = ("BY", "NC", "ND", "SA")


@dataclass(frozen=True)
class Gold:
    """A licence as a person wrote it down: its parts, and a version and a port where they are named."""

    parts: frozenset[str]
    version: str | None = None
    port: str | None = None

    @property
    def permits(self) -> set[str]:
        withheld = {"translate"} if "ND" in self.parts else set()
        return (
            {"excerpt", "verbatim", "translate", "commercial"}
            - withheld
            - ({"commercial"} if "NC" in self.parts else set())
        )


@dataclass(frozen=True)
class Row:
    name: str
    gold: Gold | None
    read: Licence

    @property
    def too_permissive(self) -> bool:
        return not set(self.read.permits) <= (self.gold.permits if self.gold else {"excerpt"})

    @property
    def found(self) -> bool:
        return self.gold is not None and set(self.read.permits) == self.gold.permits

    @property
    def exact(self) -> bool:
        """Equal parts, and version and port where the gold names them; SPDX lists few ports, the address has it."""
        if self.gold is not None and self.gold.parts == {"PD"}:  # words, for which SPDX has no id
            return self.found
        if self.gold is None or self.read.id is None:
            return False
        named = re.sub(r"-\d\.\d.*|^CC-", "", self.read.id)
        version = self.gold.version is None or f"-{self.gold.version}" in self.read.id
        ported = (
            self.gold.port is None
            or self.gold.version == "4.0"
            or f"/{self.gold.port.lower()}/" in (self.read.url or "")
        )
        return frozenset(named.split("-")) == self.gold.parts and version and ported


def report(shared: Path) -> list[str]:
    """A line for the elements and one for the pages under `shared`, and one for each row that fell short."""
    data = shared / "data"
    statements = data / "gold" / "licence-statements" / "licences.jsonl"
    if not statements.is_file():
        return []
    elements, pages = list(_elements(statements)), list(_pages(data / "pages" / "trafilatura-eval", statements))
    return [_told("rights elements of feeds", elements), _told("pages", pages), *_short(elements), *_short(pages)]


def _told(name: str, rows: list[Row]) -> str:
    stated = [row for row in rows if row.gold]
    found = sum(row.found for row in stated)
    return (
        f"licences, {len(rows)} {name}: {sum(row.too_permissive for row in rows)} too permissive; of {len(stated)} "
        f"that state one {found} read (recall {found / len(stated):.3f}), {sum(row.exact for row in stated)} exact"
    )


def _short(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        if row.too_permissive or (row.gold and not row.exact):
            fault = "too permissive, " if row.too_permissive else ""
            yield f"  {row.name}: {fault}read {row.read.id} {row.read.permits}, gold {row.gold}"


def _elements(statements: Path) -> Iterator[Row]:
    for number, line in enumerate(statements.read_text().splitlines(), 1):
        about = json.loads(line)
        # What media:… says is a picture's; parse does not hand it over.
        if "element" in about and not about["element"].startswith("media:"):
            resource = re.search(r'rdf:resource="([^"]*)"', about["attrs"])
            said = resource[1] if resource else about["value"]
            text = str(fromstring(f"<p>{said}</p>").text_content()) if "<" in said or "&" in said else said
            yield Row(f"row {number}", _gold_of_element(said), read_licence(entry=(text,)))


def _gold_of_element(said: str) -> Gold | None:
    """These rows carry no gold; an address and two words say themselves what they are."""
    if _FREE.search(said):
        return Gold(frozenset({"PD"}))
    match = _ADDRESS.search(said)
    return Gold(frozenset(match["parts"].upper().split("-")), match["version"]) if match else None


def _pages(folder: Path, statements: Path) -> Iterator[Row]:
    rows = [json.loads(line) for line in statements.read_text().splitlines()]
    gold = {row["file"]: row["gold"] for row in rows if "gold" in row}
    for url, about in json.loads((folder / "evaldata.json").read_text()).items():
        stated = about.get("license") or gold.get(about["file"])
        match = _GOLD.fullmatch(stated) if stated else None
        if match is None:  # no licence was written down, which is not to say that the page states none
            continue
        page = read_article(
            Document(body=gzip.decompress((folder / "html" / f"{about['file']}.gz").read_bytes()), url=url)
        )
        read = read_licence(page=page.licences, site=page.site_licences) if page else Licence()
        yield Row(about["file"], Gold(frozenset(match["parts"].split("-")), match["version"], match["port"]), read)
