"""The article in a page: the element that holds it, and what the page itself declares of it.

Strangers are taken out of the page, the element with the most prose side by side is found, what is left in it that is
none of the article goes, and the standfirst and picture above it come in. It must not clean (normalise does) nor read
credits, and never invents a date or an author: what a page does not state is None.
"""

from dataclasses import dataclass
from datetime import datetime

from lxml.etree import XPath, _Element, tostring

from syndicator.model import Document
from syndicator.stages.article.declared import joined, read_declared
from syndicator.stages.article.figures import make_figures, show_images
from syndicator.stages.article.holder import holder_of
from syndicator.stages.article.lead import Lead, lead_of
from syndicator.stages.article.leftovers import drop_leftovers
from syndicator.stages.article.page import page_of
from syndicator.stages.article.strangers import drop_strangers
from syndicator.stages.article.weights import Weights

__all__ = ["Article", "read_article"]

_LICENCES = XPath("//a[contains(@rel,'license')][not(ancestor::figure or ancestor::aside)]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says of its article; `markup` is not cleaned, `base` is what its addresses are relative to.

    `published` (UTC) and `translation_of` (the original's URL) are None where the page does not state them; `nosnippet`
    is its wish that no part of it be quoted.
    """

    markup: str
    base: str
    title: str = ""
    language: str | None = None
    canonical_url: str | None = None
    licences: tuple[str, ...] = ()
    published: datetime | None = None
    translation_of: str | None = None
    nosnippet: bool = False


def read_article(document: Document) -> Article | None:
    """The article in an HTML page, or None where the document is no HTML or has no element that could be one."""
    root = page_of(document)
    if root is None:
        return None
    stated = read_declared(root, document.url)
    licensed = [(link, set(link.iterancestors())) for link in _LICENCES(root)]
    weights = Weights(root)
    drop_strangers(root, weights)
    holder = holder_of(root, weights, stated.told)
    if holder is None:
        return None
    lead = lead_of(root, holder, stated.told)
    title = stated.title or lead.title
    scope = _scope(holder)
    licences = [joined(stated.base, link.get("href", "")) for link, above in licensed if scope in above]
    drop_leftovers(holder, weights, title=title)
    return Article(
        markup=_markup(lead, holder),
        base=stated.base,
        title=title,
        language=stated.language,
        canonical_url=stated.canonical_url,
        licences=tuple(dict.fromkeys(filter(None, [*licences, *stated.licences]))),
        published=stated.published,
        translation_of=stated.translation_of,
        nosnippet=stated.nosnippet,
    )


def _scope(holder: _Element) -> _Element:
    """What a licence must stand in to be the article's: the `article` around its body, where there is one."""
    return next(holder.iterancestors("article"), holder)


def _markup(lead: Lead, holder: _Element) -> str:
    parts = (*lead.standfirsts, *lead.figures, holder)
    for part in parts:
        show_images(part)
    for part in (*lead.figures, holder):
        make_figures(part)
    return "".join(tostring(part, encoding="unicode", method="html", with_tail=False) for part in parts)
