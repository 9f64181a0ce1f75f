"""Who the author is, where the text, the feed's fields and the page may each say somebody.

The site's own name is its author only of what it did not take from elsewhere, and whoever has another part is not the
author for standing in the author's place. It must not read anything: it is given what was read.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from syndicator.model import Credit, Note
from syndicator.stages.credit.people import is_nobody

Site = Callable[[str], bool]


def authors(
    text: Sequence[Credit],
    fields: Sequence[Credit],
    page: Sequence[Credit],
    *,
    others: Sequence[Credit],
    site: Site,
    elsewhere: bool,
) -> tuple[tuple[Credit, ...], tuple[Note, ...]]:
    """The authors, and a note on a byline that is the site's.

    Those that the text names, with those of the feed's `fields`; where both name nobody, those of the place in the
    `page` that is trusted most. Other places only confirm. `elsewhere` says that the article comes from another site.
    """
    busy = {_key(credit) for credit in others}
    said = [credit for credit in text if not is_nobody(credit.agent.name)]
    persons = [credit for credit in fields if not site(credit.agent.name) and _key(credit) not in busy]
    stated = [credit for credit in page if not site(credit.agent.name) and _key(credit) not in busy]
    sites = [credit for credit in (*fields, *page) if site(credit.agent.name)]
    found = [*said, *persons] or _trusted(stated)
    confirmed = [credit for credit in stated if _key(credit) in {_key(one) for one in found}]
    if found or elsewhere:
        return (*found, *confirmed), tuple(map(_byline_note, sites[:1]))
    return tuple(map(_as_organisation, sites)), ()


def _trusted(stated: Iterable[Credit]) -> list[Credit]:
    """The credits of the first place that gives any."""
    return next((list(credits) for _, credits in groupby(stated, _where)), [])


def _where(credit: Credit) -> str:
    return credit.evidence[0].where


def _key(credit: Credit) -> str:
    return credit.agent.name.casefold()


def _byline_note(credit: Credit) -> Note:
    return Note(
        code="site-byline",
        text=f"the byline {credit.agent.name!r} is the site's own name: it is the publisher, not the author",
    )


def _as_organisation(credit: Credit) -> Credit:
    return replace(credit, agent=replace(credit.agent, kind="organisation"))
