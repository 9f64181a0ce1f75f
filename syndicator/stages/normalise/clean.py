"""The single choke point for markup: nh3 with our allow-list, bounded in size and depth.

Everything outside the list goes; the content of scripts, styles, frames and drawings goes with its tag.
"""

import html
import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import nh3

from syndicator.stages.normalise.text import legal, plain_text
from syndicator.stages.normalise.urls import absolute, without_tracking

MAX_CHARACTERS = 1_000_000
MAX_DEPTH = 512  # nh3 is quadratic in nesting; honest pages stay under 100
MAX_BARE = 20_000  # nh3 takes 6 µs for each & that begins no whole entity; honest ones stand in queries of links

TAGS = frozenset(
    re.findall(
        r"\S+",
        """
        a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup
        data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i img ins kbd
        li main mark ol p picture pre q rb rp rt rtc ruby s samp section small source span strike strong sub summary sup
        table tbody td tfoot th thead time tr tt u ul var video wbr
        """,
    )
)
_GONE = frozenset(
    re.findall(
        r"\S+",
        """
        script style iframe object embed template svg math noembed noframes textarea select button title
        """,
    )
)
_SIZED = ("width", "height")
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir", "title", "translate", "class"},
    "a": {"href", "hreflang"},
    "audio": {"src", "controls"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"src", "alt", *_SIZED},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
    "video": {"src", "poster", "controls", *_SIZED},
}
_WITH_PLACES = _ATTRIBUTES | {"*": {*_ATTRIBUTES["*"], "id"}, "a": {*_ATTRIBUTES["a"], "name"}}
_URLS = frozenset({"href", "src", "cite", "poster"})
_CAPTION = re.compile(r"(?:^|[\s-])caption-text(?:\s|$)")

# HTML's tokeniser (WHATWG 13.2.5) as far as finding tags needs it: comments, then tags with quoted attributes.
# Possessive, so linear.
_TOKEN = re.compile(
    r"<!--(?:>|->|.*?(?:--!?>|\Z))|<[!?][^>]*+(?:>|\Z)|</[^a-zA-Z][^>]*+(?:>|\Z)"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][^\s/>]*+)"
    r"(?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+)?+)*+(?:>|\Z)",
    re.DOTALL,
)
_BARE = re.compile(r"&(?!#?\w{1,32};)")
_UNNESTED = frozenset(
    re.findall(
        r"\S+",
        """
        area base br col embed hr img input link meta param source track wbr p li dd dt
        """,
    )
)
_RAW = re.compile(
    r"<(?:svg|math|script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext|noscript)\b", re.IGNORECASE
)


def clean_html(markup: str, *, base: str | None, places: bool = False) -> str:
    """A safe fragment of HTML: our tags, absolute http, https and mailto addresses without tracking, characters
    XML allows.

    Addresses are relative to `base`, but for a link to a mere fragment, which stays as it is: a place in this text.
    `places` keeps ids and the names of anchors, which may clash with another text's: the caller settles them.
    Markup beyond `is_bounded` comes back as one paragraph of plain text.
    """
    markup = legal(markup)
    if not is_bounded(markup):
        return f"<p>{html.escape(plain_text(markup[:MAX_CHARACTERS]), quote=False)}</p>"
    return legal(_cleaner(base, places).clean(markup))


def is_bounded(markup: str) -> bool:
    """Whether `markup` may go to nh3: at most a million characters, 20,000 bare & and no more than 512 elements deep
    (never underestimated).
    """
    if len(markup) > MAX_CHARACTERS or (markup.count("&") > MAX_BARE and len(_BARE.findall(markup)) > MAX_BARE):
        return False
    return markup.count("<") <= MAX_DEPTH or _depth(_TOKEN.finditer(markup), pops=not _RAW.search(markup)) <= MAX_DEPTH


def _depth(tokens: Iterable[re.Match[str]], *, pops: bool) -> int:
    # A close tag counts only where it closes the innermost open element: misnesting makes the figure too large,
    # never too small. Inside raw text or foreign content a close tag may close nothing, so where there is any, none
    # counts.
    stack: list[str] = []
    deepest = 0
    for token in tokens:
        tag = (token["tag"] or "").lower()
        if not tag or (tag in _UNNESTED and pops):
            continue
        if not token["close"]:
            stack.append(tag)
            deepest = max(deepest, len(stack))
        elif pops and stack and stack[-1] == tag:
            stack.pop()
    return deepest


@lru_cache(maxsize=8)  # the entries of a feed mostly share their base
def _cleaner(base: str | None, places: bool) -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(TAGS),
        clean_content_tags=set(_GONE),
        attributes=_WITH_PLACES if places else _ATTRIBUTES,
        attribute_filter=_filter(base),
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )


def _filter(base: str | None) -> Callable[[str, str, str], str | None]:
    def kept(_tag: str, attribute: str, value: str) -> str | None:
        if attribute in _URLS:
            if attribute == "href" and value.strip().startswith("#"):
                return value.strip()
            url = absolute(value, base)
            return without_tracking(url) if url else None
        if attribute == "class":  # the one class that means something: WordPress' caption before HTML5
            return "caption" if "caption-text" in value and _CAPTION.search(value) else None
        return value

    return kept
