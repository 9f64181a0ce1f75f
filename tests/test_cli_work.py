"""What `once` says of the files that it wrote: each that a reader subscribes to, the number of all others."""

import pytest

from syndicator.cli.work import summary

FEED, PAGE, PERSON, ARCHIVE = "all/feed.atom", "all/entries/bell.html", "all/people/ida.html", "all/archive/1.atom"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ([], []),
        ([FEED, "index.html"], [FEED, "index.html"]),
        ([PAGE, FEED, PERSON, ARCHIVE], [FEED, "and 3 files of entries, people and archives"]),
        ([PAGE], ["1 file of entries, people and archives"]),
    ],
)
def test_of_files_that_a_publication_has_many_of_only_the_number_is_said(written: list[str], said: list[str]) -> None:
    assert summary(written) == said
