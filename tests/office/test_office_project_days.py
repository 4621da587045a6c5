"""延期: a project's own day holds for what is owed, for the card and for the money, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from db.errors import NotAllowed
from db.models import Project
from db.vocabulary import ProjectState
from dualcreate_desktop.office import journal, project_days, project_desk
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Changed, Office

Ids = dict[str, str]
MIDTERM = "evaluation:midterm"
LATE = date(2019, 12, 1)


@pytest.fixture
def desk(office: Office) -> Office:
    """The office on a day on which nearly everything of the first year is overdue."""
    return replace(office, clock=lambda: datetime(LATE.year, LATE.month, LATE.day, 9))


def extend(office: Office, project: str, **values: Value) -> Changed | None:
    told: dict[str, Value] = {"key": MIDTERM, "day": date(2020, 1, 31), "reason": "书面申请，部务会同意"}
    return project_days.save_day(office, project, Form(None, "", {**told, **values}))


def test_what_is_extended_is_no_longer_overdue_and_the_card_says_why(
    desk: Office, round_2018: str, project: str
) -> None:
    before = project_desk.card(desk, project)
    owed = next(due for due in before.dues if due.what == "中期评估")
    assert owed.days_overdue
    changed = extend(desk, project)
    assert changed is not None
    assert changed.title == "调整期限 机械工程学院教工第一党支部：中期评估"
    after = project_desk.card(desk, project)
    moved = next(due for due in after.dues if due.what == "中期评估")
    assert (moved.due, moved.days_overdue) == (date(2020, 1, 31), 0)
    (day,) = after.days
    assert (day.usual, day.reason) == (owed.due, "书面申请，部务会同意")
    (line,) = project_desk.lines(desk, round_2018)
    assert line.overdue.count == sum(due.days_overdue > 0 for due in before.dues) - 1


def test_a_payment_may_be_put_off_too(desk: Office, project: str) -> None:
    first = project_desk.card(desk, project).payments[0]
    asked = project_days.new_day(desk, project)
    keys = [choice.value for choice in asked.fields[0].choices]
    extend(desk, project, key=next(key for key in keys if key.startswith("payment:")))
    assert project_desk.card(desk, project).payments[0].due == date(2020, 1, 31) != first.due
    due = next(
        due for due in project_desk.card(desk, project).dues if due.what.startswith(f"拨付{first.name}")
    )
    assert due.due == date(2020, 1, 31)


def test_the_only_day_that_can_be_put_off_is_chosen_already(sample_office: Office, loaded: Loaded) -> None:
    line = project_desk.lines(sample_office, loaded.round_id)[0]
    assert project_days.new_day(sample_office, line.id).form.values == {"key": "evaluation:acceptance"}


def test_one_of_several_days_is_for_the_user_to_choose(desk: Office, project: str) -> None:
    assert project_days.new_day(desk, project).form.values == {}


def test_the_later_word_holds_and_the_form_reads_it_back(desk: Office, project: str) -> None:
    extend(desk, project)
    extend(desk, project, day=date(2020, 3, 31), reason="疫情")
    (day,) = project_desk.card(desk, project).days
    form = project_days.day_form(desk, project, day.id).form
    assert form.values == {"key": MIDTERM, "day": date(2020, 3, 31), "reason": "疫情"}


def test_it_is_taken_back_by_undo_and_by_hand(desk: Office, project: str) -> None:
    extend(desk, project)
    (day,) = project_desk.card(desk, project).days
    changed = project_days.remove_day(desk, day.id)
    assert changed is not None
    assert changed.title == "恢复原定期限 机械工程学院教工第一党支部"
    assert project_desk.card(desk, project).days == ()
    journal.undo(desk, changed.change_id)
    assert project_desk.card(desk, project).days == (day,)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": " "}, "请写明调整期限的理由"),
        ({"key": "report:none"}, "没有这个日期"),
    ],
)
def test_what_is_no_extension_is_refused(
    desk: Office, project: str, values: dict[str, Value], words: str
) -> None:
    with pytest.raises(NotAllowed, match=words):
        extend(desk, project, **values)


def test_the_day_of_the_round_is_no_extension(desk: Office, project: str) -> None:
    usual = next(due.due for due in project_desk.card(desk, project).dues if due.what == "中期评估")
    with pytest.raises(NotAllowed, match="原定就是"):
        extend(desk, project, day=usual)


def test_a_project_that_ended_is_not_extended(desk: Office, project: str) -> None:
    with desk.change("结项") as session:
        session.get_one(Project, project).state = ProjectState.CLOSED
    with pytest.raises(NotAllowed, match="不用再调整期限"):
        project_days.new_day(desk, project)
