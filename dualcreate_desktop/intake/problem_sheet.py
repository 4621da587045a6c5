"""问题清单: the sheet in front of a marked copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dualcreate_desktop.intake.grid import column_letter
from dualcreate_desktop.intake.marking import Mark, Marking
from dualcreate_desktop.intake.rebuilding import half_widths
from dualcreate_desktop.lists.form_marks import OwnSheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_COLUMNS = (
    ("序号", 6),
    ("工作表", 16),
    ("行", 7),
    ("列", 6),
    ("原内容", 24),
    ("问题", 46),
    ("建议", 26),
    ("要求", 10),
)
_CENTERED = frozenset({1, 3, 4, 8})
_LINE = 18
"""Height of a line of text, in points."""
_MOST = 5_000
"""Problems listed; nobody mends more by hand, and the cells are all marked."""


def add_problem_sheet(book: Workbook, order: Marking, names: Mapping[str, str]) -> None:
    """Put the list of problems first; each leads to its cell.

    Args:
        names: name of a sheet as it was read → its name in this workbook.
    """
    name = OwnSheet.PROBLEMS.label
    while name in book.sheetnames:
        name += "_"
    sheet: Worksheet = book.create_sheet(name, 0)
    sheet["A1"] = OwnSheet.PROBLEMS.value
    sheet.row_dimensions[1].hidden = True
    head = _put_lines(sheet, order)
    for number, mark in enumerate(order.marks[:_MOST], 1):
        _put_mark(sheet, head + number, number, mark, names.get(mark.sheet, ""))
    _set_up(sheet, head, head + min(len(order.marks), _MOST))


def _put_lines(sheet: Worksheet, order: Marking) -> int:
    """Title, words for the sender and the heads; returns the row of the heads."""
    from openpyxl.styles import Font

    sheet.cell(2, 1, f"问题清单：{order.source.name}").font = Font(name="宋体", size=16, bold=True)
    sheet.row_dimensions[2].height = 30
    more = f"（只列出前 {_MOST} 处，其余见标红的单元格）" if len(order.marks) > _MOST else ""
    told = (
        *order.intro,
        f"共 {len(order.marks)} 处{more}。请在原表的标红、标黄单元格里直接修改，不要增删列；"
        "改好后把整个文件发回，本表不用填写。点“行”可以跳到那一格。",
    )
    for number, text in enumerate(told, 3):
        sheet.cell(number, 1).value = text
        sheet.cell(number, 1).font = Font(name="宋体", size=11)
    head = 3 + len(told)
    for column, (label, width) in enumerate(_COLUMNS, 1):
        _rule(sheet, head, column, label, bold=True)
        sheet.column_dimensions[column_letter(column - 1)].width = width + 2
    return head


def _put_mark(sheet: Worksheet, row: int, number: int, mark: Mark, name: str) -> None:
    from openpyxl.styles import Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    values: tuple[str | int | None, ...] = (
        number,
        mark.sheet,
        mark.row or None,
        mark.column,
        mark.raw,
        mark.message,
        mark.suggestion,
        "须改正" if mark.is_error else "请核对",
    )
    for column, value in enumerate(values, 1):
        _rule(sheet, row, column, value)
    sheet.row_dimensions[row].height = _LINE * max(map(_lines, values, _COLUMNS))
    fill = PatternFill("solid", fgColor="FFFFC7CE" if mark.is_error else "FFFFEB9C")
    sheet.cell(row, len(values)).fill = fill
    if mark.row and name:
        link = sheet.cell(row, 3)
        quoted = name.replace("'", "''")
        link.hyperlink = Hyperlink(link.coordinate, location=f"'{quoted}'!{mark.column or 'A'}{mark.row}")
        link.font = Font(name="宋体", size=11, underline="single", color="FF0563C1")


def _lines(value: str | int | None, column: tuple[str, int]) -> int:
    """How many lines a value takes in its column; not every program fits the height by itself."""
    parts = str(value or "").splitlines() or [""]
    return sum(half_widths(part) // column[1] + 1 for part in parts)


def _rule(sheet: Worksheet, row: int, column: int, value: str | int | None, *, bold: bool = False) -> None:
    """One ruled cell; text stays text."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    thin = Side(style="thin", color="FFBFBFBF")
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = Font(name="宋体", size=11, bold=bold)
    cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
    centered = bold or column in _CENTERED
    cell.alignment = Alignment(horizontal="center" if centered else "left", vertical="center", wrap_text=True)
    if bold:
        cell.fill = PatternFill("solid", fgColor="FFF2F4F7")


def _set_up(sheet: Worksheet, head: int, last: int) -> None:
    """Freeze the heads and print on A4 across."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{column_letter(len(_COLUMNS) - 1)}{last}"
    sheet.print_title_rows = f"{head}:{head}"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
