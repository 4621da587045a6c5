"""What a project owes on a day, by the notices' dates and grades."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.vocabulary import ProjectState
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.projects import Debtor, Due, ProjectFacts, dues, yuan

NEW = ProjectFacts("model_branch", ProjectState.RUNNING)
PAID = replace(NEW, paid=frozenset({"branch_first"}))
MADE = {"experience": 1, "media": 1, "video": 1, "collection": 1}


def owed(notice: Notice, project: ProjectFacts, day: date = date(2019, 12, 1)) -> dict[str, Due]:
    return {due.what: due for due in dues(notice, project, day)}


def test_a_new_project_waits_for_everything_in_order_of_time(first_batch: Notice) -> None:
    found = dues(first_batch, NEW, date(2018, 10, 1))
    assert [due.what for due in found] == [
        "拨付第一年度建设经费 2,500 元",
        "年度工作总结和成果报告",
        "中期评估",
        "可复制、推广的典型经验，还差 1 套",
        "工作总结报告和培育创建成果",
        "示范点建设微视频，还差 1 个",
        "示范点建设成果资料，还差 1 本",
        "高质高效运作的新媒体平台，还差 1 个",
        "项目验收",
        "公布项目验收结果",
    ]
    assert [due.due for due in found] == sorted(due.due for due in found)
    assert all(due.days_overdue == 0 for due in found)


def test_the_second_year_is_paid_only_after_a_good_midterm(first_batch: Notice) -> None:
    second = "拨付第二年度建设经费 2,500 元"
    assert second not in owed(first_batch, PAID)
    assert second not in owed(first_batch, replace(PAID, grades={"midterm": "不合格"}))
    good = replace(PAID, grades={"midterm": "合格"})
    assert owed(first_batch, good)[second] == Due(second, date(2019, 11, 30), "三(三)", 1, Debtor.OFFICE)
    assert second not in owed(first_batch, replace(good, paid=frozenset({"branch_first", "branch_second"})))


@pytest.mark.parametrize("state", [ProjectState.SUSPENDED, ProjectState.RECTIFYING])
def test_no_money_while_a_project_is_suspended_or_rectifying(
    first_batch: Notice, state: ProjectState
) -> None:
    project = replace(PAID, state=state, grades={"midterm": "合格"})
    found = owed(first_batch, project)
    assert not any("拨付" in what for what in found)
    assert "工作总结报告和培育创建成果" in found


def test_a_late_report_counts_its_days(first_batch: Notice) -> None:
    due = owed(first_batch, PAID, date(2019, 10, 8))["年度工作总结和成果报告"]
    assert (due.due, due.days_overdue, due.clause, due.debtor) == (
        date(2019, 9, 30),
        8,
        "三(三)",
        Debtor.PROJECT,
    )
    handed_in = replace(PAID, reports=frozenset({"midterm_report"}))
    assert "年度工作总结和成果报告" not in owed(first_batch, handed_in)


def test_the_four_ones_are_wanting_until_they_are_made(first_batch: Notice) -> None:
    found = owed(first_batch, replace(PAID, outcomes={"media": 1, "video": 2}))
    wanting = [what for what in found if "还差" in what]
    assert wanting == ["可复制、推广的典型经验，还差 1 套", "示范点建设成果资料，还差 1 本"]
    assert {found[what].due for what in wanting} == {date(2020, 5, 31)}
    assert not any("还差" in what for what in owed(first_batch, replace(PAID, outcomes=MADE)))


def test_results_are_published_after_the_grade(first_batch: Notice) -> None:
    graded = replace(PAID, grades={"midterm": "合格", "acceptance": "达标"})
    assert owed(first_batch, graded)["公布项目验收结果"].due == date(2020, 7, 31)
    told = replace(graded, published=frozenset({"acceptance"}))
    assert "公布项目验收结果" not in owed(first_batch, told)


@pytest.mark.parametrize("state", [ProjectState.CLOSED, ProjectState.FAILED])
def test_an_ended_project_owes_nothing(first_batch: Notice, state: ProjectState) -> None:
    assert dues(first_batch, replace(NEW, state=state), date(2021, 1, 1)) == ()


def test_a_round_without_money_and_reports_owes_only_its_acceptance(third_batch: Notice) -> None:
    (due,) = dues(third_batch, NEW, date(2025, 5, 10))
    assert due == Due("验收性考核评估", date(2025, 4, 30), "三(四)", 10, Debtor.OFFICE)


@pytest.mark.parametrize(("fen", "said"), [(500_000, "5,000 元"), (50, "0.50 元"), (105, "1.05 元")])
def test_money_is_said_in_yuan(fen: int, said: str) -> None:
    assert yuan(fen) == said
