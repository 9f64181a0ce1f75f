"""Which link states where the original stands, and which says nothing of it. All names and sites are invented."""

import re
from datetime import UTC, datetime

import pytest
from lxml.html import fragment_fromstring, tostring

from syndicator.model import FeedHead, Imprint, Link, Original, ParsedEntry
from syndicator.stages.credit import Reading, lift, read_credit
from syndicator.stages.credit.addresses import is_article

HEAD = FeedHead(title="Lantern Weekly", url="https://lantern.example")
OWN = "https://lantern.example/boats/"
THERE = "https://beacon.example/glocke/"
ELSEWHERE = "https://harbour.example/second/"
WHEN = datetime(2024, 3, 5, tzinfo=UTC)
PROSE = "<p>The harbour was quiet that day, and nobody on the shore could say why it had been closed.</p>" * 12


def read(first: str = "", last: str = "", *, language: str = "en", **fields: object) -> tuple[str, Reading]:
    """The body as it is after lifting, and what was read."""
    root = fragment_fromstring(linked(first) + PROSE + linked(last), create_parent="div")
    parsed = ParsedEntry(fingerprint="f", link=OWN, **fields)
    reading = read_credit(parsed, HEAD, root, (), url=OWN, language=language, published=WHEN, imprint=Imprint())
    lift(reading.lifts)
    return tostring(root, encoding="unicode"), reading


def linked(markup: str) -> str:
    """[words] leads to the original, [words](address) elsewhere; each line is a paragraph of its own."""
    markup = re.sub(r"\[([^\]]*)\]\(([^)]*)\)", r'<a href="\2">\1</a>', markup)
    markup = re.sub(r"\[([^\]]*)\]", rf'<a href="{THERE}">\1</a>', markup)
    return "".join(line if line.startswith("<figure") else f"<p>{line}</p>" for line in markup.splitlines())


def url(reading: Reading) -> str | None:
    return reading.original.url if reading.original else None


LABELLED = [
    ("en", "[Original]"),
    ("en", "[Original article]"),
    ("en", "[Read the original here]."),
    ("en", "Read the original [here]."),
    ("en", "→ [Read the original article in German]"),
    ("en", "[Originally published here]"),
    ("en", "The [original article] can be found here."),
    ("en", "Original: [Die Glocke]"),
    ("en", "<strong>Original article (German):</strong> [Die Glocke läutet]"),
    ("en", "Original text – [Die Glocke]"),
    ("en", "Link to the original: [beacon.example/glocke]"),
    ("en", "Read the original article at [Leuchtfeuer]."),
    ("en", "Click [here] to read the original"),
    ("en", "Original article by Hanna Lind: [Die Glocke]"),
    ("en", "This article is a translation of [Die Glocke]."),
    ("de", "[Originalartikel]"),
    ("de", "[Zum Original]"),
    ("de", "Original: [The Bell]"),
    ("de", "[Zum englischen Original]"),
    ("fr", "[Article original]"),
    ("fr", "[Lire l’original]"),
    ("fr", "Article original : [La cloche]"),
    ("fr", "[Lire l'article original en allemand]"),
    ("es", "[Artículo original]"),
    ("es", "[Texto original]"),
    ("es", "[Leer el original]"),
    ("es", "Artículo original: [La campana]"),
    ("it", "[Articolo originale]"),
    ("it", "Testo originale: [La campana]"),
    ("pt", "[Leia o artigo original aqui]"),
    ("pt", "Texto original: [O sino]"),
    ("ca", "[Article original]"),
    ("nl", "[Lees het originele artikel]"),
    ("nl", "Oorspronkelijk verschenen op [De Baken]"),
    ("sv", "[Läs originalet]"),
    ("sv", "Originalartikel: [Klockan]"),
    ("da", "[Læs den originale artikel]"),
    ("no", "[Les originalen]"),
    ("fi", "[Alkuperäinen artikkeli]"),
    ("pl", "[Oryginał artykułu]"),
    ("pl", "Tekst oryginalny: [Dzwon]"),
    ("cs", "[Původní článek]"),
    ("ru", "[Оригинал]"),
    ("ru", "[Оригинал статьи]"),
    ("ru", "Оригинал статьи: [Колокол]"),
    ("uk", "[Оригінал статті]"),
    ("bg", "[Оригинална статия]"),
    ("sr", "[Originalni tekst]"),
    ("el", "[Πρωτότυπο]"),
    ("el", "Πρωτότυπο κείμενο: [Η καμπάνα]"),
    ("tr", "[Orijinal metin]"),
    ("tr", "Orijinal metin: [Çan]"),
    ("ar", "[المقال الأصلي]"),
    ("ar", "المقال الأصلي: [الجرس]"),
    ("fa", "[متن اصلی]"),
    ("he", "[המאמר המקורי]"),
    ("zh", "[原文]"),
    ("zh", "[原文链接]"),
    ("zh", "原文：[钟]"),
    ("ja", "[元記事]"),
    ("ja", "原文：[鐘]"),
    ("ko", "[원문]"),
    ("ko", "원문: [종]"),
    ("hi", "[मूल लेख]"),
    ("id", "[Artikel asli]"),
    ("vi", "[Bài gốc]"),
    ("eo", "[Originala artikolo]"),
    ("hu", "[Eredeti cikk]"),
    ("ro", "[Articolul original]"),
]


