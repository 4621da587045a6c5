"""The grid of a sheet as its sender sees it: a click on a row number or above a column says what it is."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from ui.sheet_model import SheetModel
from ui.widgets.cell_table import CellTable
from ui.widgets.table import CHARACTER_PX

ScrollHint = QAbstractItemView.ScrollHint

SHEET_ROW_HEIGHT = 31
HEAD_HEIGHT = 46
_SAMPLED = 60
_NARROWEST, _WIDEST = 10, 34
_PADDING = 26
"""In pixels, left and right of a text together."""


class SheetTable(CellTable):
    """Shows a :class:`SheetModel`.

    Signals:
        row_asked: the number of a row of the sheet, from 0, and where on the screen it was clicked.
        column_asked: likewise for a column.
    """

    row_asked = Signal(int, QPoint)
    column_asked = Signal(int, QPoint)

    def __init__(self, model: SheetModel) -> None:
        super().__init__(model, "原表")
        self.sheet = model
        self.setObjectName("sheetTable")
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(True)
            header.setCursor(Qt.CursorShape.PointingHandCursor)
            header.setHighlightSections(False)
        self.horizontalHeader().setFixedHeight(HEAD_HEIGHT)
        self.verticalHeader().show()
        self.verticalHeader().setMinimumSectionSize(SHEET_ROW_HEIGHT)
        self.verticalHeader().setDefaultSectionSize(SHEET_ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setShowGrid(True)
        self.verticalHeader().sectionClicked.connect(self._ask_row)
        self.horizontalHeader().sectionClicked.connect(self.ask_column)
        model.modelReset.connect(self._merge)

    def ask_column(self, column: int) -> None:
        """Ask what a column means, below its heading."""
        header = self.horizontalHeader()
        below = QPoint(header.sectionViewportPosition(column), header.height())
        self.column_asked.emit(column, header.mapToGlobal(below))

    def scrollTo(
        self, index: QModelIndex | QPersistentModelIndex, hint: ScrollHint = ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view; of a title across the sheet the beginning is what one reads."""
        bar = self.horizontalScrollBar()
        place = bar.value()
        super().scrollTo(index, hint)
        if self.columnSpan(index.row(), index.column()) > 1:
            bar.setValue(place)

    def _ask_row(self, row: int) -> None:
        header = self.verticalHeader()
        beside = QPoint(header.width(), header.sectionViewportPosition(row))
        self.row_asked.emit(self.sheet.number(row), header.mapToGlobal(beside))

    def _merge(self) -> None:
        self.clearSpans()
        for merge in self.sheet.merges:
            high, wide = merge.bottom - merge.top + 1, merge.right - merge.left + 1
            if merge.right < self.sheet.columnCount() and high * wide > 1:
                self.setSpan(merge.top, merge.left, high, wide)

    def _is_of_list(self, row: int) -> bool:
        """Whether a record or a part of the head stands in the row; titles and signatures may be cut."""
        index = self.sheet.index(row, 0)
        return self.sheet.is_head(index) or self.sheet.row_at(index) is not None

    def _fit(self) -> None:
        """Wide enough for what nearly all of the first records say, and for what stands above."""
        first = range(min(self.sheet.rowCount(), _SAMPLED))
        rows = [row for row in first if self._is_of_list(row)] or first
        metrics = self.horizontalHeader().fontMetrics()
        for column in range(self.sheet.columnCount()):
            texts = (str(self.sheet.index(row, column).data() or "") for row in rows)
            widths = sorted(map(metrics.horizontalAdvance, texts))
            usual = widths[len(widths) * 19 // 20] if widths else 0
            wide = max(_NARROWEST * CHARACTER_PX, min(usual + _PADDING, _WIDEST * CHARACTER_PX))
            words = str(self.sheet.headerData(column, Qt.Orientation.Horizontal) or "").splitlines()
            heading = max((metrics.horizontalAdvance(line) for line in words), default=0) + _PADDING
            self.setColumnWidth(column, round(max(wide, heading)))
