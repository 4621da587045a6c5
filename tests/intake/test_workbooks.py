"""What only the file format tells: errors, formulas, hidden rows, number formats."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date

import openpyxl
import pytest
import xlwt

from db.errors import FileRefused
from dualcreate_desktop.intake.grid import Grid, SheetState

GridOf = Callable[..., Grid]


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def replaced(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part of its zip changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def new_sheet() -> tuple[openpyxl.Workbook, openpyxl.worksheet.worksheet.Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    return book, sheet


def test_an_error_cell_keeps_its_text_and_place(grid_of: GridOf) -> None:
    book, sheet = new_sheet()
    sheet["B3"] = "#N/A"
    sheet["B3"].data_type = "e"
    assert grid_of(saved(book)).errors == {(2, 1): "#N/A"}


def test_a_formula_that_was_never_calculated_is_told(grid_of: GridOf) -> None:
    book, sheet = new_sheet()
    sheet["A1"], sheet["A2"] = "=1+1", 5
    assert grid_of(saved(book)).uncalculated == {(0, 0)}


def test_a_picture_cell_of_wps_is_no_text(grid_of: GridOf) -> None:
    book, sheet = new_sheet()
    sheet["A1"] = '=_xlfn.DISPIMG("ID_1",1)'
    assert grid_of(saved(book)).pictures == {(0, 0)}


def test_numbers_come_with_what_excel_shows(grid_of: GridOf) -> None:
    book, sheet = new_sheet()
    for column, (value, code) in enumerate(
        [
            (123, "000000"),
            (2019.1, "0.00"),
            (date(2019, 9, 1), 'yyyy"年"m"月"'),
            (date(2019, 9, 1), "yyyy-mm-dd"),
        ],
        1,
    ):
        cell = sheet.cell(1, column, value)
        cell.number_format = code
    assert grid_of(saved(book)).shown == {(0, 0): "000123", (0, 1): "2019.10", (0, 2): "2019年9月"}


def test_hidden_rows_columns_and_sheets_are_told(grid_of: GridOf) -> None:
    book, sheet = new_sheet()
    sheet["A1"] = sheet["C3"] = "x"
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    book.create_sheet("可见")
    sheet.sheet_state = "hidden"
    grid = grid_of(saved(book))
    assert (grid.hidden_rows, grid.hidden_columns, grid.state) == ({1}, {1}, SheetState.HIDDEN)


@pytest.mark.parametrize("rename", [lambda name: name.replace("/", "\\"), str.upper])
def test_the_facts_are_found_under_names_that_careless_programs_write(
    grid_of: GridOf, rename: Callable[[str], str]
) -> None:
    book, sheet = new_sheet()
    sheet["A1"] = "#N/A"
    sheet["A1"].data_type = "e"
    sheet.row_dimensions[1].hidden = True
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(rename(name) if name.startswith("xl/worksheets") else name, old.read(name))
    grid = grid_of(out.getvalue())
    assert (grid.errors, grid.hidden_rows) == ({(0, 0): "#N/A"}, {0})


def test_a_document_type_behind_a_long_comment_is_refused(grid_of: GridOf) -> None:
    book, sheet = new_sheet()
    sheet["A1"] = "甲"
    hostile = b"<!--" + b"x" * 5000 + b"--><!DOCTYPE worksheet [<!ENTITY b 'c'>]><worksheet "
    data = replaced(
        saved(book), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<worksheet ", hostile, 1)
    )
    with pytest.raises(FileRefused, match="DOCTYPE"):
        grid_of(data)


def test_an_old_workbook_tells_the_same_facts(grid_of: GridOf) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    sheet.write(0, 0, 123, xlwt.easyxf(num_format_str="000000"))
    sheet.write(0, 1, 43709, xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    sheet.write(0, 2, date(2019, 9, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write_merge(1, 2, 0, 1, "合并")
    sheet.row(4).hidden = True
    sheet.write(4, 0, True)
    out = io.BytesIO()
    book.save(out)
    grid = grid_of(out.getvalue(), "名册.et")
    assert grid.rows[0] == (123.0, date(2019, 9, 1), date(2019, 9, 1))
    assert grid.shown == {(0, 0): "000123", (0, 1): "2019年9月"}
    assert (grid.merges[0].bottom, grid.hidden_rows, grid.cell(4, 0)) == (2, {4}, True)


def test_the_built_in_month_format_of_chinese_excel_shows_a_month(grid_of: GridOf) -> None:
    """Format 57 is declared nowhere in the file; Excel and WPS write it for 2019年9月."""
    book, sheet = new_sheet()
    sheet["A1"] = 43709
    sheet["A1"].number_format = "0.000000"

    def use_57(xml: bytes) -> bytes:
        return xml.replace(b'<numFmt numFmtId="164"', b'<numFmt numFmtId="199"').replace(b'"164"', b'"57"')

    styles = replaced(saved(book), "xl/styles.xml", use_57)
    assert grid_of(styles).shown == {(0, 0): "2019年9月"}


def test_the_built_in_month_format_is_known_in_old_files_too(grid_of: GridOf) -> None:
    book = xlwt.Workbook()
    book.add_sheet("名册").write(0, 0, 43709, xlwt.easyxf(num_format_str="0.000000"))
    out = io.BytesIO()
    book.save(out)
    custom_format_of_a_style = rb"(\xe0\x00\x14\x00..)\xa5\x00"
    data = re.sub(
        custom_format_of_a_style, lambda found: found[1] + b"\x39\x00", out.getvalue(), flags=re.DOTALL
    )
    grid = grid_of(data, "名册.xls")
    assert (grid.cell(0, 0), grid.shown) == (date(2019, 9, 1), {(0, 0): "2019年9月"})
