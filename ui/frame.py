"""The window as it will stand, still empty: it is seen while the program is loaded and its store opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMainWindow

from dualcreate_desktop import PROGRAM
from dualcreate_desktop.paths import Paths
from ui.settings import Settings
from ui.window_place import put_window


class Frame(QMainWindow):
    """Stands where the window of a data folder will stand.

    Attributes:
        settings: what is remembered of the window.
    """

    def __init__(self, paths: Paths) -> None:
        super().__init__()
        self.settings = Settings(paths.data)
        self.setWindowTitle(PROGRAM)
        self._words = QLabel("正在打开…", alignment=Qt.AlignmentFlag.AlignCenter)
        self._words.setObjectName("page")
        self.setCentralWidget(self._words)
        put_window(self, self.settings)

    def say(self, words: str) -> None:
        """Say what it is waited for."""
        self._words.setText(words)
