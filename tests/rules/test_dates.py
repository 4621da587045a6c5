"""Partial dates and months, by their laws."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.rules.dates import PartialDate, add_months, full_months

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize("text", ["2019", "2019-09", "2019-09-01"])
def test_the_stored_text_is_read_back(text: str) -> None:
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "19", "2019-9", "2019-00", "2019-09-00", "2019-13", "2019-02-30", "2019-09-01 ", "2019年9月"]
)
def test_what_is_no_stored_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        PartialDate.parse(text)


@given(DAYS)
def test_a_month_or_year_spans_its_days(day: date) -> None:
    for partial in (PartialDate(day.year), PartialDate(day.year, day.month)):
        assert partial.earliest <= day <= partial.latest
    exact = PartialDate(day.year, day.month, day.day)
    assert exact.earliest == exact.latest == day


@given(DAYS, st.integers(0, 600))
def test_months_that_were_added_are_full(day: date, months: int) -> None:
    assert full_months(day, add_months(day, months)) == months


@given(DAYS, DAYS)
def test_full_months_have_passed_and_one_more_has_not(since: date, until: date) -> None:
    months = full_months(since, until)
    assert add_months(since, months) <= until < add_months(since, months + 1)


def test_a_short_month_ends_early() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert PartialDate.parse("2024-03-05").chinese == "2024年3月5日"
