"""What ties entries to one work, and what follows for a translation when its original changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicator.model import Agent, Credit, Entry, Followed, Hop, Original, Translation
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
    ("came_from", "ours"),
    [
        pytest.param([HERE, None], False, id="somebody else's entry"),
        pytest.param([HERE, f"{OURS}/english/feed.atom"], True, id="copied from a feed of ours"),
        pytest.param([f"{OURS}/english/entries/bell.html"], True, id="at a page of ours"),
        pytest.param([f"{OURS}.test/entries/bell.html"], False, id="at a name that only begins like ours"),
        pytest.param([OURS], True, id="of our site"),
    ],
)
def test_our_own_text_is_known_again(came_from: list[str | None], ours: bool) -> None:
    assert works.is_ours(came_from, OURS) is ours


def told(state: str, made_from: datetime | None = None) -> Translation:
    return Translation(from_language="de", to_language="en", state=state, source_updated=made_from)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("original_changed", "before", "after"),
    [
        pytest.param(None, told("unknown"), "unknown", id="an original that we do not follow"),
        pytest.param(NOON - timedelta(days=1), told("unknown"), "current", id="unchanged since"),
        pytest.param(NOON, told("unknown"), "current", id="changed in the same moment"),
        pytest.param(NOON + timedelta(seconds=1), told("unknown"), "stale", id="changed since"),
        pytest.param(NOON - timedelta(days=1), told("stale"), "stale", id="stale, as it says itself"),
        pytest.param(NOON, told("current", NOON), "current", id="made from the version that we know"),
        pytest.param(NOON, told("current", NOON - timedelta(days=9)), "stale", id="made from an earlier version"),
        pytest.param(NOON + timedelta(days=1), told("current"), "stale", id="current once, and changed since"),
    ],
)
def test_a_translation_is_stale_once_its_original_has_changed(
    original_changed: datetime | None, before: Translation, after: str
) -> None:
    judged = works.judged(translation(translation=before), original_changed).translation
    assert judged
    assert judged.state == after


LATER = NOON + timedelta(days=1)
LEUCHTFEUER = Followed(reworded=NOON, language="de", published=NOON - timedelta(days=30), publisher="Leuchtfeuer")


@pytest.mark.parametrize(
    ("site", "known", "named"),
    [
        pytest.param("leuchtfeuer.example", LEUCHTFEUER, "Leuchtfeuer", id="called by its host"),
        pytest.param(None, LEUCHTFEUER, "Leuchtfeuer", id="not called at all"),
        pytest.param("The Lighthouse", LEUCHTFEUER, "The Lighthouse", id="as the translation calls it"),
        pytest.param(
            "leuchtfeuer.example", replace(LEUCHTFEUER, publisher=""), "leuchtfeuer.example", id="another site's feed"
        ),
    ],
)
def test_a_translation_learns_from_its_original_what_it_does_not_tell_itself(
    site: str | None, known: Followed, named: str
) -> None:
    url = "https://www.leuchtfeuer.example/nebelglocke/"
    hops = (Hop(role="original", url=url, publisher=site), Hop(role="translation", url=HERE, date=NOON))
    one = translation(
        original=Original(url=url, site=site),
        provenance=hops,
        translation=Translation(from_language=None, to_language="en"),
    )
    beside = works.beside(one, known)
    assert beside.original == Original(url=url, site=named, language="de")
    assert beside.provenance == (
        Hop(role="original", url=url, publisher=named, language="de", date=known.published),
        Hop(role="translation", url=HERE, date=NOON),
    )
    assert beside.translation
    assert beside.translation.from_language == "de"
    assert works.beside(beside, known) == beside


def test_a_day_that_the_translation_states_stays() -> None:
    url = "https://leuchtfeuer.example/nebelglocke/"
    hops = (Hop(role="original", url=url, date=LATER),)
    one = translation(original=Original(url=url), provenance=hops, translation=told("unknown"))
    assert works.beside(one, LEUCHTFEUER).provenance[0].date == LATER


def test_nothing_is_said_of_an_original_that_we_do_not_follow() -> None:
    assert works.beside(translation(translation=told("unknown")), None) == translation(translation=told("unknown"))
