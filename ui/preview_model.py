"""The rows of a previewed sheet, with their true numbers, filtered by what will happen to them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from db.vocabulary import RowState
from dualcreate_desktop.fields import FieldType
from dualcreate_desktop.intake.plan import PlanRow
from dualcreate_desktop.office.previewing import Doubt, Preview, PreviewColumn
from ui.cell_model import CellModel, Index

Role = Qt.ItemDataRole
Wanted = RowState | Doubt | None

NUMBER, STATE, FIRST = 0, 1, 2
"""The columns before those of the file, and its first."""

ARROW = "  →  "
"""Between what is stored and what replaces it."""

WIDEST = 44
"""No column is made wider than that for the sake of old and new, in half-width characters."""

_HEADINGS = ("行", "状态")
_FIXED = len(_HEADINGS)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NOWHERE = QModelIndex()
_CALM = (RowState.SAME, RowState.DUPLICATE, RowState.SKIPPED)
_NUMERIC = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)


class PreviewModel(CellModel):
    """Shows what an import would do, one row of the file under the other, those of one filter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: Wanted = None
        self._rows: tuple[PlanRow, ...] = ()
        self._columns: tuple[PreviewColumn, ...] = ()
        self._changing: set[str] = set()

    def show(self, preview: Preview | None, wanted: Wanted = None, *, frozen: bool = False) -> None:
        """Show the rows of one filter.

        Args:
            frozen: nothing may be mended any more.
        """
        self.beginResetModel()
        self.preview, self._wanted, self.frozen = preview, wanted, frozen
        self._rows = () if preview is None else preview.rows(wanted)
        self._columns = () if preview is None else preview.columns
        self._changing = {change.key for row in self._rows for change in row.changes}
        self.fresh.clear()
        self.endResetModel()

    @property
    def wanted(self) -> Wanted:
        """The filter that is shown."""
        return self._wanted

    def row_at(self, index: Index) -> PlanRow | None:
        """The row of an index."""
        return self._rows[index.row()] if index.isValid() else None

    def column_at(self, index: Index) -> PreviewColumn | None:
        """The field of an index; None for the number and the state."""
        place = index.column() - _FIXED
        return self._columns[place] if index.isValid() and place >= 0 else None

    def is_state(self, index: Index) -> bool:
        """Whether the state of the row stands there, as a pill."""
        return index.column() == STATE

    def is_calm(self, index: Index) -> bool:
        """Numbers, and rows that write nothing new."""
        return self.column_at(index) is None or self.value_at(index) in _CALM

    def doubtful_column(self, number: int) -> int:
        """The column of a row where something is wrong first; that of the state when it is in no cell of the file."""
        told = {problem.key for problem in self._rows[number].problems} if number < len(self._rows) else set()
        keys = (
            place
            for place, column in enumerate(self._columns)
            if column.field.key in told and column.place is not None
        )
        return next(keys, STATE - _FIXED) + _FIXED

    def value_at(self, index: Index) -> object:
        """The state behind the pill."""
        row = self.row_at(index)
        return None if row is None else row.state

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """The rows of the filter."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Number, state, and those of the file."""
        return 0 if parent.isValid() or self.preview is None else _FIXED + len(self._columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Text, alignment and tooltip of a cell."""
        if not index.isValid():
            return None
        if role == Role.DisplayRole:
            return self._text(index)
        if role == Role.EditRole:
            cell = self.cell_at(index)
            return None if cell is None else cell.typed
        if role == Role.TextAlignmentRole:
            return self._alignment(index.column())
        return self.tooltip_at(index) if role == Role.ToolTipRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """The letter of the sender's column and the office's word."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Role.TextAlignmentRole:
            return self._alignment(section)
        if role != Role.DisplayRole:
            return None
        return _HEADINGS[section] if section < _FIXED else self._columns[section - _FIXED].heading

    def width_of(self, section: int) -> int:
        """How wide a column should be, in half-width characters: old and new have room beside each other."""
        if section < _FIXED:
            return (6, 10)[section]
        field = self._columns[section - _FIXED].field
        twice = 2 * field.width + len(ARROW)
        return max(field.width, min(twice, WIDEST)) if field.key in self._changing else field.width

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        numeric = section >= _FIXED and self._columns[section - _FIXED].field.type in _NUMERIC
        return _RIGHT if numeric or section == NUMBER else _LEFT

    def _text(self, index: Index) -> str:
        row = self._rows[index.row()]
        if index.column() == NUMBER:
            return str(row.row or "—")
        if index.column() == STATE:
            return row.state.label
        cell = self.cell_at(index)
        fresh = self.fresh.get(self.place_at(index) or (-1, -1))
        return fresh if fresh is not None else cell.text if cell is not None else ""
