"""The window: the tabs, the round that is looked at, and the status line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from db.errors import UserError
from dualcreate_desktop import PROGRAM
from dualcreate_desktop.office import journal, own_unit
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.rounds import is_blank, rounds
from dualcreate_desktop.office.store import Changed, Office
from ui.background import Progress, Runner, Work
from ui.changes import Changes
from ui.dialogs.about import AboutDialog
from ui.dialogs.own_unit import OwnUnitDialog
from ui.dropped import brings_files
from ui.keeping import Keeping
from ui.round_desk import RoundDesk
from ui.seating import Seating
from ui.settings import Settings
from ui.tabs.all import TITLES, Tabs, seen_last
from ui.tabs.tab import Tab
from ui.turns import Turns
from ui.undoing import undoing
from ui.widgets.start_page import StartPage
from ui.widgets.status_line import StatusLine
from ui.widgets.top_bar import Entry, TopBar
from ui.window_place import WINDOW_KEY, place_of, put_window

TAB_KEYS = "1234567890"
"""With Ctrl: the first tab, the second, … the tenth."""

RULES_MANUAL = "11-批次规则"
"""The page of the manual on a round's rules."""

REST_MS = 400
"""So soon it is looked again whether nothing is at work any more."""

UNDONE = "撤销："
"""How the title of an undoing begins; that of a dissolved branch has no colon."""


