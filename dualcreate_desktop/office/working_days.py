"""工作日历: the days on which the office says otherwise than the announced calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import CalendarDay
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice_warnings import NoticeWarning, notice_warnings
from dualcreate_desktop.rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class DayRow:
    """One day that the office entered; `said` is what the announced calendar says of it."""

    id: str
    day: date
    works: bool
    name: str
    said: str


def work_calendar(session: Session | Writer) -> WorkCalendar:
    """The announced calendar with the days of the office before it."""
    entered = session.scalars(select(CalendarDay)).all()
    return WorkCalendar(
        {row.day: row.works for row in entered}, {row.day: row.name for row in entered if row.name}
    )


def days(office: Office) -> tuple[DayRow, ...]:
    """The days that the office entered, in their order."""
    announced = WorkCalendar()
    with office.read() as session:
        entered = session.scalars(select(CalendarDay).order_by(CalendarDay.day)).all()
        return tuple(
            DayRow(row.id, row.day, row.works, row.name, announced.said_of(row.day)) for row in entered
        )


def set_day(office: Office, day: date, *, works: bool, name: str = "") -> Changed | None:
    """Say whether a day is worked; a later word replaces the earlier."""
    with office.change(f"工作日历 {day}：{'上班' if works else '放假'}") as session:
        record = session.scalar(select(CalendarDay).where(CalendarDay.day == day)) or CalendarDay(day=day)
        record.works, record.name = works, name.strip()
        session.add(record)
    return session.changed


def clear_day(office: Office, day: date) -> Changed | None:
    """Leave a day to the announced calendar again.

    Raises:
        NotAllowed: the office has said nothing of that day.
    """
    with office.change(f"工作日历 {day}：恢复原安排") as session:
        record = session.scalar(select(CalendarDay).where(CalendarDay.day == day))
        if record is None:
            raise NotAllowed(f"没有为 {day} 另作安排", todo="请刷新后再试。")
        session.delete(record)
    return session.changed


def warnings_of(office: Office, round_id: str) -> tuple[NoticeWarning, ...]:
    """What is odd about a round's rules and days, by the office's calendar."""
    with office.read() as session:
        return notice_warnings(rules(session, round_id).written, work_calendar(session))
