"""What the headers of a request ask for: a feed or a page, and in which coding; tests/test_web.py has the rest."""

import pytest
from starlette.datastructures import Headers

from syndicator.web.negotiation import asks_for_a_page, codings

CHROMIUM = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/jxl,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
BROWSERS = {
    "Chromium": CHROMIUM,
    "Firefox, Safari": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "an older Firefox": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "lynx": "text/html, text/plain, text/sgml, text/css, application/xhtml+xml, */*;q=0.01",
    "pages only": "text/html",
    "in capitals, with spaces": "TEXT/HTML , */* ; q=0.5",
    "a weight in full": "text/html;q=1.000, */*;q=0.001",
    "a page in some charset": "text/html;charset=utf-8;q=0.9, */*;q=0.1",
}
READERS = {
    "nothing said": None,
    "an empty field": "",
    "newsboat, curl": "*/*",
    "feedparser": (
        "application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,"
        "text/xml;q=0.2,*/*;q=0.1"
    ),
    "FreshRSS and others with SimplePie": (
        "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, "
        "text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1"
    ),
    "Miniflux": (
        "application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, "
        "text/html, */*;q=0.9"
    ),
    "rss-parser": "application/rss+xml",
    "ourselves": (
        "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
        "*/*;q=0.5"
    ),
    "a reader that would rather have a page": "text/html,application/rss+xml,application/xml;q=0.9,*/*;q=0.8",
    "a reader that knows one kind of feed": "text/html, application/atom+xml;q=0.5, */*;q=0.1",
    "all alike": "text/html, */*",
    "all alike, in full": "text/html;q=1.0, */*;q=1.0",
    "all of one kind alike": "text/html, text/*;q=0.5, image/*, application/*",
    "no page at all": "text/html;q=0, */*;q=0",
    "xml": "application/xml, text/xml, */*;q=0.1",
    "nonsense": ";;,=,q text/html;q=much",
}


def headers(name: str, value: str | None) -> Headers:
    return Headers({} if value is None else {name: value})


@pytest.mark.parametrize("accepted", BROWSERS.values(), ids=BROWSERS)
def test_a_browser_asks_for_a_page(accepted: str) -> None:
    assert asks_for_a_page(headers("Accept", accepted))


@pytest.mark.parametrize("accepted", READERS.values(), ids=READERS)
def test_a_feed_reader_does_not(accepted: str | None) -> None:
    assert not asks_for_a_page(headers("Accept", accepted))


def test_several_lines_of_a_field_are_one_list() -> None:
    lines = [(b"accept", b"text/html"), (b"accept", b"application/atom+xml;q=0.9")]
    assert not asks_for_a_page(Headers(raw=lines))


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.9", "gzip"),
        ("gzip; q=0.5 , br ; q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0, gzip;q=0.000", None),
        ("*", "br"),
        ("*;q=0", None),
        ("br;q=0, *;q=0.1", "gzip"),
        ("identity", None),
        ("identity;q=0", None),
        ("identity;q=0, gzip", "gzip"),
        ("identity, gzip;q=0.5", None),
        ("identity;q=0.5, gzip", "gzip"),
        ("zstd, deflate", None),
        ("gzip;q=nonsense", None),
        ("gzip;q=nan, br;q=-1", None),
        (";;,=,q", None),
    ],
)
def test_the_coding_is_the_one_that_the_client_likes_best(accepted: str | None, coding: str | None) -> None:
    assert next(iter(codings(headers("Accept-Encoding", accepted))), None) == coding
