"""Takes entries down for good, and with them what the editor's files made of them. It must not decide which."""

from collections.abc import Sequence
from datetime import datetime

from syndicator.config import Config
from syndicator.model import Errand
from syndicator.pipeline.overriding import name_of
from syndicator.pipeline.translating import raw_id
from syndicator.store import Engine, entries

Place = tuple[str, str]  # subscription, id


async def take_down(store: Engine, config: Config, places: Sequence[Place], now: datetime) -> tuple[Place, ...]:
    """Withdraw the entries `places` and the translations made of them, all at once; returns the places of all.

    The files are made anew by whoever carries out the errands that this leaves: the daemon within seconds.
    """
    made = await falling(store, config, places)
    everything = tuple(dict.fromkeys((*places, *((one.subscription, one.id) for one in made))))
    touched = {subscription for subscription, _ in everything}
    listing = [one for one in config.publications.values() if touched.intersection(one.subscriptions)]
    await entries.withdraw(store, everything, [Errand(kind="republish", target=one.name) for one in listing], now)
    return everything


async def falling(store: Engine, config: Config, places: Sequence[Place]) -> tuple[entries.Translated, ...]:
    """The translations of the editor's that are made of `places` and of nothing else that is here."""
    found = await entries.named(store, [name_of(file.of) for file in config.translations])
    originals = {raw_id(file): found.get(name_of(file.of), ()) for file in config.translations}
    made = await entries.translated(store)
    return tuple(one for one in made if (of := originals.get(one.raw_id)) and set(of) <= set(places))
