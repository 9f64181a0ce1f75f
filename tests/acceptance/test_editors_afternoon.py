"""An editor's afternoon, with the commands and files of docs/howto/editors and the daemon running all the time.

Each step is seen in the feeds within one cycle of the daemon: a tick, or the half minute after which it looks at
everything anew.
"""

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import feedparser
import pytest

from tests.acceptance.installation import Installation, free_port
from tests.upstream import Reply, Upstream, serve

GERMAN = (
    "Zum ersten Mal seit dreißig Jahren läutete die Glocke über dem Wasser, und niemand am Kai sprach ein Wort. " * 12
)
CYCLE = 45.0  # seconds that a slow machine is waited for
TEXT = "The bell rang over the water for the first time in thirty years, and nobody on the quay said a word. " * 12
HERE = {"SYNDICATOR_FETCH__ALLOW_PRIVATE_NETWORKS": "true"}


def feed(upstream: Upstream, title: str, path: str, titles: tuple[str, ...], language: str, text: str) -> Reply:
    entries = "".join(
        f"<item><title>{name}</title><link>{upstream.url(f'{path}{number}/')}</link>"
        f"<guid isPermaLink='false'>tag:{path.strip('/')}.example,2026:{number}</guid>"
        f"<pubDate>Mon, 02 Nov 2026 0{number}:00:00 GMT</pubDate><dc:creator>Ada Quist</dc:creator>"
        f"<content:encoded><![CDATA[<p>{text}</p><p>Translated by M. Oaks</p>]]></content:encoded></item>"
        for number, name in enumerate(titles, start=1)
    )
    spaces = "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'"
    head = f"<title>{title}</title><link>{upstream.url(path)}</link><language>{language}</language><description/>"
    body = f"<rss version='2.0' {spaces}><channel>{head}{entries}</channel></rss>"
    return Reply(body.encode(), type="application/rss+xml")


@dataclass
class Desk:
    """An editor's folder with the daemon running in it, and the partners' server."""

    place: Installation
    upstream: Upstream

    def run(self, *arguments: str) -> str:
        done = self.place.run(*arguments, **HERE)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def file(self, path: str, text: str) -> None:
        target = self.place.folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def seen(self, fact: Callable[[Any], bool], feed: str = "main") -> Any:
        """The feed, once `fact` is true of it as a subscriber reads it over HTTP."""
        end = time.monotonic() + CYCLE
        while True:
            parsed = feedparser.parse(self.place.wait_for(f"/{feed}/feed.atom", CYCLE))
            if fact(parsed):
                return parsed
            assert time.monotonic() < end, f"{[e.title for e in parsed.entries]}\n{self.place.log[-3000:]}"
            time.sleep(0.2)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """After `init`, as the quickstart has it; the daemon is started before there is a partner."""
    folder = tmp_path_factory.mktemp("desk")
    with serve({}) as upstream, pytest.MonkeyPatch.context() as patch:
        for name, value in HERE.items():
            patch.setenv(name, value)
        upstream.replies |= {
            "/tidewater/feed": feed(upstream, "Tidewater", "/tidewater/", ("Fog bell", "Low water"), "en", TEXT),
            "/mole/feed": feed(upstream, "Mole", "/mole/", ("Ebbe", "Flut"), "de", GERMAN),
        }
        place = Installation(folder=folder, port=free_port())
        patch.setenv("SYNDICATOR_SERVER__PORT", str(place.port))
        assert place.run("init").returncode == 0
        with place.daemon():
            place.wait_for("/healthz")
            yield Desk(place, upstream)


def titles(parsed: Any) -> list[str]:
    return sorted(entry.title for entry in parsed.entries)


def entry(parsed: Any, title: str) -> Any:
    return next((one for one in parsed.entries if one.title == title), None)


def content(parsed: Any, title: str) -> str:
    found = entry(parsed, title)
    return found.content[0].value if found and "content" in found else ""


def test_a_partner_is_added(desk: Desk) -> None:
    shown = desk.run("add", desk.upstream.url("/tidewater/feed"), "--name", "tidewater", "--yes")
    assert "Tidewater" in shown
    parsed = desk.seen(lambda parsed: titles(parsed) == ["Fog bell", "Low water"])
    assert TEXT.strip() not in content(parsed, "Fog bell")  # nothing allows more than an excerpt yet


def test_then_permitted(desk: Desk) -> None:
    desk.run("permit", "tidewater", "letter of 2 November 2026 from the editors of Tidewater")
    desk.seen(lambda parsed: TEXT.strip() in content(parsed, "Fog bell"))


