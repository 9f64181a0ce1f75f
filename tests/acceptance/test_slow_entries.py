"""Entries that take too long cost themselves; the honest ones beside them come in."""

from pathlib import Path

import feedparser

from tests.acceptance.installation import install
from tests.samples import entry, rss
from tests.upstream import Reply, serve

SLOW = "<![CDATA[" + "<a href='x" * 120_000 + "]]>"


def test_honest_entries_come_in_beside_slow_ones(tmp_path: Path) -> None:
    with serve({}) as upstream:
        slow = "".join(
            f"<item><title>Slow {n}</title><guid>slow-{n}</guid><description>{SLOW}</description></item>"
            for n in range(6)
        )
        honest = "".join(entry(n, upstream.origin, size=1_000) for n in range(20))
        whole = rss(upstream.origin, range(0)).replace(b"</channel>", f"{slow}{honest}</channel>".encode())
        upstream.replies["/feed"] = Reply(whole)
        place = install(tmp_path, {"mixed": upstream.url("/feed")})
        done = place.run("once")
        entries = feedparser.parse(place.read("all/feed.atom")).entries
        assert sum(not e.title.startswith("Slow") for e in entries) == 20, done.stdout
        assert len(entries) + done.stdout.count("[entry-") == 26
