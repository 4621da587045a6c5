"""The program's frame is seen at once, answers while the program is loaded, and makes place for its window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dualcreate_desktop.paths import Paths
from ui.main_window import MainWindow
from ui.start import Start

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot) -> Iterator[Start]:
    made = Start(Paths(tmp_path), sample=False)
    qtbot.addWidget(made.frame)
    yield made
    for window in made.program.windows if made.program else ():
        window.close()


def test_the_frame_is_loaded_without_the_store() -> None:
    script = "import sys, ui.start; print(sorted({'sqlalchemy', 'db.models', 'ui.app'} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_window_comes_in_the_place_of_the_frame(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    start.begin()
    assert start.frame.isVisible()
    qtbot.waitUntil(lambda: start.program is not None and not start.frame.isVisible())
    assert start.program is not None
    (window,) = start.program.windows
    assert isinstance(window, MainWindow)
    assert window.isVisible()
    assert (window.size(), window.minimumSize()) == (start.frame.size(), start.frame.minimumSize())
    qtbot.waitUntil(
        lambda: any((tmp_path / "备份").iterdir())
    )  # the backup of the day, made behind the window


def test_the_other_tabs_are_loaded_when_the_first_is_seen(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from dualcreate_desktop.paths import Paths\n"
        "from ui.start import Start, make_app\n"
        "app = make_app()\n"
        f"start = Start(Paths(Path({str(tmp_path)!r})), sample=False)\n"
        "start.begin()\n"
        "watch = QTimer(interval=20)\n"
        "watch.timeout.connect(lambda: 'ui.tabs.journal' in sys.modules and app.quit())\n"
        "watch.start()\n"
        "app.exec()\n"
        "print('ui.tabs.applications' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout.strip(), done.returncode) == ("True", 0), done.stderr


def test_a_frame_that_is_closed_opens_nothing(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    start.begin()
    start.frame.close()
    qtbot.waitUntil(lambda: start.done)
    assert start.program is None
    assert not Paths(tmp_path).store.exists()
