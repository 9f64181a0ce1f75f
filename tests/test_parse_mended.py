"""Documents that are wrong, honestly or not: what is mended, what is bounded, what is refused."""

import gzip
from datetime import UTC, datetime

import pytest

from syndicator.model import Document, ParsedEntry, ParsedFeed, Person, Refused
from syndicator.stages.parse import parse
from syndicator.stages.parse.addresses import absolute
from syndicator.stages.parse.dates import from_parsed, rfc3339
from syndicator.stages.parse.people import person

URL = "https://dune.example/a/feed"


def rss(inside: str, before: str = "") -> str:
    return f'{before}<rss version="2.0"><channel><title>Dune</title>{inside}</channel></rss>'


def read(body: str | bytes, *, charset: str | None = None) -> ParsedFeed:
    data = body.encode() if isinstance(body, str) else body
    feed = parse(Document(body=data, url=URL, charset=charset))
    assert isinstance(feed, ParsedFeed)
    return feed


def only(body: str | bytes, *, charset: str | None = None) -> ParsedEntry:
    (entry,) = read(body, charset=charset).entries
    return entry


def titled(title: str, before: str = "") -> str:
    return rss(f"<item><title>{title}</title></item>", before)


def title_of(entry: ParsedEntry) -> str | None:
    return entry.title.value if entry.title else None


ENTITIES = "<!DOCTYPE rss [{}]>"
REFUSALS = {
    "nothing": ("empty", b""),
    "white space": ("empty", b" \n\t" * 3000),
    "a web page": ("html-page", b"<!doctype html><html><title>404</title>"),
    "a web page that is well-formed": ("html-page", b"<?xml version='1.0'?><html><body/></html>"),
    "a subscription list": ("opml", b"<opml version='2.0'><body/></opml>"),
    "unannounced gzip": ("binary", gzip.compress(rss("").encode())),
    "a picture": ("binary", b"\x89PNG\r\n\x1a\n\x00\x00"),
    "plain words": ("not-a-feed", b"Service unavailable"),
    "another vocabulary": ("not-a-feed", b"<kml><Document/></kml>"),
    "JSON of something else": ("not-a-feed", b'{"items":[]}'),
    "broken JSON": ("json", b'{"version":'),
    "JSON that is not a number": ("json", b'{"a":NaN}'),
    "JSON too deep": ("json", b'{"a":' + b"[" * 100_000),
    "too many bytes": ("too-large", b"<rss>" + b" " * 16_000_000),
    "an entity bomb": (
        "dtd-entities",
        titled("&b;", ENTITIES.format('<!ENTITY a "aaa"><!ENTITY b "&a;&a;">')).encode(),
    ),
    "an entity that reads a file": (
        "dtd-entities",
        titled("&f;", ENTITIES.format('<!ENTITY f SYSTEM "file:///etc/hostname">')).encode(),
    ),
    "an entity behind a comment": (
        "dtd-entities",
        titled("x", "<!-- <a> -->" + ENTITIES.format('<!ENTITY a "&#60;b&#62;&c;">')).encode(),
    ),
}


@pytest.mark.parametrize(("reason", "body"), REFUSALS.values(), ids=REFUSALS)
def test_refused_with_a_reason(reason: str, body: bytes) -> None:
    refused = parse(Document(body=body, url=URL))
    assert isinstance(refused, Refused)
    assert refused.reason == reason


