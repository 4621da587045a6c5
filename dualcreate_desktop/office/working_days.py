"""工作日历: the days on which the office says otherwise than the announced calendar."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.history import Writer
from db.models import CalendarDay
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.workdays import WorkCalendar

_SATURDAY = 5


def work_calendar(session: Session | Writer) -> WorkCalendar:
    """The announced calendar with the days of the office before it."""
    entered = session.scalars(select(CalendarDay)).all()
    return WorkCalendar(
        {row.day: row.works for row in entered}, {row.day: row.name for row in entered if row.name}
    )


@dataclass(frozen=True, slots=True)
class DayLook:
    """One day of a year as the calendar shows it.

    Args:
        name: 国庆节, 校庆; empty for a plain day.
        own: the office said so.
    """

    day: date
    works: bool
    name: str
    own: bool

    @property
    def shifted(self) -> bool:
        """Whether it is worked though it is a weekend."""
        return self.works and self.day.weekday() >= _SATURDAY

    @property
    def off(self) -> bool:
        """Whether it is free though it is no weekend, or has a name."""
        return not self.works and (self.day.weekday() < _SATURDAY or bool(self.name))


@dataclass(frozen=True, slots=True)
class YearLook:
    """A year of the calendar; `note` says what nobody has announced yet, empty where all is known."""

    year: int
    days: Mapping[date, DayLook]
    note: str


def year_look(office: Office, year: int) -> YearLook:
    """Every day of a year, the office's word before the announced one."""
    with office.read() as session:
        calendar = work_calendar(session)
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    looks = {
        day: DayLook(day, calendar.is_workday(day), calendar.name_of(day), day in calendar.overrides)
        for day in days
    }
    return YearLook(year, looks, "；".join(calendar.notes(first, last)))


def set_days(office: Office, days: Collection[date], *, works: bool, name: str) -> Changed | None:
    """Say of several days at once whether they are worked, as one change; None when nothing differs."""
    with office.change(f"工作日历 {_span(days)}：{'上班' if works else '放假'}") as session:
        stored = {
            row.day: row for row in session.scalars(select(CalendarDay).where(CalendarDay.day.in_(days)))
        }
        for day in sorted(days):
            record = stored.get(day) or CalendarDay(day=day)
            record.works, record.name = works, name.strip()
            session.add(record)
    return session.changed


def clear_days(office: Office, days: Collection[date]) -> Changed | None:
    """Leave several days to the announced calendar again; None when the office has said nothing of them."""
    with office.change(f"工作日历 {_span(days)}：恢复原安排") as session:
        for record in session.scalars(select(CalendarDay).where(CalendarDay.day.in_(days))):
            session.delete(record)
    return session.changed


def _span(days: Collection[date]) -> str:
    first, last = min(days), max(days)
    return f"{first}" if first == last else f"{first} 至 {last}"
