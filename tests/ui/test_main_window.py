"""The window around the tabs: undo, what is remembered, a second start, faults."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.errors import NotAllowed, StoreError
from dualcreate_desktop.office import registry, registry_writing
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.paths import Paths
from ui import crash, single
from ui.background import ImmediateRunner
from ui.dialogs.message import TroubleDialog
from ui.main_window import MainWindow
from ui.settings import FILE_NAME, Settings
from ui.single import STARTING_S, Doorbell, call_first
from ui.window_place import FRAME, SMALLEST, USUAL

ROOT = Path(__file__).parents[2]

WhenAsked = Callable[[Callable[[QDialog], None]], None]


def test_widths_hidden_columns_and_sorting_are_remembered(
    window: MainWindow, qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    table = window.tabs.branches.table
    members = next(n for n, column in enumerate(table.rows.columns) if column.key == "members")
    table.horizontalHeader().resizeSection(members, 133)
    table._show_column(3, shown=False)
    table.horizontalHeader().setSortIndicator(members, Qt.SortOrder.DescendingOrder)
    table._saving.timeout.emit()
    again = MainWindow(office, ImmediateRunner(), Settings(tmp_path)).tabs.branches.table
    qtbot.addWidget(again.window())
    assert again.columnWidth(members) == 133
    assert again.isColumnHidden(3)
    assert (again.rows.query.sort, again.rows.query.descending) == ("members", True)
    again._forget()
    assert not again.isColumnHidden(3)
    assert again.rows.query.sort == ""


def test_a_column_without_use_gives_its_room_and_comes_back_as_it_was_chosen(window: MainWindow) -> None:
    window.show_tab(window.tabs.branches)
    table = window.tabs.branches.table
    members = next(n for n, column in enumerate(table.rows.columns) if column.key == "members")
    room = table.columnWidth(0)
    table.leave_out(frozenset({"members"}))
    assert table.isColumnHidden(members)
    assert table.columnWidth(0) > room
    table._remember()
    assert "members" not in table._settings.get("table/branches")["hidden"]
    table.leave_out(frozenset())
    assert not table.isColumnHidden(members)
    assert table.columnWidth(0) == room


def test_a_long_column_that_was_widened_by_hand_stays_wide_in_a_narrow_window(window: MainWindow) -> None:
    window.show_tab(window.tabs.branches)
    table = window.tabs.branches.table
    unit = next(n for n, column in enumerate(table.rows.columns) if column.key == "unit")
    given_way = table.columnWidth(unit)
    table.horizontalHeader().resizeSection(unit, given_way + 30)
    assert table.columnWidth(unit) == given_way + 30


def test_a_damaged_settings_file_is_as_good_as_none(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text("[table]\nbranches={{{\n[window]\nx", encoding="utf-8")
    window = MainWindow(office, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    window.show()
    assert window.tabs.branches.table.rows.query.sort == ""


def test_a_trouble_is_said_in_the_status_line_with_what_to_do(window: MainWindow) -> None:
    window.tabs.branches.refused.emit(NotAllowed("不能这样做", todo="请那样做。"))
    assert window.status.text == "不能这样做。请那样做。"


def test_the_figures_follow_a_change_only_when_they_are_seen(
    window: MainWindow, qtbot: QtBot, office: Office
) -> None:
    window.show_tab(window.tabs.branches)
    window.show_tab(window.tabs.overview)
    before = window.tabs.branches.model.total
    with office.change("新增") as session:
        registry_writing.insert_branches(
            session,
            [{"unit": registry.unit_choices(office)[0][0], "name": "新支部", "kind": "teacher"}],
            today="2024-03-15",
        )
    qtbot.waitUntil(lambda: window.status.text == "已新增")
    assert window.tabs.branches.model.total == before
    window.show_tab(window.tabs.branches)
    assert window.tabs.branches.model.total == before + 1


SECOND_START = """
import sys
from pathlib import Path
from dualcreate_desktop.paths import Paths
from ui.single import call_first
sys.exit(not call_first(Paths(Path(sys.argv[1])), *(Path(name) for name in sys.argv[2:])))
"""


def second_start(paths: Paths, *opened: str, cwd: Path = ROOT) -> subprocess.Popen[bytes]:
    """A second program, which rings and goes."""
    there = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-c", SECOND_START, str(paths.data), *opened], cwd=cwd, env=there
    )


def test_a_second_start_rings_at_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    paths = Paths(tmp_path / "数据")
    assert not call_first(paths)
    bell = Doorbell(paths, QApplication.instance())
    with second_start(paths) as second, qtbot.waitSignal(bell.rung) as heard:
        pass
    assert (heard.args, second.returncode) == ([""], 0)


def test_a_second_start_stays_until_it_is_heard_since_windows_forgets_what_was_said_before(
    qtbot: QtBot, tmp_path: Path
) -> None:
    paths = Paths(tmp_path / "数据")
    bell = Doorbell(paths, QApplication.instance())
    with second_start(paths, str(tmp_path / "第四批 规则.toml")) as second:
        with pytest.raises(subprocess.TimeoutExpired):
            second.wait(2)
        with qtbot.waitSignal(bell.rung) as heard:
            pass
    assert (heard.args, second.returncode) == ([str(tmp_path / "第四批 规则.toml")], 0)


def test_a_window_that_hangs_is_not_taken_for_one_that_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single, "HEARD_MS", 100)
    paths = Paths(tmp_path / "数据")
    bell = Doorbell(paths, QApplication.instance())
    assert not call_first(paths, patience=STARTING_S), "its bell is in this thread, which waits here"
    bell.deleteLater()


def test_a_trouble_dialog_says_what_where_and_what_next(qtbot: QtBot) -> None:
    dialog = TroubleDialog(StoreError("磁盘已满", where="D:\\数据", todo="请清理磁盘。"))
    qtbot.addWidget(dialog)
    assert {"磁盘已满", "D:\\数据", "请清理磁盘。"} <= {label.text() for label in dialog.findChildren(QLabel)}


def test_a_fault_is_written_down_without_telephone_numbers_and_can_be_copied(
    qtbot: QtBot, tmp_path: Path, when_asked: WhenAsked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    crash.install(tmp_path / "日志")

    def copy(dialog: QDialog) -> None:
        assert isinstance(dialog, crash.CrashDialog)
        offered = {made.text(): made for made in dialog.findChildren(QPushButton)}
        qtbot.mouseClick(offered["复制错误信息"], Qt.MouseButton.LeftButton)
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
        assert not dialog.isVisible(), "Enter goes on"

    when_asked(copy)
    try:
        raise RuntimeError("bad row 13812345678")
    except RuntimeError as fault:
        sys.excepthook(RuntimeError, fault, fault.__traceback__)
    (report,) = (tmp_path / "日志").iterdir()
    text = report.read_text(encoding="utf-8")
    assert "RuntimeError: bad row *******" in text
    assert "13812345678" not in text
    assert QGuiApplication.clipboard().text() == text


def test_a_file_that_a_second_start_names_from_its_own_folder_is_found_by_the_first(
    qtbot: QtBot, tmp_path: Path
) -> None:
    paths = Paths(tmp_path / "数据")
    bell = Doorbell(paths, QApplication.instance())
    with second_start(paths, "规则.toml", cwd=tmp_path), qtbot.waitSignal(bell.rung) as heard:
        pass
    assert heard.args == [str(tmp_path / "规则.toml")]


def test_a_window_is_not_larger_than_its_screen_has_room_for(
    empty_office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    made = MainWindow(empty_office, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(made)
    room = made.screen().availableSize() - FRAME
    assert room.height() < USUAL.height()
    assert made.height() == room.height()
    assert made.width() == SMALLEST.width(), "narrower than this nothing has room"
