"""Times that pages give: for machines, and in words where they can mean one day only."""

from datetime import UTC, datetime

import pytest
from babel import Locale

from syndicator.stages.responses.dates import moment
from syndicator.stages.responses.months import MONTHS


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("2024-03-06T17:40:00+01:00", (2024, 3, 6, 16, 40)),
        ("2024-03-06 16:40:00", (2024, 3, 6, 16, 40)),
        ("Wed, 06 Mar 2024 16:40:00 +0000", (2024, 3, 6, 16, 40)),
        ("1709743200", (2024, 3, 6, 16, 40)),
        ("1709743200000", (2024, 3, 6, 16, 40)),
        ("March 6, 2024 at 4:40 pm", (2024, 3, 6, 16, 40)),
        ("6. März 2024 um 16:40 Uhr", (2024, 3, 6, 16, 40)),
        ("9. Dezember 2013 at 14:58", (2013, 12, 9, 14, 58)),
        ("6 de março de 2024 às 16:40", (2024, 3, 6, 16, 40)),
        ("le 6 mars 2024 à 16 h 40", (2024, 3, 6, 16, 40)),
        ("6 марта 2024 в 16:40", (2024, 3, 6, 16, 40)),
        ("6 Mart 2024, 16:40", (2024, 3, 6, 16, 40)),
        ("6 مارس 2024", (2024, 3, 6, 0, 0)),
        ("2024年3月6日 16:40", (2024, 3, 6, 16, 40)),
        ("2024년 3월 6일 16:40", (2024, 3, 6, 16, 40)),
        ("06.03.2024, 16.40 Uhr", (2024, 3, 6, 16, 40)),
        ("16/03/2024 12:05 AM", (2024, 3, 16, 0, 5)),
        ("3/16/2024", (2024, 3, 16, 0, 0)),
    ],
)
def test_a_time_is_read_in_utc(said, when):
    assert moment(said) == datetime(*when, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    ["05/06/2024", "3 listopad 2024", "2 days ago", "May 2024", "31 February 2024", "", "9" * 5000, "2024-13-45"],
)
def test_what_may_mean_two_days_or_none_is_no_time(said):
    assert moment(said) is None


@pytest.mark.parametrize(
    "language", ["de", "en", "es", "fr", "it", "pl", "pt", "ru", "tr", "uk", "el", "ar", "fa", "hu"]
)
def test_the_months_of_each_language_are_known(language):
    for number, name in Locale(language).months["format"]["wide"].items():
        assert MONTHS.get(name.casefold(), number) == number
        assert name.casefold() in MONTHS or name in ("lipca", "listopada")
