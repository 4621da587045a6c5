"""The start of the program: its frame is painted at once, and what stands below the window is loaded behind it.

Only Qt and the look may be imported here: the tables and the rules take as long to load as all of Qt.
"""

from __future__ import annotations

import gc
import pkgutil
import sys
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from dualcreate_desktop import PROGRAM
from dualcreate_desktop.intake.collecting import collecting_paused
from dualcreate_desktop.paths import Paths, find_paths
from ui import icons, theme
from ui.frame import Frame
from ui.immortal import keep_constants_alive
from ui.turns import Turns

if TYPE_CHECKING:
    from ui.app import Program

OFFICE = "dualcreate_desktop.office"

FIRST_TABS = ("overview", "journal")

FIRST = (f"{OFFICE}.overview", f"{OFFICE}.journal", f"{OFFICE}.actions", f"{OFFICE}.restoring")
"""With all that they import: what the window stands on, and its first page where that is one of these tabs."""

SAMPLE = (f"{OFFICE}.sample",)

WINDOW = ("ui.dialogs.restore", "ui.keeping", "ui.form", "ui.main_window", "ui.app")
"""The widgets of the window, the lower ones first."""

WIDGETS = ("ui.widgets", "ui.dialogs", "ui.tabs")

SWITCH_S = 0.0005
"""So long the worker may go on when the window wants to; Python's own 5 ms come dozens of times in one action."""

REST_AFTER_MS = 400
"""The first page is painted before the rest is loaded."""


def run(data: Path | None, *, sample: bool = False, opened: Path | None = None) -> int:
    """Show an office until its windows are closed; returns the exit code.

    Args:
        data: the data folder; None for the usual one.
        sample: show the sample office instead.
        opened: a file that is to be opened: rules of a round, or a backup.
    """
    app = make_app()
    start = Start(find_paths(data), sample=sample, opened=opened)
    start.begin()
    code = app.exec()
    start.end()
    return code


def make_app() -> QApplication:
    """The application in the house look, speaking Chinese; the present one when there is one."""
    keep_constants_alive()
    sys.setswitchinterval(SWITCH_S)
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationDisplayName(PROGRAM)
    app.setWindowIcon(icons.program())
    theme.apply(app)
    theme.speak_chinese(app)
    app.aboutToQuit.connect(icons.forget)
    return app


class Start(QObject):
    """Shows the frame, then the program in its place.

    Attributes:
        frame: what is seen until then.
        program: what is shown; None until it is loaded.
        done: whether nothing of the start is left to do.
    """

    _loaded = Signal()
    _rest_loaded = Signal()

    def __init__(self, paths: Paths, *, sample: bool, opened: Path | None = None) -> None:
        super().__init__()
        self._paths, self._sample, self._opened = paths, sample, opened
        self.frame = Frame(paths.sample if sample else paths)
        self.program: Program | None = None
        self.done = False
        self._tab = ""
        self._loading: Thread | None = None
        self._rest = QTimer(self, interval=REST_AFTER_MS, singleShot=True)
        self._rest.timeout.connect(self._begin_rest)
        self._loaded.connect(self._dress, Qt.ConnectionType.QueuedConnection)
        self._rest_loaded.connect(self._load_widgets, Qt.ConnectionType.QueuedConnection)

    def begin(self) -> None:
        """Show the frame and load the program; a frame that is closed meanwhile ends it."""
        from ui.tabs.all import seen_last

        self.frame.show()
        self._tab = seen_last(self.frame.settings)
        self._in_thread(self._load)

    def end(self) -> None:
        """Wait for what is being loaded: its thread must not be the last that knows this, and destroy it."""
        self._rest.stop()
        if self._loading is not None:
            self._loading.join()
        if self.program is not None:
            self.program.end()

    def _in_thread(self, load: Callable[[], None]) -> None:
        self._loading = Thread(target=load, name="loading")
        self._loading.start()

    @property
    def _first(self) -> Iterator[str]:
        """The modules without Qt that must be there before the window: for most tabs that is nearly all of them."""
        yield from FIRST
        if self._sample:
            yield from SAMPLE
        if self._tab not in FIRST_TABS:
            yield from _modules(OFFICE)

    def _load(self) -> None:
        """In a thread of its own, so that the frame answers; what fails here fails again, and is told, in `_open`."""
        try:
            with collecting_paused():
                for name in self._first:
                    import_module(name)
        finally:
            self._loaded.emit()

    def _dress(self) -> None:
        """Load the widgets a piece at a time, so that the frame answers."""
        from ui import crash

        crash.install(self._paths.logs)
        names = (*WINDOW, f"ui.tabs.{self._tab}")
        dressing = Turns((partial(import_module, name) for name in names), self)
        dressing.finished.connect(self._open)
        dressing.begin()

    def _open(self) -> None:
        from ui.app import Program

        if not self.frame.isVisible():
            self.done = True
            return
        self.program = Program(self._paths, self._opened)
        self.program.settled.connect(self._settle, Qt.ConnectionType.SingleShotConnection)
        opens = self.program.open_sample if self._sample else self.program.open
        opens(self.frame)

    def _settle(self) -> None:
        """The first window stands; without any the program ends."""
        self.done = True
        if self.program is not None and self.program.windows:
            self._rest.start()
        else:
            QApplication.quit()

    def _begin_rest(self) -> None:
        self._in_thread(self._load_rest)

    def _load_rest(self) -> None:
        """Load what the other tabs stand on before anybody opens them."""
        for name in _modules(OFFICE):
            import_module(name)
        self._rest_loaded.emit()

    def _load_widgets(self) -> None:
        """Load the widgets of the tabs and dialogs in the thread of the window, as Qt wants it."""
        loading = Turns((partial(import_module, name) for part in WIDGETS for name in _modules(part)), self)
        loading.finished.connect(self._make_ready)
        loading.begin()

    def _make_ready(self) -> None:
        """Nothing that comes later waits for a module; the collector need not look at them any more."""
        gc.freeze()
        if self.program is not None:
            self.program.make_ready()


def _modules(package: str) -> Iterator[str]:
    """The modules of a package, by their full names."""
    return (f"{package}.{module.name}" for module in pkgutil.iter_modules(import_module(package).__path__))
