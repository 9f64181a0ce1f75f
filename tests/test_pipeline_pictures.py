"""A partner's pictures are fetched once, kept, shown from our own folder, and gone with their entry: whole rounds."""

import json
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from html import escape
from pathlib import Path
from threading import Event

import pytest

from syndicator import pipeline
from syndicator.doors import Doors
from syndicator.explain import explain_stored
from syndicator.pipeline import pictures as pipeline_pictures
from syndicator.pipeline import visiting
from syndicator.pipeline.republish import republishing
from syndicator.pipeline.taking_down import take_down
from syndicator.store import entries
from syndicator.store import pictures as store_pictures
from tests.acceptance.test_subscriber import bytes_of
from tests.rounds import BASE, Rounds
from tests.test_pictures import AVIF, GIF, JPEG, PNG, WEBP
from tests.test_pipeline_works import atom, entry
from tests.upstream import Reply, Upstream, serve

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
COPY = 'full_text = "never"\nterms = {images = "copy"}'
KEEP = 'full_text = "never"'


def named(body: bytes, kind: str = "png") -> str:
    return f"pictures/{sha256(body).hexdigest()}.{kind}"


def picture(body: bytes, kind: str = "image/png") -> Reply:
    return Reply(body, type=kind)


def shown(upstream: Upstream, *paths: str, path: str = "/bell/", more: str = "") -> str:
    """An entry whose text shows the pictures `paths`."""
    images = "".join(f'<img src="{upstream.url(one)}" alt="Bell">' for one in paths)
    return entry(upstream, path, f"The bell rang. {escape(images)}", more=more)


@pytest.fixture
def quay(tmp_path: Path) -> Iterator[Rounds]:
    with serve({"/bell.png": picture(PNG)}) as upstream:
        upstream.replies["/quay"] = atom(upstream, shown(upstream, "/bell.png"))
        yield Rounds(upstream, tmp_path, settings=COPY)


def texts(quay: Rounds) -> dict[str, str]:
    """The published texts by their path."""
    public = quay.folder / "public"
    found = (path for path in public.rglob("*") if path.suffix in {".atom", ".rss", ".json", ".html"})
    return {str(path.relative_to(public)): path.read_text(encoding="utf-8") for path in found}


def files(quay: Rounds) -> set[str]:
    folder = quay.folder / "public" / "pictures"
    return {f"pictures/{path.name}" for path in folder.iterdir()} if folder.is_dir() else set()


def body(quay: Rounds, number: int = 0) -> str:
    told = json.loads(quay.published("all/feed.json"))["items"][number]
    return str(told["content_html"])


def hot(quay: Rounds, path: str = "/bell.png") -> list[str]:
    """The texts that would make a reader's browser load the picture from its own server."""
    said = texts(quay) | {"content_html": body(quay)}
    return [name for name, text in said.items() if f'src="{quay.upstream.url(path)}' in text]


# ── fetched once, shown from here ────────────────────────────────────────────────────────────────────────────────


def test_every_text_shows_our_copy_from_the_first_round_on(quay: Rounds) -> None:
    quay.once()
    ours = f"{BASE}/{named(PNG)}"
    assert quay.published(named(PNG)) == PNG
    assert f'<img src="{ours}" alt="Bell">' in body(quay)
    said = texts(quay)
    page = next(text for name, text in said.items() if name.startswith("all/entries/") and name.endswith(".html"))
    assert all(ours in text for text in (said["all/feed.atom"], said["all/feed.rss"], page))
    assert hot(quay) == []


def test_a_picture_is_fetched_once_however_often_its_feed_is(quay: Rounds) -> None:
    for _ in range(3):
        quay.once()
        quay.now += DAY
    assert len(quay.upstream.asked("/bell.png")) == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PNG, "png"), (JPEG, "jpg"), (GIF, "gif"), (WEBP, "webp"), (AVIF, "avif")],
    ids=["png", "jpg", "gif", "webp", "avif"],
)
def test_the_bytes_decide_what_a_picture_is(quay: Rounds, content: bytes, kind: str) -> None:
    quay.upstream.replies["/bell.png"] = picture(content, "application/octet-stream")
    quay.once()
    assert files(quay) == {named(content, kind)}


