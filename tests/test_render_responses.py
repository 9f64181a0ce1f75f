"""What people said of an entry, where a publication shows it: the feeds of responses, and the thread on the page."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from syndicator.model import Document, Response, Stored
from syndicator.stages import render
from syndicator.stages.responses import read_page_responses
from tests.entries import COMMENT, ENGLISH, NOON, PING, SITE, URL, stored
from tests.rendered import ATOM, links, published, texts

OPEN = replace(ENGLISH, comments=True)


def comment(number: int, **facts: Any) -> Response:
    said: dict[str, Any] = {
        "id": f"{URL}#comment-{number}",
        "kind": "comment",
        "author": f"Reader {number}",
        "published": NOON + timedelta(hours=number),
        "content_text": f"Said {number}.",
    }
    return Response(**{**said, **facts})


IDA = comment(1, author="Ida Brandt", uri="https://ida.example/", content_text="So do <we>.\n\nAnd\nnow?")
JON = comment(2, author="Jon Moor", in_reply_to=IDA.id)
EACH = stored((IDA, JON, PING))
PATH = "english/entries/the-lamp-0123456789"


def documents(each: Stored) -> dict[str, bytes]:
    return {**published(each, publication=OPEN), **render.entry_documents(each, OPEN, SITE)}


def entries_of(document: bytes) -> list[Any]:
    return list(etree.fromstring(document).findall("a:entry", ATOM))


def thread_of(*comments: Response) -> Any:
    page = render.entry_page(stored(comments), OPEN, SITE)
    return html.document_fromstring(page.decode()).find_class("thread")[0]


@pytest.mark.parametrize("path", ["english/responses.atom", f"{PATH}.atom"])
def test_a_ping_whose_page_no_comment_feed_names_leads_to_its_place_below_the_original(path: str) -> None:
    ping = replace(PING, uri=None, id=f"{URL}#comment-7")
    (made,) = entries_of(documents(stored((ping,)))[path])
    assert links(made, "alternate") == [{"href": ping.id}]
    assert [link.get("href") for link in thread_of(ping).iterfind(".//li/a")] == [ping.id]


@pytest.mark.parametrize("path", ["english/responses.atom", f"{PATH}.atom"])
def test_both_feeds_carry_comments_beside_pings(path: str) -> None:
    made = entries_of(documents(EACH)[path])
    assert [each.find("a:category", ATOM).get("term") for each in made] == ["pingback", "comment", "comment"]
    answer, first = made[1:]
    assert texts(first, "a:author/a:name") == ["Ida Brandt"]
    assert texts(first, "a:author/a:uri") == ["https://ida.example/"]
    assert texts(first, "a:title") == ["Ida Brandt — The lamp"]
    assert texts(first, "a:content") == ['<p dir="auto">So do &lt;we&gt;.</p><p dir="auto">And<br>now?</p>']
    assert links(first, "alternate") == [{"href": f"{URL}#comment-1"}]
    to = dict(first.find("thr:in-reply-to", ATOM).attrib)
    assert to == {"ref": EACH.entry.id, "href": URL, "type": "text/html"}
    answered = answer.find("thr:in-reply-to", ATOM)
    assert (answered.get("ref"), answered.get("href")) == (texts(first, "a:id")[0], IDA.id)


def test_both_feeds_are_valid(shared: Path) -> None:
    schema = etree.RelaxNG(etree.parse(shared / "data/schema/atom.rng"))
    for each in (EACH, stored((Response(id="7", kind="comment"),))):
        made = documents(each)
        for path in ("english/responses.atom", f"{PATH}.atom"):
            assert schema.validate(etree.fromstring(made[path])), schema.error_log


def test_a_comment_has_one_id_in_both_feeds_and_keeps_it() -> None:
    made = documents(EACH)
    ids = [texts(each, "a:id") for each in entries_of(made["english/responses.atom"])]
    assert ids == [texts(each, "a:id") for each in entries_of(made[f"{PATH}.atom"])]
    later = documents(stored((comment(9), IDA, JON, PING)))
    assert [texts(each, "a:id") for each in entries_of(later[f"{PATH}.atom"])][:1] == ids[:1]


def test_who_answers_what_is_not_here_answers_the_entry() -> None:
    lost = comment(3, in_reply_to=f"{URL}#comment-99")
    (made,) = entries_of(documents(stored((lost,)))["english/responses.atom"])
    assert made.find("thr:in-reply-to", ATOM).get("ref") == EACH.entry.id


def test_a_comment_without_a_name_or_an_address_is_signed_so() -> None:
    nameless = Response(id="7", kind="comment", content_text="Hm.", uri="javascript:alert(1)")
    made = documents(stored((nameless,)))
    (told,) = entries_of(made[f"{PATH}.atom"])
    assert texts(told, "a:author/a:name") == ["Without a name"]
    assert (links(told, "alternate"), texts(told, "a:author/a:uri")) == ([], [])
    assert b"Without a name" in made[f"{PATH}.html"]
    assert b"javascript" not in b"".join(made.values())


def test_json_and_the_publications_other_documents_carry_none() -> None:
    told = {path for path, made in documents(stored((COMMENT,))).items() if b"Private Pat" in made}
    assert told == {"english/responses.atom", f"{PATH}.atom", f"{PATH}.html"}


def test_without_opt_in_nobody_is_named_anywhere() -> None:
    each = stored((COMMENT, IDA, JON))
    made = {**published(each), **render.entry_documents(each, ENGLISH, SITE)}
    told = b"".join(made.values())
    for private in (b"Private Pat", b"My private words", b"Ida Brandt", b"ida.example", b"So do", b"Jon Moor"):
        assert private not in told


def test_opting_in_makes_pages_anew_and_no_feeds_entries() -> None:
    assert render.page_recipe(OPEN, SITE) != render.page_recipe(ENGLISH, SITE)
    assert render.recipe(OPEN, SITE) == render.recipe(ENGLISH, SITE)
    corrected = replace(ENGLISH, corrections=True)
    assert render.recipe(corrected, SITE) != render.recipe(ENGLISH, SITE)
    assert render.page_recipe(corrected, SITE) != render.page_recipe(ENGLISH, SITE)


def test_the_page_shows_the_thread_as_microformats_with_links_that_vouch_for_nobody() -> None:
    thread = thread_of(IDA, JON, comment(3))
    assert [each.text_content() for each in thread.find_class("p-author")] == ["Ida Brandt", "Jon Moor", "Reader 3"]
    (answer,) = thread.xpath("./ol/li//ol/li")
    assert answer.get("class") == "u-comment h-cite"
    assert answer.find_class("e-content")[0].text_content() == "Said 2."
    strangers = thread.xpath(".//ol//a[@href]")
    assert len(strangers) == 4
    assert {link.get("rel") for link in strangers} == {"ugc nofollow"}


def test_what_reads_threads_of_others_reads_ours() -> None:
    body = render.entry_page(EACH, OPEN, SITE)
    read = {
        one.author: one for one in read_page_responses(Document(body=body, url=f"{SITE.base_url}/{PATH}.html"), None)
    }
    assert read["Ida Brandt"].content_text.replace("\n\n", " ").split() == ["So", "do", "<we>.", "And", "now?"]
    assert read["Jon Moor"].in_reply_to == read["Ida Brandt"].id


def test_a_long_quarrel_is_set_in_only_so_far_and_an_endless_one_is_cut() -> None:
    chain = [comment(0), *(comment(n, in_reply_to=f"{URL}#comment-{n - 1}") for n in range(1, 300))]
    thread = thread_of(*chain)
    assert len(thread.find_class("u-comment")) == 50
    assert max(len(list(each.iterancestors("ol"))) for each in thread.find_class("u-comment")) == 4
    assert "(300)" in thread.text_content()
    assert len(entries_of(documents(stored(tuple(chain)))[f"{PATH}.atom"])) == 200


def test_two_that_answer_one_another_are_shown_both() -> None:
    thread = thread_of(comment(1, in_reply_to=f"{URL}#comment-2"), comment(2, in_reply_to=f"{URL}#comment-1"))
    assert len(thread.find_class("u-comment")) == 2


def test_fifty_comments_keep_a_page_under_50_kilobytes() -> None:
    many = stored(tuple(comment(n, content_text="Rain on the slipway. " * 15) for n in range(50)))
    assert len(render.entry_page(many, OPEN, SITE)) < 50_000


def test_no_word_of_a_commenter_becomes_markup() -> None:
    evil = comment(1, author="<script>x</script>", content_text="</p><img src=x onerror=alert(1)>\n\n]]>")
    made = documents(stored((evil,)))
    for path in (f"{PATH}.html", f"{PATH}.atom", "english/responses.atom"):
        assert b"<img src=x" not in made[path]
        assert b"<script>x" not in made[path]
    assert thread_of(evil).xpath(".//img|.//script") == []


def test_control_characters_harm_nothing() -> None:
    odd = comment(1, id="\x03", author="Ida\x04", content_text="So\x00 do\ud800 we", in_reply_to="\x05")
    made = documents(stored((odd, comment(2, id="b", in_reply_to="\x03"))))
    assert len(entries_of(made[f"{PATH}.atom"])) == 2
