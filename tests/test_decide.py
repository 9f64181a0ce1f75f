"""Which entry is which, and what a poll changes."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from syndicator.model import (
    Agent,
    Credit,
    Derived,
    Entry,
    Evidence,
    Hop,
    Image,
    Known,
    Licence,
    Note,
    ParsedEntry,
    Release,
    Response,
    Source,
    Text,
    Tombstone,
    Translation,
)
from syndicator.stages.decide import decide, digest, identify

FIRST_URL = "https://lighthouse.example/feed/"
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
IRI = "tag:lighthouse.example,2026:1"
_numbers = count()


def raw(raw_id: str | None = None, link: str | None = None, title: str | None = None, **more) -> ParsedEntry:
    more.setdefault("fingerprint", f"f{next(_numbers)}")
    return ParsedEntry(raw_id=raw_id, link=link, title=Text(value=title) if title else None, **more)


def remembered(id_: str, entry: ParsedEntry, **more) -> Known:
    times = {"first_seen": NOW, "updated": NOW - HOUR, "published": entry.published}
    facts = {"fingerprint": entry.fingerprint, "digest": ""} | times | more
    return Known(id=id_, raw_id=entry.raw_id, link=entry.link, **facts)


def ids(parsed, known=(), **more) -> list[str]:
    return [id_ for id_, _, _ in identify(parsed, known, FIRST_URL, **more)]


def polled(parsed: list[ParsedEntry], store: dict[str, Known]) -> list[str]:
    """A poll as the pipeline makes it: what is known unchanged is left out, the rest is identified and remembered."""
    fingerprints = frozenset(one.fingerprint for one in parsed)
    unchanged = {one.fingerprint for one in store.values()}
    fresh = [one for one in parsed if one.fingerprint not in unchanged]
    identified = identify(fresh, tuple(store.values()), FIRST_URL, present=fingerprints)
    for id_, entry, before in identified:
        assert (before is None) == (id_ not in store)
        store[id_] = remembered(id_, entry)
    return [id_ for id_, _, _ in identified]


# ── ids ──────────────────────────────────────────────────────────────────────────────────────────────────────────

KEPT = [
    "https://lighthouse.example/?p=1",
    "tag:a.example,2026:x",
    "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6a",
    "URN:isbn:0451450523",
    "tag:buoy@a-b.example,2026-05-03:x/y?z",
    "http://пример.example/ё",
    "a:%20b",
    "x-y+z.1:q",
]
REPLACED = [
    "1",
    "/blog/1",
    "//host/1",
    "a b:c",
    "http://",
    "https:///x",
    "http:x",
    "urn:",
    "a:b c",
    "a:%zz",
    "a:<b>",
    "1a:b",
]
REPLACED += ["a:\x07", "a:\ud800", "a:\ufdd0", "a:[b]", "a:b\n"]
REPLACED += ["urn:uuid:0", "urn:uuid:1225c695-cfb8-4ebb-aaaa-80da344efa6ag", "urn:a.example:1", "urn:x/y:1", "urn:x:"]
REPLACED += ["tag:a.example:x", "tag:a*example,2026:x", "tag:a.example,26:x", "tag:a.example,20260503:x"]


@pytest.mark.parametrize("raw_id", KEPT)
def test_an_absolute_iri_is_kept(raw_id):
    assert ids([raw(raw_id)]) == [raw_id]


@pytest.mark.parametrize("raw_id", REPLACED, ids=ascii)
def test_any_other_raw_id_becomes_a_uuid(raw_id):
    (id_,) = ids([raw(raw_id)])
    assert id_.startswith("urn:uuid:")
    assert id_ == ids([raw(raw_id, link="https://other.example/", title="Other")])[0]


def test_a_raw_id_names_an_entry_within_its_subscription_only():
    first, second = (identify([raw("1")], (), url)[0][0] for url in (FIRST_URL, "https://other.example/feed"))
    assert first != second


def test_an_uuid_is_stable_across_versions():
    assert ids([raw("1")]) == ["urn:uuid:81a2d267-26f0-5434-946b-63d85e8ad861"]


NAMES = {
    "link": (raw(link="https://a.example/1"), raw(link="https://a.example/1", title="Another")),
    "title and date": (raw(title="A", published=NOW), raw(title="A", published=NOW, content=Text(value="more"))),
    "content": (raw(content=Text(value="one")), raw(content=Text(value="one"), fingerprint="salted anew")),
}


@pytest.mark.parametrize(("one", "same"), NAMES.values(), ids=NAMES)
def test_without_a_raw_id_an_entry_is_named_by(one, same):
    assert ids([one]) == ids([same])
    assert ids([one]) != ids([raw(link="https://a.example/2", title="B", content=Text(value="two"))])


def test_a_raw_id_that_occurs_twice_is_nobodys_id():
    parsed = [raw(IRI, "https://a.example/1", duplicate=True), raw(IRI, "https://a.example/2", duplicate=True)]
    assert IRI not in ids(parsed)
    assert len(set(ids(parsed))) == 2


def test_a_known_id_is_never_recomputed():
    entry = raw("1", "https://a.example/1", "A")
    assert ids([replace(entry, fingerprint="new")], [remembered("urn:old", entry)]) == ["urn:old"]


HTTPS = raw("https://a.example/1", "https://a.example/1")
MATCHES = {
    "raw id and link": (raw(IRI, "l"), raw(IRI, "l", "New"), True),
    "raw id, the link moved": (raw(IRI, "l"), raw(IRI, "m"), True),
    "link, neither has a raw id": (raw(None, "l"), raw(None, "l", "New"), True),
    "raw id, the link was dropped": (raw(IRI, "l"), raw(IRI), True),
    "link, the raw id was dropped": (raw(IRI, "l"), raw(None, "l", "New"), True),
    "link, the raw id came": (raw(None, "l"), raw(IRI, "l"), True),
    "link, the raw id is another": (raw("1", "l"), raw("2", "l"), True),
    "link, now https, and the raw id with it": (raw("http://a.example/1", "http://a.example/1"), HTTPS, True),
    "link, now http, the raw id dropped": (HTTPS, raw(None, "http://a.example/1"), True),
    "not link, where it is a homepage": (raw("1", "https://a.example/"), raw("2", "https://a.example/"), False),
    "not link, where it is a homepage with a mark": (
        raw("1", "https://a.example#1"),
        raw(None, "https://a.example#1"),
        False,
    ),
    "not link, where the raw id means several": (raw("1", "l"), raw("2", "l", duplicate=True), False),
    "not where raw id and link are others": (raw("1", "l"), raw("2", "m"), False),
    "not where the raw id was dropped and the link moved": (raw("1", "l"), raw(None, "m"), False),
    "not the raw id, where it means several": (raw(IRI, "l"), raw(IRI, "m", duplicate=True), False),
    "not link, where the date is another": (raw("1", "l", published=NOW - HOUR), raw("2", "l", published=NOW), False),
    "not nothing": (raw(content=Text(value="a")), raw(content=Text(value="b")), False),
}


@pytest.mark.parametrize(("before", "after", "same"), MATCHES.values(), ids=MATCHES)
def test_an_entry_is_known_by(before, after, same):
    before, after = (replace(one, published=one.published or NOW) for one in (before, after))
    known = remembered("urn:old", before)
    ((id_, entry, match),) = identify([after], [known], FIRST_URL)
    assert entry is after
    assert (match, id_ == "urn:old") == ((known, True) if same else (None, False))


UNSURE = {
    "two entries here share it": ([raw("8", "l"), raw("9", "l")], [raw("1", "l")]),
    "two entries here share it, one without a raw id": ([raw(None, "l"), raw("9", "l")], [raw("1", "l")]),
    "two known entries share it": ([raw("9", "l")], [raw("1", "l"), raw("2", "l")]),
    "two known entries share it, by http and https": (
        [raw("9", "http://l/1")],
        [raw("1", "http://l/1"), raw("2", "https://l/1")],
    ),
    "the known entry's raw id stands here, elsewhere": ([raw("9", "l"), raw("1", "m")], [raw("1", "l")]),
    "the raw id here is another known entry's": ([raw("2", "l")], [raw("1", "l"), raw("2", "m")]),
}


@pytest.mark.parametrize(("parsed", "before"), UNSURE.values(), ids=UNSURE)
def test_a_link_is_not_taken_for_a_name_where(parsed, before):
    parsed, before = ([replace(one, published=NOW) for one in several] for several in (parsed, before))
    known = [remembered(f"urn:{one.raw_id}", one) for one in before]
    for entry, (_, _, match) in zip(parsed, identify(parsed, known, FIRST_URL), strict=True):
        assert match is None or match.raw_id == entry.raw_id


def test_a_link_is_not_taken_for_a_name_while_the_known_entry_stands_there_unchanged():
    before = raw("1", "l", published=NOW)
    fresh = raw("2", "l", published=NOW)
    present = frozenset({before.fingerprint, fresh.fingerprint})
    assert identify([fresh], [remembered("urn:1", before)], FIRST_URL, present=present)[0][2] is None


RENUMBERED = {
    "a fresh raw id at each poll": lambda poll, n: raw(f"{poll}-{n}", f"https://a.example/{n}"),
    "a raw id every other poll": lambda poll, n: raw(f"{n}" if poll % 2 else None, f"https://a.example/{n}"),
    "two servers that number differently": lambda poll, n: raw(f"{poll % 2}-{n}", f"https://a.example/{n}"),
    "http and https in turn": lambda poll, n: raw(*[f"http{'s' * (poll % 2)}://a.example/{n}"] * 2),
    "a link every other poll": lambda poll, n: raw(f"{n}", f"https://a.example/{n}" if poll % 2 else None),
}


@pytest.mark.parametrize("make", RENUMBERED.values(), ids=RENUMBERED)
def test_a_feed_that_numbers_its_entries_anew_doubles_none(make):
    store: dict[str, Known] = {}

    def document(poll: int) -> list[ParsedEntry]:
        return [replace(make(poll, n), published=NOW) for n in range(poll, 5)]

    first = polled(document(0), store)
    for poll in range(1, 5):
        assert polled(document(poll), store) == first[poll:]


def test_an_entry_that_claims_anothers_id_gets_a_uuid():
    owner = remembered(IRI, raw("owner", "https://a.example/owner"))
    (id_,) = ids([raw(IRI, "https://a.example/claims")], [owner])
    assert id_.startswith("urn:uuid:")


def test_a_withdrawn_entry_is_still_itself():
    entry = raw(IRI, "l")
    known = remembered(IRI, entry, withdrawn=True)
    assert identify([replace(entry, fingerprint="new")], [known], FIRST_URL)[0][2] is known


def test_an_entry_that_stands_there_unchanged_is_not_taken_for_the_older_state_of_another():
    first = raw(None, "https://a.example/", "First")
    known = remembered("urn:first", first)
    second = raw(None, "https://a.example/", "Second")
    ((id_, _, match),) = identify([second], [known], FIRST_URL, present=frozenset({"other", first.fingerprint}))
    assert match is None
    assert id_ != "urn:first"


HOME = "https://a.example/"
CROWDS = {
    "each its raw id, one page for all": lambda title: raw(title, HOME + "all", title),
    "no raw id, one link for all": lambda title: raw(None, HOME, title),
    "one raw id and one link for all": lambda title: raw(HOME, HOME, title, duplicate=True),
    "one raw id, links differ": lambda title: raw(IRI, HOME + title, title, duplicate=True),
    "only titles": lambda title: raw(None, None, title),
    "one title and no date": lambda title: raw(None, None, "Untitled", content=Text(value=title)),
    "titles and one date": lambda title: raw(None, None, title, published=NOW),
    "only content": lambda title: raw(content=Text(value=title)),
    "only summaries and a date": lambda title: raw(summary=Text(value=title), published=NOW),
}


@pytest.mark.parametrize("make", CROWDS.values(), ids=CROWDS)
def test_a_feed_that_grows_and_rolls_loses_no_entry_and_doubles_none(make):
    entries = [make(f"t{number}") for number in range(8)]
    store: dict[str, Known] = {}
    for start in range(5):
        polled(entries[start : start + 4], store)
    assert len(store) == len(entries)


@pytest.mark.parametrize("make", CROWDS.values(), ids=CROWDS)
def test_new_settings_give_no_entry_another_id(make):
    entries = [make(f"t{number}") for number in range(5)]
    store: dict[str, Known] = {}
    first = polled(entries, store)
    again = polled([replace(one, fingerprint="salted" + one.fingerprint) for one in entries], store)
    assert again == first


def test_the_same_entry_twice_gets_two_ids_that_stay():
    twins = [raw(IRI, "l", "A", duplicate=True)] * 3
    store: dict[str, Known] = {}
    first = polled(twins, store)
    assert len(set(first)) == 3
    assert polled([replace(one, fingerprint="salted") for one in twins], store) == first


def test_whatever_a_feed_mixes_ids_are_unique_and_none_is_lost():
    choose = random.Random(4)
    for _ in range(300):
        parsed = [
            raw(
                choose.choice([None, "1", "2", IRI]),
                choose.choice([None, "l", "m"]),
                choose.choice([None, "A", "B"]),
                fingerprint=f"f{number if choose.random() < 0.8 else 0}",
            )
            for number in range(choose.randrange(12))
        ]
        often = [one.raw_id for one in parsed]
        parsed = [replace(one, duplicate=one.raw_id is not None and often.count(one.raw_id) > 1) for one in parsed]
        store: dict[str, Known] = {}
        for _ in range(3):
            identified = identify(parsed, tuple(store.values()), FIRST_URL)
            assert [entry for _, entry, _ in identified] == parsed
            assert len({id_ for id_, _, _ in identified}) == len(parsed)
            assert all(match is None or match.id == id_ for id_, _, match in identified)
            store |= {id_: remembered(id_, entry) for id_, entry, _ in identified}
            assert len(store) == len(parsed)
            parsed = choose.sample(parsed, len(parsed))


# ── changes ──────────────────────────────────────────────────────────────────────────────────────────────────────

ENTRY = Entry(
    subscription="lighthouse",
    id=IRI,
    url="https://lighthouse.example/1",
    title="First light",
    published=NOW - 3 * HOUR,
    updated=NOW - 2 * HOUR,
    content_html="<p>One</p>",
    credits=(Credit(role="translator", agent=Agent(kind="person", name="Ana Ferro")),),
)
PARSED = raw(IRI, "https://lighthouse.example/1")
DERIVED = Derived(parsed=PARSED, entry=ENTRY, digest=digest(ENTRY))
KNOWN = remembered(IRI, PARSED, digest=digest(ENTRY), updated=NOW - HOUR)


def derived(**facts) -> Derived:
    entry = replace(ENTRY, **facts)
    return replace(DERIVED, entry=entry, digest=digest(entry))


def test_an_unknown_entry_is_new_with_the_date_it_came_with():
    changes = decide([DERIVED], [], [], NOW)
    assert (changes.new, changes.changed, changes.touched, changes.withdrawn) == ((DERIVED,), (), (), ())


TOUCHED = {
    "bytes that say the same": {},
    "a later date alone": {"updated": NOW},
    "a note": {"notes": (Note(code="n", text="t"),)},
    "evidence": {"credits": (replace(ENTRY.credits[0], evidence=(Evidence(where="w", rule="r", text="t"),)),)},
    "why it is released": {"release": replace(ENTRY.release, why="another reason")},
    "the number of comments": {"comments_count": 7},
    "the source's own date": {"source": Source(updated=NOW)},
    "white space between paragraphs": {"content_html": "\n<p>One</p>\n\n"},
    "white space within a paragraph": {"content_html": "<p>\tOne\r\n</p>"},
}


@pytest.mark.parametrize("facts", TOUCHED.values(), ids=TOUCHED)
def test_touched_and_as_old_as_before_by(facts):
    changes = decide([derived(**facts)], [KNOWN], [], NOW)
    assert (changes.new, changes.changed, changes.withdrawn) == ((), (), ())
    assert changes.touched == (derived(**(facts | {"updated": KNOWN.updated})),)


def test_new_responses_touch_an_entry():
    one = replace(DERIVED, responses=(Response(id="1", kind="comment"),))
    (touched,) = decide([one], [KNOWN], [], NOW).touched
    assert touched.responses == one.responses


CHANGED = {
    "title": {"title": "Second light"},
    "content": {"content_html": "<p>Two</p>"},
    "a space that parts a word": {"content_html": "<p>On e</p>"},
    "markup": {"content_html": "<p><em>One</em></p>"},
    "a credit": {"credits": ()},
    "a credit's role": {"credits": (replace(ENTRY.credits[0], role="editor"),)},
    "the licence": {"licence": Licence(id="CC-BY-4.0")},
    "what is released": {"release": Release(scope="whole", why="nothing decided")},
    "the provenance": {"provenance": (Hop(role="original", date=NOW),)},
    "a translation that is stale": {"translation": Translation(from_language="ru", to_language="en", state="stale")},
    "an image": {"images": (Image(src="https://lighthouse.example/1.png"),)},
    "the source's title": {"source": Source(title="Lighthouse")},
    "language": {"language": "en"},
}


@pytest.mark.parametrize("facts", CHANGED.values(), ids=CHANGED)
def test_changed_by(facts):
    changes = decide([derived(**facts)], [KNOWN], [], NOW)
    assert (changes.new, changes.touched, changes.withdrawn) == ((), (), ())
    assert changes.changed == (derived(**(facts | {"updated": NOW})),)


DATES = {
    "upstream's, where that is later": (NOW - HOUR / 2, NOW, NOW - HOUR / 2),
    "now, where upstream's did not move": (NOW - HOUR, NOW, NOW),
    "now, where upstream's went back": (NOW - 9 * HOUR, NOW, NOW),
    "a second later, where our clock went back": (NOW - 9 * HOUR, NOW - 2 * HOUR, NOW - HOUR + timedelta(seconds=1)),
}


@pytest.mark.parametrize(("upstreams", "now", "expected"), DATES.values(), ids=DATES)
def test_a_changed_entry_is_dated(upstreams, now, expected):
    (changed,) = decide([derived(title="New", updated=upstreams)], [KNOWN], [], now).changed
    assert changed.entry.updated == expected > KNOWN.updated


def test_entries_that_change_in_one_poll_have_times_of_their_own_in_the_feeds_order():
    here = [replace(derived(title="New"), entry=replace(derived(title="New").entry, id=f"urn:{n}")) for n in range(3)]
    known = [replace(KNOWN, id=f"urn:{n}") for n in range(3)]
    times = [one.entry.updated for one in decide(here, known, [], NOW).changed]
    assert times == sorted(set(times), reverse=True)
    assert times[0] == NOW


def test_digest_is_stable_across_versions():
    assert digest(ENTRY) == "608c00d1f93d3c4fa3dcc7504c0180194d45096b1d1b9e66c6d5a7c90b6042ad"


def test_words_laid_out_anew_have_the_same_digest():
    told, anew = "<p>One <b>two</b> three</p><p>Four</p>", "<p>One\n <b>two</b>\xa0 three</p>\n\n<p> Four</p>"
    assert digest(replace(ENTRY, content_html=told)) == digest(replace(ENTRY, content_html=anew))


def test_a_field_that_is_empty_leaves_no_trace_in_the_digest():
    assert digest(ENTRY) == digest(replace(ENTRY, summary_html="", images=(), translation=None))


# ── withdrawals ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_was_withdrawn_stays_so_and_an_editor_is_told():
    changes = decide([derived(title="Back")], [replace(KNOWN, withdrawn=True)], [], NOW)
    assert (changes.new, changes.changed, changes.touched, changes.withdrawn) == ((), (), (), ())
    assert [note.code for note in changes.notes] == ["withdrawn-stays-withdrawn"]


def test_disappearing_from_the_window_is_no_withdrawal():
    assert decide([], [KNOWN], [], NOW).withdrawn == ()


OTHER = remembered("urn:other", raw("2", "https://lighthouse.example/2"))
TOMBSTONES = {
    "by our id": (Tombstone(ref="urn:other"), [], ("urn:other",)),
    "by its raw id": (Tombstone(ref="2"), [], ("urn:other",)),
    "by its link": (Tombstone(ref="https://lighthouse.example/2"), [], ("urn:other",)),
    "later than its last change": (Tombstone(ref="2", when=NOW), [], ("urn:other",)),
    "of an entry that is still carried": (Tombstone(ref=IRI), [DERIVED], (IRI,)),
    "but not what nobody knows": (Tombstone(ref="https://lighthouse.example/"), [], ()),
    "but not what changed since": (Tombstone(ref="2", when=NOW - 2 * HOUR), [], ()),
    "but not what is carried in a later state": (
        Tombstone(ref=IRI, when=NOW - HOUR),
        [replace(DERIVED, parsed=replace(PARSED, updated=NOW))],
        (),
    ),
}


@pytest.mark.parametrize(("tombstone", "seen", "withdrawn"), TOMBSTONES.values(), ids=TOMBSTONES)
def test_a_tombstone_withdraws(tombstone, seen, withdrawn):
    changes = decide(seen, [KNOWN, OTHER], [tombstone, tombstone], NOW)
    assert changes.withdrawn == withdrawn
    assert not {one.entry.id for one in (*changes.new, *changes.changed, *changes.touched)} & set(withdrawn)


def test_a_withdrawn_entry_is_not_withdrawn_again():
    assert decide([], [replace(OTHER, withdrawn=True)], [Tombstone(ref="2")], NOW).withdrawn == ()


def test_one_entrys_id_is_not_taken_for_anothers_link():
    named_by_link = remembered("urn:third", raw("3", "urn:other"))
    assert decide([], [named_by_link, OTHER], [Tombstone(ref="urn:other")], NOW).withdrawn == ("urn:other",)


def test_what_we_found_out_ourselves_does_not_outlive_a_tombstone():
    restated = replace(KNOWN, updated=NOW, reworded=NOW - timedelta(days=30))
    tombstone = Tombstone(ref=KNOWN.id, when=NOW - timedelta(days=3))
    assert decide([], [restated], [tombstone], NOW).withdrawn == (KNOWN.id,)


def test_an_entry_that_arrives_with_its_tombstone_is_not_published():
    changes = decide([DERIVED], [], [Tombstone(ref=IRI)], NOW)
    assert (changes.new, changes.withdrawn) == ((), ())
    assert [note.code for note in changes.notes] == ["withdrawn-stays-withdrawn"]


def test_one_withdrawal_leaves_the_others_alone():
    new = replace(derived(id="urn:new"), parsed=raw("9"))
    changes = decide([new, derived(title="New")], [KNOWN, OTHER], [Tombstone(ref="2")], NOW)
    assert ([one.entry.id for one in changes.new], [one.entry.id for one in changes.changed]) == (["urn:new"], [IRI])
    assert changes.withdrawn == ("urn:other",)
