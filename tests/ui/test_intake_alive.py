"""A list of 20,000 rows is read in a thread of its own: the window lives on, and reading can be given up."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from dualcreate_desktop.office import registry_writing
from dualcreate_desktop.office.store import Office
from ui.background import BackgroundRunner
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.tabs.intake_items import Stand

ROWS = 20_000
BEAT_MS = 10
HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记", "正式党员")


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "全校党支部.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number in range(ROWS):
            writer.writerow(("外国语学院", f"外国语学院教工第{number + 200}党支部", "教工", "2019.9", "", 12))
    return path


@pytest.fixture
def short_list(tmp_path: Path) -> Path:
    path = tmp_path / "外国语学院.csv"
    path.write_text(
        "院级党组织,党支部名称,支部类型,成立时间\n外国语学院,教工第一党支部,教工,2019.9\n", "utf-8-sig"
    )
    return path


@pytest.fixture
def busy_window(qtbot: QtBot, empty_office: Office, tmp_path: Path) -> Iterator[MainWindow]:
    """A window whose work runs in another thread, on an office that knows one unit."""
    with empty_office.change("导入 名册") as session:
        unit = {"name": "外国语学院党委", "short_name": "外国语学院", "kind": "college"}
        registry_writing.insert_units(session, [unit], today="2024-03-15")
    made = MainWindow(empty_office, BackgroundRunner(), Settings(tmp_path))
    made.show()
    yield made
    made.close()
    made.deleteLater()


class Pulse:
    """Counts how often the window's own timer comes; how long its silences are is measured by the bench."""

    def __init__(self, window: MainWindow) -> None:
        self.beats = 0
        timer = QTimer(window, interval=BEAT_MS)
        timer.timeout.connect(self._beat)
        timer.start()

    def _beat(self) -> None:
        self.beats += 1


def test_the_window_answers_while_a_long_list_is_read_mended_and_imported(
    busy_window: MainWindow, qtbot: QtBot, long_list: Path
) -> None:
    tab, pulse = busy_window.tabs.intake, Pulse(busy_window)
    tab.take_in([long_list])
    qtbot.waitUntil(lambda: bool(tab.items), timeout=60_000)
    assert tab.items[0].ready == ROWS
    tab.answers.mend((5, 3), "2020.1")
    qtbot.waitUntil(lambda: bool(tab.items[0].preview and tab.items[0].preview.sheet.mends), timeout=60_000)
    tab.import_current()
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.IMPORTED, timeout=60_000)
    assert pulse.beats > 20


def test_the_thread_of_the_window_leaves_the_store_alone_while_a_list_is_imported(
    busy_window: MainWindow, qtbot: QtBot, long_list: Path
) -> None:
    tab, window_thread, told = busy_window.tabs.intake, threading.get_ident(), set[str]()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if threading.get_ident() == window_thread and busy_window._runner.busy:
            told.add(statement)

    tab.take_in([long_list])
    qtbot.waitUntil(lambda: bool(tab.items), timeout=60_000)
    for engine in (busy_window.office.database.readers, busy_window.office.database.writer):
        event.listen(engine, "before_cursor_execute", note)
    tab.import_current()
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.IMPORTED, timeout=60_000)
    for engine in (busy_window.office.database.readers, busy_window.office.database.writer):
        event.remove(engine, "before_cursor_execute", note)
    assert told == set()


def test_what_was_imported_in_the_background_is_told_with_its_way_back(
    busy_window: MainWindow, qtbot: QtBot, short_list: Path
) -> None:
    tab, status = busy_window.tabs.intake, busy_window.status
    tab.take_in([short_list])
    qtbot.waitUntil(lambda: bool(tab.items), timeout=60_000)
    tab.import_current()
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.IMPORTED, timeout=60_000)
    assert status.text.startswith("已导入 外国语学院.csv")
    assert status.undo.isVisible()
    busy_window.undo()
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.UNDONE, timeout=60_000)
    assert "撤销" in status.text
    assert not status.undo.isVisible()


def test_what_one_does_oneself_is_told_while_something_else_is_at_work(
    busy_window: MainWindow, qtbot: QtBot
) -> None:
    done = threading.Event()
    busy_window.fill("正在准备", lambda _: done.wait(30), "已准备")
    qtbot.waitUntil(lambda: busy_window._runner.busy)
    with busy_window.office.change("新增 艺术学院党委") as session:
        registry_writing.insert_units(
            session, [{"name": "艺术学院党委", "kind": "college"}], today="2024-03-15"
        )
    qtbot.waitUntil(lambda: busy_window.status.text == "已新增 艺术学院党委")
    done.set()
    qtbot.waitUntil(lambda: not busy_window._runner.busy)


@pytest.mark.parametrize("after_ms", [100, 1_000, 2_000])
def test_reading_a_long_list_is_given_up_when_one_asks(
    busy_window: MainWindow, qtbot: QtBot, long_list: Path, after_ms: int
) -> None:
    tab, runner = busy_window.tabs.intake, busy_window._runner
    tab.take_in([long_list])
    qtbot.waitUntil(lambda: runner.busy)
    qtbot.wait(after_ms)
    runner.cancel()
    qtbot.waitUntil(lambda: not runner.busy, timeout=10_000)
    assert tab.items == [] or tab.items[0].ready == ROWS, "done before it was given up, or not at all"


@pytest.mark.parametrize("after_ms", [100, 600])
def test_planning_a_long_list_anew_is_given_up_within_a_second(
    busy_window: MainWindow, qtbot: QtBot, long_list: Path, after_ms: int
) -> None:
    tab, runner = busy_window.tabs.intake, busy_window._runner
    tab.take_in([long_list])
    qtbot.waitUntil(lambda: bool(tab.items) and not runner.busy, timeout=60_000)
    (item,) = tab.items
    tab.answers.mend((5, 3), "2020.1")
    qtbot.waitUntil(lambda: runner.busy)
    qtbot.wait(after_ms)
    runner.cancel()
    asked = time.process_time()
    qtbot.waitUntil(lambda: not runner.busy, timeout=10_000)
    assert time.process_time() - asked < 1, "seconds of this process alone, whatever else the machine does"
    assert item.preview is not None
    assert item.answers == item.preview.sheet.answers, "done before it was given up, or as it was"
