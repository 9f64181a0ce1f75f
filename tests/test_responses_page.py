"""Comment lists in pages to responses: systems, themes, formats; invented threads in real shapes."""

from datetime import UTC, datetime

import pytest

from syndicator.model import Document, Response
from syndicator.stages.responses import read_page_responses

URL = "https://lantern.example/2024/03/boats/"
GULL = "https://gull.example/2024/03/09/storms/"
ROPE = "https://rope.example"


def read(markup: str, url: str = URL, head: str = "") -> tuple[Response, ...]:
    page = (
        f"<!DOCTYPE html><html><head>{head}</head><body><article><p>No boat left.</p></article>{markup}</body></html>"
    )
    return read_page_responses(Document(body=page.encode(), url=url), url)


def told(responses: tuple[Response, ...]) -> list[tuple[str | None, str]]:
    return [(one.author, one.content_text) for one in responses]


WORDPRESS_XHTML = """
<div id="comments"><h3>2 thoughts on &#8220;Boats&#8221;</h3><ol class="commentlist">
<li class="comment even thread-even depth-1" id="comment-7"><div id="div-comment-7" class="comment-body">
 <div class="comment-author vcard"><img class="avatar" src="a.png"/><cite class="fn"><a href="https://rope.example"
 rel="external nofollow" class="url">Ada Rope</a></cite> <span class="says">says:</span></div>
 <em class="comment-awaiting-moderation">Your comment is awaiting moderation.</em><br/>
 <div class="comment-meta commentmetadata"><a href="https://lantern.example/2024/03/boats/#comment-7">
 March 6, 2024 at 4:40 pm</a></div>
 <p>One<br/>two.</p><p>Three <b>four</b>.</p>
 <div class="reply"><a class="comment-reply-link" href="?replytocom=7#respond">Reply</a></div></div>
 <ul class="children"><li class="comment odd alt depth-2" id="comment-8"><div id="div-comment-8" class="comment-body">
  <div class="comment-author vcard"><cite class="fn">Mo</cite> <span class="says">says:</span></div>
  <div class="comment-meta commentmetadata"><a href="#comment-8">March 7, 2024 at 9:05 am</a></div>
  <p>Five.</p></div></li></ul></li></ol>
<div id="respond" class="comment-respond"><h3>Leave a Reply <small><a href="#respond">Cancel reply</a></small></h3>
<form class="comment-form"><p class="comment-form-comment"><textarea>x</textarea></p></form></div></div>"""

WORDPRESS_HTML5 = """
<ol class="comment-list"><li id="comment-7" class="comment depth-1 parent"><article id="div-comment-7"
class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">
<a href="https://rope.example" class="url" rel="ugc external nofollow">Ada Rope</a></b> <span class="says">says:</span>
</div><div class="comment-metadata"><a href="#comment-7"><time datetime="2024-03-06T17:40:00+01:00">long ago</time></a>
<span class="edit-link">Edit</span></div></footer><div class="comment-content"><p>One<br>two.</p><p>Three
<b>four</b>.</p>
</div><div class="reply"><a class="comment-reply-link">Reply</a></div></article><ol class="children"><li id="comment-8"
class="comment depth-2"><article id="div-comment-8" class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><b class="fn">Mo</b></div><div class="comment-metadata"><a href="#comment-8">
<time datetime="2024-03-07T09:05:00Z">x</time></a></div></footer><div
class="comment-content"><p>Five.</p></div></article>
</li></ol></li></ol>"""

