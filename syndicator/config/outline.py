"""What may stand where in the file: the tables of `tables.py`, walked by key.

This module must not hold a setting of its own or read a value.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import get_args, get_origin

from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo

from syndicator.config.values import Expected


def keys(table: type[BaseModel]) -> dict[str, FieldInfo]:
    """The keys of `table` as the file spells them (`licence` and `license` are two), with their fields."""
    spelled: dict[str, FieldInfo] = {}
    for name, field in table.model_fields.items():
        alias = field.validation_alias or name
        spelled.update({str(one): field for one in (alias.choices if isinstance(alias, AliasChoices) else (alias,))})
    return spelled


def preferred(table: type[BaseModel]) -> list[str]:
    """The keys of `table`, each in the spelling that we write: `licence`."""
    first = {id(field): key for key, field in reversed(keys(table).items())}
    return list(first.values())[::-1]


def inner(field: FieldInfo) -> type[BaseModel] | None:
    """The table that a key holds, once, by name or in a list; None for a plain value."""
    return _table_in(field.annotation)


def _table_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_table_in, get_args(annotation))), None)


def is_named(field: FieldInfo) -> bool:
    """Whether a key holds many tables by name, as `subscriptions` does."""
    return get_origin(field.annotation) is dict


def expected(field: FieldInfo) -> str:
    """What a key's value should be, in words."""
    optional = [mark for part in get_args(field.annotation) for mark in getattr(part, "__metadata__", ())]
    said = [mark.words for mark in (*optional, *field.metadata) if isinstance(mark, Expected)]
    return said[-1] if said else "a table"  # the last is the most particular


def field_at(table: type[BaseModel], path: Sequence[object]) -> FieldInfo | None:
    """The field that `path` (keys and names, then perhaps indices) leads to from `table`; None where there is none."""
    field = keys(table).get(str(path[0])) if path else None
    if field is None:
        return None
    step = path[1:2]
    is_step = is_named(field) or (bool(step) and str(step[0]).isdigit())  # a name, or a place in a list
    rest, below = path[2:] if is_step else path[1:], inner(field)
    return (field_at(below, rest) or field) if below and rest else field


def table_at(table: type[BaseModel], path: Sequence[object]) -> type[BaseModel]:
    """The table that `path` leads to from `table`; `table` itself for the empty path."""
    field = field_at(table, path)
    return (inner(field) if field else None) or table


def nearest(key: str, known: Sequence[str]) -> str:
    """How a message ends that found `key` instead of one of `known`: the nearest one, or all where none is near."""
    close = get_close_matches(key, known, n=1, cutoff=0.5)
    return f"the nearest known one is {close[0]}" if close else f"known are {', '.join(known) or 'none'}"
