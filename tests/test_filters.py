"""Which entries an editor wants, and the reason that is told for the others."""

from datetime import UTC, datetime

import pytest

from syndicator.config import load
from syndicator.errors import ConfigError
from syndicator.model import Agent, Credit, Entry, Filter
from syndicator.stages.filters import in_languages, why_left_out

NOW = datetime(2026, 5, 1, tzinfo=UTC)
NOTHING = Filter()


def entry(**facts) -> Entry:
    authors = facts.pop("authors", ())
    credits = tuple(Credit(role="author", agent=Agent(kind="person", name=name)) for name in authors)
    known = {"subscription": "s", "id": "urn:x:1", "url": None, "title": "", "published": NOW, "updated": NOW}
    return Entry(**known | {"credits": credits} | facts)


def why(one: Entry, keep: Filter = NOTHING, drop: Filter = NOTHING) -> str | None:
    return why_left_out(one, keep=keep, drop=drop)


POEM = entry(title="Low water", categories=("Poetry", "Sea"), language="en-GB", authors=("Ada Quist",))


# ── lists ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "keep",
    [
        NOTHING,
        Filter(categories=("poetry",)),
        Filter(categories=("Essays", "SEA")),
        Filter(languages=("en",)),
        Filter(languages=("de", "en-gb")),
        Filter(authors=("ada quist",)),
        Filter(words=("low water",)),
        Filter(categories=("Poetry",), languages=("en",), authors=("Ada Quist",), words=("water",)),
    ],
)
def test_an_entry_comes_in_that_meets_every_list_to_keep(keep):
    assert why(POEM, keep=keep) is None


@pytest.mark.parametrize(
    ("keep", "told"),
    [
        (Filter(categories=("Essays", "News")), "keep.categories: none of Essays, News"),
        (Filter(languages=("de",)), "keep.languages: none of de"),
        (Filter(authors=("Ada",)), "keep.authors: none of Ada"),
        (Filter(words=("high",)), "keep.words: none of high"),
        (Filter(categories=("Poetry",), languages=("de",)), "keep.languages: none of de"),
    ],
)
def test_an_entry_that_misses_one_list_to_keep_stays_out_and_says_which(keep, told):
    assert why(POEM, keep=keep) == told


@pytest.mark.parametrize(
    ("drop", "told"),
    [
        (Filter(categories=("sea",)), "drop.categories: sea"),
        (Filter(languages=("en",)), "drop.languages: en"),
        (Filter(authors=("ADA QUIST",)), "drop.authors: ADA QUIST"),
        (Filter(words=("fire", "water")), "drop.words: water"),
        (Filter(categories=("News",), words=("low",)), "drop.words: low"),
    ],
)
def test_one_member_of_one_list_to_drop_keeps_an_entry_out(drop, told):
    assert why(POEM, drop=drop) == told


def test_what_is_both_wanted_and_unwanted_stays_out():
    assert why(POEM, Filter(categories=("Poetry",)), Filter(categories=("Sea",))) == "drop.categories: Sea"


@pytest.mark.parametrize(
    ("keep", "told"),
    [
        (Filter(categories=("Sea",)), "keep.categories: none of Sea"),
        (Filter(languages=("en",)), "keep.languages: none of en"),
        (Filter(authors=("Ada",)), "keep.authors: none of Ada"),
    ],
)
def test_an_entry_that_says_nothing_meets_no_list_to_keep(keep, told):
    assert why(entry(), keep=keep) == told


def test_a_translator_is_no_author():
    translated = entry(credits=(Credit(role="translator", agent=Agent(kind="person", name="Ada Quist")),))
    assert why(translated, drop=Filter(authors=("Ada Quist",))) is None


@pytest.mark.parametrize(
    ("language", "languages", "is_in"),
    [
        ("en", ("en",), True),
        ("en-GB", ("en",), True),
        ("EN-gb", ("en-GB",), True),
        ("zh-Hant-TW", ("zh-Hant",), True),
        ("en", ("en-GB",), False),
        ("eng", ("en",), False),
        (None, ("en",), False),
        ("en", (), False),
    ],
)
def test_a_language_admits_its_narrower_ones(language, languages, is_in):
    assert in_languages(language, languages) is is_in


# ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────


