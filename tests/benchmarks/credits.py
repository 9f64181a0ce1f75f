"""How well credit lines are read, on the real ones beside the project: precision and recall on human translators.

Each line stands where it was found (at the start or the end of an entry) and goes through the whole chain, as an
entry of a feed in its language. Lines out of bibliographies are counted neither way, unless a wrong name is read.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from syndicator.chain import Material, derive
from syndicator.model import Credit, FeedHead, ParsedEntry, Refused, Subscription, Text

LINES = "data/gold/credit-lines/credit_lines.jsonl"
PROSE = "<p>The harbour was quiet that day, and nobody on the shore could say why it had been closed.</p>" * 12
SUBSCRIPTION = Subscription(name="lantern", url="https://lantern.example/feed/")
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Judged:
    """One line: who should be read, who was, and whether software was."""

    row: dict[str, Any]
    wanted: Counter[str]
    read: Counter[str]
    software: bool


def report(shared: Path) -> list[str]:
    """Lines of figures, or one that says what is absent."""
    path = shared / LINES
    if not path.exists():
        return [f"credit lines: skipped, {LINES} is absent"]
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
    judged = [_judged(row) for row in rows]
    return [_overall(judged), *_by_language(judged), *_others(judged), *_misses(judged)]


def _judged(row: dict[str, Any]) -> Judged:
    credits = [credit for credit in _credits(row) if credit.role in ("translator", "post-editor")]
    return Judged(
        row,
        Counter(row["translators"]),
        Counter(credit.agent.name for credit in credits if credit.agent.kind != "software"),
        any(credit.agent.kind == "software" for credit in credits),
    )


def _credits(row: dict[str, Any]) -> tuple[Credit, ...]:
    line = f"<p>{row['line']}</p>"
    text = line + PROSE if row["position"] in ("start", "byline") else PROSE + line
    parsed = ParsedEntry(fingerprint="f", content=Text(value=text, html=True), language=row["lang"])
    derived = derive([Material(parsed=parsed, id="urn:x")], FeedHead(), SUBSCRIPTION, NOW)[0]
    assert not isinstance(derived, Refused), derived
    return derived.entry.credits


def _precision(judged: list[Judged]) -> tuple[float, int, int]:
    right = sum((one.read & one.wanted).total() for one in judged)
    read = sum(one.read.total() for one in judged)
    return (right / read if read else 1.0), right, read


def _recall(judged: list[Judged]) -> tuple[float, int, int]:
    own = [one for one in judged if one.row["kind"] == "human"]
    found, wanted = sum((one.read & one.wanted).total() for one in own), sum(one.wanted.total() for one in own)
    return (found / wanted if wanted else 1.0), found, wanted


def _overall(judged: list[Judged]) -> str:
    (precision, right, read), (recall, found, wanted) = _precision(judged), _recall(judged)
    return f"credit lines: precision {precision:.3f} ({right}/{read})  recall {recall:.3f} ({found}/{wanted})"


def _by_language(judged: list[Judged]) -> Iterator[str]:
    for language in sorted({one.row["lang"] for one in judged if one.row["kind"] == "human"}):
        recall, found, wanted = _recall([one for one in judged if one.row["lang"] == language])
        yield f"  {language}: recall {recall:.3f} ({found}/{wanted})"


def _others(judged: list[Judged]) -> Iterator[str]:
    machines = [one for one in judged if one.row["kind"] == "machine"]
    yield (
        f"  machine: {sum(one.software for one in machines)}/{len(machines)} credited to software, "
        f"{sum(bool(one.read) for one in machines)} to a person"
    )
    for kind in ("negative", "provenance"):
        silent = [one for one in judged if one.row["kind"] == kind]
        yield f"  {kind}: {sum(bool(one.read) or one.software for one in silent)}/{len(silent)} with output"


def _misses(judged: list[Judged]) -> Iterator[str]:
    for one in judged:
        missed = one.row["kind"] == "human" and one.wanted - one.read
        silent = one.row["kind"] == "machine" and not one.software
        if missed or silent or one.read - one.wanted:
            yield f"  differs: {one.row['line']!r}: {sorted(one.read) or 'nobody'}"
