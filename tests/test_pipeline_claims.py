"""A feed that states addresses of another site as its own: what it hides, and what it does not."""

from pathlib import Path

import feedparser
import pytest

from syndicator.model import Ties
from syndicator.stages import works
from syndicator.store.standing import AWAY
from tests.rounds import Rounds
from tests.test_pipeline_works import atom, bell, entry
from tests.upstream import Upstream, serve


class Elsewhere(Upstream):
    """The same upstream, in which "/mole" is on another host."""

    def url(self, path: str) -> str:
        """The address of a path."""
        return super().url(path).replace("127.0.0.1", "localhost") if path == "/mole" else super().url(path)


@pytest.mark.parametrize(
    ("link", "order"),
    [
        pytest.param("/bell/", ("mole", "quay"), id="listed first"),
        pytest.param("/bell/", ("quay", "mole"), id="with fewer hops"),
        pytest.param("/glocke/", ("mole", "quay"), id="the original's address, in the translation's language"),
    ],
)
def test_a_feed_that_claims_an_article_of_another_site_does_not_hide_it(
    tmp_path: Path, link: str, order: tuple[str, ...]
) -> None:
    with serve({}) as served:
        upstream = Elsewhere(served.origin, served.replies, served.requests)
        upstream.replies["/quay"] = atom(upstream, bell(upstream))
        claimed = entry(upstream, link, "Buy our bells, they are cheaper than his. " * 30, day=3)
        upstream.replies["/mole"] = atom(upstream, claimed.replace(f"<id>{upstream.url(link)}", "<id>urn:x:spam"))
        rounds = Rounds(upstream, tmp_path, names=order, settings='full_text = "never"')
        rounds.once()
        shown = feedparser.parse(rounds.published("all/feed.atom")).entries
    assert upstream.url("/bell/") in [one.id for one in shown]


@pytest.mark.parametrize(
    ("own", "site", "kept", "stated", "away"),
    [
        pytest.param(("quay.example/1",), "quay.example/feed", 1, 0, False, id="on its host"),
        pytest.param(("quay.example/1",), "feeds.quay.example/main", 1, 0, False, id="feed on a host below"),
        pytest.param(("blog.quay.example/1",), "quay.example/feed", 1, 0, False, id="entries on a host below"),
        pytest.param(("quay.example/1",), "proxy.example/quay", 1, 0, True, id="a feed that a service carries"),
        pytest.param(("a.host.example/1",), "b.host.example/feed", 1, 0, True, id="neighbours"),
        pytest.param(("xquay.example/1",), "quay.example/feed", 1, 0, True, id="a name that ends alike"),
        pytest.param(("quay.example:81/1",), "quay.example:82/feed", 1, 0, False, id="ports"),
        pytest.param(("mole.example/1", "quay.example/9"), "mole.example/feed", 1, 1, False, id="another's id kept"),
        pytest.param(("rendition\nx", "mole.example/1"), "mole.example/feed", 2, 0, False, id="no address"),
        pytest.param((), "quay.example/feed", 0, 0, False, id="none"),
    ],
)
def test_an_entry_is_at_home_at_its_subscriptions_site(
    own: tuple[str, ...], site: str, kept: int, stated: int, away: bool
) -> None:
    found = works.at_home(Ties(own=own), site, away=AWAY)
    assert (len(found.own), len(found.stated), found.depth >= AWAY) == (kept, stated, away)
