"""The window outlives any number of calls into Qt."""

from __future__ import annotations

import subprocess
import sys

PROGRAM = """
from PySide6.QtWidgets import QLabel
from ui.app import make_app
app = make_app()
label = QLabel()
for _ in range(300_000):
    label.setText("")
    label.isVisible()
print("alive")
"""


def test_a_few_hundred_thousand_calls_into_qt_do_not_end_the_program() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "alive", done.stderr
    assert done.returncode == 0, done.stderr
