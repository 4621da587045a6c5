"""The office's own working days: what it says of a day decides 公示 and warnings, and can be undone."""

from __future__ import annotations

from datetime import date

from dualcreate_desktop.office import actions, journal, publication, rule_editing, timetables, working_days
from dualcreate_desktop.office.store import Office

WEDNESDAY = date(2024, 4, 10)


def take_back(office: Office) -> None:
    last = journal.last_undoable(office)
    assert last is not None
    journal.undo(office, last)


def test_a_day_that_the_office_closes_is_left_out_of_the_public_notice(office: Office, round_id: str) -> None:
    issued = date(2024, 4, 8)
    assert publication.period_for(office, round_id, issued).last == date(2024, 4, 15)
    working_days.set_days(office, [WEDNESDAY], works=False, name="校庆")
    assert publication.period_for(office, round_id, issued).last == date(2024, 4, 16)
    take_back(office)
    assert publication.period_for(office, round_id, issued).last == date(2024, 4, 15)


def test_a_later_word_on_a_day_replaces_the_earlier_and_the_announced_one_comes_back(office: Office) -> None:
    working_days.set_days(office, [WEDNESDAY], works=False, name="校庆")
    look = working_days.year_look(office, 2024).days[WEDNESDAY]
    assert (look.works, look.name, look.own, look.off) == (False, "校庆", True, True)
    working_days.set_days(office, [WEDNESDAY], works=True, name="校庆改期")
    look = working_days.year_look(office, 2024).days[WEDNESDAY]
    assert (look.works, look.name, look.own) == (True, "校庆改期", True)
    assert working_days.clear_days(office, [WEDNESDAY]) is not None
    assert not working_days.year_look(office, 2024).days[WEDNESDAY].own
    assert working_days.clear_days(office, [WEDNESDAY]) is None


def test_a_known_year_shows_its_holidays_and_the_weekends_worked_for_them(office: Office) -> None:
    look = working_days.year_look(office, 2018)
    assert look.note == ""
    assert len(look.days) == 365
    sunday = look.days[date(2018, 9, 30)]
    assert (sunday.works, sunday.shifted, sunday.own) == (True, True, False)
    assert look.days[date(2018, 10, 1)].name == "国庆节"
    plain = look.days[date(2018, 10, 13)]
    assert (plain.works, plain.off, plain.name) == (False, False, "")


def test_a_year_that_nobody_announced_is_entered_as_one_change(office: Office) -> None:
    assert "2031 年的放假安排尚未收录" in working_days.year_look(office, 2031).note
    week = [date(2031, 10, day) for day in range(1, 8)]
    changed = working_days.set_days(office, week, works=False, name="国庆节")
    assert changed is not None
    assert changed.title == "工作日历 2031-10-01 至 2031-10-07：放假"
    look = working_days.year_look(office, 2031)
    assert all(look.days[day].off and look.days[day].name == "国庆节" for day in week)
    assert "办公室录入的 7 天" in look.note
    take_back(office)
    assert not any(day.own for day in working_days.year_look(office, 2031).days.values())


def test_a_deadline_on_a_day_that_the_office_closes_is_shown(office: Office, round_id: str) -> None:
    def shown() -> timetables.Timetable:
        return timetables.timetable(rule_editing.opened(office, round_id), date(2024, 3, 12))

    assert shown().warnings == ()
    working_days.set_days(office, [date(2024, 3, 15)], works=False, name="校庆")
    told = [warning.text for warning in shown().warnings]
    assert "“申报认定”（三(二)）的截止日 2024-03-15 不是工作日（校庆）" in told
    row = next(row for row in shown().rows if row.name == "申报认定")
    assert row.note == "截止日不是工作日（校庆）"
    assert row.left == "2 个工作日", "13 and 14 are left"


def test_the_journal_says_in_words_what_became_of_a_day(office: Office) -> None:
    working_days.set_days(office, [WEDNESDAY], works=False, name="校庆")
    change = journal.last_undoable(office)
    assert change is not None
    (touched,) = actions.details(office, change).touched
    assert "安排：放假" in touched.lines
    assert "名称：校庆" in touched.lines
