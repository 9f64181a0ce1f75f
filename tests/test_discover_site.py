"""What an editor's address leads to: a feed, a page that announces one, or a refusal that says what to do."""

import asyncio

import pytest

from syndicator.discover import Found, find, named
from syndicator.errors import UsageError
from syndicator.fetch import open_client
from syndicator.model import FetchPolicy, SandboxPolicy
from syndicator.sandbox import open_sandbox
from tests.samples import rss
from tests.upstream import Reply, Upstream, serve

COMMENTS = b"""<rss version="2.0"><channel><title>Comments on: Bread</title><link>https://harbour.example/bread/</link>
<item><title>By: Ada</title><link>https://harbour.example/bread/#comment-7</link><description>Yes</description></item>
</channel></rss>"""
LINK = '<link rel="alternate" type="application/rss+xml" href="{}">'


def page(*feeds: str) -> Reply:
    links = "".join(LINK.format(feed) for feed in feeds)
    return Reply(f"<!doctype html><html><head>{links}</head></html>".encode(), type="text/html")


@pytest.fixture
def upstream():
    with serve({"/comments": Reply(COMMENTS)}) as upstream:
        upstream.replies["/feed"] = Reply(rss(upstream.origin, range(2)))
        yield upstream


def found(upstream: Upstream, path: str) -> Found:
    async def main() -> Found:
        policy = FetchPolicy(user_agent="test", allow_private_networks=True)
        async with open_client(policy) as client, open_sandbox(SandboxPolicy(workers=1)) as sandbox:
            return await find(client, sandbox, upstream.url(path))

    return asyncio.run(main())


def test_a_comment_feed_is_refused_and_the_site_offered(upstream):
    with pytest.raises(UsageError) as caught:
        found(upstream, "/comments")
    assert "'Comments on: Bread' is a comment feed: it holds responses, not articles" in caught.value.why
    assert caught.value.hint == (
        "give the address of the site, for example: syndicator add https://harbour.example/bread/"
    )


def test_a_comment_feed_that_a_page_announces_first_is_passed_over(upstream):
    upstream.replies["/"] = page("/comments", "/feed")
    assert found(upstream, "/").url == upstream.url("/feed")


def test_a_page_with_nothing_but_a_comment_feed_has_no_feed(upstream):
    upstream.replies["/"] = page("/comments")
    with pytest.raises(UsageError, match="no feed there"):
        found(upstream, "/")


@pytest.mark.parametrize(
    ("title", "url", "taken", "name"),
    [
        ("The Harbour Post", "https://harbour.example/", (), "the-harbour-post"),
        ("Маяк", "https://www.m.example/", (), "m-example"),
        ("Buoy", "https://buoy.example/", {"buoy", "buoy-2"}, "buoy-3"),
    ],
    ids=["its title", "its host where the title has no Latin letter", "a number where the name is taken"],
)
def test_a_subscription_is_named_after(title, url, taken, name):
    assert named(title, url, taken) == name
