"""What an answer says of an entry's page, and when to ask for that page again. It must not read what the page says.

A page is looked at again now and then, each time after twice as many days, so that its change or its deletion is seen
though the feed speaks of its entry no more. Pictures that could not be fetched wait as pages do (`may_pass`, `again`).
"""

from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from syndicator.model import Answer, Document, Failed, Fetched, Gone, NotModified, Page, Validators

LARGEST = 5_000_000  # bytes of a page; of two hundred real ones none has one million
ATTEMPTS = 5
DAY = timedelta(days=1)
SELDOMEST = 6  # doublings: 64 days
_MARKUP = ("", "text/html", "application/xhtml+xml", "application/xml", "text/xml")


def known(before: Page | None) -> Validators:
    """The validators to ask with: those of what is still here, or needs not be."""
    return before.validators if before and _was_there(before) else Validators()


def gone_for_good(page: Page) -> bool:
    """Whether the page answered 410 twice, a day or more apart, and nothing else of note in between."""
    return len(page.gone) > 1


def looked(answer: Answer, url: str, before: Page | None, now: datetime) -> Page:
    """The page of an entry, asked for at `url`, once `answer` has come; `before` is what was kept of it.

    What could not be read leaves the page as it was, with the reason (`why`). A 410 is noted; whatever shows that the
    page is there makes that void, a failure or 404 (RFC 9110 15.5.5: perhaps for a time) does not.
    """
    match answer:
        case Fetched(complete=True):
            unfit = _unfit(answer.document, url)
            read = _read(before, answer.document, answer.validators, now)
            return unread(before, f"the page was not read: {unfit}", now, passing=False) if unfit else read
        case NotModified() if before:
            return _read(before, before.document, answer.validators, now)
        case Failed():
            return unread(before, f"the page was not read: {answer.why}", now, passing=may_pass(answer))
        case Gone():
            why = f"the page was not read: {url} answered 410 (Gone)"
            counts = before is not None and _speaks_for(answer.url, before, url)
            return _gone(before, why, now) if before and counts else unread(before, why, now, passing=False)
    return unread(before, f"the page was not read: {url} was cut short", now, passing=True)


def may_pass(failed: Failed) -> bool:
    """Whether it makes sense to ask again soon."""
    return failed.status is None or failed.status == 429 or failed.status >= 500


def again(attempts: int, now: datetime) -> datetime | None:
    """When to ask again after `attempts` failures in a row: after 1, 2, 4, 8 hours; None: it is no use."""
    return now + timedelta(hours=2 ** (attempts - 1)) if attempts < ATTEMPTS else None


def unread(before: Page | None, why: str, now: datetime, *, passing: bool) -> Page:
    """No page, or the one from before, and when to ask again: after 1, 2, 4, 8 hours, where that may help.

    Otherwise one that was there is looked at as seldom as ever, and one that was not never again.
    """
    kept = before or Page(document=None)
    attempts, looks = kept.attempts + 1, kept.looks
    due = again(attempts, now) if passing else None
    if due is None and _was_there(kept):
        looks += 1
        due = now + _until_next(looks)
    return replace(kept, why=why, attempts=attempts, looks=looks, due=due)


def _was_there(page: Page) -> bool:
    return page.document is not None or not page.needed


def _read(before: Page | None, document: Document | None, validators: Validators, now: datetime) -> Page:
    looks = before.looks + 1 if before else 1
    needed = before.needed if before else True
    due = now + _until_next(looks)
    return Page(document=document if needed else None, validators=validators, needed=needed, looks=looks, due=due)


def _until_next(looks: int) -> timedelta:
    return timedelta(days=1 << min(looks - 1, SELDOMEST))


def _gone(before: Page, why: str, now: datetime) -> Page:
    """What was kept stays until it is certain."""
    noted = before.gone if before.gone and now - before.gone[-1] < DAY else (*before.gone, now)
    return replace(before, why=why, attempts=0, gone=noted, due=now if len(noted) > 1 else noted[-1] + DAY)


def _speaks_for(url: str, before: Page, asked: str) -> bool:
    """Whether a 410 of `url` is the word of the page's own site: the one that showed it last, else that of `asked`.

    A link shortener that ends its service has not taken down what it led to; and where nothing was ever shown, nothing
    was taken down.
    """
    shown = before.document.url if before.document else asked
    return _was_there(before) and _site(url) == _site(shown)


def _site(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _unfit(document: Document, url: str) -> str:
    """Why a document is no page that can be read for `url`; empty where it is one."""
    if len(document.body) > LARGEST:
        return f"it is larger than {LARGEST / 1e6:g} MB"
    if _is_front(document.url) and not _is_front(url):  # how many a site answers for what it has deleted
        return f"{url} leads to the front page of {_site(document.url)}"
    kind = (document.content_type or "").lower()
    return "" if kind in _MARKUP else f"it is no web page ({kind})"


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query
