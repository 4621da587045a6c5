"""A new workbook from what was read of one whose format cannot be written: values, merged cells, widths."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from dualcreate_desktop.intake.grid import Cell, Grid, SheetState, column_letter

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_REFUSED = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST_NAME = 31
_NARROWEST, _WIDEST = 8, 40
_LOOKED_AT = 200
_LARGEST_MERGE = 100_000


def rebuilt(grids: Iterable[Grid]) -> Workbook:
    """A workbook with a sheet for each grid, in their order."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in grids:
        sheet = book.create_sheet(_name(book, grid.name))
        _fill(sheet, grid)
        _shape(sheet, grid)
    return book


def _name(book: Workbook, name: str) -> str:
    plain = _REFUSED.sub(" ", _CONTROL.sub("", name)).strip().strip("'")[:_LONGEST_NAME] or "表"
    number, free = 2, plain
    while free in book.sheetnames:
        free = f"{plain[: _LONGEST_NAME - 4]}({number})"
        number += 1
    return free


def _fill(sheet: Worksheet, grid: Grid) -> None:
    for top, cells in enumerate(grid.rows):
        for left, value in enumerate(cells):
            if value != "":
                _put(sheet, top + 1, left + 1, value)
    for (row, column), text in grid.shown.items():
        sheet.cell(row + 1, column + 1).number_format = _format(grid.cell(row, column), text)
    for (row, column), text in grid.errors.items():
        sheet.cell(row + 1, column + 1).value = text
        sheet.cell(row + 1, column + 1).data_type = "e"
    for row, column in grid.uncalculated:
        sheet.cell(row + 1, column + 1).value = '=""'


def _put(sheet: Worksheet, row: int, column: int, value: Cell) -> None:
    """A value of its own type; text stays text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _CONTROL.sub("", value)
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd hh:mm" if hasattr(value, "hour") else "yyyy-mm-dd"


def _format(value: Cell, shown: str) -> str:
    """A number format that shows a value as the sender saw it: 2019年9月, 2019.10, 000123."""
    if isinstance(value, date):
        return 'yyyy"年"m"月"' if "月" in shown else 'yyyy"年"'
    whole, point, decimals = shown.partition(".")
    return "0" * len(whole) + point + "0" * len(decimals)


def _shape(sheet: Worksheet, grid: Grid) -> None:
    for merge in grid.merges:
        if (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1) <= _LARGEST_MERGE:
            sheet.merge_cells(
                start_row=merge.top + 1,
                start_column=merge.left + 1,
                end_row=merge.bottom + 1,
                end_column=merge.right + 1,
            )
    for row in grid.hidden_rows:
        sheet.row_dimensions[row + 1].hidden = True
    for column in range(max(map(len, grid.rows), default=0)):
        dimension = sheet.column_dimensions[column_letter(column)]
        dimension.width = _width(grid, column)
        dimension.hidden = column in grid.hidden_columns
    if grid.state is not SheetState.VISIBLE:
        sheet.sheet_state = "hidden" if grid.state is SheetState.HIDDEN else "veryHidden"


def _width(grid: Grid, column: int) -> float:
    """Wide enough for most of the first rows, in half-width characters; a title over all columns does not count."""
    texts = [str(grid.cell(row, column)) for row in range(min(len(grid.rows), _LOOKED_AT))]
    widths = sorted(max(map(half_widths, text.splitlines())) for text in texts if text)
    most = widths[int(len(widths) * 0.9)] if len(widths) > 1 else 0
    return float(min(max(most + 2, _NARROWEST), _WIDEST))


def half_widths(text: str) -> int:
    """How wide a line of text is, a Chinese character counted twice."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
