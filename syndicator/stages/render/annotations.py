"""What Atom and RSS say in the same elements of other vocabularies: credits, hops, the state of a translation,
what a partner asks for, where copies of its pictures are.

docs/decisions/0007-rendering.md says how evidence is written.
"""

from typing import Any

from ...model import Credit, Evidence
from .markup import linkable
from .outgoing import Outgoing, agents, hops, tag
from .partner import passed_on
from .vocabulary import MARC_RELATORS, element


def annotate(parent: Any, out: Outgoing) -> None:
    """Append the marcrel and syn elements to the lxml element of an entry."""
    for credit in agents(out.entry):
        if credit.role in MARC_RELATORS:
            element(parent, f"marcrel:{MARC_RELATORS[credit.role]}", credit.agent.name)
    for credit in out.entry.credits:
        _credit(parent, credit)
    for hop in hops(out.entry):
        date = hop.date.isoformat() if hop.date else None
        facts = {"url": hop.url, "publisher": hop.publisher, "language": hop.language, "date": date}
        element(parent, "syn:hop", role=hop.role, **facts)
    _translation(parent, out)
    if out.abridged:
        element(parent, "syn:abridged")
    _terms(parent, out)
    for picture in out.pictures:
        beside = "yes" if picture.beside else None
        element(parent, "syn:picture", url=picture.url, copy=picture.copy, html=picture.html, beside=beside)


def origin_links(parent: Any, out: Outgoing, name: str) -> None:
    """Append the links to the original (rel=via) and to the licence; `name` is "link" in Atom, "atom:link" in RSS."""
    original, licence = out.entry.original, out.entry.licence
    if original and linkable(original.url):
        language = tag(original.language)
        element(parent, name, rel="via", type="text/html", href=original.url, hreflang=language, title=original.site)
    if linkable(licence.url):
        element(parent, name, rel="license", href=licence.url)


def _credit(parent: Any, credit: Credit) -> None:
    agent = credit.agent
    element(
        parent,
        "syn:credit",
        role=credit.role,
        kind=agent.kind,
        name=agent.name,
        uri=agent.uri,
        of=credit.of,
        target=credit.target,
        evidence="; ".join(map(_evidence, credit.evidence)),
    )


def _evidence(evidence: Evidence) -> str:
    """Where it stood and what stood there, for people; the rule that read it is in the JSON."""
    return f"{evidence.where}: {evidence.text}"


def _translation(parent: Any, out: Outgoing) -> None:
    told = out.entry.translation
    if told is None:
        return
    made = element(parent, "syn:translation")
    updated = told.source_updated.isoformat() if told.source_updated else None
    facts = {"from": told.from_language, "to": told.to_language, "state": told.state, "source-updated": updated}
    for name, value in facts.items():
        if value:
            made.set(name, value)


def _terms(parent: Any, out: Outgoing) -> None:
    asked = passed_on(out.entry.terms)
    if asked is None:
        return
    element(
        parent,
        "syn:terms",
        credit_line=asked.credit_line,
        credit_position=asked.credit_position,
        images=asked.images,
        keep_links="yes" if asked.keep_links else "no",
        counter_pixel=asked.counter_pixel,
        canonical=asked.canonical,
        footer=asked.footer,
    )
