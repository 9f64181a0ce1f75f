"""What a partner asks of one entry: whose wish counts, the entry's facts filled in, the footer cleaned.

It must not decide how a wish is met: rendering does.
"""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from urllib.parse import quote

from syndicator.model import Entry, Terms
from syndicator.stages import normalise
from syndicator.stages.render import phrases_for

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def asked(entry: Entry, configured: Terms) -> Terms:
    """The terms of `entry`: those that the editor `configured`, the others as the installation before us told them.

    Where nobody is known as its author, its source stands for them in a credit line.
    """
    unset, filled = Terms(), _filled(configured, entry)
    ours = {one.name: getattr(filled, one.name) for one in fields(Terms)}
    terms = replace(entry.terms, **{name: value for name, value in ours.items() if value != getattr(unset, name)})
    footer = normalise.clean_html(terms.footer, base=entry.url) if terms.footer else None
    return replace(terms, footer=footer or None)


def _filled(terms: Terms, entry: Entry) -> Terms:
    return replace(
        terms,
        credit_line=_fill(terms.credit_line, _facts(entry)) if terms.credit_line else None,
        counter_pixel=_fill(terms.counter_pixel, _escaped(entry)) if terms.counter_pixel else None,
    )


def _facts(entry: Entry) -> Mapping[str, str]:
    phrases = phrases_for(entry.language)
    credits = [one for one in entry.credits if one.role == "author" and one.of == "entry"]
    names = dict.fromkeys(one.agent.name for one in credits if one.agent.name)
    source = entry.source.title or entry.url or ""
    return {
        "author": phrases.together(names) or source,
        "title": entry.title or source,
        "date": phrases.day(entry.published),
        "url": entry.url or "",
    }


def _escaped(entry: Entry) -> Mapping[str, str]:
    """For the query of an address (RFC 3986 2.1)."""
    return {"url": quote(entry.url or entry.id, safe=""), "id": quote(entry.id, safe="")}


def _fill(text: str, facts: Mapping[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), text)
