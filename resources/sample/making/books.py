"""Workbooks as offices make them, and byte for byte the same on every run."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from resources.sample.making.notation import Shown

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Row = Sequence[object]

STAMP = "2024-03-01T08:00:00Z"
ZIP_TIME = (2024, 3, 1, 8, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a merged title, lines below it, one or more heading rows, the rows, and what stands at the foot.

    Args:
        lines: cells of the rows between title and headings; one cell alone is merged over the width.
        headings: several rows where headings are grouped; None is a cell merged into the one left of it or above it.
        merge_down: columns (from 0) whose equal values in a run become one merged cell.
        foot: cells of the rows below the table.
        aside: a note to the right of the table.
        widths: of the columns, in characters.
    """

    name: str
    title: str
    headings: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    lines: tuple[Row, ...] = ()
    foot: tuple[Row, ...] = ()
    aside: str = ""
    merge_down: tuple[int, ...] = ()

    @property
    def heading_row(self) -> int:
        """The first heading row, from 1."""
        return (1 if self.title else 0) + len(self.lines) + 1

    @property
    def first_row(self) -> int:
        """The first row of the table, from 1."""
        return self.heading_row + len(self.headings)


def write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write an .xlsx whose times, and so whose bytes, do not depend on the day."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "党委组织部"
    for sheet in sheets:
        _fill(book.create_sheet(sheet.name), sheet)
    buffer = io.BytesIO()
    book.save(buffer)
    path.write_bytes(_timeless(buffer.getvalue()))


def _timeless(data: bytes) -> bytes:
    """The same archive with fixed times: openpyxl stamps every entry and docProps/core.xml with the clock."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(W3CDTF\">)[^<]*", rb"\g<1>" + STAMP.encode(), content)
            entry = zipfile.ZipInfo(name, ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return target.getvalue()


def _fill(page: Worksheet, sheet: Sheet) -> None:
    _write_rows(page, sheet)
    _merge_headings(page, sheet)
    _merge_runs(page, sheet)
    _set_looks(page, sheet)


def _write_rows(page: Worksheet, sheet: Sheet) -> None:
    if sheet.title:
        page.cell(1, 1, sheet.title)
        page.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(sheet.widths))
    for number, line in enumerate(sheet.lines, start=sheet.heading_row - len(sheet.lines)):
        _put(page, number, line)
        if len(line) == 1:
            page.merge_cells(start_row=number, end_row=number, start_column=1, end_column=len(sheet.widths))
    body = (*sheet.headings, *sheet.rows, *sheet.foot)
    for number, row in enumerate(body, start=sheet.heading_row):
        _put(page, number, row)
    if sheet.aside:
        page.cell(sheet.first_row, len(sheet.widths) + 2, sheet.aside)


def _put(page: Worksheet, number: int, row: Row) -> None:
    for column, value in enumerate(row, start=1):
        cell = page.cell(number, column)
        if isinstance(value, Shown):
            cell.number_format = value.number_format
        cell.value = value.value if isinstance(value, Shown) else value  # type: ignore[assignment]  # its stubs leave out what a cell accepts


def _merge_headings(page: Worksheet, sheet: Sheet) -> None:
    if len(sheet.headings) < 2:
        return
    top, below = sheet.headings
    row = sheet.heading_row
    for column, text in enumerate(top, start=1):
        if text is None:
            continue
        if below[column - 1] is None:
            page.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
        else:
            width = 1 + next(
                (n for n, later in enumerate(top[column:]) if later is not None), len(top) - column
            )
            page.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + width - 1)


def _merge_runs(page: Worksheet, sheet: Sheet) -> None:
    for column in sheet.merge_down:
        row = sheet.first_row
        for _, run in groupby(sheet.rows, key=lambda cells: cells[column]):
            end = row + len(list(run)) - 1
            if end > row:
                page.merge_cells(start_row=row, end_row=end, start_column=column + 1, end_column=column + 1)
            row = end + 1


def _set_looks(page: Worksheet, sheet: Sheet) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    line = Side(style="thin")
    border, centred = Border(line, line, line, line), Alignment("center", "center", wrap_text=True)
    last = sheet.first_row + len(sheet.rows) - 1
    for number, row in enumerate(
        page.iter_rows(min_row=sheet.heading_row, max_row=last, max_col=len(sheet.widths)), sheet.heading_row
    ):
        for cell in row:
            cell.font = Font(name="宋体", size=11, bold=number < sheet.first_row)
            long = isinstance(cell.value, str) and len(cell.value) > 30
            cell.alignment = Alignment("left", "center", wrap_text=True) if long else centred
            cell.border = border
    for column, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    if sheet.title:
        page["A1"].font, page["A1"].alignment = Font(name="黑体", size=16, bold=True), centred
        page.row_dimensions[1].height = 32
    for number, cells in enumerate((*sheet.headings, *sheet.rows), start=sheet.heading_row):
        page.row_dimensions[number].height = 15 * _lines(cells, sheet.widths) + 4
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _lines(cells: Row, widths: Sequence[int]) -> int:
    """How many lines the fullest cell needs."""
    texts = zip(cells, widths, strict=False)
    return max((_wrapped(text, width) for text, width in texts if isinstance(text, str)), default=1)


def _wrapped(text: str, width: int) -> int:
    """Lines of a text; a Chinese character is as wide as two digits."""
    return sum(-(-sum(1 + (char > "\u2000") for char in line) // width) for line in text.split("\n"))


def write_xls(path: Path, sheet: Sheet) -> None:
    """Write the sheet as an old Excel 97–2003 file."""
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet(sheet.name)
    title = xlwt.easyxf("font: bold on, height 320, name 黑体; align: horiz center, vert center")
    boxed = xlwt.easyxf(
        "font: name 宋体, height 220; align: horiz center, vert center, wrap on;"
        "borders: left thin, right thin, top thin, bottom thin"
    )
    page.write_merge(0, 0, 0, len(sheet.widths) - 1, sheet.title, title)
    for number, line in enumerate(sheet.lines, start=1):
        for column, value in enumerate(line):
            page.write(number, column, value)
    for number, row in enumerate((*sheet.headings, *sheet.rows), start=sheet.heading_row - 1):
        for column, value in enumerate(row):
            page.write(number, column, value, boxed)
    for number, line in enumerate(sheet.foot, start=sheet.first_row + len(sheet.rows) - 1):
        for column, value in enumerate(line):
            page.write(number, column, value)
    for column, width in enumerate(sheet.widths):
        page.col(column).width = 256 * width
    page.portrait, page.header_str, page.footer_str = False, b"", b""
    page.fit_num_pages, page.fit_width_to_pages, page.fit_height_to_pages = 1, 1, 0
    book.save(str(path))


def write_csv(path: Path, rows: Sequence[Row], encoding: str) -> None:
    """Write a .csv in that encoding, with the line ends of Excel."""
    with path.open("w", encoding=encoding, newline="") as target:
        csv.writer(target).writerows(rows)
