"""One comment in the shapes of many systems and themes, invented: who, what and when are read, nothing around it."""

import pytest

from syndicator.model import Document
from syndicator.stages.responses import read_page_responses

URL = "https://lantern.example/2024/03/boats/"
DATED = {
    "Genesis": """
        <div class="entry-comments" id="comments"><h3>Comments</h3><ol class="comment-list"><li class="comment even"
        id="comment-7"><article itemprop="comment" itemscope itemtype="https://schema.org/Comment"><header
        class="comment-header"><p class="comment-author" itemprop="author" itemscope
        itemtype="https://schema.org/Person"><img class="avatar"/><span itemprop="name"><a href="https://rope.example"
        class="comment-author-link" rel="external nofollow" itemprop="url">Ada Rope</a></span> <span
        class="says">says</span></p><p class="comment-meta"><time class="comment-time"
        datetime="2024-03-06T16:40:00+00:00" itemprop="datePublished"><a class="comment-time-link"
        href="https://lantern.example/2024/03/boats/#comment-7">March 6</a></time></p></header><div
        class="comment-content" itemprop="text"><p>One.</p></div><div
        class="comment-reply"><a>Reply</a></div></article></li></ol></div>""",
    "Newspaper": """
        <div class="comments" id="comments"><div class="td-comments-title-wrap"><h4>1 COMMENT</h4></div><ol
        class="comment-list "><li class="comment " id="comment-7"><article><footer><img class="avatar"><cite>Ada
        Rope</cite><a class="comment-link" href="#comment-7"><time pubdate="1709743200">Mar 6, 2024 At 4:40
        pm</time></a></footer><div class="comment-content tagdiv-type"><p>One.</p></div><div class="comment-meta"
        id="comment-7-reply"><a class="comment-reply-link">Reply</a></div></article></li></ol></div>""",
    "Divi": """
        <section id="comment-wrap"><h1 id="comments" class="page_title">1 Comment</h1><ol class="commentlist
        clearfix"><li class="comment even" id="li-comment-7"><article id="comment-7" class="comment-body
        clearfix"><div class="comment_avatar"><img></div><div class="comment_postinfo"><span class="fn"><a
        href="https://rope.example" class="url">Ada Rope</a></span> <span class="comment_date">on March 6, 2024 at
        4:40 pm</span></div><div class="comment_area"><div class="comment-content clearfix"><p>One.</p><div
        class="reply-container"><a
        class="comment-reply-link">Reply</a></div></div></div></article></li></ol></section>""",
    "Discourse, as crawlers see it": """
        <div id="main"><div itemscope itemtype="http://schema.org/DiscussionForumPosting"><div id="post_2"
        itemprop="comment" itemscope itemtype="http://schema.org/Comment" class="topic-body crawler-post"><div
        class="crawler-post-meta"><span class="creator" itemprop="author" itemscope
        itemtype="http://schema.org/Person"><a itemprop="url" href="https://talk.example/u/ada"><span
        itemprop="name">Ada Rope</span></a></span><span class="crawler-post-infos"><time itemprop="datePublished"
        datetime="2024-03-06T16:40:00Z" class="post-time">March 6</time><span
        itemprop="position">2</span></span></div><div class="post" itemprop="text"><p>One.</p></div><div
        itemprop="interactionStatistic"><meta itemprop="userInteractionCount" content="0"/></div></div></div></div>""",
    "Joomla, Komento": """
        <div id="section-kmt"><div class="kmt-list"><ul class="kmt-list"><li id="kmt-7" class="kmt-item"><div
        class="kmt-wrap"><div class="kmt-head"><span class="kmt-author"><a href="https://rope.example">Ada
        Rope</a></span><span class="kmt-time"><time datetime="2024-03-06T16:40:00Z">x</time></span></div><div
        class="commentBody kmt-body"><div class="commentText
        kmt-text"><p>One.</p></div></div></div></li></ul></div></div>""",
    "Joomla, JComments": """
        <div id="jc"><div id="comments"><h4>Comments</h4><div class="comments-list" id="comments-list-0"><div
        class="even" id="comment-item-7"><div class="rbox"><div class="comment-box usertype-guest"><span
        class="comments-vote"><span id="comment-vote-holder-7"><span class="vote-good">0</span></span></span><a
        class="comment-anchor" href="#comment-7" id="comment-7">#1</a><span class="comment-author">Ada
        Rope</span><span class="comment-date">2024-03-06 16:40</span><div class="comment-body"
        id="comment-body-7">One.</div><span
        class="comments-buttons"><a>Quote</a></span></div></div></div></div></div></div>""",
    "Serendipity": """
        <section id="comments"><h3>Kommentare</h3><div id="c77" class="comment"><h4><a href="https://rope.example">Ada
        Rope</a> am <time datetime="2024-03-06T16:40:00+00:00">Mittwoch</time>:</h4><div
        class="comment_content">One.</div><footer class="comment_info"><a href="#c77">Link</a> <a
        class="comment_reply">Antwort</a></footer></div></section>""",
    "Textpattern": """
        <div id="comments"><h2>Comment</h2><ol class="comments"><li id="c000007" class="comment-li"><p
        class="comment-name"><a href="https://rope.example" rel="nofollow">Ada Rope</a></p><p class="comment-date">6
        March 2024, 16:40</p><div class="comment-message"><p>One.</p></div><a href="#c000007"
        class="comment-anchor">#</a></li></ol></div>""",
    "Squarespace": """
        <div class="squarespace-comments"><div class="comments-content"><div class="comment-list"><div
        id="comment-65e" class="comment"><div class="comment-header"><span class="author-name"><a
        href="https://rope.example">Ada Rope</a></span> <span class="comment-date date">March 6, 2024</span></div><div
        class="comment-body"><p>One.</p></div><div class="comment-btn-group">Reply</div></div></div></div></div>""",
    "Jekyll with Staticman": """
        <section class="page__comments"><h3>Comments</h3><article id="comment1" class="js-comment comment"
        itemprop="comment" itemscope itemtype="http://schema.org/Comment"><div
        class="comment__avatar-wrapper"><img></div><div class="comment__content-wrapper"><h3 class="comment__author"
        itemprop="author"><span itemprop="name">Ada Rope</span></h3><p class="comment__date"><a href="#comment1"
        itemprop="url"><time datetime="2024-03-06T16:40:00Z" itemprop="datePublished">March 06</time></a></p><div
        itemprop="text"><p>One.</p></div></div></article></section>""",
    "Plone": """
        <div class="discussion"><div class="comment replyTreeLevel0 state-published" id="17097"><div
        class="comment-image"></div><div class="comment-body-container"><div class="comment-author"><span>Ada
        Rope</span> says: <div class="comment-date">Mar 06, 2024 04:40 PM</div></div><div
        class="comment-body"><p>One.</p></div></div></div></div>""",
    "Isso": """
        <section id="isso-thread"><div id="isso-root"><div class="isso-comment" id="isso-7"><div
        class="avatar"></div><div class="text-wrapper"><div class="isso-comment-header"><span class="author">Ada
        Rope</span><span class="spacer">•</span><a class="permalink" href="#isso-7"><time
        datetime="2024-03-06T16:40:00Z">x</time></a></div><div class="text"><p>One.</p></div><div
        class="isso-comment-footer"><a class="reply">Reply</a></div></div></div></div></section>""",
    "LiveJournal": """
        <div id="comments"><div class="b-leaf b-tree-twig-1 comment" id="t101" data-username="ada"><div
        class="b-leaf-inner"><div class="b-leaf-header"><div class="b-leaf-details"><div class="b-leaf-username"><span
        class="ljuser"><a href="https://ada.lj.example/"><b>Ada Rope</b></a></span></div><span
        class="b-leaf-createdtime">March 6 2024, 16:40:00 UTC</span></div></div><div
        class="b-leaf-article">One.</div><ul class="b-leaf-actions"><li>Reply</li></ul></div></div></div>""",
    "FC2": """
        <div id="comment"><h3>コメント</h3><div class="comment_body"><h4 class="comment_title">Boats!</h4><div
        class="comment_text">One.</div><ul class="comment_info"><li>2024-03-06 16:40</li><li
        class="comment_author">Ada Rope</li><li><a href="#">編集</a></li></ul></div></div>""",
    "Hatena": """
        <div class="comment-box js-comment-box"><ul class="comment js-comment"><li class="entry-comment"
        id="comment-7"><div class="comment-user-name"><a class="comment-user-id" href="https://ada.example/"><span
        class="comment-nickname">Ada Rope</span></a></div><div class="comment-content"><p>One.</p></div><div
        class="comment-metadata"><time data-timestamp="1709743200">2024-03-06</time></div></li></ul><a
        class="leave-comment-title">コメントを書く</a></div>""",
    "WordPress in Persian": """
        <div class="comments-area"><h3>۱ دیدگاه</h3><ol class="commentlist"><li class="comment" id="comment-7"><div
        class="comment-author vcard"><cite class="fn">Ada Rope</cite> <span class="says">گفت:</span></div><div
        class="comment-meta"><a href="#comment-7">2024-03-06 در 16:40</a></div><div
        class="comment-content"><p>One.</p></div><div class="reply"><a
        class="comment-reply-link">پاسخ</a></div></li></ol></div>""",
    "a theme in Spanish": """
        <div id="comentarios"><h3>Comentarios</h3><div class="lista-comentarios"><div class="comentario"
        id="comentario-7"><p class="comentario-autor">Ada Rope dijo:</p><p class="comentario-fecha">6 de marzo de
        2024, 16:40</p><div class="comentario-texto"><p>One.</p></div><a
        href="#respond">Responder</a></div></div></div>""",
    "a theme in French": """
        <section class="commentaires"><article class="commentaire"><header><strong>Ada Rope</strong> <time
        datetime="2024-03-06T16:40:00Z">le 6 mars</time></header><p>One.</p><footer><a href="#">Répondre</a> <a
        href="#">Signaler</a></footer></article></section>""",
    "a theme in Turkish": """
        <div class="yorumlar"><div class="yorum"><span class="yorum-yazar">Ada Rope</span><span class="yorum-tarih">6
        Mart 2024, 16:40</span><div class="yorum-metni">One.</div></div></div>""",
    "WordPress in Greek": """
        <ol class="commentlist"><li class="comment" id="comment-7"><div class="comment-author vcard"><cite
        class="fn">Ada Rope</cite></div><div class="comment-meta"><a href="#comment-7">6 Μαρτίου 2024 στις
        16:40</a></div><p>One.</p><div class="reply"><a href="?replytocom=7#respond">Απάντηση</a></div></li></ol>""",
    "a theme in Chinese": """
        <div class="comments"><h3>评论</h3><ul class="comment-list"><li class="comment-item"><div
        class="comment-user">Ada Rope</div><div class="comment-time">2024年3月6日 16:40</div><div
        class="comment-text">One.</div><a class="comment-reply">回复</a></li></ul></div>""",
    "rows of a table": """
        <table class="comments"><tr class="comment"><td class="comment-author">Ada Rope<br>6 March 2024</td><td
        class="comment-text">One.</td></tr></table>""",
    "h-entry in a thread": """
        <ol class="responses"><li class="p-comment h-entry"><div class="p-author h-card"><a class="u-url p-name"
        href="https://rope.example/">Ada Rope</a></div><div class="e-content">One.</div><a class="u-url"
        href="https://rope.example/2024/note"><time class="dt-published"
        datetime="2024-03-06T16:40:00Z">x</time></a></li></ol>""",
    "Semantic UI": """
        <div class="ui comments"><div class="comment"><a class="avatar"><img></a><div class="content"><a
        class="author">Ada Rope</a><div class="metadata"><span class="date">March 6, 2024</span></div><div
        class="text">One.</div><div class="actions"><a class="reply">Reply</a></div></div></div></div>""",
    "Bootstrap": """
        <div id="comments"><div class="media comment"><img class="mr-3"><div class="media-body"><h5 class="mt-0">Ada
        Rope <small>6 March 2024</small></h5><p>One.</p></div></div></div>""",
    "a list without names in it": """
        <h2>Comments</h2><ul id="comments"><li><b>Ada Rope</b> (6 March 2024): <p>One.</p></li></ul>""",
    "Twenty Twenty": """
        <div class="comments-wrapper section-inner"><div class="comments" id="comments"><div class="comments-inner
        section-inner thin"><div id="comment-7" class="comment even"><article id="div-comment-7"
        class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><span class="fn">Ada
        Rope</span><span class="screen-reader-text says">says:</span></div><div class="comment-metadata"><a
        href="https://lantern.example/2024/03/boats/#comment-7"><time
        datetime="2024-03-06T16:40:00+00:00">x</time></a></div></footer><div class="comment-content
        entry-content"><p>One.</p></div><footer class="comment-footer-meta"><span class="comment-reply"><a
        class="comment-reply-link">Reply</a></span></footer></article></div></div></div></div>""",
    "WordPress blocks": """
        <div class="wp-block-comments"><ol class="wp-block-comment-template"><li id="comment-7" class="comment
        even"><div class="wp-block-columns"><div class="wp-block-column"><img class="wp-block-avatar"></div><div
        class="wp-block-column"><div class="wp-block-comment-author-name"><a href="https://rope.example">Ada
        Rope</a></div><div class="wp-block-group"><div class="wp-block-comment-date"><time
        datetime="2024-03-06T16:40:00+00:00"><a
        href="https://lantern.example/2024/03/boats/#comment-7">x</a></time></div><div
        class="wp-block-comment-edit-link"></div></div><div class="wp-block-comment-content"><p>One.</p></div><div
        class="wp-block-comment-reply-link"><a>Reply</a></div></div></div></li></ol></div>""",
    "wpDiscuz": """
        <div id="wpdcom"><div id="wpd-threads" class="wpd-thread-wrapper"><div class="wpd-thread-list"><div
        id="wpd-comm-7_0" class="comment even wpd-comment wpd_comment_level-1"><div class="wpd-comment-wrap
        wpd-blog-guest"><div class="wpd-comment-left"><div class="wpd-avatar"></div><div
        class="wpd-comment-label"><span>Guest</span></div></div><div id="comment-7" class="wpd-comment-right"><div
        class="wpd-comment-header"><div class="wpd-comment-author"><a href="https://rope.example">Ada
        Rope</a></div><div class="wpd-comment-date" title="March 6, 2024 4:40 pm">2 years ago</div></div><div
        class="wpd-comment-text"><p>One.</p></div><div class="wpd-comment-footer"><div
        class="wpd-vote"><span>0</span></div><div
        class="wpd-reply-button">Reply</div></div></div></div></div></div></div></div>""",
    "plural names throughout": """
        <section id="user-comments"><ul class="comments__list"><li class="comments__item"><article
        class="comments__post"><header><a class="comments__author" href="/u/7">Ada Rope</a><time
        datetime="2024-03-06T16:40:00Z">6.3.</time></header><div
        class="comments__content">One.</div></article></li></ul></section>""",
    "a thread of articles": """
        <div class="tm-comments"><section id="comment_7" class="tm-comment-thread"><article
        class="tm-comment"><header><a class="tm-user-info__username" href="/users/ada/">Ada Rope</a><time
        datetime="2024-03-06T16:40:00.000Z">x</time></header><div
        class="tm-comment__body-content"><p>One.</p></div><div
        class="tm-comment-footer"><button>Ответить</button></div></article></section></div>""",
    "cards": """
        <div class="comment-list"><div class="comment-card"><p class="comment-card-name">Ada Rope</p><p
        class="comment-card-date">2024-03-06</p><p class="comment-card-text">One.</p></div></div>""",
}
UNDATED = {
    "a comment voted away": """
        <ol class="commentlist"><li class="comment comment-hidden" id="comment-7"><cite>Ada
        Rope</cite><p>One.</p></li></ol>""",
    "a comment with a title": """
        <div class="comments"><div class="comment" id="comment-7"><h3>Ropes</h3><div class="submitted">Submitted by
        Ada Rope (not verified) on Wed, 03/06/2024 - 16:40.</div><div class="content"><p>One.</p></div></div></div>""",
    "OverBlog": """
        <div class="ob-comments"><div class="ob-comment" id="comment-7"><div class="ob-avatar"></div><div
        class="ob-message"><p class="ob-info"><span class="ob-user"><span class="ob-name"><span class="ob-website">Ada
        Rope</span></span></span> <span class="ob-date">06/03/2024 16:40</span></p><p class="ob-text"><span
        class="ob-text">One.</span></p></div></div></div>""",
    "a way to older comments": """
        <ul class="comment-list"><li class="comment" id="comment-7"><b class="fn">Ada Rope</b><p>One.</p></li><li
        class="comments-nav"><a href="?cp=2">Older comments</a></li></ul>""",
    "a page in one form": """
        <form id="aspnetForm" action="boats.aspx"><div class="comments"><div class="comment"><span
        class="comment-author">Ada Rope</span><div
        class="comment-text">One.</div></div></div><textarea></textarea></form>""",
}


