"""A sheet as it was read: values at their true coordinates, and what only its file format tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; the empty string is an empty cell."""

Place = tuple[int, int]
"""Row and column, from 0."""

MOST_CELLS = 6_000_000
"""The largest area from A1 to the last used cell that is read; more is a stray cell far away."""


class SheetState(Enum):
    """Whether the sheet can be seen in Excel."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very_hidden"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; all bounds from 0 and inclusive. Only the first cell holds a value."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet.

    Args:
        rows: the cells from A1 on; rows may differ in length.
        errors: places of error cells with their text, such as #N/A.
        uncalculated: places of formulas whose file has no result.
        shown: what Excel shows where that tells more than the value: 2019.10, 000123, 2019年9月.
        pictures: places of picture cells, which hold no text.
        origins: where cells truly stand, of a sheet that was gathered from a form: 表格 1 第 3 行.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    state: SheetState = SheetState.VISIBLE
    errors: Mapping[Place, str] = field(default_factory=dict)
    uncalculated: frozenset[Place] = frozenset()
    shown: Mapping[Place, str] = field(default_factory=dict)
    pictures: frozenset[Place] = frozenset()
    origins: Mapping[Place, str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell:
        """The value at a place, the empty string beyond the edge."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]


def column_letter(column: int) -> str:
    """The letters of a column counted from 0: A, B … Z, AA."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return letters