def test_equal_pictures_of_two_entries_are_one_file(quay: Rounds) -> None:
    upstream = quay.upstream
    upstream.replies["/other.png"] = picture(PNG)
    upstream.replies["/quay"] = atom(
        upstream, shown(upstream, "/bell.png"), shown(upstream, "/other.png", "/bell.png", path="/mole/")
    )
    quay.once()
    assert files(quay) == {named(PNG)}
    assert [body(quay, number).count(named(PNG)) for number in (0, 1)] in ([1, 2], [2, 1])
    assert len(upstream.asked("/bell.png")) == 1, "one address, asked once for both"


def test_a_picture_beside_the_text_is_attached_as_our_copy(quay: Rounds) -> None:
    upstream = quay.upstream
    beside = f'<link rel="enclosure" href="{upstream.url("/bell.png")}" type="image/jpeg" length="7"/>'
    upstream.replies["/quay"] = atom(upstream, entry(upstream, "/bell/", more=beside))
    quay.once()
    (told,) = json.loads(quay.published("all/feed.json"))["items"]
    assert told["attachments"] == [{"url": f"{BASE}/{named(PNG)}", "mime_type": "image/png", "size_in_bytes": len(PNG)}]


def test_a_copy_that_comes_later_is_no_news(quay: Rounds) -> None:
    quay.upstream.replies["/bell.png"] = Reply(b"", 503)
    quay.once()
    before = quay.find("/bell/").entry
    assert (files(quay), hot(quay)) == (set(), [])
    quay.upstream.replies["/bell.png"] = picture(PNG)
    quay.now += HOUR
    quay.once()
    assert quay.find("/bell/").entry.updated == before.updated
    assert named(PNG) in body(quay)


def test_pictures_are_not_fetched_for_what_no_publication_shows(quay: Rounds) -> None:
    quay.settings += '\npublish = "review"'
    quay.once()
    quay.once()
    assert quay.upstream.asked("/bell.png") == []


# ── what is none, or does not come ───────────────────────────────────────────────────────────────────────────────

SCRIPT = b"<script>alert(1)</script>"
NOT_COPIED = {
    "not there": Reply(b"", 404),
    "gone": Reply(b"", 410),
    "forbidden": Reply(b"", 403),
    "a page that says it is a picture": picture(b"<!doctype html>" + SCRIPT),
    "a drawing with a script": picture(
        b'<svg xmlns="http://www.w3.org/2000/svg">' + SCRIPT + b"</svg>", "image/svg+xml"
    ),
    "text before the magic": picture(b" " + PNG),
    "half a magic": picture(PNG[:5]),
    "empty": picture(b""),
    "too large": picture(PNG + b"\0" * 10_000_001),
    "a bitmap": picture(b"BM" + b"\0" * 100, "image/bmp"),
    "led to an address of this machine by name": Reply(b"", 302, headers={"Location": "file:///etc/passwd"}),
}


@pytest.mark.parametrize("reply", NOT_COPIED.values(), ids=NOT_COPIED)
def test_what_is_no_picture_stands_as_a_link_and_is_asked_for_once(quay: Rounds, reply: Reply) -> None:
    quay.upstream.replies["/bell.png"] = reply
    quay.once()
    link = f'<a class="syndicator-picture" href="{quay.upstream.url("/bell.png")}">Picture: Bell</a>'
    assert (files(quay), hot(quay), body(quay).count(link)) == (set(), [], 1)
    asked = len(quay.upstream.asked("/bell.png"))
    for _ in range(3):
        quay.now += 9 * DAY
        quay.once()
    assert len(quay.upstream.asked("/bell.png")) == asked or reply.status == 302


def test_an_editor_is_told_which_pictures_were_not_copied_and_why(quay: Rounds) -> None:
    quay.upstream.replies["/bell.png"] = Reply(b"", 404)
    quay.once()
    url = quay.upstream.url("/bell.png")

    async def look(doors: Doors) -> tuple[dict[str, int], list[dict[str, str]]]:
        (told,) = await explain_stored(doors.store, quay.upstream.url("/bell/"))
        return await store_pictures.missing(doors.store), told["notes"]

    counted, notes = quay.doing(look)
    assert counted == {"quay": 1}
    assert {"code": "picture-not-copied", "text": f"{url}: {url} answered 404 (Not Found)"} in notes


