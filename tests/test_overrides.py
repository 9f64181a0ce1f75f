"""An editor's word on one entry: what a file may say, what it changes, and what is told of it."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicator.chain import Material, derive
from syndicator.config.overrides import read_overrides
from syndicator.model import (
    Agent,
    Credit,
    Entry,
    Evidence,
    FeedHead,
    Hop,
    Image,
    Licence,
    Original,
    Override,
    ParsedEntry,
    Person,
    Subscription,
    Text,
    Translation,
)
from syndicator.stages.overrides import apply

EXAMPLES = Path(__file__).resolve().parents[1] / "config/overrides"
NOW = datetime(2026, 5, 10, tzinfo=UTC)
HERE = "https://tidewater.example/fog-bell/"
BELL, CRANE = "https://tidewater.example/bell.png", "https://tidewater.example/crane.png"
WORD = (Evidence(where="override bell.toml", rule="editor", text="her letter"),)
READ = (Evidence(where="end", rule="en: by {name}", text="by"),)


def credit(role: str, name: str, evidence=READ, **more) -> Credit:
    return Credit(role=role, agent=Agent(kind="person", name=name), evidence=evidence, **more)


def said(role: str, name: str, **more) -> Credit:
    return credit(role, name, WORD, **more)


def override(**facts) -> Override:
    roles = tuple(dict.fromkeys(one.role for one in facts.get("credits", ())))
    return Override(**{"file": "bell.toml", "entry": HERE, "why": "her letter", "roles": roles} | facts)


ENTRY = Entry(
    subscription="tidewater",
    id="urn:x:bell",
    url=HERE,
    title="The fog bell",
    published=NOW,
    updated=NOW,
    language="en",
    credits=(
        credit("author", "Tidewater"),
        credit("translator", "M. Oakes"),
        credit("photographer", "Ole Brandt", of="image", target=BELL),
        credit("photographer", "Ida Brandt", of="image", target=CRANE),
        credit("translator", "Somebody Before", of="hop", target="https://elsewhere.example/"),
    ),
    provenance=(Hop(role="translation", url=HERE, publisher="Tidewater", language="en", date=NOW),),
    translation=Translation(from_language=None, to_language="en"),
    images=(Image(src=BELL), Image(src=CRANE)),
)


def applied(**facts) -> Entry:
    return apply(ENTRY, override(**facts), read=ENTRY)


def named(entry: Entry, role: str, of: str = "entry") -> list[str]:
    return [one.agent.name for one in entry.credits if (one.role, one.of) == (role, of)]


def told(entry: Entry) -> list[str]:
    return [note.text.removeprefix("override bell.toml: ") for note in entry.notes]


# ── what it changes ──────────────────────────────────────────────────────────────────────────────────────────────


def test_a_name_stands_in_the_place_of_what_was_read_for_its_role():
    mended = applied(credits=(said("author", "Ada Quist"), said("author", "Jo Lind")))
    assert [one.agent.name for one in mended.credits[:3]] == ["Ada Quist", "Jo Lind", "M. Oakes"]
    assert mended.credits[0].evidence == WORD
    assert told(mended) == ["author was Tidewater, is Ada Quist, Jo Lind"]


def test_a_role_that_nobody_had_comes_last():
    mended = applied(credits=(said("editor", "Jo Lind"),))
    assert mended.credits == (*ENTRY.credits, said("editor", "Jo Lind"))
    assert told(mended) == ["editor was not stated, is Jo Lind"]


def test_a_role_with_nobody_loses_its_credits_but_those_of_hops():
    mended = applied(roles=("translator",))
    assert (named(mended, "translator"), named(mended, "translator", "hop")) == ([], ["Somebody Before"])
    assert told(mended) == ["translator was M. Oakes, is nobody"]


def test_a_credit_for_one_picture_leaves_the_other_pictures_theirs():
    mended = applied(credits=(said("photographer", "Jo Lind", of="image", target=BELL),))
    assert named(mended, "photographer", "image") == ["Jo Lind", "Ida Brandt"]


def test_a_credit_without_a_picture_replaces_those_of_all_pictures():
    mended = applied(credits=(said("photographer", "Jo Lind"),))
    assert (named(mended, "photographer"), named(mended, "photographer", "image")) == (["Jo Lind"], [])
    assert told(mended) == [f"photographer was Ole Brandt (of {BELL}), Ida Brandt (of {CRANE}), is Jo Lind"]


def test_a_picture_that_is_not_there_is_told():
    mended = applied(credits=(said("illustrator", "Jo Lind", of="image", target="https://x.example/no.png"),))
    assert mended.notes[-1].code == "override-missed"


def test_a_title_is_replaced():
    mended = applied(title="The bell in the fog")
    assert mended.title == "The bell in the fog"
    assert told(mended) == ["title was “The fog bell”, is “The bell in the fog”"]


def test_a_licence_has_the_editors_word_before_its_own_evidence():
    licence = Licence(id="CC-BY-4.0", evidence=READ)
    mended = apply(replace(ENTRY, licence=licence), override(licence="CC-BY-4.0"), read=ENTRY)
    assert mended.licence == replace(licence, evidence=(*WORD, *READ))
    assert told(mended) == ["licence was not stated, is CC-BY-4.0"]


def test_a_publisher_is_credited_at_the_upstreams_hop_and_told_there():
    read = replace(ENTRY, credits=(credit("publisher", "Tidewater", of="hop", target=HERE),))
    mended = apply(read, override(credits=(said("publisher", "The Tide"),)), read=read)
    assert mended.credits == (said("publisher", "The Tide", of="hop", target=HERE),)
    assert mended.provenance[-1].publisher == "The Tide"
    assert told(mended) == ["publisher was Tidewater, is The Tide"]


def test_what_changes_nothing_is_told_so_that_it_can_go():
    assert [note.code for note in applied(title="The fog bell").notes] == ["override-idle"]
    assert applied(withdraw=True).notes == ()


def test_notes_of_before_stay():
    noted = replace(ENTRY, notes=applied(title="X").notes)
    assert len(apply(noted, override(title="Y"), read=ENTRY).notes) == 2


# ── where it comes from ──────────────────────────────────────────────────────────────────────────────────────────

FIRST = "https://leuchtfeuer.example/nebelglocke/"
REPRINT = replace(
    ENTRY,
    credits=(),
    translation=None,
    provenance=(
        Hop(role="original", publisher="Leuchtfeuer"),
        Hop(role="republication", publisher="Quayside"),
        Hop(role="republication", url=HERE, publisher="Tidewater"),
    ),
)


def roles(entry: Entry) -> list[str]:
    return [hop.role for hop in entry.provenance]


def test_an_original_that_is_named_comes_first_and_tells_the_language_that_was_translated():
    mended = applied(original=Original(url=FIRST, language="de"))
    assert mended.original == Original(url=FIRST, site="leuchtfeuer.example", language="de")
    assert mended.provenance[0] == Hop(role="original", url=FIRST, publisher="leuchtfeuer.example", language="de")
    assert (roles(mended), mended.translation.from_language) == (["original", "translation"], "de")
    assert told(mended) == [f"original was not stated, is {FIRST} · leuchtfeuer.example · de"]


def test_an_address_keeps_the_site_that_was_read_beside_it():
    mended = apply(REPRINT, override(original=Original(url=FIRST)), read=REPRINT)
    assert mended.original == Original(url=FIRST, site="Leuchtfeuer")
    assert roles(mended) == ["original", "republication", "republication"]


@pytest.mark.parametrize(
    ("read", "site"),
    [
        (Original(url="https://elsewhere.example/a", site="Elsewhere"), "leuchtfeuer.example"),
        (Original(url="https://www.leuchtfeuer.example/b", site="Leuchtfeuer"), "Leuchtfeuer"),
        (Original(site="elsewhere.example"), "leuchtfeuer.example"),
    ],
    ids=["of another address", "of another page there", "another host"],
)
def test_a_site_that_was_read_goes_only_where_the_address_is_anothers(read, site):
    entry = replace(ENTRY, original=read)
    assert apply(entry, override(original=Original(url=FIRST)), read=entry).original.site == site


def test_an_original_without_an_address_stands_in_the_provenance_only():
    mended = applied(original=Original(site="Leuchtfeuer", language="de"))
    assert (mended.original, mended.provenance[0].publisher) == (None, "Leuchtfeuer")


def test_what_comes_from_nowhere_else_is_an_original():
    read = replace(ENTRY, credits=(), original=Original(url=FIRST, language="de"), translation=None)
    read = replace(read, provenance=(Hop(role="original", url=FIRST), Hop(role="translation", url=HERE)))
    mended = apply(read, override(no_original=True), read=read)
    assert (mended.original, mended.translation, roles(mended)) == (None, None, ["original"])


def test_a_translator_makes_a_reprint_a_translation_and_nobody_undoes_it():
    mended = apply(REPRINT, override(credits=(said("translator", "Maren Oakes"),)), read=REPRINT)
    assert (roles(mended), mended.translation.to_language) == (["original", "translation", "republication"], "en")
    again = apply(mended, override(roles=("translator",)), read=mended)
    assert (roles(again), again.translation) == (["original", "republication", "republication"], None)


# ── in the chain ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_language_that_is_stated_is_the_one_that_the_entry_is_read_in():
    text = Text(value="<p>Die Glocke läutet wieder.</p><p>Übersetzt von Ida Brandt.</p>", html=True)
    parsed = ParsedEntry(fingerprint="", link=HERE, title=Text(value="Glocke"), content=text, language="en")
    parsed = replace(parsed, authors=(Person(name="Ada Quist"),))
    word = override(language="de", title="Die Glocke")
    subscription = Subscription(name="tidewater", url="https://tidewater.example/feed/")
    (derived,) = derive([Material(parsed=parsed, id="urn:x:1", override=word)], FeedHead(), subscription, NOW)
    entry = derived.entry
    assert (entry.language, entry.title, named(entry, "translator")) == ("de", "Die Glocke", ["Ida Brandt"])
    assert "language was en, is de" in told(entry)


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────

LEAST = 'entry = "https://tidewater.example/fog-bell/"\nwhy = "her letter"\n'


@pytest.fixture
def folder(tmp_path):
    """A function that writes files and reads their folder."""

    def folder(earlier=(), **files: str):
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return read_overrides(tmp_path, earlier)

    return folder


@pytest.fixture
def one(folder):
    """A function that gives what a file says beyond its entry and its reason."""

    def one(text: str) -> Override:
        overrides, mistakes = folder(bell=LEAST + text)
        assert mistakes == ()
        return overrides[0]

    return one


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("withdraw = true", override(withdraw=True)),
        ('title = "The bell"', override(title="The bell")),
        ('language = "pt-BR"', override(language="pt-BR")),
        ('license = "CC-BY-4.0"', override(licence="CC-BY-4.0")),
        (f'original = "{FIRST}"', override(original=Original(url=FIRST))),
        ('original = {site = "Leuchtfeuer"}', override(original=Original(site="Leuchtfeuer"))),
        ("original = false", override(no_original=True)),
        ('translator = "Maren Oakes"', override(credits=(said("translator", "Maren Oakes"),))),
        ('author = ["A", "B"]', override(credits=(said("author", "A"), said("author", "B")))),
        ('post-editor = "A"', override(credits=(said("post-editor", "A"),))),
        ("translator = []", override(roles=("translator",))),
        (
            f'photographer = {{name = "A", image = "{BELL}"}}',
            override(credits=(said("photographer", "A", of="image", target=BELL),)),
        ),
    ],
)
def test_a_file_says_what_is_to_change(one, text, meant):
    assert one(text) == meant


def test_somebody_may_have_a_page_and_be_no_person(one):
    (made,) = one('author = {name = "The crew", uri = "https://crew.example/", kind = "organisation"}').credits
    assert made.agent == Agent(kind="organisation", name="The crew", uri="https://crew.example/")


@pytest.mark.parametrize(
    ("text", "subject", "why"),
    [
        (LEAST, "", "it changes nothing, expected one of withdraw, title"),
        (LEAST + 'tranlator = "A"', ": tranlator", "unknown key, the nearest known one is translator"),
        (LEAST + 'author = [{nam = "A"}]', ": author.0.nam", "unknown key, the nearest known one is name"),
        (LEAST + 'author = {name = "A", uri = "a.example"}', ": author.0.uri", "expected an http:// or https://"),
        (LEAST + 'original = "leuchtfeuer.example"', ": original.url", "'leuchtfeuer.example', expected an http://"),
        (LEAST + 'withdraw = "perhaps"', ": withdraw", "'perhaps', expected true or false"),
        (
            'entry = "tidewater.example"\nwhy = "x"\ntitle = "x"',
            ": entry",
            "expected the entry's address with https://, or its id",
        ),
        ('entry = "urn:x:1"\ntitle = "x"', ": why", "missing, expected one line of text"),
        (LEAST + "title = “x”", ": line 3", "Invalid value, expected TOML, found: title = “x”"),
        (LEAST + "title = 'a'\ntitle = 'b'", ": line 4", "Cannot overwrite a value"),
        (
            LEAST + "[original]\nurl = 'https://a.example/b'\ntitle = 'c'",
            ": original.title",
            "unknown key, the nearest known one is site",
        ),
        (LEAST + "author = ['A', 3]", ": author.1", "3, expected a name, or {name, uri, kind}"),
        (LEAST + "author = ''", ": author.0.name", "'', expected one line of text"),
        (LEAST + "language = 'german'", ": language", "'german', expected a language tag such as en"),
        (LEAST + "licence = 'CC BY 4.0'", ": licence", "expected an SPDX id such as CC-BY-SA-4.0"),
        ("entry = urn:x:1", ": line 1", "expected TOML, found: entry = urn:x:1"),
        ("", ": entry", "missing"),
    ],
)
def test_a_mistake_names_file_key_value_and_what_was_expected(folder, tmp_path, text, subject, why):
    overrides, (mistake,) = folder(bell=text)
    assert (overrides, mistake.subject) == ((), f"{tmp_path}/bell.toml{subject}")
    assert why in mistake.why
    assert mistake.hint


def test_a_mistake_touches_no_other_file_and_keeps_what_its_own_said_before(folder):
    before, _ = folder(bell=LEAST + 'title = "A"', crane=LEAST.replace("fog-bell", "crane") + 'title = "B"')
    after, mistakes = folder(before, bell=LEAST + "title = ", crane=LEAST.replace("fog-bell", "crane") + 'title = "C"')
    assert ([one.title for one in after], len(mistakes)) == (["A", "C"], 1)


def test_two_files_about_one_entry_are_a_mistake_of_the_second(folder, tmp_path):
    overrides, (mistake,) = folder(a=LEAST + 'title = "A"', b=LEAST + 'language = "de"')
    assert [one.file for one in overrides] == ["a.toml"]
    assert (mistake.subject, mistake.why) == (f"{tmp_path}/b.toml: entry", "a.toml is about this entry already")


def test_a_file_that_is_gone_says_nothing_any_more(folder, tmp_path):
    before, _ = folder(bell=LEAST + 'title = "A"')
    (tmp_path / "bell.toml").unlink()
    assert folder(before) == ((), ())


def test_a_folder_that_is_not_there_holds_nothing(tmp_path):
    assert read_overrides(tmp_path / "none") == ((), ())


def test_other_files_are_not_read_but_a_word_processors_ending_is_told(tmp_path):
    for name in ("a.toml.example", "README.md", ".b.toml.swp", "c.toml~", ".d.toml"):
        (tmp_path / name).write_text("x = ")
    (tmp_path / "bell.toml.txt").write_text(LEAST + 'title = "A"')
    (tmp_path / "CRANE.TOML").write_text(LEAST + 'title = "B"')
    overrides, (mistake,) = read_overrides(tmp_path)
    assert [one.file for one in overrides] == ["CRANE.TOML"]
    assert (mistake.why, mistake.hint) == ("its name ends in .txt, expected .toml", "call it bell.toml")


def test_a_file_that_cannot_be_read_is_a_mistake(tmp_path):
    (tmp_path / "a.toml").mkdir()
    (tmp_path / "b.toml").write_bytes(b'title = "\xff"')
    _, (folder, latin) = read_overrides(tmp_path)
    assert "cannot be read" in folder.why
    assert (latin.subject, latin.why) == (f"{tmp_path}/b.toml: line 1", "not UTF-8, expected text in UTF-8")


def test_the_examples_do_nothing_until_they_are_renamed_and_then_are_right(tmp_path):
    assert read_overrides(EXAMPLES) == ((), ())
    for example in EXAMPLES.glob("*.example"):
        (tmp_path / example.stem).write_bytes(example.read_bytes())
    overrides, mistakes = read_overrides(tmp_path)
    assert (len(overrides), mistakes) == (1, ())
