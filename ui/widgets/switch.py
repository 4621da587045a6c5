"""A switch between a few views of one page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.widgets.buttons import MenuButton

MORE = "更多"


class Switch(QFrame):
    """Some words of which one is chosen, in one frame.

    Args:
        more: further words, which a menu behind the last segment holds; their places follow.
        unlisted: what no menu offers, although the last segment names it while it is seen; their places come last.

    Signals:
        chosen: the place of the word that was clicked.
    """

    chosen = Signal(int)

    def __init__(
        self,
        words: Sequence[str],
        place: int = 0,
        parent: QWidget | None = None,
        *,
        more: Sequence[str] = (),
        unlisted: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("switch")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words, self._more = tuple(words), (*more, *unlisted)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.TINY - 1, theme.TINY - 1, theme.TINY - 1, theme.TINY - 1)
        row.setSpacing(2)
        last = [MenuButton(MORE)] if more else []
        for number, made in enumerate((*map(QPushButton, words), *last)):
            made.setProperty("segment", True)
            made.setCheckable(True)
            made.setAutoDefault(False)
            self._group.addButton(made, number)
            row.addWidget(made)
        for number, word in enumerate(more, len(words)):
            last[0].menu().addAction(word, partial(self.chosen.emit, number))
        self.choose(place)
        self._group.idClicked.connect(self._tell)

    @property
    def place(self) -> int:
        """The place of the segment that is chosen; the last one for every further word."""
        return self._group.checkedId()

    def button(self, place: int) -> QPushButton:
        """The button of a word; that of the menu for every further one."""
        found = self._group.button(min(place, len(self._words)))
        assert isinstance(found, QPushButton)
        return found

    def choose(self, place: int) -> None:
        """Show another word as chosen, without telling."""
        if self._more:
            further = place - len(self._words)
            self.button(len(self._words)).setText(self._more[further] if further >= 0 else MORE)
        self.button(place).setChecked(True)

    def _tell(self, place: int) -> None:
        if place < len(self._words):
            self.chosen.emit(place)
