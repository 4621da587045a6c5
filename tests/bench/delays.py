"""How long the window is silent: how much later than asked each tick of a timer of 10 ms comes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, thread_time

from answering import TICK_MS
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from ui.crash import CrashDialog
from ui.main_window import MainWindow

AIM = "≤ 100 ms"
GIVEN_UP_S = 60

SHOWN_MS = 500
"""After a work has ended the window reads and paints what it wrote."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Between two ticks, in seconds.

    Args:
        late: how much later than asked the second one came, as a person would have to wait.
        busy: how long the thread of the window itself was at work meanwhile; the rest it waited for others.
    """

    late: float
    busy: float


class Delays(QObject):
    """Notes the silences as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: list[Silence] = []
        self._last, self._busy = perf_counter(), thread_time()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now, busy = perf_counter(), thread_time()
        self.found.append(Silence(max(now - self._last - TICK_MS / 1000, 0.0), busy - self._busy))
        self._last, self._busy = now, busy

    def end(self) -> list[Silence]:
        """All of them."""
        self._timer.stop()
        return self.found


def during(window: MainWindow, act: Callable[[], object]) -> list[Silence]:
    """The silences from an action until the window's worker has had nothing to do for a while.

    A dialog that the action opens is closed when it has stood for a while; what it shows is read by then.
    """
    delays, loop, start = Delays(window), QEventLoop(), perf_counter()

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, CrashDialog):
            os._exit(1)  # the hook for faults has said why, and would catch an exception, too
        if perf_counter() - start > GIVEN_UP_S:
            raise SystemExit(f"the window did not come to rest: {dialog or 'it is at work'}")
        if window._runner.busy:
            return
        if isinstance(dialog, QDialog):
            dialog.reject()
        else:
            loop.quit()

    QTimer.singleShot(TICK_MS, act)
    rest = QTimer(window, interval=SHOWN_MS)
    rest.timeout.connect(look)
    rest.start()
    loop.exec()
    rest.deleteLater()
    return delays.end()


def told(title: str, found: dict[str, list[Silence]]) -> str:
    """A figure of several actions: the longest silence of each in the median and at most, and which was the slowest."""
    slowest = max(found, key=lambda what: longest(found[what]))
    busiest = max(found, key=lambda what: max(one.busy for one in found[what]))
    late = sorted(longest(silences) for silences in found.values())
    busy = max(one.busy for one in found[busiest])
    return (
        f"{title}\n    the longest of each: median {late[len(late) // 2] * 1000:.0f} ms, most {late[-1] * 1000:.0f} ms"
        f" ({slowest}); the window's own work at most {busy * 1000:.0f} ms ({busiest})  (aim {AIM})"
    )


def longest(found: Sequence[Silence]) -> float:
    """The longest silence in seconds."""
    return max(one.late for one in found)
