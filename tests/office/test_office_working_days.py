"""The office's own working days: what it says of a day decides 公示 and warnings, and can be undone."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import NotAllowed
from dualcreate_desktop.office import journal, publication, working_days
from dualcreate_desktop.office.store import Office

WEDNESDAY = date(2024, 4, 10)


def test_a_day_that_the_office_closes_is_left_out_of_the_public_notice(office: Office, round_id: str) -> None:
    issued = date(2024, 4, 8)
    assert publication.period_for(office, round_id, issued).last == date(2024, 4, 15)
    working_days.set_day(office, WEDNESDAY, works=False, name="校庆")
    assert publication.period_for(office, round_id, issued).last == date(2024, 4, 16)
    last = journal.last_undoable(office)
    assert last is not None
    journal.undo(office, last)
    assert publication.period_for(office, round_id, issued).last == date(2024, 4, 15)


def test_a_later_word_on_a_day_replaces_the_earlier(office: Office) -> None:
    working_days.set_day(office, WEDNESDAY, works=False, name="校庆")
    working_days.set_day(office, WEDNESDAY, works=True, name="校庆改期")
    (row,) = working_days.days(office)
    assert (row.day, row.works, row.name, row.said) == (WEDNESDAY, True, "校庆改期", "是工作日")
    working_days.clear_day(office, WEDNESDAY)
    assert working_days.days(office) == ()
    with pytest.raises(NotAllowed, match="没有为 2024-04-10 另作安排"):
        working_days.clear_day(office, WEDNESDAY)


def test_a_deadline_on_a_day_that_the_office_closes_is_shown(office: Office, round_id: str) -> None:
    assert working_days.warnings_of(office, round_id) == ()
    working_days.set_day(office, date(2024, 3, 15), works=False, name="校庆")
    told = [warning.text for warning in working_days.warnings_of(office, round_id)]
    assert "“申报认定”（三(二)）的截止日 2024-03-15 不是工作日（校庆）" in told
