"""The peer: a loop over the mandatory libraries at their defaults, which keeps nothing but the ETag."""

from pathlib import Path

import feedparser
import httpx
from feedgen.feed import FeedGenerator


def poll(client: httpx.Client, url: str, etags: dict[str, str], folder: Path) -> None:
    """Fetch, parse, generate Atom and RSS, write both."""
    answer = client.get(url, headers={"If-None-Match": etags[url]} if url in etags else {})
    if answer.status_code == 304:
        return
    etags[url] = answer.headers["ETag"]
    parsed = feedparser.parse(answer.content)
    made = FeedGenerator()
    made.id(url)
    made.title(parsed.feed.title)
    made.link(href=url, rel="self")
    made.description(parsed.feed.title)
    for old in parsed.entries:
        new = made.add_entry(order="append")
        new.id(old.id)
        new.title(old.title)
        new.link(href=old.link)
        new.author(name=old.author)
        new.summary(old.summary)
        new.content(old.content[0].value, type="html")
        new.published(old.published)
        new.updated(old.published)
    made.atom_file(str(folder / "feed.atom"))
    made.rss_file(str(folder / "feed.rss"))
