"""A reply becomes an Answer. Pure: the time is an argument, and where the reply came from is too."""

import hashlib
from datetime import datetime
from http import HTTPStatus

from syndicator.fetch import fields
from syndicator.fetch.exchange import Reply
from syndicator.model import Document, Failed, Fetched, NotModified, Validators

WITH_DOCUMENT = (200, 203)  # 203 is a 200 that a proxy has touched (RFC 9110 15.3.4)

_WORDS = {
    401: ("unauthorised", "it wants a login; nothing is evaded: ask the publisher for an open address"),
    403: ("forbidden", "the site does not want to be read by us: ask the publisher"),
    404: ("not-found", "check the address; the feed may have moved"),
    429: ("too-many-requests", "it is asked again later; a larger `every` is kinder"),
    451: ("forbidden", "it is withheld for legal reasons"),
    503: ("unavailable", "it is asked again later"),
}


def fetched(reply: Reply, url: str, *, keep_validators: bool, moved_to: str | None) -> Fetched | Failed:
    """The document of a 200. An empty body, cut short or not, is Failed: nothing can be made of it."""
    if not reply.content:
        why = f"{url} answered {reply.status} with an empty body" + ("" if reply.complete else ", cut short")
        return Failed(url=url, reason="empty-body", why=why, hint="it is asked again later", status=reply.status)
    content_type, charset = fields.media_type(reply.fields)
    return Fetched(
        document=Document(body=reply.content, url=url, content_type=content_type, charset=charset),
        body_hash=hashlib.sha256(reply.content).hexdigest(),
        validators=fields.validators(reply.fields) if keep_validators else Validators(),
        complete=reply.complete,
        max_age=fields.max_age(reply.fields),
        moved_to=moved_to,
    )


def not_modified(reply: Reply, sent: Validators, moved_to: str | None) -> NotModified:
    """The verdict of a 304: each validator is the answer's, else the one sent (RFC 9111 4.3.4)."""
    given = fields.validators(reply.fields)
    kept = Validators(etag=given.etag or sent.etag, last_modified=given.last_modified or sent.last_modified)
    return NotModified(validators=kept, max_age=fields.max_age(reply.fields), moved_to=moved_to)


def failed(reply: Reply, url: str, now: datetime) -> Failed:
    """The verdict of any status that brings nothing; Retry-After is honoured whichever status it comes with."""
    reason, hint = _WORDS.get(reply.status) or _by_class(reply.status)
    return Failed(
        url=url,
        reason=reason,
        why=f"{url} answered {reply.status}{_phrase(reply.status)}",
        hint=hint,
        status=reply.status,
        retry_after=fields.retry_after(reply.fields, now),
    )


def _by_class(status: int) -> tuple[str, str]:
    if status >= 500:
        return "server-error", "it is asked again later"
    if status >= 400:
        return "refused-by-server", "check the address"
    return "odd-status", "check the address"


def _phrase(status: int) -> str:
    try:
        return f" ({HTTPStatus(status).phrase})"
    except ValueError:
        return ""
