"""The relay of the demo: what it prints is what three installations in a row published."""

import asyncio

import pytest

from syndicator.demo.relay import play_relay


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> str:
    lines: list[str] = []
    asyncio.run(play_relay(tmp_path_factory.mktemp("relay"), lines.append))
    return "\n".join(lines)


@pytest.mark.parametrize(
    "told",
    [
        "author:      Abena Thorpe",
        "translator:  Silke Haverbek",
        "illustrator: Juno Vell",
        "/tidewater/crane/",
        "licence:     CC-BY-SA-4.0",
        "the hops are what 1 knew",
        "at 1: stale, at 2: stale, at 3: stale",
        "at 1: gone, at 2: gone, at 3: gone",
    ],
)
def test_it_tells(printed: str, told: str) -> None:
    assert told in printed
