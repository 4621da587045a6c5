"""学生党支部调整: one workbook re-sets the branches of a unit, previewed, carried out as one change, undone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from sqlalchemy import func, select

from db.models import Alias, Branch, Change, LineageEvent, LineagePart
from db.vocabulary import RowState
from dualcreate_desktop.office import journal, lineages, receiving
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.reorganisation_lists import insert, try_rows
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.dates import PartialDate

Ids = dict[str, str]
ReadOne = Callable[..., Reception]
TakeIn = Callable[..., Changed | None]

HEAD = ("调整方式", "原党支部名称", "新党支部名称", "支部类型", "调整时间", "文号")
UG, GRAD = "材料科学与工程学院本科生第一党支部", "机械工程学院研究生第一党支部"


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write the workbook that a unit sends."""

    def write(rows: Sequence[Sequence[object]], unit: str = "材料科学与工程学院党委", name: str = "") -> Path:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.append([f"{unit}学生党支部调整情况表"])
        sheet.append(["填报单位", unit])
        sheet.append(HEAD)
        for row in rows:
            sheet.append(row)
        path = tmp_path / (name or "学生党支部调整.xlsx")
        book.save(path)
        return path

    return write


AUTUMN = (
    ("更名", "本科生第一党支部", "材料学院2021级本科生党支部", None, "2023年9月", "校组〔2023〕12号"),
    ("新建", None, "材料学院2022级本科生党支部", "本科生", "2023.9", "校组〔2023〕12号"),
    ("新建", "/", "材料学院2023级本科生党支部", "本科生", "2023.9", None),
)


def names(office: Office) -> dict[str, str | None]:
    with office.read() as session:
        return dict(session.execute(select(Branch.name, Branch.dissolved)).all())


def counted(office: Office, model: type[Change] | type[LineageEvent] | type[LineagePart]) -> int:
    with office.read() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def problems(reception: Reception) -> list[str]:
    return [problem.message for problem in reception.plan.all_problems]


def test_one_workbook_re_sets_the_branches_of_a_unit_as_one_change(
    office: Office, branches: Ids, workbook: Callable[..., Path], read_one: ReadOne
) -> None:
    reception = read_one(workbook(AUTUMN))
    assert reception.plan.list_key == "reorganisations"
    assert problems(reception) == []
    assert reception.plan.counts[RowState.NEW] == 3
    before, changes = names(office), counted(office, Change)
    changed = receiving.apply(office, reception)
    assert changed is not None
    assert counted(office, Change) == changes + 1
    assert {*names(office)} - {*before} == {row[2] for row in AUTUMN}
    assert {*before} - {*names(office)} == {UG}
    with office.read() as session:
        renamed = session.get_one(Branch, branches[UG])
        assert (renamed.name, renamed.founded) == ("材料学院2021级本科生党支部", "2015-06")
        assert session.scalars(select(Alias.text)).all() == [UG]
        new = session.scalars(select(Branch).where(Branch.name == "材料学院2022级本科生党支部")).one()
        assert (new.founded, new.kind) == ("2023-09", "undergraduate")
    (row,) = lineages.descent(office, branches[UG])
    assert row.sentence == f"2023年9月更名：{UG} → 材料学院2021级本科生党支部"
    assert row.document == "校组〔2023〕12号"
    journal.undo(office, changed.change_id)
    assert names(office) == before
    assert counted(office, LineageEvent) == counted(office, LineagePart) == 0


def test_the_same_reorganisation_sent_twice_is_one(
    office: Office, branches: Ids, workbook: Callable[..., Path], read_one: ReadOne, take_in: TakeIn
) -> None:
    take_in(workbook(AUTUMN))
    told = names(office)
    again = read_one(workbook(AUTUMN, name="再报.xlsx"))
    assert again.plan.counts[RowState.SAME] == 3
    assert problems(again) == []
    assert receiving.apply(office, again) is None
    assert names(office) == told


def test_a_new_branch_may_bear_the_name_of_one_that_ends(
    office: Office, branches: Ids, workbook: Callable[..., Path], read_one: ReadOne
) -> None:
    rows = (
        ("新建", None, UG, "本科生", "2023.7", None),
        ("撤销", "本科生第一党支部", None, None, "2023.7", None),
    )
    reception = read_one(workbook(rows))
    assert problems(reception) == []
    receiving.apply(office, reception)
    with office.read() as session:
        old = session.get_one(Branch, branches[UG])
        assert (old.name, old.dissolved) == (f"{UG}（2023-07撤销）", "2023-07")
        new = session.scalars(select(Branch).where(Branch.name == UG)).one()
        assert (new.dissolved, new.founded) == (None, "2023-07")
    assert [row.sentence for row in lineages.descent(office, branches[UG])] == [f"2023年7月撤销：{UG}"]
    assert read_one(workbook(rows)).plan.counts[RowState.SAME] == 2


