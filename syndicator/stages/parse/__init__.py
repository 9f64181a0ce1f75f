"""From the bytes of a document to what its feed says. The only door to feedparser; pure.

The order: sniff, prepare (UTF-8, no DTD), walk (lxml: identity, people, links, everything repeated or foreign), drop
the entries that are known, listen to feedparser (version, titles, texts, times, categories), join the two by position.
"""

from syndicator.model import Document, ParsedFeed, Refused
from syndicator.stages.parse.elements import local
from syndicator.stages.parse.joined import read_tree, read_words
from syndicator.stages.parse.jsonfeed import read_json
from syndicator.stages.parse.prepare import prepare
from syndicator.stages.parse.sniff import sniff
from syndicator.stages.parse.tree import grow

__all__ = ["parse"]

_OTHER_ROOTS = {
    "html": ("html-page", "this is an HTML page, not a feed", "find the site's feed with: syndicator add ADDRESS"),
    "opml": ("opml", "this is a list of subscriptions (OPML), not a feed", "use import-opml"),
}


def parse(document: Document, *, known: frozenset[str] = frozenset(), salt: str = "") -> ParsedFeed | Refused:
    """What a feed says: RSS 0.9x–2.0, RSS 1.0, Atom 0.3 and 1.0, CDF (through feedparser), JSON Feed 1.0 and 1.1.

    `known`: fingerprints of entries that need no reading; they are in `fingerprints` but not in `entries`. `salt`: what
    else an entry depends on (settings, the chain's version). `document.url` is the final URL: bases start there.
    Reasons of a Refused: empty, too-large, binary, html-page, opml, json, dtd-entities, not-a-feed, unparseable.
    Raises nothing but MemoryError.
    """
    kind = sniff(document)
    if isinstance(kind, Refused):
        return kind
    if kind == "json":
        return read_json(document, known=known, salt=salt)
    body = prepare(document)
    if isinstance(body, Refused):
        return body
    tree = grow(body)
    if tree is not None and local(tree.root) in _OTHER_ROOTS:
        reason, why, hint = _OTHER_ROOTS[local(tree.root)]
        return Refused(reason=reason, why=why, hint=hint)
    if tree is None or not tree.exact:
        complete = tree is None or tree.complete
        return read_words(body, document.url, tree, known=known, salt=salt, complete=complete)
    return read_tree(tree, body, document.url, known=known, salt=salt)
