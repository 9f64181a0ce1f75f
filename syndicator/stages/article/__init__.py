"""The article in a page: the element that holds it, and what the page itself declares of it.

Strangers are taken out of the page, the element with the most prose side by side is found, what is left in it that is
none of the article goes, and the standfirst and picture above it come in. It must not clean (normalise does) nor read
credits, and never invents a date or an author: what a page does not state is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lxml.etree import _Element, tostring

from syndicator.model import Document, Imprint, Named
from syndicator.stages.article import licensing
from syndicator.stages.article.bylines import Found, about, bylines_of, site_in_title
from syndicator.stages.article.cut import is_cut
from syndicator.stages.article.declared import Declared, moment_of, read_declared
from syndicator.stages.article.figures import make_figures, show_images
from syndicator.stages.article.holder import holder_of
from syndicator.stages.article.lead import Lead, lead_of
from syndicator.stages.article.leftovers import drop_leftovers
from syndicator.stages.article.licensing import licences_in
from syndicator.stages.article.page import page_of
from syndicator.stages.article.strangers import drop_strangers
from syndicator.stages.article.weights import Weights

__all__ = ["Article", "is_cut", "licences_in", "read_article"]

_NOTHING = Imprint()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a page says of its article; `markup` is not cleaned, `base` is what its addresses are relative to.

    `licences` are statements about the article, `site_licences` those about its site, as printed: nothing is read out
    of them. `published` (UTC) is None where the page does not state it; `nosnippet` is its wish that no part of it be
    quoted; `imprint` is what it states of who made the article, and from what.
    """

    markup: str
    base: str
    title: str = ""
    language: str | None = None
    canonical_url: str | None = None
    licences: tuple[str, ...] = ()
    site_licences: tuple[str, ...] = ()
    published: datetime | None = None
    imprint: Imprint = _NOTHING
    nosnippet: bool = False


def read_article(document: Document) -> Article | None:
    """The article in an HTML page, or None where the document is no HTML or has no element that could be one."""
    root = page_of(document)
    if root is None:
        return None
    stated = read_declared(root, document.url)
    bylines, titled = bylines_of(root, stated.base), site_in_title(root)
    licensed = licensing.statements_of(root, stated.base)
    weights = Weights(root)
    drop_strangers(root, weights)
    holder = holder_of(root, weights, stated.told)
    if holder is None:
        return None
    lead = lead_of(root, holder, stated.told)
    title = stated.title or lead.title
    own = about(bylines, root, holder, stated.base)
    licences, site_licences = licensing.about(licensed, holder)
    drop_leftovers(holder, weights, title=title)
    return Article(
        markup=_markup(lead, holder),
        base=stated.base,
        title=title,
        language=stated.language,
        canonical_url=stated.canonical_url,
        licences=tuple(dict.fromkeys((*stated.licences, *licences))),
        site_licences=site_licences,
        published=stated.published or moment_of(time for one in own for time in one.times),
        imprint=_imprint(stated, own, titled.get(title)),
        nosnippet=stated.nosnippet,
    )


def _imprint(stated: Declared, bylines: Sequence[Found], site: str | None) -> Imprint:
    titled = [Named(role="publisher", name=site, where="page: title")] if site else []
    home = _home(stated.canonical_url or stated.base)
    return Imprint(
        named=tuple(
            replace(one, uri=one.uri or home) if one.role == "publisher" else one for one in (*stated.named, *titled)
        ),
        bylines=tuple(dict.fromkeys(one.byline for one in bylines)),
        original=stated.original,
    )


def _home(url: str) -> str | None:
    """The front page of the site that `url` is of."""
    scheme, separator, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}" if separator else None


def _markup(lead: Lead, holder: _Element) -> str:
    parts = (*lead.standfirsts, *lead.figures, holder)
    for part in parts:
        show_images(part)
    for part in (*lead.figures, holder):
        make_figures(part)
    return "".join(tostring(part, encoding="unicode", method="html", with_tail=False) for part in parts)
