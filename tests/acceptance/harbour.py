"""An installation whose pages are looked at: four languages, each kind of page, and a text with everything in it.

`published` fills a folder as the program itself would: it polls an invented upstream thrice, whose German original
changes between the second and the third time, and which then takes an article down.
"""

from datetime import timedelta
from html import escape
from pathlib import Path

from syndicator import pipeline
from tests.rounds import Rounds
from tests.upstream import Reply, Upstream

SETTINGS = """
comments = true
[publications.arabic]
title = "مترجم لك"
language = "ar"
subscriptions = ["minaa"]
[publications.deutsch]
title = "Für dich übersetzt"
language = "de"
subscriptions = ["lighthouse", "tower"]
limit = 1
[publications.chinese]
title = "为你翻译"
language = "zh"
subscriptions = ["gangkou"]
[subscriptions.tower]
url = "{tower}"
language = "de"
full_text = "never"
"""
PAGES = {
    "site": "index.html",
    "publication": "all/index.html",
    "publication in Arabic": "arabic/index.html",
    "publication with archives": "deutsch/index.html",
    "archive": "deutsch/archive/1.html",
    "entry": "all/entries/what-the-fog-keeps-*.html",
    "entry in Arabic": "arabic/entries/lampa-*.html",
    "entry in Arabic among English ones": "all/entries/lampa-*.html",
    "entry in Chinese": "chinese/entries/*.html",
    "excerpt": "deutsch/entries/donau*.html",
    "person": "all/people/tom-reed-*.html",
    "person in Arabic": "arabic/people/vera-*.html",
    "gone": "all/entries/the-pier-*.html.gone",
    "gone in Arabic": "arabic/entries/*.html.gone",
}
FEEDS = {
    "Atom": "all/feed.atom",
    "RSS": "all/feed.rss",
    "a translator's": "all/people/tom-reed-*.atom",
    "all responses": "all/responses.atom",
    "an entry's responses": "all/entries/what-the-fog-keeps-*.atom",
}
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="500"><rect width="100%" height="60%"/></svg>'
FOG = """
<p>For thirty years the bell at the end of the quay had hung without a clapper. Then, on the first evening of November,
somebody rang it, and the whole town came down to the water to see <em>who</em> it was.</p>
<h2>The keeper’s ledger</h2>
<p>Lotte Brakel keeps <a href="https://mayak.example/ledger">the ledger</a> in which every ringing is written down, in
<strong>four hands and two languages</strong>. It begins with a sentence that everybody here knows by heart:</p>
<blockquote><p>The fog has no edges. Whoever rings, rings for those who are not here.</p></blockquote>
<figure><img src="{picture}" width="1200" height="500" alt="A bell above grey water">
<figcaption>The bell at low tide. Photograph: Lotte Brakel</figcaption></figure>
<ul><li>one stroke for a ship that comes,</li><li>two for one that leaves,</li><li>three for nobody.</li></ul>
<table><thead>
<tr><th>Year</th><th>Hours of fog</th><th>Strokes</th><th>Ships</th><th>Keeper of the bell</th><th>Remarks</th></tr>
</thead><tbody>
<tr><td>1994</td><td>412</td><td>12,360</td><td>211</td><td>Emeka Lund</td><td>the clapper was stolen in March</td></tr>
<tr><td>2024</td><td>388</td><td>11,640</td><td>187</td><td>Lotte Brakel</td><td>a new clapper, of bronze</td></tr>
</tbody></table>
<h3>How it is counted</h3>
<p>The clock of the bell knows one line only, <code>strokes = hours * 30</code>, and the machine that tells it:</p>
<pre><code>for hour in fog:
    ring(30, of=bell)  # a long line that does not fit on any telephone, however it is held by whoever reads it
</code></pre>
<p>The office that looks after it is the
Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, whose address is
https://lighthouse.example/a/very/long/address/that/nobody/ever/broke/into/two/lines/because/it/has/no/spaces.</p>
<hr><p><small>First printed in the harbour’s own newspaper.</small></p><p>Translated by Tom Reed</p>
"""
TIDE = "<p>At low tide the old pier shows its feet. Nobody has counted them.</p><p>Translated by Tom Reed</p>"
PIER = "<p>The pier was sold in spring, and its buyer asks that nothing be said of it.</p>"
FOGGY = "Der Nebel kam zurück, und mit ihm kamen die Schiffe. " * 24
GERMAN = "<p>Die Glocke läutete über dem Wasser, und niemand am Kai sprach {a} Wort. " + FOGGY + "</p>"
TOWER = "<p>Vom Turm aus sieht man sie jeden Abend am Fenster stehen. " + FOGGY.replace("Nebel", "Wind") + "</p>"
ARABIC = (
    "<p>أُضيء المصباح في المساء، ولم يطلب أحدٌ ذلك. جلست الحارسة (Lotte Brakel) تعدّ السفن: ثلاث في الصباح و12 في"
    " الليل.</p>"
    "<blockquote><p>ليس للضباب حدود.</p></blockquote><p>ترجمة: سلمى حداد</p>"
)
QUAY = "<p>بيع الرصيف في الربيع، ولا يريد صاحبه أن يُكتب عنه شيء.</p>"
CHINESE = (
    "<p>傍晚，灯亮了。没有人要求这样做。看守人坐在窗边，数着来往的船只：早上三艘，夜里十二艘。</p><p>翻译：林晓</p>"
)