NETSCAPE = (
    '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.example/rss-0.91.dtd">'
)
PARAMETER = ENTITIES.format('<!ENTITY % latin1 PUBLIC "-//W3C//ENTITIES Latin 1//EN" "lat1.ent"> %latin1;')
MENDED = {
    "a plain doctype": (titled("x", NETSCAPE), "x"),
    "a parameter entity, which is never loaded": (titled("caf&eacute;", PARAMETER), "café"),
    "an entity that only names a character": (titled("a&dash;b", ENTITIES.format('<!ENTITY dash "&#8212;">')), "a—b"),
    "HTML's named entities": (titled("caf&eacute;&nbsp;&hellip;"), "café\xa0…"),
    "an entity nobody knows": (titled("&nobody; x"), "&nobody; x"),
    "a bare ampersand": (titled("salt & pepper AT&T"), "salt & pepper AT&T"),
    "a control character": (titled("a\x01\x08b"), "ab"),
    "a reference to what is no character": (titled("a&#0;&#x1F;&#xD800;&#x110000;&#99999999999;b"), "ab"),
    "a noncharacter": (titled("a\uffffb"), "ab"),
    "words before the document": ("Warning: something failed\n" + titled("x"), "x"),
    "a prefix nobody declared": (
        rss("<item><dc:title>x</dc:title><content:encoded>y</content:encoded></item>"),
        "x",
    ),
    "a mistyped default namespace": (
        '<feed xmlns="http://www.w3.org/2005/atom/"><entry><title>x</title></entry></feed>',
        "x",
    ),
}


@pytest.mark.parametrize(("body", "expected"), MENDED.values(), ids=MENDED)
def test_mended(body: str, expected: str) -> None:
    feed = read(body)
    assert [title_of(entry) for entry in feed.entries] == [expected]
    assert (feed.complete, feed.notes) == (True, ())


def test_named_references_inside_cdata_stay_as_they_are() -> None:
    entry = only(rss("<item><description><![CDATA[a&nbsp;b & c]]></description></item>"))
    assert entry.summary is not None
    assert entry.summary.value == "a&nbsp;b & c"


CYRILLIC = '<?xml version="1.0" encoding="{}"?>' + titled("Пристань")
ENCODINGS = {
    "the byte order mark before all": (b"\xef\xbb\xbf" + CYRILLIC.format("koi8-r").encode(), "koi8-r"),
    "the HTTP charset before the declaration": (CYRILLIC.format("utf-8").encode("cp1251"), "windows-1251"),
    "the declaration": (CYRILLIC.format("koi8-r").encode("koi8-r"), None),
    "UTF-16 with a mark": (CYRILLIC.format("utf-16").encode("utf-16"), None),
    "UTF-16 without a mark": (CYRILLIC.format("utf-16").encode("utf-16-be"), None),
    "UTF-8 where nothing is said": (titled("Пристань").encode(), None),
    "UTF-8 where the charset is no encoding": (CYRILLIC.format("idna").encode(), "zlib"),
    "UTF-8 where the charset cannot be": (titled("Пристань").encode(), "us-ascii"),
}


@pytest.mark.parametrize(("body", "charset"), ENCODINGS.values(), ids=ENCODINGS)
def test_the_encoding_is_read_from(body: bytes, charset: str | None) -> None:
    assert title_of(only(body, charset=charset)) == "Пристань"


def test_one_bad_byte_does_not_turn_utf8_into_something_else() -> None:
    assert title_of(only(titled("Пристань").encode().replace(b"<title>\xd0", b"<title>\xff\xd0"))) == "\ufffdПристань"


def test_bytes_without_a_declaration_that_are_not_utf8_are_windows_1252() -> None:
    assert title_of(only(titled("caf\xe9 \x93q\x94").encode("latin-1"))) == "café “q”"


def test_utf7_is_not_decoded_because_it_hides_markup() -> None:
    body = b'<?xml version="1.0" encoding="UTF-7"?>' + titled("+ADw-script+AD4-").encode()
    assert title_of(only(body)) == "+ADw-script+AD4-"


def test_a_document_cut_inside_an_entry_keeps_the_whole_ones_and_says_so() -> None:
    feed = read(rss("<item><title>one</title></item><item><title>two</title><description>The cre")[:-25])
    assert [title_of(entry) for entry in feed.entries] == ["one"]
    assert (feed.complete, [note.code for note in feed.notes]) == (False, ["cut-short"])


def test_an_ill_formed_document_is_read_loosely_with_every_entry() -> None:
    feed = read(
        rss("<item><title>one</title><description><p>a<br>b</description></item><item><title>two</title></item>")
    )
    assert [title_of(entry) for entry in feed.entries] == ["one", "two"]
    assert [note.code for note in feed.notes] == ["ill-formed"]


