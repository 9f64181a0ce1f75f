"""The language of an entry: tags as declared, what the words say, and when the words are believed."""

import pytest

from syndicator.stages.normalise import direction, language_tag, read_language
from syndicator.stages.normalise.detection import detect, scripts
from tests.benchmarks.languages import TITLES, accuracy

ENGLISH = (
    "The council met in the old granary on Tuesday and heard that the bridge would not be repaired before the spring. "
    "It was the third winter in which the people of the far bank had to go by boat, and few of them were surprised. "
    "Somebody asked for the minutes of the last meeting; they were with the clerk, who was in the boat."
)
FRENCH = (
    "Le conseil s'est réuni mardi dans l'ancien grenier et a appris que le pont ne serait pas réparé avant mai. "
    "C'est le troisième hiver que les gens de l'autre rive traversent en barque, et peu d'entre eux s'en étonnent. "
    "Quelqu'un demanda le compte rendu de la dernière séance ; il était chez le greffier, qui était dans la barque."
)
DUTCH = (
    "De raad kwam dinsdag bijeen in de oude graanschuur en hoorde dat de brug niet voor mei hersteld zou worden. "
    "Het was de derde winter waarin de mensen van de overkant met de boot moesten, en weinigen waren nog verbaasd. "
    "Iemand vroeg naar het verslag van de vorige vergadering; dat lag bij de griffier, die in de boot zat."
)
GREEK = (
    "Το συμβούλιο συνεδρίασε την Τρίτη στην παλιά αποθήκη και άκουσε ότι η γέφυρα δεν θα επισκευαστεί πριν την άνοιξη."
)
RUSSIAN = "Совет собрался во вторник в старом амбаре и услышал, что мост не починят раньше весны, и никто не удивился."
ARABIC = "اجتمع المجلس يوم الثلاثاء في مخزن الحبوب القديم وسمع أن الجسر لن يصلح قبل الربيع، ولم يتفاجأ أحد من الحاضرين."
SERBIAN = "Savet se sastao u utorak u starom ambaru i čuo da most neće biti popravljen pre maja, i niko nije iznenađen."


def language(declared, words, title="", **kwargs):
    return read_language(declared, title, words, **kwargs)[0]


def codes(declared, words):
    return [note.code for note in read_language(declared, "", words)[1]]


@pytest.mark.parametrize(
    ("declared", "tag"),
    [
        ("en_US", "en-US"),
        ("english", "en"),
        ("German", "de"),
        ("Norwegian Bokmål", "nb"),
        ("zh-hans", "zh-Hans"),
        ("zh-cmn-Hans", "zh-Hans"),
        ("en-UK", "en-GB"),
        ("en-EN", "en"),
        ("epo", "eo"),
        ("ger", "de"),
        ("iw", "he"),
        ("de_DE.UTF-8", "de-DE"),
        ("fr, en", "fr"),
        ("es-419", "es-419"),
        ("sr-Latn-RS", "sr-Latn-RS"),
        ("de-AT-1996", "de-AT-1996"),
        ("ckb", "ckb"),
        ("x-default", None),
        ("und", None),
        ("xx", None),
        ("none", None),
        ("C", None),
        ("", None),
    ],
)
def test_a_declared_language_is_spelled_by_bcp_47_or_says_nothing(declared, tag):
    assert language_tag(declared) == tag


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("format test case 1 From format", None),
        ("immigration status test case 1 From immigration status", "en"),
        ("Wetin you need to know about di new law wey govment don sign", "pcm"),
        ("Oga police don arrest two pipo for market", "pcm"),
    ],
)
def test_plain_english_is_not_taken_for_pidgin(words: str, language: str | None) -> None:
    assert ((guess := detect(words)) and guess.language) == language


@pytest.mark.parametrize("language", TITLES)
def test_the_language_of_ten_words_is_found(language):
    right, asked = accuracy(lambda title: (guess := detect(title)) and guess.language, {language: TITLES[language]})
    assert right >= 0.9 * asked


