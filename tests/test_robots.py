"""What a robots.txt lets us read."""

import pytest

from syndicator.stages.robots import read_robots

PAGE = "https://quay.example/2026/05/fog-bell/"
NOBODY = b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("says", "allowed", "pause"),
    [
        pytest.param(b"", True, 0, id="an empty file allows all"),
        pytest.param(NOBODY, False, 0, id="nobody"),
        pytest.param(b"User-agent: *\nDisallow:\n", True, 0, id="nothing is disallowed"),
        pytest.param(NOBODY + b"\nUser-agent: syndicator\nAllow: /\n", True, 0, id="others, but not us"),
        pytest.param(b"User-agent: Syndicator\nDisallow: /2026/\n", False, 0, id="us, in another case"),
        pytest.param(b"User-agent: *\nDisallow: /*/fog\n", False, 0, id="a pattern"),
        pytest.param(b"User-agent: *\nDisallow: /2026/\nAllow: /2026/05/\n", True, 0, id="the longer rule wins"),
        pytest.param(b"User-agent: *\nCrawl-delay: 2.5\n", True, 2.5, id="slowly"),
        pytest.param(b"User-agent: *\nCrawl-delay: soon\n", True, 0, id="a delay that is no number"),
        pytest.param(b"\xff\xfe<html>Not found</html>", True, 0, id="an error page"),
    ],
)
def test_robots_txt_says(says: bytes, allowed: bool, pause: float) -> None:
    told = read_robots(says, [PAGE], "syndicator")
    assert (told.allowed, told.pause) == ((allowed,), pause)