def test_a_loosely_read_entry_keeps_its_people_links_and_licence_of_its_own() -> None:
    entry = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>x<br></title><id>urn:1</id><author><name>Ida</name></author>'
        '<link href="one"/><link rel="license" href="https://l.example/"/><entry></feed>'
    ).entries[0]
    assert (entry.authors, entry.link) == ((Person(name="Ida"),), "https://dune.example/a/one")
    assert (entry.raw_id is not None, entry.licences) == (True, ("https://l.example/",))


def test_entries_past_the_bound_are_left_for_later_with_a_note() -> None:
    feed = read(rss("<item><title>x</title></item>" * 5001))
    assert (len(feed.entries), len(feed.fingerprints), feed.complete) == (5000, 5000, True)
    assert [note.code for note in feed.notes] == ["too-many-entries"]


def test_elements_nested_too_deep_are_left_out_and_the_entry_is_kept() -> None:
    feed = read(rss("<item><title>x</title><a>" + "<b>" * 1500 + "</b>" * 1500 + "</a></item>"))
    assert ([title_of(e) for e in feed.entries], [n.code for n in feed.notes]) == (["x"], ["too-complex"])


@pytest.mark.parametrize(
    ("field", "code"),
    [
        ("<author>" + "a" * 50_000 + "@" + "a." * 50_000 + "</author>", []),
        ("<pubDate>" + "1" * 200_000 + "</pubDate>", ["field-too-long"]),
        ("<category>" + "c" * 20_000 + "</category>", ["field-too-long"]),
        ("<guid>" + "g" * 1_000_000 + "</guid>", []),
        ("<link>http://" + "a:" * 50_000 + "@[</link>", []),
        ("<description>" + "w" * 2_000_000 + "</description>", ["field-too-long"]),
        ("<category>c</category>" * 20_000, []),
    ],
    ids=["author", "date", "category", "id", "link", "description", "categories"],
)
def test_a_pathological_field_costs_the_field_and_not_the_entry(field: str, code: list[str]) -> None:
    feed = read(rss(f"<item><title>x</title>{field}</item>"))
    assert ([title_of(e) for e in feed.entries], [n.code for n in feed.notes]) == (["x"], code)


@pytest.mark.parametrize("inside", ["{}", "<![CDATA[{}]]>"], ids=["plain", "cdata"])
def test_a_long_author_does_not_freeze_a_loose_reading_either(inside: str) -> None:
    author = inside.format("a" * 60_000 + "@" + "a." * 20_000)
    feed = read(rss(f"<item><title>x<br></title><author>{author}</author></item>"))
    assert (len(feed.entries), [note.code for note in feed.notes]) == (1, ["ill-formed"])


def test_an_end_tag_too_many_loses_no_credit_and_gives_the_feed_no_licence() -> None:
    feed = read(
        rss(
            "<item><title>x</b></title><author>Ida</author><description>old</description>"
            '<license xmlns="http://backend.userland.com/creativeCommonsRssModule">https://l.example/</license></item>'
        )
    )
    assert ([e.authors for e in feed.entries], feed.head.licences) == ([(Person(name="Ida"),)], ())


def test_a_change_in_an_ill_formed_entry_is_seen() -> None:
    texts = [f"<item><title>x</b></title><description>{word}</description></item>" for word in ("old", "new")]
    assert read(rss(texts[0])).fingerprints != read(rss(texts[1])).fingerprints


def test_an_id_too_long_to_keep_is_none_rather_than_half() -> None:
    assert only(rss("<item><guid>" + "g" * 5000 + "</guid></item>")).raw_id is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ida Roth", Person(name="Ida Roth")),
        ("ida@dune.example (Ida Roth)", Person(name="Ida Roth", email="ida@dune.example")),
        ("Ida Roth <ida@dune.example>", Person(name="Ida Roth", email="ida@dune.example")),
        ("Ida Roth (ida@dune.example)", Person(name="Ida Roth", email="ida@dune.example")),
        ("mailto:ida@dune.example", Person(email="ida@dune.example")),
        ("  Ida \n Roth ", Person(name="Ida Roth")),
        ("@ida", Person(name="@ida")),
        ("Zo&#235; Roth &amp; Ida Quay", Person(name="Zoë Roth & Ida Quay")),
        ("Ida Roth &lt;ida@dune.example&gt;", Person(name="Ida Roth", email="ida@dune.example")),
        ("&lt;p&gt;Ida Roth&lt;/p&gt;", Person(name="Ida Roth")),
        ("Roth & Quay", Person(name="Roth & Quay")),
        ("", None),
    ],
)
def test_a_person_in_one_line(line: str, expected: Person | None) -> None:
    assert person(line) == expected