class MainWindow(QMainWindow):
    """Shows an open office.

    Args:
        open_sample: shows the sample; None where that is not offered.
        put_back: closes this window and opens one on a backup; None where that is not offered.

    Signals:
        prepared: what is not seen yet was made ready.
        closed: nothing of this window uses the office any more.
    """

    prepared = Signal()
    closed = Signal()

    def __init__(
        self,
        office: Office,
        runner: Runner,
        settings: Settings,
        open_sample: Callable[[], None] | None = None,
        put_back: Callable[[Path], None] | None = None,
    ) -> None:
        super().__init__()
        self.office, self._runner, self._settings = office, runner, settings
        self._changes = Changes(office, self)
        self._heard: list[Changed] = []
        self._rest = QTimer(self, interval=REST_MS, singleShot=True)
        self._rest.timeout.connect(self.make_ready)
        self._opened_at = office.clock()
        self.seating = Seating(self, office, settings)
        self.desk = RoundDesk(self, office, settings, self._carry_out)
        self.tabs = Tabs(office, settings, self.desk)
        self.keeping = Keeping(office, runner, put_back, self)
        restore = self.keeping.restore if put_back else None
        self.start = StartPage(self.desk.new_round, open_sample, restore, self.skip_start, self.edit_own_unit)
        self.top = TopBar(list(TITLES.values()), self._entries(restore))
        self.bar, self.rounds = self.top.tabs, self.top.rounds
        self._whole = QStackedWidget()
        self.status = StatusLine(runner, self.seating.shown)
        self.setWindowTitle(PROGRAM)
        self._show_school()
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show_rounds(self._settings.get(WINDOW_KEY).get("round"))
        self._restore()
        self._show_start()

    def fill(self, title: str, work: Callable[[Progress], object], said: str) -> None:
        """Fill this empty office in the background, and say meanwhile that it is not empty for long.

        Args:
            said: what the status line says when it went well.
        """

        def end() -> None:
            self.tabs.overview.await_round(is_coming=False)

        def done(_: object) -> None:
            end()
            self.status.say(said)

        def failed(trouble: UserError) -> None:
            end()
            self.warn(trouble)

        self.show_tabs()
        self.tabs.overview.await_round(is_coming=True)
        self._runner.run(title, work, done, failed, end)

    def read_first_page(self) -> None:
        """Read what is seen first, which showing the window would do otherwise: together they take too long."""
        if self._whole.currentIndex():
            self._shown.appear()

    def dress(self) -> None:
        """Give every widget its look, which showing the window would do otherwise, in the turn that paints it."""
        for part in self.findChildren(QWidget):
            part.ensurePolished()

    def make_ready(self) -> None:
        """Make the tabs that were not seen yet, then read what they will ask for, before anybody opens them.

        That waits until nothing else is at work: two threads at work keep each other waiting, and so the window.
        """
        if self._runner.busy:
            self._rest.start()
            return
        making = Turns((partial(self.tabs.named, name) for name in TITLES), self)
        making.finished.connect(self._read_ahead)
        making.begin()

    def _read_ahead(self) -> None:
        from dualcreate_desktop.office.read_ahead import read_ahead

        office, round_id = self.office, self.rounds.round_id

        def end(_: object) -> None:
            self.prepared.emit()  # what failed fails again, and is told, when the page is opened

        self._runner.run(
            "正在准备其他页面", lambda progress: read_ahead(office, round_id, progress.check), end, end
        )

    def undo(self) -> None:
        """Take back the newest action; a large one is shown and confirmed first, and so is an earlier one.

        Earlier is what was written before this window was opened: one Ctrl+Z too many would otherwise take back what
        somebody decided weeks ago.
        """
        change_id = journal.last_undoable(self.office)
        if change_id is None:
            self.status.say("没有可以撤销的操作")
            return
        done, since = self.status.say, self._opened_at
        self._carry_out(
            undoing(self.office, change_id, self, self._carry_out, done=done, unasked_since=since)
        )

    def edit_own_unit(self) -> None:
        """Ask for the school and its office."""
        answer = OwnUnitDialog.ask(self, own_unit.form(self.office))
        if answer is not None:
            own_unit.save(self.office, answer)

    def skip_start(self) -> None:
        """Go on to the tabs, empty as they are, where a registry comes in."""
        self.show_tabs()
        self.show_tab(self.tabs.intake)

    def show_beginning(self) -> None:
        """Show the page with which one begins."""
        self._whole.setCurrentIndex(0)
        self.start.new_round.setFocus()

    def show_tabs(self) -> None:
        """Leave the page with which one begins."""
        self._whole.setCurrentIndex(1)

    def show_tab(self, tab: Tab) -> None:
        """Bring a tab to the front."""
        self.bar.setCurrentIndex(self.tabs.place_of(tab))

    @property
    def manual(self) -> str:
        """The page of the manual that tells of what is seen."""
        return self._shown.manual

    def show_rules_manual(self) -> None:
        """Open the manual at its page on rules."""
        self._open_manual(RULES_MANUAL)

    def show_manual(self) -> None:
        """Open the manual at the page of the tab that is seen."""
        self._open_manual(self.manual)

    def _open_manual(self, page: str) -> None:
        from ui.dialogs.manual import open_manual

        open_manual(self, page)

    def tell_about(self) -> None:
        """Say which program this is and who uses it."""
        known = own_unit.own_unit_of(self.office)
        AboutDialog.tell(self, self.office.paths, known.organ or known.school)

    def open_place(self, place: Place) -> None:
        """Show the rows that a figure or a line of 总览 speaks of."""
        tab = self.tabs.named(place.desk)
        self.show_tab(tab)
        tab.show_list(place.page)
        tab.show_rows(place.chip, place.row, place.search)
        tab.take_keyboard()

    def find_anything(self) -> None:
        """Search all that has a name, and open what is picked."""
        from dualcreate_desktop.office.searching import find_everything
        from ui.dialogs.find_all import FindDialog

        dialog = FindDialog(self, lambda text: find_everything(self.office, text, self.rounds.round_id))
        dialog.chosen.connect(self.open_place)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

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
        if brings_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """收件 takes what was dropped."""
        event.acceptProposedAction()
        self.tabs.intake.take_dropped(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window's place; give up what runs in the background."""
        self._settings.put(
            WINDOW_KEY,
            {
                "geometry": place_of(self),
                "tab": self.bar.tabText(self.bar.currentIndex()),
                "round": self.rounds.round_id,
            },
        )
        self.seating.give_up()
        self._rest.stop()
        self._changes.stop()
        self._runner.close()
        super().closeEvent(event)
        self.closed.emit()

    @property
    def _shown(self) -> Tab:
        return self.tabs.at(self.bar.currentIndex())

    def _carry_out(self, wanted: Work) -> None:
        self._runner.run(wanted.title, wanted.work, wanted.done, self.warn, wanted.given_up)

    def _hear(self, changed: Changed, here: bool) -> None:
        """Tell of a change and show it; those of a long work are told and shown together at its end.

        Args:
            here: it was written by the person before the window, whatever is at work behind it.
        """
        self._heard.append(changed)
        if here or not self._runner.busy:
            self._show_heard()

    def _show_heard(self) -> None:
        """The newest is told, as 撤销 takes back that one; the work that ended may sum up all of them after it."""
        changes, self._heard = self._heard, []
        if changes:
            title = changes[-1].title
            self.status.say(f"已{title}", undoable=not title.startswith(UNDONE))
        heard = frozenset[str]().union(*(changed.tables for changed in changes))
        if "office_fact" in heard:
            self._show_school()
        if not heard.isdisjoint({"round", "unit"}):
            self._show_start()
        if "round" in heard:
            self._show_rounds(self.rounds.round_id)  # whereupon every tab is read anew
        else:
            self.tabs.hear(heard)

    def _show_rounds(self, wanted: object) -> None:
        """Fill the selector and look at the wanted round, else at the newest."""
        self.rounds.show_rounds(rounds(self.office), str(wanted) if wanted else None)
        self._set_round()

    def _show_school(self) -> None:
        """The window bears the school's name, unless it says that it is the sample."""
        school = own_unit.own_unit_of(self.office).school
        if self.windowTitle().endswith(PROGRAM):
            self.setWindowTitle(f"{school} · {PROGRAM}" if school else PROGRAM)

    def _show_start(self) -> None:
        """As long as there is nothing, offer what one can begin with."""
        if is_blank(self.office):
            self.show_beginning()
        else:
            self.show_tabs()

    def _set_round(self) -> None:
        self.desk.round_id = self.rounds.round_id
        self.tabs.set_round(self.rounds.round_id)

    def _show_tab(self, number: int) -> None:
        self.show_tabs()
        self.tabs.setCurrentWidget(self.tabs.at(number))
        if not self.bar.hasFocus():
            self._shown.take_keyboard()

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.office.paths.shown.data)))

    def _entries(self, restore: Callable[[], object] | None) -> list[Entry | None]:
        kept: list[Entry] = [("恢复备份…", restore)] if restore else []
        return [
            ("搜索全部…（Ctrl+K）", self.find_anything),
            ("新建批次…", self.desk.new_round),
            ("批次规则…", self.desk.edit_rules),
            ("节假日和调休…", self.desk.edit_calendar),
            ("本单位设置…", self.edit_own_unit),
            ("谁在用…", self.seating.ask),
            None,
            ("立即备份", self.keeping.back_up),
            *kept,
            ("打开数据文件夹", self._open_folder),
            None,
            ("使用手册（F1）", self.show_manual),
            ("关于", self.tell_about),
        ]

    def _connect(self) -> None:
        self.bar.currentChanged.connect(self._show_tab)
        self.rounds.round_chosen.connect(self._set_round)
        self.rounds.new_wanted.connect(self.desk.new_round)
        self.rounds.rules_wanted.connect(self.desk.edit_rules)
        self.status.undo_wanted.connect(self.undo)
        self.status.who_clicked.connect(self.seating.ask)
        self.seating.taken.connect(self.status.who.setText)
        self.desk.opened.connect(self._show_rounds)
        self.desk.explained.connect(self.show_rules_manual)
        self.desk.refused.connect(self.warn)
        self.keeping.offered.connect(self.status.offer)
        self.keeping.refused.connect(self.warn)
        self._changes.written.connect(self._hear)
        self._runner.ended.connect(self._show_heard)
        self.tabs.made.connect(self._connect_tab)
        self.tabs.place_opened.connect(self.open_place)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), self).activated.connect(
            self.show_manual
        )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self).activated.connect(self.undo)
        QShortcut(QKeySequence("Ctrl+K"), self).activated.connect(self.find_anything)
        for number, key in enumerate(TAB_KEYS):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{key}"), self)
            shortcut.activated.connect(lambda number=number: self.bar.setCurrentIndex(number))

    def _connect_tab(self, tab: Tab) -> None:
        """Listen to a tab that was just made."""
        tab.refused.connect(self.warn)
        tab.said.connect(self.status.say)
        tab.offered.connect(self.status.offer)
        tab.work_wanted.connect(self._carry_out)
        tab.wanted.connect(lambda: self.show_tab(tab))

    def _lay_out(self) -> None:
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.tabs, 1)
        self._whole.addWidget(self.start)
        self._whole.addWidget(centre)
        frame = QWidget()
        outer = QVBoxLayout(frame)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._whole, 1)
        outer.addWidget(self.status)
        self.setCentralWidget(frame)

    def _restore(self) -> None:
        put_window(self, self._settings)
        place = list(TITLES).index(seen_last(self._settings))
        self.bar.setCurrentIndex(place)
        self._show_tab(place)
