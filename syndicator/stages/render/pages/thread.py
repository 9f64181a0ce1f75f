"""The responses to one entry as a feed of its own (Atom, RFC 4685), beside its page."""

from ....model import Publication, Site, Stored
from ..generator import Heading
from ..outgoing import tag
from ..phrases import phrases_for
from ..pings import pings_feed, pings_of
from ..printable import printable
from .raw import explained


def entry_responses(stored: Stored, publication: Publication, site: Site) -> bytes:
    """The pings of `stored` in `publication`, newest first, for NAME/entries/SLUG.atom; the same input, the same bytes.

    Comments are only counted, on the page and in the publication's feeds. Its `updated` is that of its newest ping; a
    feed without any is as old as the entry.
    """
    pings = pings_of([(stored, response) for response in stored.responses])
    entry, publication, site = printable(stored.entry), printable(publication), printable(site)
    phrases = phrases_for(publication.language, entry.language)
    address = f"{site.base_url}/{publication.name}/entries/{stored.slug}"
    heading = Heading(
        id=f"{address}.atom",
        title=phrases.say("Responses: {title}", title=entry.title or phrases.day(entry.published)),
        description=publication.title,
        language=tag(phrases.language),
        self_url=f"{address}.atom",
        self_type="application/atom+xml",
        page_url=f"{address}.html",
        updated=max((response.published or entry.published for _, response in pings), default=entry.published),
    )
    return explained(pings_feed(heading, pings), "../feed.css")
