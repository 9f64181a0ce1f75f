"""What a comment feed no longer lists is deleted where the feed would list it, and not where its window moved on."""

from datetime import UTC, datetime, timedelta

import pytest

from syndicator import chain
from syndicator.model import Document, Heard, Response

URL = "https://quay.example/bell/"
NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEWEST_FIRST = [5, 4, 3, 2]


def at(number: int) -> datetime:
    return NOW - timedelta(days=6) + number * HOUR


def feed(numbers: list[int], *, answers: tuple[int, ...] = (), ids: str = "#comment-", more: str = "") -> Document:
    """A comment feed that lists `numbers` in that order; `answers` are to comment 1."""
    entries = "".join(
        f"<entry><id>https://quay.example/?p=12{ids}{n}</id><title>Re</title><author><name>Ida {n}</name></author>"
        f"<updated>{at(n).isoformat()}</updated><content type='html'>Said {n}.</content>"
        + (f'<thr:in-reply-to ref="https://quay.example/?p=12{ids}1"/>' if n in answers else "")
        + "</entry>"
        for n in numbers
    )
    spaces = 'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
    buried = "xmlns:at='http://purl.org/atompub/tombstones/1.0'"
    body = f"<feed {spaces} {buried}><id>urn:c</id><title>Comments</title>{more}{entries}</feed>"
    return Document(body=body.encode(), url=f"{URL}feed/atom/")


def known(number: int, **facts: object) -> Response:
    said = {"author": f"Ida {number}", "published": at(number), "content_text": f"Said {number}."}
    return Response(**{"id": f"{URL}#comment-{number}", "kind": "comment", **said, **facts})  # type: ignore[arg-type]


def hear(
    document: Document | None,
    *before: Response,
    page: Document | None = None,
    rest: bytes = b"",
    silent: tuple[str, ...] = (),
) -> Heard:
    heard = chain.hear(document, URL, page, rest, before, silent, NOW)
    assert isinstance(heard, Heard)
    return heard


def page_with(number: int) -> Document:
    listed = (
        f'<ol class="commentlist"><li class="comment" id="comment-{number}"><cite class="fn">Ida {number}</cite>'
        f'<div class="comment-content"><p>Said {number}.</p></div></li></ol>'
    )
    return Document(body=f"<html><body><article><p>Bell.</p></article>{listed}</body></html>".encode(), url=URL)


def test_a_date_that_cannot_be_is_not_kept() -> None:
    body = feed([1]).body.replace(at(1).isoformat().encode(), b"0103-12-13T18:30:02+00:00")
    assert b"0103-" in body
    (said,) = hear(Document(body=body, url=f"{URL}feed/atom/")).responses
    assert (said.id, said.published) == (f"{URL}#comment-1", None)


LATE = {"published": NOW - HOUR, "id": f"{URL}#comment-6"}
TOMB = '<at:deleted-entry ref="https://quay.example/?p=12#comment-1" when="2026-11-09T11:00:00Z"/>'
WHOLE = b'[{"id": 2, "type": "comment"}, {"id": 3, "type": "comment"}]'
PAGED = b"[" + b",".join(b'{"id": %d, "type": "comment"}' % n for n in range(20, 30)) + b"]"
FROM_PAGE = known(3, id=f"{URL}#a1b2c3", author="Uma", content_text="Only on the page.")
DELETED: dict[str, tuple[Document, Response, bytes]] = {
    "between two that are listed": (feed([5, 4, 2]), known(3), b""),
    "the newest, and older ones are listed days later": (feed([4, 3, 2]), known(5), b""),
    "in a feed that lists the oldest first": (feed([2, 4, 5]), known(3), b""),
    "in a feed whose ids have no numbers": (
        feed([5, 4, 2], ids="&amp;reply="),
        known(3, id="https://quay.example/?p=12&reply=3"),
        b"",
    ),
    "an answer in a feed that lists answers": (
        feed([5, 4, 2], answers=(4,)),
        known(3, in_reply_to=f"{URL}#comment-2"),
        b"",
    ),
    "a tombstone says so": (feed(NEWEST_FIRST, more=TOMB), known(1), b""),
    "neither REST lists it": (feed([3]), known(1), WHOLE),
}
KEPT: dict[str, tuple[Document, Response, bytes]] = {
    "it is listed": (feed(NEWEST_FIRST), known(3), b""),
    "listed under another address": (
        feed(NEWEST_FIRST),
        known(3, id="https://www.quay.example/bell/#comment-3"),
        b"",
    ),
    "the window moved on": (feed(NEWEST_FIRST), known(1), b""),
    "as old as the oldest that is listed": (feed([5, 4, 2]), known(3, published=at(2)), b""),
    "the newest, an hour ago: a cache may be as old": (feed(NEWEST_FIRST), known(6, **LATE), b""),
    "later than a feed that lists the oldest": (feed([1, 2, 3]), known(5), b""),
    "the feed is in no order of time": (feed([5, 2, 4]), known(3), b""),
    "its date is not known": (feed([5, 4, 2]), known(3, published=None), b""),
    "its number is older than its date": (feed([5, 4, 2]), known(1, published=at(3)), b""),
    "an answer where the feed lists none": (feed([5, 4, 2]), known(3, in_reply_to=f"{URL}#comment-2"), b""),
    "only the page ever had it": (feed([5, 4, 2]), FROM_PAGE, b""),
    "the feed is empty": (feed([]), known(3), b""),
    "REST lists it": (feed([5, 4]), known(2), WHOLE),
    "REST lists a page of several": (feed([29]), known(2), PAGED),
    "REST lists none: it may be another post's": (feed([5]), known(2), b"[]"),
    "REST lists no pings": (feed([5]), known(1, kind="pingback"), WHOLE),
    "REST says something else": (feed([5]), known(2), b'{"code": "rest_no_route"}'),
}


@pytest.mark.parametrize(("document", "one", "rest"), DELETED.values(), ids=DELETED)
def test_deleted(document: Document, one: Response, rest: bytes) -> None:
    assert hear(document, one, rest=rest).deleted == (one.id,)


@pytest.mark.parametrize(("document", "one", "rest"), KEPT.values(), ids=KEPT)
def test_not_deleted(document: Document, one: Response, rest: bytes) -> None:
    assert hear(document, one, rest=rest).deleted == ()


def test_a_feed_that_breaks_off_tells_nothing() -> None:
    whole = feed([5, 4, 2])
    cut = Document(body=whole.body[: whole.body.rindex(b"<entry>") + 40], url=whole.url)
    assert hear(cut, known(3)).deleted == ()


def test_the_page_which_was_kept_does_not_bring_back_what_was_deleted() -> None:
    three = known(3).id
    heard = hear(feed([5, 4, 2]), known(3), page=page_with(3))
    assert heard.deleted == (three,)
    assert three not in [one.id for one in heard.responses]
    for document in (feed([9, 8]), None):
        assert three not in [one.id for one in hear(document, page=page_with(3), silent=(three,)).responses]


def test_what_the_feed_lists_again_is_heard_again() -> None:
    three = known(3).id
    heard = hear(feed(NEWEST_FIRST), silent=(three,))
    assert three in [one.id for one in heard.responses]
    assert heard.deleted == ()
