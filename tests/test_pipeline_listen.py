"""Comment feeds of entries, listened to over rounds: the Atom one, what REST lists, what the page adds."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from syndicator.model import Response
from tests.rounds import Rounds
from tests.upstream import Reply, Upstream, serve

WORDS = "The bell rang over the water, and nobody on the quay said a word about it. " * 16
PING = "[&#8230;] we rang ours as well, republished from the Quay [&#8230;]"


def feed(upstream: Upstream) -> Reply:
    entry = (
        f"<item><title>Bell</title><link>{upstream.url('/bell/')}</link>"
        f"<guid isPermaLink='false'>{upstream.url('/?p=12')}</guid><pubDate>Mon, 02 Nov 2026 08:00:00 GMT</pubDate>"
        f"<wfw:commentRss>{upstream.url('/bell/feed/')}</wfw:commentRss><description>{WORDS}</description></item>"
    )
    head = f"<title>The Quay</title><link>{upstream.url('/')}</link><description/><language>en</language>"
    spaces = "xmlns:wfw='http://wellformedweb.org/CommentAPI/'"
    return Reply(f"<rss version='2.0' {spaces}><channel>{head}{entry}</channel></rss>".encode())


def comments(upstream: Upstream, kind: str = "rss") -> Reply:
    """A comment and a ping, untyped as WordPress gives them."""
    said = ((7, "Ida Brandt", "So do we."), (8, "Ringing – Mole", PING))
    if kind == "atom":
        entries = "".join(
            f"<entry><id>{upstream.url(f'/?p=12#comment-{n}')}</id><title>By {who}</title><author><name>{who}</name>"
            f"</author><updated>2026-11-02T08:3{n}:00Z</updated><content type='html'>{words}</content></entry>"
            for n, who, words in said
        )
        head = f"<id>{upstream.url('/bell/feed/atom/')}</id><title>Comments on: Bell</title>"
        return Reply(f'<feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'.encode())
    items = "".join(
        f"<item><title>By: {who}</title><link>{upstream.url(f'/bell/#comment-{n}')}</link>"
        f"<guid isPermaLink='false'>{upstream.url(f'/?p=12#comment-{n}')}</guid><dc:creator>{who}</dc:creator>"
        f"<pubDate>Mon, 02 Nov 2026 08:3{n}:00 GMT</pubDate><description>{words}</description></item>"
        for n, who, words in said
    )
    head = f"<title>Comments on: Bell</title><link>{upstream.url('/bell/')}</link><description/>"
    spaces = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
    return Reply(f"<rss version='2.0' {spaces}><channel>{head}{items}</channel></rss>".encode())


def page() -> Reply:
    """The entry's page, which alone knows the address of the ping."""
    listed = (
        '<ol class="commentlist"><li class="comment" id="comment-7"><cite class="fn">Ida Brandt</cite>'
        '<div class="comment-content"><p>So do we.</p></div></li>'
        '<li class="pingback" id="comment-8"><p>Pingback: <a href="https://mole.example/ringing/" class="url">'
        "Ringing – Mole</a></p></li></ol>"
    )
    return Reply(f"<html><body><article><p>{WORDS}</p></article>{listed}</body></html>".encode(), type="text/html")


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    with serve({}) as upstream:
        upstream.replies |= {"/quay": feed(upstream), "/bell/feed/": comments(upstream)}
        yield Rounds(upstream, tmp_path, settings='full_text = "never"')


def heard(quay: Rounds) -> dict[str, Response]:
    """The responses after one round, by the ends of their ids."""
    quay.once()
    quay.now += timedelta(hours=1, minutes=5)
    return {response.id.rpartition("#")[2]: response for response in quay.find("/bell/").responses}


def test_a_comment_and_a_ping_are_heard_once_and_told_apart(quay: Rounds) -> None:
    for _ in range(2):
        said = heard(quay)
        assert {name: one.kind for name, one in said.items()} == {"comment-7": "comment", "comment-8": "pingback"}
    assert (said["comment-8"].title, said["comment-8"].site) == ("Ringing", "Mole")
    assert said["comment-8"].marks == ("republication",)


def test_the_atom_comment_feed_is_asked_first_and_alone_once_it_has_answered(quay: Rounds) -> None:
    quay.upstream.replies["/bell/feed/atom/"] = comments(quay.upstream, "atom")
    heard(quay)
    heard(quay)
    assert len(quay.upstream.asked("/bell/feed/atom/")) == 2
    assert quay.upstream.asked("/bell/feed/") == []


def test_without_an_atom_one_the_feed_that_the_entry_names_is_asked_from_then_on(quay: Rounds) -> None:
    heard(quay)
    heard(quay)
    assert (len(quay.upstream.asked("/bell/feed/atom/")), len(quay.upstream.asked("/bell/feed/"))) == (1, 2)


def test_what_rest_does_not_list_is_a_ping(quay: Rounds) -> None:
    plain = comments(quay.upstream)
    quay.upstream.replies["/bell/feed/"] = Reply(plain.body.replace(PING.encode(), b"We rang ours as well."))
    listing = "/wp-json/wp/v2/comments?post=12&per_page=100"
    quay.upstream.replies[listing] = Reply(b'[{"id": 7, "type": "comment"}]', type="application/json")
    assert {name: one.kind for name, one in heard(quay).items()} == {"comment-7": "comment", "comment-8": "pingback"}


