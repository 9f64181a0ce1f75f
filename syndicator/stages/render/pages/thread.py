"""The responses to one entry: the thread on its page, and a feed of its own beside that (Atom, RFC 4685)."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel.numbers import format_decimal
from markupsafe import Markup

from ....model import Publication, Response, Site, Stored
from ..generator import Heading
from ..headings import TYPES
from ..markup import anchor, host, linkable
from ..outgoing import Outgoing, tag
from ..phrases import Phrases, phrases_for
from ..printable import printable
from ..responses import paragraphs, place, responses_feed, signature, told_of, when
from .raw import explained

MOST_IN_FEED = 200
MOST_ON_PAGE = 50  # comments; with as many of a paragraph's length a page stays under 50 kB
MOST_PINGS = 100  # the newest; a swarm of trackbacks must not make a page of megabytes
DEEPEST = 4  # answers to answers are set in so often: a telephone is narrow
OF_STRANGERS = "ugc nofollow"  # a stranger chose the address (https://microformats.org/wiki/rel-nofollow)


def thread(out: Outgoing, phrases: Phrases) -> Mapping[str, Any]:
    """What a page shows of the responses to its entry: pings as site, title and link, the comments that leave, the
    oldest first and each with its answers, and how many comments there are, with a link to all of them.
    """
    count = (out.replies or 0) - len(out.pings)
    number = anchor(format_decimal(count, locale=phrases.locale), out.entry.comments_url) if count > 0 else ""
    return {
        "comments": Markup(number),  # noqa: S704 — made of an anchor
        "said": _answered(out.comments[:MOST_ON_PAGE], phrases),
        "pings": [_ping(each) for each in out.pings[-MOST_PINGS:]],
    }


def _ping(response: Response) -> Mapping[str, Any]:
    site = response.site or host(response.uri) or response.kind
    title = response.title or site
    told = {"rel": OF_STRANGERS, "class": "u-url p-name"}
    link = Markup(anchor(title, place(response), **told))  # noqa: S704 — anchor escapes
    return {"link": link, "site": "" if site == title else site}


def _answered(comments: Sequence[Response], phrases: Phrases) -> Sequence[Mapping[str, Any]]:
    """The comments that answer none of the others, each with its answers; what is deeper than `DEEPEST` stands there.

    An answer comes after what it answers, so no circle is possible.
    """
    lists: dict[str, list[list[Mapping[str, Any]]]] = {}  # by a comment's id those that it stands in and of its answers
    roots: list[Mapping[str, Any]] = []
    for comment in comments:
        around = lists.get(comment.in_reply_to or "", [roots])
        answers: list[Mapping[str, Any]] = []
        around[-1].append({**_comment(comment, phrases), "answers": answers})
        lists[comment.id] = [*around, answers][:DEEPEST]
    return roots


def _comment(comment: Response, phrases: Phrases) -> Mapping[str, Any]:
    told = {"rel": OF_STRANGERS, "class": "u-url p-name"}
    return {
        "author": Markup(anchor(signature(comment, phrases), comment.uri, **told)),  # noqa: S704 — anchor escapes
        "address": linkable(comment.id),
        "rel": OF_STRANGERS,
        "published": comment.published.isoformat(timespec="seconds") if comment.published else "",
        "day": phrases.day(comment.published) if comment.published else "",
        "words": Markup(paragraphs(comment)),  # noqa: S704 — escaped there
    }


def entry_responses(stored: Stored, publication: Publication, site: Site) -> bytes:
    """The newest `MOST_IN_FEED` responses to `stored` that `publication` tells of, newest first, for
    NAME/entries/SLUG.atom; the same input, the same bytes.

    Its `updated` is that of the newest; a feed without any is as old as the entry.
    """
    told = told_of([(stored, response) for response in stored.responses], publication)[:MOST_IN_FEED]
    entry, publication, site = printable(stored.entry), printable(publication), printable(site)
    phrases = phrases_for(publication.language, entry.language)
    address = f"{site.base_url}/{publication.name}/entries/{stored.slug}"
    heading = Heading(
        id=f"{address}.atom",
        title=phrases.say("Responses: {title}", title=entry.title or phrases.day(entry.published)),
        description=publication.title,
        language=tag(phrases.language),
        self_url=f"{address}.atom",
        self_type=TYPES["atom"],
        page_url=f"{address}.html",
        updated=max(map(when, told), default=entry.published),
    )
    return explained(responses_feed(heading, told, phrases), "../feed.css")
