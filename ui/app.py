"""Opens windows on a data folder: the office's, the sample's, and one on what a backup put back."""

from __future__ import annotations

import getpass
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import StoreError, StoreInUse
from dualcreate_desktop.office import backup, restoring
from dualcreate_desktop.office.rounds import rounds
from dualcreate_desktop.office.store import Actor, Clock, Office, open_office
from dualcreate_desktop.paths import Paths
from ui.background import BackgroundRunner, Progress
from ui.collecting import Collector
from ui.keeping import choose
from ui.main_window import MainWindow
from ui.seating import ACTOR_KEY
from ui.settings import Settings

Step = Callable[[], None]

CarryOut = Callable[[Sequence[Step]], object]
"""Takes the steps that show a window that was made: at once, or each in a turn of the event loop of its own."""


def at_once(steps: Sequence[Step]) -> None:
    """Show it in this turn."""
    for step in steps:
        step()


class Program(QObject):
    """The windows of one start: the office's, and the sample's when it is asked for.

    Signals:
        loaded: all modules are there, so that each window can make ready what is not seen yet.
    """

    loaded = Signal()

    def __init__(self, paths: Paths, opened: Path | None = None) -> None:
        """`opened` is a file that is to be opened in the office's window."""
        super().__init__()
        self._paths, self._opened = paths, opened
        self._collector = Collector(self)
        self._is_loaded = False
        self.windows: list[MainWindow] = []

    def make_ready(self) -> None:
        """All modules are there: let the windows make ready what is not seen yet."""
        self._is_loaded = True
        self.loaded.emit()

    def open(self, carry_out: CarryOut = at_once) -> bool:
        """Show the office; whether there is a window now, or as soon as `carry_out` has shown it."""
        office = _open(self._paths, datetime.now, self._opened)
        if office is None:
            return False
        window = self._make(office, self.open, offers_sample=True)
        carry_out((window.read_first_page, partial(self._show_office, window)))
        return True

    def open_sample(self, carry_out: CarryOut = at_once) -> bool:
        """Show the sample office on its own day, filled when it is new; whether there is a window, as in `open`."""
        from dualcreate_desktop.office import sample

        today = sample.read_manifest()["today"]
        office = _open(self._paths.sample, lambda: today)
        if office is None:
            return False
        window = self._make(office, self.open_sample, offers_sample=False)
        window.setWindowTitle("示例（学校和人员都是虚构的）")
        carry_out((window.read_first_page, partial(self._show_sample, window)))
        return True

    def _show_office(self, window: MainWindow) -> None:
        self._show(window)
        QTimer.singleShot(0, window.seating.ask_of_the_day)
        if self._opened is not None:
            _open_soon(window, self._opened)
            self._opened = None

    def _show_sample(self, window: MainWindow) -> None:
        self._show(window)
        if not rounds(window.office):
            self._fill(window.office, window)

    @staticmethod
    def _fill(office: Office, window: MainWindow) -> None:
        """Fill a new sample in the background; one that was given up half-way goes with its window."""
        filled = Event()

        def fill(progress: Progress) -> None:
            from dualcreate_desktop.office import sample

            sample.load(office, progress.step)
            filled.set()

        def forget() -> None:
            if not filled.is_set():
                office.paths.store.unlink(missing_ok=True)
                shutil.rmtree(office.paths.backups, ignore_errors=True)

        window.closed.connect(forget)
        window.show_tabs()
        window.work("正在准备示例", fill, "示例已备好：学校和人员都是虚构的，可以放心试用")

    def _make(self, office: Office, again: Callable[[], bool], *, offers_sample: bool) -> MainWindow:
        """The window of an office, not yet shown.

        Args:
            again: opens it anew, after its store was put back from a backup.
        """
        runner = BackgroundRunner()
        self._collector.watch(runner)
        window = MainWindow(
            office,
            runner,
            Settings(office.paths.data),
            self._open_sample if offers_sample else None,
            lambda chosen: QTimer.singleShot(0, lambda: self._put_back(window, chosen, again)),
        )
        self.windows.append(window)
        window.closed.connect(office.leave)
        window.closed.connect(lambda: self._collector.leave(runner))
        window.closed.connect(window.deleteLater)
        return window

    def _show(self, window: MainWindow) -> None:
        window.show()
        warn_of_cloud(window)
        window.keeping.back_up_of_the_day()
        QTimer.singleShot(0, lambda: _hang_doorbell(window.office.paths, window))
        self._make_ready_when_loaded(window)

    def _make_ready_when_loaded(self, window: MainWindow) -> None:
        if self._is_loaded:
            window.make_ready()
        else:
            self.loaded.connect(window.make_ready)

    def _open_sample(self) -> None:
        self.open_sample()

    def _put_back(self, window: MainWindow, chosen: Path, again: Callable[[], bool]) -> None:
        """Close a window, put a backup in the place of its store, and show it again, whatever came of it."""
        paths = window.office.paths
        now = window.office.clock()
        window.close()
        self.windows.remove(window)
        try:
            kept = restoring.put_back(paths, chosen, now=now)
            said = f"已恢复备份 {chosen.name}；恢复前的数据另存为 {kept.name if kept else '（没有）'}"
        except StoreError as trouble:
            said = str(trouble)
        if again():
            self.windows[-1].status.say(said)


