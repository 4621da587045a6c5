from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.errors import UserError
from db.vocabulary import Verdict
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.papers.workbook import FORMULA_STARTS, Sheet, write_csv, write_workbook


@dataclass(frozen=True)
class Row:
    name: str = "机械工程学院教工第一党支部"
    members: int | None = 23
    score: Decimal | None = Decimal("87.50")
    day: date = date(2024, 3, 15)
    at: datetime = datetime(2024, 3, 15, 17, 0)
    verdict: Verdict = Verdict.UNVERIFIED
    stamped: bool = True
    money: int = 500000


COLUMNS = (
    Column("name", "党支部", 30),
    Column("members", "党员数", 8, Align.RIGHT),
    Column("score", "得分", 8, Align.RIGHT),
    Column("day", "日期"),
    Column("at", "收件时间"),
    Column("verdict", "审查意见", pill=True),
    Column("stamped", "盖章"),
    Column("money", "金额", text=lambda value: f"{int(str(value)) / 100:,.2f}"),
    Column("money", "隐藏", hidden=True),
)
TEXT = (Column("name", "文本"),)


def written(folder: Path, *sheets: Sheet) -> Any:
    path = folder / "表.xlsx"
    write_workbook(path, sheets)
    return openpyxl.load_workbook(path)


def test_a_row_is_as_high_as_its_longest_text_needs_and_one_of_a_line_may_grow(tmp_path: Path) -> None:
    long = "党" * 40 + "\n第二段"
    made = written(tmp_path, Sheet("党支部", COLUMNS, [Row(), Row(name=long), Row(name="党" * 9999)])).active
    assert [made.row_dimensions[number].height for number in (2, 3, 4)] == [None, 4 * 15 + 5, 409]
    assert made.sheet_format.defaultRowHeight == 20


def test_a_formula_makes_no_row_higher(tmp_path: Path) -> None:
    made = written(tmp_path, Sheet("党支部", COLUMNS[1:2], [Row()] * 3, totals=frozenset({"members"}))).active
    assert [made.row_dimensions[number].height for number in range(2, 7)] == [None] * 5


def test_values_keep_their_types_and_states_their_words(tmp_path: Path) -> None:
    sheet = written(tmp_path, Sheet("党支部", COLUMNS, [Row()])).active
    assert [cell.value for cell in sheet[1]] == [column.label for column in COLUMNS if not column.hidden]
    assert [cell.value for cell in sheet[2]] == [
        *("机械工程学院教工第一党支部", 23, 87.5, datetime(2024, 3, 15), datetime(2024, 3, 15, 17, 0)),
        *("待核实", "是", "5,000.00"),
    ]
    assert [sheet.cell(2, place).number_format for place in (2, 3, 4, 5)] == [
        "0",
        "0.00",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(["", *FORMULA_STARTS]), st.text(max_size=12)).map("".join), max_size=6)
)
def test_no_text_ever_becomes_a_formula(tmp_path: Path, texts: list[str]) -> None:
    sheet = written(tmp_path, Sheet("表", TEXT, [Row(text) for text in texts], banner=tuple(texts))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s"}
    assert all(cell.quotePrefix for cell in cells if str(cell.value).startswith(FORMULA_STARTS))


def test_a_text_that_looks_like_a_formula_is_read_as_it_was_written(tmp_path: Path) -> None:
    text = '=HYPERLINK("http://example.edu.cn","点我")'
    assert written(tmp_path, Sheet("表", TEXT, [Row(text)])).active["A2"].value == text


def test_sums_are_live_formulas(tmp_path: Path) -> None:
    sheet = written(tmp_path, Sheet("表", COLUMNS, [Row(), Row()], totals=frozenset({"members"}))).active
    assert [sheet.cell(4, place).value for place in (1, 2, 3)] == ["合计", "=SUM(B2:B3)", None]


def test_the_heads_are_as_high_as_the_longest_of_them_needs(tmp_path: Path) -> None:
    heights = []
    for label in ("党员数", "10%，舍去小数，至少 1 个"):
        columns = (Column("members", label, 8, Align.RIGHT),)
        heights.append(written(tmp_path, Sheet("表", columns, [Row()])).active.row_dimensions[1].height)
    assert heights == [24, 54]


def test_a_list_prints_on_a4_with_its_heads_on_every_page(tmp_path: Path) -> None:
    rows = [Row() for _ in range(3)]
    sheet = written(
        tmp_path, Sheet("表", COLUMNS, rows, banner=("党支部名册", "2024年"), notes=("注：说明",))
    ).active
    assert (sheet["A1"].value, sheet["A2"].value, sheet["A3"].value) == ("党支部名册", "2024年", "党支部")
    assert sheet["A8"].value == "注：说明"
    assert (sheet.freeze_panes, sheet.print_title_rows, sheet.page_setup.paperSize) == ("A4", "$3:$3", 9)
    assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)
    assert sheet.auto_filter.ref == "A3:H6"


def test_sheet_names_are_made_lawful_and_their_own(tmp_path: Path) -> None:
    names = ("标杆/院级[党组织]", "一" * 40, "一" * 40, "一" * 40, "", "'")
    book = written(tmp_path, *(Sheet(name, TEXT, []) for name in names))
    assert len(set(book.sheetnames)) == len(names)
    assert all(0 < len(name) <= 31 for name in book.sheetnames)


def test_control_characters_are_left_out(tmp_path: Path) -> None:
    assert written(tmp_path, Sheet("表", TEXT, [Row("王\x00\x0b小")])).active["A2"].value == "王小"


def test_csv_is_opened_in_chinese_and_runs_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    write_csv(
        path, COLUMNS[:3], [Row("=1+1", -3, Decimal("-1.5")), Row("＝1", None, None), Row("-", 0, None)]
    )
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [["党支部", "党员数", "得分"], ["'=1+1", "-3", "-1.5"], ["'＝1", "", ""], ["'-", "0", ""]]


def test_a_missing_folder_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="找不到要保存到的文件夹"):
        write_workbook(tmp_path / "没有" / "表.xlsx", [Sheet("表", TEXT, [])])
