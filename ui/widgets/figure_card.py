"""One figure of the first page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from dualcreate_desktop.office.overview import Figure
from ui import theme
from ui.widgets.card import Card, label


class FigureCard(Card):
    """Label, figure and note; opens the rows behind the figure where there is a tab for them.

    Signals:
        opened: clicked, or Enter or Space; carries the key of the figure.
    """

    opened = Signal(str)

    def __init__(self, figure: Figure, *, opens: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, name="figureCard", margin=16)
        self.key = figure.key
        self._opens = opens
        self.setProperty("opens", opens)
        self.setAccessibleName(f"{figure.label} {figure.value}")
        self.setAccessibleDescription(figure.note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        value = label(figure.value, "figure")
        value.setFont(theme.font(24, medium=True, tabular=True))
        self.body.setSpacing(theme.TINY)
        self.body.addWidget(label(figure.label, "muted", elide=True))
        self.body.addWidget(value)
        self.body.addWidget(label(figure.note or " ", "faint", elide=True))
        if opens:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if self._opens and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do Enter and Space."""
        if self._opens and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self.key)
        else:
            super().keyPressEvent(event)
