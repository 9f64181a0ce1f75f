"""Stored entries on their way out: as fragments of feeds, as pages, and documents with an editor's templates.

What fails in one entry is a Refused in its place. This module must not decide what leaves: rendering does.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from syndicator.chain.refusals import at_fault, refused
from syndicator.model import EntryPage, Fragment, Publication, Refused, Site, Stored
from syndicator.stages import render as rendering


def render(stored: Sequence[Stored], publication: Publication, site: Site) -> tuple[Fragment | Refused, ...]:
    """Each entry as the fragments of a publication's feeds; what fails in one entry is a Refused in its place."""
    try:
        return rendering.fragments(stored, publication, site)
    except Exception:  # one of them: find out which
        return tuple(_alone(one, publication, site) for one in stored)


def pages(
    stored: Sequence[Stored], publication: Publication, site: Site, templates: Mapping[str, str]
) -> tuple[EntryPage | Refused, ...]:
    """The page of each entry in a publication; what fails in one entry is a Refused in its place.

    The reason is TEMPLATE where one of the editor's `templates` is at fault, and `why` begins with its name.
    """
    return tuple(_page(one, publication, site, templates) for one in stored)


def with_templates(make: Callable[..., dict[str, bytes]], *arguments: Any, **named: Any) -> dict[str, bytes] | Refused:
    """What `make` of `stages.render` makes with an editor's templates; Refused where one of them is at fault."""
    try:
        return make(*arguments, **named)
    except (ValueError, RecursionError) as error:
        return at_fault(error)


def _page(stored: Stored, publication: Publication, site: Site, templates: Mapping[str, str]) -> EntryPage | Refused:
    try:
        files = rendering.entry_documents(stored, publication, site, templates)
        return EntryPage(id=stored.entry.id, files=files, people=rendering.people_of(stored.entry))
    except (ValueError, RecursionError) as error:
        return at_fault(error) if templates else refused(stored.entry.id, error)
    except Exception as error:
        return refused(stored.entry.id, error)


def _alone(stored: Stored, publication: Publication, site: Site) -> Fragment | Refused:
    try:
        return rendering.fragment(stored, publication, site)
    except Exception as error:
        return refused(stored.entry.id, error)
