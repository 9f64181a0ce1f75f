"""An OPML file of somebody's reader, and what is refused."""

import pytest

from syndicator.model import Refused
from syndicator.stages.opml import Outline, read_opml


def opml(body: str, version: str = "2.0") -> bytes:
    return f'<?xml version="1.0"?><opml version="{version}"><head/><body>{body}</body></opml>'.encode()


HARBOUR = Outline(title="Harbour", url="https://harbour.example/feed", site_url="https://harbour.example/")
BUOY = Outline(title="Buoy", url="https://buoy.example/rss")
NESTED = """<outline text="Sea"><outline text="North">
<outline type="rss" text="Harbour" xmlUrl="https://harbour.example/feed" htmlUrl="https://harbour.example/"/></outline>
<outline text="Buoy" xmlUrl="https://buoy.example/rss"/></outline>"""
TWICE = (
    '<outline text="Buoy" xmlUrl="https://buoy.example/rss"/><outline text="Again" xmlUrl="https://buoy.example/rss"/>'
)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(opml(NESTED), (HARBOUR, BUOY), id="folders are flattened, in order"),
        pytest.param(opml(NESTED, "1.0"), (HARBOUR, BUOY), id="version 1 reads the same"),
        pytest.param(opml(TWICE), (BUOY,), id="an address listed twice counts once, its first title wins"),
        pytest.param(
            opml('<outline title="Buoy" text="b" xmlURL=" https://buoy.example/rss "/>'),
            (BUOY,),
            id="the title goes before the text, attribute names in any case, white space around addresses gone",
        ),
        pytest.param(
            opml('<outline xmlUrl="feed://buoy.example/rss"/><outline xmlUrl="feed:https://harbour.example/feed"/>'),
            (Outline(title="", url="http://buoy.example/rss"), Outline(title="", url="https://harbour.example/feed")),
            id="the feed scheme is an old spelling of a web address",
        ),
        pytest.param(
            '<?xml version="1.0" encoding="windows-1251"?><opml><body><outline text="Маяк" xmlUrl="https://m.example/"/>'
            "</body></opml>".encode("windows-1251"),
            (Outline(title="Маяк", url="https://m.example/"),),
            id="the declared encoding is honoured",
        ),
    ],
)
def test_feeds_are_read(document: bytes, expected: tuple[Outline, ...]) -> None:
    assert read_opml(document) == expected


BOMB = b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://x.example/"/></body></opml>'
FILE = b'<!DOCTYPE opml [<!ENTITY f SYSTEM "file:///etc/passwd">]><opml><body><outline text="x" xmlUrl="https://x.example/">&f;</outline></body></opml>'


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        pytest.param(b"", "not-well-formed", id="nothing"),
        pytest.param(b"\x00\x01\x02", "not-well-formed", id="noise"),
        pytest.param(b"<opml><body><outline", "not-well-formed", id="cut short"),
        pytest.param(b"<html><body/></html>", "not-opml", id="a page"),
        pytest.param(
            b"<!doctype html><html><p>Sign in<br></html>", "not-well-formed", id="a page as pages are written"
        ),
        pytest.param(opml('<outline text="Bookmark" url="https://x.example/"/>'), "no-feeds", id="bookmarks only"),
        pytest.param(BOMB, "dtd-entities", id="entities that grow"),
        pytest.param(FILE, "dtd-entities", id="entities that read files"),
        pytest.param(b"<opml>" + b" " * 10_000_000 + b"</opml>", "too-large", id="too large"),
        pytest.param(
            b"<opml>" + b"<outline>" * 5000 + b"</outline>" * 5000 + b"</opml>", "not-well-formed", id="too deep"
        ),
    ],
)
def test_anything_else_is_refused_with_a_reason_and_a_hint(document: bytes, reason: str) -> None:
    answer = read_opml(document)
    assert isinstance(answer, Refused)
    assert (answer.reason, bool(answer.why), bool(answer.hint)) == (reason, True, True)
