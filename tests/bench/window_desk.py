"""A roster of 20,000 rows through the desk of the window: read, previewed again, given up, imported, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import roster
from answering import open_program
from delays import Silence, during, told
from figures import milliseconds
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from ui.dialogs.undo import UndoDialog
from ui.main_window import MainWindow

GIVEN_UP_AFTER_MS = (50, 150, 300, 600, 1000, 1500, 2000)
"""A preview of so many rows takes longer than the longest, unless the machine is fast."""


def of_roster(workbook: Path, data: Path) -> Iterator[str]:
    """How long the window is silent at each step, and how soon a preview ends that one gives up."""
    office = roster.open_store(data)
    roster.add_units(office)
    office.close()
    window = open_program(data).windows[0]
    tab = window.tabs.intake
    window.show_tab(tab)
    found: dict[str, list[Silence]] = {"读取和预览": during(window, lambda: tab.take_in([workbook]))}
    (item,) = tab.items
    if item.ready != roster.ROWS:
        raise RuntimeError(f"{item.ready} rows instead of {roster.ROWS}")
    found["重新预览"] = during(window, lambda: tab.preview_again(item))
    ends = [end for wait in GIVEN_UP_AFTER_MS if (end := _end_of_given_up(window, wait)) is not None]
    found["导入"] = during(window, tab.import_current)
    found["撤销"] = during(window, lambda: _take_back(window))
    window.close()
    yield told(
        f"Delay of the event loop at the desk of the window while {roster.ROWS:,} rows are read, planned and applied",
        found,
    )
    yield milliseconds(f"From 取消 to the end of a preview of {roster.ROWS:,} rows", ends, aim="≤ 1000 ms")


def _end_of_given_up(window: MainWindow, wait_ms: int) -> float | None:
    """Seconds from 取消 to the end of the work; None when the preview was done before."""
    runner, loop = window._runner, QEventLoop()
    tab = window.tabs.intake
    tab.preview_again(tab.items[0])
    QTimer.singleShot(wait_ms, loop.quit)
    loop.exec()
    if not runner.busy:
        return None
    runner.ended.connect(loop.quit)
    start = perf_counter()
    runner.cancel()
    loop.exec()
    runner.ended.disconnect(loop.quit)
    return perf_counter() - start


def _take_back(window: MainWindow) -> None:
    """Undo, and agree when it is shown what that comes to."""

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, UndoDialog):
            dialog.accept()
        elif window.isVisible():
            QTimer.singleShot(50, agree)

    window.undo()
    agree()
