"""The window outlives any number of calls into Qt, and nothing of it outlives the program."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from PySide6.QtWidgets import QLabel
from ui.start import make_app
app = make_app()
label = QLabel()
for _ in range(300_000):
    label.setText("")
    label.isVisible()
print("alive")
"""


ENDING = """
from PySide6.QtCore import QTimer
from db.errors import StoreError
from ui import icons
from ui.start import make_app
from ui.dialogs.message import TroubleDialog
from ui.widgets.buttons import button
app = make_app()
assert not app.windowIcon().isNull()
dialog = TroubleDialog(StoreError("磁盘已满", todo="请清理磁盘。"))
dialog.foot.addWidget(button("撤销", dialog.reject, icon="undo"))
dialog.show()
assert icons.pixmap.cache_info().currsize
QTimer.singleShot(50, app.quit)
app.exec()
print("pictures left:", icons.pixmap.cache_info().currsize)
"""


def test_a_few_hundred_thousand_calls_into_qt_do_not_end_the_program() -> None:
    assert output_of(PROGRAM) == "alive"


def test_a_program_that_showed_a_dialog_ends_without_a_fault() -> None:
    assert output_of(ENDING) == "pictures left: 0"


def output_of(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
