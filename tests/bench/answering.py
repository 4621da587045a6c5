"""How the window answers to a key in the search box."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import roster
from figures import milliseconds
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtTest import QTest

from dualcreate_desktop.paths import Paths
from ui.app import Program
from ui.main_window import MainWindow
from ui.start import Start, make_app

KEYS = "jxsybdgwlzc1234567890"
"""What 20 keystrokes type, each into an empty box: pinyin initials and digits, all of them found."""

TICK_MS = 10
GIVEN_UP_S = 20


class Painted(QObject):
    """Tells whether a widget was painted since it was last asked."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's own name
        self.seen = self.seen or event.type() is QEvent.Type.Paint
        return False


def keystroke(filled: Path) -> str:
    """From a key to the painted table; the box's own wait for a rest in typing is set to nothing."""
    program = open_program(filled)
    times = [_key_time(program.windows[0], key) for key in KEYS[:20]]
    program.windows[0].close()
    title = f"One filter keystroke at {roster.ROWS:,} branches, to the painted table, without the debounce"
    return milliseconds(title, times, aim="≤ 100 ms")


def open_program(data: Path) -> Program:
    """The program's window on that folder, started as in life, ready, with 党支部 in front and the backup made."""
    make_app()
    program = begun(Start(Paths(data), sample=False))
    window = program.windows[0]
    window.show_tab(window.tabs.branches)
    turn()
    return program


def begun(start: Start) -> Program:
    """The program, when nothing of its start is left to do."""
    start.begin()
    while start.program is None or not start.program.windows:
        turn()
    prepared: list[bool] = []
    start.program.windows[0].prepared.connect(lambda: prepared.append(True))
    while not prepared:
        turn()
    return start.program


def turn() -> None:
    """Let the window do what is due."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, TICK_MS)


def _key_time(window: MainWindow, key: str) -> float:
    box, table = window.tabs.branches.search, window.tabs.branches.table.viewport()
    box.findChild(QTimer).setInterval(0)
    box.clear()
    QCoreApplication.processEvents()
    painted = Painted()
    table.installEventFilter(painted)
    found = window.tabs.branches.model.query.search
    start = perf_counter()
    QTest.keyClick(box, key)
    while window.tabs.branches.model.query.search == found or not painted.seen:
        turn()
        if perf_counter() - start > GIVEN_UP_S:
            raise RuntimeError(f"the table was not painted after the key {key!r}")
    taken = perf_counter() - start
    table.removeEventFilter(painted)
    return taken
