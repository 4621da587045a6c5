"""A card that opens the rows of which it speaks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from dualcreate_desktop.office.overview import Place
from ui.widgets.card import Card


class OpeningCard(Card):
    """Opens them by a click, Enter or the space bar.

    Signals:
        opened: where those rows stand.
    """

    opened = Signal(Place)

    def __init__(self, place: Place, *, name: str, margin: int) -> None:
        super().__init__(name=name, margin=margin)
        self._place = place
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the space bar open."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._place)
        else:
            super().keyPressEvent(event)
