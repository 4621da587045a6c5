"""评分表 as a workbook: marks are checked as they are typed, and nothing but marks and remarks can be changed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.forms.scoring import KEPT_OUT, ScoreSheet
from dualcreate_desktop.papers.workbook import (
    Dress,
    new_sheet,
    put_heads,
    put_lines,
    put_notes,
    save_book,
    set_up,
)

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

HEAD = 3
"""The row of the heads: above them the title and the line that names the reviewer."""

_NAME, _CATEGORY, _FIRST_MARK = 2, 3, 4


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that a criterion gives, and how much it counts in the total."""

    maximum: Decimal
    weight: Decimal


def write_score_sheet(
    path: Path, form: ScoreSheet, bounds: tuple[Bound, ...], marks: tuple[str, ...]
) -> None:
    """Write one reviewer's workbook.

    Args:
        bounds: of each criterion of the form.
        marks: hidden in a column of their own: which form it is, then which application each row is.

    Raises:
        UserError: the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    dress = Dress(new_sheet(book, "评分表"))
    columns = _FIRST_MARK + len(form.criteria) + 1
    put_lines(dress, 1, (form.title, form.who), columns)
    put_heads(dress, HEAD, _heads(form))
    for number, _ in enumerate(form.rows):
        _put_row(dress, number, form, bounds)
    last = HEAD + len(form.rows)
    put_notes(dress, last + 2, ("注：只需填写各项评分和备注；应当回避或弃权的，在备注中写明，不评分。",))
    set_up(dress.sheet, HEAD, last, columns, landscape=True)
    dress.sheet.auto_filter.ref = None
    _check_marks(dress.sheet, form, bounds, last)
    _hide_marks(dress.sheet, marks, columns + 1)
    dress.sheet.protection.sheet = True
    save_book(book, path)


def _heads(form: ScoreSheet) -> list[tuple[str, int]]:
    marks = [(criterion, 14) for criterion in form.criteria]
    return [("序号", 6), ("申报党组织", 36), ("类别", 18), *marks, ("合计", 10), ("备注", 16)]


def _put_row(dress: Dress, place: int, form: ScoreSheet, bounds: tuple[Bound, ...]) -> None:
    from openpyxl.styles import Protection
    from openpyxl.utils import get_column_letter

    row, number = form.rows[place], HEAD + 1 + place
    dress.put(number, 1, place + 1, Align.CENTER)
    dress.put(number, _NAME, row.name)
    dress.put(number, _CATEGORY, row.category)
    total = _FIRST_MARK + len(bounds)
    marks = range(_FIRST_MARK, total)
    for column in marks:
        cell = dress.put(number, column, None, Align.CENTER)
        cell.protection = Protection(locked=row.kept_out)
    letters = [get_column_letter(column) for column in marks]
    summed = "+".join(
        f"{letter}{number}" + ("" if bound.weight == 1 else f"*{bound.weight}")
        for letter, bound in zip(letters, bounds, strict=True)
    )
    counted = f"COUNT({letters[0]}{number}:{letters[-1]}{number})"
    if row.kept_out:
        dress.put(number, total, None)
    else:
        dress.formula(number, total, f'=IF({counted}={len(bounds)},{summed},"")')
    note = dress.put(number, total + 1, KEPT_OUT if row.kept_out else None)
    note.protection = Protection(locked=row.kept_out)


def _hide_marks(sheet: Worksheet, marks: tuple[str, ...], column: int) -> None:
    from openpyxl.utils import get_column_letter

    form, *rows = marks
    sheet.cell(HEAD - 1, column).value = form
    for number, mark in enumerate(rows, HEAD + 1):
        sheet.cell(number, column).value = mark
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _check_marks(sheet: Worksheet, form: ScoreSheet, bounds: tuple[Bound, ...], last: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for column, (criterion, bound) in enumerate(zip(form.criteria, bounds, strict=True), _FIRST_MARK):
        rule = DataValidation(type="decimal", operator="between", formula1="0", formula2=str(bound.maximum))
        rule.allowBlank = True
        rule.errorTitle, rule.error = "评分超出范围", f"“{criterion}”请填 0 至 {bound.maximum} 之间的数。"
        rule.showErrorMessage = True
        letter = get_column_letter(column)
        rule.add(f"{letter}{HEAD + 1}:{letter}{last}")
        sheet.add_data_validation(rule)