BLOGGER = """
<section class="comments" id="comments"><h4>2 comments:</h4><div id="comment-holder"><div class="comment-thread
toplevel-thread"><ol id="top-ra"><li class="comment" id="c700123"><div class="avatar-image-container"></div>
<div class="comment-block"><div class="comment-header"><cite class="user"><a href="https://rope.example"
rel="nofollow">Ada Rope</a></cite><span class="icon user"></span><span class="datetime secondary-text">
<a rel="nofollow" href="https://lantern.example/2024/03/boats/?showComment=1#c700123">6 March 2024 at 16:40</a></span>
</div><p class="comment-content">One<br>two.<br><br>Three <b>four</b>.</p><span class="comment-actions secondary-text">
<a class="comment-reply">Reply</a><span class="item-control"><a>Delete</a></span></span></div>
<div class="comment-replies"><div id="c700123-rt" class="comment-thread inline-thread"><span class="thread-toggle">
Replies</span><ol id="c700123-ra" class="thread-chrome thread-expanded"><div><li class="comment" id="c700124">
<div class="comment-block"><div class="comment-header"><cite class="user">Mo</cite><span class="datetime">
<a href="https://lantern.example/2024/03/boats/?showComment=2#c700124">7 March 2024 at 09:05</a></span></div>
<p class="comment-content">Five.</p></div></li></div></ol></div></div></li></ol></div></div></section>"""

DRUPAL = """
<section id="comments" class="comment-wrapper"><h2 class="title">Comments</h2><a id="comment-7"></a>
<article class="comment clearfix" about="/comment/7#comment-7"><footer><p class="author-datetime">
<span rel="sioc:has_creator"><a href="https://rope.example" class="username">Ada Rope</a></span> replied on
<time pubdate datetime="2024-03-06T16:40:00+00:00">Wed</time></p></footer><h3><a href="/comment/7#comment-7"
class="permalink" rel="bookmark">Ropes</a></h3><div class="content"><div class="field-name-comment-body">
<p>One<br>two.</p><p>Three <b>four</b>.</p></div></div><ul class="links inline"><li class="comment-reply">
<a href="/comment/reply/3/7">reply</a></li></ul></article><div class="indented"><a id="comment-8"></a>
<article class="comment"><footer><p><span class="username">Mo</span><time datetime="2024-03-07T09:05:00Z">x</time></p>
</footer><h3><a href="/comment/8#comment-8" rel="bookmark">Five</a></h3><div
class="content"><p>Five.</p></div></article>
</div></section>"""

AVADA = """
<ol class="comment-list commentlist"><li class="comment depth-1" id="comment-7"><div class="the-comment">
<div class="avatar"></div><div class="comment-box"><div class="comment-author meta"><strong><a class="url"
href="https://rope.example">Ada Rope</a></strong> 6. März 2024 um 16:40 Uhr <a class="comment-reply-link"
href="?replytocom=7#respond"> - Antworten</a></div><div class="comment-text"><p>One<br>two.</p><p>Three <b>four</b>.</p>
</div></div></div><ul class="children"><li class="comment depth-2" id="comment-8"><div class="the-comment">
<div class="comment-box"><div class="comment-author meta"><strong>Mo</strong> 7. März 2024 um 9:05 Uhr</div>
<div class="comment-text"><p>Five.</p></div></div></div></li></ul></li></ol>"""

MICRODATA = """
<div id="thread"><div itemprop="comment" itemscope itemtype="https://schema.org/Comment" id="comment-7">
<span itemprop="author" itemscope><a itemprop="url" href="https://rope.example"><span itemprop="name">Ada
Rope</span></a>
</span><meta itemprop="datePublished" content="2024-03-06T16:40:00Z"><div itemprop="text">One<br>two.<br><br>Three four.
</div><div itemprop="comment" itemscope itemtype="https://schema.org/Comment" id="comment-8"><span itemprop="author">Mo
</span><meta itemprop="dateCreated" content="2024-03-07T09:05:00Z"><div itemprop="text">Five.</div></div></div></div>"""

MICROFORMATS = """
<section class="thread"><div class="u-comment h-cite" id="comment-7"><a class="p-author h-card u-url"
href="https://rope.example">Ada Rope</a><time class="dt-published" datetime="2024-03-06T16:40:00Z">then</time>
<div class="e-content p-name"><p>One<br>two.</p><p>Three four.</p></div><div class="u-comment h-cite" id="comment-8">
<span class="p-author h-card">Mo</span><time class="dt-published" datetime="2024-03-07T09:05:00Z">then</time>
<p class="p-content">Five.</p></div></div></section>"""

