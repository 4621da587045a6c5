"""A sheet whose cells are met one after the other, as pages and XML tables tell them."""

from __future__ import annotations

from dualcreate_desktop.intake.grid import Cell, Grid, Merge, Place, SheetState
from dualcreate_desktop.intake.xlsx import check_area

LONGEST_SPAN = 1000
"""More rows or columns than that are not one cell."""


class GrowingSheet:
    """Cells placed one after the other, stepping over those that a span above has taken."""

    def __init__(self, name: str, file: str) -> None:
        self.name, self.file = name, file
        self.state = SheetState.VISIBLE
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.errors: dict[Place, str] = {}
        self.uncalculated: set[Place] = set()
        self.shown: dict[Place, str] = {}
        self._rows: list[dict[int, Cell]] = []
        self._merges: list[Merge] = []
        self._taken: set[Place] = set()
        self._column = 0
        self._width = 0

    @property
    def row(self) -> int:
        """The row being filled, −1 before the first."""
        return len(self._rows) - 1

    def next_row(self, index: int | None = None) -> None:
        """Begin a row, at `index` from 0 when the file names one."""
        target = len(self._rows) if index is None else max(index, len(self._rows))
        check_area(self.file, self.name, target + 1, max(self._width, 1))
        self._rows.extend({} for _ in range(target + 1 - len(self._rows)))
        self._column = 0

    def place(self, index: int | None = None, *, down: int = 0, right: int = 0) -> Place:
        """The place of the next cell, which spans `down` more rows and `right` more columns."""
        if not self._rows:
            self.next_row()
        row, column = self.row, self._column if index is None else index
        while (row, column) in self._taken:
            column += 1
        if down or right:
            self._merges.append(Merge(row, column, row + down, column + right))
            self._taken.update((row + r, column + c) for r in range(down + 1) for c in range(right + 1))
        self._column = column + right + 1
        self._width = max(self._width, self._column)
        check_area(self.file, self.name, row + 1, self._width)
        return row, column

    def put(self, place: Place, value: Cell) -> None:
        """Set a cell."""
        self._rows[place[0]][place[1]] = value

    def grid(self) -> Grid:
        """What was gathered."""
        rows = (tuple(row.get(c, "") for c in range(max(row, default=-1) + 1)) for row in self._rows)
        return Grid(
            self.name,
            tuple(rows),
            tuple(self._merges),
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.state,
            self.errors,
            frozenset(self.uncalculated),
            self.shown,
        )
