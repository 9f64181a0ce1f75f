"""Which comment answers which, in the shapes of several themes."""

import pytest

from syndicator.model import Document
from syndicator.stages.responses import read_page_responses

URL = "https://lantern.example/boats/"
THREADS = {
    "by depth in the names": """
        <div class="comments"><div class="comment depth-1" id="comment-1"><b class="fn">A</b><p>one</p></div>
        <div class="comment depth-2" id="comment-2"><b class="fn">B</b><p>two</p></div>
        <div class="comment depth-3" id="comment-3"><b class="fn">C</b><p>three</p></div>
        <div class="comment depth-2" id="comment-4"><b class="fn">D</b><p>four</p></div></div>""",
    "boxes in boxes": """
        <div class="comment" id="comment-1"><b class="fn">A</b><p>one</p><div class="comment" id="comment-2">
        <b class="fn">B</b><p>two</p><div class="comment" id="comment-3"><b class="fn">C</b><p>three</p></div>
        </div><div class="comment" id="comment-4"><b class="fn">D</b><p>four</p></div></div>""",
    "lists beside the comments": """
        <ul class="comment-list"><li><div class="comment-wrapper"><div class="comment" id="comment-1">
        <b class="fn">A</b><div class="comment-text">one</div></div><ul class="replies"><li>
        <div class="comment-wrapper"><div class="comment" id="comment-2"><b class="fn">B</b>
        <div class="comment-text">two</div></div><ul class="replies"><li><div class="comment" id="comment-3">
        <b class="fn">C</b><div class="comment-text">three</div></div></li></ul></div></li><li>
        <div class="comment" id="comment-4"><b class="fn">D</b><div class="comment-text">four</div></div></li>
        </ul></div></li></ul>""",
    "by numbers in attributes": """
        <div class="comment" data-comment-id="1" data-parent="0"><b class="fn">A</b><p>one</p></div>
        <div class="comment" data-comment-id="2" data-parent="1"><b class="fn">B</b><p>two</p></div>
        <div class="comment" data-comment-id="3" data-parent="2"><b class="fn">C</b><p>three</p></div>
        <div class="comment" data-comment-id="4" data-parent="1"><b class="fn">D</b><p>four</p></div>""",
    "lists in the comments": """
        <ol class="commentlist"><li class="comment" id="comment-1"><div class="comment-body">
        <span class="fn">A</span><p>one</p></div><ul class="children"><li class="comment" id="comment-2">
        <div class="comment-body"><span class="fn">B</span><p>two</p></div><ul class="children">
        <li class="comment" id="comment-3"><div class="comment-body"><span class="fn">C</span><p>three</p></div>
        </li></ul></li><li class="comment" id="comment-4"><div class="comment-body"><span class="fn">D</span>
        <p>four</p></div></li></ul></li></ol>""",
}


@pytest.mark.parametrize("name", THREADS)
def test_two_answer_the_first_and_one_the_second(name):
    page = f"<html><body>{THREADS[name]}</body></html>"
    responses = read_page_responses(Document(body=page.encode(), url=URL), URL)
    authors = {one.id: one.author for one in responses}
    read = [(one.author, authors.get(one.in_reply_to), one.content_text) for one in responses]
    assert read == [("A", None, "one"), ("B", "A", "two"), ("C", "B", "three"), ("D", "A", "four")]


def test_what_answers_a_comment_that_is_gone_answers_the_entry():
    page = """<ol class="commentlist"><li class="comment" id="comment-1"><ul class="children"><li class="comment"
    id="comment-2"><b class="fn">B</b><p>two</p></li></ul></li></ol>"""
    (one,) = read_page_responses(Document(body=page.encode(), url=URL), URL)
    assert (one.author, one.in_reply_to) == ("B", None)