def read(markup: str):
    page = f"<html><body><article><h1>Boats</h1><p>No boat left.</p></article>{markup}</body></html>"
    return read_page_responses(Document(body=page.encode(), url=URL), URL)


@pytest.mark.parametrize("name", DATED)
def test_a_comment_is_read_with_its_day(name):
    (one,) = read(DATED[name])
    assert (one.author, one.content_text) == ("Ada Rope", "One.")
    assert one.published.date().isoformat() == "2024-03-06"


@pytest.mark.parametrize("name", UNDATED)
def test_a_comment_is_read_without_a_day(name):
    (one,) = read(UNDATED[name])
    assert (one.author, one.content_text, one.published) == ("Ada Rope", "One.", None)


NO_COMMENT = {
    "a leading article": """<article class="kommentar"><h1>Comment</h1><span class="author">Ada Rope</span><time
        datetime="2024-03-06">6.3.</time><p>We think so.</p></article>""",
    "a teaser of one": '<div class="teaser-kommentar"><span class="author">Ada Rope</span><p>We think so.</p></div>',
    "an icon with a number": '<i class="fa fa-comment"></i><span class="comment">5</span><div class="comment">5</div>',
    "a button": '<div class="comment"><a href="#respond"><b>Comment</b></a></div>',
    "one box with that name": '<div class="comment"><p>You can also write to us.</p></div>',
    "the latest of the site": """<div class="recent-comments"><ul><li class="comment-item-recent"><a
        href="/other/#comment-9">Ada Rope on Nets</a></li></ul></div>""",
    "a table of contents": '<ul class="list"><li class="item"><a href="#x">6 March 2024</a></li></ul>',
    "an article with microformats": """<div class="h-entry"><a class="p-author h-card" href="/">Ada Rope</a><time
        class="dt-published" datetime="2024-03-06">6.3.</time><div class="e-content"><p>We think so.</p></div></div>""",
}


@pytest.mark.parametrize("name", NO_COMMENT)
def test_what_only_sounds_like_a_comment_is_none(name):
    assert read(NO_COMMENT[name]) == ()
