"""What ties entries to one work, and what follows for a translation when its original changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicator.model import Agent, Credit, Entry, Hop, Original, Source, Translation
from syndicator.stages import works
from syndicator.stages.normalise import article_keys

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
ORIGINAL = "https://leuchtfeuer.example/nebelglocke/"
HERE = "https://quay.example/fog-bell/"
OURS = "https://feeds.example.org"


def entry(**facts: object) -> Entry:
    given = {"subscription": "quay", "id": "urn:x:1", "url": HERE, "title": "Bell", "published": NOON, "updated": NOON}
    return Entry(**{**given, **facts})  # type: ignore[arg-type]


def translation(**facts: object) -> Entry:
    """An entry that names its original and its translator."""
    return entry(
        **{
            "language": "en-GB",
            "original": Original(url=ORIGINAL, language="de"),
            "translation": Translation(from_language="de", to_language="en-GB"),
            "provenance": (Hop(role="original", url=ORIGINAL), Hop(role="translation", url=HERE)),
            "credits": (Credit(role="translator", agent=Agent(kind="person", name="Maren Oakes")),),
            **facts,
        }
    )


def shared(one: Entry, other: Entry) -> tuple[bool, bool]:
    """Whether two entries share an address of their own, and whether the first names one of the other's."""
    mine, his = works.ties(one, article_keys), works.ties(other, article_keys)
    return bool({*mine.own} & {*his.own}), bool({*mine.stated} & {*his.own})


OTHER = "https://mole.example/the-bell/"
SAME_TEXT = translation(id="urn:x:2", url=OTHER, provenance=())


@pytest.mark.parametrize(
    ("one", "other", "same", "names"),
    [
        pytest.param(entry(), entry(id="urn:x:2", url=HERE + "?utm_source=feed"), True, False, id="one address"),
        pytest.param(entry(), entry(id="urn:x:2", url=OTHER), False, False, id="two addresses"),
        pytest.param(entry(), entry(id=HERE, url=OTHER), True, False, id="an id that is the other's address"),
        pytest.param(translation(), entry(url=ORIGINAL), False, True, id="a translation names its original"),
        pytest.param(translation(), SAME_TEXT, True, False, id="two prints of one translation"),
        pytest.param(translation(), replace(SAME_TEXT, language="fr"), False, False, id="into two languages"),
        pytest.param(translation(), replace(SAME_TEXT, credits=()), False, False, id="nobody knows by whom"),
        pytest.param(
            entry(url=OTHER, provenance=(Hop(role="translation", url=HERE), Hop(role="republication", url=OTHER))),
            entry(),
            False,
            True,
            id="a republication names where it comes from",
        ),
        pytest.param(
            translation(original=Original(url="https://leuchtfeuer.example/"), credits=(), provenance=()),
            entry(url="https://leuchtfeuer.example/"),
            False,
            False,
            id="a front page is no article",
        ),
    ],
)
def test_addresses_tie_entries(one: Entry, other: Entry, same: bool, names: bool) -> None:
    assert shared(one, other) == (same, names)


def test_the_depth_counts_the_hops() -> None:
    assert [works.ties(one, article_keys).depth for one in (entry(), translation())] == [1, 2]


@pytest.mark.parametrize(
    ("facts", "ours"),
    [
        pytest.param({}, False, id="somebody else's entry"),
        pytest.param({"source": Source(self_url=f"{OURS}/english/feed.atom")}, True, id="copied from a feed of ours"),
        pytest.param({"source": Source(id=f"{OURS}/english/feed.atom")}, True, id="by its source's id"),
        pytest.param({"url": f"{OURS}/english/entries/bell.html"}, True, id="at a page of ours"),
        pytest.param({"url": f"{OURS}.test/entries/bell.html"}, False, id="at a name that only begins like ours"),
        pytest.param({"source": Source(url=OURS)}, True, id="of our site"),
    ],
)
def test_our_own_text_is_known_again(facts: dict[str, object], ours: bool) -> None:
    assert works.returned(entry(**facts), OURS) is ours


@pytest.mark.parametrize(
    ("original_updated", "before", "after"),
    [
        pytest.param(None, "unknown", "unknown", id="an original that we do not follow"),
        pytest.param(NOON - timedelta(days=1), "unknown", "current", id="unchanged since"),
        pytest.param(NOON, "unknown", "current", id="changed in the same moment"),
        pytest.param(NOON + timedelta(seconds=1), "unknown", "stale", id="changed since"),
        pytest.param(NOON + timedelta(days=1), "current", "current", id="what the translation states itself stands"),
    ],
)
def test_a_translation_is_stale_once_its_original_has_changed(
    original_updated: datetime | None, before: str, after: str
) -> None:
    read = translation(translation=Translation(from_language="de", to_language="en", state=before))  # type: ignore[arg-type]
    judged = works.judged(read, original_updated).translation
    assert judged
    assert judged.state == after
