"""How the cells of a preview are drawn and mended: pills, old → new, marks on what is wrong and what was mended."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QPoint, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import (
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dualcreate_desktop.office.previewing import PreviewCell
from ui import pills, theme
from ui.cell_model import CellModel, Index
from ui.preview_model import ARROW

PAD = theme.MEDIUM
CORNER = 7
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PreviewDelegate(QStyledItemDelegate):
    """Draws and edits the cells of a :class:`CellModel`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground by what the cell is, then its words."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        model = _model(index)
        cell = model.cell_at(index)
        self._draw_ground(painter, option, model, index)
        row = model.row_at(index)
        if model.is_state(index) and row is not None:
            middle = QPoint(option.rect.left() + PAD, option.rect.center().y() + 1)
            pills.draw_pill(painter, middle, index.data(), pills.tone_of(row.state))
        elif cell is not None and cell.before is not None and model.tells_changes:
            _draw_change(painter, _inner(option.rect), cell, index.data(Qt.ItemDataRole.TextAlignmentRole))
        else:
            painter.setPen(_ink(model, index, cell))
            painter.setFont(theme.font(medium=True) if model.is_head(index) else option.font)
            text = _elided(str(index.data() or ""), option.fontMetrics, _inner(option.rect).width())
            painter.drawText(_inner(option.rect), int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)
        if cell is not None and cell.sent is not None:
            _draw_corner(painter, option.rect, QColor(theme.colours().focus))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line; where only some words can stand it offers them at once."""
        line = QLineEdit(parent)
        line.setObjectName("cellEditor")
        options = _model(index).options_at(index)
        if options:
            completer = _completer(options, line)
            line.setCompleter(completer)
            QTimer.singleShot(0, completer, lambda: _offer(completer, line))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """What the sender wrote, ready to be typed over."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tell what was typed."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell, but never too narrow to type in."""
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(0, 0, max(0, 140 - rect.width()), -1))

    @staticmethod
    def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, model: CellModel, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        worn = theme.colours()
        problem = model.problem_at(index) if model.column_at(index) is not None else None
        if model.is_head(index):
            painter.fillRect(rect, QColor(worn.calm_soft))
        if problem is not None:
            painter.fillRect(rect, QColor(worn.bad_soft if problem.is_error else worn.warn_soft))
        if state & QStyle.StateFlag.State_Selected:
            if problem is None:
                painter.fillRect(rect, QColor(worn.selected))
            painter.setPen(QColor(worn.focus))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), QColor(worn.line))


def _model(index: Index) -> CellModel:
    model = index.model()
    assert isinstance(model, CellModel)
    return model


def _ink(model: CellModel, index: Index, cell: PreviewCell | None) -> QColor:
    worn = theme.colours()
    problem = model.problem_at(index) if cell is not None else None
    if problem is not None:
        return QColor(worn.bad if problem.is_error else worn.warn)
    return QColor(worn.muted if model.is_calm(index) else worn.ink)


def _draw_change(painter: QPainter, box: QRect, cell: PreviewCell, side: Qt.AlignmentFlag) -> None:
    """What stood there, faint, and what will stand there."""
    worn = theme.colours()
    metrics = painter.fontMetrics()
    room = box.width() - metrics.horizontalAdvance(ARROW)
    old = _elided(cell.before or "", metrics, max(room - metrics.horizontalAdvance(cell.text), room // 3))
    new = _elided(cell.text, metrics, box.width() - metrics.horizontalAdvance(old + ARROW))
    left = 0
    if side & Qt.AlignmentFlag.AlignRight:
        left = box.width() - metrics.horizontalAdvance(old + ARROW + new)
    for text, colour in ((old + ARROW, worn.faint), (new, worn.warn)):
        painter.setPen(QColor(colour))
        painter.drawText(box.adjusted(left, 0, 1, 0), int(_LEFT), text)
        left += metrics.horizontalAdvance(text)


def _draw_corner(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """The mark of a mended cell, at its upper right."""
    right, top = rect.right() + 1, rect.top()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF([QPointF(right - CORNER, top), QPointF(right, top), QPointF(right, top + CORNER)])
    )


def _inner(rect: QRect) -> QRect:
    return rect.adjusted(PAD, 0, -PAD, -1)


def _elided(text: str, metrics: QFontMetrics, room: int) -> str:
    return metrics.elidedText(" ".join(text.split("\n")), Qt.TextElideMode.ElideMiddle, room)


def _completer(options: tuple[str, ...], line: QLineEdit) -> QCompleter:
    completer = QCompleter(list(options), line)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    popup = QListView()
    popup.setObjectName("completions")
    completer.setPopup(popup)
    return completer


def _offer(completer: QCompleter, line: QLineEdit) -> None:
    """All words, before anything is typed."""
    completer.setCompletionPrefix("")
    completer.complete()
    popup = completer.popup()
    if popup is not None:
        popup.setMinimumWidth(max(line.width(), 260))
