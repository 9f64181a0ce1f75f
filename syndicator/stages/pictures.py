"""What an answer says of a picture: its bytes decide, not its name or its stated type.

Five formats that hold nothing but a picture are kept. SVG is a document that may hold scripts, and is not. Nothing is
decoded here: that is the reader's browser's work, in its own sandbox. This module must not do I/O.
"""

from hashlib import sha256

from syndicator.model import Fetched

LARGEST = 10_000_000  # bytes of a picture
_BEGINNINGS = {
    b"\x89PNG\r\n\x1a\n": "png",  # https://www.w3.org/TR/png/#5PNG-file-signature
    b"\xff\xd8\xff": "jpg",  # ITU T.81 B.1.1.3: SOI, then a marker
    b"GIF87a": "gif",
    b"GIF89a": "gif",  # https://www.w3.org/Graphics/GIF/spec-gif89a.txt 17
}
_AVIF = (b"avif", b"avis")  # https://aomediacodec.github.io/av1-avif/ 6.2, 6.3


def kind_of(body: bytes) -> str | None:
    """The suffix of the format that the bytes are: png, jpg, gif, webp, avif; None for all else."""
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":  # RFC 9649 2.4
        return "webp"
    if body[4:8] == b"ftyp" and _is_avif(body):
        return "avif"
    return next((kind for beginning, kind in _BEGINNINGS.items() if body.startswith(beginning)), None)


def file_of(answer: Fetched) -> tuple[str, str]:
    """The name under which the picture in `answer` is kept, and "", or "" and why it is not kept.

    Equal bytes have equal names, and other bytes others: a name never changes what it shows.
    """
    body = answer.document.body
    if len(body) > LARGEST:
        return "", f"it is larger than {LARGEST / 1e6:g} MB"
    kind = kind_of(body)
    if kind is None:
        return "", f"it is no PNG, JPEG, GIF, WebP or AVIF (it says {answer.document.content_type or 'nothing'})"
    return f"{sha256(body).hexdigest()}.{kind}", ""


def _is_avif(body: bytes) -> bool:
    """ISO/IEC 14496-12 4.3: the major brand, a version, then the brands that it is compatible with."""
    box = body[8 : min(int.from_bytes(body[:4], "big"), 256)]
    return any(box[start : start + 4] in _AVIF for start in (0, *range(8, len(box), 4)))
