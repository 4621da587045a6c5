"""A sheet as its sender sees it: every row under its own number, the head and the data as they were recognised."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from db.vocabulary import RowState
from dualcreate_desktop.intake.grid import Merge
from dualcreate_desktop.intake.plan import PlanRow
from dualcreate_desktop.intake.rows import SkipReason
from dualcreate_desktop.intake.values import clean
from dualcreate_desktop.office.laying_out import Matched, matched
from dualcreate_desktop.office.previewing import Preview, PreviewColumn
from ui.cell_model import CellModel, Index
from ui.preview_model import Wanted

Role = Qt.ItemDataRole

MOST_MERGES = 500
"""Merged ranges that are shown as such; more make a table slow to scroll."""

_NOWHERE = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class SheetModel(CellModel):
    """Shows the cells of a sheet, with what each row and column means beside and above them."""

    tells_changes = False

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown: list[int] = []
        self._width = 0
        self._records: dict[int, PlanRow] = {}
        self._skipped: dict[int, SkipReason] = {}
        self._columns: dict[int, PreviewColumn] = {}
        self._matched: list[Matched] = []

    def show(self, preview: Preview, wanted: Wanted = None, *, frozen: bool = False) -> None:
        """Show the whole sheet, or the rows of one filter.

        Args:
            frozen: nothing may be mended any more.
        """
        self.beginResetModel()
        plan, rows = preview.sheet.plan, preview.sheet.grid.rows
        self.preview, self.frozen = preview, frozen
        self._width = max(map(len, rows), default=0)
        self._records = {row.row - 1: row for row in plan.rows}
        self._skipped = {row.row - 1: row.reason for row in plan.skipped}
        self._columns = {column.place: column for column in preview.columns if column.place is not None}
        self._matched = [matched(preview.sheet.guess, column) for column in range(self._width)]
        some = [row.row - 1 for row in preview.rows(wanted)] if wanted is not None else range(len(rows))
        self._shown = [row for row in some if 0 <= row < len(rows)]
        self.fresh.clear()
        self.endResetModel()

    def number(self, row: int) -> int:
        """Where a row of the table stands in the sheet, from 0."""
        return self._shown[row]

    def matched(self, column: int) -> Matched:
        """What a column means."""
        return self._matched[column]

    @property
    def merges(self) -> tuple[Merge, ...]:
        """The merged ranges, where all rows are shown one under the other."""
        if self.preview is None or len(self._shown) != len(self.preview.sheet.grid.rows):
            return ()
        return self.preview.sheet.grid.merges[:MOST_MERGES]

    def row_at(self, index: Index) -> PlanRow | None:
        """The record that stands in the row."""
        return self._records.get(self._shown[index.row()]) if index.isValid() else None

    def column_at(self, index: Index) -> PreviewColumn | None:
        """The field that the column means."""
        return self._columns.get(index.column()) if index.isValid() else None

    def is_head(self, index: Index) -> bool:
        """Whether the cell stands in the head of the table."""
        return self.preview is not None and self._shown[index.row()] in self.preview.sheet.guess.header_rows

    def is_calm(self, index: Index) -> bool:
        """What stands above, between and under the records, and columns that are not imported."""
        if self.is_head(index):
            return False
        row = self.row_at(index)
        return row is None or row.state is RowState.SKIPPED or self.column_at(index) is None

    def why_no_record(self, index: Index) -> str:
        """Why the row is no record; empty for a record and for a blank row."""
        reason = self._skipped.get(self._shown[index.row()]) if index.isValid() else None
        return "" if reason is None else reason.label

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The rows of the sheet, or of the filter."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """The columns of the widest row."""
        return 0 if parent.isValid() else self._width

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """What the sender wrote, or what it was mended to."""
        if not index.isValid() or self.preview is None:
            return None
        if role in (Role.DisplayRole, Role.EditRole):
            return self._text(index)
        if role == Role.TextAlignmentRole:
            return _LEFT
        return self.tooltip_at(index) if role == Role.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Above a column what it means and how surely; beside a row its number."""
        if role == Role.TextAlignmentRole:
            across = orientation == Qt.Orientation.Horizontal
            return _LEFT if across else Qt.AlignmentFlag.AlignCenter
        if role != Role.DisplayRole:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return _column_words(self._matched[section]) if section < len(self._matched) else None
        return self._row_words(self._shown[section]) if section < len(self._shown) else None

    def _row_words(self, row: int) -> str:
        assert self.preview is not None
        if row in self.preview.sheet.guess.header_rows:
            return f"{row + 1} 表头"
        record = self._records.get(row)
        told = record is not None and record.state in (RowState.PROBLEM, RowState.SKIPPED)
        return f"{row + 1} {record.state.label}" if record is not None and told else str(row + 1)

    def _text(self, index: Index) -> str:
        assert self.preview is not None
        place = (self._shown[index.row()], index.column())
        sheet = self.preview.sheet
        if place in self.fresh:
            return self.fresh[place]
        told = sheet.mends.get(place, sheet.grid.errors.get(place) or sheet.grid.shown.get(place))
        return clean(sheet.grid.cell(*place)) if told is None else told


def _column_words(column: Matched) -> str:
    """B 支部名称, and below how surely it is that field."""
    if column.field is None:
        return f"{column.letter}\n不导入"
    sure = f"{column.confidence:.0%}"
    return (
        f"{column.letter}  {column.field.label}\n{sure} 请核对"
        if column.doubtful
        else (f"{column.letter}  {column.field.label}\n{sure}")
    )