def test_an_address_is_no_part_of_a_name_in_atom_either() -> None:
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Dune</title><entry><title>t</title>
        <author><name>Ida Roth &lt;ida@dune.example></name></author>
        <author><name>Zo&amp;euml;</name><email>zoe@dune.example</email></author>
        <author><name>ida@dune.example</name></author></entry></feed>"""
    feed = parse(Document(body=body, url=URL))
    assert isinstance(feed, ParsedFeed)
    told = [(one.name, one.email) for one in feed.entries[0].authors]
    assert told[:2] == [("Ida Roth", "ida@dune.example"), ("Zoë", "zoe@dune.example")]
    assert told[2][0] == "ida@dune.example", "a name, if it is the only one"


def test_what_a_feed_escapes_twice_in_its_title_is_decoded() -> None:
    body = b"""<rss version="2.0"><channel><title>Zo&amp;#235;'s R&amp;amp;D</title><item><title>t</title>
        <source url="https://x.example/f">Caf&amp;eacute;</source></item></channel></rss>"""
    feed = parse(Document(body=body, url=URL))
    assert isinstance(feed, ParsedFeed)
    assert feed.head.title == "Zoë's R&D"
    assert feed.entries[0].source is not None
    assert feed.entries[0].source.title == "Café"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("one", "https://dune.example/a/one"),
        ("//x.example/y", "https://x.example/y"),
        ("?q", "https://dune.example/a/feed?q"),
        (" \thttps://x.example/a\nb ", "https://x.example/ab"),
        ('https://x.example/a b"c', "https://x.example/a%20b%22c"),
        ("https://[::1]:8/a[0]?b[]=1#[c]", "https://[::1]:8/a%5B0%5D?b%5B%5D=1#%5Bc%5D"),
        ("https://x.example/ё", "https://x.example/ё"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("\x01javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/hostname", None),
        ("mailto:a@b", None),
        ("http://[::1", None),
        ("http://a:99999999/", None),
        ("http://", None),
        ("", None),
        ("https://x.example/" + "a" * 5000, None),
    ],
)
def test_an_address_is_absolute_and_of_the_web_or_none(href: str, expected: str | None) -> None:
    assert absolute(href, URL) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-10T10:00:00Z", datetime(2026, 11, 10, 10, tzinfo=UTC)),
        ("2026-11-10T10:00:00+02:00", datetime(2026, 11, 10, 8, tzinfo=UTC)),
        ("2026-11-10", datetime(2026, 11, 10, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-02-30T00:00:00Z", None),
        ("soon", None),
        (17, None),
        (None, None),
    ],
)
def test_an_rfc3339_time_is_utc_or_none(text: object, expected: datetime | None) -> None:
    assert rfc3339(text) == expected


def test_a_time_that_does_not_exist_is_none() -> None:
    assert from_parsed((10_000, 1, 1, 0, 0, 0, 0, 1, 0)) is None


def test_a_base_that_is_a_script_is_passed_over() -> None:
    entry = only('<rss version="2.0" xml:base="javascript:x//"><channel><item><link>x</link></item></channel></rss>')
    assert (entry.base, entry.link) == (URL, "https://dune.example/a/x")


def test_a_language_that_is_none_is_none() -> None:
    assert (
        read('<rss version="2.0" xml:lang="&quot;>&lt;script>"><channel><title>t</title></channel></rss>').head.language
        is None
    )


def test_a_summary_of_itunes_does_not_replace_the_description() -> None:
    entry = only(
        '<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item>'
        "<itunes:summary>short</itunes:summary><description>long</description></item></channel></rss>"
    )
    assert (entry.summary and entry.summary.value, entry.content) == ("long", None)
