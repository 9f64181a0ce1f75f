"""How often upstream wants to be asked: ttl, sy:update*, skipHours, skipDays. Must not decide when."""

from datetime import timedelta

from lxml import etree

from syndicator.model import Rhythm
from syndicator.stages.parse.elements import local, namespace, words
from syndicator.stages.parse.links import size
from syndicator.stages.parse.vocabulary import SY

# RSS 1.0 Syndication module; month and year as its readers count them.
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_YEAR = _PERIODS["yearly"]


def rhythm_of(head: etree._Element) -> Rhythm:
    """The feed's wishes: <ttl> (minutes) before sy:updatePeriod / sy:updateFrequency; hours in GMT, 24 meaning 0."""
    said = {(namespace(child), local(child)): child for child in head}
    wanted = [size(words(hour)) for hour in _in(said, "skiphours")]
    named = [words(day).lower() for day in _in(said, "skipdays")]
    return Rhythm(
        interval=_ttl(said.get(("", "ttl"))) or _update(said),
        skip_hours=tuple(sorted({hour % 24 for hour in wanted if hour is not None and hour <= 24})),
        skip_days=tuple(sorted({_DAYS.index(day) for day in named if day in _DAYS})),
    )


def _in(said: dict[tuple[str, str], etree._Element], name: str) -> tuple[etree._Element, ...]:
    element = said.get(("", name))
    return () if element is None else tuple(element)


def _ttl(element: etree._Element | None) -> timedelta | None:
    minutes = size(words(element))
    return timedelta(minutes=minutes) if minutes and minutes <= _YEAR.total_seconds() / 60 else None


def _update(said: dict[tuple[str, str], etree._Element]) -> timedelta | None:
    period, frequency = said.get((SY, "updateperiod")), said.get((SY, "updatefrequency"))
    if period is None and frequency is None:
        return None
    length = _PERIODS.get(words(period).lower() or "daily")  # the module's default
    return length / max(1, min(size(words(frequency)) or 1, 3600)) if length else None
