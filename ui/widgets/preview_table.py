"""The grid of a preview: one walks from cell to cell and types where something is wrong."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from ui import theme
from ui.preview_delegate import PreviewDelegate
from ui.preview_model import PreviewModel
from ui.widgets.table import CHARACTER_PX


class PreviewTable(QTableView):
    """Shows a :class:`PreviewModel`.

    Signals:
        moved: another cell is the current one.
    """

    moved = Signal()

    def __init__(self, model: PreviewModel) -> None:
        super().__init__()
        self.rows = model
        self.setModel(model)
        self.setItemDelegate(PreviewDelegate(self))
        self.setAccessibleName("导入预览")
        self._dress()
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())
        model.modelReset.connect(self._fit)

    @property
    def is_editing(self) -> bool:
        """Whether somebody is typing into a cell."""
        return self.state() == QAbstractItemView.State.EditingState

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one and bring it into view; the nearest where there is none."""
        if self.rows.rowCount():
            index = self.rows.index(
                max(0, min(row, self.rows.rowCount() - 1)), max(0, min(column, self.rows.columnCount() - 1))
            )
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter mends the cell, as F2 and a double click do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_editing:
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _dress(self) -> None:
        trigger = QAbstractItemView.EditTrigger
        self.setEditTriggers(trigger.DoubleClicked | trigger.EditKeyPressed | trigger.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(theme.ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(theme.ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)

    def _fit(self) -> None:
        """Wide enough for the declared width and for the heading."""
        metrics = self.horizontalHeader().fontMetrics()
        for column in range(self.rows.columnCount()):
            heading = self.rows.headerData(column, Qt.Orientation.Horizontal)
            wide = max(
                self.rows.width_of(column) * CHARACTER_PX, metrics.horizontalAdvance(heading) + theme.SMALL
            )
            self.setColumnWidth(column, round(wide) + 2 * theme.MEDIUM)
