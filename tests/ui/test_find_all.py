"""搜索全部: typed anywhere with Ctrl+K, walked through with the arrow keys, opened with Enter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.dialogs.find_all import FindDialog
from ui.main_window import MainWindow
from ui.tabs.intake_items import Stand


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> FindDialog:
    """Opened by its keys."""
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found = window.findChild(FindDialog)
    assert found is not None
    qtbot.waitUntil(found.isActiveWindow)
    return found


def typed(dialog: FindDialog, qtbot: QtBot, text: str) -> list[str]:
    """Type over what stands in the box and wait for what it finds: the lines of the list."""
    dialog.box.clear()
    qtbot.keyClicks(QApplication.focusWidget(), text)
    qtbot.waitUntil(lambda: dialog.rests)
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def test_initials_find_units_and_branches_as_one_types(dialog: FindDialog, qtbot: QtBot) -> None:
    lines = typed(dialog, qtbot, "jsjxy")
    assert lines[0] == "院级党组织  1"
    assert lines[1].startswith("计算机学院党委")
    assert lines[2] == "党支部  6 / 150"
    assert len(lines) == 9


def test_enter_opens_the_unit_on_its_page(dialog: FindDialog, window: MainWindow, qtbot: QtBot) -> None:
    typed(dialog, qtbot, "jsjxy")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert window.tabs.currentWidget() is window.tabs.units
    row = window.tabs.units.table.current()
    assert row is not None
    assert row.name == "计算机学院党委"


def test_down_skips_the_headings_and_a_branch_far_down_is_in_sight(
    dialog: FindDialog, window: MainWindow, qtbot: QtBot
) -> None:
    typed(dialog, qtbot, "wgyxybksd149")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    row = window.tabs.branches.table.current()
    assert row is not None
    assert row.name == "外国语学院本科生第149党支部"


def test_a_secretary_leads_to_the_branch(dialog: FindDialog, window: MainWindow, qtbot: QtBot) -> None:
    lines = typed(dialog, qtbot, "zz")
    person = next(line for line in lines if line.startswith("赵喆"))
    for _ in range(lines.index(person)):
        if dialog.list.currentItem().text() != person:
            qtbot.keyClick(dialog.box, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    row = window.tabs.branches.table.current()
    assert row is not None
    assert row.name == "计算机学院教工第1党支部"


def test_what_is_not_there_says_what_else_to_type(dialog: FindDialog, qtbot: QtBot) -> None:
    assert typed(dialog, qtbot, "0000") == []
    assert dialog.hint.text().startswith("没有找到“0000”")
    qtbot.keyClick(dialog.box, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_an_empty_box_says_how_it_works(dialog: FindDialog) -> None:
    assert dialog.list.count() == 0
    assert "Esc" in dialog.hint.text()


def test_a_file_is_shown_among_those_that_came(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    desk = window.tabs.intake
    for number in range(12):
        path = tmp_path / f"第{number}份名册.csv"
        path.write_text(
            f"院级党组织,党支部名称,支部类型\n外国语学院,外国语学院教工第{number + 200}党支部,教工",
            "utf-8-sig",
        )
        desk.take_in([path])
        desk.import_current()
        qtbot.waitUntil(lambda: desk.items[-1].stand is Stand.IMPORTED)
    window.find_anything()
    found = window.findChild(FindDialog)
    assert found is not None
    qtbot.waitUntil(found.isActiveWindow)
    assert typed(found, qtbot, "d3fmc")[0] == "文件  1"
    qtbot.keyClick(found.box, Qt.Key.Key_Return)
    assert desk.isVisible()
    shown = desk.earlier.currentIndex()
    assert desk.earlier.entries.entry(shown).title == "第3份名册.csv"
    assert desk.earlier.viewport().rect().intersects(desk.earlier.visualRect(shown))
