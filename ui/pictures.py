"""Pictures of the windows, for the manual and for looking at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QElapsedTimer, QSize
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dualcreate_desktop.office import sample
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST, HONOUR_LIST, INCIDENT_LIST
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.posts import NEW_SECRETARY
from dualcreate_desktop.office.records import NEW
from dualcreate_desktop.office.registry import branch_form
from dualcreate_desktop.office.searching import find_everything
from dualcreate_desktop.office.store import Actor, Office, Seat, open_office
from dualcreate_desktop.office.units import unit_form
from dualcreate_desktop.paths import Paths
from ui.application_pictures import APPLICATION_DIALOGS
from ui.background import ImmediateRunner
from ui.dialogs.branch import BranchDialog
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.evidence import EvidenceDialog
from ui.dialogs.find_all import FindDialog
from ui.dialogs.posts import PostDialog, PostsDialog
from ui.dialogs.unit import UnitDialog
from ui.evidence_pictures import EVIDENCE_DIALOGS, evidence_pages
from ui.intake_pictures import INTAKE_DIALOGS, show_result, show_sheet, take_in_sample
from ui.keeping_pictures import KEEPING_DIALOGS
from ui.main_window import MainWindow
from ui.manual import PICTURES, pages
from ui.message_pictures import MESSAGE_DIALOGS
from ui.review_pictures import REVIEW_DIALOGS
from ui.rules_pictures import RULES_DIALOGS
from ui.settings import Settings
from ui.start import make_app
from ui.tabs.tab import Tab
from ui.window_place import USUAL

DRAWING_MS = 400


def take(
    office: Office, folder: Path, *, size: QSize = USUAL, wanted: Collection[str] | None = None
) -> tuple[Path, ...]:
    """Save a PNG of each tab and dialog as they look with this office; returns the files.

    Args:
        size: of the window; a dialog has its own.
        wanted: names of the pictures that are saved; None for all.
    """
    make_app()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as remembered:
        window = MainWindow(
            office, ImmediateRunner(), Settings(Path(remembered)), lambda: None, lambda _: None
        )
        taken = [
            _save(widget, folder / f"{name}.png")
            for name, widget in views(window, size)
            if wanted is None or name in wanted
        ]
        window.close()
    return tuple(taken)


def views(window: MainWindow, size: QSize) -> Iterator[tuple[str, QWidget]]:
    """Bring each tab and each dialog to the screen, one after the other: its name and its widget."""
    window.resize(size)
    window.show()
    for name, tab in _tabs(window):
        window.show_tab(tab)
        _settle()
        yield name, window
    window.show_beginning()
    _settle()
    yield "start", window
    window.show_tabs()
    for name, make in DIALOGS.items():
        dialog = make(window)
        dialog.show()
        _settle()
        if dialog.findChild(QPdfView):
            _wait_for_pages()
        yield name, dialog
        dialog.close()
        dialog.deleteLater()


def _tabs(window: MainWindow) -> Iterator[tuple[str, Tab]]:
    """Each page of each tab, brought to the front of its tab as it comes."""
    yield "overview", window.tabs.overview
    yield "units", window.tabs.units
    yield "branches", window.tabs.branches
    yield from evidence_pages(window)
    yield "intake", window.tabs.intake
    take_in_sample(window)
    yield "intake-preview", window.tabs.intake
    show_sheet(window)
    yield "intake-sheet", window.tabs.intake
    show_result(window)
    for place, name in enumerate(("applications", "finding-matrix", "inquiries")):
        window.tabs.applications.show_page(place)
        yield name, window.tabs.applications
    for place, name in enumerate(("ranking", "reviewers")):
        window.tabs.review.show_page(place)
        yield name, window.tabs.review
    yield "notice", window.tabs.notice
    yield "projects", window.tabs.projects
    yield "journal", window.tabs.journal


def _unit_dialog(window: MainWindow) -> QDialog:
    row = window.tabs.units.table.current()
    return UnitDialog(window, window.office, unit_form(window.office, row.id) if row else NEW)


def _branch_dialog(window: MainWindow) -> QDialog:
    row = window.tabs.branches.table.current()
    return BranchDialog(window, window.office, branch_form(window.office, row.id) if row else NEW)


def _posts_dialog(window: MainWindow) -> QDialog:
    row = window.tabs.units.model.row_at(0)
    body, name = (Body(row.id), row.name) if row else (Body(""), "")
    with TemporaryDirectory() as remembered:
        return PostsDialog(window, window.office, Settings(Path(remembered)), body, name)


def _find_dialog(window: MainWindow) -> QDialog:
    dialog = FindDialog(window, lambda text: find_everything(window.office, text, window.rounds.round_id))
    dialog.box.setText("jx")
    dialog.show_found()
    return dialog


DIALOGS: Mapping[str, Callable[[MainWindow], QDialog]] = {
    "unit-dialog": _unit_dialog,
    "branch-dialog": _branch_dialog,
    "posts-dialog": _posts_dialog,
    "post-dialog": lambda window: PostDialog(window, NEW_SECRETARY),
    "appraisal-dialog": lambda window: EvidenceDialog(window, window.office, APPRAISAL_LIST, NEW),
    "honour-dialog": lambda window: EvidenceDialog(window, window.office, HONOUR_LIST, NEW),
    "incident-dialog": lambda window: EvidenceDialog(window, window.office, INCIDENT_LIST, NEW),
    "delete-dialog": lambda window: ConfirmDialog(
        window, "删除考核评价", "删除这条考核评价？", ["机械工程学院教工第一党支部 · 2023年 · 好"], "删除"
    ),
    "find-all": _find_dialog,
    **EVIDENCE_DIALOGS,
    **INTAKE_DIALOGS,
    **APPLICATION_DIALOGS,
    **REVIEW_DIALOGS,
    **KEEPING_DIALOGS,
    **RULES_DIALOGS,
    **MESSAGE_DIALOGS,
}
"""Name of the picture → the dialog as it opens over a filled window."""


def _settle() -> None:
    """Let what is shown find its size: what scrolls needs a second turn."""
    for _ in range(2):
        QApplication.processEvents()


def _wait_for_pages() -> None:
    """The pages of a PDF are drawn in the background, and nothing says when they stand."""
    clock = QElapsedTimer()
    clock.start()
    while clock.elapsed() < DRAWING_MS:
        QApplication.processEvents()


def _save(widget: QWidget, path: Path) -> Path:
    widget.grab().save(str(path))
    return path


def main(folder: Path | None) -> int:
    """Take the pictures of the sample office, filled by the real walk; the exit code.

    Args:
        folder: for a picture of each tab and dialog; None takes those that the manual shows to where it has them.
    """
    wanted = None if folder else {path.stem for page in pages() for path in page.pictures()}
    with TemporaryDirectory(ignore_cleanup_errors=True) as filled:
        begun: datetime = sample.read_manifest()["round"]["at"]
        office = open_office(Paths(Path(filled)), Actor("示例"), lambda: begun)
        loaded = sample.load(office)
        there = replace(office, seat=Seat(Actor("章清和", "组织科-02")), clock=lambda: loaded.today)
        for path in take(there, folder or PICTURES, wanted=wanted):
            print(path)
        office.close()
    return 0
