"""What takes long in the thread of the window, done a piece at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS = 5
"""Between two pieces: whatever was typed or clicked meanwhile comes first."""


class Turns(QObject):
    """Does pieces of work one after the other, each in a turn of the event loop of its own.

    Args:
        pieces: each short enough not to be felt.
        parent: with it they end, too.

    Signals:
        finished: nothing is left to do.
    """

    finished = Signal()

    def __init__(self, pieces: Iterable[Callable[[], object]], parent: QObject) -> None:
        super().__init__(parent)
        self._pieces = iter(pieces)
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._take)

    def begin(self) -> None:
        """Do the first piece in the next turn."""
        self._timer.start()

    def finish(self) -> None:
        """Do at once what is left: somebody asks for it."""
        self._timer.stop()
        for piece in self._pieces:
            piece()
        self.finished.emit()

    def stop(self) -> None:
        """Leave undone what is left, and say nothing: it is not wanted any more."""
        self._timer.stop()
        self._pieces = iter(())

    def _take(self) -> None:
        piece = next(self._pieces, None)
        if piece is None:
            self.finished.emit()
        else:
            self._timer.start()
            piece()
