"""Old Excel and WPS files (BIFF), read by xlrd, which tells formats, errors and hidden rows as well."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import Source
from dualcreate_desktop.intake.grid import Cell, Grid, Merge, Place, SheetState
from dualcreate_desktop.intake.shown import BUILT_IN, matters
from dualcreate_desktop.intake.xlsx import check_area, read_values, shown_texts

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

_STATES = {0: SheetState.VISIBLE, 1: SheetState.HIDDEN, 2: SheetState.VERY_HIDDEN}
_NUMBER, _DATE, _BOOLEAN, _ERROR = 2, 3, 4, 5


def read_xls(source: Source) -> tuple[Grid, ...]:
    """The worksheets of an xls or et; values alone, by calamine, where xlrd gives up."""
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=source.data, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        return tuple(_grid(book, sheet, source.name) for sheet in book.sheets())
    except FileRefused:
        raise
    except Exception:  # noqa: BLE001 xlrd answers a damaged record with almost any exception; calamine may do better
        return read_values(source)


def _grid(book: Book, sheet: Sheet, file: str) -> Grid:
    check_area(file, sheet.name, sheet.nrows, sheet.ncols)
    kinds = [sheet.row_types(row) for row in range(sheet.nrows)]
    grid = Grid(
        name=sheet.name,
        rows=tuple(
            tuple(map(_cell, kinds[row], sheet.row_values(row), (book.datemode,) * len(kinds[row])))
            for row in range(sheet.nrows)
        ),
        merges=tuple(
            Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells
        ),
        hidden_rows=frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden),
        hidden_columns=frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden),
        state=_STATES.get(sheet.visibility, SheetState.VISIBLE),
        errors=_errors(sheet),
    )
    return replace(grid, shown=shown_texts(grid, _formats(book, sheet)))


def _cell(kind: int, value: object, datemode: int) -> Cell:
    if kind == _NUMBER and isinstance(value, float):
        return value
    if kind == _DATE and isinstance(value, float):
        return _moment(value, datemode)
    if kind == _BOOLEAN:
        return bool(value)
    return str(value) if kind != _ERROR else ""


def _moment(serial: float, datemode: int) -> Cell:
    """A date, a time of day below 1, or the bare number where the calendar has no such day."""
    import xlrd

    try:
        moment: datetime = xlrd.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return serial
    if serial < 1:
        return moment.time()
    return moment.date() if moment.time() == time() else moment


def _errors(sheet: Sheet) -> dict[Place, str]:
    import xlrd

    return {
        (row, column): xlrd.error_text_from_code.get(sheet.cell_value(row, column), "#?")
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind == _ERROR
    }


def _formats(book: Book, sheet: Sheet) -> dict[Place, str]:
    """The number formats that matter, by place."""
    codes = [_code(book, style.format_key) for style in book.xf_list]
    interesting = {index for index, code in enumerate(codes) if matters(code)}
    return {
        (row, column): codes[sheet.cell_xf_index(row, column)]
        for row in range(sheet.nrows)
        for column, kind in enumerate(sheet.row_types(row))
        if kind in (_NUMBER, _DATE) and sheet.cell_xf_index(row, column) in interesting
    }


def _code(book: Book, key: int) -> str:
    if key in BUILT_IN:
        return BUILT_IN[key]
    declared = book.format_map.get(key)
    return (declared.format_str or "") if declared else ""
