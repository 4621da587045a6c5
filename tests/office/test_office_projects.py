"""Projects under the rules of 2018: money only after the mid-term, grades that lead somewhere, what is overdue."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import NotAllowed
from db.models import Project
from db.vocabulary import ProjectState
from dualcreate_desktop.office import journal, projects
from dualcreate_desktop.office.projects import ProjectRow
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.projects import Debtor

Ids = dict[str, str]
PAID = date(2018, 10, 20)
MIDTERM = date(2019, 10, 15)


def row(office: Office, round_id: str, today: date = PAID) -> ProjectRow:
    (found,) = projects.projects(office, round_id, today)
    return found


def test_the_first_instalment_is_paid_at_once_and_only_once(
    office: Office, round_2018: str, project: str
) -> None:
    projects.pay(office, project, "branch_first", 250_000, PAID)
    assert row(office, round_2018).paid == 250_000
    with pytest.raises(NotAllowed, match="第一年度建设经费已经拨付"):
        projects.pay(office, project, "branch_first", 250_000, PAID)


def test_the_second_instalment_waits_for_the_mid_term(office: Office, round_2018: str, project: str) -> None:
    with pytest.raises(NotAllowed, match=r"第二年度建设经费须在中期评估合格后拨付（三\(三\)）"):
        projects.pay(office, project, "branch_second", 250_000, PAID)
    projects.grade(office, project, "midterm", "合格", MIDTERM)
    projects.pay(office, project, "branch_second", 250_000, date(2019, 11, 5))
    assert row(office, round_2018).paid == 250_000


def test_a_failed_mid_term_asks_for_rectification_and_keeps_the_money(
    office: Office, round_2018: str, project: str
) -> None:
    projects.grade(office, project, "midterm", "不合格", MIDTERM, opinion="台账不全")
    assert row(office, round_2018).state is ProjectState.RECTIFYING
    with pytest.raises(NotAllowed, match="中期评估合格后拨付"):
        projects.pay(office, project, "branch_second", 250_000, date(2019, 11, 5))
    projects.grade(office, project, "midterm", "合格", date(2019, 12, 20))
    assert row(office, round_2018).state is ProjectState.RUNNING
    assert projects.pay(office, project, "branch_second", 250_000, date(2019, 12, 25)) is not None


@pytest.mark.parametrize("amount", [250_001, 0, -1])
def test_no_more_is_paid_than_the_notice_gives(office: Office, project: str, amount: int) -> None:
    with pytest.raises(NotAllowed, match="第一年度建设经费最多 2,500 元"):
        projects.pay(office, project, "branch_first", amount, PAID)


@pytest.mark.parametrize("key", ["college_first", "third", ""])
def test_an_instalment_that_the_rules_do_not_know_is_refused(office: Office, project: str, key: str) -> None:
    with pytest.raises(NotAllowed, match="没有安排这笔经费"):
        projects.pay(office, project, key, 100, PAID)


def test_what_is_overdue_depends_on_the_day_and_names_clause_and_debtor(
    office: Office, round_2018: str, project: str
) -> None:
    assert row(office, round_2018, date(2018, 10, 31)).overdue == ()
    (late,) = row(office, round_2018, date(2018, 11, 1)).overdue
    assert (late.what, late.clause, late.days_overdue, late.debtor) == (
        "拨付第一年度建设经费 2,500 元",
        "三(一)",
        1,
        Debtor.OFFICE,
    )
    projects.pay(office, project, "branch_first", 250_000, PAID)
    assert row(office, round_2018, date(2018, 11, 1)).overdue == ()
    later = {due.what: due.days_overdue for due in row(office, round_2018, date(2019, 11, 1)).overdue}
    assert later["年度工作总结和成果报告"] == 32
    assert later["中期评估"] == 1
    assert not any("第二年度" in what for what in later)


def test_outcomes_of_the_four_ones_are_owed_for_acceptance(
    office: Office, round_2018: str, project: str
) -> None:
    owed = [due.what for due in row(office, round_2018, date(2020, 6, 1)).overdue]
    assert sum("还差 1" in what for what in owed) == 4


@pytest.mark.parametrize(("name", "state"), [("达标", ProjectState.CLOSED), ("不达标", ProjectState.FAILED)])
def test_acceptance_ends_the_project_and_nothing_is_owed_any_more(
    office: Office, round_2018: str, project: str, name: str, state: ProjectState
) -> None:
    changed = projects.grade(office, project, "acceptance", name, date(2020, 6, 20))
    ended = row(office, round_2018, date(2021, 1, 1))
    assert (ended.state, ended.dues, ended.grades) == (state, (), {"acceptance": name})
    with pytest.raises(NotAllowed, match="不能再登记评估"):
        projects.grade(office, project, "midterm", "合格", MIDTERM)
    assert changed is not None
    journal.undo(office, changed.change_id)
    assert row(office, round_2018).state is ProjectState.RUNNING


@pytest.mark.parametrize("pair", [("midterm", "达标"), ("acceptance", "优秀"), ("annual", "合格")])
def test_a_grade_that_the_rules_do_not_know_is_refused(
    office: Office, project: str, pair: tuple[str, str]
) -> None:
    with pytest.raises(NotAllowed, match=r"没有“.*”这个等次"):
        projects.grade(office, project, *pair, MIDTERM)


def test_no_money_goes_to_a_project_that_has_failed(office: Office, project: str) -> None:
    projects.grade(office, project, "acceptance", "不达标", date(2020, 6, 20))
    with pytest.raises(NotAllowed, match="项目验收未达标，不能拨付第一年度建设经费"):
        projects.pay(office, project, "branch_first", 250_000, date(2020, 7, 1))


def test_no_money_goes_to_a_suspended_project(office: Office, project: str) -> None:
    with office.change("暂停支持") as session:
        session.get_one(Project, project).state = ProjectState.SUSPENDED
    with pytest.raises(NotAllowed, match="项目暂停支持，不能拨付"):
        projects.pay(office, project, "branch_first", 250_000, PAID)
