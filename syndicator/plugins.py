"""Functions that other packages add to the chain: entry points of the group ``syndicator.transforms``.

A transform takes an `Entry` and returns one. It runs in the sandbox as the chain's last step, in the order that
``[plugins] enabled`` gives. Nothing is loaded that the configuration does not name. It must not know what a transform
does.
"""

from collections.abc import Callable, Sequence
from importlib.metadata import entry_points

from syndicator.errors import ConfigError
from syndicator.model import Entry

GROUP = "syndicator.transforms"

Transform = Callable[[Entry], Entry]


def load(names: Sequence[str]) -> tuple[Transform, ...]:
    """Load the named transforms in the order given.

    Raises ConfigError when no installed package offers a name.
    """
    return tuple(_one(name) for name in names)


def _one(name: str) -> Transform:
    for point in entry_points(group=GROUP, name=name):
        transform: Transform = point.load()
        return transform
    offered = ", ".join(sorted(point.name for point in entry_points(group=GROUP))) or "none"
    raise ConfigError(
        "plugins.enabled",
        f"no installed package offers {name!r} (offered: {offered})",
        f"install the package whose entry points in {GROUP!r} name it, or take it out of the list",
    )
