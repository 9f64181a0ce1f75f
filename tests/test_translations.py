"""A translation in a file: what its head may say, how its text is read, and the entry that it becomes."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from syndicator.chain import translate
from syndicator.config import load
from syndicator.config.markdown import read_markdown
from syndicator.config.translations import read_translations
from syndicator.model import (
    Agent,
    Credit,
    Entry,
    Evidence,
    Hop,
    Image,
    Licence,
    Original,
    Release,
    Source,
    Translation,
    TranslationFile,
)

EXAMPLES = Path(__file__).resolve().parents[1] / "config/translations"
DAY = datetime(2026, 5, 3, tzinfo=UTC)
HERE = "https://tidewater.example/fog-bell/"
WHOLE = Release(scope="whole", why="licence: CC-BY-4.0")
LINK = Release(scope="link", why="its licence permits no translation: ask for one")
READ = (Evidence(where="end", rule="en: by {name}", text="by"),)


def credit(role: str, name: str, kind: str = "person", evidence=READ, **more) -> Credit:
    return Credit(role=role, agent=Agent(kind=kind, name=name), evidence=evidence, **more)


ORIGINAL = Entry(
    subscription="tidewater",
    id="urn:x:bell",
    url=HERE,
    title="The fog bell",
    published=DAY,
    updated=DAY + timedelta(hours=9),
    language="en",
    content_html="<p>It rings.</p>",
    credits=(
        credit("author", "Ada Quist"),
        credit("publisher", "Tidewater", "organisation", of="hop", target=HERE),
        credit("photographer", "Ole Brandt", of="image", target="https://tidewater.example/bell.png"),
        credit("photographer", "Jo Lind", of="image", target="https://tidewater.example/crane.png"),
    ),
    provenance=(Hop(role="original", url=HERE, publisher="Tidewater", language="en", date=DAY),),
    licence=Licence(id="CC-BY-4.0", evidence=READ),
    rights="© Ada Quist",
    categories=("Harbours",),
    source=Source(id="urn:x:feed", title="Tidewater"),
    comments_url="https://tidewater.example/fog-bell/#comments",
)
FILE = TranslationFile(
    file="bell.de.md",
    of=HERE,
    language="de",
    title="Die Nebelglocke",
    credits=(credit("translator", "Ida Brandt"),),
    markup='<p>Sie läutet.</p><p><img src="bell.png" alt="Glocke"></p><script>x()</script>',
    digest="d",
)


def made(original: Entry = ORIGINAL, file: TranslationFile = FILE, release: Release = WHOLE) -> Entry:
    changed = original.updated
    return translate(original, file, original_changed=changed, release=release, publisher="Our Feeds", first_seen=DAY)


def named(entry: Entry, of: str = "entry") -> list[tuple[str, str]]:
    return [(one.role, one.agent.name) for one in entry.credits if one.of == of]


# ── the entry that it becomes ────────────────────────────────────────────────────────────────────────────────────


def test_it_has_a_text_a_title_and_a_language_of_its_own():
    entry = made()
    assert (entry.title, entry.language, entry.direction) == ("Die Nebelglocke", "de", "ltr")
    assert (entry.subscription, entry.published, entry.url) == ("tidewater", DAY, None)
    assert entry.summary_html == "<p>Sie läutet.</p>"
    assert made(file=replace(FILE, language="ar")).direction == "rtl"


def test_its_markup_is_cleaned_and_its_addresses_are_the_originals():
    assert made().content_html == (
        '<p>Sie läutet.</p><p><img src="https://tidewater.example/fog-bell/bell.png" alt="Glocke"></p>'
    )


def test_its_id_is_of_original_language_and_name_and_outlives_changes_of_the_text():
    first = made()
    assert first.id == "urn:uuid:" + first.id.removeprefix("urn:uuid:").lower()
    assert made(file=replace(FILE, title="Neu", markup="<p>Neu.</p>", digest="e", reviewed=DAY)).id == first.id
    others = [made(file=replace(FILE, language="nl")), made(file=replace(FILE, file="b.md"))]
    others.append(made(replace(ORIGINAL, id="urn:x:other")))
    assert len({first.id, *(one.id for one in others)}) == 4


def test_the_authors_stay_with_their_evidence_and_the_translators_come_after_them():
    entry = made()
    assert named(entry) == [("author", "Ada Quist"), ("translator", "Ida Brandt")]
    assert entry.credits[0] == ORIGINAL.credits[0]


def test_who_published_the_original_is_credited_at_its_hop():
    assert (named(made(), "hop"), made().credits[1].target) == ([("publisher", "Tidewater")], HERE)


def test_only_pictures_that_the_text_shows_are_listed_and_credited():
    here = replace(FILE, markup='<img src="https://tidewater.example/bell.png">')
    assert made(file=here).images == (Image(src="https://tidewater.example/bell.png"),)
    assert named(made(file=here), "image") == [("photographer", "Ole Brandt")]


def test_it_tells_the_way_from_the_original_to_us():
    entry = made()
    assert entry.original == Original(url=HERE, site="Tidewater", language="en")
    ours = Hop(role="translation", publisher="Our Feeds", language="de", date=DAY)
    assert entry.provenance == (*ORIGINAL.provenance, ours)
    assert made(replace(ORIGINAL, provenance=())).provenance == (*ORIGINAL.provenance, ours)


def test_a_translation_of_a_translation_keeps_who_translated_first():
    first = Hop(role="original", url="https://marea.example/campana", publisher="Marea", language="es")
    pivot = replace(
        ORIGINAL,
        credits=(*ORIGINAL.credits, credit("translator", "Maren Oakes")),
        original=Original(url=first.url, site="Marea", language="es"),
        provenance=(first, replace(ORIGINAL.provenance[0], role="translation")),
    )
    entry = made(pivot)
    assert [hop.role for hop in entry.provenance] == ["original", "translation", "translation"]
    assert named(entry) == [("author", "Ada Quist"), ("translator", "Ida Brandt")]
    assert named(entry, "hop") == [("publisher", "Tidewater"), ("translator", "Maren Oakes")]
    assert (entry.original.url, entry.translation.from_language) == (HERE, "en")


def test_licence_rights_categories_and_source_are_the_originals_its_comments_are_not():
    entry = made()
    kept = ("licence", "rights", "categories", "source")
    assert [getattr(entry, name) for name in kept] == [getattr(ORIGINAL, name) for name in kept]
    assert entry.comments_url is None


@pytest.mark.parametrize(
    ("reviewed", "state"),
    [
        (None, "unknown"),
        (datetime.combine(DAY, time.max, UTC), "current"),
        (datetime.combine(DAY - timedelta(days=1), time.max, UTC), "stale"),
    ],
    ids=["never", "on the day of the last change", "the day before it"],
)
def test_it_is_stale_when_the_original_changed_after_the_last_review(reviewed, state):
    told = Translation(from_language="en", to_language="de", state=state, source_updated=ORIGINAL.updated)
    assert made(file=replace(FILE, reviewed=reviewed)).translation == told


def test_without_leave_to_translate_it_is_a_link_to_the_original_and_says_what_to_do():
    entry = made(release=LINK)
    assert (entry.release, entry.url) == (LINK, HERE)


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────

LEAST = "of: https://tidewater.example/fog-bell/\nlanguage: de\ntranslator: Ida Brandt\n"
TEXT = "# Die Nebelglocke\n\nSie läutet.\n"


@pytest.fixture
def folder(tmp_path):
    """A function that writes files and reads their folder."""

    def folder(earlier=(), **files: str):
        for name, text in files.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        return read_translations(tmp_path, earlier)

    return folder


@pytest.fixture
def one(folder):
    """A function that reads one file from its head and its text."""

    def one(head: str, text: str = TEXT) -> TranslationFile:
        files, mistakes = folder(bell=f"---\n{head}---\n{text}")
        assert mistakes == ()
        return files[0]

    return one


def test_a_file_says_of_what_it_is_who_translated_it_and_what_it_says(one):
    evidence = (Evidence(where="translations/bell.md", rule="editor", text="translator: Ida Brandt"),)
    assert one(LEAST) == TranslationFile(
        file="bell.md",
        of=HERE,
        language="de",
        title="Die Nebelglocke",
        credits=(credit("translator", "Ida Brandt", evidence=evidence),),
        markup="<p>Sie läutet.</p>",
        digest=hashlib.sha256(f"---\n{LEAST}---\n{TEXT}".encode()).hexdigest(),
    )


@pytest.mark.parametrize(
    ("head", "people"),
    [
        ("translator: [Ida Brandt, Jo Lind]", [("translator", "Ida Brandt"), ("translator", "Jo Lind")]),
        ("translator:\n  - Ida Brandt\n  - name: Jo Lind", [("translator", "Ida Brandt"), ("translator", "Jo Lind")]),
        ("translator: Ida Brandt\nreviewer: Jo Lind", [("translator", "Ida Brandt"), ("reviser", "Jo Lind")]),
        ("machine: LibreTranslate", [("translator", "LibreTranslate")]),
        ("machine: LibreTranslate\nreviewer: Jo Lind", [("translator", "LibreTranslate"), ("post-editor", "Jo Lind")]),
    ],
)
def test_the_head_credits_who_translated_and_who_reviewed(one, head, people):
    made = one(f"of: {HERE}\nlanguage: de\n{head}\n").credits
    assert [(one.role, one.agent.name) for one in made] == people


def test_a_machine_is_software_and_somebody_may_have_a_page(one):
    made = one(f"of: {HERE}\nlanguage: de\nmachine: Apertium\nreviewer: {{name: Jo, uri: 'https://jo.example/'}}\n")
    assert [one.agent for one in made.credits] == [
        Agent(kind="software", name="Apertium"),
        Agent(kind="person", name="Jo", uri="https://jo.example/"),
    ]


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("title: 1984", "title", "1984"),
        ("title: 'Fog: a bell'", "title", "Fog: a bell"),
        ("title: yes", "title", "yes"),
        ("reviewed: 2026-05-03", "reviewed", datetime.combine(DAY, time.max, UTC)),
        ("reviewed:", "reviewed", None),
        ("# a remark", "title", "Die Nebelglocke"),
    ],
)
def test_a_value_is_what_is_written(one, line, fact, value):
    assert getattr(one(f"{LEAST}{line}\n"), fact) == value


def test_norwegian_is_a_language(one):
    assert one(LEAST.replace("language: de", "language: no")).language == "no"


def test_windows_lines_and_a_byte_order_mark_are_read(tmp_path):
    text = f"\ufeff---\n{LEAST}---\n{TEXT}".replace("\n", "\r\n")
    (tmp_path / "bell.md").write_bytes(text.encode())
    (file,), _ = read_translations(tmp_path)
    assert (file.title, file.markup) == ("Die Nebelglocke", "<p>Sie läutet.</p>")


@pytest.mark.parametrize(
    ("text", "subject", "why"),
    [
        ("Sie läutet.", "", "it has no head"),
        (f"---\n{LEAST}title: \x0b\n---\n{TEXT}", "", "its head has control characters"),
        (
            f"\n\n---\n{LEAST}title: a: b\n---\n{TEXT}",
            ": line 7",
            "a colon too many, expected lines such as language: de, found: title: ",
        ),
        (f"---\n{LEAST.replace('language', 'Language')}---\n{TEXT}", ": Language", "the nearest known one is language"),
        (
            f"---\n{LEAST.replace(HERE, f'<{HERE}>')}---\n{TEXT}",
            ": of",
            "expected the entry's address with https://, or its id",
        ),
        (f"---\n{LEAST}", "", "it has no head"),
        ("---\n---\nx", ": of", "missing, expected the entry's address with https://"),
        ("---\nIda Brandt\n---\nx", "", "its head has no keys"),
        (f"---\n{LEAST}lang: de\n---\n{TEXT}", ": lang", "unknown key, the nearest known one is language"),
        (f"---\n{LEAST.replace('de', 'de_DE')}---\n{TEXT}", ": language", "'de_DE', expected a language tag"),
        (f"---\n{LEAST}translator: Jo Lind\n---\n{TEXT}", ": line 5", "translator is said twice"),
        (
            f"---\n{LEAST}title: Fog: a bell\n---\n{TEXT}",
            ": line 5",
            "a colon too many, expected lines such as language: de, found: title: ",
        ),
        (f"---\n{LEAST}reviewed: 3 May\n---\n{TEXT}", ": reviewed", "'3 May', expected a date such as 2026-05-03"),
        (f"---\n{LEAST}reviewer: &a [*a]\n---\n{TEXT}", ": line 5", "too deeply nested"),
        (f"---\nof: {HERE}\nlanguage: de\n---\n{TEXT}", ": translator", "missing, expected a name, or an engine's"),
        (f"---\n{LEAST}---\nSie läutet.", ": title", "missing, expected it in the head"),
        (f"---\n{LEAST}---\n# Die Nebelglocke", "", "it has no text"),
    ],
)
def test_a_mistake_names_file_key_value_and_what_was_expected(folder, tmp_path, text, subject, why):
    files, (mistake,) = folder(bell=text)
    assert (files, mistake.subject) == ((), f"{tmp_path}/bell.md{subject}")
    assert why in mistake.why
    assert mistake.hint


def test_a_mistake_touches_no_other_file_and_keeps_what_its_own_said_before(folder):
    before, _ = folder(a=f"---\n{LEAST}---\n{TEXT}", b=f"---\n{LEAST}---\n{TEXT}")
    after, mistakes = folder(before, a=TEXT, b=f"---\n{LEAST}---\n# Neu\n\nText")
    assert ([one.title for one in after], len(mistakes)) == (["Die Nebelglocke", "Neu"], 1)


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "title", "read"),
    [
        ("# One *two* `three`\n\nText", None, ("One two three", "<p>Text</p>")),
        ("One\ntwo\n===\n\nText", None, ("One two", "<p>Text</p>")),
        ("# One\n\nText", "One", ("One", "<p>Text</p>")),
        ("# One\n\nText", "Other", ("Other", "<h1>One</h1>\n<p>Text</p>")),
        ("## One\n\nText", None, ("", "<h2>One</h2>\n<p>Text</p>")),
        ("Text\n\n# One", "T", ("T", "<p>Text</p>\n<h1>One</h1>")),
    ],
)
def test_a_heading_at_the_top_is_the_title_and_said_once(text, title, read):
    markdown = read_markdown(text, title)
    assert (markdown.title, markdown.markup) == read


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("*a* **b** ~~c~~", "<p><em>a</em> <strong>b</strong> <s>c</s></p>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ('<p dir="rtl">a</p>', '<p dir="rtl">a</p>'),
        ("“a” -- 'b' (c)", "<p>“a” -- 'b' (c)</p>"),
        ("a  \nb", "<p>a<br />\nb</p>"),
    ],
)
def test_text_becomes_markup_with_the_writers_own_characters(text, markup):
    assert read_markdown(text, "T").markup == markup


def test_a_table_is_a_table():
    assert "<td>b</td>" in read_markdown("| a |\n|---|\n| b |", "T").markup


# ── beside the configuration ─────────────────────────────────────────────────────────────────────────────────────


def test_the_configuration_brings_the_editors_files_and_keeps_what_was_right_before(tmp_path):
    path = tmp_path / "syndicator.toml"
    path.write_text('[site]\nbase_url = "https://feeds.example.org"\ntitle = "Feeds"\n')
    for folder, name, text in (
        ("overrides", "bell.toml", 'entry = "urn:x:1"\nwhy = "x"\ntitle = "A"'),
        ("translations", "bell.md", f"---\n{LEAST}---\n{TEXT}"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    config = load(path, {})
    assert ([one.title for one in config.overrides], [one.file for one in config.translations]) == (["A"], ["bell.md"])
    (tmp_path / "overrides/bell.toml").write_text("title =")
    (tmp_path / "translations/bell.md").write_text("")
    later = load(path, {}, config)
    assert (later.overrides, later.translations) == (config.overrides, config.translations)
    assert [Path(one.subject).name for one in later.mistakes] == ["bell.toml: line 1", "bell.md"]
    assert (load(path, {}).overrides, load(path, {}).translations) == ((), ())


def test_the_examples_do_nothing_until_they_are_renamed_and_then_are_right(tmp_path):
    assert read_translations(EXAMPLES) == ((), ())
    for example in EXAMPLES.glob("*.example"):
        (tmp_path / example.stem).write_bytes(example.read_bytes())
    files, mistakes = read_translations(tmp_path)
    assert (len(files), mistakes) == (1, ())
