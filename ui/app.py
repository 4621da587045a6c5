"""Opens windows on a data folder: the office's, the sample's, and one on what a backup put back."""

from __future__ import annotations

import getpass
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Event

from PySide6.QtCore import QObject, QTimer, Signal

from db.errors import StoreInUse, UserError
from dualcreate_desktop.office import backup, restoring
from dualcreate_desktop.office.overview import overview
from dualcreate_desktop.office.round_size import is_large
from dualcreate_desktop.office.rounds import rounds
from dualcreate_desktop.office.store import Actor, Clock, Office, open_office
from dualcreate_desktop.paths import Paths
from ui.background import BackgroundRunner, Progress
from ui.collecting import Collector
from ui.frame import Frame
from ui.keeping import choose
from ui.main_window import MainWindow
from ui.seating import ACTOR_KEY
from ui.settings import Settings
from ui.turns import Turns
from ui.window_place import put_like


@dataclass(frozen=True, slots=True)
class Door:
    """A store that the program opens: the office's own, or the sample's.

    Args:
        clock: reads, in the worker's thread, what day it is there.
        named: what the window is called; empty when it bears the school's name.
    """

    paths: Paths
    clock: Callable[[], Clock]
    named: str = ""


def _sample_clock() -> Clock:
    """The sample stands still on its own day."""
    from dualcreate_desktop.office import sample

    today = sample.read_manifest()["today"]
    return lambda: today


