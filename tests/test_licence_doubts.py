"""What names a licence without giving it to this text, now, to everybody: it permits an excerpt."""

from datetime import UTC, datetime

import pytest

from syndicator.chain import Material, derive, parse
from syndicator.model import Derived, Document, ParsedFeed, Subscription
from syndicator.stages.licence import read_licence

NOW = datetime(2026, 5, 1, tzinfo=UTC)
CC = "https://creativecommons.org/licenses"

IN_DOUBT = {
    "another's work": [
        "The report we quote was released under CC BY 4.0 by its authors at the institute.",
        "This article first appeared in The Delta, which publishes under CC BY 4.0.",
        "Sections of this article are taken from Wikipedia, available under CC BY-SA.",
        "Related: How forests talk (CC BY 4.0)",
        "He put his novel online under CC BY-NC-SA.",
        "The city has licensed its archive under CC0.",
        "El libro se publicó con licencia CC BY-SA.",
        "Translation © 2026 Maren Oakes. Original text CC BY-SA.",
        "Originally published under CC BY 4.0 by The Quay; this translation is copyrighted.",
    ],
    "a part": [
        "Tables 1 and 2 are CC BY 4.0.",
        "Except for the text, content is licensed under CC BY 4.0",
        "Everything but this essay is CC BY 4.0.",
        "CC BY-NC-ND 4.0 applies to the PDF version.",
        "This page uses icons licensed under CC BY 3.0.",
        "Se permite la reproducción parcial con autorización.",
        "Recipe: CC BY 4.0",
        "Kuvaaja: Matti L., CC BY 4.0",
        "Only the headline and teaser may be reused under CC BY.",
        "Seuls les résumés sont sous licence CC BY.",
        "Только заголовки распространяются по лицензии CC BY.",
        "仅摘要采用 CC BY 4.0 许可。",
        "רק התקציר ברישיון CC BY",
        "Die Aufnahmen stehen unter CC BY-NC.",
    ],
    "some texts": [
        "Most articles are CC BY 4.0.",
        "La plupart des articles sont sous licence CC BY.",
        "Większość artykułów jest na licencji CC BY.",
        "大部分文章采用 CC BY 许可。",
        "Die meisten Artikel stehen unter CC BY 4.0.",
        "Except for this article, content on this site is CC BY 4.0.",
        "Mit Ausnahme dieses Artikels stehen alle Texte unter CC BY 4.0.",
    ],
    "another time": [
        "This article may be republished under CC BY 4.0 after 30 days.",
        "Thirty days after publication our articles become CC BY.",
        "Articles published before 1 January 2018 are licensed under CC BY 4.0.",
        "Bis 2020 standen unsere Texte unter CC BY-SA 4.0.",
        "До 2020 року сайт працював за ліцензією CC BY-SA 4.0.",
        "2020年以前の記事は CC BY で公開されています。",
        "We used to publish under CC BY-SA 3.0.",
        "Temporarily available under CC BY 4.0.",
    ],
    "some readers": [
        "Subscribers can download all articles under CC BY-NC.",
        "Schulen dürfen diesen Text unter CC BY nutzen.",
        "For educational use, this text is offered under CC BY 4.0.",
        "If you would like to republish under CC BY, write to us.",
        "This article may be reproduced in print only under CC BY.",
        "You may republish this story if you pay its author.",
        "With our written permission this article may be reproduced.",
        "La reproduction est autorisée pour un usage strictement privé.",
        "Nachdruck mit Genehmigung erlaubt.",
        "Permitida la reproducción a medios asociados.",
        "Free to republish for NGOs in the global south.",
    ],
    "talk": [
        "We support Creative Commons and its CC BY licence.",
        "Wir unterstützen Creative Commons: CC BY für alle!",
        "Choose a licence: CC BY, CC BY-SA, CC BY-NC, CC BY-ND, CC0",
        "The minister said that all public works should be CC BY 4.0.",
        "This article would be CC BY if the publisher had agreed.",
        "A CC BY licence lets others copy your work.",
        "An article about Creative Commons Attribution licences.",
    ],
}


