"""Which bytes are a picture that we keep, and how a text shows the copies that we have."""

import json
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from syndicator.model import Copy, Document, Enclosure, Fetched, Stored, Terms
from syndicator.stages import render
from syndicator.stages.pictures import LARGEST, file_of, kind_of
from tests.entries import ENGLISH, SITE, stored
from tests.rendered import published
from tests.test_terms import BELL, HEARD, SEEN, scope

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + b"\0" * 17
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 20
GIF = b"GIF89a\x01\0\x01\0" + b"\0" * 20
WEBP = b"RIFF\x1a\0\0\0WEBPVP8 " + b"\0" * 20
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0" * 20

BYTES = {
    "PNG": (PNG, "png"),
    "JPEG": (JPEG, "jpg"),
    "JPEG with Exif": (b"\xff\xd8\xff\xe1\0\x10Exif", "jpg"),
    "GIF of 1989": (GIF, "gif"),
    "GIF of 1987": (b"GIF87a" + GIF[6:], "gif"),
    "WebP": (WEBP, "webp"),
    "AVIF": (AVIF, "avif"),
    "AVIF that moves": (AVIF.replace(b"ftypavif", b"ftypavis"), "avif"),
    "AVIF by a brand that it is compatible with": (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "avif"),
    "a film": (b"\0\0\0\x1cftypisom\0\0\0\0isommp41avc1", None),
    "a film whose version is avif": (b"\0\0\0\x14ftypisomavifisom", None),
    "a film, and avif behind its brands": (b"\0\0\0\x14ftypisom\0\0\0\0isomavif", None),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", None),
    "sound in RIFF": (b"RIFF\x1a\0\0\0WAVEfmt ", None),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', None),
    "SVG with a declaration": (b'<?xml version="1.0"?><svg/>', None),
    "HTML": (b"<!doctype html><script>alert(1)</script>", None),
    "HTML that ends as a PNG": (b"<script>alert(1)</script>" + PNG, None),
    "PDF": (b"%PDF-1.7", None),
    "BMP": (b"BM\0\0\0\0", None),
    "ICO": (b"\0\0\x01\0\x01\0", None),
    "TIFF": (b"II*\0", None),
    "half of PNG's": (PNG[:7], None),
    "nothing": (b"", None),
}


@pytest.mark.parametrize(("body", "kind"), BYTES.values(), ids=BYTES)
def test_the_bytes_tell_the_format(body: bytes, kind: str | None) -> None:
    assert kind_of(body) == kind


def fetched(body: bytes, kind: str = "image/png") -> Fetched:
    return Fetched(document=Document(body=body, url=BELL, content_type=kind), body_hash="")


def test_equal_bytes_have_one_name_whatever_they_were_called() -> None:
    names = {file_of(fetched(PNG, kind)) for kind in ("image/png", "image/jpeg", "text/html", "")}
    assert len(names) == 1
    ((name, why),) = names
    assert (len(name), name[-4:], why) == (68, ".png", "")
    assert file_of(fetched(PNG + b"\0"))[0] not in (name, "")


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (PNG + b"\0" * LARGEST, "it is larger than 10 MB"),
        (b"<html>", "it is no PNG, JPEG, GIF, WebP or AVIF (it says image/png)"),
    ],
)
def test_what_is_not_kept_has_no_name_and_a_reason(body: bytes, why: str) -> None:
    assert file_of(fetched(body)) == ("", why)


def test_a_picture_that_is_a_script_as_well_has_a_pictures_name() -> None:
    """Served as that with nosniff, no browser runs it (Fetch, "should response be blocked due to nosniff")."""
    assert file_of(fetched(b"GIF89a/*" + b"\0" * 20 + b"*/=alert(1)", "text/javascript"))[0].endswith(".gif")


# ── what a text shows ────────────────────────────────────────────────────────────────────────────────────────────

