"""Pictures of the windows, for the manual and for looking at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

from dualcreate_desktop.office.records import NEW
from dualcreate_desktop.office.registry import branch_form
from dualcreate_desktop.office.store import Office
from ui.app import make_app
from ui.background import ImmediateRunner
from ui.dialogs.branch import BranchDialog
from ui.main_window import USUAL, MainWindow
from ui.settings import Settings


def take(office: Office, folder: Path, *, size: QSize = USUAL) -> tuple[Path, ...]:
    """Save a PNG of each tab and dialog as they look with this office; returns the files.

    Args:
        size: of the window; a dialog has its own.
    """
    make_app()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as remembered:
        window = MainWindow(office, ImmediateRunner(), Settings(Path(remembered)))
        taken = [_save(widget, folder / f"{name}.png") for name, widget in views(window, size)]
        window.close()
    return tuple(taken)


def views(window: MainWindow, size: QSize) -> Iterator[tuple[str, QWidget]]:
    """Bring each tab and each dialog to the screen, one after the other: its name and its widget."""
    window.resize(size)
    window.show()
    for number, name in enumerate(("overview", "branches")):
        window.bar.setCurrentIndex(number)
        QApplication.processEvents()
        yield name, window
    row = window.branches.table.current()
    form = branch_form(window.office, row.id) if row else NEW
    dialog = BranchDialog(window, window.office, form)
    dialog.show()
    QApplication.processEvents()
    yield "branch-dialog", dialog
    dialog.close()
    dialog.deleteLater()


def _save(widget: QWidget, path: Path) -> Path:
    widget.grab().save(str(path))
    return path
