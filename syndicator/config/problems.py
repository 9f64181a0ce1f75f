"""What is wrong with a configuration, as one error that names every problem.

A problem knows its place in the file; said aloud, it names file and key, or the environment variable it came from.
This module must not decide what is wrong beyond names that lead nowhere: `tables.py` and `values.py` do.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from syndicator.config import values
from syndicator.config.outline import expected, field_at, keys, nearest, preferred, table_at
from syndicator.config.tables import File
from syndicator.errors import ConfigError

Place = tuple[str, ...]

MEND = "mend this, then run: syndicator check"


@dataclass(frozen=True, slots=True)
class Origin:
    """The environment variable that a value came from; `secret` where it came from a file that the variable names."""

    variable: str
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: at `place` (keys from the root), or in the environment `variable`."""

    place: Place
    why: str
    variable: str = ""


def found_by_pydantic(
    error: ValidationError, origins: Mapping[Place, Origin], table: type[BaseModel] = File
) -> list[Problem]:
    """The problems in `error` about a `table`, in our words; unknown keys first, as what is missing may be one of them
    misspelt.
    """
    details = error.errors(include_url=False, include_context=False)
    ordered = sorted(details, key=lambda one: one["type"] != "extra_forbidden")
    found = [_problem(detail, origins, table) for detail in ordered]
    return [one for one in found if not any(_is_below(other.place, one.place) for other in found)]


def _is_below(place: Place, above: Place) -> bool:
    """Whether `place` is in `above`: pydantic may find fault with one member of a list, and with the list for it."""
    return len(place) > len(above) and place[: len(above)] == above


def _problem(detail: ErrorDetails, origins: Mapping[Place, Origin], table: type[BaseModel]) -> Problem:
    place = tuple(str(step) for step in detail["loc"])
    if place[-1] == "[key]":
        return Problem(place[:-1], f"{place[-2]!r}, expected a name of a-z, 0-9 and -")
    if detail["type"] == "extra_forbidden":
        return Problem(place, _unknown(place, table))
    field = field_at(table, detail["loc"])
    wanted = expected(field) if field else "a table"
    if detail["type"] == "missing":
        return Problem(place, f"missing, expected {wanted}")
    return Problem(place, f"{_shown(detail['input'], _origin(place, origins))}, expected {wanted}")


def _unknown(place: Place, root: type[BaseModel]) -> str:
    table = table_at(root, place[:-1])
    if place[-1] in keys(table):  # licence beside license
        return "said twice, expected licence or license, not both"
    return f"unknown key, {nearest(place[-1], sorted(preferred(table)))}"


def _shown(value: object, origin: Origin | None) -> str:
    if origin and origin.secret:
        return "the content of the file"
    if isinstance(value, dict):
        return "a table"
    text = repr(value) if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    text = re.sub(r"//[^/\s]*@", "//***@", text)  # a password in an address is nobody's business
    return text if len(text) <= 80 else text[:79] + "…"


def dangling(data: Mapping[str, Any]) -> list[Problem]:
    """A problem for each name in a publication's `subscriptions` that no subscription has; `data` may be ill-formed."""
    known = sorted(_table(data.get("subscriptions")))
    return [
        Problem(
            ("publications", name, "subscriptions"), f"{listed!r}, expected a subscription; {nearest(listed, known)}"
        )
        for name, publication in _table(data.get("publications")).items()
        for listed in _list(values.words(_table(publication).get("subscriptions")))
        if isinstance(listed, str) and listed not in known
    ]


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def refusal(path: Path, problems: Sequence[Problem], origins: Mapping[Place, Origin]) -> ConfigError:
    """One error for all `problems` (at least one): the first is its subject, the others are listed below it."""
    said = [(_subject(path, problem, origins), problem.why) for problem in problems]
    others = "".join(f"\nalso: {subject}: {why}" for subject, why in said[1:])
    return ConfigError(said[0][0], said[0][1] + others, MEND)


def _subject(path: Path, problem: Problem, origins: Mapping[Place, Origin]) -> str:
    origin = _origin(problem.place, origins)
    variable = problem.variable or (origin.variable if origin else "")
    return f"environment: {variable}" if variable else f"{path}: {'.'.join(problem.place)}"


def _origin(place: Place, origins: Mapping[Place, Origin]) -> Origin | None:
    """The origin of the value at `place`, or of what holds it (a list, say)."""
    return next((origins[place[:n]] for n in range(len(place), 0, -1) if place[:n] in origins), None)
