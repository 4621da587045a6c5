"""How a table's cells are drawn: whole rows lit, hairlines, pills, long names elided in the middle."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ui import pills, theme
from ui.rows_model import Index, RowsModel

PAD = theme.MEDIUM
MARK = 3
"""Width of the mark at the left of the current row."""


class CellDelegate(QStyledItemDelegate):
    """Draws every cell of a house table.

    Attributes:
        hovered: the number of the row under the mouse, -1 for none.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of the row, then the text or the pill."""
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw_ground(painter, option, index)
        text = index.data() or ""
        if _is_pill(index) and text:
            middle = QPoint(rect.left() + PAD, rect.center().y() + 1)
            pills.draw_pill(painter, middle, text, pills.tone_of(_model(index).value_at(index)))
        else:
            painter.setPen(QColor(theme.colours().ink))
            painter.drawText(_inner(rect), _alignment(index), _elided(text, option))
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """Show the whole text of a cell that is elided."""
        if event.type() != QEvent.Type.ToolTip:
            return super().helpEvent(event, view, option, index)
        text = index.data() or ""
        cut = not _is_pill(index) and _elided(text, option) != text
        QToolTip.showText(event.globalPos(), text if cut else "", view)
        return True

    def draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Light the row, draw its hairline, and mark where the keyboard is."""
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        worn = theme.colours()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(worn.selected))
        elif index.row() == self.hovered:
            painter.fillRect(rect, QColor(worn.hover))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(worn.line))
        view = self.parent()
        if isinstance(view, QAbstractItemView) and view.hasFocus():
            self._draw_mark(painter, rect, view, index)

    @staticmethod
    def _draw_mark(painter: QPainter, rect: QRect, view: QAbstractItemView, index: Index) -> None:
        """Where the keyboard is: a mark at the left edge of the current row."""
        if view.currentIndex().row() == index.row() and rect.left() <= 0:
            painter.fillRect(QRect(0, rect.top(), MARK, rect.height() - 1), QColor(theme.colours().focus))


def _model(index: Index) -> RowsModel[object]:
    model = index.model()
    assert isinstance(model, RowsModel)
    return model


def _is_pill(index: Index) -> bool:
    return _model(index).columns[index.column()].pill


def _alignment(index: Index) -> int:
    return int(index.data(Qt.ItemDataRole.TextAlignmentRole))


def _inner(rect: QRect) -> QRect:
    return rect.adjusted(PAD, 0, -PAD, -1)


def _elided(text: str, option: QStyleOptionViewItem) -> str:
    metrics = option.fontMetrics
    rect: QRect = option.rect
    line = " ".join(text.split("\n"))
    shown: str = metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, _inner(rect).width())
    return shown
