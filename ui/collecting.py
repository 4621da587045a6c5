"""When cycles of objects are collected: never in the middle of an action.

A full collection looks at every object there is: it takes 100 ms and more, in whichever thread it comes, and the window
stands still. So Python is left the young objects, of which most cycles are, and the rest is collected at rest.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from ui.background import Runner

NEVER = 1 << 30
EVERY_MS = 30_000


class Collector(QObject):
    """Collects between the works of the watched runners, as long as there are any."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._before = gc.get_threshold()
        self._watched: list[Runner] = []
        self._rest = QTimer(self, interval=EVERY_MS)
        self._rest.timeout.connect(self._tidy_at_rest)

    def watch(self, runner: Runner) -> None:
        """Leave no full collection to chance from now on."""
        if not self._watched:
            self._before = gc.get_threshold()
            gc.set_threshold(*self._before[:2], NEVER)
            self._rest.start()
        self._watched.append(runner)
        runner.started.connect(self._tidy_before)
        runner.ended.connect(self._spare)

    def leave(self, runner: Runner) -> None:
        """A runner was closed; with the last one everything is as before."""
        self._watched.remove(runner)
        if not self._watched:
            gc.set_threshold(*self._before)
            self._rest.stop()

    @property
    def _working(self) -> int:
        return sum(runner.busy for runner in self._watched)

    def _tidy_at_rest(self) -> None:
        if not self._working:
            _tidy()

    def _tidy_before(self) -> None:
        """A work has just begun and made nothing yet, unless another one goes on."""
        if self._working <= 1:
            _tidy()

    def _spare(self) -> None:
        """What a work has read is large and stays: it goes when nothing refers to it, and need not be looked at."""
        gc.freeze()


def _tidy() -> None:
    """Collect what actions left behind; what remains is in use."""
    gc.collect()
    gc.freeze()
