"""Where each fact of an entry stood, for those that carry no evidence of their own: title, language, date, original.

It tells what the other stages did, after them, and must not decide anything.
"""

from collections.abc import Iterator

from syndicator.chain.materials import Material
from syndicator.model import Entry, Evidence, FeedHead, Ground, Override, Subscription
from syndicator.stages import article, normalise
from syndicator.stages.relayed import RULE as RELAYED
from syndicator.stages.relayed import read_relayed

_DECLARED, _DETECTED, _EDITOR = "declared", "detected", "editor"


def grounds(
    entry: Entry, material: Material, page: article.Article | None, head: FeedHead, subscription: Subscription
) -> tuple[Ground, ...]:
    """A Ground for each of title, language, published and original that `entry` has."""
    found = {
        "title": (entry.title, _title(material)),
        "language": (entry.language, _language(entry, material, page, head, subscription)),
        "published": (entry.published.isoformat(), _published(entry, material, page)),
        "original": (entry.original.url if entry.original else None, _original(entry, material, page)),
    }
    return tuple(
        Ground(fact=fact, evidence=Evidence(where=where, rule=rule, text=text))
        for fact, (text, (where, rule)) in found.items()
        if text
    )


def _by_hand(override: Override | None, value: object) -> tuple[str, str] | None:
    return (f"override {override.file}", _EDITOR) if override and value else None


def _title(material: Material) -> tuple[str, str]:
    told = _by_hand(material.override, material.override and material.override.title)
    return told or (("feed entry: title", _DECLARED) if material.parsed.title else ("page: title", _DECLARED))


def _language(
    entry: Entry, material: Material, page: article.Article | None, head: FeedHead, subscription: Subscription
) -> tuple[str, str]:
    if told := _by_hand(material.override, material.override and material.override.language):
        return told
    declared: Iterator[tuple[str, str | None]] = iter(
        (
            ("feed entry: language", material.parsed.language if material.parsed.language != head.language else None),
            ("page: lang", page.language if page else None),
            ("feed: language", head.language),
            (f"configuration: subscriptions.{subscription.name}.language", subscription.language),
        )
    )
    where = next((where for where, tag in declared if tag and normalise.language_tag(tag) == entry.language), None)
    return (where, _DECLARED) if where else ("title and text", _DETECTED)


def _published(entry: Entry, material: Material, page: article.Article | None) -> tuple[str, str]:
    stated = (
        ("feed entry: published", material.parsed.published),
        ("page: published", page.published if page else None),
        ("feed entry: updated", material.parsed.updated),
    )
    where = next((where for where, moment in stated if moment == entry.published), None)
    return (where, _DECLARED) if where else ("nothing that can be true is stated", "first seen")


def _original(entry: Entry, material: Material, page: article.Article | None) -> tuple[str, str]:
    url = entry.original.url if entry.original else None
    if told := _by_hand(material.override, material.override and material.override.original):
        return told
    if read_relayed(material.parsed):
        return "feed entry: syn:hop", RELAYED
    if any(link.rel == "via" and link.href == url for link in material.parsed.links):
        return "feed entry: link rel=via", _DECLARED
    if page and page.imprint.original and page.imprint.original.url == url:
        return "page: its data", _DECLARED
    if any(extension.text == url for extension in material.parsed.extensions):
        return "feed entry: dc:source", _DECLARED
    return "text", "a link in the words that name it"
