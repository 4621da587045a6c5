"""Working days: holidays, weekends worked in exchange, and years that nobody has announced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.rules.workdays import WorkCalendar, public_notice_period

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2018, 9, 30), True),  # a Sunday worked in exchange for the National Day
        (date(2018, 10, 1), False),
        (date(2024, 3, 15), True),
        (date(2024, 3, 16), False),
        (date(2024, 4, 4), False),
        (date(2024, 4, 7), True),
    ],
)
def test_the_announced_calendar_knows_holidays_and_exchanges(day: date, worked: bool) -> None:
    assert CALENDAR.is_workday(day) is worked


def test_an_override_stands_before_the_table() -> None:
    closed = WorkCalendar({date(2024, 3, 15): False, date(2024, 3, 16): True}, {date(2024, 3, 15): "校庆"})
    assert not closed.is_workday(date(2024, 3, 15))
    assert closed.is_workday(date(2024, 3, 16))
    assert closed.said_of(date(2024, 3, 15)) == "不是工作日（校庆）"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2018, 9, 30), "是周日，调休上班"),
        (date(2018, 10, 1), "不是工作日（国庆节）"),
        (date(2024, 3, 16), "不是工作日（周六）"),
        (date(2024, 3, 15), "是工作日"),
        (date(2099, 10, 3), "不是工作日（周六）"),
    ],
)
def test_a_day_is_told_in_words(day: date, said: str) -> None:
    assert CALENDAR.said_of(day) == said


def test_a_year_that_the_office_has_entered_is_reckoned_by_its_days() -> None:
    entered = WorkCalendar({date(2099, 10, 1): False}, {date(2099, 10, 1): "国庆节"})
    period = public_notice_period(date(2099, 9, 30), 5, issue_day_counts=False, calendar=entered)
    assert (period.first, period.last) == (date(2099, 10, 2), date(2099, 10, 8))
    assert period.notes == ("2099 年的放假安排按办公室录入的 1 天计算，请核对",)


@pytest.mark.parametrize(
    ("issued", "issue_day_counts", "first", "last"),
    [
        (date(2024, 4, 3), False, date(2024, 4, 7), date(2024, 4, 11)),  # 清明 is skipped, its Sunday worked
        (date(2024, 4, 3), True, date(2024, 4, 3), date(2024, 4, 10)),
        (date(2024, 3, 16), True, date(2024, 3, 18), date(2024, 3, 22)),
        (date(2018, 9, 29), False, date(2018, 9, 30), date(2018, 10, 11)),
    ],
)
def test_a_public_notice_runs_over_five_working_days(
    issued: date, issue_day_counts: bool, first: date, last: date
) -> None:
    period = public_notice_period(issued, 5, issue_day_counts=issue_day_counts)
    assert (period.first, period.last, period.notes) == (first, last, ())


def test_a_year_without_an_announcement_is_taken_by_weekends_and_said_so() -> None:
    assert CALENDAR.is_workday(date(2099, 10, 1))
    period = public_notice_period(date(2099, 10, 1), 5, issue_day_counts=False)
    assert (period.first, period.last) == (date(2099, 10, 2), date(2099, 10, 8))
    assert period.notes == ("2099 年的放假安排尚未收录，暂按周一至周五为工作日计算，请核对",)


@given(st.dates(date(2005, 1, 1), date(2090, 12, 1)), st.integers(1, 20), st.booleans())
def test_a_period_holds_exactly_its_working_days(issued: date, days: int, issue_day_counts: bool) -> None:
    period = public_notice_period(issued, days, issue_day_counts=issue_day_counts)
    span = [period.first + timedelta(days=number) for number in range((period.last - period.first).days + 1)]
    assert sum(CALENDAR.is_workday(day) for day in span) == days
    assert CALENDAR.is_workday(period.first)
    assert CALENDAR.is_workday(period.last)
    assert period.first >= issued if issue_day_counts else period.first > issued