def feed(title: str, language: str, address: str, *entries: str) -> Reply:
    """An Atom feed."""
    head = f'<id>{address}</id><title>{title}</title><link href="{address}"/><updated>2026-11-01T00:00:00Z</updated>'
    names = 'xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"'
    return Reply(f'<feed {names} xml:lang="{language}">{head}{"".join(entries)}</feed>'.encode())


def entry(address: str, title: str, author: str, text: str, *, day: int, changed: int = 0, more: str = "") -> str:
    """An Atom entry of a day in October 2026, changed so many days later."""
    when = f"<published>2026-10-{day:02}T08:00:00Z</published><updated>2026-10-{day + changed:02}T08:00:00Z</updated>"
    head = f'<id>{address}</id><title>{title}</title><link href="{address}"/><author><name>{author}</name></author>'
    return f'<entry>{head}{when}{more}<content type="html">{escape(text)}</content></entry>'


def comments(article: str) -> Reply:
    """Two comments, of which one answers the other, and a ping."""
    answers = f'<thr:in-reply-to xmlns:thr="http://purl.org/syndication/thread/1.0" ref="{article}#c1"/>'
    ping = "[&#8230;] we rang ours as well, republished from the Quay [&#8230;]"
    said = (
        entry(f"{article}#c1", "By Ida", "Ida Brandt", "We rang ours as well, and nobody came. " * 8, day=21),
        entry(f"{article}#c2", "By Noor", "Noor", "I did.", day=22, more=answers),
        entry(f"{article}#c3", "By Mole", "Ringing – Mole", ping, day=23),
    )
    return feed("Comments on: What the fog keeps", "en", article, *said)


def says(upstream: Upstream, *, later: bool) -> None:
    """What the upstream says; `later` its German original is another, and two articles were taken down."""
    at = upstream.url
    links = (
        f'<link rel="via" href="{at("/nebel/")}" hreflang="de"/>'
        f'<link rel="replies" type="application/atom+xml" href="{at("/fog/comments")}"/>'
    )
    fog = entry(at("/fog/"), "What the fog keeps", "Ada Quist", FOG.format(picture=at("/bell.svg")), day=20, more=links)
    tide = entry(at("/tide/"), "Low tide", "Ada Quist", TIDE, day=12)
    pier = entry(at("/pier/"), "The pier", "Emeka Lund", PIER, day=11)
    lamp = entry(at("/lamp/"), "المصباح (Lampa)", "Vera Lunina", ARABIC, day=13)
    quay = entry(at("/rasif/"), "الرصيف", "Vera Lunina", QUAY, day=10)
    words = GERMAN.format(a="noch ein" if later else "ein")
    nebel = entry(at("/nebel/"), "Was der Nebel behält", "Ada Quist", words, day=8, changed=20 if later else 0)
    widow = entry(at("/witwe/"), "Donaudampfschifffahrtsgesellschaftskapitänswitwe", "Jo Kamm", TOWER, day=9)
    deng = entry(at("/deng/"), "灯", "Vera Lunina", CHINESE, day=14)
    graves = [f'<at:deleted-entry ref="{at(path)}" when="2026-11-03T00:00:00Z"/>' for path in ("/pier/", "/rasif/")]
    upstream.replies |= {
        "/bell.svg": Reply(PICTURE, type="image/svg+xml"),
        "/fog/comments": comments(at("/fog/")),
        "/quay": feed("The Quay", "en", at("/"), fog, tide, graves[0] if later else pier),
        "/minaa": feed("ميناء", "ar", at("/m/"), lamp, graves[1] if later else quay),
        "/lighthouse": feed("Leuchtfeuer", "de", at("/l/"), nebel),
        "/tower": feed("Türmer", "de", at("/t/"), widow),
        "/gangkou": feed("港口", "zh", at("/g/"), deng),
    }


def published(upstream: Upstream, folder: Path) -> Path:
    """The folder of what the installation in `folder` has published after three days of polling `upstream`."""
    names = ("quay", "lighthouse", "minaa", "gangkou")
    rounds = Rounds(
        upstream, folder, names, settings='full_text = "never"', extra=SETTINGS.format(tower=upstream.url("/tower"))
    )
    for later in (False, False, True):
        says(upstream, later=later)
        rounds.doing(lambda doors: pipeline.once(doors, (*names, "tower")))
        rounds.now += timedelta(days=1)
    return folder / "public"


def path(folder: Path, kind: str) -> str:
    """Where a kind of page or feed is, relative to the site's address."""
    (found,) = folder.glob({**PAGES, **FEEDS}[kind])
    return found.relative_to(folder).as_posix().removesuffix(".gone")
