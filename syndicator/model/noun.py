"""How the nouns are made: frozen, slotted, keyword-only dataclasses that pickle fast. It must not know any of them."""

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

Noun = TypeVar("Noun", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def noun(cls: Noun) -> Noun:
    """Make `cls` a frozen, slotted, keyword-only dataclass.

    The standard library's own pickling of such a class looks its fields up for each value; values cross to the sandbox
    and back by the thousand, where that was a fifth of a first poll's CPU (measured November 2026).
    """
    made: Any = dataclass(frozen=True, slots=True, kw_only=True)(cls)
    names = [field.name for field in fields(made)]
    values = attrgetter(*names)
    put = object.__setattr__

    def getstate(self: Any) -> tuple[Any, ...]:
        return values(self) if len(names) > 1 else (values(self),)

    def setstate(self: Any, state: tuple[Any, ...]) -> None:
        for name, value in zip(names, state, strict=True):
            put(self, name, value)

    made.__getstate__, made.__setstate__ = getstate, setstate
    result: Noun = made
    return result
