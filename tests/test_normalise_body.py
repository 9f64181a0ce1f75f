"""What a body keeps: lists, quotes, tables, figures, footnotes; its words in reading order, none of them changed."""

import html
import re

import pytest

from syndicator.stages.normalise import body_text, clean_html, excerpt, html_of, plain_text, read_body, standfirst

PAGE = "https://lantern.example/2024/boats/"


def body(markup, url=PAGE):
    return read_body(markup, base="https://lantern.example/feed/", url=url, site="https://lantern.example")


def text(markup):
    return body_text(body(markup).root)


@pytest.mark.parametrize(
    "markup",
    [
        '<ul><li>one</li><li>two<ol start="3" type="a"><li value="4">deep</li></ol></li></ul>',
        "<dl><dt>quay</dt><dd>where boats lie</dd></dl>",
        '<blockquote cite="https://a.example/b"><p>said</p><footer>— <cite>Ada</cite></footer></blockquote>',
        "<p>She said <q>no</q>.</p>",
        '<table><caption>Boats</caption><thead><tr><th scope="col">Name</th><th>Tons</th></tr></thead>'
        '<tbody><tr><td rowspan="2">Ada</td><td colspan="2">4</td></tr></tbody></table>',
        '<figure><img src="https://a.example/i.png" alt="A quay"><figcaption>Quay <a href="https://a.example/">nine</a>'
        "</figcaption></figure>",
        '<figure><picture><source src="https://a.example/i.webp" type="image/webp"><img src="https://a.example/i.png">'
        "</picture></figure>",
        "<pre><code>a\n  b</code></pre>",
        '<p>H<sub>2</sub>O<sup>1</sup> <abbr title="by the way">btw</abbr></p>',
        '<details open=""><summary>More</summary><p>text</p></details>',
    ],
    ids=["lists", "definitions", "quote", "inline quote", "table", "figure", "picture", "code", "small", "details"],
)
def test_what_carries_meaning_survives(markup):
    assert html_of(body(f"<p>x</p>{markup}<p>y</p>").root) == f"<p>x</p>{markup}<p>y</p>"


def targets(markup):
    return re.findall(r'href="([^"]*)"', markup), re.findall(r'id="([^"]*)"', markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<p>a<sup id="fnref1"><a href="#fn1">1</a></sup></p><ol><li id="fn1">note <a href="#fnref1">↩</a></li></ol>',
        '<p>a<a name="fnref1" href=" #fn1">1</a></p><p><a name="fn1" href="#fnref1">1</a> note</p>',
        f'<p id="fnref1">a<a href="{PAGE}#fn1">1</a></p><p id="fn1">note <a href="{PAGE}#fnref1">up</a></p>',
        '<p id="fnref:1">a<a href="#fn%3A1">1</a></p><p id="fn:1">note <a href="#fnref:1">up</a></p>',
    ],
    ids=["html 5", "named anchors", "the page's own address", "markdown"],
)
def test_a_footnote_and_its_mark_lead_to_one_another(markup):
    links, ids = targets(html_of(body(markup).root))
    assert sorted(links) == sorted(f"#{name}" for name in ids)
    assert len(ids) == 2


def test_footnotes_of_two_entries_do_not_clash():
    markup = '<p>a<a href="#fn1">1</a></p><p id="fn1">note</p>'
    one, other = (targets(html_of(body(markup, url).root))[1] for url in (PAGE, "https://lantern.example/2024/tide/"))
    assert not set(one) & set(other)


def test_an_id_that_nothing_links_to_goes():
    assert html_of(body('<p id="top">a <a href="#fn1">1</a></p><p id="fn1">b</p>').root).count("id=") == 1
    assert html_of(body('<p id="top">a</p>').root) == "<p>a</p>"


def test_a_link_to_a_place_that_is_not_here_leads_to_the_page():
    assert html_of(body('<p><a href="#more">more</a></p>').root) == f'<p><a href="{PAGE}#more">more</a></p>'


