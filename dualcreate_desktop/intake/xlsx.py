"""Excel workbooks: calamine for the values, a pass over the XML for what it leaves out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from db.errors import FileRefused
from dualcreate_desktop.intake.containers import Source
from dualcreate_desktop.intake.grid import MOST_CELLS, Grid, Merge, Place, SheetState, column_letter
from dualcreate_desktop.intake.ooxml_facts import SheetFacts, sheet_facts
from dualcreate_desktop.intake.shown import show

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook, SheetMetadata


def read_xlsx(source: Source) -> tuple[Grid, ...]:
    """The worksheets of an OOXML workbook, with errors, formulas, hidden rows and number formats."""
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        facts = sheet_facts(archive, source.name)
    for name, fact in facts.items():
        check_area(source.name, name, fact.last_row + 1, fact.last_column + 1)
    return tuple(with_facts(grid, facts.get(grid.name)) for grid in read_values(source))


def read_values(source: Source) -> tuple[Grid, ...]:
    """The sheets as calamine gives them: values, merges and visibility."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum

    with CalamineWorkbook.from_filelike(io.BytesIO(source.data)) as workbook:
        return tuple(
            _grid(workbook, index, source.name)
            for index, sheet in enumerate(workbook.sheets_metadata)
            if sheet.typ == SheetTypeEnum.WorkSheet
        )


def _grid(workbook: CalamineWorkbook, index: int, file: str) -> Grid:
    sheet = workbook.get_sheet_by_index(index)
    check_area(file, sheet.name, sheet.total_height, sheet.total_width)
    rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
    return Grid(
        name=sheet.name,
        rows=tuple(map(tuple, rows)),
        merges=_merges(sheet),
        state=_state(workbook.sheets_metadata[index]),
    )


def _state(sheet: SheetMetadata) -> SheetState:
    from python_calamine import SheetVisibleEnum

    if sheet.visible == SheetVisibleEnum.Visible:
        return SheetState.VISIBLE
    return SheetState.HIDDEN if sheet.visible == SheetVisibleEnum.Hidden else SheetState.VERY_HIDDEN


def _merges(sheet: CalamineSheet) -> tuple[Merge, ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple(Merge(top, left, bottom, right) for (top, left), (bottom, right) in ranges)


def check_area(file: str, sheet: str, rows: int, columns: int) -> None:
    """FileRefused when the area from A1 to the last used cell is beyond what a list can need."""
    if rows * columns <= MOST_CELLS:
        return
    raise FileRefused(
        f"工作表“{sheet}”的内容远到 {column_letter(columns - 1)}{rows}，范围过大",
        where=file,
        todo="请删去远离表格的单元格（或把表格复制到新的工作簿），保存后再导入",
    )


def with_facts(grid: Grid, facts: SheetFacts | None) -> Grid:
    """The grid with what the XML pass found; a sheet that it did not meet is left as it is."""
    if facts is None:
        return grid
    return replace(
        grid,
        errors=facts.errors,
        hidden_rows=frozenset(facts.hidden_rows),
        hidden_columns=frozenset(facts.hidden_columns),
        uncalculated=frozenset(place for place in facts.formulas if grid.cell(*place) == ""),
        pictures=frozenset(facts.pictures),
        shown=shown_texts(grid, facts.formats),
    )


def shown_texts(grid: Grid, formats: Mapping[Place, str]) -> dict[Place, str]:
    """What Excel shows in the cells of those number formats, where it differs from the bare value."""
    texts = ((place, show(grid.cell(*place), code)) for place, code in formats.items())
    return {place: text for place, text in texts if text}
