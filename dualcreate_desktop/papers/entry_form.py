"""填报表: a list as a workbook that a unit fills in, checks as it is typed, prints, signs and sends back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dualcreate_desktop.fields import Align, Field, FieldType
from dualcreate_desktop.papers.entry_checks import add_choices, check_entries
from dualcreate_desktop.papers.entry_guide import add_guide
from dualcreate_desktop.papers.workbook import Dress, Value, new_sheet, put_lines, save_book, set_up

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MARKS, HEAD = 3, 4
"""The hidden row of marks, and the row of the heads: above them the title and whose form it is."""

_NUMBERS = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY})
_SIGNATURES = (
    "填报人：　　　　　　　　联系电话：　　　　　　　　　　审核人：　　　　　　　　单位负责人（签字）："
)
_LINE_HEIGHT = 18
_NARROWEST = 8
_MARGIN = 0.4
"""Left and right on paper, in inches."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One column to fill in.

    Args:
        words: of the drop-down, in its order; empty for none.
        free: other words than these may be typed.
        fixed: cannot be changed in a row that is filled in already.
    """

    field: Field
    words: tuple[str, ...] = ()
    free: bool = False
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class EntryRow:
    """A row that is filled in already.

    Args:
        mark: which record it is, for the hidden column.
        cells: field key → what stands in the cell.
    """

    mark: str
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class EntryForm:
    """One workbook.

    Args:
        title: above the list, 党支部名册.
        owner: the line that is sealed, 填报单位（盖章）：机械工程学院党委.
        mark: which form it is, for the hidden cell.
        spare: empty rows to add records in.
        advice: lines above the 填表说明.
    """

    title: str
    owner: str
    mark: str
    columns: tuple[Entry, ...]
    rows: tuple[EntryRow, ...]
    spare: int
    advice: tuple[str, ...] = ()


def write_entry_form(path: Path, form: EntryForm) -> None:
    """Write the workbook: the list, 填表说明 and a hidden sheet of choices.

    Raises:
        UserError: the file cannot be written.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    dress = Dress(new_sheet(book, form.title))
    _put_list(dress, form)
    add_guide(
        book, form.title, [(entry.field, entry.words, entry.free) for entry in form.columns], form.advice
    )
    ranges = add_choices(book, {entry.field.key: entry.words for entry in form.columns if entry.words})
    last = _last_row(form)
    for column, entry in enumerate(form.columns, 2):
        check_entries(
            dress.sheet,
            entry.field,
            column,
            (HEAD + 1, last),
            ranges.get(entry.field.key, ""),
            free=entry.free,
        )
    save_book(book, path)


def _last_row(form: EntryForm) -> int:
    return HEAD + max(len(form.rows) + form.spare, 1)


def _put_list(dress: Dress, form: EntryForm) -> None:
    width = len(form.columns) + 1
    last = _last_row(form)
    put_lines(dress, 1, (form.title, form.owner), width)
    _put_marks(dress.sheet, form, width + 1)
    _put_heads(dress, form)
    for number in range(HEAD + 1, last + 1):
        place = number - HEAD - 1
        _put_row(dress, number, form, form.rows[place] if place < len(form.rows) else None)
    dress.bare(last + 2, 1, _SIGNATURES)
    _set_up(dress.sheet, width, last)


def _put_marks(sheet: Worksheet, form: EntryForm, column: int) -> None:
    """The hidden row of field keys and the hidden column of identities; where they cross, the mark of the form."""
    from openpyxl.utils import get_column_letter

    for place, entry in enumerate(form.columns, 2):
        sheet.cell(MARKS, place).value = entry.field.key
    sheet.cell(MARKS, column).value = form.mark
    for number, row in enumerate(form.rows, HEAD + 1):
        sheet.cell(number, column).value = row.mark
    sheet.row_dimensions[MARKS].hidden = True
    sheet.column_dimensions[get_column_letter(column)].hidden = True


def _put_heads(dress: Dress, form: EntryForm) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    dress.head(HEAD, 1, "序号")
    dress.sheet.column_dimensions["A"].width = 6
    dress.sheet.row_dimensions[HEAD].height = 2 * _LINE_HEIGHT
    for place, entry in enumerate(form.columns, 2):
        label = entry.field.label
        dress.head(HEAD, place, f"{label}*" if entry.field.required else label)
        if entry.field.required:
            dress.sheet.cell(HEAD, place).font = Font(name="宋体", size=11, bold=True, color="FFC00000")
        width = max(entry.field.width, _NARROWEST) + 2
        dress.sheet.column_dimensions[get_column_letter(place)].width = width


def _put_row(dress: Dress, number: int, form: EntryForm, row: EntryRow | None) -> None:
    from openpyxl.styles import PatternFill, Protection

    dress.put(number, 1, number - HEAD if row is not None else None, Align.CENTER)
    for place, entry in enumerate(form.columns, 2):
        value = row.cells.get(entry.field.key) if row is not None else None
        numeric = entry.field.type in _NUMBERS
        cell = dress.put(number, place, value, Align.CENTER if numeric else Align.LEFT)
        if not numeric:
            cell.number_format = "@"
        if row is not None and entry.fixed and value is not None:
            cell.fill = PatternFill("solid", fgColor="FFF2F4F7")
        else:
            cell.protection = Protection(locked=False)


def _set_up(sheet: Worksheet, width: int, last: int) -> None:
    """Protect all but what is to be filled in, and print the list with its seal and signatures on A4 across."""
    from openpyxl.utils import get_column_letter

    set_up(sheet, HEAD, last, width, landscape=True)
    sheet.freeze_panes = f"A{HEAD + 1}"
    sheet.auto_filter.ref = None
    sheet.print_area = f"A1:{get_column_letter(width)}{last + 2}"
    sheet.page_margins.left = sheet.page_margins.right = _MARGIN
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False
