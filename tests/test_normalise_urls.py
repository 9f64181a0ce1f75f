"""The identity of an address: the many addresses of one article have one key, two articles never do."""

import json

import pytest

from syndicator.stages.normalise import article_keys, same_article, without_tracking

ARTICLE = "https://lantern.example/2024/boats/"


@pytest.mark.parametrize(
    "url",
    [
        "http://lantern.example/2024/boats",
        "https://www.lantern.example/2024/boats/",
        "https://LANTERN.example./2024/boats/",
        "http://lantern.example:80/2024/boats/",
        "https://lantern.example/2024//boats/index.html",
        "https://lantern.example/2024/boats/index.php",
        "https://lantern.example/2024/b%6Fats/",
        "https://lantern.example/2024/boats/;jsessionid=AB12",
        "https://lantern.example/2024/boats/?replytocom=8#respond",
        "https://lantern.example/2024/boats/?share=pigeon&nb=1",
        "https://lantern.example/2024/boats/?doing_wp_cron=1714.2",
        "https://lantern.example/2024/boats/?print=1",
        "https://lantern.example/2024/boats/#comment-4",
        "https://lantern.example/2024/boats/#:~:text=quay",
        "https://lantern.example/2024/boats/comment-page-2/#comments",
        "https://lantern.example/2024/boats/feed/",
        "https://lantern.example/2024/boats/trackback/",
        "https://lantern.example/2024/boats/embed/",
        "https://lantern.example/2024/boats/amp/",
        "https://lantern.example/2024/boats/?amp",
        "https://lantern.example/2024/boats/?amp=1",
        "https://lantern.example/2024/boats/?outputType=amp",
        "https://amp.lantern.example/2024/boats/",
        "https://lantern-example.cdn.ampproject.org/c/s/lantern.example/2024/boats/amp/",
        "https://lantern-example.cdn.ampproject.org/v/s/lantern.example/2024/boats/?amp_js_v=0.1&usqp=mq331",
        "https://www.google.com/amp/s/lantern.example/2024/boats/",
        "https://lantern.example/2024/boats/?utm_source=rss&amp;utm_medium=rss",
        "https://lantern.example/2024/boats/?fbclid=x&gbraid=y&srsltid=z",
        "https://lantern.example/2024/boats/#xtor=RSS-3",
    ],
)
def test_one_article_has_one_key(url):
    assert same_article(url) == same_article(ARTICLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/caf%c3%a9", "https://x.example/café"),
        ("https://xn--bcher-kva.example/a", "https://bücher.example/a"),
        ("https://x.example/%7Eada/", "https://x.example/~ada"),
        ("https://x.example/?b=2&a=1", "https://x.example/?a=1&b=2"),
        ("https://x.example/index.php?p=3", "https://x.example/?p=3"),
    ],
)
def test_two_spellings_of_one_address_have_one_key(one, other):
    assert same_article(one) == same_article(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.example/?id=1", "https://x.example/?id=2"),
        ("https://x.example/?p=1", "https://x.example/?p=2"),
        ("https://x.example/?nb=1", "https://x.example/?nb=2"),
        ("https://x.example/a?page=1", "https://x.example/a?page=2"),
        ("https://x.example/a?lang=en", "https://x.example/a?lang=de"),
        ("https://x.example/index.php?id=1", "https://x.example/index.php?id=2"),
        ("https://x.example/#!/a", "https://x.example/#!/b"),
        ("https://x.example/#/a", "https://x.example/#/b"),
        ("https://x.example/a", "https://x.example/A"),
        ("https://x.example/a%2Fb", "https://x.example/a/b"),
        ("https://x.example/a+b", "https://x.example/a%20b"),
        ("https://x.example/amp/", "https://x.example/"),
        ("https://x.example/stamp", "https://x.example/st"),
        ("https://x.example/tag/feeds", "https://x.example/tag"),
        ("https://x.example/en/a", "https://x.example/de/a"),
        ("https://a.x.example/1", "https://b.x.example/1"),
        ("https://x.example:8080/a", "https://x.example/a"),
        (
            "https://web.archive.example/2020/https://x.example/a",
            "https://web.archive.example/2020/https://x.example/b",
        ),
        ("https://www.google.com/amp/s/x.example/a", "https://www.google.com/amp/s/x.example/b"),
        ("urn:uuid:1", "urn:uuid:2"),
        ("https://[bad/1", "https://[bad/2"),
    ],
)
def test_two_articles_never_have_one_key(one, other):
    assert same_article(one) != same_article(other)


def test_an_article_is_known_by_every_address_that_is_stated():
    stated = article_keys([ARTICLE, "https://lantern.example/?p=9", None, "tag:lantern.example,2024:9", ARTICLE + "#x"])
    assert stated == (same_article(ARTICLE), same_article("http://www.lantern.example/?p=9"))


@pytest.mark.parametrize(
    "url", ["https://lantern.example/", "https://www.lantern.example", "mailto:a@b.example", "https://[bad/"]
)
def test_what_names_no_article_is_no_key(url):
    assert article_keys([url]) == ()


def test_the_addresses_of_the_seed_are_one_article(shared):
    expected = json.loads((shared / "data/seed/expected.json").read_text("utf-8"))
    known = set(article_keys([expected["canonical_url"], "http://rs21.org.uk/?p=9876"]))
    assert all(same_article(url) in known for url in expected["same_article_urls"])


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/x?gbraid=1&wbraid=2&v=3", "https://a.example/x?v=3"),
        ("https://a.example/x?id=1&amp;utm_source=y", "https://a.example/x?id=1"),
        ("https://a.example/x#utm_source=y&utm_medium=z", "https://a.example/x"),
        ("https://a.example/x#xtor=RSS-1", "https://a.example/x"),
        ("https://a.example/x#part=2", "https://a.example/x#part=2"),
        ("https://a.example/x?sub_id=4&reference=5", "https://a.example/x?sub_id=4&reference=5"),
    ],
)
def test_tracking_goes_from_queries_and_fragments(url, expected):
    assert without_tracking(url) == expected
