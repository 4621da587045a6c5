"""The window: the tabs, the round that is looked at, and the status line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from db.errors import UserError
from dualcreate_desktop import PROGRAM
from dualcreate_desktop.office import journal
from dualcreate_desktop.office.rounds import rounds
from dualcreate_desktop.office.store import Changed, Office
from ui import theme
from ui.background import Progress, Runner, Work
from ui.changes import Changes
from ui.dialogs.undo import UndoDialog, needs_asking
from ui.settings import Settings
from ui.tabs.applications import ApplicationsTab
from ui.tabs.branches import BranchesTab
from ui.tabs.evidence import EvidenceTab
from ui.tabs.intake import IntakeTab
from ui.tabs.notice import NoticeTab
from ui.tabs.overview import OverviewTab
from ui.tabs.review import ReviewTab
from ui.tabs.tab import Tab
from ui.tabs.units import UnitsTab
from ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from ui.dialogs.manual import ManualDialog

SMALLEST = QSize(1000, 640)
USUAL = QSize(1280, 800)

_WINDOW_KEY = "window"


class MainWindow(QMainWindow):
    """Shows an open office.

    Args:
        open_sample: offered while there is no round.

    Signals:
        closed: nothing of this window uses the office any more.
    """

    closed = Signal()

    def __init__(
        self,
        office: Office,
        runner: Runner,
        settings: Settings,
        open_sample: Callable[[], None] | None = None,
    ) -> None:
        super().__init__()
        self.office, self._runner, self._settings = office, runner, settings
        self._changes = Changes(office, self)
        self._heard: frozenset[str] = frozenset()
        self._manual: ManualDialog | None = None
        self.overview = OverviewTab(office, open_sample)
        self.units = UnitsTab(office, settings)
        self.branches = BranchesTab(office, settings)
        self.evidence = EvidenceTab(office, settings)
        self.intake = IntakeTab(office, settings)
        self.applications = ApplicationsTab(office, settings)
        self.review = ReviewTab(office, settings)
        self.notice = NoticeTab(office, settings)
        self._tabs: tuple[Tab, ...] = (
            self.overview,
            self.units,
            self.branches,
            self.evidence,
            self.intake,
            self.applications,
            self.review,
            self.notice,
        )
        self.bar = QTabBar()
        self.rounds = QComboBox()
        self._stack = QStackedWidget()
        self.status = StatusLine(runner, f"{office.actor.name} · {office.actor.pc}")
        self.setWindowTitle(PROGRAM)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show_rounds()
        self._restore()

    def work(self, title: str, work: Callable[[Progress], object], said: str) -> None:
        """Do something long in the background and say how it ended.

        Args:
            said: what the status line says when it went well.
        """
        self._runner.run(title, work, lambda _: self.status.say(said), self.warn)

    def undo(self) -> None:
        """Take back the newest action; a large one is shown and confirmed first."""
        try:
            change_id = journal.last_undoable(self.office)
            if change_id is None:
                self.status.say("没有可以撤销的操作")
                return
            plan = journal.undo_plan(self.office, change_id)
            if not needs_asking(plan) or UndoDialog.ask(self, plan):
                journal.undo(self.office, change_id)
        except UserError as trouble:
            self.warn(trouble)

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.bar.setCurrentIndex(self._tabs.index(tab))

    def show_manual(self) -> None:
        """Open the manual at the page of the tab that is seen."""
        from ui.dialogs.manual import ManualDialog

        if self._manual is None:
            self._manual = ManualDialog(self)
        self._manual.show_page(self._tabs[self.bar.currentIndex()].manual)
        self._manual.show()
        self._manual.raise_()
        self._manual.activateWindow()

    def come_forward(self) -> None:
        """Be seen: somebody started the program again."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    def warn(self, trouble: UserError) -> None:
        """Say the user's trouble in the status line."""
        self.status.warn(str(trouble))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """收件 takes what was dropped."""
        event.acceptProposedAction()
        self.intake.take_in([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place; give up what runs in the background."""
        self._settings.put(
            _WINDOW_KEY,
            {
                "geometry": bytes(self.saveGeometry().toBase64().data()).decode(),
                "tab": self.bar.currentIndex(),
                "round": self.rounds.currentData(),
            },
        )
        self._changes.stop()
        self._runner.close()
        super().closeEvent(event)
        self.closed.emit()

    def _carry_out(self, wanted: Work) -> None:
        self._runner.run(wanted.title, wanted.work, wanted.done, self.warn)

    def _hear(self, changed: Changed) -> None:
        """Tell of a change and show it; those of a long work are shown together at its end."""
        self._heard |= changed.tables
        if not self._runner.busy:
            self.status.say(f"已{changed.title}", undoable=not changed.title.startswith("撤销"))
            self._show_heard()

    def _show_heard(self) -> None:
        heard, self._heard = self._heard, frozenset()
        if "round" in heard:
            self._show_rounds()
        for tab in self._tabs:
            tab.hear(heard)

    def _show_rounds(self) -> None:
        """Fill the selector and keep the round that was looked at, else take the newest."""
        known = rounds(self.office)
        chosen = self.rounds.currentData() or self._settings.get(_WINDOW_KEY).get("round")
        self.rounds.blockSignals(True)
        self.rounds.clear()
        for row in known:
            self.rounds.addItem(row.name, row.id)
        place = self.rounds.findData(chosen)
        self.rounds.setCurrentIndex(place if place >= 0 else len(known) - 1)
        self.rounds.blockSignals(False)
        self.rounds.setVisible(bool(known))
        self._set_round()

    def _set_round(self) -> None:
        for tab in self._tabs:
            tab.set_round(self.rounds.currentData())

    def _show_tab(self, number: int) -> None:
        self._stack.setCurrentIndex(number)
        if not self.bar.hasFocus():
            self._tabs[number].take_keyboard()

    def _connect(self) -> None:
        self.bar.currentChanged.connect(self._show_tab)
        self.rounds.currentIndexChanged.connect(lambda _: self._set_round())
        self.status.undo_wanted.connect(self.undo)
        self._changes.written.connect(self._hear)
        self._runner.ended.connect(self._show_heard)
        self.intake.wanted.connect(lambda: self.show_tab(self.intake))
        for tab in self._tabs:
            tab.refused.connect(self.warn)
            tab.said.connect(self.status.say)
            tab.offered.connect(self.status.offer)
            tab.work_wanted.connect(self._carry_out)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(
            self.show_manual
        )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undo)
        for number in range(len(self._tabs)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda number=number: self.bar.setCurrentIndex(number))

    def _lay_out(self) -> None:
        for tab in self._tabs:
            self.bar.addTab(tab.title)
            self._stack.addWidget(tab)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top_bar())
        column.addWidget(self._stack, 1)
        column.addWidget(self.status)
        self.setCentralWidget(centre)
        self.setMinimumSize(SMALLEST)

    def _top_bar(self) -> QFrame:
        self.bar.setObjectName("tabs")
        self.bar.setDrawBase(False)
        self.bar.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.bar.setExpanding(False)
        self.rounds.setAccessibleName("批次")
        self.rounds.setToolTip("正在查看的批次")
        self.rounds.setMinimumWidth(220)
        self.rounds.setMaximumWidth(320)
        frame = QFrame()
        frame.setObjectName("topBar")
        frame.setFixedHeight(49)
        row = QHBoxLayout(frame)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(theme.LARGE)
        row.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch()
        row.addWidget(self.rounds)
        return frame

    def _restore(self) -> None:
        known = self._settings.get(_WINDOW_KEY)
        self.resize(USUAL)
        if geometry := known.get("geometry"):
            self.restoreGeometry(QByteArray.fromBase64(str(geometry).encode()))
        place = min(int(known.get("tab") or 0), len(self._tabs) - 1)
        self.bar.setCurrentIndex(place)
        self._tabs[place].take_keyboard()
