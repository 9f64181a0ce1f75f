"""Which of all that is stated counts for an entry: the most specific place that says something."""

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from syndicator.model import FeedHead, Licence, Source
from syndicator.stages.licence.mentions import choice, strictest
from syndicator.stages.licence.statements import UNSPECIFIED, Stated, read_name, read_statement

# Where, how it is read, whether one may choose among several addresses there, and what is said there.
_Source = tuple[str, Callable[[str, str], Stated | None], bool, Sequence[str]]


def read_licence(
    *,
    override: str | None = None,
    entry: Sequence[str] = (),
    text: Sequence[str] = (),
    page: Sequence[str] = (),
    site: Sequence[str] = (),
    feed: Sequence[str] = (),
    configured: str | None = None,
) -> Licence:
    """The licence that the most specific place states: override, entry, page, feed, configuration.

    `entry` are the entry's own elements and `text` what its content says of itself: both bind. `page` are the
    statements about the article itself, `site` those of its page about the whole site; `feed` those that the entry
    inherits (`inherited`). Each statement is an address or a sentence as printed, or several, each on a line. Nothing
    stated anywhere permits an excerpt; so does a licence that cannot be read, which still hides those of wider places.
    """
    places: tuple[tuple[_Source, ...], ...] = (
        (("override", read_name, False, (override,) if override else ()),),
        (("entry", read_statement, True, entry), ("entry: text", read_statement, False, text)),
        (("page", read_statement, False, page),),
        (("page", read_statement, False, site),),
        (("feed", read_statement, True, feed),),
        (("configuration", read_name, False, (configured,) if configured else ()),),
    )
    vague: list[Stated] = []
    for place in places:
        read = [(_stated(source), source[2]) for source in place]
        exact = [([one for one in stated if not one.vague], is_choice) for stated, is_choice in read]
        if counted := [_counts(stated, is_choice=is_choice) for stated, is_choice in exact if stated]:
            return strictest(counted)
        vague += (one for stated, _ in read for one in stated)
    return vague[0].licence if vague else Licence()


def _stated(source: _Source) -> list[Stated]:
    where, read, _, statements = source
    lines = [line for text in statements for line in text.splitlines() if line.strip()]
    return [found for line in lines if (found := read(line, where))]


def inherited(source: Source | None, head: FeedHead) -> tuple[str, ...]:
    """What an entry inherits (RFC 4946 2.4): a copied one from its atom:source, not from the feed that copied it.

    A source of the same host as the feed is the feed itself, which RSS writes too.
    """
    own = (*head.licences, head.rights or "")
    if source is None:
        return own
    stated = (*source.licences, source.rights or "")
    hosts = {_host(url) for url in (head.id, head.self_url, head.url)} - {""}
    theirs = {_host(url) for url in (source.id, source.self_url, source.url)} - {""}
    foreign = bool(theirs) and not theirs & hosts
    return stated if foreign or any(stated) else own


def _counts(stated: Sequence[Stated], *, is_choice: bool) -> Licence:
    """Of several addresses in a feed one may choose (RFC 4946 2); what else is said beside them binds as well."""
    links = [one.licence for one in stated if one.licence.url == one.licence.evidence[0].text or _is_link(one)]
    told = [one.licence for one in stated if one.licence not in links]
    if is_choice and links and not any(one.evidence[0].text == UNSPECIFIED for one in told):
        return strictest([choice(links), *told])
    return strictest([one.licence for one in stated])


def _is_link(stated: Stated) -> bool:
    return stated.licence.evidence[0].rule == "licence: address"


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:  # say, half of an IPv6 host
        return ""