class Program(QObject):
    """The windows of one start: the office's, and the sample's when it is asked for.

    Attributes:
        windows: those that are made and not closed.

    Signals:
        loaded: all modules are there, so that each window can make ready what is not seen yet.
        settled: a window is shown; or none, since another program has it or a trouble was told.
    """

    loaded = Signal()
    settled = Signal()

    def __init__(self, paths: Paths, opened: Path | None = None) -> None:
        """`opened` is a file that is to be opened in the office's window."""
        super().__init__()
        self._opened = opened
        self._own = Door(paths, lambda: datetime.now)
        self._sample = Door(paths.sample, _sample_clock, "示例（学校和人员都是虚构的）")
        self._runner = BackgroundRunner()
        self._collector = Collector(self)
        self._frames: dict[Door, Frame] = {}
        self._is_loaded = False
        self.windows: list[MainWindow] = []

    def make_ready(self) -> None:
        """All modules are there: let the windows make ready what is not seen yet."""
        self._is_loaded = True
        self.loaded.emit()

    def open(self, frame: Frame | None = None) -> None:
        """Show the office; `settled` tells when. `frame` stands in the place of its window already."""
        self._begin(self._own, frame)

    def open_sample(self, frame: Frame | None = None) -> None:
        """Show the sample office on its own day, filled when it is new; otherwise as `open`."""
        self._begin(self._sample, frame)

    def end(self) -> None:
        """Wait for what is being opened."""
        self._runner.close()

    def _begin(self, door: Door, frame: Frame | None) -> None:
        """Open a store, unless its frame stands already: a button is soon clicked twice."""
        standing = self._frames.get(door)
        if standing is None or not standing.isVisible():
            self._enter(door, frame or Frame(door.paths))

    def _stand(self, door: Door, frame: Frame) -> None:
        """Show a frame in the place of its window, under its name."""
        self._frames[door] = frame
        if door.named:
            frame.setWindowTitle(door.named)
        frame.show()

    def _enter(self, door: Door, frame: Frame, said: str = "") -> None:
        """Open a store behind a frame: making or migrating it takes long; then show its window, which says something."""
        present = next((window for window in self.windows if window.office.paths == door.paths), None)
        if present is not None:
            present.come_forward()
            self._settle(frame)
            return
        self._stand(door, frame)
        actor = Actor(_last_actor(door.paths))
        self._runner.run(
            "正在打开",
            lambda _: _opened(door, actor),
            partial(self._furnish, door, frame, said),
            partial(self._turn_away, door, frame),
        )

    def _furnish(self, door: Door, frame: Frame, said: str, office: Office) -> None:
        """Make the window, read its first page and show it, in a turn each; nothing when the frame was closed."""
        if not frame.isVisible():
            office.close()
            self._settle(frame)
            return
        window = self._make(door, office)
        put_like(window, frame)
        if said:
            window.status.say(said)
        shown = self._show_sample if door is self._sample else self._show_office
        steps = (window.read_first_page, window.dress, partial(shown, window), partial(self._settle, frame))
        Turns(steps, self).begin()

    def _settle(self, frame: Frame) -> None:
        """The frame goes last: without any window Qt ends the program."""
        frame.close()
        self.settled.emit()

    def _turn_away(self, door: Door, frame: Frame, trouble: UserError) -> None:
        """The store was not opened: let the program that has it come forward, else tell the trouble."""
        if not isinstance(trouble, StoreInUse):
            self._tell(door, frame, trouble)
            return
        from ui.single import STARTING_S, call_first

        self._runner.run(
            "正在找已经打开的窗口",
            lambda _: call_first(door.paths, self._opened, STARTING_S),
            lambda found: self._settle(frame) if found else self._tell(door, frame, trouble),
            partial(self._tell, door, frame),
        )

    def _tell(self, door: Door, frame: Frame, trouble: UserError) -> None:
        """Say why it cannot be opened, and offer a backup where there is one and nobody has the store."""
        from ui.dialogs.message import TroubleDialog

        known = not isinstance(trouble, StoreInUse) and backup.described(door.paths.backups)
        wanted = TroubleDialog.tell(trouble, "恢复备份…" if known else "", frame)
        chosen = choose(door.paths, frame) if wanted else None
        if chosen is None:
            self._settle(frame)
        else:
            self._restore(door, frame, chosen, partial(self._tell, door, frame))

    def _restore(self, door: Door, frame: Frame, chosen: Path, failed: Callable[[UserError], None]) -> None:
        """Put a backup in the place of the store, which nobody has open, and open it."""
        frame.say("正在恢复备份…")
        self._stand(door, frame)
        self._runner.run(
            "正在恢复备份",
            lambda _: restoring.put_back(door.paths, chosen, now=door.clock()()),
            lambda kept: self._enter(
                door,
                frame,
                f"已恢复备份 {chosen.name}；恢复前的数据另存为 {kept.name if kept else '（没有）'}",
            ),
            failed,
        )

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
            _read_first_page(office)

        def forget() -> None:
            if not filled.is_set():
                office.paths.store.unlink(missing_ok=True)
                shutil.rmtree(office.paths.backups, ignore_errors=True)

        window.closed.connect(forget)
        window.fill("正在准备示例", fill, "示例已备好：学校和人员都是虚构的，可以放心试用")

    def _make(self, door: Door, office: Office) -> MainWindow:
        """The window of an office, not yet shown."""
        runner = BackgroundRunner()
        self._collector.watch(runner)
        window = MainWindow(
            office,
            runner,
            Settings(office.paths.data),
            None if door is self._sample else self.open_sample,
            lambda chosen: QTimer.singleShot(0, partial(self._put_back, door, window, chosen)),
        )
        if door.named:
            window.setWindowTitle(door.named)
        self.windows.append(window)
        window.closed.connect(partial(self.windows.remove, window))
        window.closed.connect(partial(office.leave))  # Qt cannot hold a method of a slotted object
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

    def _put_back(self, door: Door, window: MainWindow, chosen: Path) -> None:
        """Close a window, put a backup in the place of its store, and show it again, whatever came of it."""
        frame = Frame(door.paths)
        put_like(frame, window)
        self._stand(door, frame)
        window.close()
        self._restore(door, frame, chosen, lambda trouble: self._enter(door, frame, str(trouble)))


def _opened(door: Door, actor: Actor) -> Office:
    """The office behind a door, in the worker's thread; raises StoreError."""
    office = open_office(door.paths, actor, door.clock(), backs_up=False)
    _read_first_page(office)
    return office


def _read_first_page(office: Office) -> None:
    """Read it once, so that its statements are worked out.

    What fails here, even by a fault of ours, fails again, and is told, by the page; the other pages are not lost by it.
    """
    with suppress(Exception):
        for row in rounds(office)[:1]:
            if not is_large(office, row.id):
                overview(office, row.id)


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
