"""Run in a process of its own: shows a window and prints at which monotonic moment it was painted.

With a data folder it is the program's: the frame (Frame), or the window with its first page (MainWindow). Without one it is a bare window
beside an imported SQLAlchemy.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


class FirstPaint(QObject):
    """Watches the application; after the first paint of a window of that class it prints the moment and quits."""

    def __init__(self, app: QApplication, window: str) -> None:
        super().__init__(app)
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        if event.type() is QEvent.Type.Paint and type(watched).__name__ == self._window:
            QApplication.instance().removeEventFilter(self)
            QTimer.singleShot(0, self._tell)  # when all widgets of this paint are done
        return False

    def _tell(self) -> None:
        print(monotonic(), flush=True)
        QApplication.quit()


def show_program(data: str, window: str) -> object:
    """The program's window on that folder; kept alive by the caller."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from dualcreate_desktop.paths import Paths
    from ui.start import Start, make_app

    watch(make_app(), window)
    start = Start(Paths(Path(data)), sample=False)
    start.begin()
    return start


def show_bare() -> object:
    """The least that a PySide6 program with SQLAlchemy can do."""
    import sqlalchemy  # noqa: F401  # the peer of the comparison pays for it too

    watch(QApplication([]), "QMainWindow")
    window = QMainWindow()
    window.resize(1280, 800)
    window.show()
    return window


def watch(app: QApplication, window: str) -> None:
    """Quit after the first paint of a window of that class."""
    app.installEventFilter(FirstPaint(app, window))


if __name__ == "__main__":
    window = show_program(sys.argv[1], sys.argv[2]) if len(sys.argv) > 1 else show_bare()
    QApplication.instance().exec()
