"""No row is ever lost between a file and its plan: each is planned or skipped for a reason."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocabulary import RowState
from dualcreate_desktop.intake.containers import source_of
from dualcreate_desktop.intake.grid import Grid, Merge
from dualcreate_desktop.intake.known import Known, Unit
from dualcreate_desktop.intake.planning import make_plan
from dualcreate_desktop.intake.rows import Layout, SkipReason, holds_something
from dualcreate_desktop.intake.shape import Guess, guess_at, guess_by, guess_list
from dualcreate_desktop.lists import BRANCHES, LIST_KINDS

HEAD = ("所属院级党组织", "党支部名称", "支部类型", "成立时间", "食堂")
KNOWN = Known((Unit("u1", "机械工程学院党委"),))
SOURCE = source_of("名册.csv", b"-")

WORDS = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            " ",
            "机械工程学院",
            "教工第一党支部",
            "合计研究所党支部",
            "教师",
            "火星",
            "2019.9",
            "合计",
        ),
        *(
            "合计：3",
            "填表人：李四",
            "说明：略",
            "党支部名称",
            "支部类型",
            "成立时间",
            "二食堂",
            "机械工程学院党支部名册",
        ),
    ]
)
CELLS = WORDS | st.floats(0, 50_000) | st.booleans()
ROWS = st.lists(st.lists(CELLS, max_size=6).map(tuple), max_size=12)


def accounted(grid: Grid, guess: Guess) -> None:
    """The law: every row that holds something is planned or skipped, and none is both."""
    plan = make_plan(guess, grid, KNOWN, source=SOURCE)
    planned, skipped = [row.row for row in plan.rows], [row.row for row in plan.skipped]
    held = [row + 1 for row in range(len(grid.rows)) if holds_something(grid, row)]
    assert sorted(planned + skipped) == held
    assert all(row.reason.label for row in plan.skipped)
    assert sum(plan.counts.values()) == len(planned) + plan.counts[RowState.ABSENT]


@settings(max_examples=300, deadline=None)
@given(ROWS, ROWS, st.data())
def test_every_row_is_planned_or_skipped(
    above: list[tuple[str, ...]], below: list[tuple[str, ...]], data: st.DataObject
) -> None:
    rows = (*above, HEAD, *below)
    places = st.tuples(st.integers(0, len(rows) - 1), st.integers(0, 4))
    merges = data.draw(st.lists(places.map(lambda at: Merge(at[0], at[1], at[0], at[1] + 3)), max_size=3))
    errors = data.draw(st.dictionaries(places, st.just("#N/A"), max_size=2))
    rows = tuple(
        tuple("" if (row, column) in errors else cell for column, cell in enumerate((*cells, *("",) * 5)))
        for row, cells in enumerate(rows)
    )
    grid = Grid("名册", rows, tuple(merges), errors=errors)
    accounted(grid, guess_at(grid, BRANCHES, (len(above),)))
    guess = guess_list(grid, LIST_KINDS)
    if guess is not None:
        accounted(grid, guess)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.integers(0, 12), st.integers(0, 14), st.integers(-1, 14))
def test_a_layout_moved_anywhere_loses_no_row(
    rows: list[tuple[str, ...]], header: int, first: int, last: int
) -> None:
    grid = Grid("名册", (HEAD, *rows))
    layout = Layout((min(header, len(rows)),), first, last, {0: "unit", 1: "name", 2: "kind"})
    accounted(grid, guess_by(grid, BRANCHES, layout))


def reasons(rows: Sequence[Sequence[str | float]], *merges: Merge) -> list[tuple[int, SkipReason, str]]:
    grid = Grid("名册", tuple(map(tuple, rows)), merges)
    guess = guess_list(grid, LIST_KINDS)
    assert guess is not None
    plan = make_plan(guess, grid, KNOWN, source=SOURCE)
    return [(row.row, row.reason, row.text) for row in plan.skipped]


def test_each_reason_is_told_with_the_words_of_the_row() -> None:
    rows = [
        ["机械工程学院党支部名册"],
        HEAD,
        ["教工支部", "", "", "", ""],
        ["机械工程学院", "教工第一党支部", "教师", "2019.9", ""],
        HEAD,
        ["", "", "", "", "二食堂"],
        [],
        ["合计", "", "", 1.0, ""],
        ["填表人：李四", "", "", "审核人：王五"],
    ]
    assert reasons(rows, Merge(2, 0, 2, 4)) == [
        (1, SkipReason.ABOVE, "机械工程学院党支部名册"),
        (2, SkipReason.HEADER, "所属院级党组织 党支部名称 支部类型 成立时间 食堂"),
        (3, SkipReason.GROUP, "教工支部"),
        (5, SkipReason.HEAD_AGAIN, "所属院级党组织 党支部名称 支部类型 成立时间 食堂"),
        (6, SkipReason.NO_FIELDS, "二食堂"),
        (8, SkipReason.TOTAL, "合计 1"),
        (9, SkipReason.FOOTER, "填表人：李四 审核人：王五"),
    ]


def test_a_row_of_spaces_is_blank() -> None:
    rows = [HEAD, ["机械工程学院", "教工第一党支部", "教师", "2019.9", ""], [" ", "　", "", "", ""]]
    assert [row for row, *_ in reasons(rows)] == [1]


def test_a_sum_that_was_never_calculated_is_still_a_sum() -> None:
    rows = [[*HEAD[:4], "正式党员数"], ["机械工程学院", "教工第一党支部", "教师", "2019.9", 3.0]]
    grid = Grid("名册", (*map(tuple, rows), ("合计", "", "", "", "")), uncalculated=frozenset({(2, 4)}))
    guess = guess_list(grid, LIST_KINDS)
    assert guess is not None
    plan = make_plan(guess, grid, KNOWN, source=SOURCE)
    assert [row.row for row in plan.rows] == [2]
    assert plan.skipped[-1].reason is SkipReason.TOTAL
