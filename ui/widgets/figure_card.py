"""One figure of the first page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dualcreate_desktop.office.overview import Figure
from ui import theme
from ui.widgets.card import Card, label


class FigureCard(Card):
    """Label, figure and note; a click, or Enter, opens what was counted.

    Signals:
        opened: the key of the figure.
    """

    opened = Signal(str)

    def __init__(self, figure: Figure, parent: QWidget | None = None) -> None:
        super().__init__(parent, name="figureCard", margin=16)
        self._key = figure.key
        self.setAccessibleName(f"{figure.label} {figure.value}")
        self.setAccessibleDescription(figure.note)
        self.setToolTip("查看这些记录")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        value = label(figure.value, "figure")
        value.setFont(theme.font(24, medium=True, tabular=True))
        self.body.setSpacing(theme.TINY)
        self.body.addWidget(label(figure.label, "muted", elide=True))
        self.body.addWidget(value)
        self.body.addWidget(label(figure.note or " ", "note", elide=True))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._key)
        else:
            super().keyPressEvent(event)