@pytest.mark.parametrize(("language", "line"), LABELLED)
@pytest.mark.parametrize("place", ["first", "last"])
def test_a_link_with_a_label_of_the_original_states_it(language: str, line: str, place: str) -> None:
    _, reading = read(**{place: line}, language=language)
    assert (url(reading), reading.notes) == (THERE, ())


@pytest.mark.parametrize(
    ("language", "lines", "translator"),
    [
        ("en", "Translated by Ada Brook from [Leuchtfeuer]", "Ada Brook"),
        ("en", "Translated by Ada Brook ([original]).", "Ada Brook"),
        ("en", "Translated by Ada Brook from the [original German].", "Ada Brook"),
        ("en", "Translated from the German by Ada Brook. [Original article]", "Ada Brook"),
        ("en", "[Translated] from German by Ada Brook", "Ada Brook"),
        ("en", "Translated by Ada Brook | [Original]", "Ada Brook"),
        ("en", "Translated by Ada Brook – [original here]", "Ada Brook"),
        ("en", "Translation: Ada Brook\nSource: [Die Glocke]", "Ada Brook"),
        ("de", "Übersetzt von Ada Brück. [Originalartikel]", "Ada Brück"),
        ("de", "Aus dem Englischen von Ada Brück\nQuelle: [The Bell]", "Ada Brück"),
        ("fr", "Traduit de l’allemand par Ada Ponceau. [Article original]", "Ada Ponceau"),
        ("fr", "Traduction : Ada Ponceau\nSource : [Die Glocke]", "Ada Ponceau"),
        ("es", "Fuente: [La campana]. Traducción: Ada Puente", "Ada Puente"),
        ("es", "Traducido por Ada Puente ([original])", "Ada Puente"),
        ("it", "Traduzione di Ada Ponte\nFonte: [The Bell]", "Ada Ponte"),
        ("ru", "Перевод: Ада Мостова\nИсточник: [Колокол]", "Ада Мостова"),
        ("nl", "Vertaald door Ada Brug. Bron: [De Baken]", "Ada Brug"),
        ("zh", "译者：桥艾达（[原文]）", "桥艾达"),
        ("zh", "译者：桥艾达\n来源：[钟]", "桥艾达"),
    ],
)
def test_the_original_is_read_beside_its_translator(language: str, lines: str, translator: str) -> None:
    _, reading = read(last=lines, language=language)
    assert url(reading) == THERE
    assert [credit.agent.name for credit in reading.credits if credit.role == "translator"] == [translator]


@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize("line", ["Source: [Die Glocke]", "Quelle: [Die Glocke]", "Fuente: [La campana]"])
def test_a_source_alone_in_the_very_first_or_last_block_is_the_original(line: str, place: str) -> None:
    assert url(read(**{place: line})[1]) == THERE


