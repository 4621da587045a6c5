"""What else is known of a body comes in as lists do: once, previewed, undone, and signed where it weighs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from db.models import Appraisal, Branch, Debarment, Incident, LineageEvent, LineagePart, Post, Record
from db.vocabulary import AppraisalSubject, EndReason, LineageKind, RowState
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office import journal, lineages, receiving
from dualcreate_desktop.office.receivers import RECEIVERS
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.store import Changed, Office

Ids = dict[str, str]
Send = Callable[..., Path]
ReadOne = Callable[..., Reception]
TakeIn = Callable[..., Changed | None]

FIRST = "机械工程学院教工第一党支部"

LISTS = {
    "debarments": (
        ("院级党组织", "党支部", "起始时间", "截止时间", "取消资格事由", "文号"),
        ("机械学院", FIRST, "2023.5", "2025.5", "弄虚作假", "校纪〔2023〕3号"),
    ),
    "earlier_results": (
        ("院级党组织", "党支部", "批次", "级别", "创建类别", "建设结果", "认定时间", "称号"),
        ("机械学院", FIRST, "第一批", "校级", "样板支部", "通过验收", "2021.7", "校级样板支部"),
    ),
    "staffing": (
        ("院级党组织", "年度", "岗位", "应配人数", "实配人数"),
        ("机械学院", 2023, "专职组织员", 3, 2),
    ),
    "growth": (
        ("院级党组织", "党支部", "年度", "发展对象类别", "发展人数"),
        ("机械学院", FIRST, 2023, "高层次人才", 1),
    ),
    "topics": (
        ("院级党组织", "党支部", "课题类别", "课题名称", "级别", "课题编号", "负责人", "立项时间"),
        ("机械学院", FIRST, "党建课题", "支部共建机制研究", "校级", "DJ2022-07", "赵喆", "2022.6"),
    ),
    "lineage": (
        ("院级党组织", "现党支部", "沿革事项", "变动时间", "变动前支部", "文号"),
        ("机械学院", FIRST, "合并", "2018.6", "热工党支部，原液压党支部", "校组〔2018〕4号"),
    ),
}


@pytest.mark.parametrize("key", LISTS)
def test_a_list_comes_in_once_and_goes_by_undo(
    office: Office, branches: Ids, send: Send, read_one: ReadOne, key: str
) -> None:
    label = next(kind.label for kind in LIST_KINDS if kind.key == key)
    path = send(LISTS[key], f"{label}.csv")
    first = read_one(path)
    assert first.plan.list_key == key
    assert first.plan.all_problems == ()
    changed = receiving.apply(office, first)
    assert changed is not None
    again = read_one(path)
    assert (again.plan.counts[RowState.SAME], again.plan.applicable) == (1, ())
    journal.undo(office, changed.change_id)
    assert stored(office, RECEIVERS[key].model) == []


def stored(office: Office, model: type[Record]) -> list[Record]:
    with office.read() as session:
        return list(session.scalars(select(model)))


def test_who_recorded_a_debarment_or_an_incident_stands_on_it(
    office: Office, branches: Ids, send: Send, take_in: TakeIn
) -> None:
    take_in(send(LISTS["debarments"], "取消申报资格名单.csv"))
    head = ("院级党组织", "党支部", "发生时间", "情形", "情况说明")
    take_in(send([head, ("机械学院", FIRST, "2023.5", "师德师风问题", "已处理")], "负面情形.csv"))
    (debarment,), (incident,) = stored(office, Debarment), stored(office, Incident)
    assert isinstance(debarment, Debarment)
    assert isinstance(incident, Incident)
    assert debarment.recorded_by == incident.recorded_by == "王小明"
    assert (debarment.since, debarment.until, debarment.branch_id) == ("2023-05", "2025-05", branches[FIRST])


def test_an_appraisal_says_whose_work_it_grades_and_out_of_how_many_points(
    office: Office, branches: Ids, send: Send, read_one: ReadOne
) -> None:
    head = (
        "院级党组织",
        "党支部",
        "年度",
        "考核类型",
        "得分",
        "满分",
        "等次",
        "评价主体",
        "被评议书记",
        "等次已上报",
    )
    rows = (
        head,
        ("机械学院", FIRST, 2023, "支部考核", 108, 120, "", "党支部", "赵喆", "否"),
        ("机械学院", "教工第二党支部", 2023, "支部考核", 108, "", "好", "", "", ""),
    )
    reception = read_one(send(rows, "考核评价结果.csv"))
    (problem,) = reception.plan.all_problems
    assert (problem.row, problem.message) == (3, "得分 108 超出满分 100")
    receiving.apply(office, reception)
    (record,) = stored(office, Appraisal)
    assert isinstance(record, Appraisal)
    assert (record.score, record.maximum, record.subject) == (108, 120, AppraisalSubject.BODY)
    assert (record.secretary, record.reported, record.grade) == ("赵喆", False, None)


def test_a_roster_says_why_a_branch_will_end_and_who_leads_twice(
    office: Office, branches: Ids, send: Send, take_in: TakeIn, read_one: ReadOne
) -> None:
    roster = (
        ("院级党组织", "党支部名称", "支部类型", "预计毕业年月", "撤并或毕业"),
        ("机械学院", "机械工程学院研究生第一党支部", "研究生", "2024.6", "毕业"),
    )
    take_in(send(roster, "党支部名册.csv"))
    with office.read() as session:
        branch = session.get_one(Branch, branches["机械工程学院研究生第一党支部"])
        assert (branch.planned_end, branch.planned_reason) == ("2024-06", EndReason.GRADUATION)
    people = (
        ("院级党组织", "党支部", "姓名", "职务", "任职时间", "是否双带头人"),
        ("机械学院", FIRST, "赵喆", "党支部书记", "", "是"),
    )
    path = send(people, "党务人员名册.csv")
    take_in(path)
    with office.read() as session:
        held = session.scalars(select(Post).where(Post.branch_id == branches[FIRST])).all()
        assert [post.double_leader for post in held] == [True]
    assert read_one(path).plan.counts[RowState.SAME] == 1


def test_the_past_of_a_branch_is_told_without_changing_the_branch(
    office: Office, branches: Ids, send: Send, take_in: TakeIn, read_one: ReadOne
) -> None:
    take_in(send(LISTS["lineage"], "党支部沿革.csv"))
    (event,) = stored(office, LineageEvent)
    assert isinstance(event, LineageEvent)
    assert (event.kind, event.planned) == (LineageKind.MERGED, False)
    (row,) = lineages.descent(office, branches[FIRST])
    assert row.sentence == f"2018年6月合并：原液压党支部、热工党支部 → {FIRST}"
    with office.read() as session:
        assert session.get_one(Branch, branches[FIRST]).founded == "2015-06"
    corrected = (LISTS["lineage"][0], (*LISTS["lineage"][1][:4], "热工党支部、锅炉党支部", "校组〔2018〕5号"))
    take_in(send(corrected, "党支部沿革更正.csv"))
    (row,) = lineages.descent(office, branches[FIRST])
    assert (row.before, row.document) == ("热工党支部、锅炉党支部", "校组〔2018〕5号")
    assert len(stored(office, LineagePart)) == 3
