"""A licence where it is mentioned; and which is meant where several are: the strictest, or one of them by choice."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from syndicator.model import Licence, Permit

ALL: tuple[Permit, ...] = ("excerpt", "verbatim", "translate", "commercial")


@dataclass(frozen=True, slots=True)
class Mention:
    """A licence and where in the text it is named."""

    start: int
    end: int
    licence: Licence


def permitted(*withheld: Permit) -> tuple[Permit, ...]:
    """All permits but `withheld`."""
    return tuple(permit for permit in ALL if permit not in withheld)


def strictest(stated: Sequence[Licence]) -> Licence:
    """What every one of `stated` permits, under the name of the one that permits no more; else of all that have one.

    The evidence is that of all. `stated` is not empty.
    """
    permits = tuple(permit for permit in ALL if all(permit in licence.permits for licence in stated))
    bound = any(licence.no_derivatives for licence in stated)
    alike = [one for one in stated if (one.permits, one.no_derivatives) == (permits, bound)]
    evidence = tuple(dict.fromkeys(item for licence in stated for item in licence.evidence))
    if alike:
        exact = next((one for one in alike if one.id and one.url), next((one for one in alike if one.id), alike[0]))
        return replace(exact, evidence=evidence)
    ids = sorted({licence.id for licence in stated if licence.id})
    name = " AND ".join(ids) if len(ids) > 1 and all(licence.id for licence in stated) else None
    return Licence(id=name, permits=permits, no_derivatives=bound, evidence=evidence)


def choice(stated: Sequence[Licence]) -> Licence:
    """Of licences that one may choose from, the one that permits most: reprinting before translating before selling.

    It counts alone: what only another permits is not added. The evidence is that of all. `stated` is not empty.
    """
    order: tuple[Permit, ...] = ("verbatim", "translate", "commercial")
    best = max(stated, key=lambda one: tuple(permit in one.permits for permit in order))
    evidence = tuple(dict.fromkeys(item for licence in (best, *stated) for item in licence.evidence))
    return replace(best, evidence=evidence)
