"""The intake desk: planned, applied as one change, refused when stale, undone and taken in again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.errors import FileRefused, NotAllowed, StaleData
from db.models import Alias, Application, Branch, Change, IntakeFile, Reviewer
from db.vocabulary import Door, ProblemKind, RowState
from dualcreate_desktop.office import actions, journal, receiving, registry
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.store import Actor, Changed, Office, Seat
from dualcreate_desktop.office.tables import TableQuery

Ids = dict[str, str]
Send = Callable[..., Path]
ReadOne = Callable[..., Reception]
TakeIn = Callable[..., Changed | None]

HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记")
NEW = ("机械学院", "机械工程学院教工第三党支部", "教工", "2019.9", "郑七言")
MORE = ("机械学院", "机械工程学院教工第四党支部", "教工", "2020.3", "王八斗")
APPLY_HEAD = ("院级党组织", "申报类别", "申报党支部", "推荐顺序")


def changes(office: Office) -> int:
    with office.read() as session:
        return session.scalar(select(func.count()).select_from(Change)) or 0


def test_a_list_is_taken_in_as_one_change_that_says_what_it_did(
    office: Office, units: Ids, send: Send, take_in: TakeIn
) -> None:
    before = changes(office)
    changed = take_in(send([HEAD, NEW, MORE], "机械学院党支部.csv"))
    assert changed is not None
    assert changes(office) == before + 1
    with office.read() as session:
        header = session.scalars(select(Change).order_by(Change.n.desc())).first()
        file = session.scalars(select(IntakeFile)).one()
    assert header is not None
    assert (header.title, header.door) == ("导入 机械学院党支部.csv（新增 2）", Door.IMPORT)
    assert (file.name, file.list_key, file.summary) == ("机械学院党支部.csv", "branches", "新增 2")
    (shown,) = registry.branches(office, TableQuery("郑七言")).rows
    assert (shown.name, shown.kind, shown.founded) == (NEW[1], "teacher", "2019-09")


def test_the_same_file_twice_changes_nothing_and_says_when_it_came(
    office: Office, units: Ids, send: Send, take_in: TakeIn, read_one: ReadOne
) -> None:
    path = send([HEAD, NEW, MORE])
    take_in(path)
    before = changes(office)
    again = read_one(path.rename(path.with_name("名册 - 副本.csv")))
    assert again.plan.counts[RowState.SAME] == 2
    assert again.plan.applicable == ()
    assert again.earlier == "内容相同的文件“名册.csv”已于 2024-03-15 09:00 导入过"
    assert receiving.apply(office, again) is None
    assert changes(office) == before


def test_a_corrected_file_changes_only_the_corrected_row_and_ends_the_former_secretary(
    office: Office, units: Ids, send: Send, take_in: TakeIn, read_one: ReadOne
) -> None:
    take_in(send([HEAD, NEW, MORE]))
    corrected = read_one(send([HEAD, NEW, (*MORE[:4], "冯九歌")], "更正.csv"))
    assert (corrected.plan.counts[RowState.SAME], corrected.plan.counts[RowState.CHANGED]) == (1, 1)
    receiving.apply(office, corrected)
    assert [row.name for row in registry.branches(office, TableQuery("冯九歌")).rows] == [MORE[1]]
    assert registry.branches(office).total == 2


def test_an_empty_cell_erases_nothing(
    office: Office, units: Ids, send: Send, take_in: TakeIn, read_one: ReadOne
) -> None:
    take_in(send([HEAD, NEW]))
    assert read_one(send([HEAD, (*NEW[:3], "", "—")], "更正.csv")).plan.counts[RowState.SAME] == 1


def test_a_row_with_a_problem_stays_out_and_the_others_come_in(
    office: Office, units: Ids, send: Send, read_one: ReadOne
) -> None:
    reception = read_one(send([HEAD, NEW, (*MORE[:3], "2020.13", "")]))
    assert [problem.kind for problem in reception.plan.all_problems] == [ProblemKind.BAD_DATE]
    receiving.apply(office, reception)
    if reception.plan.counts[RowState.PROBLEM]:
        assert [row.name for row in registry.branches(office).rows] == [NEW[1]]


def test_a_plan_is_refused_when_what_it_compares_with_has_changed(
    office: Office, branches: Ids, send: Send, read_one: ReadOne
) -> None:
    name = "机械工程学院教工第一党支部"
    reception = read_one(send([HEAD, ("机械学院", name, "教工", "2016.5", "赵喆")]))
    assert reception.plan.counts[RowState.CHANGED] == 1
    form = registry.branch_form(office, branches[name])
    registry.save_branch(office, replace(form, values={**form.values, "note": "改过"}))
    before = changes(office)
    with pytest.raises(StaleData, match="预览之后数据有变动"):
        receiving.apply(office, reception)
    assert changes(office) == before
    assert registry.branch(office, branches[name]).founded == "2015-06"


def test_a_plan_still_holds_when_something_else_changed(
    office: Office, branches: Ids, send: Send, read_one: ReadOne
) -> None:
    reception = read_one(send([HEAD, NEW]))
    form = registry.branch_form(office, branches["材料科学与工程学院教工第一党支部"])
    registry.save_branch(office, replace(form, values={**form.values, "note": "改过"}))
    assert receiving.apply(office, reception) is not None
    assert registry.branches(office, TableQuery("郑七言")).total == 1


def test_a_plan_applied_twice_is_refused_the_second_time(
    office: Office, units: Ids, send: Send, read_one: ReadOne
) -> None:
    reception = read_one(send([HEAD, NEW]))
    receiving.apply(office, reception)
    with pytest.raises(StaleData):
        receiving.apply(office, reception)
    assert registry.branches(office).total == 1


def test_an_import_is_undone_and_the_file_comes_in_again(
    office: Office, units: Ids, send: Send, take_in: TakeIn
) -> None:
    path = send([HEAD, NEW, MORE])
    first = take_in(path)
    assert first is not None
    journal.undo(office, first.change_id)
    assert registry.branches(office).total == 0
    assert take_in(path) is not None
    assert registry.branches(office).total == 2


def test_undo_keeps_what_was_edited_since_and_names_it(
    office: Office, units: Ids, send: Send, take_in: TakeIn
) -> None:
    first = take_in(send([HEAD, NEW, MORE]))
    assert first is not None
    (row,) = registry.branches(office, TableQuery("郑七言")).rows
    form = registry.branch_form(office, row.id)
    registry.save_branch(office, replace(form, values={**form.values, "note": "核对过"}))
    plan = journal.undo_plan(office, first.change_id)
    assert f"党支部“{NEW[1]}”：之后又被修改过" in plan.kept
    journal.undo(office, first.change_id)
    assert [row.name for row in registry.branches(office).rows] == [NEW[1]]


def test_of_five_imported_branches_the_three_edited_since_are_kept_and_the_file_comes_in_again(
    office: Office, units: Ids, send: Send, take_in: TakeIn, read_one: ReadOne
) -> None:
    names = [f"机械工程学院教工第{number}党支部" for number in "三四五六七"]
    path = send([HEAD, *(("机械学院", name, "教工", "2019.9", "") for name in names)])
    first = take_in(path)
    assert first is not None
    for row in registry.branches(office).rows:
        if row.name in names[:3]:
            form = registry.branch_form(office, row.id)
            registry.save_branch(office, replace(form, values={**form.values, "note": "核对过"}))
    plan = journal.undo_plan(office, first.change_id)
    assert {line for line in plan.kept if "党支部“" in line} == {
        f"党支部“{name}”：之后又被修改过" for name in names[:3]
    }
    journal.undo(office, first.change_id)
    assert {row.name for row in registry.branches(office).rows} == set(names[:3])
    assert read_one(path).plan.summary == "新增 2，未变 3"
    take_in(path)
    assert {row.name for row in registry.branches(office).rows} == set(names)


def test_an_old_name_in_brackets_is_kept_as_another_name(
    office: Office, branches: Ids, send: Send, take_in: TakeIn
) -> None:
    take_in(
        send([HEAD, ("机械学院", "机械工程学院智造党支部（原机械工程学院教工第一党支部）", "教工", "", "")])
    )
    with office.read() as session:
        alias = session.scalars(select(Alias)).all()
        name = session.get_one(Branch, branches["机械工程学院教工第一党支部"]).name
    assert name == "机械工程学院智造党支部"
    assert [item.text for item in alias] == ["机械工程学院教工第一党支部"]


def test_columns_that_mean_no_field_are_kept_beside_the_record(
    office: Office, units: Ids, send: Send, take_in: TakeIn
) -> None:
    take_in(send([(*HEAD, "活动室门牌"), (*NEW, "东三-204")]))
    with office.read() as session:
        assert session.scalars(select(Branch.extra)).one() == {"活动室门牌": "东三-204"}


def test_a_unit_that_another_row_of_the_same_file_makes_may_be_named_as_parent(
    office: Office, send: Send, take_in: TakeIn
) -> None:
    take_in(
        send(
            [
                ("党组织全称", "类型", "上级党组织"),
                ("化工系党总支", "党总支", "化工学院党委"),
                ("化工学院党委", "学院党委", ""),
            ]
        )
    )
    with office.read() as session:
        from db.models import Unit

        parent, child = session.scalars(select(Unit).order_by(Unit.parent_id.is_not(None))).all()
    assert (parent.name, child.name, child.parent_id) == ("化工学院党委", "化工系党总支", parent.id)


def test_an_applicant_that_does_not_fit_its_category_is_a_problem_of_its_row(
    office: Office, branches: Ids, round_id: str, send: Send, read_one: ReadOne
) -> None:
    rows = [
        ("机械学院", "标杆院级党组织", "机械工程学院教工第一党支部", ""),
        ("材料学院", "样板支部", "", "1"),
        ("机械学院", "样板支部", "机械工程学院教工第二党支部", "1"),
    ]
    reception = read_one(send([APPLY_HEAD, *rows], "申报汇总表.csv"), round_id)
    problems = reception.plan.all_problems
    assert [(item.row, item.column, item.kind, item.is_error) for item in problems] == [
        (2, "C", ProblemKind.INCONSISTENT, True),
        (3, "C", ProblemKind.INCONSISTENT, True),
    ]
    assert [item.message for item in problems] == [
        "“标杆院级党组织”由院级党组织申报，不能填写申报党支部",
        "“样板支部”由党支部申报，须写明申报党支部",
    ]
    receiving.apply(office, reception)
    with office.read() as session:
        assert session.scalars(select(Application.branch_id)).all() == [
            branches["机械工程学院教工第二党支部"]
        ]


def test_one_person_with_two_numbers_is_a_problem_of_the_rows(
    office: Office, units: Ids, round_id: str, send: Send, take_in: TakeIn, read_one: ReadOne
) -> None:
    head = ("评委编号", "姓名", "所在单位")
    listed = [head, ("1", "韩十一", "机械学院"), ("2", "韩十一", "机械工程学院党委"), ("3", "韩十一", "外校")]
    reception = read_one(send(listed, "评委名单.csv"), round_id)
    assert [(item.row, item.message) for item in reception.plan.all_problems] == [
        (2, "“韩十一”已是 2 号评委，一人只能有一个编号"),
        (3, "“韩十一”已是 1 号评委，一人只能有一个编号"),
    ]
    receiving.apply(office, reception)
    later = read_one(send([head, ("4", "韩十一", "外校")], "补充.csv"), round_id)
    assert [item.message for item in later.plan.all_problems] == ["“韩十一”已是 3 号评委，一人只能有一个编号"]
    with office.read() as session:
        assert session.scalars(select(Reviewer.number)).all() == [3]


def test_applications_need_a_round(office: Office, branches: Ids, send: Send) -> None:
    rows = [APPLY_HEAD, ("机械学院", "样板支部", "机械工程学院教工第二党支部", "1")]
    with pytest.raises(NotAllowed, match="须导入到某个批次"):
        receiving.read_file(office, send(rows, "申报汇总表.csv"))


def test_a_sheet_that_is_no_list_is_refused_with_what_to_do(office: Office, send: Send) -> None:
    with pytest.raises(FileRefused, match=r"没有认出这是哪一种表（通知\.csv）。请确认表头行"):
        receiving.read_file(office, send([("各单位：",), ("请于周五前报送。",)], "通知.csv"))


def test_an_import_names_who_did_it_and_when(office: Office, units: Ids, send: Send) -> None:
    other = replace(office, seat=Seat(Actor("谢亦川")), clock=lambda: datetime(2024, 3, 16, 8, 30))
    (reception,) = receiving.read_file(other, send([HEAD, NEW]))
    receiving.apply(other, reception)
    newest = actions.actions(office, TableQuery()).rows[0]
    assert (newest.actor, newest.at) == ("谢亦川", datetime(2024, 3, 16, 8, 30))
    assert actions.details(office, newest.id).counts == (
        "党支部 1 条",
        "人员 1 条",
        "任职 1 条",
        "收件文件 1 条",
    )


def test_appraisals_follow_a_branch_that_moved_to_another_unit(
    office: Office, branches: Ids, units: Ids, send: Send, take_in: TakeIn, read_one: ReadOne
) -> None:
    name = "机械工程学院研究生第一党支部"
    head = ("院级党组织", "党支部", "年度", "考核类型", "等次")
    take_in(send([head, ("机械学院", name, "2023", "支部考核评价", "好")], "考核结果.csv"))
    form = registry.branch_form(office, branches[name])
    registry.save_branch(office, replace(form, values={**form.values, "unit": units["材料学院"]}))
    again = read_one(send([head, ("材料学院", name, "2023", "支部考核评价", "较好")], "考核结果更正.csv"))
    assert again.plan.counts[RowState.CHANGED] == 1
    assert receiving.apply(office, again) is not None
