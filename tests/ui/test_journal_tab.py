"""操作记录, driven as a person does it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import registry
from dualcreate_desktop.office.actions import Force
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from ui.dialogs.undo import UndoDialog
from ui.main_window import MainWindow
from ui.tabs.journal import JournalTab

Watch = Callable[[QAbstractItemModel], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]


def rename(office: Office, number: int, name: str) -> None:
    row = registry.branches(office).rows[number]
    form = registry.branch_form(office, row.id)
    registry.save_branch(office, Form(form.record_id, form.revision, {**form.values, "name": name}))


@pytest.fixture
def tab(window: MainWindow, office: Office, qtbot: QtBot) -> JournalTab:
    """The import of the registry, then two names that were changed."""
    rename(office, 0, "甲支部")
    rename(office, 1, "乙支部")
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.tabs.journal.model.total == 3)
    QApplication.processEvents()
    return window.tabs.journal


def titles(tab: JournalTab) -> list[str]:
    return [str(tab.model.index(row, 1).data()) for row in range(tab.model.rowCount())]


def told(tab: JournalTab) -> list[str]:
    QApplication.processEvents()
    return [part.text() for part in tab.card.findChildren(QLabel) if part.isVisible()]


def test_the_newest_stands_first_and_tells_before_and_after(tab: JournalTab) -> None:
    assert titles(tab) == ["修改 乙支部", "修改 甲支部", "导入 名册"]
    tab.table.select(0)
    words = told(tab)
    assert "党支部 · 乙支部" in words
    assert any(text.startswith("党支部名称：") and " → 乙支部" in text for text in words)


def test_an_older_action_is_taken_back_after_one_saw_what_that_does(
    tab: JournalTab, office: Office, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    tab.table.select(1)
    seen: list[str] = []

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, UndoDialog)
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.accept()

    when_asked(agree)
    qtbot.mouseClick(tab.card.undo, Qt.MouseButton.LeftButton)
    assert "将还原 1 处" in seen
    qtbot.waitUntil(lambda: tab.model.total == 4)
    names = {row.name for row in registry.branches(office).rows}
    assert "乙支部" in names
    assert "甲支部" not in names
    tab.table.select(2)
    row = tab.table.current()
    assert row is not None
    assert (row.title, row.force) == ("修改 甲支部", Force.TAKEN_BACK)
    assert not tab.card.undo.isEnabled()
    window = tab.window()
    assert isinstance(window, MainWindow)
    assert window.status.text == "已撤销：修改 甲支部"


def test_what_was_edited_since_is_named_as_kept(tab: JournalTab, when_asked: WhenAsked) -> None:
    tab.table.select(2)
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        seen.extend(label.text() for label in dialog.findChildren(QLabel))
        dialog.reject()

    when_asked(look)
    tab.take_back()
    assert any(text.startswith("保留 ") for text in seen)
    assert any("党支部“甲支部”：之后又被修改过" in text for text in seen)
    assert tab.model.total == 3


def test_search_doors_and_the_model_hold(tab: JournalTab, qtbot: QtBot, watch: Watch) -> None:
    watch(tab.model)
    tab.card.undo.setFocus()
    window = tab.window()
    assert isinstance(window, MainWindow)
    window.undo()
    qtbot.waitUntil(lambda: tab.model.total == 4)
    undone = next(one for one in tab.chips.findChildren(QPushButton) if one.text() == "撤销 1")
    qtbot.mouseClick(undone, Qt.MouseButton.LeftButton)
    assert titles(tab) == ["撤销：修改 乙支部"]
    tab.search.setText("甲")
    qtbot.waitUntil(lambda: tab.model.query.search == "甲")
    assert tab.model.total == 0
