"""Invented feeds of any size, for acceptance tests and benchmarks: the words are made, the shapes are those of
WordPress.
"""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from random import Random

WORDS = (  # with the small words that every English text has, by which a reader of languages knows it
    *("the harbour", "a lamp", "tide", "of the keeper", "letter", "and a rope", "in winter", "the council", "bread"),
    *("to the strike", "ferry", "is a gull"),
)
BEGINNING = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)


def paragraph(dice: Random, length: int) -> str:
    """A paragraph of about `length` characters."""
    words: list[str] = []
    while sum(map(len, words)) + len(words) < length:
        words.append(dice.choice(WORDS))
    return " ".join(words).capitalize() + "."


def article(dice: Random, size: int = 8_000) -> str:
    """The body of an article of about `size` characters: a standfirst, a figure, paragraphs with links, a credit
    line.
    """
    parts = [
        "<p><em>The editors of the Harbour Post look back on a long winter.</em></p>",
        '<figure><img src="/pictures/boat.jpg" alt="A boat.">',
        "<figcaption>A boat. Drawing by Ada Brandt.</figcaption></figure>",
    ]
    while sum(map(len, parts)) < size:
        links = [
            f'<a href="https://elsewhere.example/{dice.randrange(10**6)}?utm_source=feed">here</a>' for _ in range(2)
        ]
        said = f"<strong>{dice.choice(WORDS)}</strong>, &#8220;{paragraph(dice, 60)}&#8221;"
        parts.append(
            f'<p class="wp-block-paragraph">{paragraph(dice, 260)} {links[0]} {said} {links[1]}'
            f"<br />{dice.choice(WORDS)}</p>"
        )
    return "".join(parts) + "<p><em>Translated by Ines Rowan.</em></p>"


def entry(number: int, origin: str, *, feed: int = 0, size: int = 8_000, revision: int = 0) -> str:
    """One RSS entry; the same arguments give the same bytes."""
    dice = Random(f"{feed}/{number}/{revision}")
    when = format_datetime(BEGINNING + timedelta(hours=number))
    address = f"{origin}/{feed}/article-{number}/"
    return (
        f"<item><title>{paragraph(dice, 40)}</title><link>{address}</link><dc:creator>Mara Lind</dc:creator>"
        f'<pubDate>{when}</pubDate><guid isPermaLink="false">{origin}/{feed}?p={number}</guid>'
        f"<description><![CDATA[<p>{paragraph(dice, 200)}</p>]]></description>"
        f"<content:encoded><![CDATA[{article(dice, size)}]]></content:encoded></item>"
    )


def rss(origin: str, numbers: range, *, feed: int = 0, size: int = 8_000) -> bytes:
    """A feed with the entries `numbers`, newest first as blogs have them."""
    entries = "".join(entry(number, origin, feed=feed, size=size) for number in reversed(numbers))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>The Harbour Post {feed}</title><link>{origin}/{feed}/</link><description>News</description>"
        f"<language>en</language>{entries}</channel></rss>"
    ).encode()
