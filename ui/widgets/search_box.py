"""The search box of a page: Ctrl+F, and the list follows as one types."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QWidget

from ui import icons, theme

DEBOUNCE_MS = 150


class SearchBox(QLineEdit):
    """Says what is searched for once the typing rests.

    Signals:
        searched: the text, stripped.
        left_down: Down or Enter: the list should take the keyboard.
    """

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, hint: str, page: QWidget) -> None:
        super().__init__(page)
        self._told = ""
        self._rest = QTimer(self, interval=DEBOUNCE_MS, singleShot=True)
        self._rest.timeout.connect(self._tell)
        self.setPlaceholderText(hint)
        self.setObjectName("search")
        self.setAccessibleName("搜索")
        self.setClearButtonEnabled(True)
        self.addAction(icons.icon("search", theme.colours().faint), QLineEdit.ActionPosition.LeadingPosition)
        self.setFixedWidth(276)
        self.setAcceptDrops(False)  # a file that is dropped here belongs to the window
        self.textChanged.connect(lambda _: self._rest.start())
        shortcut = QShortcut(QKeySequence.StandardKey.Find, page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._take_focus)

    def reset(self, text: str = "") -> None:
        """Search for this, at once; for nothing unless it says more."""
        self.setText(text)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down go to the list, Esc clears."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self._tell()
            self.left_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.reset()
        else:
            super().keyPressEvent(event)

    def _take_focus(self) -> None:
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _tell(self) -> None:
        self._rest.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)