def test_rest_is_not_asked_where_robots_txt_keeps_it_from_us(quay: Rounds) -> None:
    quay.upstream.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /wp-json/\n", type="text/plain")
    heard(quay)
    assert not [request.path for request in quay.upstream.requests if "wp-json" in request.path]


@pytest.mark.parametrize("feed_answers", [True, False])
def test_the_page_completes_what_the_feed_leaves_out_or_stands_for_it(quay: Rounds, feed_answers: bool) -> None:
    quay.settings = 'full_text = "always"'
    quay.upstream.replies["/bell/"] = page()
    if not feed_answers:
        del quay.upstream.replies["/bell/feed/"]
    said = heard(quay)
    assert sorted(said) == ["comment-7", "comment-8"]
    assert said["comment-8"].uri == "https://mole.example/ringing/"


def listed(upstream: Upstream, *names: str) -> Reply:
    """A comment feed that lists comments of `names`, one an hour, the newest first."""
    items = "".join(
        f"<item><title>By: {name}</title><guid isPermaLink='false'>{upstream.url(f'/?p=12#comment-{number}')}</guid>"
        f"<dc:creator>{name}</dc:creator><pubDate>Sun, 01 Nov 2026 {number:02}:00:00 GMT</pubDate>"
        f"<description>The words of {name}.</description></item>"
        for number, name in reversed(list(enumerate(names, 1)))
        if name
    )
    spaces = "xmlns:dc='http://purl.org/dc/elements/1.1/'"
    head = f"<title>Comments on: Bell</title><link>{upstream.url('/bell/')}</link><description/>"
    return Reply(f"<rss version='2.0' {spaces}><channel>{head}{items}</channel></rss>".encode())


COMMENTS = "SYNDICATOR_PUBLICATIONS__ALL__COMMENTS"


def written(quay: Rounds) -> bytes:
    """Every byte that is published, and what the store's files hold."""
    return b"".join(
        gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
        for file in (*(quay.folder / "public").rglob("*"), *quay.folder.glob("syndicator.db*"))
        if file.is_file() and file.suffix != ".br"
    )


def published_files(quay: Rounds) -> dict[str, str]:
    public = quay.folder / "public"
    return {
        str(file.relative_to(public)): file.read_text(encoding="utf-8")
        for file in public.rglob("*")
        if file.is_file() and file.suffix not in (".gz", ".br")
    }


def test_without_opt_in_no_commenters_name_or_word_is_published(quay: Rounds) -> None:
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, "Ida Brandt", "Jon Moor")
    heard(quay)
    files = published_files(quay)
    assert files
    assert not [path for path, text in files.items() if "Ida Brandt" in text or "The words of" in text]
    assert "<thr:total>2</thr:total>" in files["all/feed.atom"]


def test_with_opt_in_comments_are_in_the_feeds_of_responses_and_on_the_page(quay: Rounds) -> None:
    quay.environ[COMMENTS] = "true"
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, "Ida Brandt", "Jon Moor")
    heard(quay)
    files = published_files(quay)
    slug = quay.find("/bell/").slug
    telling = {path for path, text in files.items() if "Ida Brandt" in text and "The words of Jon Moor." in text}
    assert telling == {"all/responses.atom", f"all/entries/{slug}.atom", f"all/entries/{slug}.html"}
    quay.environ[COMMENTS] = "false"
    quay.once()
    assert not [path for path, text in published_files(quay).items() if "Ida Brandt" in text]


def test_what_its_origin_deletes_is_in_no_byte_any_more(quay: Rounds) -> None:
    quay.environ[COMMENTS] = "true"
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, "Ida Brandt", "Jon Moor", "Pia Lund")
    heard(quay)
    assert b"Jon Moor" in written(quay)
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, "Ida Brandt", "", "Pia Lund")
    assert sorted(heard(quay)) == ["comment-1", "comment-3"]
    assert b"Jon Moor" not in written(quay)
    assert b"Pia Lund" in written(quay)


def test_what_the_comment_feeds_window_leaves_behind_stays(quay: Rounds) -> None:
    quay.environ[COMMENTS] = "true"
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, "Ida Brandt", "Jon Moor")
    heard(quay)
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, "", "", "Pia Lund", "Olav Ness")
    assert sorted(heard(quay)) == [f"comment-{number}" for number in (1, 2, 3, 4)]


def test_a_page_that_was_kept_does_not_bring_back_what_was_deleted(quay: Rounds) -> None:
    quay.settings = 'full_text = "always"'
    quay.upstream.replies["/bell/"] = page()
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, *"ABCDEFGHI")
    assert "comment-7" in heard(quay)
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, *"ABCDEF", "", "H", "I")
    assert "comment-7" not in heard(quay)
    quay.upstream.replies["/bell/feed/"] = listed(quay.upstream, *[""] * 9, "K", "L")
    assert "comment-7" not in heard(quay)
