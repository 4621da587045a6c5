"""The sender's own workbook with red cells, comments and a list of problems in front. Runs in the child process.

openpyxl opens the file, so it runs after `losses` looked at it and never in the process of the window.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from dualcreate_desktop.intake.containers import Kind, Source
from dualcreate_desktop.intake.grid import Grid, Place
from dualcreate_desktop.intake.locked import unlock
from dualcreate_desktop.intake.losses import losses, too_merged
from dualcreate_desktop.intake.marking import Mark, MarkedCopy, Marking
from dualcreate_desktop.intake.problem_sheet import add_problem_sheet
from dualcreate_desktop.intake.rebuilding import rebuilt
from dualcreate_desktop.intake.stored_values import with_values
from dualcreate_desktop.lists.form_marks import OwnSheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

AUTHOR = "党建“双创”工作系统"
"""Of the comments: those of an earlier copy are taken out again by it."""

RED, YELLOW = "FFFFC7CE", "FFFFEB9C"
_NOTE_WIDTH, _LINE_HEIGHT, _CHARACTERS = 260, 20, 18
_FEWEST_LINES = 2
_LOST_WHEN_REBUILT = ("字体、颜色、边框等格式", "公式（保留了结果）")

_log = logging.getLogger(__name__)


def make_marked_copy(order: Marking, grids: tuple[Grid, ...]) -> MarkedCopy:
    """The copy of a workbook that was read as these grids.

    Raises:
        FileRefused, PasswordNeeded: it cannot be opened.
    """
    source = unlock(order.source, order.passwords)
    lost = ["打开密码"] if source.data is not order.source.data else []
    if source.kind is Kind.XLSX and not too_merged(source.data):
        try:
            data = _marked(order, _opened(source, grids), grids, own=True)
            return MarkedCopy(data, False, (*lost, *losses(source.data)))
        except Exception:  # noqa: BLE001 openpyxl fails on odd workbooks in any way; then the copy is made anew
            _log.info("%s: rebuilt", order.source.name, exc_info=True)
    data = _marked(order, rebuilt(grids), grids, own=False)
    return MarkedCopy(data, True, (*lost, *_LOST_WHEN_REBUILT))


def _marked(order: Marking, book: Workbook, grids: tuple[Grid, ...], *, own: bool) -> bytes:
    names = _sheet_names(book, grids, own=own)
    _take_out_old_marks(book)
    for name, marks in _by_sheet(order.marks).items():
        if name in names:
            _mark_sheet(book[names[name]], marks)
    add_problem_sheet(book, order, names)
    _show_first(book)
    return _saved(book, {names[grid.name]: grid for grid in grids})


def _opened(source: Source, grids: Iterable[Grid]) -> Workbook:
    """The workbook; ValueError when openpyxl does not find all of its sheets."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # openpyxl tells what it drops; `losses` has told it in the office's words
        book = openpyxl.load_workbook(io.BytesIO(source.data))
    missing = {grid.name for grid in grids} - {sheet.title for sheet in book.worksheets}
    if missing:
        raise ValueError(f"sheets that openpyxl does not find: {missing}")
    return book


def _sheet_names(book: Workbook, grids: Iterable[Grid], *, own: bool) -> dict[str, str]:
    """Name of the sheet as it was read → its name in the copy."""
    if own:
        return {sheet.title: sheet.title for sheet in book.worksheets}
    return {grid.name: sheet.title for grid, sheet in zip(grids, book.worksheets, strict=True)}


def _by_sheet(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    result: dict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        result[mark.sheet].append(mark)
    return result


def _take_out_old_marks(book: Workbook) -> None:
    """A workbook that was sent back before keeps nothing of what was said then."""
    from openpyxl.styles import PatternFill

    for sheet in list(book.worksheets):
        value = sheet.cell(1, 1).value
        if isinstance(value, str) and OwnSheet.marked(value) is OwnSheet.PROBLEMS:
            book.remove(sheet)
            continue
        cells = list(
            sheet._cells.values()
        )  # not iter_rows: a styled cell far away would be a walk without end
        for cell in cells:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.fgColor.rgb in (RED, YELLOW):
                    cell.fill = PatternFill()


def _mark_sheet(sheet: Worksheet, marks: Iterable[Mark]) -> None:
    covered = {
        (row, column): (merge.min_row, merge.min_col)
        for merge in sheet.merged_cells.ranges
        for row in range(merge.min_row, merge.max_row + 1)
        for column in range(merge.min_col, merge.max_col + 1)
    }
    placed: dict[Place, list[Mark]] = defaultdict(list)
    for mark in marks:
        if mark.row:
            place = (mark.row, _column(sheet, mark))
            placed[covered.get(place, place)].append(mark)
    for (row, column), here in placed.items():
        _mark_cell(sheet, row, column, here)


def _column(sheet: Worksheet, mark: Mark) -> int:
    """The column of the mark; the first cell with content for a row as a whole."""
    from openpyxl.utils import column_index_from_string

    if mark.column:
        return column_index_from_string(mark.column)
    filled = (
        column
        for column in range(1, sheet.max_column + 1)
        if sheet.cell(mark.row, column).value is not None and not _is_hidden(sheet, column)
    )
    return next(filled, 1)


def _is_hidden(sheet: Worksheet, column: int) -> bool:
    from openpyxl.utils import get_column_letter

    return bool(sheet.column_dimensions[get_column_letter(column)].hidden)


def _mark_cell(sheet: Worksheet, row: int, column: int, marks: list[Mark]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    cell = sheet.cell(row, column)
    cell.fill = PatternFill("solid", fgColor=RED if any(mark.is_error for mark in marks) else YELLOW)
    said = [cell.comment.text] if cell.comment is not None else []
    text = "\n".join((*said, *map(_words, marks)))
    comment = Comment(text, AUTHOR, width=_NOTE_WIDTH)
    lines = sum(len(line) // _CHARACTERS + 1 for line in text.splitlines())
    comment.height = _LINE_HEIGHT * max(lines + 1, _FEWEST_LINES)
    cell.comment = comment


def _words(mark: Mark) -> str:
    """The problem as a comment says it."""
    suggestion = f"（是否为：{mark.suggestion}）" if mark.suggestion else ""
    return f"{'须改正' if mark.is_error else '请核对'}：{mark.message}{suggestion}"


def _show_first(book: Workbook) -> None:
    """Open at the list of problems; a second selected sheet would be typed into unseen."""
    book.active = 0
    for number, sheet in enumerate(book.worksheets):
        sheet.sheet_view.tabSelected = number == 0


def _saved(book: Workbook, grids: Mapping[str, Grid]) -> bytes:
    """The workbook with the values as they were read.

    Args:
        grids: name of a sheet in this workbook → as it was read.
    """
    if book.calculation is not None:
        book.calculation.fullCalcOnLoad = True
    out = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # as when it was opened
        book.save(out)
    parts = {sheet.path.lstrip("/"): grids[sheet.title] for sheet in book.worksheets if sheet.title in grids}
    return with_values(out.getvalue(), parts, book.epoch)