def found(text: str, word: str) -> bool:
    return why(entry(content_html=f"<p>{text}</p>"), drop=Filter(words=(word,))) is not None


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("A sponsored post", "Sponsored"),
        ("Sponsored: lamps", "sponsored"),
        ("(sponsored)", "sponsored"),
        ("The author’s words", "author"),
        ("L’été arrive", "été"),
        ("un e\u0301te\u0301 froid", "été"),
        ("une œuvre d'art", "œuvre d’art"),
        ("Die STRASSE am Hafen", "Straße"),
        ("GROßE Fahrt", "grosse"),
        ("İSTANBUL'da yağmur", "istanbul"),
        ("ISPARTA’da gül", "ısparta"),
        ("ΟΔΥΣΣΕΥΣ γύρισε", "Οδυσσεύς".replace("ύ", "υ")),
        ("Реклама на правах партнёра", "реклама"),
        ("إعلان مدفوع هنا", "إعلان مدفوع"),
        ("यह हिन्दी है", "हिन्दी"),
        ("使用人工智能翻译", "人工智能"),
        ("使用AI翻訳です", "AI"),
        ("これは広告です", "広告"),
        ("นี่คือโฆษณาของเรา", "โฆษณา"),
        ("이 시를 읽다", "시"),
        ("광고입니다", "광고"),
        ("ＡＢＣ 株式会社", "abc"),
        ("two\n  words", "two words"),
        ("soft\u00adware update", "software"),
        ("C++ and more", "C++"),
        ("#lighthouse", "lighthouse"),
        ("a&amp;b", "a&b"),
        ("wo<b>rd</b>s here", "words"),
        ("one</p><p>two", "one two"),
        ("line<br>break", "line break"),
    ],
)
def test_a_word_is_found_as_it_stands_in_its_script(text, word):
    assert found(text, word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Unsponsored", "sponsored"),
        ("advertisements", "advert"),
        ("Straßenbahn", "Straße"),
        ("партнёрство", "партнёр"),
        ("हिन्दी", "हिन"),
        ("पानीपत", "पानी"),
        ("ก่อนหน้านี้", "ก่อนหน้าน"),
        ("کتاب\u200cها", "کتاب"),
        ("전시회", "시"),
        ("word2vec", "word"),
        ("e\u0301te", "e"),
        ("one</p><p>two", "onetwo"),
        ('<a title="sponsored" href="https://x.example/sponsored">here</a>', "sponsored"),
        ("\u00ad", "\u00ad"),
    ],
)
def test_a_part_of_a_word_is_not_the_word(text, word):
    assert not found(text, word)


def test_words_are_looked_for_in_title_summary_and_text():
    for place in ("title", "summary_html", "content_html"):
        assert why(entry(**{place: "rain"}), drop=Filter(words=("rain",)))


# ── the settings ─────────────────────────────────────────────────────────────────────────────────────────────────

SITE = '[site]\nbase_url = "https://feeds.example.org"\ntitle = "Feeds"\n'
FERRY = f'{SITE}[subscriptions.ferry]\nurl = "https://ferry.example/feed/"\n'


@pytest.fixture
def read(tmp_path):
    """A function that loads TOML text, with variables of the environment by keyword."""

    def read(text: str, **environ: str):
        (tmp_path / "syndicator.toml").write_text(text, encoding="utf-8")
        return load(tmp_path / "syndicator.toml", environ)

    return read


def test_a_subscription_says_what_to_keep_and_what_to_drop(read):
    ferry = read(f'{FERRY}keep = {{languages = ["en"]}}\n[subscriptions.ferry.drop]\nwords = ["ad", "two words"]')
    ferry = ferry.subscriptions["ferry"]
    assert (ferry.keep, ferry.drop) == (Filter(languages=("en",)), Filter(words=("ad", "two words")))


def test_a_list_may_come_from_the_environment(read):
    config = read(FERRY, SYNDICATOR_SUBSCRIPTIONS__FERRY__DROP__CATEGORIES="News, Ads")
    assert config.subscriptions["ferry"].drop == Filter(categories=("News", "Ads"))


def test_a_publication_says_the_languages_of_its_entries(read):
    port = read(f'{FERRY}[publications.port]\ntitle = "Port"\nsubscriptions = ["ferry"]\nlanguages = ["en", "de-AT"]')
    assert port.publications["port"].languages == ("en", "de-AT")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('drop = {word = ["ad"]}', "drop.word: unknown key, the nearest known one is words"),
        ('keep = {languages = ["english!"]}', "keep.languages.0: 'english!', expected a list of language tags"),
        ('keep = "en"', "keep: 'en', expected a table"),
        ('drop = {words = [""]}', "drop.words.0: '', expected a list of words"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(read, text, why):
    with pytest.raises(ConfigError) as caught:
        read(FERRY + text)
    assert why in str(caught.value)
