"""What an answer says of an entry's page: when it is looked at again, and what counts as a deletion."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from syndicator.model import Answer, Document, Failed, Fetched, Gone, NotModified, Page, Validators
from syndicator.stages.looking import gone_for_good, known, looked, unread

URL = "https://quay.example/bell/"
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TAG = Validators(etag='"1"')
DOCUMENT = Document(body=b"<p>The bell rang.</p>", url=URL, content_type="text/html")
READ = Fetched(document=DOCUMENT, body_hash="1", validators=TAG)
SAME = NotModified(validators=TAG)
GONE = Gone(url=URL)
THERE = Page(document=DOCUMENT, validators=TAG, looks=1, due=NOW)
WATCHED = Page(document=None, needed=False, due=NOW)
NEVER_READ = Page(document=None, why="timeout", attempts=1, due=NOW)
NOTED = replace(THERE, gone=(NOW,))


def failed(status: int | None) -> Failed:
    return Failed(url=URL, reason="status", why=f"answered {status}", status=status)


def behind(address: str) -> Fetched:
    return replace(READ, document=replace(DOCUMENT, url=address))


def test_a_page_that_is_there_is_looked_at_after_1_2_4_days_and_in_the_end_every_64() -> None:
    page, now, days = looked(READ, URL, None, NOW), NOW, []
    for _ in range(9):
        assert page.due
        days.append((page.due - now).days)
        now = page.due
        page = looked(SAME, URL, page, now)
    assert days == [1, 2, 4, 8, 16, 32, 64, 64, 64]
    assert page.document == DOCUMENT


@pytest.mark.parametrize(
    ("before", "validators"),
    [
        pytest.param(None, Validators(), id="nothing is kept"),
        pytest.param(THERE, TAG, id="the page is kept"),
        pytest.param(replace(WATCHED, validators=TAG), TAG, id="it need not be kept"),
        pytest.param(replace(NEVER_READ, validators=TAG), Validators(), id="it is needed and not here"),
    ],
)
def test_validators_are_sent_only_where_a_304_is_of_use(before: Page | None, validators: Validators) -> None:
    assert known(before) == validators


@pytest.mark.parametrize(
    ("before", "answer", "times"),
    [
        pytest.param(THERE, GONE, 1, id="a first 410 is noted"),
        pytest.param(WATCHED, GONE, 1, id="of a page that is not needed, too"),
        pytest.param(NOTED, GONE, 1, id="one that follows at once is the same"),
        pytest.param(NEVER_READ, GONE, 0, id="what was never shown was not taken down"),
        pytest.param(None, GONE, 0, id="nor what was never asked for"),
        pytest.param(THERE, Gone(url="https://sho.rt/1"), 0, id="another site cannot take it down"),
        pytest.param(THERE, Gone(url="https://www.quay.example/bell"), 1, id="with www it is the same site"),
        pytest.param(replace(THERE, document=replace(DOCUMENT, url="https://new.example/")), GONE, 0, id="it moved"),
        pytest.param(NOTED, failed(404), 1, id="404 says nothing"),
        pytest.param(NOTED, failed(503), 1, id="a failure says nothing"),
        pytest.param(NOTED, SAME, 0, id="304 clears it"),
        pytest.param(NOTED, READ, 0, id="200 clears it"),
        pytest.param(NOTED, behind("https://quay.example/"), 1, id="the front page instead says nothing"),
    ],
)
def test_what_counts_as_a_410(before: Page | None, answer: Answer, times: int) -> None:
    assert len(looked(answer, URL, before, NOW).gone) == times


@pytest.mark.parametrize(
    ("after", "certain"),
    [(timedelta(0), False), (HOUR, False), (DAY - HOUR, False), (DAY, True), (9 * DAY, True), (-DAY, False)],
)
def test_a_second_410_counts_after_a_day(after: timedelta, certain: bool) -> None:
    assert gone_for_good(looked(GONE, URL, NOTED, NOW + after)) is certain


def test_after_a_first_410_the_page_stays_and_is_asked_for_after_a_day() -> None:
    page = looked(GONE, URL, THERE, NOW)
    assert (page.document, page.due) == (DOCUMENT, NOW + DAY)
    assert looked(GONE, URL, page, NOW + HOUR).due == NOW + DAY


def test_a_410_that_comes_days_after_a_failure_is_still_the_second() -> None:
    between = looked(failed(500), URL, NOTED, NOW + DAY)
    assert gone_for_good(looked(GONE, URL, between, NOW + 2 * DAY))


@pytest.mark.parametrize(
    ("before", "answer", "due"),
    [
        pytest.param(None, failed(503), HOUR, id="a failure passes"),
        pytest.param(THERE, failed(None), HOUR, id="of a page that was read, too"),
        pytest.param(replace(THERE, attempts=4), failed(503), 2 * DAY, id="one that was there is looked at seldom"),
        pytest.param(THERE, failed(404), 2 * DAY, id="so is one that is not found now"),
        pytest.param(THERE, failed(403), 2 * DAY, id="or refused"),
        pytest.param(replace(NEVER_READ, attempts=4), failed(503), None, id="one that never was is left in peace"),
        pytest.param(None, failed(403), None, id="a refusal is an answer"),
        pytest.param(None, GONE, None, id="so is a 410"),
    ],
)
def test_when_a_page_that_could_not_be_read_is_asked_for_again(
    before: Page | None, answer: Answer, due: timedelta | None
) -> None:
    page = looked(answer, URL, before, NOW)
    assert page.due == (due and NOW + due)
    assert page.document == (before.document if before else None)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (behind("https://quay.example/"), "leads to the front page of quay.example"),
        (behind("https://quay.example"), "leads to the front page of quay.example"),
        (behind("https://quay.example/?p=7"), ""),
        (replace(READ, document=replace(DOCUMENT, content_type="application/pdf")), "it is no web page"),
        (replace(READ, complete=False), "was cut short"),
    ],
)
def test_what_is_no_page_of_the_entry_is_not_read(answer: Fetched, why: str) -> None:
    page = looked(answer, URL, None, NOW)
    assert why in page.why
    assert (page.document is None) is bool(why)


def test_an_entry_whose_address_is_a_front_page_has_that_read() -> None:
    front = "https://quay.example/"
    assert looked(behind(front), front, None, NOW).document


def test_a_page_that_is_not_needed_is_not_kept() -> None:
    page = looked(READ, URL, WATCHED, NOW)
    assert (page.document, page.needed, page.validators) == (None, False, TAG)


def test_what_the_site_forbids_leaves_the_page_as_it_was() -> None:
    page = unread(NOTED, "robots.txt", NOW, passing=False)
    assert (page.document, page.gone, page.due) == (DOCUMENT, (NOW,), NOW + 2 * DAY)
