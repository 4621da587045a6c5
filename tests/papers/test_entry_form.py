"""A form to be filled in, as a workbook alone: what it checks, what is locked, what stays text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.papers.entry_checks import how_to_fill
from dualcreate_desktop.papers.entry_form import HEAD, Entry, EntryForm, EntryRow, write_entry_form

T = FieldType
KINDS = Field("kind", "类型", T.CHOICE, choices=(Choice("a", "甲"), Choice("b", "乙")), hint="按现状选")


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    columns = (
        Entry(Field("name", "名称", required=True), fixed=True),
        Entry(KINDS, ("甲", "乙")),
        Entry(Field("since", "起始", T.PARTIAL_DATE)),
        Entry(Field("day", "日期", T.DATE)),
        Entry(Field("count", "人数", T.INTEGER, minimum=0, maximum=20)),
        Entry(Field("score", "得分", T.DECIMAL)),
        Entry(
            Field("branch", "党支部", T.BRANCH), tuple(f"第{number}党支部" for number in range(80)), free=True
        ),
        Entry(Field("note", "备注", T.LONG_TEXT)),
    )
    rows = (EntryRow("f" * 32 + ":", {"name": "=甲", "kind": "甲", "count": 3}),)
    path = tmp_path / "表.xlsx"
    write_entry_form(path, EntryForm("名册", "填报单位（盖章）：某学院", "mark", columns, rows, 2))
    return openpyxl.load_workbook(path)


def checks(book: openpyxl.Workbook) -> Iterator[DataValidation]:
    yield from book.worksheets[0].data_validations.dataValidation


def test_no_check_is_longer_than_excel_takes(book: openpyxl.Workbook) -> None:
    told = list(checks(book))
    assert len(told) == 6
    assert all(len(str(rule.formula1)) <= 255 and len(rule.error or "") <= 255 for rule in told)


def test_every_check_says_in_chinese_what_is_wanted(book: openpyxl.Workbook) -> None:
    messages = [(rule.type, rule.errorStyle, rule.error) for rule in checks(book)]
    assert messages == [
        ("list", "stop", "类型请从下拉列表中选择。"),
        ("custom", "stop", "起始请填年月，如 2019-09，只知道年份的填 2019。"),
        ("custom", "stop", "日期请填年月日，如 2024-03-15。"),
        ("whole", "stop", "人数请填0 至 20 的整数。"),
        ("decimal", "stop", "得分请填数字，最多四位小数。"),
        ("list", "warning", "党支部请从下拉列表中选择。"),
    ]


def test_long_drop_downs_stand_on_a_hidden_sheet(book: openpyxl.Workbook) -> None:
    rule = list(checks(book))[-1]
    assert rule.formula1 == "'选项'!$B$2:$B$81"
    assert book["选项"]["B81"].value == "第79党支部"


def test_only_what_is_fixed_is_locked_and_text_stays_text(book: openpyxl.Workbook) -> None:
    sheet = book.worksheets[0]
    locked = [
        [cell.protection.locked for cell in row]
        for row in sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + 2, min_col=1, max_col=9)
    ]
    assert locked == [[True, True, *[False] * 7], [True, *[False] * 8]]
    assert (sheet.cell(HEAD + 1, 2).value, sheet.cell(HEAD + 1, 2).data_type) == ("=甲", "s")
    assert sheet.cell(HEAD + 1, 4).number_format == "@"


@pytest.mark.parametrize(
    ("field", "told"),
    [
        (Field("a", "a", T.INTEGER, minimum=1), "不小于 1 的整数"),
        (Field("a", "a", T.MONEY), "金额，单位为元"),
        (Field("a", "a", T.DATETIME), "日期和时间，如 2024-03-15 17:00"),
        (Field("a", "a"), "文字"),
    ],
)
def test_a_field_says_how_it_is_filled_in(field: Field, told: str) -> None:
    assert how_to_fill(field) == told
