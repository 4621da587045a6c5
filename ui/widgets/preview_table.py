"""The grid of what an import would do, row by row."""

from __future__ import annotations

from PySide6.QtCore import Qt

from ui import theme
from ui.preview_model import PreviewModel
from ui.widgets.cell_table import CellTable
from ui.widgets.table import CHARACTER_PX


class PreviewTable(CellTable):
    """Shows a :class:`PreviewModel`."""

    def __init__(self, model: PreviewModel) -> None:
        super().__init__(model, "导入预览")
        self.rows = model

    def _fit(self) -> None:
        """Wide enough for the declared width and for the heading."""
        metrics = self.horizontalHeader().fontMetrics()
        for column in range(self.rows.columnCount()):
            heading = self.rows.headerData(column, Qt.Orientation.Horizontal)
            wide = max(
                self.rows.width_of(column) * CHARACTER_PX, metrics.horizontalAdvance(heading) + theme.SMALL
            )
            self.setColumnWidth(column, round(wide) + 2 * theme.MEDIUM)
