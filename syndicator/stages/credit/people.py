"""Who the feed's own fields name: authors, contributors, and the site that publishes."""

from urllib.parse import urlsplit

from syndicator.model import Agent, Credit, Evidence, FeedHead, ParsedEntry, Person
from syndicator.stages.credit.names import kind_of, split_field


def field_authors(parsed: ParsedEntry) -> tuple[Credit, ...]:
    """The entry's authors, as its fields name them (RFC 4287 4.2.1, dc:creator). An e-mail address is never a name."""
    return tuple(credit for person in parsed.authors for credit in _credits("author", person, "feed entry: author"))


def field_contributors(parsed: ParsedEntry) -> tuple[Credit, ...]:
    """The entry's contributors (RFC 4287 4.2.3); what they contributed is not said."""
    return tuple(
        credit
        for person in parsed.contributors
        for credit in _credits("contributor", person, "feed entry: contributor")
    )


def feed_authors(head: FeedHead) -> tuple[Credit, ...]:
    """The feed's authors, whom an entry without its own inherits (RFC 4287 4.2.1)."""
    return tuple(credit for person in head.authors for credit in _credits("author", person, "feed: author"))


def publisher(head: FeedHead, url: str | None) -> Credit | None:
    """The site whose feed it is, credited for its hop."""
    name = head.title.strip() or _host(head.url) or _host(url)
    if not name:
        return None
    agent = Agent(kind="organisation", name=name, uri=head.url)
    evidence = Evidence(where="feed: title", rule="publisher: the feed's own name", text=head.title)
    return Credit(role="publisher", agent=agent, of="hop", target=url or "", evidence=(evidence,))


def is_site(name: str, head: FeedHead, url: str | None) -> bool:
    """Whether `name` is the site's own: its feed's title, its host, or its host's first label."""
    hosts = {_host(head.url), _host(url)} - {""}
    own = {head.title, *hosts, *(host.partition(".")[0] for host in hosts)}
    return _key(name) in {_key(word) for word in own if word}


def _credits(role: str, person: Person, where: str) -> tuple[Credit, ...]:
    name = " ".join(person.name.split())
    evidence = Evidence(where=where, rule=f"{role}: the field", text=name)
    return tuple(
        Credit(role=role, agent=Agent(kind=kind_of(part), name=part, uri=person.uri), evidence=(evidence,))
        for part in split_field(name)
        if part and "@" not in part.strip("@")
    )


def _host(url: str | None) -> str:
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _key(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())
