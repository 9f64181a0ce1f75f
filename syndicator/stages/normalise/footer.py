"""The footer that WordPress puts under every entry of a feed: told by its links or its words, and taken out."""

import re

from lxml.html import HtmlElement

from syndicator.stages.normalise.identity import same_article
from syndicator.stages.normalise.text import words_of

# WordPress' footer (Yoast SEO) in the languages of its catalogue that carry no links once a reader stripped them.
_FOOTER_OPENINGS = (
    "the post",
    "der beitrag",
    "l’article",
    "l'article",
    "la entrada",
    "l'articolo",
    "o post",
    "het bericht",
    "wpis",
    "запись",
    "сообщение",
    "inlägget",
    "příspěvek",
)
_FOOTER = re.compile(
    rf"(?:{'|'.join(_FOOTER_OPENINGS)})\s.{{1,300}}?"
    r"(?:appeared first on|erschien zuerst auf|est apparu en premier sur|(?:se publicó|apareció) primero en"
    r"|(?:sembra essere il|proviene da)"
    r"|apareceu primeiro em|verscheen eerst op|pojawił się (?:po raz )?pierwszy|впервые появилась"
    r"|появились сначала на|dök först upp på)\s.{1,100}$",
    re.IGNORECASE | re.DOTALL,
)


def drop_footer(root: HtmlElement, url: str | None, site: str | None) -> None:
    """A last paragraph that links to the entry and to its site and says little else; or says so in known words."""
    last = root[-1] if len(root) else None
    if last is None or last.tag not in ("p", "div", "small") or len(words := words_of(last)) > 500:
        return
    if (last.tail or "").strip() or not (_links_home(last, words, url, site) or _FOOTER.match(words)):
        return
    root.remove(last)


def _links_home(element: HtmlElement, words: str, url: str | None, site: str | None) -> bool:
    links = [link for link in element.iter("a") if link.get("href")]
    if len(links) != 2 or url is None:
        return False
    keys = {same_article(link.get("href")) for link in links}
    own = same_article(url)
    homes = {own.partition("/")[0], same_article(site) if site else ""}
    rest = len(words) - sum(len(words_of(link)) for link in links)
    return own in keys and bool((keys - {own}) & homes) and rest <= 60


def without_footer(words: str) -> str:
    """Plain text without the footer at its end."""
    end = words[-500:]  # a footer stands at the end, if anywhere
    folded = end.casefold()
    if not any(opening in folded for opening in _FOOTER_OPENINGS):
        return words
    return words[:-500] + _FOOTER.sub("", end)