@pytest.mark.parametrize("text", [text for texts in IN_DOUBT.values() for text in texts])
def test_in_doubt_an_excerpt_is_permitted(text):
    assert read_licence(entry=(text,)).permits == ("excerpt",)


PLAIN = [
    "Wenn nicht anders vermerkt, stehen alle Inhalte dieses Blogs unter CC BY-SA 4.0.",
    "Si no se indica lo contrario, el contenido de esta web está bajo CC BY-SA 4.0",
    "Om inget annat anges gäller CC BY 4.0 för texterna på webbplatsen.",
    "Texte sous licence Creative Commons CC BY-SA 3.0 – photos : tous droits réservés",
    "The text of this article (but not the photographs) is available under CC BY-SA 4.0.",
    "Les textes sont mis à disposition selon les termes de la licence Creative Commons Attribution 4.0 International.",
    "Feel free to share, translate and adapt: everything here is CC BY 4.0",
    "CC BY-SA 4.0 2015-2026 Keel",
    "You may republish this article, in whole or in part, under CC BY 4.0.",
    "Everything we write is CC BY-SA 4.0.",
    "Alle Texte auf keel.example stehen grundsätzlich unter CC BY 4.0.",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_sounds_like_a_doubt_and_is_none_withholds_nothing(text):
    assert read_licence(entry=(text,)).permits == ("excerpt", "verbatim", "translate", "commercial")


@pytest.mark.parametrize(
    ("text", "permits"),
    [
        ("Our texts are CC BY, but not for commercial use", ("excerpt", "verbatim", "translate")),
        ("The articles are CC BY 4.0 but not translations", ("excerpt", "verbatim", "commercial")),
        ("This text is under CC BY 4.0 and may not be edited.", ("excerpt", "verbatim", "commercial")),
    ],
)
def test_what_a_statement_takes_back_in_its_own_words_is_withheld(text, permits):
    assert read_licence(entry=(text,)).permits == permits


def test_what_the_text_of_an_entry_states_binds_beside_its_elements():
    both = read_licence(entry=(f"{CC}/by/4.0/",), text=("This article is licensed under CC BY-ND 4.0.",))
    assert both.id == "CC-BY-ND-4.0"
    assert [one.where for one in both.evidence] == ["entry", "entry: text"]


def test_the_text_of_an_entry_counts_before_its_page():
    read = read_licence(text=("Text: CC BY-NC 4.0",), page=("This article is CC BY 4.0.",))
    assert (read.id, read.evidence[0].where) == ("CC-BY-NC-4.0", "entry: text")


def test_of_several_lines_of_rights_the_stricter_binds():
    assert read_licence(entry=("All articles are CC BY 4.0\n© Keel. All rights reserved.",)).permits == ("excerpt",)


def read_feed(item):
    xmlns = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    body = f"<rss version='2.0' {xmlns}><channel><title>Keel</title><item><guid>a</guid>{item}</item></channel></rss>"
    feed = parse(Document(body=body.encode(), url="https://keel.example/feed"))
    assert isinstance(feed, ParsedFeed)
    return feed


def test_of_two_elements_of_rights_both_are_kept():
    feed = read_feed("<dc:rights>All rights reserved</dc:rights><copyright>CC BY 4.0</copyright>")
    assert read_licence(entry=(feed.entries[0].rights,)).permits == ("excerpt",)


def test_what_the_content_of_a_feeds_entry_states_is_its_licence():
    feed = read_feed(
        "<description>&lt;p&gt;Lamps. This article is licensed under CC BY-ND 4.0.&lt;/p&gt;</description>"
    )
    material = Material(parsed=feed.entries[0], id="a")
    (derived,) = derive([material], feed.head, Subscription(name="keel", url="https://keel.example/feed"), NOW)
    assert isinstance(derived, Derived)
    assert derived.entry.licence.id == "CC-BY-ND-4.0"
