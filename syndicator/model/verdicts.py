"""What became of a request: an answer is a value, not an exception."""

from syndicator.model.noun import noun


@noun
class Validators:
    """ETag and Last-Modified exactly as received."""

    etag: str | None = None
    last_modified: str | None = None


@noun
class Document:
    """Bytes from outside and what the transport said of them: the final URL, the type and charset of Content-Type."""

    body: bytes
    url: str
    content_type: str = ""
    charset: str | None = None


@noun
class Fetched:
    """200. `complete` is false when the body was cut short; `moved_to` is set when the way there was permanent (301,
    308).
    """

    document: Document
    body_hash: str
    validators: Validators = Validators()
    complete: bool = True
    max_age: int | None = None
    moved_to: str | None = None


@noun
class NotModified:
    """304. Validators are those of the answer, or the ones sent where it gave none."""

    validators: Validators = Validators()
    max_age: int | None = None
    moved_to: str | None = None


@noun
class Gone:
    """410: the publisher took the resource down for good."""

    url: str


@noun
class Failed:
    """Anything else. `reason` is a stable kebab-case word, `why` a sentence; `retry_after` in seconds where the
    server asked.
    """

    url: str
    reason: str
    why: str
    hint: str = ""
    status: int | None = None
    retry_after: int | None = None


Answer = Fetched | NotModified | Gone | Failed
