"""收件, 原表: the sheet as it was sent; its head, its region and its columns are moved with a click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from db.vocabulary import RowState
from dualcreate_desktop.office import learning, registry
from dualcreate_desktop.office.learning import Memory
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.main_window import MainWindow
from ui.tabs.intake import IntakeTab
from ui.tabs.intake_items import Stand
from ui.widgets.cell_table import CellTable
from ui.widgets.preview_card import SHEET

Key = Qt.Key

TITLE = ("外国语学院党支部名册", "", "", "", "")
HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记")
NEW = ("外国语学院", "外国语学院离退休党支部", "离退休", "2019.9", "郑七言")
BAD = ("外国语学院", "外国语学院第一联合党支部", "师生联合", "2020.13", "王八斗")
SIGNED = ("填表人：张三", "", "", "", "")

Watch = Callable[[QAbstractItemModel], None]
Send = Callable[..., Path]


@pytest.fixture
def send(write_book: Send) -> Send:
    return lambda rows, merges=(), name="名册.xlsx": write_book(rows, name, merges=merges)


@pytest.fixture
def tab(window: MainWindow) -> IntakeTab:
    window.show_tab(window.tabs.intake)
    return window.tabs.intake


def see_sheet(tab: IntakeTab, qtbot: QtBot) -> None:
    qtbot.mouseClick(tab.card.switch.button(SHEET), Qt.MouseButton.LeftButton)


def click_row(tab: IntakeTab, qtbot: QtBot, number: int) -> list[str]:
    """Click a row number, as Excel counts; what is offered."""
    header = tab.card.sheet.table.verticalHeader()
    model = tab.card.sheet.model
    row = [model.number(row) for row in range(model.rowCount())].index(number - 1)
    at = QPoint(header.width() // 2, header.sectionViewportPosition(row) + header.sectionSize(row) // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    return [action.text() for action in tab.card.sheet.menu.actions() if action.text()]


def click_column(tab: IntakeTab, qtbot: QtBot, column: int) -> list[str]:
    header = tab.card.sheet.table.horizontalHeader()
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
    return [action.text() for action in tab.card.sheet.menu.actions() if action.text()]


def pick(tab: IntakeTab, words: str) -> None:
    menu = tab.card.sheet.menu
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def heading(tab: IntakeTab, section: int, orientation: Qt.Orientation) -> str:
    return str(tab.card.sheet.model.headerData(section, orientation))


def test_the_sheet_is_seen_as_it_was_sent(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    rows = [TITLE, HEAD, NEW, ("", *BAD[1:]), SIGNED]
    tab.take_in([send(rows, ("A1:E1", "A3:A4"))])
    see_sheet(tab, qtbot)
    model, table = tab.card.sheet.model, tab.card.sheet.table
    assert table.isVisible()
    assert [heading(tab, row, Qt.Orientation.Vertical) for row in range(5)] == [
        "1",
        "2 表头",
        "3",
        "4 有问题",
        "5",
    ]
    assert heading(tab, 1, Qt.Orientation.Horizontal) == "B  党支部名称\n100%"
    assert (table.columnSpan(0, 0), table.rowSpan(2, 0)) == (5, 2), "merged as the sender merged"
    assert model.index(3, 3).data() == "2020.13", "what was written, not what was read"
    table.go_to(3, 3)
    assert tab.card.line.words.text().startswith("第 4 行 D 列：“2020.13”")
    table.go_to(4, 0)
    assert tab.card.line.words.text() == "签名、盖章或注释"
    qtbot.mouseClick(_chip(tab, "有问题"), Qt.MouseButton.LeftButton)
    assert model.rowCount() == 1
    assert heading(tab, 0, Qt.Orientation.Vertical) == "4 有问题", "under its own number"


def test_a_cell_is_mended_in_the_sheet(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    tab.take_in([send([HEAD, BAD])])
    see_sheet(tab, qtbot)
    table = tab.card.sheet.table
    table.go_to(1, 3)
    table.setFocus()
    qtbot.keyClick(table, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    editor.setProperty("text", "2020.12")
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: tab.items[0].ready == 1)
    assert tab.card.sheet.model.index(1, 3).data() == "2020.12"


def test_the_head_is_moved_with_one_click(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    rows = [HEAD, ("以下填写", "", "", "", ""), HEAD[::-1], NEW[::-1]]
    tab.take_in([send(rows)])
    see_sheet(tab, qtbot)
    assert "第 3 行是表头" in click_row(tab, qtbot, 3)
    pick(tab, "第 3 行是表头")
    assert heading(tab, 0, Qt.Orientation.Horizontal) == "A  支部书记\n100%"
    assert tab.items[0].ready == 1
    tab.card.restore_all.click()
    assert heading(tab, 0, Qt.Orientation.Horizontal).startswith("A  所属院级党组织")


def test_a_second_table_of_the_sheet_comes_in_as_its_note_says(
    tab: IntakeTab, qtbot: QtBot, send: Send
) -> None:
    turned = ("院级党组织", "支部书记", "支部类型", "成立时间", "党支部名称")
    below = ("外国语学院", "赵十全", "教工", "2020.3", "外国语学院教工第八十党支部")
    path = send([HEAD, NEW, turned, below])
    tab.take_in([path])
    assert "再拖入一次文件，把第 3 行设为表头" in tab.card.notes.text()
    assert tab.items[0].ready == 1
    tab.import_current()
    tab.take_in([path])
    see_sheet(tab, qtbot)
    click_row(tab, qtbot, 3)
    pick(tab, "第 3 行是表头")
    assert heading(tab, 1, Qt.Orientation.Horizontal).startswith("B  支部书记")
    assert tab.items[-1].ready == 1
    tab.import_current()
    assert [item.stand for item in tab.items][-1] is Stand.IMPORTED


def test_the_data_end_where_somebody_says(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    more = ("外国语学院", "外国语学院平台党支部", "教工", "2019.9", "郑七言")
    tab.take_in([send([HEAD, NEW, more])])
    assert tab.items[0].ready == 2
    see_sheet(tab, qtbot)
    click_row(tab, qtbot, 2)
    pick(tab, "数据到第 2 行为止")
    assert tab.items[0].ready == 1
    tab.card.sheet.table.go_to(2, 0)
    assert tab.card.line.words.text() == "在数据区之外", "it is not imported, and not lost from sight"


def test_a_column_is_told_what_it_means_and_that_is_remembered(
    tab: IntakeTab, qtbot: QtBot, office: Office, send: Send
) -> None:
    odd = (*HEAD[:4], "负责同志")
    path = send([odd, NEW])
    tab.take_in([path])
    see_sheet(tab, qtbot)
    assert heading(tab, 4, Qt.Orientation.Horizontal) == "E\n不导入"
    offered = click_column(tab, qtbot, 4)
    assert "支部书记" in offered
    assert "党支部名称（已有列对应）" in offered
    pick(tab, "支部书记")
    assert heading(tab, 4, Qt.Orientation.Horizontal) == "E  支部书记\n100%"
    tab.import_current()
    assert registry.branches(office, TableQuery("郑七言")).total == 1
    assert [each.memory for each in learning.remembered(office)] == [Memory.LAYOUT]
    tab.take_in([send([odd, (*NEW[:4], "冯九歌")], name="次日.xlsx")])
    assert tab.items[1].preview is not None
    assert tab.items[1].preview.summary.startswith("更新 1"), "the next file of that layout maps itself"


def test_a_list_is_said_to_be_another(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    tab.take_in([send([HEAD, NEW])])
    see_sheet(tab, qtbot)
    box = tab.card.sheet.kind
    assert box.currentText() == "党支部名册"
    box.setCurrentIndex(box.findText("党务人员名册"))
    box.activated.emit(box.currentIndex())
    assert tab.items[0].preview is not None
    assert tab.items[0].preview.kind.label == "党务人员名册"


def test_an_unknown_sheet_is_laid_out_by_hand(
    tab: IntakeTab, qtbot: QtBot, office: Office, send: Send
) -> None:
    strange = [
        ("甲", "乙", "丙", "丁", "戊"),
        NEW,
        ("外国语学院", "外国语学院平台党支部", "教工", "2019.9", ""),
    ]
    tab.take_in([send(strange)])
    assert tab.items[0].stand is Stand.STRANGE
    assert tab.again.text() == "指明是哪种表…"
    qtbot.mouseClick(tab.again, Qt.MouseButton.LeftButton)
    assert tab.card.sheet.table.isVisible(), "one begins with the sheet itself"
    box = tab.card.sheet.kind
    if box.currentText() != "党支部名册":
        box.setCurrentIndex(box.findText("党支部名册"))
        box.activated.emit(box.currentIndex())
    click_row(tab, qtbot, 1)
    pick(tab, "第 1 行是表头")
    for column, words in enumerate(("所属院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记")):
        click_column(tab, qtbot, column)
        pick(tab, words)
    assert tab.items[0].ready == 2
    tab.import_current()
    assert tab.items[0].stand is Stand.IMPORTED
    assert registry.branches(office, TableQuery("平台")).total == 1


def test_a_row_is_left_out_and_brought_back_in_the_sheet(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    tab.take_in([send([HEAD, NEW, BAD])])
    see_sheet(tab, qtbot)
    click_row(tab, qtbot, 2)
    pick(tab, "不导入这一行")
    assert tab.items[0].ready == 0
    assert heading(tab, 1, Qt.Orientation.Vertical) == "2 不导入"
    tab.card.sheet.table.go_to(1, 1)
    assert tab.card.line.bring_back.isVisible()
    qtbot.mouseClick(tab.card.line.bring_back, Qt.MouseButton.LeftButton)
    assert tab.items[0].ready == 1


def test_after_the_import_nothing_can_be_moved_any_more(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    tab.take_in([send([HEAD, NEW])])
    tab.import_current()
    see_sheet(tab, qtbot)
    assert click_row(tab, qtbot, 1) == []
    assert click_column(tab, qtbot, 1) == []
    assert not tab.card.sheet.kind.isVisible()


def ask_by_keyboard(table: CellTable) -> None:
    """The menu key, wherever the mouse is."""
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason, QPoint(3, 3), QPoint(3, 3)))


def test_by_keyboard_alone_the_head_is_moved(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    tab.take_in([send([HEAD, HEAD[::-1], NEW[::-1]])])
    see_sheet(tab, qtbot)
    table = tab.card.sheet.table
    table.go_to(1, 0)
    ask_by_keyboard(table)
    words = [action.text() for action in tab.card.menu.actions()]
    assert "第 2 行是表头" in words
    assert "这一列是什么…" in words
    next(action for action in tab.card.menu.actions() if action.text() == "第 2 行是表头").trigger()
    tab.card.menu.close()
    assert tab.items[0].ready == 1


def test_the_context_menu_offers_what_the_line_offers(tab: IntakeTab, send: Send) -> None:
    tab.take_in([send([HEAD, BAD])])
    tab.card.choose(RowState.PROBLEM.value)
    ask_by_keyboard(tab.card.table)
    words = [action.text() for action in tab.card.menu.actions()]
    assert words == [button.text() for button in tab.card.line.offered()]
    assert "不导入这一行" in words
    tab.card.menu.close()


def test_the_model_of_the_sheet_keeps_its_promises_to_qt(
    tab: IntakeTab, qtbot: QtBot, send: Send, watch: Watch
) -> None:
    watch(tab.card.sheet.model)
    tab.take_in([send([TITLE, HEAD, NEW, BAD], ("A1:E1",))])
    see_sheet(tab, qtbot)
    tab.card.choose(RowState.PROBLEM.value)
    tab.answers.mend((3, 3), "2020.1")
    tab.import_current()
    assert tab.items[0].change_id


def _chip(tab: IntakeTab, word: str) -> QPushButton:
    return next(b for b in tab.card.chips.findChildren(QPushButton) if b.text().startswith(word))