@pytest.mark.parametrize("name", ["a b", '"><script>', "x" * 101])
def test_an_odd_id_is_no_place(name):
    made = html_of(body(f'<p id="{html.escape(name)}">a <a href="#{html.escape(name)}">1</a></p>').root)
    assert "id=" not in made
    assert "<script" not in made


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>One</p>\n<p>Two</p>", "One\n\nTwo"),
        ("<p>One<br>two<br/>\nthree</p>", "One\ntwo\nthree"),
        ("<p>One<br><br>Two</p>", "One\n\nTwo"),
        ("Loose <b>words</b> here<p>Two</p>and <i>after</i>", "Loose words here\n\nTwo\n\nand after"),
        ("<ul><li>a</li><li>b <em>c</em><ul><li>d</li></ul></li></ul>", "a\n\nb c\n\nd"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n\nb"),
        ("<blockquote>a<p>b</p>c</blockquote>", "a\n\nb\n\nc"),
        (
            "<table><caption>T</caption><tr><th>a</th><th>b</th></tr><tr><td>c\nd</td><td></td></tr></table>",
            "T\n\na\tb\nc d",
        ),
        ("<table><tr><td><p>One</p><p>Two</p></td></tr></table>", "One\n\nTwo"),
        ("<figure><table><tr><td>a</td></tr></table><figcaption>c</figcaption></figure><p>b</p>", "a\n\nb"),
        ("<figure><blockquote><p>pulled</p></blockquote></figure><p>b</p>", "pulled\n\nb"),
        ("<p>a</p><figure><img src=i.png><figcaption>c</figcaption></figure><p>b</p>", "a\n\nb"),
        ("<p>a</p><div class=wp-caption><img src=i.png><p class=wp-caption-text>c</p></div><p>b</p>", "a\n\nb"),
        ("<p>a</p><pre>x\n  y</pre>", "a\n\nx\n  y"),
        ("<p>a</p><a href=https://a.example/><p>b</p></a>", "a\n\nb"),
        ("<p>a</p><video src=v.mp4>no video</video><p>b</p>", "a\n\nb"),
        ("<h2>a</h2><hr><p>b<img src=i.png alt=x> c</p>", "a\n\nb c"),
    ],
)
def test_the_words_come_in_reading_order(markup, words):
    assert text(markup) == words


@pytest.mark.parametrize("tag", ["div", "span", "blockquote", "b"])
def test_the_words_of_the_deepest_markup_are_read(tag):
    root = body(f"<{tag}>" * 510 + "<p>words</p>" + f"</{tag}>" * 510).root
    assert body_text(root) == "words"
    assert excerpt("", root) == "<p>words</p>"


def test_the_standfirst_stays_apart_from_the_words():
    root = body("<p><strong>About <a href=https://a.example/>boats</a>.</strong></p><p>One</p>").root
    assert (standfirst(root), body_text(root)) == ("About boats.", "One")


def test_an_excerpt_does_not_join_words_over_a_paragraphs_end():
    assert excerpt("", body("<p>One.</p><p>Two<br>three</p>").root) == "<p>One. Two three</p>"


# ── an author's words ────────────────────────────────────────────────────────────────────────────────────────────

WORDS = {
    "quotes": "“a” ‘b’ „c“ «d» ‹e› 'f' \"g\" 「h」",
    "brackets": "[sic] (a) [...] […] {b} ⟨c⟩",
    "dashes": "a-b a‐b a‑b a–b a—b a―b a−b",
    "ellipses": "... … . . .",
    "soft hyphens": "Donau\u00addampf\u00adschiff",
    "zero width non-joiner": "می\u200cخواهیم نامه\u200cای",
    "zero width joiner": "👩\u200d🚀 क्\u200dष",
    "combining marks": "e\u0301 n\u0303 й и\u0306 \u0939\u093f",
    "no-break spaces": "10\u00a0% 5\u202f€ «\u00a0a\u00a0»",
    "other spaces": "a\u2009b\u3000c\u200bd\u2060e",
    "direction marks": "\u200fשלום\u200e \u2067عربي\u2069 \u202babc\u202c",
    "ligatures and forms": "ﬁ ﷺ ½ ² № ™ ＡＢ",
    "line ends inside": "a\u2028b\u2029c\u0085d",
    "emoji": "🇺🇦 ❤️ 👍🏽",
    "odd ampersands": "AT&T &c. a & b < c > d",
    "look like markup": "&lt;b&gt; &amp;amp;",
    "not in the first plane": "𐤀𐤁 𝔘 𠮷野家",
    "not normalised": "Å \u212b ﬀ",
}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
@pytest.mark.parametrize(
    "wrapped", ["<p>{}</p>", "<p>x <b>{}</b> y</p>", "<ul><li>{}</li></ul>", "<blockquote>{}</blockquote>"]
)
def test_no_word_of_an_author_is_changed(wrapped, words):
    made = body(wrapped.format(html.escape(words, quote=False))).root
    expected = wrapped.format("\0").replace("<b>", "").replace("</b>", "")
    assert text_only(made) == re.sub("<[^>]+>", "", expected).replace("\0", words)
    assert body_text(made) == text_only(made)


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_no_word_of_a_title_is_changed(words):
    assert plain_text(html.escape(words, quote=False)) == words


def text_only(root):
    return root.text_content()


@pytest.mark.parametrize(
    "markup",
    [
        "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字</p>",
        '<p dir="rtl">שלום <bdi>Ada</bdi> <bdo dir="ltr">12</bdo></p>',
        '<p><span lang="fr" dir="auto">déjà</span> <i translate="no">Ada</i></p>',
        '<p><del datetime="2024-01-01">old</del> <ins>new</ins> <s>struck</s> <mark>m</mark></p>',
        "<p>super<wbr>cali</p>",
    ],
)
def test_markup_that_a_reading_depends_on_stays(markup):
    assert clean_html(markup, base=None) == markup
    assert html_of(body(f"{markup}<p>x</p>").root) == f"{markup}<p>x</p>"
