"""A grid in which one walks from cell to cell and types where something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.cell_model import CellModel
from ui.preview_delegate import PreviewDelegate
from ui.widgets.plain_table import PlainTable


class CellTable(PlainTable):
    """Shows a :class:`CellModel`.

    Signals:
        moved: another cell is the current one.
        asked: somebody wants to know what can be done with the current cell, and where in the viewport.
    """

    moved = Signal()
    asked = Signal(QPoint)

    def __init__(self, model: CellModel, name: str) -> None:
        super().__init__()
        self.cells = model
        self.setModel(model)
        self.setItemDelegate(PreviewDelegate(self))
        self.setAccessibleName(name)
        self._dress()
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        model.modelReset.connect(self._fit)

    @property
    def is_editing(self) -> bool:
        """Whether somebody is typing into a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into view; the nearest where there is none."""
        if self.cells.rowCount() and self.cells.columnCount():
            index = self.cells.index(
                max(0, min(row, self.cells.rowCount() - 1)), max(0, min(column, self.cells.columnCount() - 1))
            )
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask about the cell under the pointer, or with the keyboard about the current one."""
        index = self.indexAt(event.pos())
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.asked.emit(self.visualRect(index).center())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter mends the cell, as F2 and a double click do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_editing:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Give each column its width."""
        raise NotImplementedError

    def _dress(self) -> None:
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
