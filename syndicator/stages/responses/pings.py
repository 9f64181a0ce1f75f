"""What is said of a page that links here: its title and site, its words, whether it republishes or translates.

Serves comment feeds and pages alike. It must not decide where a response is.
"""

import re
from urllib.parse import urlsplit

# "By: NAME" in the languages of WordPress: words, a colon, a name. Only used where no field names the author.
BYLINE = re.compile(r"[^:]{1,20}:\s+(?P<name>.+)", re.DOTALL)

_ELLIPSIS = r"\[\s*(?:…|\.\.\.|&#8230;|&hellip;)\s*\]"
_WRAPPED = re.compile(rf"\s*{_ELLIPSIS}\s*(?P<text>.*?)\s*{_ELLIPSIS}\s*", re.DOTALL)
# How page titles join article and site. A guillemet that points right puts the site first.
_SEPARATOR = re.compile(r"\s+(?:\||[-–—·•*~>⋆]|::|«|»|‹|›|&raquo;)\s+")
_SITE_FIRST = frozenset({"»", "›"})
# The Internet Archive puts its own address before that of the page that it keeps.
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/\d{1,14}(?:[a-z]{2}_)?/(?=.)", re.IGNORECASE)

_REPUBLISHED = re.compile(
    r"\b(?:re-?published|re-?posted|re-?printed|cross-?posted|re-?blogged) (?:\w+ ){0,3}?(?:from|at|on|by)\b"
    r"|\b(?:übernommen (?:von|aus)|nachdruck (?:von|aus)|zuerst (?:erschienen|veröffentlicht)|wiederveröffentlicht)\b"
    r"|\b(?:repris|republié|reproduit|relayé)e? (?:de|du|depuis|par|sur)\b"
    r"|\b(?:republicad|reproducid|reproduzid|reblogad)[oa] (?:\w+ )??(?:de|del|do|da|por|en|em)\b"
    r"|\b(?:ripubblicat|ripres|ribloggat)[oa] (?:da|dal|dalla|su)\b"
    r"|\b(?:перепечат\w+|репост) (?:с|со|из)\b|\b(?:передрук\w*|репост) (?:з|із|зі)\b|\bпередруковано\b"
    r"|\bovergenomen (?:van|uit)\b|\bprzedruk\w* (?:z|ze|za)\b|\bpřevzato (?:z|ze)\b|\b\w+(?:den|dan) alıntı"
    r"|\bαναδημοσίευση (?:από|του|της)\b|نقلا? عن|نقلًا عن|(?:转载|轉載|转自|轉自)[^。]{0,6}|から転載",
    re.IGNORECASE,
)
_TRANSLATED = re.compile(
    r"\btranslat(?:ed|ion) (?:\w+ ){0,4}?by\b|\bübersetz(?:t|ung) (?:\w+ ){0,3}?(?:von|durch)\b"
    r"|\b(?:traduite?|traduction) (?:\S+ ){0,3}?par\b|\btradu(?:cid|zid|cción|ção)[oa]? (?:\w+ ){0,3}?(?:por|de)\b"
    r"|\b(?:tradott[oa]|traduzione) (?:\S+ ){0,3}?(?:da|di|a cura di)\b"
    r"|\bперев(?:ёл|ел|ела|едено|одчик)\b|\bперевод:|\bперевод (?:\w+ ){0,3}?с \w+|\bпереклала?\b|\bпереклад:"
    r"|\bvertaald (?:\w+ ){0,3}?door\b|\bvertaling(?: door|:)|\bprzetłumacz\w+ (?:\w+ ){0,3}?przez\b|\btłumaczenie:"
    r"|\bpřeložil[ai]?\b|\böversatt (?:\w+ ){0,3}?av\b|\boversatt av\b|\bçevir(?:en|i):|tarafından çevril"
    r"|\bμετάφραση:|\bμεταφράστηκε από\b|ترجمة:|ترجمها?|译者[:\uff1a]|譯者[:\uff1a]|翻译[:\uff1a]|翻訳[:\uff1a]|번역:",
    re.IGNORECASE,
)


def unwrapped(text: str) -> str | None:
    """The words inside WordPress's `[…] … […]`, or None where `text` is not wrapped so."""
    wrapped = _WRAPPED.fullmatch(text)
    return wrapped["text"].strip() if wrapped else None


def is_person(name: str) -> bool:
    """Whether `name` may be a person's: at most three words and nothing that joins a title to a site."""
    return bool(name) and not _SEPARATOR.search(name) and len(name.split()) <= 3


def title_and_site(name: str) -> tuple[str | None, str | None]:
    """A page's title parted at the last separator: (article, site), each None where it is not there.

    WordPress once wrote "SITE » Blog Archive » ARTICLE": where the site comes first, it is what comes first of all.
    """
    separators = list(_SEPARATOR.finditer(name))
    if not separators:
        return name or None, None
    last = separators[-1]
    if last[0].strip() in _SITE_FIRST:
        return name[last.end() :].strip(), name[: separators[0].start()].strip()
    return name[: last.start()].strip(), name[last.end() :].strip()


def marks_in(text: str) -> tuple[str, ...]:
    """A text that was republished repeats its credit line, so "translation" is only said where "republication" is
    not.
    """
    if _REPUBLISHED.search(text):
        return ("republication",)
    return ("translation",) if _TRANSLATED.search(text) else ()


def is_own(source: str | None, entry_url: str | None) -> bool:
    """Whether a ping from `source` is the entry's site linking to itself: the same host, `www.` or not."""
    return bool(source) and _host(source) == _host(entry_url)


def unarchived(url: str) -> str:
    """The address of the page itself where `url` is that of its copy in the Internet Archive."""
    kept = _ARCHIVED.match(url)
    if kept is None:
        return url
    inner = url[kept.end() :]
    return inner if "://" in inner[:8] else f"http://{inner}"


def _host(url: str | None) -> str:
    try:
        return (urlsplit(unarchived(url or "")).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