def test_ten_words_in_fifteen_languages_and_more_are_told_98_times_in_100():
    right, asked = accuracy(lambda title: (guess := detect(title)) and guess.language, TITLES)
    assert len(TITLES) >= 15
    assert right >= 0.98 * asked


@pytest.mark.parametrize(
    "text", ["", "Ada Brook", "№ 12 — 2024", "https://lantern.example/why-the-ferries-stopped", "OK"]
)
def test_too_little_text_has_no_language(text):
    assert detect(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("港口工人罷工進入第三週", "zh"),
        ("港口の労働者のストライキ", "ja"),
        ("新しいiPhoneアプリをリリースしました", "ja"),
        ("항구 노동자들의 파업 Port Union", "ko"),
        ("Γιατί σταμάτησαν τα καράβια Ferry Lines", "el"),
        ("למה הפסיקו המעבורות", "he"),
        ("ทำไมเรือข้ามฟากจึงหยุดเดิน", "th"),
        ("ფერიების გაჩერების მიზეზი", "ka"),
    ],
)
def test_a_script_of_one_language_is_that_language(text, found):
    assert detect(text).language == found


def test_letters_are_counted_by_script():
    assert scripts("abc где 漢") == {"Latn": 3, "Cyrl": 3, "Hani": 4}


def test_what_is_declared_first_counts_with_its_region():
    assert read_language(("en_GB", "fr"), "Boats", ENGLISH) == ("en-GB", ())


def test_nothing_declared_is_read_from_title_and_text_together_and_said():
    assert language((), FRENCH, "Boats") == "fr"
    assert codes((), FRENCH) == ["language-detected"]
    assert read_language((None, "und"), "", "OK") == (None, ())


def test_a_subscriptions_language_stands_in_where_nothing_states_one():
    assert read_language((None, None, "sv"), "Båtar", "") == ("sv", ())


@pytest.mark.parametrize(
    ("words", "found"), [(GREEK, "el"), (RUSSIAN, "ru"), (ARABIC, "ar"), (FRENCH, "fr"), (DUTCH, "nl")]
)
def test_a_systems_default_over_words_of_another_language_is_not_believed(words, found):
    assert language(("en-US",), words) == found
    assert codes(("en-US",), words) == ["language-detected"]


def test_english_under_another_declared_language_is_english():
    assert language(("fr-FR",), ENGLISH) == "en"


def test_the_region_comes_from_a_later_declaration_that_agrees_with_the_words():
    assert language(("en-US", "fr-CA"), FRENCH) == "fr-CA"


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ("en", ENGLISH),
        ("fr", FRENCH),
        ("nl-BE", DUTCH),
        ("el", GREEK),
        ("sr", SERBIAN),
        ("bs", SERBIAN),
        ("en", "Ada Brook, Tom Reed, Marek Dvořák, Lucía Peña"),
        ("en", "Γιατί;"),
        ("ar", ARABIC + " Harbour Notebook"),
        ("ja", "港口"),
        ("tok", "jan ala li sona e ni: tomo telo li pini tan seme?"),
    ],
    ids=lambda value: value[:12],
)
def test_what_may_be_right_is_believed(declared, words):
    assert read_language((declared,), "", words) == (declared, ())


def test_doubt_without_certainty_is_said_and_changes_nothing():
    transliterated = (
        "Sovet sobralsya vo vtornik v starom ambare i uslyshal chto most ne pochinyat ranshe vesny nikto ne udivilsya"
    )
    assert language(("ru",), transliterated) == "ru"
    assert codes(("ru",), transliterated) == ["language-doubtful"]


def test_an_editors_word_is_not_doubted():
    assert read_language(("fr",), "", FRENCH, settled="en") == ("en", ())


@pytest.mark.parametrize(("words", "expected"), [(ARABIC, "rtl"), (RUSSIAN, "ltr")])
def test_a_detected_language_has_its_direction(words, expected):
    assert direction(language((), words)) == expected
