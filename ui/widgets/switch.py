"""A switch between a few views of one page."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from ui import theme


class Switch(QFrame):
    """Some words of which one is chosen, in one frame.

    Signals:
        chosen: the place of the word that was clicked.
    """

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], place: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("switch")
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.TINY - 1, theme.TINY - 1, theme.TINY - 1, theme.TINY - 1)
        row.setSpacing(2)
        for number, word in enumerate(words):
            made = QPushButton(word)
            made.setProperty("segment", True)
            made.setCheckable(True)
            made.setChecked(number == place)
            made.setAutoDefault(False)
            self._group.addButton(made, number)
            row.addWidget(made)
        self._group.idClicked.connect(self.chosen)

    @property
    def place(self) -> int:
        """The place of the word that is chosen."""
        return self._group.checkedId()

    def button(self, place: int) -> QPushButton:
        """The button of a word."""
        found = self._group.button(place)
        assert isinstance(found, QPushButton)
        return found

    def choose(self, place: int) -> None:
        """Show another word as chosen, without telling."""
        self.button(place).setChecked(True)