OURS = f"{SITE.base_url}/pictures/ab.png"
OTHER = "https://lighthouse.example/other.png"
FILM = "https://lighthouse.example/f.mp4"
COPIED = Terms(images="copy")
SHOWN = [
    (
        "in its place",
        '<p>A<img src="BELL" alt="Bell" width="4">B</p>',
        '<p>A<img src="OURS" alt="Bell" width="4">B</p>',
    ),
    (
        "above its caption",
        '<figure><img src="BELL"><figcaption>C</figcaption></figure>',
        '<figure><img src="OURS"><figcaption>C</figcaption></figure>',
    ),
    (
        "in the one size that all browsers know",
        '<picture><source src="OTHER"><img src="BELL" alt="Bell"></picture>',
        '<img src="OURS" alt="Bell">',
    ),
    (
        "inside a link",
        '<a href="https://a.example/"><img src="BELL"></a>',
        '<a href="https://a.example/"><img src="OURS"></a>',
    ),
    ("twice", '<img src="BELL"><img src="BELL">', '<img src="OURS"><img src="OURS">'),
    ("for a film", '<video src="FILM" poster="BELL"></video>', '<video src="FILM" poster="OURS"></video>'),
    (
        "beside one that has no copy yet",
        '<img src="BELL"> <img src="OTHER" alt="Pier">',
        '<img src="OURS"> <a class="syndicator-picture" href="OTHER">Picture: Pier</a>',
    ),
    ("none for a film", '<video poster="OTHER"></video>', "<video></video>"),
    (
        "none inside a link",
        '<a href="https://a.example/"><img src="OTHER"></a>',
        '<a href="https://a.example/"><span class="syndicator-picture">Picture</span></a>',
    ),
]


def spelled(markup: str) -> str:
    return markup.replace("BELL", BELL).replace("OURS", OURS).replace("OTHER", OTHER).replace("FILM", FILM)


def copied(markup: str = "", **changes: Any) -> Stored:
    each = stored(**{"terms": COPIED, "content_html": markup, "untouched_html": markup, "enclosures": (), **changes})
    return replace(each, copies=(Copy(url=BELL, at="pictures/ab.png", size=9),))


def told(each: Stored) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(published(each)["english/feed.json"])["items"][0]
    return entry


@pytest.mark.parametrize(("markup", "left"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
@pytest.mark.parametrize("release", ["whole", "untouched"])
def test_our_copy_is_shown(markup: str, left: str, release: str) -> None:
    said = told(copied(spelled(markup), release=scope(release)))["content_html"]
    assert said.split("<hr>")[0] == spelled(left)


@pytest.mark.parametrize("terms", [Terms(), Terms(images="link")])
def test_without_the_partners_wish_no_copy_is_shown(terms: Terms) -> None:
    assert OURS not in str(told(copied(f'<img src="{BELL}">', terms=terms)))


def test_a_page_shows_the_same_copies() -> None:
    page = html.document_fromstring(render.entry_page(copied(f'<img src="{BELL}">'), ENGLISH, SITE))
    assert [image.get("src") for image in page.iter("img")] == [OURS]


def test_pictures_beside_the_text_are_copies_or_links() -> None:
    other = Enclosure(url=OTHER, type="image/png")
    entry = told(copied("<p>A</p>", enclosures=(SEEN, other, HEARD)))
    assert [(one["url"], one["mime_type"], one.get("size_in_bytes")) for one in entry["attachments"]] == [
        (OURS, "image/png", 9),
        (HEARD.url, HEARD.type, None),
    ]
    link = f'<p class="syndicator-picture"><a href="{OTHER}"><bdi>Picture</bdi></a></p>'
    assert entry["content_html"].startswith(f"<p>A</p>{link}<hr>")


@pytest.mark.parametrize("release", ["excerpt", "link"])
def test_of_what_is_not_shown_whole_no_picture_is_wanted(release: str) -> None:
    each = copied(f'<img src="{BELL}">', release=scope(release), enclosures=(SEEN,))
    assert render.pictures_of(each.entry) == ()
    assert OURS not in str(told(each))


def test_a_picture_is_wanted_once_and_of_addresses_only_those_of_the_web() -> None:
    markup = f'<img src="{BELL}"><img src="{BELL}"><img src="data:image/png;base64,AA"><video poster="{OTHER}"></video>'
    assert render.pictures_of(copied(markup, enclosures=(SEEN, HEARD)).entry) == (BELL, OTHER)


def test_another_address_of_our_site_makes_entries_anew() -> None:
    assert render.recipe(ENGLISH, SITE) != render.recipe(ENGLISH, replace(SITE, base_url="https://elsewhere.example"))