MOVABLE_TYPE = """
<div id="comments" class="comments"><h2 class="comments-header">Comments (2)</h2><div class="comments-content">
<div class="comment" id="comment-7"><div class="inner"><div class="comment-header"><div class="asset-meta">
<span class="byline"><span class="vcard author"><a href="https://rope.example">Ada Rope</a></span> |
<a href="#comment-7"><abbr class="published" title="2024-03-06T16:40:00+00:00">March 6</abbr></a></span></div></div>
<div class="comment-content"><p>One<br>two.</p><p>Three four.</p></div></div></div>
<div class="comment" id="comment-8"><div class="inner"><div class="comment-header"><span class="vcard author">Mo</span>
<abbr class="published" title="2024-03-07T09:05:00Z">March 7</abbr> in reply to <a href="#comment-7">Ada Rope</a></div>
<div class="comment-content"><p>Five.</p></div></div></div></div></div>"""

IN_POLISH = """
<div class="komentarze"><h4>Komentarze</h4><ul class="lista-komentarzy"><li class="komentarz" id="komentarz-7">
<span class="komentarz-autor"><a href="https://rope.example">Ada Rope</a></span><span class="komentarz-data">6 marca
2024,
16:40</span><div class="komentarz-tekst"><p>One<br>two.</p><p>Three four.</p></div><a class="odpowiedz">Odpowiedz</a>
</li><li class="komentarz depth-2" id="komentarz-8" data-parent="7"><span class="komentarz-autor">Mo</span>
<span class="komentarz-data">7 marca 2024, 09:05</span><div
class="komentarz-tekst"><p>Five.</p></div></li></ul></div>"""

BEM = """
<div class="c-comments"><div class="c-comments__list"><div class="c-comment" data-comment-id="7"><div
class="c-comment__header"><a class="c-comment__author" href="https://rope.example">Ada Rope</a><time
class="c-comment__date" datetime="2024-03-06T16:40:00Z">6.3.</time></div><div class="c-comment__body"><p>One<br>two.</p>
<p>Three four.</p></div><div class="c-comment__actions"><button>Like</button> 3</div><div
class="c-comment__replies"><div
class="c-comment c-comment--reply" data-comment-id="8"><div class="c-comment__header"><span class="c-comment__author">Mo
</span><time class="c-comment__date" datetime="2024-03-07T09:05:00Z">7.3.</time></div><div class="c-comment__body">
<p>Five.</p></div></div></div></div></div></div>"""

THREADS = {
    "WordPress, XHTML walker": WORDPRESS_XHTML,
    "WordPress, HTML5 walker": WORDPRESS_HTML5,
    "Blogger": BLOGGER,
    "Drupal": DRUPAL,
    "Avada": AVADA,
    "schema.org in microdata": MICRODATA,
    "microformats": MICROFORMATS,
    "Movable Type": MOVABLE_TYPE,
    "a theme in Polish": IN_POLISH,
    "a theme with BEM names": BEM,
}


@pytest.mark.parametrize("name", THREADS)
def test_a_comment_and_its_answer_are_read(name):
    first, second = read(THREADS[name])
    assert (first.kind, first.author, first.published) == (
        "comment",
        "Ada Rope",
        datetime(2024, 3, 6, 16, 40, tzinfo=UTC),
    )
    assert first.content_text == "One\ntwo.\n\nThree four."
    assert first.uri.rstrip("/") == ROPE
    assert (second.author, second.content_text, second.in_reply_to) == ("Mo", "Five.", first.id)
    assert second.published == datetime(2024, 3, 7, 9, 5, tzinfo=UTC)


