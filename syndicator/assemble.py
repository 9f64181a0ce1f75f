"""Puts documents in order for the chain: which is a feed, which a page, which a comment feed, and to which entry each
belongs.

Pure, for the sandbox. It must not derive: it returns what `chain.derive` takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from syndicator.chain import Material, parse
from syndicator.model import Document, FeedHead, ParsedEntry, ParsedFeed, Refused, Text
from syndicator.stages import article, decide, normalise, responses

_UNKNOWN = frozenset({"empty", "binary", "json", "not-a-feed", "unparseable"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Documents by what they are; comment feeds and pages beside the URL of the article they belong to."""

    feeds: tuple[ParsedFeed, ...]
    pages: tuple[tuple[str | None, Document], ...]
    comments: tuple[tuple[str | None, str, Document], ...]


def assemble(documents: Sequence[Document]) -> tuple[FeedHead, tuple[Material, ...]] | Refused:
    """The materials in `documents`: one for each entry of their feeds, each with its page and its comment feeds.

    Without a feed, a page is an entry; without both, a comment feed stands for its article. Refused when a document is
    neither feed nor page.
    """
    ordered = _sorted(documents)
    if isinstance(ordered, Refused):
        return ordered
    head = ordered.feeds[0].head if ordered.feeds else FeedHead()
    parsed = [entry for feed in ordered.feeds for entry in feed.entries]
    parsed = parsed or [_of_page(url, page) for url, page in ordered.pages]
    parsed = parsed or [_of_comments(url, title) for url, title, _ in ordered.comments]
    identified = decide.identify(parsed, (), documents[0].url)
    alone = len(parsed) == 1
    return head, tuple(_material(entry, identity, ordered, alone=alone) for identity, entry, _ in identified)


def _sorted(documents: Sequence[Document]) -> Sorted | Refused:
    feeds: list[ParsedFeed] = []
    pages: list[tuple[str | None, Document]] = []
    comments: list[tuple[str | None, str, Document]] = []
    for position, document in enumerate(documents, start=1):
        parsed = parse(document)
        if isinstance(parsed, Refused):
            page = article.read_article(document)
            if page is None:
                return _neither(parsed, position, len(documents))
            pages.append((page.canonical_url, document))
        elif responses.is_comment_feed(parsed):
            comments.append((parsed.head.url, parsed.head.title, document))
        else:
            feeds.append(parsed)
    return Sorted(feeds=tuple(feeds), pages=tuple(pages), comments=tuple(comments))


def _neither(refused: Refused, position: int, count: int) -> Refused:
    """Why a document is neither feed nor page, and which of several it is; here no address can be checked instead."""
    hint = "give a feed, a page or a comment feed" if refused.reason in _UNKNOWN else refused.hint
    return replace(
        refused, why=f"document {position} of {count}: {refused.why}" if count > 1 else refused.why, hint=hint
    )


def _material(parsed: ParsedEntry, identity: str, ordered: Sorted, *, alone: bool) -> Material:
    own = normalise.same_article(parsed.link) if parsed.link else None

    def belongs(url: str | None) -> bool:
        return alone or (url is not None and normalise.same_article(url) == own)

    return Material(
        parsed=parsed,
        id=identity,
        page=next((page for url, page in ordered.pages if belongs(url)), None),
        comments=tuple(document for url, _, document in ordered.comments if belongs(url)),
    )


def _of_page(url: str | None, document: Document) -> ParsedEntry:
    """A page as an entry about which no feed said anything: the chain takes all from the page."""
    return ParsedEntry(fingerprint="", link=url or document.url)


def _of_comments(url: str | None, title: str) -> ParsedEntry:
    """The article that a comment feed speaks of: its address, and its title as the feed quotes it."""
    return ParsedEntry(fingerprint="", link=url, title=Text(value=responses.article_title(title)))
