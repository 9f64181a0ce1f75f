"""People as the editor's files name them, and the credits that this makes. It must not know which roles a file has."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from syndicator.config import values
from syndicator.config.tables import Table
from syndicator.config.values import Expected
from syndicator.model import Agent, Credit, Evidence

_WHO = "a name, or {name, uri, kind}, or a list of them"


class PersonTable(Table):
    """Somebody who is credited. A name alone may stand instead."""

    name: values.Line = Field(description="the name as it is to be printed", examples=["Maren Oakes"])
    uri: values.WebAddress | None = Field(
        default=None, description="a page of theirs", examples=["https://oakes.example/"]
    )
    kind: Annotated[Literal["person", "organisation", "software"], Expected("person, organisation or software")] = (
        Field(default="person", description="person, organisation or software")
    )


class CreditedTable(PersonTable):
    """Somebody whom an override credits. A name alone may stand instead."""

    image: values.WebAddress | None = Field(
        default=None,
        description="the picture that this is about; the entry's other pictures keep their credits",
        examples=["https://tidewater.example/pictures/bell.png"],
    )


def _named(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


def _listed(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


People = Annotated[
    tuple[Annotated[PersonTable, BeforeValidator(_named)], ...], BeforeValidator(_listed), Expected(_WHO)
]
Credited = Annotated[
    tuple[Annotated[CreditedTable, BeforeValidator(_named)], ...],
    BeforeValidator(_listed),
    Expected(f"{_WHO}; [] for nobody"),
]


def credited(role: str, people: Sequence[PersonTable], evidence: Evidence) -> tuple[Credit, ...]:
    """Each of `people` in `role`, of the entry or of the picture that is named."""
    return tuple(_credit(role, person, evidence) for person in people)


def _credit(role: str, person: PersonTable, evidence: Evidence) -> Credit:
    agent = Agent(kind=person.kind, name=person.name, uri=person.uri)
    image = person.image if isinstance(person, CreditedTable) else None
    if image:
        return Credit(role=role, agent=agent, of="image", target=image, evidence=(evidence,))
    return Credit(role=role, agent=agent, evidence=(evidence,))
