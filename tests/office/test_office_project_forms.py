"""What is registered of a project in the window: payments, evaluations, decisions, and correcting them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from db.errors import NotAllowed
from db.vocabulary import ProjectState
from dualcreate_desktop.office import actions, journal, project_desk, project_forms
from dualcreate_desktop.office.project_desk import ProjectLine
from dualcreate_desktop.office.project_forms import Asked
from dualcreate_desktop.office.projects import OVERDUE
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.steps import Verb

Ids = dict[str, str]


def at(office: Office, day: date) -> Office:
    return replace(office, clock=lambda: datetime(day.year, day.month, day.day, 9))


def line(office: Office, round_id: str) -> ProjectLine:
    (found,) = project_desk.lines(office, round_id)
    return found


def filled(asked: Asked, **values: object) -> Form:
    return replace(asked.form, values={**asked.form.values, **values})  # type: ignore[dict-item]  # of a test


def test_the_next_instalment_is_offered_with_its_amount_until_the_mid_term_stands_in_the_way(
    office: Office, round_2018: str, project: str
) -> None:
    desk = at(office, date(2018, 10, 20))
    asked = project_forms.new_payment(desk, project)
    assert asked.form.values["amount"] == 250_000
    assert asked.hint == "第一年度建设经费最多 2,500 元（三(一)）"
    project_forms.save_payment(desk, project, asked.form)
    assert line(desk, round_2018).paid == 250_000
    with pytest.raises(NotAllowed, match=r"第二年度建设经费须在中期评估合格后拨付（三\(三\)）"):
        project_forms.new_payment(desk, project)
    evaluation = project_forms.new_evaluation(desk, project)
    assert evaluation.form.values["occasion"] == "midterm"
    assert "不合格 → 限期整改" in evaluation.hint
    project_forms.save_evaluation(desk, project, filled(evaluation, grade="合格"))
    assert project_forms.new_payment(desk, project).form.values["instalment"] == "branch_second"
    assert line(desk, round_2018).midterm == "合格"


def test_a_payment_is_corrected_within_its_ceiling_and_taken_out(
    office: Office, round_2018: str, project: str
) -> None:
    project_forms.save_payment(office, project, project_forms.new_payment(office, project).form)
    (paid, _) = project_desk.card(office, project).payments
    assert paid.id is not None
    form = project_forms.payment_form(office, paid.id)
    with pytest.raises(NotAllowed, match="最多 2,500 元"):
        project_forms.save_payment(office, project, filled(form, amount=250_001))
    project_forms.save_payment(office, project, filled(form, amount=200_000))
    assert line(office, round_2018).paid == 200_000
    project_forms.remove_payment(office, paid.id)
    assert line(office, round_2018).paid == 0
    newest = journal.last_undoable(office)
    assert newest is not None
    journal.undo(office, newest)
    assert line(office, round_2018).paid == 200_000


def test_an_evaluation_that_is_taken_out_gives_the_earlier_state_back_unless_money_rests_on_it(
    office: Office, round_2018: str, project: str
) -> None:
    project_forms.save_payment(office, project, project_forms.new_payment(office, project).form)
    asked = project_forms.new_evaluation(office, project)
    project_forms.save_evaluation(office, project, filled(asked, grade="不合格"))
    assert line(office, round_2018).state is ProjectState.RECTIFYING
    (failed,) = project_desk.card(office, project).evaluations
    assert failed.consequence.startswith("限期整改")
    project_forms.remove_evaluation(office, failed.id)
    assert line(office, round_2018).state is ProjectState.RUNNING
    project_forms.save_evaluation(office, project, filled(asked, grade="合格"))
    project_forms.save_payment(office, project, project_forms.new_payment(office, project).form)
    (passed,) = project_desk.card(office, project).evaluations
    with pytest.raises(NotAllowed, match="已据此拨付第二年度建设经费"):
        project_forms.remove_evaluation(office, passed.id)


def test_a_closed_project_can_only_be_corrected(office: Office, round_2018: str, project: str) -> None:
    values = {"occasion": "acceptance", "grade": "达标", "evaluated_on": date(2020, 6, 1)}
    project_forms.save_evaluation(office, project, Form(None, "", values))
    assert line(office, round_2018).state is ProjectState.CLOSED
    with pytest.raises(NotAllowed, match="已结项，不能再登记评估"):
        project_forms.new_evaluation(office, project)
    (accepted,) = project_desk.card(office, project).evaluations
    form = project_forms.evaluation_form(office, accepted.id)
    project_forms.save_evaluation(office, project, filled(form, grade="不达标"))
    assert line(office, round_2018).state is ProjectState.FAILED


def test_a_meeting_suspends_and_resumes_with_its_words(office: Office, round_2018: str, project: str) -> None:
    with pytest.raises(NotAllowed, match="会议决定已登记"):
        project_forms.take_step(office, project, Verb.SUSPEND, meeting=" ", reason="书记空缺")
    project_forms.take_step(office, project, Verb.SUSPEND, meeting="部务会", reason="书记空缺")
    assert line(office, round_2018).state is ProjectState.SUSPENDED
    told = project_desk.card(office, project)
    assert "暂停支持（部务会）：书记空缺" in told.note
    assert [step.verb for step in told.steps] == [Verb.RESUME, Verb.FAIL]
    with pytest.raises(NotAllowed, match="暂停支持"):
        project_forms.new_payment(office, project)
    project_forms.take_step(office, project, Verb.RESUME, meeting="部务会", reason="已配齐")
    assert line(office, round_2018).state is ProjectState.RUNNING


def test_what_is_overdue_is_counted_by_the_day_and_found_by_its_chip(
    office: Office, round_2018: str, project: str
) -> None:
    early, late = at(office, date(2018, 10, 1)), at(office, date(2019, 12, 1))
    assert line(early, round_2018).overdue.label == ""
    assert line(late, round_2018).overdue.label == "逾期 3 项"
    rows = project_desk.lines(late, round_2018)
    overdue = TableQuery(filters={"chips": frozenset({OVERDUE})})
    assert project_desk.page(rows, overdue).total == 1
    assert project_desk.page(project_desk.lines(early, round_2018), overdue).total == 0
    assert project_desk.page(rows, TableQuery("jxgc")).total == 1


def test_the_journal_names_the_project(office: Office, project: str) -> None:
    project_forms.save_payment(office, project, project_forms.new_payment(office, project).form)
    assert actions.actions(office, TableQuery()).rows[0].title == "登记拨款 机械工程学院教工第一党支部"
