"""Who of an entry has a page of their own, and what that page is called.

A person is known by the name and by nothing else: two people of one name share a page, and one person who signs with
two names has two. It must not know how a page is written.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from ...model import Agent, Credited, Entry
from ...model.slug import slug
from .printable import printable

PUBLISHER = "publisher"


def people_of(entry: Entry) -> tuple[Credited, ...]:
    """The people with a name who had a hand in the entry itself, in the order of its credits, each once.

    An organisation, a program, a publisher, or who is credited for a picture or at a hop, has no page.
    """
    found: dict[str, list[Credited]] = {}
    for credit in entry.credits:
        if credit.of == "entry" and has_page(credit.agent, credit.role):
            name = printable(credit.agent.name)
            one = Credited(name=name, slug=person_slug(name), roles=(credit.role,))
            found.setdefault(one.slug, []).append(one)
    return tuple(map(_one, found.values()))


def has_page(agent: Agent, role: str) -> bool:
    """Whether who did this to an entry has a page."""
    return agent.kind == "person" and bool(agent.name.strip()) and role != PUBLISHER


@lru_cache(maxsize=4096)
def person_slug(name: str) -> str:
    """What the person's page is called: "Tom Reed" and "TOM  REED" are one person."""
    folded = " ".join(unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()).split())
    return slug(folded, folded)


def _one(told: Sequence[Credited]) -> Credited:
    """One person of several tellings: the first spelling, every role once."""
    return replace(told[0], roles=tuple(dict.fromkeys(role for each in told for role in each.roles)))
