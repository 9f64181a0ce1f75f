"""The page of a person: what they wrote, translated or otherwise had a hand in, and a translator's feed beside it.

Both are made from the fragments of entries, so that nothing is in them that the feeds do not have.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ....model import Agent, Credited, Fragment, Publication, Site
from ..credit_block import ROLE_PHRASES
from ..generator import Heading, stitch_atom
from ..headings import TYPES, address, person_feed_path, person_path
from ..markup import host, linkable
from ..outgoing import tag
from ..people import has_page, person_slug
from ..phrases import phrases_for
from ..printable import printable
from .listing import credits_of, listed
from .raw import explained
from .subscribing import frame, trail
from .templating import OURS, Templates, page

TRANSLATOR = "translator"
Hands = Mapping[str, Agent]
"""What a person did to an entry: how the entry names them, by role."""


def person_documents(
    publication: Publication,
    site: Site,
    person: Credited,
    fragments: Sequence[Fragment],
    pages: Mapping[str, str],
    templates: Templates = OURS,
) -> dict[str, bytes]:
    """The page of `person`, and the feed of what they translated, by path; none of a page or feed without entries.

    `fragments` in the order to show; those in which `person` has no hand are passed over. `pages` has the path of an
    entry's page by the entry's id. Raises ValueError where one of the editor's `templates` cannot be used.
    """
    publication, site, person = printable(publication), printable(site), printable(person)
    told = [(each, json.loads(each.json)) for each in fragments]
    theirs = [(each, facts, hands) for each, facts in told if (hands := _hands(facts, person))]
    translated = [each for each, _, hands in theirs if TRANSLATOR in hands]
    made = {}
    if theirs:
        made[person_path(person.slug)] = _page(publication, site, person, [one[1:] for one in theirs], pages, templates)
    if translated:
        made[person_feed_path(person.slug)] = _feed(publication, site, person, translated)
    return {f"{publication.name}/{path}": document for path, document in made.items()}


def _hands(told: Mapping[str, Any], person: Credited) -> Hands:
    theirs = (each for each in credits_of(told) if has_page(each.agent, each.role))
    return {each.role: each.agent for each in theirs if person_slug(each.agent.name) == person.slug}


def _page(
    publication: Publication,
    site: Site,
    person: Credited,
    theirs: Sequence[tuple[Mapping[str, Any], Hands]],
    pages: Mapping[str, str],
    templates: Templates,
) -> bytes:
    phrases = phrases_for(publication.language)
    addresses = {linkable(agent.uri) for _, hands in theirs for agent in hands.values()}
    values = frame(phrases, heading=person.name, root="../../")
    values["trail"] = trail(site, publication)
    values["addresses"] = [{"href": each, "label": host(each)} for each in sorted(filter(None, addresses))]
    values["entries"] = listed([told for told, _ in theirs], pages, phrases, root="../", here=person.slug)
    if any(TRANSLATOR in hands for _, hands in theirs):
        label = phrases.say(ROLE_PHRASES[TRANSLATOR], names=person.name)
        feed = {"href": f"{person.slug}.atom", "type": TYPES["atom"], "label": label, "title": label}
        values["feeds"] = values["links"] = [feed]
    else:
        values["links"] = []
    return page("person.html", values, templates)


def _feed(publication: Publication, site: Site, person: Credited, translated: Sequence[Fragment]) -> bytes:
    """The feed has an id of its own; its entries are those of the publication's feed, byte for byte."""
    here = address(site, publication, person_feed_path(person.slug))
    said = phrases_for(publication.language).say(ROLE_PHRASES[TRANSLATOR], names=person.name)
    heading = Heading(
        id=here,
        title=f"{said} — {publication.title or publication.name}",
        description=f"{publication.title} — {site.title}",
        language=tag(publication.language),
        self_url=here,
        self_type=TYPES["atom"],
        page_url=address(site, publication, person_path(person.slug)),
        updated=max(each.updated for each in translated),
    )
    return explained(stitch_atom(heading, [each.atom for each in translated]), "../feed.css")
