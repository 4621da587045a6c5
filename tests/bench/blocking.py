"""How long the window is silent: while long work runs in the background, and at each thing that a clerk does.

Told by a timer of 10 ms: how much later than asked its tick comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

import importing
import roster
from answering import TICK_MS, open_program
from figures import milliseconds
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Qt, QTimer
from PySide6.QtPrintSupport import QPrinter

from dualcreate_desktop.office import application_papers, exporting, journal, printing, registry
from dualcreate_desktop.office.applications import applications_of
from ui.background import Progress
from ui.main_window import MainWindow
from ui.paper_output import print_pages
from ui.tabs.all import TITLES
from ui.tabs.branches import BranchesTab

AIM = "≤ 100 ms"
SHOWN_MS = 500
"""After a work has ended the window reads and paints what it wrote."""

PRINTED = 3
"""Applications whose forms are printed, in as many copies as the notice asks for."""


class Delays(QObject):
    """How much later than asked each tick of a timer comes, in seconds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.times: list[float] = []
        self._last = perf_counter()
        self._timer = QTimer(self, interval=TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = perf_counter()
        self.times.append(max(now - self._last - TICK_MS / 1000, 0.0))
        self._last = now


def of_works(workbook: Path, data: Path) -> Iterator[str]:
    """While the roster is imported, exported and taken back, each in the background."""
    office = roster.open_store(data)
    roster.add_units(office)
    office.close()
    window = open_program(data).windows[0]
    works: tuple[tuple[str, Callable[[], object]], ...] = (
        ("imported", lambda: importing.import_all(window.office, workbook)),
        ("exported", lambda: _export(window, data / "党支部.xlsx")),
        ("taken back", lambda: _take_back(window)),
    )
    for what, work in works:
        title = (
            f"Delay of the event loop while {roster.ROWS:,} branches are {what} in the background and shown"
        )
        yield milliseconds(title, delays_during(window, work), aim=AIM)
    window.close()


def delays_during(window: MainWindow, work: Callable[[], object]) -> list[float]:
    """The delays from the start of a work, done by the window's own worker, until its outcome is shown."""
    window.work("测速", lambda _: work(), "测速完成")
    return _delays_until_rest(window)


def of_round(filled: Path) -> str:
    """In a store with a large round: each tab shown for the first time, until all that it reads is there."""
    window = open_program(filled).windows[0]
    delays = {title: _delays_of_tab(window, key) for key, title in TITLES.items()}
    window.close()
    worst = max(delays, key=lambda title: max(delays[title]))
    title = f"Delay of the event loop while each tab of a large round is made, read and painted; the slowest: {worst}"
    return milliseconds(title, [delay for times in delays.values() for delay in times], aim=AIM)


def of_printing(filled: Path) -> str:
    """While the forms of a few applications are printed in the background."""
    window = open_program(filled).windows[0]
    round_id = window.rounds.round_id or ""
    chosen = [row.id for row in applications_of(window.office, round_id)[:PRINTED]]
    prepared = printing.prepare(window.office, round_id, application_papers.forms(chosen))
    rendered = printing.render(prepared)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(filled / "打印.pdf"))
    progress = Progress(lambda done, total, what: None)
    times = delays_during(window, lambda: print_pages(rendered.data, printer, progress))
    window.close()
    title = f"Delay of the event loop while {rendered.pages} pages are printed in the background"
    return milliseconds(title, times, aim=AIM)


def _delays_of_tab(window: MainWindow, key: str) -> list[float]:
    QTimer.singleShot(TICK_MS, lambda: window.show_tab(window.tabs.named(key)))
    return _delays_until_rest(window)


def _delays_until_rest(window: MainWindow) -> list[float]:
    """The delays until the window's worker has had nothing to do for a while."""
    delays, loop = Delays(window), QEventLoop()
    rest = QTimer(window, interval=SHOWN_MS)
    rest.timeout.connect(lambda: None if window._runner.busy else loop.quit())
    rest.start()
    loop.exec()
    rest.deleteLater()
    delays.deleteLater()
    return delays.times


def of_actions(filled: Path) -> str:
    """Each tab shown once more, and in 党支部 each chip, each order and a look at the last row."""
    window = open_program(filled).windows[0]
    for key in TITLES:
        window.show_tab(
            window.tabs.named(key)
        )  # made and painted once: what is loaded then is another figure
        QCoreApplication.processEvents()
    times = {what: _time(action) for what, action in _actions(window)}
    window.close()
    worst = max(times, key=times.__getitem__)
    title = f"One action in a store of {roster.ROWS:,} branches, to the painted window; the slowest: {worst}"
    return milliseconds(title, list(times.values()), aim=AIM)


def _actions(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    for key, title in TITLES.items():
        tab = window.tabs.named(key)
        tab.set_round(window.rounds.round_id)
        yield title, lambda tab=tab: window.show_tab(tab)
    tab = window.tabs.branches
    window.show_tab(tab)
    for kind in tab.model.counts:
        yield f"类型 {kind}", lambda kind=kind: tab.choose_chip(kind)
    tab.choose_chip("")
    yield from _orders(tab)
    yield "最后一行", lambda: tab.table.select(tab.model.total - 1)


def _orders(tab: BranchesTab) -> Iterator[tuple[str, Callable[[], object]]]:
    header = tab.table.horizontalHeader()
    for place, column in enumerate(tab.columns):
        for order in Qt.SortOrder:
            yield (
                f"按{column.label}排序",
                lambda place=place, order=order: header.setSortIndicator(place, order),
            )


def _time(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    QCoreApplication.processEvents()
    return perf_counter() - start


def _export(window: MainWindow, path: Path) -> None:
    rows = registry.branches(window.office).rows
    exporting.export(path, "党支部", registry.BRANCH_COLUMNS, rows)


def _take_back(window: MainWindow) -> None:
    change_id = journal.last_undoable(window.office)
    if change_id is None or journal.undo(window.office, change_id) is None:
        raise RuntimeError("the import was not taken back")
