"""Who the feed's own fields name: authors, contributors, and the site that publishes."""

import re
from collections.abc import Iterable

from syndicator.model import Agent, Credit, Evidence, FeedHead, Imprint, ParsedEntry, Person
from syndicator.stages.credit.addresses import host
from syndicator.stages.credit.names import MAX_LENGTH, kind_of, split_field

_ADMIN = re.compile(r"\w*admin\d*")
# Accounts of publishing systems, which are no one's name.
_ACCOUNTS = frozenset(
    {
        *("admin", "administrator", "administrador", "administrateur", "webmaster", "web master", "editor", "author"),
        *("user", "guest", "root", "moderator", "test", "unknown", "anonymous", "none", "null", "undefined", "wpadmin"),
        *("site admin", "super user", "superuser", "админ", "администратор", "адміністратор", "管理员", "管理員"),
    }
)
_MARC_SPACES = ("{http://id.loc.gov/vocabulary/relators/}", "{http://www.loc.gov/loc.terms/relators/}")
# Authors and publishers have fields of their own.
_RELATORS = {
    "trl": "translator",
    "edt": "editor",
    "ill": "illustrator",
    "pht": "photographer",
    "pfr": "proofreader",
}


def field_authors(parsed: ParsedEntry) -> tuple[Credit, ...]:
    """The entry's authors, as its fields name them (RFC 4287 4.2.1, dc:creator). An e-mail address is never a name."""
    return tuple(credit for person in parsed.authors for credit in _credits("author", person, "feed entry: author"))


def field_contributors(parsed: ParsedEntry, named: Iterable[Credit] = ()) -> tuple[Credit, ...]:
    """The entry's contributors (RFC 4287 4.2.3), whose part is not said; without those who are `named` with theirs."""
    known = {_key(credit.agent.name) for credit in named}
    found = (c for person in parsed.contributors for c in _credits("contributor", person, "feed entry: contributor"))
    return tuple(credit for credit in found if _key(credit.agent.name) not in known)


def field_relators(parsed: ParsedEntry) -> tuple[Credit, ...]:
    """Whom the entry names by a MARC relator, as marcrel:trl (https://id.loc.gov/vocabulary/relators.html), with the
    address that a person of that name has beside it.
    """
    addresses = {_key(person.name): person.uri for person in (*parsed.contributors, *parsed.authors)}
    told = ((_relator(each.name), each.text) for each in parsed.extensions)
    persons = ((code, Person(name=name, uri=addresses.get(_key(name)))) for code, name in told if code in _RELATORS)
    return tuple(c for code, one in persons for c in _credits(_RELATORS[code], one, f"feed entry: marcrel:{code}"))


def _relator(name: str) -> str:
    return next((name.removeprefix(space) for space in _MARC_SPACES if name.startswith(space)), "")


def feed_authors(head: FeedHead) -> tuple[Credit, ...]:
    """The feed's authors, whom an entry without its own inherits (RFC 4287 4.2.1)."""
    return tuple(credit for person in head.authors for credit in _credits("author", person, "feed: author"))


def publisher(head: FeedHead, imprint: Imprint, url: str | None) -> Credit | None:
    """The site that publishes, credited for its hop: by its feed's title, else its page's name for it, else its
    host.
    """
    stated = [("feed: title", "the feed's own name", head.title.strip(), head.url)]
    stated += [(n.where, "the site's name", n.name, n.uri) for n in imprint.named if n.role == "publisher"]
    stated += [("entry: address", "its host", host(head.url) or host(url), head.url)]
    stated = [one for one in stated if not is_nobody(one[2])]
    if not stated:
        return None
    _, _, name, uri = stated[0]
    evidence = tuple(
        Evidence(where=where, rule=f"publisher: {rule}", text=printed)
        for where, rule, printed, _ in stated
        if _key(printed) == _key(name)
    )
    return Credit(
        role="publisher",
        agent=Agent(kind="organisation", name=name, uri=uri),
        of="hop",
        target=url or "",
        evidence=evidence,
    )


def is_nobody(name: str) -> bool:
    """Whether an author field holds no name: a user's account, an address, nothing."""
    return (
        "@" in name.strip("@")
        or "://" in name
        or "<" in name
        or not any(letter.isalpha() for letter in name)
        or name.casefold() in _ACCOUNTS
        or _ADMIN.fullmatch(name.casefold()) is not None
        or len(name) > MAX_LENGTH * 2
    )


def is_site(name: str, head: FeedHead, imprint: Imprint, url: str | None) -> bool:
    """Whether `name` is the site's own: what its feed or its page calls it, its host, or its host's first label."""
    hosts = {host(head.url), host(url)} - {""}
    called = (one.name for one in imprint.named if one.role == "publisher")
    own = {head.title, *called, *hosts, *(one.partition(".")[0] for one in hosts)}
    return _key(name) in {_key(word) for word in own if word}


def _credits(role: str, person: Person, where: str) -> tuple[Credit, ...]:
    name = " ".join(person.name.split())
    evidence = Evidence(where=where, rule=f"{role}: the field", text=name)
    return tuple(
        Credit(role=role, agent=Agent(kind=kind_of(part), name=part, uri=person.uri), evidence=(evidence,))
        for part in split_field(name)
        if part and not is_nobody(part)
    )


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
