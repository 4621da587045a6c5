"""What the two grids of a preview share: which row and field a cell is, what is wrong with it, how it is mended."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from dualcreate_desktop.intake.grid import Place
from dualcreate_desktop.intake.plan import PlanRow
from dualcreate_desktop.intake.reading import Problem
from dualcreate_desktop.office.previewing import Preview, PreviewCell, PreviewColumn, worst

Index = QModelIndex | QPersistentModelIndex


class CellModel(QAbstractTableModel):
    """Shows a preview cell by cell; what is typed into a cell is told, not kept.

    Attributes:
        preview: what is shown; None while nothing is.
        frozen: nothing may be mended any more.

    Signals:
        typed: (row, column) in the sheet, from 0, and the text.
    """

    typed = Signal(tuple, str)

    tells_changes = True
    """whether a cell shows what it replaces"""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.preview: Preview | None = None
        self.frozen = False
        self.fresh: dict[Place, str] = {}

    def row_at(self, index: Index) -> PlanRow | None:
        """The planned row of an index; None where the sheet has no record."""
        raise NotImplementedError

    def column_at(self, index: Index) -> PreviewColumn | None:
        """The field of an index; None where there is none."""
        raise NotImplementedError

    def is_state(self, index: Index) -> bool:
        """Whether the state of the row stands there, as a pill."""
        return False

    def is_head(self, index: Index) -> bool:
        """Whether the cell belongs to the head of the sheet."""
        return False

    def is_calm(self, index: Index) -> bool:
        """Whether nothing will come of the cell."""
        raise NotImplementedError

    def why_no_record(self, index: Index) -> str:
        """Why the row is no record; empty for a record."""
        return ""

    def cell_at(self, index: Index) -> PreviewCell | None:
        """The cell of an index; None where it belongs to no record or field."""
        row, column = self.row_at(index), self.column_at(index)
        if self.preview is None or row is None or column is None:
            return None
        return self.preview.cell(row, column)

    def problem_at(self, index: Index) -> Problem | None:
        """What is wrong with a cell; where it has no field what is wrong with the row elsewhere."""
        row, column = self.row_at(index), self.column_at(index)
        if row is None:
            return None
        if column is not None:
            return worst(row, column.field.key)
        return max(row.problems, key=lambda problem: problem.is_error, default=None)

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

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of the file can be edited until they are imported."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.place_at(index) is not None else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what was typed, and show it until the sheet is previewed anew."""
        place, cell = self.place_at(index), self.cell_at(index)
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or place is None or cell is None or text == cell.typed:
            return False
        self.fresh[place] = text
        self.dataChanged.emit(index, index)
        self.typed.emit(place, text)
        return True

    def tooltip_at(self, index: Index) -> str:
        """What is wrong with a cell, what it replaces and what it was."""
        cell, problem = self.cell_at(index), self.problem_at(index)
        lines = [problem.message] if problem is not None else []
        if cell is not None:
            lines += [f"库中：{cell.before}", f"表中：{cell.text}"] if cell.before is not None else []
            lines += [f"表中原写作：{cell.sent}"] if cell.sent is not None else []
        return "\n".join(lines)
