"""The one writer of Excel workbooks. Text is always text: nothing that a unit typed becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.papers.saving import save_whole

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Text that begins so is taken for a formula by Excel, WPS or a reader of CSV."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that XML does not allow."""
ROW_HEIGHT, LINE_HEIGHT, HIGHEST = 20, 15, 409
"""Of a row of one line, of each line of a higher one, and of the highest row that Excel takes, in points."""
_TITLE_REFUSED = re.compile(r"[\[\]:*?/\\]")

Value = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One list.

    Args:
        columns: hidden ones are left out; a column with a `text` function is written as that text, any other by the
            type of its value: numbers and dates stay what they are.
        rows: dataclasses with an attribute for every column.
        banner: lines above the heads, the first as title.
        notes: lines below.
        totals: keys of columns whose sum stands below the last row as a live formula.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[object]
    banner: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    totals: frozenset[str] = frozenset()
    landscape: bool = True


def write_workbook(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write lists into one workbook, a sheet each, ready to print on A4.

    Raises:
        UserError: the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _add_sheet(book, sheet)
    save_book(book, path)
    _take_apart(book)


def save_book(book: Workbook, path: Path) -> None:
    """Save a workbook whole or not at all; Excel and WPS calculate its formulas on opening."""
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    save_whole(path, book.save)


def _take_apart(book: Workbook) -> None:
    """Sheets and cells point at each other: the collector would stop the window for a second to find half a million."""
    for sheet in book.worksheets:
        sheet.delete_rows(1, sheet.max_row)


def _add_sheet(book: Workbook, sheet: Sheet) -> None:
    columns = [column for column in sheet.columns if not column.hidden]
    made = new_sheet(book, sheet.title)
    dress = Dress(made)
    put_lines(dress, 1, sheet.banner, len(columns))
    head = len(sheet.banner) + 1
    put_heads(dress, head, [(column.label, column.width) for column in columns])
    for number, row in enumerate(sheet.rows, head + 1):
        for place, column in enumerate(columns, 1):
            dress.put(number, place, value_of(column, row), column.align)
    last = head + len(sheet.rows)
    if sheet.totals:
        _put_totals(dress, columns, sheet.totals, head + 1, last)
    put_notes(dress, last + (3 if sheet.totals else 2), sheet.notes)
    set_up(made, head, last, len(columns), landscape=sheet.landscape)


def value_of(column: Column, row: object) -> Value:
    """What a cell holds: a number or date of its own type, anything else as the text that the window shows."""
    value = getattr(row, column.key)
    if column.text is None and isinstance(value, int | Decimal | date) and not isinstance(value, bool):
        return value
    if isinstance(value, bool) and column.text is None:
        return "是" if value else "否"
    return column.show(row)


class Dress:
    """Writes cells of one sheet: borders, alignment, number formats, and text that stays text."""

    def __init__(self, sheet: Worksheet) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        thin = Side(style="thin", color="FFBFBFBF")
        self.sheet = sheet
        self._border = Border(left=thin, right=thin, top=thin, bottom=thin)
        self._alignments = {
            align: Alignment(horizontal=align.value, vertical="center", wrap_text=True) for align in Align
        }
        self._plain = Font(name="宋体", size=11)
        self._bold = Font(name="宋体", size=11, bold=True)
        self._title = Font(name="宋体", size=16, bold=True)
        self._fill = PatternFill("solid", fgColor="FFF2F4F7")
        self._across = Alignment(horizontal="centerContinuous", vertical="center")
        self._ruled: dict[tuple[Align, bool, str, bool], StyleArray] = {}

    def put(
        self, row: int, column: int, value: Value, align: Align = Align.LEFT, *, bold: bool = False
    ) -> Cell:
        """Write one ruled cell."""
        cell = self.bare(row, column, value)
        styled: Any = cell  # the stubs leave out `_style`, which openpyxl documents for copying
        key = (align, bold, cell.number_format, bool(cell.quotePrefix))
        if key not in self._ruled:
            cell.font = self._bold if bold else self._plain
            cell.border = self._border
            cell.alignment = self._alignments[align]
            self._ruled[key] = styled._style
        styled._style = copy(self._ruled[key])  # five times as fast as assigning the parts again
        return cell

    def head(self, row: int, column: int, label: str) -> None:
        """Write the head of a column."""
        self.put(row, column, label, Align.CENTER, bold=True).fill = self._fill

    def line(self, row: int, text: str, columns: int, *, title: bool) -> None:
        """Write a line of the banner; the title is centred over the columns without merging them."""
        cell = self.bare(row, 1, text)
        cell.font = self._title if title else self._plain
        if title:
            for column in range(1, columns + 1):
                self.sheet.cell(row, column).alignment = self._across

    def formula(self, row: int, column: int, text: str, number_format: str = "General") -> None:
        """Write a live formula of our own making."""
        cell = self.put(row, column, None, Align.RIGHT)
        cell.value = text
        cell.number_format = number_format

    def bare(self, row: int, column: int, value: Value) -> Cell:
        """Write a value without rules around it; a string is stored as text whatever it begins with."""
        cell = cast("Cell", self.sheet.cell(row, column))  # this writer merges no cells
        if isinstance(value, str):
            cell.value = _CONTROL.sub("", value)
            cell.data_type = "s"
            if value.startswith(FORMULA_STARTS):
                cell.quotePrefix = True
        elif value is not None:
            cell.value = value
            cell.number_format = number_format(value)
        return cell


def number_format(value: int | Decimal | date) -> str:
    """How Excel shows a value."""
    if isinstance(value, datetime):
        return "yyyy-mm-dd hh:mm"
    if isinstance(value, date):
        return "yyyy-mm-dd"
    decimals = -int(value.as_tuple().exponent) if isinstance(value, Decimal) and value.is_finite() else 0
    return "0." + "0" * decimals if decimals > 0 else "0"


def new_sheet(book: Workbook, title: str) -> Worksheet:
    """An empty sheet; its name loses what Excel refuses, is at most 31 characters long and its own."""
    name = _TITLE_REFUSED.sub(" ", title).strip().strip("'")[:31] or "表"
    number = 2
    while name in book.sheetnames:
        name = f"{name[:27]}({number})"
        number += 1
    made: Worksheet = book.create_sheet(name)
    return made


def put_lines(dress: Dress, start: int, lines: Sequence[str], columns: int) -> None:
    """Write the banner."""
    for number, text in enumerate(lines):
        dress.line(start + number, text, columns, title=number == 0)
        dress.sheet.row_dimensions[start + number].height = 30 if number == 0 else 18


def put_notes(dress: Dress, start: int, notes: Iterable[str]) -> None:
    """Write the lines below a list."""
    for number, text in enumerate(notes):
        dress.line(start + number, text, 1, title=False)


def put_heads(dress: Dress, row: int, heads: Sequence[tuple[str, int]]) -> None:
    """Write the heads (label, width in half-width characters)."""
    from openpyxl.utils import get_column_letter

    lines = max((_lines_of(label, width + 1) for label, width in heads), default=1)
    dress.sheet.row_dimensions[row].height = LINE_HEIGHT * lines + 9
    for place, (label, width) in enumerate(heads, 1):
        dress.head(row, place, label)
        dress.sheet.column_dimensions[get_column_letter(place)].width = width + 2


def _put_totals(dress: Dress, columns: list[Column], totals: frozenset[str], first: int, last: int) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        if column.key in totals:
            shown = dress.sheet.cell(last, place).number_format
            dress.formula(last + 1, place, f"=SUM({letter}{first}:{letter}{max(first, last)})", shown)
        else:
            dress.put(last + 1, place, "合计" if place == 1 else None, Align.CENTER, bold=True)


def set_up(sheet: Worksheet, head: int, last: int, columns: int, *, landscape: bool) -> None:
    """Freeze and filter the heads, and print on A4: heads on every page, one page wide, centred, numbered.

    Rows below the head become as high as their texts need, unless they were given a height.
    """
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = f"A{head + 1}"
    if last > head:
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(columns)}{last}"
    _fit_rows(sheet, head + 1, last, columns)
    sheet.print_title_rows = f"{head}:{head}"
    print_on_a4(sheet, landscape=landscape)