def _open(paths: Paths, clock: Clock, opened: Path | None = None) -> Office | None:
    """The office; None when another window has it, which comes forward and opens the file, or a trouble was told."""
    try:
        return open_office(paths, Actor(_last_actor(paths)), clock, backs_up=False)
    except StoreError as trouble:
        from ui.dialogs.message import TroubleDialog
        from ui.single import STARTING_S, call_first

        if isinstance(trouble, StoreInUse) and call_first(paths, opened, STARTING_S):
            return None
        known = backup.described(paths.backups)
        if TroubleDialog.tell(trouble, "恢复备份…" if known else "") and _restore(paths, clock):
            return _open(paths, clock)
        return None


def _restore(paths: Paths, clock: Clock) -> bool:
    """Put a backup in the place of a store that cannot be opened; whether that was done."""
    from ui.dialogs.message import TroubleDialog

    chosen = choose(paths, None)
    if chosen is None:
        return False
    try:
        restoring.put_back(paths, chosen, now=clock())
    except StoreError as trouble:
        TroubleDialog.tell(trouble)
        return False
    return True


def _last_actor(paths: Paths) -> str:
    """Who sat here last; at first the name under which one is logged in."""
    known = Settings(paths.data).get(ACTOR_KEY) if paths.data.exists() else {}
    return str(known.get("name") or getpass.getuser())


def _hang_doorbell(paths: Paths, window: MainWindow) -> None:
    """Listen for a second start, once the window stands."""
    from ui.single import Doorbell

    Doorbell(paths, window).rung.connect(lambda opened: _come_forward(window, opened))


def _come_forward(window: MainWindow, opened: str) -> None:
    window.come_forward()
    if opened:
        _open_soon(window, Path(opened))


def _open_soon(window: MainWindow, path: Path) -> None:
    """Open a file when the window stands and nobody is asked any more who sits here."""
    QTimer.singleShot(0, lambda: _open_when_answered(window, path))


def _open_when_answered(window: MainWindow, path: Path) -> None:
    from ui.dialogs.actor import ActorDialog
    from ui.opened_file import open_file

    asking = window.findChild(ActorDialog)
    if asking is None:
        open_file(window, path)
    else:
        asking.finished.connect(lambda _: QTimer.singleShot(0, lambda: open_file(window, path)))


def warn_of_cloud(window: MainWindow) -> None:
    """Say that a service copies the store away while it is written, which has damaged many."""
    if service := window.office.paths.cloud:
        window.status.warn(f"数据文件夹在{service}的同步目录里，数据可能损坏：请把它移到本机磁盘的其他文件夹")
