"""How `status` tells of an errand that waits."""

from typing import Any

import pytest

from syndicator.cli.look import errand_line

WAITING = {"errand": "republish", "target": "main", "topic": "", "attempts": 0, "error": "", "given_up": None}
PING = {"errand": "hub", "target": "https://hub.example/", "topic": "https://ours.example/main/feed.atom"}
ERROR = "publishing failed: templates/gone.html: 'x' is undefined\nhint: mend it"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (WAITING, "waiting: republish main"),
        (
            WAITING | {"attempts": 1, "error": ERROR},
            "waiting: republish main, tried once: publishing failed: templates/gone.html: 'x' is undefined\n"
            "  hint: mend it",
        ),
        (
            WAITING | PING | {"attempts": 9, "error": "503", "given_up": "2026-05-03"},
            "given up: hub https://hub.example/ https://ours.example/main/feed.atom, tried 9 times: 503",
        ),
    ],
)
def test_an_errand_is_told_with_how_often_it_was_tried(row: dict[str, Any], said: str) -> None:
    assert errand_line(row) == said
