"""Opens the window on a data folder."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from db.errors import StoreError
from dualcreate_desktop.office.rounds import rounds
from dualcreate_desktop.office.store import Actor, Clock, Office, open_office
from dualcreate_desktop.paths import Paths
from ui import crash, theme
from ui.background import BackgroundRunner
from ui.main_window import TITLE, MainWindow, SampleLoader
from ui.settings import Settings


def run(
    paths: Paths,
    *,
    load_sample: SampleLoader | None = None,
    sample: bool = False,
    clock: Clock = datetime.now,
) -> int:
    """Show the office of a data folder until the window is closed; returns the exit code.

    Args:
        load_sample: fills an empty office with the sample; None where that is not offered.
        sample: fill it at once, unless there is a round already.
    """
    app = make_app()
    crash.install(paths.logs)
    office = _open(paths, clock)
    if office is None:
        return 0
    try:
        window = MainWindow(office, BackgroundRunner(), Settings(paths.data), load_sample)
        window.show()
        QTimer.singleShot(0, _doorbell(paths, window))
        if sample and not rounds(office):
            QTimer.singleShot(0, window.load_sample)
        return app.exec()
    finally:
        office.close()


def make_app() -> QApplication:
    """The application in the house look, speaking Chinese; the present one when there is one."""
    present = QApplication.instance()
    app = present if isinstance(present, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationDisplayName(TITLE)
    theme.apply(app)
    theme.speak_chinese(app)
    return app


def _open(paths: Paths, clock: Clock) -> Office | None:
    """The office; None when another window has it, which comes forward, or when the trouble was told."""
    from ui import single

    try:
        return open_office(paths, Actor(getpass.getuser()), clock)
    except StoreError as trouble:
        if not single.call_first(paths):
            from ui.dialogs.message import TroubleDialog

            TroubleDialog.tell(trouble)
        return None


def _doorbell(paths: Paths, window: MainWindow) -> Callable[[], None]:
    """Listen for a second start, once the window stands."""

    def hang() -> None:
        from ui.single import Doorbell

        Doorbell(paths, window).rung.connect(window.come_forward)

    return hang
