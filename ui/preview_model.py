"""The rows of a previewed sheet, with their true numbers, filtered by what will happen to them."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from db.vocabulary import RowState
from dualcreate_desktop.fields import FieldType
from dualcreate_desktop.intake.grid import Place
from dualcreate_desktop.intake.plan import PlanRow
from dualcreate_desktop.intake.reading import Problem
from dualcreate_desktop.office.previewing import Doubt, Preview, PreviewCell, PreviewColumn, worst

Index = QModelIndex | QPersistentModelIndex
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
_NUMERIC = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)


class PreviewModel(QAbstractTableModel):
    """Shows a preview; what is typed into a cell is told, not kept.

    Signals:
        typed: (row, column) in the sheet, from 0, and the text.
    """

    typed = Signal(tuple, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self._wanted: Wanted = None
        self._rows: tuple[PlanRow, ...] = ()
        self._columns: tuple[PreviewColumn, ...] = ()
        self._changing: set[str] = set()
        self._fresh: dict[Place, str] = {}
        self.frozen = False

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
        self._fresh.clear()
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

    def cell_at(self, index: Index) -> PreviewCell | None:
        """The cell of an index; None for the number and the state."""
        row, column = self.row_at(index), self.column_at(index)
        if self.preview is None or row is None or column is None:
            return None
        return self.preview.cell(row, column)

    def problem_at(self, index: Index) -> Problem | None:
        """What is wrong with a cell; at the number and the state what is wrong with the row elsewhere."""
        row, column = self.row_at(index), self.column_at(index)
        if row is None:
            return None
        if column is not None:
            return worst(row, column.field.key)
        return max(row.problems, key=lambda problem: problem.is_error, default=None)

    def doubtful_column(self, number: int) -> int:
        """The column of a row where something is wrong first; that of the state when no cell is."""
        told = {problem.key for problem in self._rows[number].problems} if number < len(self._rows) else set()
        keys = (place for place, column in enumerate(self._columns) if column.field.key in told)
        return next(keys, STATE - _FIXED) + _FIXED

    def options_at(self, index: Index) -> tuple[str, ...]:
        """What a cell can be mended to."""
        row, column = self.row_at(index), self.column_at(index)
        if self.preview is None or row is None or column is None:
            return ()
        return self.preview.options(row, column)

    def place_at(self, index: Index) -> Place | None:
        """Where a cell stands in the sheet; None where it cannot be mended."""
        row, column = self.row_at(index), self.column_at(index)
        if self.frozen or self.preview is None or row is None or column is None or column.place is None:
            return None
        return (row.row - 1, column.place) if self.preview.can_mend(row, column) else None

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

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the file can be edited until they are imported."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.place_at(index) is not None else flags

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
        return self._tooltip(index) if role == Role.ToolTipRole else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Tell what was typed, and show it until the sheet is previewed anew."""
        place, cell = self.place_at(index), self.cell_at(index)
        text = str(value).strip()
        if role != Role.EditRole or place is None or cell is None or text == cell.typed:
            return False
        self._fresh[place] = text
        self.dataChanged.emit(index, index)
        self.typed.emit(place, text)
        return True

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
        fresh = self._fresh.get(self.place_at(index) or (-1, -1))
        return fresh if fresh is not None else cell.text if cell is not None else ""

    def _tooltip(self, index: Index) -> str:
        cell, problem = self.cell_at(index), self.problem_at(index)
        lines = [problem.message] if problem is not None else []
        if cell is not None:
            lines += [f"库中：{cell.before}", f"表中：{cell.text}"] if cell.before is not None else []
            lines += [f"表中原写作：{cell.sent}"] if cell.sent is not None else []
        return "\n".join(lines)
