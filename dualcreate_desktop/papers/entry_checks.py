"""What a form to be filled in checks while it is typed: drop-downs, numbers and dates, with words that help."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.lists.form_marks import OwnSheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST = 200
"""Characters of a message; Excel refuses more than 255."""

_WHOLE = 10**12
T = FieldType


def add_choices(book: Workbook, words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """A hidden sheet with the words of each drop-down; field key → the range that a check refers to."""
    if not words:
        return {}
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(OwnSheet.CHOICES.label)
    sheet["A1"] = OwnSheet.CHOICES.value
    sheet.sheet_state = "veryHidden"
    ranges = {}
    for column, (key, own) in enumerate(words.items(), 1):
        for row, word in enumerate(own, 2):
            cell = sheet.cell(row, column)
            cell.value = word
            cell.data_type = "s"
        letter = get_column_letter(column)
        ranges[key] = f"'{sheet.title}'!${letter}$2:${letter}${len(own) + 1}"
    return ranges


def check_entries(
    sheet: Worksheet, field: Field, column: int, rows: tuple[int, int], choices: str, *, free: bool
) -> None:
    """Check what is typed into a column; a field that takes any text only shows its hint.

    Args:
        column: from 1; `rows` the first and the last.
        choices: range of the words of a drop-down; empty for none.
        free: other words than these may be typed.
    """
    from openpyxl.utils import get_column_letter

    letter = get_column_letter(column)
    rule = _rule(field, f"{letter}{rows[0]}", choices, free=free)
    if rule is None:
        return
    rule.allowBlank = True
    if field.hint:
        rule.promptTitle, rule.prompt = field.label[:30], field.hint[:_LONGEST]
        rule.showInputMessage = True
    rule.add(f"{letter}{rows[0]}:{letter}{rows[1]}")
    sheet.add_data_validation(rule)


def _rule(field: Field, first: str, choices: str, *, free: bool) -> DataValidation | None:
    from openpyxl.worksheet.datavalidation import DataValidation

    if choices:
        made = DataValidation(type="list", formula1=choices)
        return _refusing(made, f"{field.label}请从下拉列表中选择。", stop=not free)
    if field.type in (T.INTEGER, T.DECIMAL, T.MONEY):
        low = -_WHOLE if field.minimum is None else field.minimum
        high = _WHOLE if field.maximum is None else field.maximum
        made = DataValidation(operator="between", formula1=str(low), formula2=str(high))
        made.type = "whole" if field.type is T.INTEGER else "decimal"
        return _refusing(made, f"{field.label}请填{how_to_fill(field)}。")
    if field.type in (T.PARTIAL_DATE, T.DATE, T.DATETIME):
        made = DataValidation(type="custom", formula1=_dated(first, whole=field.type is not T.PARTIAL_DATE))
        return _refusing(made, f"{field.label}请填{how_to_fill(field)}。")
    return DataValidation() if field.hint else None


def _refusing(rule: DataValidation, message: str, *, stop: bool = True) -> DataValidation:
    rule.errorStyle = "stop" if stop else "warning"
    rule.errorTitle, rule.error = ("不能这样填写" if stop else "请核对"), message[:_LONGEST]
    rule.showErrorMessage = True
    return rule


def _dated(cell: str, *, whole: bool) -> str:
    """A formula that is true for 2019, 2019-09, 2019.9, 2019年9月 and a day; the cells hold text.

    Excel takes 255 characters at most; what it lets through is told when the form comes back.
    """
    year = f"ISNUMBER(--LEFT({cell},4)),--LEFT({cell},4)>=1900,--LEFT({cell},4)<=2100"
    parted = f'ISNUMBER(FIND(MID({cell}&" ",5,1),".-/年"))'
    return f"AND({year},{parted},LEN({cell})>=8)" if whole else f"AND({year},OR(LEN({cell})=4,{parted}))"


def how_to_fill(field: Field) -> str:
    """What a field takes, as a form says it: 0 至 2000 的整数; 年月，如 2019-09，只知道年份的填 2019."""
    bounds = " 至 ".join(str(bound) for bound in (field.minimum, field.maximum) if bound is not None)
    if field.minimum is not None and field.maximum is None:
        bounds = f"不小于 {bounds}"
    numbers = {T.INTEGER: "整数", T.DECIMAL: "数字，最多四位小数", T.MONEY: "金额，单位为元"}
    if field.type in numbers:
        return f"{bounds} 的{numbers[field.type]}" if bounds else numbers[field.type]
    return {
        T.PARTIAL_DATE: "年月，如 2019-09，只知道年份的填 2019",
        T.DATE: "年月日，如 2024-03-15",
        T.DATETIME: "日期和时间，如 2024-03-15 17:00",
        T.FLAG: "是或否",
        T.PERSON: "姓名",
        T.LONG_TEXT: "文字，可以分行",
    }.get(field.type, "文字")
