"""What `check` doubts in the editor's files: right as they stand, and yet probably not what was meant.

It must not refuse anything, and must not read the files: the configuration holds what they say.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from syndicator.config import Config
    from syndicator.store import Engine


async def doubts(config: "Config", store: "Engine") -> list[str]:
    """A sentence for each thing that an editor may not have meant: a name that is read nowhere, an address of no entry,
    two files about one thing, a day that is yet to come.
    """
    from syndicator.config import strays
    from syndicator.pipeline.overriding import name_of
    from syndicator.store import entries

    files = [(f"overrides/{one.file}: entry", one.entry) for one in config.overrides if not one.withdraw]
    files += [(f"translations/{one.file}: of", one.of) for one in config.translations]
    found = await entries.named(store, [name_of(said) for _, said in files])
    unknown = [(key, said) for key, said in files if name_of(said) not in found]
    absent = [f"{key}: {await _absent(store, said)}: {said}" for key, said in unknown]
    return [*strays(config.path), *absent, *_doubled(config), *_to_come(config)]


async def _absent(store: "Engine", said: str) -> str:
    from syndicator.store import entries

    down = await entries.taken_down(store, [said])
    return "this entry was taken down, so the file may go" if down else "no entry has this address or id yet"


def _doubled(config: "Config") -> Iterator[str]:
    """Two files that speak of one entry in two spellings of its address, or translate it into one language."""
    from syndicator.pipeline.overriding import name_of

    overrides = [(one.file, (name_of(one.entry)[1] or one.entry,)) for one in config.overrides]
    for file, other in _twice(overrides):
        yield f"overrides/{file}: {other} is about this entry already, and only that counts"
    translations = [(one.file, (name_of(one.of)[1] or one.of, one.language)) for one in config.translations]
    for file, other in _twice(translations):
        yield f"translations/{file}: {other} translates the same entry into the same language, and both are published"


def _twice(files: Sequence[tuple[str, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    first: dict[tuple[str, ...], str] = {}
    for file, about in files:
        if (other := first.setdefault(about, file)) != file:
            yield file, other


def _to_come(config: "Config") -> Iterator[str]:
    from syndicator.doors import utc_now

    for one in config.translations:
        if one.reviewed and one.reviewed.date() > utc_now().date():
            yield f"translations/{one.file}: reviewed: {one.reviewed:%Y-%m-%d} is yet to come"
