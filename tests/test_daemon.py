"""How long caches may keep what the daemon serves; tests/acceptance/test_daemon.py runs the daemon itself."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from syndicator.config import load
from syndicator.daemon import max_age

HOUR = 3600
LISTED = {
    "the rhythm of polling": ({"ferry": "20m"}, [["ferry"]], 1200),
    "the shortest of several": ({"ferry": "20m", "harbour": "10m"}, [["ferry", "harbour"]], 600),
    "the shortest of several publications": ({"ferry": "20m", "harbour": "10m"}, [["ferry"], ["harbour"]], 600),
    "the shortest that there is": ({"ferry": "1m"}, [["ferry"]], 60),
    "never more than an hour": ({"ferry": "7d"}, [["ferry"]], HOUR),
    "what no publication lists is not counted": ({"ferry": "20m", "harbour": "5m"}, [["ferry"]], 1200),
    "a minute before anything is listed": ({"ferry": "20m"}, [], 60),
    "a minute before anything is followed": ({}, [], 60),
}


@pytest.mark.parametrize(("rhythms", "publications", "seconds"), LISTED.values(), ids=LISTED)
def test_caches_keep_an_answer_as_long_as_nothing_is_polled(
    tmp_path: Path, rhythms: Mapping[str, str], publications: list[list[str]], seconds: int
) -> None:
    text = '[site]\nbase_url = "https://feeds.example.org"\ntitle = "Feeds"\n'
    for name, every in rhythms.items():
        text += f'[subscriptions.{name}]\nurl = "https://{name}.example/feed/"\nevery = "{every}"\n'
    for number, names in enumerate(publications):
        text += f'[publications.p{number}]\ntitle = "P"\nsubscriptions = {names}\n'
    path = tmp_path / "syndicator.toml"
    path.write_text(text)
    assert max_age(load(path, {})) == seconds