PINGS = {
    "WordPress, one line": f"""<ol class="commentlist"><li class="pingback" id="comment-9"><div class="comment-body">
        Pingback: <a href="{GULL}" rel="external nofollow" class="url">Storms | Gull Notes</a> <span class="edit-link">
        (Edit)</span></div></li></ol>""",
    "WordPress, Twenty Eleven": f"""<ol class="commentlist"><li class="post pingback"><p>Pingback: <a class="url"
        href="{GULL}">Storms | Gull Notes</a></p></li></ol>""",
    "WordPress, in full": f"""<ol class="commentlist"><li class="pingback even" id="comment-9"><div id="div-comment-9"
        class="comment-body"><div class="comment-author vcard"><cite class="fn"><a href="{GULL}" class="url">Storms |
        Gull Notes</a></cite> <span class="says">sagt:</span></div><p>[&#8230;] no boat left
        [&#8230;]</p></div></li></ol>""",
    "a list without a class": f"""<ul class="pinglist"><li id="comment-9"><a href="{GULL}" class="url">Storms |
        Gull Notes</a> - [&#8230;] no boat left [&#8230;]</li></ul>""",
    "a kind among others": f"""<ul class="commentlist"><li class="comment type-pingback" id="comment-9"><div
        class="comment-meta">Pingback by <a class="url" href="{GULL}">Storms | Gull Notes</a> on March 6, 2024</div>
        </li></ul>""",
    "an address without a scheme": """<ol class="commentlist"><li class="pingback" id="comment-9">Pingback: <a
        class="url" href="//gull.example/2024/03/09/storms/">Storms | Gull Notes</a></li></ol>""",
    "no class, in Chinese": f"""<ol class="comment-list"><li id="comment-9" class="comment">引用通告：<a class="url"
        href="{GULL}">Storms « Gull Notes</a></li></ol>""",
    "no class, in Russian": f"""<ul class="comments-list"><li id="comment-9">Уведомление: <a href="{GULL}">Storms |
        Gull Notes</a></li></ul>""",
}


@pytest.mark.parametrize("name", PINGS)
def test_a_ping_has_its_sources_address_title_and_site(name):
    (ping,) = read(PINGS[name])
    assert (ping.kind, ping.uri, ping.title, ping.site) == ("pingback", GULL, "Storms", "Gull Notes")
    assert (ping.author, ping.truncated) == (None, None)
    assert ping.content_text in ("", "no boat left")


def test_a_trackback_and_a_webmention_are_named_as_such():
    markup = f"""<ol class="commentlist"><li class="trackback" id="comment-3"><p>Trackback: <a href="{GULL}">Storms |
Gull
    Notes</a></p></li><li class="webmention h-cite u-comment" id="comment-4"><div class="comment-author p-author
h-card">
    <a class="u-url" href="https://mo.example/">Mo</a></div><div class="comment-content
e-content"><p>Seen.</p></div></li>
    </ol>"""
    assert [(one.kind, one.author) for one in read(markup)] == [("trackback", None), ("webmention", "Mo")]


@pytest.mark.parametrize(
    ("words", "mark"),
    [
        ("Republished from the Lantern", "republication"),
        ("перепечатано с Фонаря", "republication"),
        ("Перевод: Ада Брук", "translation"),
        ("traduit de l’anglais par Ada Brook", "translation"),
        ("traducido por Ada Brook", "translation"),
        ("przetłumaczyła Ada", None),
        ("vertaald door Ada Brook", "translation"),
        ("翻译：艾达", "translation"),
        ("nothing of the kind", None),
    ],
)
def test_a_ping_that_republishes_or_translates_says_so(words, mark):
    said = f'<a class="url" href="{GULL}">S</a><p>[…] {words} […]</p>'
    (ping,) = read(f'<ol><li class="pingback" id="comment-1">{said}</li></ol>')
    assert ping.marks == ((mark,) if mark else ())


