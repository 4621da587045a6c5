"""Findings: confirmed by name, overruled only with a reason, new as soon as a fact is; quotas with their clause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from db.errors import NotAllowed
from db.models import Project
from db.vocabulary import ProjectState, Verdict
from dualcreate_desktop.office import eligibility, projects, quotas, registry
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Actor, Changed, Office, Seat
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]


def finding(office: Office, round_id: str, application: str, condition: str) -> Finding:
    return eligibility.assess_round(office, round_id)[application].finding(condition)


def set_founded(office: Office, branch_id: str, founded: PartialDate | None) -> None:
    form = registry.branch_form(office, branch_id)
    registry.save_branch(office, replace(form, values={**form.values, "founded": founded}))


def test_a_verdict_follows_at_once_when_a_fact_changes(
    office: Office, branches: Ids, round_id: str, applied: Ids
) -> None:
    branch = branches["机械工程学院教工第一党支部"]
    seen = {}
    for founded in (
        PartialDate(2015, 6),
        PartialDate(2021, 3, 15),
        PartialDate(2021, 3, 16),
        PartialDate(2021),
        None,
    ):
        set_founded(office, branch, founded)
        seen[str(founded)] = finding(office, round_id, applied["教一"], "branch_age").verdict
    assert seen == {
        "2015-06": Verdict.PASS,
        "2021-03-15": Verdict.PASS,
        "2021-03-16": Verdict.FAIL,
        "2021": Verdict.UNVERIFIED,
        "None": Verdict.UNVERIFIED,
    }


def test_an_import_of_grades_settles_a_finding_with_its_evidence(
    office: Office,
    round_id: str,
    applied: Ids,
    send: Callable[..., Path],
    take_in: Callable[..., Changed | None],
) -> None:
    assert finding(office, round_id, applied["教一"], "branch_record").verdict is Verdict.UNVERIFIED
    head = ("院级党组织", "党支部", "年度", "考核类型", "等次")
    rows = [("机械学院", "教工第一党支部", year, "支部考核评价", "好") for year in (2022, 2023)]
    take_in(send([head, *rows], "考核结果.csv"))
    found = finding(office, round_id, applied["教一"], "branch_record")
    assert found.verdict is Verdict.PASS
    assert found.clause == "二(二)3"
    assert all(str(year) in "；".join(found.evidence) for year in (2022, 2023))
    assert finding(office, round_id, applied["教二"], "branch_record").verdict is Verdict.UNVERIFIED


def test_what_no_record_can_tell_is_settled_by_a_named_person(
    office: Office, round_id: str, applied: Ids
) -> None:
    assert finding(office, round_id, applied["教一"], "branch_role").verdict is Verdict.UNVERIFIED
    desk = replace(office, seat=Seat(Actor("章清和")), clock=lambda: datetime(2024, 3, 20, 10))
    eligibility.confirm(desk, applied["教一"], "branch_role", Verdict.PASS)
    found = finding(office, round_id, applied["教一"], "branch_role")
    assert (found.verdict, found.confirmed_by, found.confirmed_at) == (
        Verdict.PASS,
        "章清和",
        datetime(2024, 3, 20, 10),
    )


def test_a_later_word_replaces_the_earlier(office: Office, round_id: str, applied: Ids) -> None:
    eligibility.confirm(office, applied["教一"], "branch_role", Verdict.PASS)
    eligibility.confirm(office, applied["教一"], "branch_role", Verdict.FAIL, reason="材料不实")
    found = finding(office, round_id, applied["教一"], "branch_role")
    assert (found.verdict, found.reason) == (Verdict.FAIL, "材料不实")


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_overruling_the_records_needs_a_reason(
    office: Office, round_id: str, applied: Ids, reason: str
) -> None:
    with pytest.raises(NotAllowed, match="登记情况为“通过”，改判为“不通过”须写明理由"):
        eligibility.confirm(office, applied["教一"], "branch_age", Verdict.FAIL, reason=reason)
    assert finding(office, round_id, applied["教一"], "branch_age").verdict is Verdict.PASS
    eligibility.confirm(office, applied["教一"], "branch_age", Verdict.FAIL, reason="2022年重新组建")
    assert finding(office, round_id, applied["教一"], "branch_age").verdict is Verdict.FAIL


def test_overruling_is_held_against_the_records_and_not_against_an_earlier_word(
    office: Office, round_id: str, applied: Ids
) -> None:
    eligibility.confirm(office, applied["教一"], "branch_age", Verdict.FAIL, reason="2022年重新组建")
    eligibility.confirm(office, applied["教一"], "branch_age", Verdict.PASS)
    assert finding(office, round_id, applied["教一"], "branch_age").verdict is Verdict.PASS


def test_unverified_is_no_word_to_give(office: Office, applied: Ids) -> None:
    with pytest.raises(NotAllowed, match="核实须给出明确结论"):
        eligibility.confirm(office, applied["教一"], "branch_role", Verdict.UNVERIFIED)


def test_a_condition_of_another_category_is_refused(office: Office, applied: Ids) -> None:
    with pytest.raises(NotAllowed, match="这个类别没有这一条件"):
        eligibility.confirm(office, applied["教一"], "unit_age", Verdict.PASS)


def test_grades_count_for_a_branch_that_came_under_another_unit(
    office: Office,
    units: Ids,
    branches: Ids,
    round_id: str,
    applied: Ids,
    send: Callable[..., Path],
    take_in: Callable[..., Changed | None],
) -> None:
    head = ("院级党组织", "党支部", "年度", "考核类型", "等次")
    rows = [("机械学院", "教工第一党支部", year, "支部考核评价", "好") for year in (2022, 2023)]
    take_in(send([head, *rows], "考核结果.csv"))
    form = registry.branch_form(office, branches["机械工程学院教工第一党支部"])
    registry.save_branch(office, replace(form, values={**form.values, "unit": units["材料学院"]}))
    assert finding(office, round_id, applied["教一"], "branch_record").verdict is Verdict.PASS


def test_a_unit_takes_the_honours_of_its_members_but_a_branch_only_its_own(
    office: Office,
    round_id: str,
    applied: Ids,
    send: Callable[..., Path],
    take_in: Callable[..., Changed | None],
) -> None:
    head = ("院级党组织", "党支部", "获奖对象", "获奖者", "荣誉名称", "级别", "表彰时间", "党内荣誉")
    rows = [
        ("机械学院", "教工第二党支部", "成员", name, "优秀共产党员", "校级", "2022.7", "是")
        for name in ("沈一", "沈二", "沈三")
    ]
    take_in(send([head, *rows], "表彰荣誉.csv"))
    assert finding(office, round_id, applied["机械学院"], "unit_members").verdict is Verdict.PASS
    assert finding(office, round_id, applied["教二"], "branch_members").verdict is Verdict.PASS
    assert finding(office, round_id, applied["教一"], "branch_members").verdict is not Verdict.PASS


def test_a_project_that_failed_bars_its_branch_next_time(sample_office: Office, loaded: Loaded) -> None:
    rows = projects.projects(sample_office, loaded.round_id, sample_office.clock().date())
    failed = next(row for row in rows if row.application.branch_id)
    with sample_office.change("验收") as session:
        record = session.get_one(Project, failed.id)
        record.state, record.ends = ProjectState.FAILED, date(2023, 12, 31)
    assessments = eligibility.assess_round(sample_office, loaded.round_id)
    verdicts = {
        row.id: assessments[row.id].finding("branch_earlier").verdict
        for row in applications_of(sample_office, loaded.round_id)
        if row.branch_id
    }
    assert verdicts.pop(failed.application.id) is not Verdict.PASS
    assert verdicts.pop(loaded.keys["b33"]) is Verdict.FAIL  # by an earlier batch that is only on a list
    assert set(verdicts.values()) == {Verdict.PASS}


def test_a_quota_line_cites_its_clause_and_says_how_far_it_is_exceeded(
    sample_office: Office, loaded: Loaded
) -> None:
    rows = {row.unit: row for row in quotas.quotas_of(sample_office, loaded.round_id)}
    line = rows["计算机学院"].line("model_branch")
    assert (rows["计算机学院"].branches, line.allowed, line.applied) == (24, 2, 4)
    assert line.over == 2
    assert "三(二)" in str(line)
    law = rows["法学院"].line("model_branch")
    assert (rows["法学院"].branches, law.allowed, law.over) == (11, 1, 2)


def test_a_withdrawn_application_frees_its_place(sample_office: Office, loaded: Loaded) -> None:
    rows = {row.unit: row for row in quotas.quotas_of(sample_office, loaded.round_id)}
    assert rows["农业与食品学院"].line("model_branch").applied == 0


def test_what_is_asked_in_principle_may_be_missed_with_a_reason_and_an_approver(
    office: Office, branches: Ids, round_id: str, applied: Ids
) -> None:
    set_founded(office, branches["机械工程学院教工第一党支部"], PartialDate(2022, 5))
    with pytest.raises(NotAllowed, match="例外通过须有批准人"):
        eligibility.confirm(office, applied["教一"], "branch_age", Verdict.PASS, reason="学科调整后新建")
    eligibility.confirm(
        office, applied["教一"], "branch_age", Verdict.PASS, reason="学科调整后新建", approver="章书记"
    )
    found = finding(office, round_id, applied["教一"], "branch_age")
    assert (found.verdict, found.approver) == (Verdict.PASS, "章书记")
    assert found.evidence[-1] == "例外通过：学科调整后新建，批准人章书记"


def test_what_happened_in_a_unit_is_shown_with_its_branches(
    office: Office,
    round_id: str,
    applied: Ids,
    send: Callable[..., Path],
    take_in: Callable[..., Changed | None],
) -> None:
    head = ("院级党组织", "党支部", "发生时间", "情形", "情况说明")
    take_in(send([head, ("机械学院", "", "2023.5", "违纪违法", "一名副院长受处分")], "负面情形.csv"))
    found = finding(office, round_id, applied["教一"], "branch_incidents")
    assert found.verdict is Verdict.UNVERIFIED
    assert found.evidence == ("所在单位 2023年5月 违纪违法：一名副院长受处分",)
    assert finding(office, round_id, applied["机械学院"], "unit_incidents").verdict is Verdict.FAIL
