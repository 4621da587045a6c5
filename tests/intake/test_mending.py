"""Cells mended over a sheet: the sheet itself stays, and merged ranges fall apart."""

from __future__ import annotations

from dualcreate_desktop.intake.grid import Grid, Merge
from dualcreate_desktop.intake.mending import everywhere, mended
from dualcreate_desktop.intake.shape import guess_at
from dualcreate_desktop.lists import BRANCHES

SENT = Grid("表", (("学院", "支部", "成立"), ("甲", "一", "#N/A"), ("", "二"), ("", "三", 2019.1)))


def test_a_mended_cell_holds_the_new_text_and_the_sent_sheet_its_own() -> None:
    laid_over = mended(SENT, {(1, 1): "十一"})
    assert laid_over.cell(1, 1) == "十一"
    assert SENT.cell(1, 1) == "一"


def test_a_cell_beyond_the_end_of_its_row_can_be_mended() -> None:
    assert mended(SENT, {(2, 2): "2020.3"}).rows[2] == ("", "二", "2020.3")


def test_what_the_file_told_of_a_cell_no_longer_counts_once_it_is_mended() -> None:
    grid = Grid(
        "表",
        SENT.rows,
        errors={(1, 2): "#N/A", (3, 1): "#REF!"},
        uncalculated=frozenset({(1, 2)}),
        shown={(3, 2): "2019.10", (1, 2): "x"},
    )
    laid_over = mended(grid, {(1, 2): "2019.9"})
    assert (laid_over.errors, laid_over.uncalculated) == ({(3, 1): "#REF!"}, frozenset())
    assert laid_over.shown == {(3, 2): "2019.10"}


def test_a_merged_range_falls_apart_where_one_of_its_cells_is_mended() -> None:
    grid = Grid("表", SENT.rows, merges=(Merge(1, 0, 3, 0), Merge(0, 1, 0, 2)))
    laid_over = mended(grid, {(2, 0): "乙"})
    assert [row[0] for row in laid_over.rows] == ["学院", "甲", "乙", "甲"]
    assert laid_over.merges == (Merge(0, 1, 0, 2),)


def test_without_mends_it_is_the_sheet_itself() -> None:
    assert mended(SENT, {}) is SENT


def test_one_value_is_mended_everywhere_in_its_own_column() -> None:
    rows = (
        ("党支部名称", "支部类型", "备注"),
        ("教工一支部", " 中青年", "中青年"),
        ("教工二支部", "教师", ""),
        ("教工三支部", "中青年", ""),
        ("合计", "中青年", ""),
    )
    grid = Grid("名册", rows)
    guess = guess_at(grid, BRANCHES, (0,))
    mends = everywhere(grid, guess, "kind", "中青年", "教师党支部")
    assert mends == {(1, 1): "教师党支部", (3, 1): "教师党支部"}
    assert mended(grid, mends).cell(3, 1) == "教师党支部"
