"""Forms of our own making that came back filled: their hidden marks say what they are, so nothing is guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.lists.form_marks import FormMark, RowMark

_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class FoundForm:
    """The marks of a form in a sheet; rows and columns from 0.

    Args:
        row: of the mark and the field keys; the head is the row below.
        column: in which the identities of the records stand.
        keys: column → field key.
    """

    mark: FormMark
    row: int
    column: int
    keys: Mapping[int, str]

    def row_mark(self, grid: Grid, row: int) -> RowMark | None:
        """Which record a row is; None for one that the unit added."""
        cell = grid.cell(row, self.column)
        return RowMark.parse(cell) if isinstance(cell, str) else None


def find_form(grid: Grid) -> FoundForm | None:
    """The form that a sheet is; None for a sheet of the sender's own making."""
    for row, cells in enumerate(grid.rows[:_DEEPEST]):
        for column, cell in enumerate(cells):
            mark = FormMark.parse(cell) if isinstance(cell, str) else None
            if mark is not None:
                keys = {
                    place: key.strip()
                    for place, key in enumerate(cells)
                    if place != column and isinstance(key, str) and key.strip()
                }
                return FoundForm(mark, row, column, keys)
    return None