def test_trouble_that_passes_is_tried_five_times_ever_later(quay: Rounds) -> None:
    quay.upstream.replies["/bell.png"] = Reply(b"", 503)
    counts = []
    for _ in range(30):
        quay.once()
        counts.append(len(quay.upstream.asked("/bell.png")))
        quay.now += HOUR
    assert (counts[0], counts[1], counts[2], counts[-1]) == (1, 2, 2, 5)


def test_a_picture_that_came_to_nothing_is_asked_for_again_when_its_entry_changes(quay: Rounds) -> None:
    quay.upstream.replies["/bell.png"] = Reply(b"", 404)
    quay.once()
    quay.upstream.replies["/bell.png"] = picture(PNG)
    quay.upstream.replies["/quay"] = atom(quay.upstream, shown(quay.upstream, "/bell.png").replace("rang", "rings"))
    quay.once()
    assert files(quay) == {named(PNG)}


def test_an_address_of_the_local_network_is_not_asked_for_a_picture(quay: Rounds) -> None:
    quay.upstream.replies["/bell.png"] = Reply(b"", 503)
    quay.once()
    quay.environ["SYNDICATOR_FETCH__ALLOW_PRIVATE_NETWORKS"] = "false"
    quay.now += HOUR
    quay.doing(pipeline.hear)
    assert len(quay.upstream.asked("/bell.png")) == 1


def test_a_picture_that_never_ends_holds_no_entry_up(quay: Rounds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "PATIENCE", 0.5)
    never = Event()
    quay.upstream.replies["/bell.png"] = Reply(PNG, type="image/png", hold=never)
    quay.once()
    assert "syndicator-picture" in body(quay)
    never.set()
    quay.upstream.replies["/bell.png"] = picture(PNG)
    quay.doing(pipeline.hear)
    assert len(quay.upstream.asked("/bell.png")) == 1, "others go first"
    quay.now += HOUR
    quay.once()
    assert named(PNG) in body(quay)


def test_a_site_that_keeps_us_out_is_not_asked_for_its_pictures(quay: Rounds) -> None:
    quay.upstream.replies["/robots.txt"] = Reply(b"User-agent: *\nDisallow: /bell.png", type="text/plain")
    quay.once()
    assert (quay.upstream.asked("/bell.png"), hot(quay)) == ([], [])


def test_of_an_entry_with_very_many_pictures_fifty_are_copied(quay: Rounds) -> None:
    paths = [f"/{number}.png" for number in range(55)]
    for number, path in enumerate(paths):
        quay.upstream.replies[path] = picture(PNG + bytes([number]))
    quay.upstream.replies["/quay"] = atom(quay.upstream, shown(quay.upstream, *paths))
    quay.once()
    assert len(files(quay)) == 50
    assert (body(quay).count("<img"), body(quay).count('class="syndicator-picture"')) == (50, 5)


