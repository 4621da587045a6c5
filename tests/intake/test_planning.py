from __future__ import annotations

from collections.abc import Callable

from db.vocabulary import ProblemKind, RowState
from dualcreate_desktop.intake.known import Known
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.rules.dates import PartialDate

Plan = Callable[..., ImportPlan]
HEAD = ["序号", "所属院级党组织", "组织编码", "党支部名称", "支部类型", "成立时间", "正式党员数"]


def test_a_new_branch_is_planned_with_typed_values(plan: Plan) -> None:
    made = plan(
        [["江川大学党支部名册"], HEAD, [1, "机械学院", "JX0199", "教工第九党支部", "教工", "2019.9", 12.0]]
    )
    row = made.rows[0]
    assert (made.list_key, row.row, row.state) == ("branches", 3, RowState.NEW)
    assert row.values == {
        "unit": "u-jx",
        "code": "JX0199",
        "name": "教工第九党支部",
        "kind": "teacher",
        "founded": PartialDate(2019, 9),
        "full_members": 12,
    }


def test_an_unknown_unit_is_a_problem_at_its_true_cell(plan: Plan) -> None:
    made = plan([["标题"], [], HEAD, [1, "文学院", "", "教工第一党支部", "教师", "", ""]])
    problem = made.rows[0].problems[0]
    assert made.rows[0].state is RowState.PROBLEM
    assert (problem.kind, problem.row, problem.column, problem.raw) == (
        ProblemKind.UNKNOWN_UNIT,
        4,
        "B",
        "文学院",
    )


def test_an_empty_store_takes_a_first_roster_of_units(plan: Plan) -> None:
    made = plan([["组织编码", "全称", "类型"], ["A1", "机械工程学院党委", "学院党委"]], Known())
    assert made.summary == "新增 1"
