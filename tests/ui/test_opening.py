"""The program's frame is seen at once, answers while the program is loaded, and makes place for its window."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import rounds
from dualcreate_desktop.office.store import Actor, Office, open_office
from dualcreate_desktop.paths import Paths
from ui.background import BackgroundRunner
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.start import Start
from ui.tabs.all import TITLES
from ui.tabs.overview import OverviewTab
from ui.window_place import WINDOW_KEY

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def start(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """A start that takes its hook for faults away again."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    made = Start(Paths(tmp_path), sample=False)
    qtbot.addWidget(made.frame)
    yield made
    made.end()
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


def test_the_other_tabs_are_made_behind_the_first(start: Start, qtbot: QtBot) -> None:
    start.begin()
    qtbot.waitUntil(lambda: start.done)
    assert start.program is not None
    (window,) = start.program.windows
    assert len(window.tabs._seen) == 1
    qtbot.waitSignal(window.prepared, timeout=30_000).wait()
    assert len(window.tabs._seen) == len(TITLES)
    assert window.tabs.currentWidget() is window.tabs.overview
    assert {tab.title for tab in window.tabs._seen} == set(TITLES.values())


def test_the_other_tabs_wait_until_nothing_is_at_work(
    empty_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    window = MainWindow(empty_office, BackgroundRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    window.show()
    over = Event()
    window.fill("正在准备", lambda _: over.wait(10), "已备好")
    window.make_ready()
    qtbot.wait(50)
    assert len(window.tabs._seen) == 1
    with qtbot.waitSignal(window.prepared, timeout=30_000):
        over.set()
    assert len(window.tabs._seen) == len(TITLES)
    window.close()


def test_the_rest_is_loaded_once_whatever_is_opened_meanwhile(start: Start, qtbot: QtBot) -> None:
    start.begin()
    qtbot.waitUntil(lambda: start.done and not start._rest.isActive())
    assert start.program is not None
    with qtbot.waitSignal(start.program.settled):
        start.program.open()
    assert not start._rest.isActive()


def test_the_tab_that_was_seen_last_is_the_first_to_be_made(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    Settings(tmp_path).put(WINDOW_KEY, {"tab": "操作记录"})
    start.begin()
    qtbot.waitUntil(lambda: start.done)
    assert start.program is not None
    assert [tab.title for tab in start.program.windows[0].tabs._seen] == ["操作记录"]


def test_the_first_page_is_read_in_a_turn_before_the_window_is_shown(
    start: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = open_office(Paths(tmp_path), Actor("张明"), datetime.now)
    rounds.create_round(office, "第三批", rounds.presets()[0].toml, rounds.presets()[0].key)
    office.leave()
    read_when_visible: list[bool] = []
    read = OverviewTab.refresh

    def noted(tab: OverviewTab) -> None:
        read_when_visible.append(tab.isVisible())
        read(tab)

    monkeypatch.setattr(OverviewTab, "refresh", noted)
    start.begin()
    qtbot.waitUntil(lambda: start.done)
    assert read_when_visible == [False]


def test_a_frame_that_is_closed_opens_nothing(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    start.begin()
    start.frame.close()
    qtbot.waitUntil(lambda: start.done)
    assert start.program is None
    assert not Paths(tmp_path).store.exists()