def print_on_a4(sheet: Worksheet, *, landscape: bool) -> None:
    """Print one page wide, centred, the pages numbered."""
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.page import PageMargins
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.7, bottom=0.7, header=0.3, footer=0.3)
    sheet.print_options.horizontalCentered = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第 &P 页 共 &N 页"))


def _fit_rows(sheet: Worksheet, first: int, last: int, columns: int) -> None:
    """Not every program makes a row higher on opening; one of a single line is left to the program, to grow while typed in."""
    from openpyxl.utils import get_column_letter

    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = ROW_HEIGHT, True
    widths = [
        int(sheet.column_dimensions[get_column_letter(place)].width) - 1 for place in range(1, columns + 1)
    ]
    for number, cells in enumerate(sheet.iter_rows(first, max(first, last), max_col=columns), first):
        texts = (cell.value if cell.data_type == "s" else "" for cell in cells)
        lines = max(_lines_of(str(text), width) for text, width in zip(texts, widths, strict=True))
        if lines > 1 and sheet.row_dimensions[number].height is None:
            sheet.row_dimensions[number].height = min(LINE_HEIGHT * lines + 5, HIGHEST)


def _lines_of(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many half-width characters."""
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, -(-_half_widths(line) // width)) for line in text.split("\n"))


def _half_widths(text: str) -> int:
    return sum(1 if ord(character) < 256 else 2 for character in text)


def write_csv(path: Path, columns: Sequence[Column], rows: Iterable[object]) -> None:
    """Write a list as CSV that Excel and WPS open in Chinese (UTF-8 with its mark).

    Raises:
        UserError: the file cannot be written.
    """
    save_whole(path, lambda unfinished: _write_csv(unfinished, columns, rows))


def _write_csv(path: Path, columns: Sequence[Column], rows: Iterable[object]) -> None:
    import csv

    shown = [column for column in columns if not column.hidden]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([guarded(column.label) for column in shown])
        writer.writerows(_csv_rows(shown, rows))


def _csv_rows(columns: list[Column], rows: Iterable[object]) -> Iterator[list[str]]:
    for row in rows:
        values = [value_of(column, row) for column in columns]
        yield [guarded(value) if isinstance(value, str) else str(value) for value in values]


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
