"""Settings from the environment: SYNDICATOR_SECTION__KEY, or SYNDICATOR_SECTION__KEY_FILE for a file with the value.

A variable changes a setting of the file; it reaches the subscriptions and publications named there, with _ for -.
SYNDICATOR_CONFIG, which names the file, and SYNDICATOR_TEST_… are no settings, nor is what Kubernetes sets for a
service called syndicator; any other SYNDICATOR_… must be one. This module must not judge values.
"""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from syndicator.config.outline import inner, is_named, keys, preferred, table_at
from syndicator.config.problems import Origin, Place, Problem
from syndicator.config.tables import File

PREFIX = "SYNDICATOR_"
CONFIG = "SYNDICATOR_CONFIG"
# https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables
_OF_KUBERNETES = re.compile(
    r"SYNDICATOR_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_[A-Z]+)?)=.*"
    r"|SYNDICATOR_PORT=(tcp|udp|sctp)://.*",
    re.DOTALL,
)


def override(
    data: dict[str, Any], environ: Mapping[str, str], folder: Path
) -> tuple[dict[Place, Origin], list[Problem]]:
    """Write the settings in `environ` into `data`, the content of the file, and tell where each came from.

    Relative paths in `_FILE` variables count from `folder`. A variable that names no setting, or a file that cannot be
    read, comes back as a problem.
    """
    places = {_variable(place): place for place in _places(File, data)}
    origins: dict[Place, Origin] = {}
    problems: list[Problem] = []
    for variable in sorted(name for name, value in environ.items() if _is_meant(name, value)):
        from_file = variable.endswith("_FILE")
        place = places.get(variable.removesuffix("_FILE"))
        value = _read(folder / environ[variable]) if from_file else environ[variable]
        if place is None:
            problems.append(Problem((), f"no such setting, {_nearest(variable, places)}", variable))
        elif value is None:
            problems.append(Problem(place, f"{environ[variable]!r}, expected a readable file of text", variable))
        elif place in origins:
            problems.append(Problem(place, f"said twice, also by {origins[place].variable}", variable))
        else:
            _put(data, place, value)
            origins[place] = Origin(variable, secret=from_file)
    return origins, problems


def _is_meant(variable: str, value: str) -> bool:
    """Whether a variable is there to be a setting, rightly spelled or not."""
    if not variable.startswith(PREFIX) or variable == CONFIG or variable.startswith(f"{PREFIX}TEST_"):
        return False
    return not _OF_KUBERNETES.fullmatch(f"{variable}={value}")


def _nearest(variable: str, places: Mapping[str, Place]) -> str:
    offered = [name for name, place in places.items() if place[-1] in preferred(table_at(File, place[:-1]))]
    bare = sorted(name.removeprefix(PREFIX) for name in (*offered, CONFIG))  # all share the prefix: it is no likeness
    close = get_close_matches(variable.removeprefix(PREFIX), bare, n=1, cutoff=0.5)
    return f"the nearest known one is {PREFIX}{close[0]}" if close else f"settings are {PREFIX}SECTION__KEY"


def _variable(place: Place) -> str:
    return PREFIX + "__".join(place).upper().replace("-", "_")


def _places(table: type[BaseModel], data: Any, above: Place = ()) -> Iterator[Place]:
    """The place of every setting below `table`; names of subscriptions and publications are those in `data`."""
    for key, field in keys(table).items():
        below = inner(field)
        if below is None or above:  # a permission is a table, and may be said as one value too
            yield (*above, key)
        if below and is_named(field):
            names = data.get(key)
            for name in names if isinstance(names, dict) else ():
                yield from _places(below, data, (*above, key, name))
        elif below:
            yield from _places(below, data, (*above, key))


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        return None


def _put(data: dict[str, Any], place: Place, value: str) -> None:
    """Set `place` in `data`, in place of what stands there under any spelling of its key (licence, license)."""
    table = data
    for key in place[:-1]:
        if not isinstance(table.get(key), dict):
            table[key] = {}
        table = table[key]
    spelled = keys(table_at(File, place[:-1]))
    for key in [key for key in table if spelled.get(key) is spelled[place[-1]]]:
        del table[key]
    table[place[-1]] = value
