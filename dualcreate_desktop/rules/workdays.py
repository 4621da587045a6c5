"""Working days in China: weekends, statutory holidays and the weekends worked in exchange (调休).

The table of `chinesecalendar` covers the years that the State Council has announced; the office mends single days by
overrides. A later year is taken as weekends only, and whoever asks is told so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

_HOLIDAYS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}
"""What `chinesecalendar` calls the statutory holidays."""


@dataclass(frozen=True, slots=True)
class Period:
    """A 公示 period, both days included, with what was assumed in reckoning it."""

    first: date
    last: date
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked; what the office says stands before the table.

    Args:
        overrides: day → worked.
        names: what the office calls a day (国庆节, 校庆).
    """

    overrides: Mapping[date, bool] = field(default_factory=dict)
    names: Mapping[date, str] = field(default_factory=dict)

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked; in a year that is not announced, Monday to Friday are."""
        if day in self.overrides:
            return self.overrides[day]
        announced = _announced(day)
        return day.weekday() < 5 if announced is None else announced

    def said_of(self, day: date) -> str:
        """What kind of day it is, as the end of a sentence: 不是工作日（周六）, 是周日，调休上班."""
        weekday = f"周{'一二三四五六日'[day.weekday()]}"
        if self.is_workday(day):
            return f"是{weekday}，调休上班" if day.weekday() >= 5 else "是工作日"
        return f"不是工作日（{self.names.get(day) or _holiday(day) or weekday}）"

    def name_of(self, day: date) -> str:
        """What a day is called that is no plain weekday or weekend: as the office says, else the statutory holiday."""
        return self.names.get(day) or ("" if self.overrides.get(day) else _holiday(day))

    def workdays_between(self, first: date, last: date) -> int:
        """How many working days there are from one day to another, both included; 0 when it ends before it begins."""
        days = (first + timedelta(days=number) for number in range((last - first).days + 1))
        return sum(map(self.is_workday, days))

    def notes(self, first: date, last: date) -> tuple[str, ...]:
        """One sentence for each year between the two days whose holidays nobody has announced."""
        years = range(first.year, last.year + 1)
        return tuple(self._note(year) for year in years if _announced(date(year, 1, 1)) is None)

    def _note(self, year: int) -> str:
        entered = sum(day.year == year for day in self.overrides)
        if entered:
            return f"{year} 年的放假安排按办公室录入的 {entered} 天计算，请核对"
        return f"{year} 年的放假安排尚未收录，暂按周一至周五为工作日计算，请核对"

    def workdays_from(self, day: date) -> Iterator[date]:
        """The working days from `day` on, itself included when it is one."""
        while True:
            if self.is_workday(day):
                yield day
            day += timedelta(days=1)


def public_notice_period(
    issued: date, days: int, *, issue_day_counts: bool, calendar: WorkCalendar | None = None
) -> Period:
    """The `days` working days of a 公示 that is issued on a day.

    Args:
        days: how many, at least 1.
        issue_day_counts: whether the day of issue, when it is a working day, is the first of them.
    """
    calendar = calendar or WorkCalendar()
    workdays = calendar.workdays_from(issued if issue_day_counts else issued + timedelta(days=1))
    period = [next(workdays) for _ in range(days)]
    return Period(period[0], period[-1], calendar.notes(issued, period[-1]))


@cache
def _announced(day: date) -> bool | None:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


def _holiday(day: date) -> str:
    """The name of an announced holiday, empty for a plain weekend."""
    import chinese_calendar

    if _announced(day) is None:
        return ""
    name = chinese_calendar.get_holiday_detail(day)[1]
    return _HOLIDAYS.get(name or "", "")