def test_names_are_handed_on_in_a_row_whatever_the_order_of_the_rows(
    office: Office, branches: Ids, workbook: Callable[..., Path], take_in: TakeIn
) -> None:
    first, second = "材料学院2021级党支部", "材料学院2022级党支部"
    take_in(
        workbook(
            (("更名", UG, second, None, "2022.9", None), ("新建", None, first, "本科生", "2022.9", None))
        )
    )
    rows = (
        ("更名", first, second, None, "2023.9", None),
        ("更名", second, "材料学院2023级党支部", None, "2023.9", None),
    )
    take_in(workbook(rows, name="二.xlsx"))
    with office.read() as session:
        assert session.get_one(Branch, branches[UG]).name == "材料学院2023级党支部"
        other = session.scalars(select(Branch).where(Branch.name == second)).one()
        assert other.founded == "2022-09"


def test_merging_and_splitting_keep_whoever_goes_on(
    office: Office, branches: Ids, workbook: Callable[..., Path], take_in: TakeIn
) -> None:
    unit = "机械工程学院党委"
    rows = (
        ("合并", "教工第一党支部、教工第二党支部", "教工第一党支部", None, "2023.9", None),
        ("拆分", "研究生第一党支部", "机械学院硕士生党支部，机械学院博士生党支部", "研究生", "2023.9", None),
    )
    take_in(workbook(rows, unit))
    with office.read() as session:
        goes_on = session.get_one(Branch, branches["机械工程学院教工第一党支部"])
        merged_in = session.get_one(Branch, branches["机械工程学院教工第二党支部"])
        parted = session.get_one(Branch, branches[GRAD])
        assert (goes_on.dissolved, goes_on.full_members) == (None, 32)
        assert (merged_in.dissolved, parted.dissolved) == ("2023-09", "2023-09")
        made = session.scalars(select(Branch).where(Branch.name == "机械学院博士生党支部")).one()
    assert [row.before for row in lineages.descent(office, made.id)] == [GRAD]
    assert lineages.descent(office, merged_in.id)[0].after == "机械工程学院教工第一党支部"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("更名", UG, "甲党支部", None, "2014.9", None), "早于“.*”的成立时间2015年6月"),
        (("更名", "第九党支部", "甲党支部", None, "2023.9", None), "没有“第九党支部”"),
        (("更名", UG, UG, None, "2023.9", None), "名称没有变化"),
        (("撤销", UG, "甲党支部", None, "2023.9", None), "请选“合并”"),
        (("新建", None, "甲党支部", None, "2023.9", None), "支部类型"),
        (("新建", None, UG, "本科生", "2023.9", None), "已有“"),
        (("合并", UG, "甲党支部", None, "2023.9", None), "两个以上"),
        (("拆分", UG, "甲党支部", None, "2023.9", None), "两个以上"),
        (("更名", UG, "甲党支部", None, "2024.9", None), "在今天之后.*计划"),
    ],
)
def test_what_is_impossible_is_a_problem_of_its_row(
    branches: Ids, workbook: Callable[..., Path], read_one: ReadOne, row: Sequence[object], why: str
) -> None:
    reception = read_one(workbook([row, AUTUMN[1]]))
    (told,) = problems(reception)
    assert re.search(why, told), told
    assert reception.plan.counts[RowState.PROBLEM] == 1
    assert reception.plan.counts[RowState.NEW] == 1


def test_a_branch_that_is_no_more_cannot_be_merged(
    office: Office,
    branches: Ids,
    workbook: Callable[..., Path],
    read_one: ReadOne,
    take_in: TakeIn,
    now: datetime,
) -> None:
    take_in(workbook([("撤销", UG, None, None, "2023.6", None)]))
    (told,) = problems(
        read_one(
            workbook([("合并", f"{UG}、教工第一党支部", "丙党支部", None, "2023.9", None)], name="b.xlsx")
        )
    )
    assert told.startswith(f"“{UG}”已于2023年6月撤销，不能再合并")


LAW = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = (UG, "教工第一党支部", "材料学院甲支部", "材料学院乙支部", "材料学院丙支部")
CELLS = st.lists(st.sampled_from(NAMES), max_size=2, unique=True).map("、".join)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["renamed", "dissolved", "founded", "merged", "split"]),
            "old": CELLS,
            "new": CELLS,
            "branch_kind": st.just("undergraduate"),
            "occurred": st.sampled_from([PartialDate(2023, 9), PartialDate(2023, 10)]),
        }
    ),
    min_size=1,
    max_size=5,
)


@LAW
@given(rows=ROWS)
def test_whatever_can_be_carried_out_is_known_when_it_comes_again(
    rows: list[dict[str, Value]], office: Office, units: Ids, branches: Ids, now: datetime
) -> None:
    unique = {repr(row): {"unit": units["材料学院"], **row} for row in rows}.values()
    told: dict[int, dict[str, Value]] = dict(enumerate(unique))
    with office.read() as session:
        first = try_rows(session, told, now.date())
    assert {*first.outcomes, *first.settled, *first.refused} == {*told}
    possible = {row: told[row] for row in first.outcomes}
    with office.change("调整") as session:
        insert(session, list(possible.values()), now.date())
    with office.read() as session:
        again = try_rows(session, possible, now.date())
    assert (again.outcomes, again.refused) == ({}, {})
    assert {*again.settled} == {*possible}
    if possible:
        done = journal.last_undoable(office)
        assert done is not None
        journal.undo(office, done)