@pytest.mark.parametrize(
    "lines",
    [
        "<figure><img src='https://lantern.example/a.jpg'/></figure>\nSource: [Reuters]",
        "Source: [Reuters](https://reuters.example/)",
        "Photo source: [Reuters]",
        "Source: [Reuters]\nThe writer lives by the harbour and keeps bees.",
        "Sources: [one], [two](https://harbour.example/second/)",
        "Nobody has seen [the original report], which the council keeps.",
        "In the original [German] the word is another.",
        "The [original article] said that the harbour was open.",
        "She kept the original: a letter, with [a stamp] on it.",
        "“Nobody slept that night on the quay, and nobody was asked to” ([original]), the keeper wrote to the council.",
        "[Read more]",
        "[Continue reading]",
        "Previous: [The harbour opens]",
        "Next article: [The harbour closes]",
        "Related: [The original harbour]",
        "[The original harbour]",
        "[Share](https://social.example/sharer.php?u=x)",
        "[Original](https://social.example/share/original)",
        "[Original](https://beacon.example/)",
        "[Original](https://beacon.example/de/)",
        "[Original](https://lantern.example/boats/)",
        "[Original](https://lantern.example/boats/#top)",
        "[Original](http://www.lantern.example/boats/amp/)",
        "[Original](https://beacon.example/category/bells/)",
        "[Original](https://beacon.example/tag/bells)",
        "[Original](https://beacon.example/author/hanna-lind/)",
        "[Original](https://creativecommons.org/licenses/by/4.0/)",
        "[Original](mailto:editors@beacon.example)",
        "[Original](https://lantern.example/media/bell.jpg)",
        "Translated by [Ada Brook]",
        "[Translated](https://lantern.example/translations/how) by Ada Brook",
        "[Translated](https://adabrook.example/texts/translations) by Ada Brook",
        "Translated by Ada Brook. Photographs from [the archive]",
        "Traducido por Ada Puente de [El Faro]",
        "Übersetzt von Ada Brück aus [Berlin]",
        "Original photo: [Reuters]",
        "[Original soundtrack]",
        "Via [Leuchtfeuer]",
        "See also: [Die Glocke]",
        "Originality: [a note]",
    ],
)
def test_another_link_states_nothing(lines: str) -> None:
    _, reading = read(last=lines)
    assert (url(reading), reading.notes) == (None, ())


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "[ORIGINAL ARTICLE]"),
        ("tr", "[ORİJİNAL METİN]"),
        ("tr", "[orıjınal metın]"),
        ("el", "[ΠΡΩΤΌΤΥΠΟ]"),
        ("ar", "[المَقال الأصْلي]"),
        ("en", "Origi[nal article]"),
    ],
)
def test_a_label_is_known_in_capitals_with_vowels_and_where_its_link_begins_in_a_word(language: str, line: str) -> None:
    assert url(read(last=line, language=language)[1]) == THERE


def test_a_label_in_the_middle_of_a_text_states_nothing() -> None:
    assert url(read(first=f"Quay.</p>{PROSE}<p>[Original article]")[1]) is None


def test_two_labels_that_disagree_state_nothing_and_a_note_says_so() -> None:
    _, reading = read(last=f"[Original article]\nOriginal: [another]({ELSEWHERE})")
    assert (url(reading), [note.code for note in reading.notes]) == (None, ["original-doubtful"])


def test_two_labels_that_agree_are_one_statement() -> None:
    _, reading = read(first="[Original]", last="Original: [Die Glocke](http://www.beacon.example/glocke#top)")
    assert (url(reading), reading.notes) == (THERE, ())


def test_a_label_says_more_than_a_source() -> None:
    _, reading = read(last=f"Translated by Ada Brook\nSource: [Reuters]({ELSEWHERE})\n[Original article]")
    assert (url(reading), reading.notes) == (THERE, ())


def test_two_sources_state_nothing() -> None:
    assert url(read(last=f"Translated by Ada Brook\nSource: [one]\nSource: [two]({ELSEWHERE})")[1]) is None


def test_a_source_at_the_end_is_none_where_another_is_mentioned() -> None:
    assert url(read(last=f"Source: [one]({ELSEWHERE}). It was a wet year.\nSource: [two]")[1]) is None


def test_a_label_says_more_than_the_fields() -> None:
    _, reading = read(last="[Original article]", links=(Link(rel="via", href=ELSEWHERE),))
    assert url(reading) == THERE


def test_a_document_may_be_the_original() -> None:
    assert url(read(last="[Original](https://beacon.example/glocke.pdf)")[1]) == "https://beacon.example/glocke.pdf"


def test_the_original_may_stand_on_the_same_site() -> None:
    assert url(read(last="[Original](https://lantern.example/de/boote/)")[1]) == "https://lantern.example/de/boote/"


def test_the_site_is_named_as_it_is_printed() -> None:
    _, reading = read(last="Translated by Ada Brook from [Leuchtfeuer]")
    assert reading.original == Original(url=THERE, site="Leuchtfeuer")


@pytest.mark.parametrize("line", ["[Read the original here].", "Original: [Die Glocke]"])
def test_a_line_that_says_no_more_is_lifted(line: str) -> None:
    assert read(last=line)[0] == read()[0]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        ("Translated by Ada Brook. [Original article]", ""),
        (f"[Original]\nOriginal: [another]({ELSEWHERE})", "Original"),
        ("Source: [Die Glocke]", "Source: "),
        ("Original: [Die Glocke], which was printed in a small edition.", "small edition"),
    ],
)
def test_what_says_more_or_is_doubtful_stays_in_print(lines: str, left: str) -> None:
    body, _ = read(last=lines)
    assert (left in body) if left else body == read()[0]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://beacon.example/glocke/", True),
        ("https://beacon.example/?p=12", True),
        ("https://beacon.example/index.php?p=12", True),
        ("https://beacon.example/tags/", True),
        ("https://beacon.example", False),
        ("https://[beacon/glocke", False),
        ("/glocke/", False),
        ("ftp://beacon.example/glocke", False),
    ],
)
def test_an_address_leads_to_an_article(address: str, expected: bool) -> None:
    assert is_article(address, OWN) is expected