NOTHING = {
    "a counter": '<div class="comments-title">3 pingbacks</div><p class="comments-count">12 Comments</p>',
    "a link to the thread": '<span class="comments-link"><a href="#comments">4 comments</a></span>',
    "a closed thread": '<div id="comments"><p class="nocomments">Comments are closed.</p></div>',
    "a form": """<div id="respond" class="comment-respond"><h3>Schreibe einen Kommentar</h3><form id="commentform"><p
        class="comment-notes">Deine Adresse wird nicht veröffentlicht.</p><p
class="comment-form-comment"><label>Kommentar
        </label><textarea></textarea></p></form></div>""",
    "the latest comments of the site": """<aside><ul id="recentcomments"><li class="recentcomments"><span
        class="comment-author-link">Mo</span> on <a href="https://lantern.example/other/#comment-5">Other</a></li></ul>
        <ol class="wp-block-latest-comments"><li class="wp-block-latest-comments__comment"><article><footer><a
        href="https://mo.example">Mo</a></footer><div class="wp-block-latest-comments__comment-excerpt"><p>Ho.</p></div>
        </article></li></ol></aside>""",
    "a ping from the same host": """<ol class="commentlist"><li class="pingback" id="comment-2">Pingback:
        <a href="https://www.lantern.example/other/">Other | Lantern</a></li></ol>""",
    "the address for trackbacks": f"""<ol class="commentlist"><li class="trackback"><a href="{URL}trackback/">Trackback
        URL</a></li></ol>""",
    "a counter in the list": '<ol class="commentlist"><li class="pingback">3 pingbacks</li></ol>',
    "a ping without an address": '<ol><li class="pingback" id="comment-2">Pingback: Storms</li></ol>',
    "an article with a telling name": '<div class="post-content no-comments"><p>By <b>Mo</b>, 6 March 2024.</p></div>',
    "what the page itself answers": f"""<div class="u-in-reply-to h-cite"><a class="p-author h-card"
href="{GULL}">Mo</a>
        <p class="e-content">Storms.</p></div>""",
    "a policy": '<div class="comments-policy comment-notice"><p>We moderate from 6 March 2024.</p></div>',
    "a loading place": '<div id="disqus_thread"><noscript>Please enable JavaScript to see comments.</noscript></div>',
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_around_responses_is_none(name):
    assert read(NOTHING[name]) == ()


def test_comments_of_another_entry_shown_beside_are_not_read():
    beside = """<ul class="commentlist"><li class="comment" id="li-comment-90"><span class="comment-author">Kim</span>
    <a href="https://lantern.example/2024/02/nets/#comment-90">Nets</a><p>About nets.</p></li></ul>"""
    assert [one.author for one in read(WORDPRESS_HTML5 + beside)] == ["Ada Rope", "Mo"]


def test_ids_are_addresses_in_the_entrys_page():
    page = Document(body=WORDPRESS_HTML5.encode(), url=URL + "comment-page-2/?utm_source=x")
    assert [one.id for one in read_page_responses(page, URL)] == [URL + "#comment-7", URL + "#comment-8"]


def test_a_response_without_an_address_keeps_its_id_from_reading_to_reading():
    markup = '<div class="comment"><b class="comment-author">Mo</b><p>Five.</p></div>'
    first, again = read(markup), read(f"<p>new</p>{markup}")
    assert first == again
    assert first[0].id.startswith(URL + "#")


def test_comments_declared_in_json_ld_are_read_once():
    declared = """<script type="application/ld+json">{"@type": "Article", "comment": [{"@type": "Comment", "text":
    "<p>Five.</p>", "author": {"@type": "Person", "name": "Mo", "url": "https://mo.example/"}, "dateCreated":
    "2024-03-07T09:05:00Z", "comment": {"@type": "Comment", "author": "Kim", "text": "Six.", "@id":
"#comment-6"}}]}</script>
    <script type="application/ld+json">{"@type": ["Comment"], "text": 5}</script><script
type="application/ld+json">{</script>"""
    first, second = read("", head=declared)
    assert (first.author, first.uri, first.content_text) == ("Mo", "https://mo.example/", "Five.")
    assert (second.author, second.id, second.in_reply_to) == ("Kim", URL + "#comment-6", first.id)
    assert told(read('<div class="comment"><b class="fn">Mo</b><p>Five.</p></div>', head=declared))[0] == (
        "Mo",
        "Five.",
    )
    assert len(read('<div class="comment"><b class="fn">Mo</b><p>Five.</p></div>', head=declared)) == 2


def test_no_address_of_a_person_leaves():
    markup = '<div class="comment" id="comment-1"><b class="fn">mo@post.example</b><p>Five.</p></div>'
    assert "post.example" not in repr(read(markup))


@pytest.mark.parametrize("body", [b"", b"\0\xff", b"%PDF-1.4", b"<", b"<?xml version='1.0'?><rss/>", b"{}"])
def test_what_is_no_page_has_no_responses(body):
    assert read_page_responses(Document(body=body, url=URL), URL) == ()
    assert read_page_responses(Document(body=body, url=URL, charset="no-such"), None) == ()
