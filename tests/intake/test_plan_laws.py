"""Laws of every plan, over invented rosters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocabulary import RowState
from dualcreate_desktop.intake.containers import source_of
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.known import Branch, Known, KnownRecord, NewUnit, Unit
from dualcreate_desktop.intake.plan import ImportPlan, PlanRow
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.shape import guess_at
from dualcreate_desktop.lists import APPRAISALS, BRANCHES

SOURCE = source_of("名册.csv", b"-")
HEAD = ("所属院级党组织", "组织编码", "党支部名称", "支部类型", "成立时间", "正式党员数", "支部书记")
UNITS = (Unit("u1", "机械工程学院党委"), Unit("u2", "文学院党总支"))
OLD = (
    Branch("b1", "教工第一党支部", "u1", "A1"),
    Branch("b2", "机械工程学院本科生第二党支部", "u1"),
    Branch("b3", "教工一支部", "u2"),
)
KNOWN = Known(
    UNITS,
    OLD,
    {
        (branch.unit_id, branch.name): KnownRecord(
            branch.id,
            "c1",
            {"unit": branch.unit_id, "code": branch.code or None, "name": branch.name, "kind": "teacher"},
        )
        for branch in OLD
    },
)

ROWS = st.lists(
    st.tuples(
        st.sampled_from(["机械工程学院", "文学院党总支", "外国语学院"]),
        st.sampled_from(["", "A1", "A2", "A3"]),
        st.sampled_from(
            [
                "教工第一党支部",
                "教工一支部",
                "教师第十一党支部",
                "本科生2支部",
                "第二党支部",
                "新支部（原教工第一党支部）",
                "",
                "合计研究所党支部",
            ]
        ),
        st.sampled_from(["教师", "本科生", "火星"]),
        st.sampled_from(["2019.9", "2019年10月", 43709.0, 2019.1, "下半年", ""]),
        st.sampled_from([12.0, "十二", "", "-1"]),
        st.sampled_from(["张 三", "", "无"]),
    ),
    max_size=8,
)


def planned(rows: Sequence[Sequence[str | float]], known: Known = KNOWN) -> ImportPlan:
    grid = Grid("名册", (HEAD, *map(tuple, rows)))
    return make_plan(guess_at(grid, BRANCHES, (0,)), grid, known, source=SOURCE)


def applied(known: Known, plan: ImportPlan) -> Known:
    """The picture of the store after the plan: what office will write, and no more."""
    records = {record.id: record for record in known.records.values()}
    for row in plan.applicable:
        id = row.record_id or f"new{row.row}"
        old = records[id].values if id in records else {}
        values = {key: value for key, value in row.values.items() if not isinstance(value, NewUnit)}
        records[id] = KnownRecord(id, "c2", {**old, **values})
    branches = tuple(
        Branch(
            each.id, str(each.values["name"]), str(each.values["unit"]), str(each.values.get("code") or "")
        )
        for each in records.values()
    )
    by_name = {(each.values["unit"], each.values["name"]): each for each in records.values()}
    return replace(known, records=by_name, branches=branches)


def told(row: PlanRow) -> tuple[object, ...]:
    """A row's result without its place."""
    return (
        row.state,
        row.record_id,
        tuple(sorted((key, str(value)) for key, value in row.values.items())),
        row.changes,
    )


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_importing_twice_is_importing_once(rows: Sequence[Sequence[str | float]]) -> None:
    first = planned(rows)
    second = planned(rows, applied(KNOWN, first))
    done = {row.row for row in first.rows if row.state is not RowState.PROBLEM}
    again = {row.state for row in second.rows if row.row in done}
    assert not again & {RowState.NEW, RowState.CHANGED}
    if len(done) == len(first.rows):
        assert again <= {RowState.SAME, RowState.DUPLICATE}


@settings(max_examples=150, deadline=None)
@given(st.data(), ROWS)
def test_the_order_of_rows_changes_nothing(
    data: st.DataObject, rows: Sequence[Sequence[str | float]]
) -> None:
    shuffled = data.draw(st.permutations(rows))
    before, after = planned(rows), planned(shuffled)
    assert Counter(map(told, before.rows)) == Counter(map(told, after.rows))
    assert {each.record_id for each in before.absent} == {each.record_id for each in after.absent}


@settings(max_examples=150, deadline=None)
@given(ROWS)
def test_every_error_keeps_its_row_out_and_every_row_has_one_state(
    rows: Sequence[Sequence[str | float]],
) -> None:
    plan = planned(rows)
    for row in plan.rows:
        assert (row.state is RowState.PROBLEM) == any(problem.is_error for problem in row.problems)
        assert all(problem.row == row.row and problem.message for problem in row.problems)
    assert sum(plan.counts.values()) == len(plan.rows) + len(plan.absent)


CELLS = st.one_of(
    st.text(max_size=12), st.floats(), st.integers(), st.booleans(), st.datetimes(), st.just("")
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=6))
def test_no_sheet_ever_raises(cells: list[list[str | float]]) -> None:
    head = tuple(field.label for field in APPRAISALS.fields)
    grid = Grid("表", (head, *map(tuple, cells)))
    make_plan(guess_at(grid, APPRAISALS, (0,)), grid, KNOWN, source=SOURCE)