def test_a_credit_is_mended(desk: Desk) -> None:
    address = desk.upstream.url("/tidewater/1/")
    words = f'entry = "{address}"\nwhy = "her letter of 3 November"\ntranslator = ["Maren Oakes"]\n'
    desk.file("overrides/fog-bell.toml", words)
    parsed = desk.seen(lambda parsed: "Maren Oakes" in str(entry(parsed, "Fog bell").get("contributors")))
    assert "M. Oaks" not in content(parsed, "Fog bell")
    told = desk.run("explain", address)
    assert re.search(r"translator was M\. Oaks, is Maren Oakes", told)


def test_one_entry_is_held(desk: Desk) -> None:
    desk.run("hold", desk.upstream.url("/tidewater/2/"))
    assert "Low water" in desk.run("queue", "--held")
    desk.seen(lambda parsed: titles(parsed) == ["Fog bell"])


def test_another_waits_and_is_published(desk: Desk) -> None:
    desk.run("add", desk.upstream.url("/mole/feed"), "--name", "mole", "--review", "--yes")
    end = time.monotonic() + CYCLE
    while "Ebbe" not in (waiting := desk.run("queue")) and time.monotonic() < end:
        time.sleep(0.3)
    assert "Ebbe" in waiting
    desk.run("publish", desk.upstream.url("/mole/1/"))
    desk.seen(lambda parsed: titles(parsed) == ["Ebbe", "Fog bell"])


def test_a_translation_in_a_second_language_is_attached(desk: Desk) -> None:
    path = desk.place.folder / "syndicator.toml"
    path.write_text(
        path.read_text()
        + '\n[publications.deutsch]\ntitle = "Auf Deutsch"\nlanguage = "de"\nlanguages = ["de"]\n'
        + 'subscriptions = ["tidewater", "mole"]\n'
    )
    sentence = "letter of 2 November 2026 from the editors of Tidewater"
    with_scope = f'permission = {{ sentence = "{sentence}", scope = ["excerpt", "verbatim", "translate"] }}'
    path.write_text(re.sub(r"permission = .*", with_scope, path.read_text(), count=1))
    desk.file(
        "translations/nebelglocke.md",
        f"---\nof: {desk.upstream.url('/tidewater/1/')}\nlanguage: de\ntitle: Die Nebelglocke\n"
        "translator: Ida Brandt\nreviewed: 2026-11-20\n---\n\nDie Glocke läutete über dem Wasser.\n",
    )
    parsed = desk.seen(lambda parsed: "Die Nebelglocke" in titles(parsed), "deutsch")
    assert titles(parsed) == ["Die Nebelglocke", "Ebbe"]
    translation = entry(parsed, "Die Nebelglocke")
    assert [person.name for person in translation.authors] == ["Ada Quist"]
    assert "Ida Brandt" in str(translation.contributors)
    assert "Die Glocke läutete" in content(parsed, "Die Nebelglocke")
    assert any(link.rel == "via" and link.href.endswith("/tidewater/1/") for link in translation.links)


def test_one_is_withdrawn_and_its_translation_with_it(desk: Desk) -> None:
    address = desk.upstream.url("/tidewater/1/")
    desk.file("overrides/fog-bell.toml", f'entry = "{address}"\nwhy = "the author asks for it"\nwithdraw = true\n')
    desk.seen(lambda parsed: "Fog bell" not in titles(parsed))
    for feed in ("feed.atom", "feed.rss"):
        assert b'<at:deleted-entry ref="tag:tidewater.example,2026:1" when="' in desk.place.wait_for(f"/main/{feed}")
    desk.seen(lambda parsed: titles(parsed) == ["Ebbe"], "deutsch")
    assert "it was taken down" in desk.place.run("explain", address, **HERE).stderr


def test_a_mistake_in_one_file_is_said_and_touches_nothing_else(desk: Desk) -> None:
    desk.file("overrides/ebbe.toml", 'entri = "x"\n')
    end = time.monotonic() + CYCLE
    while "ebbe.toml" not in desk.place.log and time.monotonic() < end:
        time.sleep(0.2)
    told = next(line for line in desk.place.log.splitlines() if "ebbe.toml" in line)
    assert "entri" in told
    assert "entry" in told  # the nearest known one
    assert "Ebbe" in titles(desk.seen(lambda parsed: bool(parsed.entries)))


def test_a_round_by_hand_says_which_files_are_wrong_or_name_nothing(desk: Desk) -> None:
    desk.file("overrides/lost.toml", 'entry = "https://tidewater.example/never/"\nwhy = "?"\ntitle = "Never"\n')
    done = desk.place.run("once", **HERE)
    assert "ebbe.toml" in done.stderr
    assert "lost.toml: entry = https://tidewater.example/never/: no entry has this URL or id" in done.stderr
    assert desk.place.run("check", **HERE).returncode == 2