def test_a_fault_of_ours_in_one_picture_keeps_no_other_from_being_copied(
    quay: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(answer: object) -> tuple[str, str]:
        monkeypatch.undo()
        raise RuntimeError("a fault")

    quay.upstream.replies["/other.png"] = picture(GIF)
    quay.upstream.replies["/quay"] = atom(quay.upstream, shown(quay.upstream, "/bell.png", "/other.png"))
    monkeypatch.setattr(pipeline_pictures, "file_of", fail)
    quay.once()
    assert len(files(quay)) == 1


# ── and gone ─────────────────────────────────────────────────────────────────────────────────────────────────────


def withdraw(quay: Rounds, path: str) -> None:
    identity = quay.upstream.url(path)

    async def down(doors: Doors) -> None:
        await take_down(doors.store, doors.config, [("quay", identity)], doors.now())
        await pipeline.settle(doors)

    quay.doing(down)


def test_the_pictures_of_a_withdrawn_entry_go_with_it_and_leave_no_byte(quay: Rounds) -> None:
    secret = PNG + b"a picture that nobody is to see again"
    quay.upstream.replies["/bell.png"] = picture(secret)
    quay.once()
    assert b"nobody is to see again" in bytes_of(quay.folder)
    withdraw(quay, "/bell/")
    left = bytes_of(quay.folder)
    assert files(quay) == set()
    assert (left.count(b"nobody is to see again"), left.count(named(secret).encode()), left.count(b"/bell.png")) == (
        0,
    ) * 3


def test_what_another_entry_shows_stays(quay: Rounds) -> None:
    upstream = quay.upstream
    upstream.replies["/quay"] = atom(
        upstream, shown(upstream, "/bell.png"), shown(upstream, "/bell.png", path="/mole/")
    )
    quay.once()
    withdraw(quay, "/bell/")
    assert files(quay) == {named(PNG)}
    withdraw(quay, "/mole/")
    assert files(quay) == set()


def test_what_the_text_shows_no_more_goes(quay: Rounds) -> None:
    quay.once()
    quay.upstream.replies["/other.png"] = picture(GIF)
    quay.upstream.replies["/quay"] = atom(quay.upstream, shown(quay.upstream, "/other.png"))
    quay.once()
    assert files(quay) == {named(GIF, "gif")}


def test_a_partner_that_wants_no_copies_any_more_has_none(quay: Rounds) -> None:
    quay.once()
    quay.settings = KEEP
    quay.once()
    assert files(quay) == set()
    assert hot(quay) != []


def test_a_publication_that_shows_the_subscription_no_more_keeps_no_pictures_of_it(quay: Rounds) -> None:
    quay.once()
    quay.environ["SYNDICATOR_PUBLICATIONS__ALL__LANGUAGES"] = "fr"
    quay.once()
    assert files(quay) == set()
    del quay.environ["SYNDICATOR_PUBLICATIONS__ALL__LANGUAGES"]
    quay.once()
    quay.once()
    assert files(quay) == {named(PNG)}
    assert named(PNG) in body(quay)


def test_an_entry_that_is_held_back_keeps_no_pictures(quay: Rounds) -> None:
    quay.once()
    identity = quay.upstream.url("/bell/")

    async def hold(doors: Doors) -> None:
        owed = republishing(doors, "quay")
        await entries.move(doors.store, [("quay", identity)], "held", owed, doors.now())
        await pipeline.settle(doors)

    quay.doing(hold)
    assert files(quay) == set()


def test_an_archive_names_our_copies_and_follows_when_they_come_and_go(quay: Rounds) -> None:
    quay.environ["SYNDICATOR_PUBLICATIONS__ALL__LIMIT"] = "1"
    upstream = quay.upstream
    upstream.replies["/bell.png"] = Reply(b"", 503)
    others = [entry(upstream, f"/{day}/", day=day) for day in (2, 3)]
    upstream.replies["/quay"] = atom(upstream, shown(upstream, "/bell.png"), *others)
    quay.once()
    (archive,) = [name for name, text in texts(quay).items() if "archive" in name and "syndicator-picture" in text]
    upstream.replies["/bell.png"] = picture(PNG)
    quay.now += HOUR
    quay.once()
    assert named(PNG) in texts(quay)[archive]
    quay.settings = 'full_text = "never"\nterms = {images = "link"}'
    quay.once()
    assert named(PNG) not in texts(quay)[archive]


def test_a_folder_that_was_cleared_is_filled_again(quay: Rounds) -> None:
    quay.once()
    for path in (quay.folder / "public").rglob("*"):
        if path.is_file():
            path.unlink()
    quay.once()
    quay.once()
    assert files(quay) == {named(PNG)}
    assert named(PNG) in body(quay)


def test_a_folder_that_cannot_be_written_to_is_told_and_the_texts_come_all_the_same(quay: Rounds) -> None:
    blocked = quay.folder / "public" / "pictures"
    blocked.parent.mkdir()
    blocked.write_text("in the way")
    done = quay.once()
    assert [str(one.subject) for one in done.failed] == [str(blocked)]
    assert "syndicator-picture" in body(quay)
    blocked.unlink()
    quay.now += HOUR
    assert not quay.once().failed
    assert files(quay) == {named(PNG)}
