"""How the ranking is drawn: the line below the last place that is filled, and who shares a place."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from dualcreate_desktop.office.standings import RankRow
from ui import theme
from ui.delegates import CellDelegate
from ui.rows_model import Index, RowsModel

LINE = 2
"""Thickness of the line that parts those inside from those outside."""

BRACKET = 3
"""Width of the bar beside those that share a place."""


class RankDelegate(CellDelegate):
    """Draws the cells of a ranking; the line and the bars make sense in the order of places only."""

    def draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As everywhere, then the bar of a tie and the line."""
        super().draw_ground(painter, option, index)
        model = index.model()
        if not isinstance(model, RowsModel) or model.query.sort:
            return
        row = model.row_at(index.row())
        if not isinstance(row, RankRow):
            return
        rect: QRect = option.rect
        if row.tied and model.columns[index.column()].key == "place_shown":
            self._draw_bracket(painter, rect, joined=row.joined)
        if row.last_in:
            line = QRect(rect.left(), rect.bottom() - LINE + 1, rect.width(), LINE)
            painter.fillRect(line, QColor(theme.colours().accent))

    @staticmethod
    def _draw_bracket(painter: QPainter, rect: QRect, *, joined: bool) -> None:
        """A bar that runs on into the next row while that has the same place."""
        below = 0 if joined else theme.SMALL
        bar = QRect(rect.left() + theme.TINY, rect.top(), BRACKET, rect.height() - below)
        painter.fillRect(bar, QColor(theme.colours().warn))
