"""Two tables in one sheet: one is read, the other is told, and no row of it comes in under wrong columns."""

from __future__ import annotations

from collections.abc import Callable

from db.vocabulary import RowState
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.plan import ImportPlan
from dualcreate_desktop.intake.rows import SkipReason
from dualcreate_desktop.intake.shape import data_rows, guess_at
from dualcreate_desktop.lists import BRANCHES

Plan = Callable[..., ImportPlan]
HEAD = ["所属院级党组织", "党支部名称", "支部类型", "支部书记"]
TURNED = ["所属院级党组织", "支部书记", "支部类型", "党支部名称"]


def line(name: str, secretary: str) -> list[object]:
    return ["机械学院", name, "教师", secretary]


STACKED = [
    ["一、教师党支部"],
    HEAD,
    line("教工第二十党支部", "张三"),
    [],
    ["二、学生党支部"],
    TURNED,
    line("李四", "教工第二十一党支部"),
]


def test_a_table_below_with_other_columns_is_told_and_its_names_are_not_taken_for_secretaries(
    plan: Plan,
) -> None:
    made = plan(STACKED)
    assert [(row.row, row.values["name"]) for row in made.rows] == [(3, "教工第二十党支部")]
    outside = [each.row for each in made.skipped if each.reason is SkipReason.OUTSIDE]
    assert outside == [6, 7]
    assert made.notes == (
        "第 6 行起是栏目不同的另一张表，没有读取；导入这一部分后，再拖入一次文件，把第 6 行设为表头",
    )


def test_the_table_below_is_read_once_its_head_is_chosen() -> None:
    grid = Grid("名册", tuple(map(tuple, STACKED)))
    guess = guess_at(grid, BRANCHES, (5,))
    assert (guess.mapping, list(data_rows(grid, guess))) == (
        {0: "unit", 1: "secretary", 2: "kind", 3: "name"},
        [6],
    )


def test_the_same_head_again_ends_nothing(plan: Plan) -> None:
    made = plan([HEAD, line("教工第二十党支部", "张三"), HEAD, line("教工第二十一党支部", "李四")])
    assert [row.state for row in made.rows] == [RowState.NEW, RowState.NEW]
    assert made.notes == ()


def test_a_table_beside_is_told(plan: Plan) -> None:
    made = plan(
        [[*HEAD, "", *HEAD], [*line("教工第二十党支部", "张三"), "", *line("教工第二十一党支部", "李四")]]
    )
    assert len(made.rows) == 1
    assert made.notes[0] == "F 列起是并排的另一张表，没有读取；请把它接在左边的表下面，再导入"
