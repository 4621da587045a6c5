"""Backups: when one asks, every half hour when something was written, and putting one back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from db.errors import StoreError, UserError
from dualcreate_desktop.office import backup, restoring
from dualcreate_desktop.office.backup import Counts
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.paths import Paths
from ui.background import Runner
from ui.dialogs.restore import RestoreDialog
from ui.widgets.status_line import Offer

EVERY_MS = 30 * 60 * 1_000


class Keeping(QObject):
    """Keeps the store of one window safe.

    Args:
        put_back: closes the window and opens it on a backup that was checked; None where that is not offered.

    Signals:
        offered: what was done, with a button for what comes next.
        refused: the user's trouble.
    """

    offered = Signal(Offer)
    refused = Signal(UserError)

    def __init__(
        self, office: Office, runner: Runner, put_back: Callable[[Path], None] | None, window: QWidget
    ) -> None:
        super().__init__(window)
        self._office, self._runner, self._put_back, self._window = office, runner, put_back, window
        self.timer = QTimer(self, interval=EVERY_MS)
        self.timer.timeout.connect(self.back_up_quietly)
        self.timer.start()

    def back_up(self) -> None:
        """Make a backup now and say where it is."""
        self._runner.run(
            "正在备份",
            lambda _: self._office.back_up("manual"),
            lambda made: self.offered.emit(_made(made)),
            self.refused.emit,
        )

    def back_up_quietly(self) -> None:
        """Make a backup when something was written since the newest; only a trouble is told."""
        self._runner.run(
            "正在备份", lambda _: self._office.back_up_if_changed("timer"), lambda _: None, self.refused.emit
        )

    def back_up_of_the_day(self) -> None:
        """Make the first backup of a day, once the window stands."""
        self._runner.run(
            "正在备份", lambda _: self._office.back_up_of_the_day(), lambda _: None, self.refused.emit
        )

    def restore(self, offered: Path | None = None) -> None:
        """Ask which backup, check it, and put it back.

        Args:
            offered: a file that stands elsewhere, proposed first.

        Raises:
            StoreError: that file is not there.
        """
        chosen = choose(self._office.paths, self._window, offered)
        if chosen is not None and self._put_back is not None:
            put_back = self._put_back
            self._runner.run(
                "正在核对备份",
                lambda _: restoring.check(chosen),
                lambda _: put_back(chosen),
                self.refused.emit,
            )


def choose(paths: Paths, parent: QWidget | None, offered: Path | None = None) -> Path | None:
    """Ask which backup is to be put back, of those of a data folder or another; None when none is."""
    known = backup.described(paths.backups)
    if offered is not None:
        first = backup.described_file(offered)
        own = [each for each in known if each.path.samefile(offered)]
        known = (*(own or [first]), *(each for each in known if each not in own))
    return RestoreDialog.ask(parent, known, _present(paths))


def _present(paths: Paths) -> Counts | None:
    if not paths.store.exists():
        return None
    try:
        return backup.counts(paths.store)
    except StoreError:
        return None


def _made(path: Path) -> Offer:
    folder = QUrl.fromLocalFile(str(path.parent))
    return Offer(f"已备份：{path.name}", "打开文件夹", lambda: QDesktopServices.openUrl(folder))
