"""沿革 of a branch, driven as a person does it: every adjustment is one change, the impossible is refused in its form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import journal, lineages, registry
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.lineage import UNTOLD, LineageDialog
from ui.dialogs.undo import UndoDialog
from ui.main_window import MainWindow
from ui.tabs.branches import BranchesTab

TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]

FIRST, SECOND = "计算机学院教工第1党支部", "计算机学院教工第10党支部"


@pytest.fixture
def tab(window: MainWindow) -> BranchesTab:
    """The branches, with the first one selected."""
    window.show_tab(window.tabs.branches)
    shown = window.tabs.branches
    shown.show_rows("", search=FIRST)
    return shown


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def entry(tab: BranchesTab, title: str) -> QAction:
    """An entry of the menu 沿革, as it opens now."""
    tab.lineage.menu().aboutToShow.emit()
    return next(action for action in tab.lineage.menu().actions() if action.text().startswith(title))


def typed(dialog: QDialog, key: str, text: str) -> None:
    """Type into a field, as a person leaves it."""
    assert isinstance(dialog, LineageDialog)
    made = dialog.fields.input(key)
    line = made if isinstance(made, QLineEdit) else made.findChild(QLineEdit)
    assert line is not None
    line.setText(text)
    line.editingFinished.emit()


def chip(tab: BranchesTab, word: str) -> list[QPushButton]:
    found = tab.chips.findChildren(QPushButton)
    return [made for made in found if made.text().startswith(word) and not made.isHidden()]


def test_a_branch_is_renamed_with_its_document_and_the_card_tells_it(
    tab: BranchesTab, window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    def rename(dialog: QDialog) -> None:
        assert isinstance(dialog, LineageDialog)
        assert dialog.outlook.text() == UNTOLD
        typed(dialog, "after", "计算机学院人工智能教工党支部")
        typed(dialog, "on", "2023.9")
        typed(dialog, "document", "校组〔2023〕12号")
        qtbot.waitUntil(lambda: "更名为“计算机学院人工智能教工党支部”" in dialog.outlook.text())
        dialog.accept()

    when_asked(rename)
    entry(tab, "更名").trigger()
    tab.show_rows("", search="人工智能教工")
    said = f"2023年9月更名：{FIRST} → 计算机学院人工智能教工党支部"
    qtbot.waitUntil(lambda: said in words(tab.card))
    assert "校组〔2023〕12号" in words(tab.card)
    qtbot.waitUntil(lambda: window.status.text == f"已更名党支部 {FIRST} → 计算机学院人工智能教工党支部")
    when_asked(lambda dialog: dialog.accept() if isinstance(dialog, UndoDialog) else None)
    window.undo()
    qtbot.waitUntil(lambda: registry.branches(office, TableQuery("人工智能教工")).total == 0)


def test_what_cannot_be_is_refused_beside_its_field(
    tab: BranchesTab, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    def try_it(dialog: QDialog) -> None:
        assert isinstance(dialog, LineageDialog)
        typed(dialog, "on", "2030.9")
        typed(dialog, "after", "新名")
        dialog.accept()
        assert "在今天之后" in dialog.fields.message("on")
        typed(dialog, "on", "2000")
        dialog.accept()
        assert "早于" in dialog.fields.message("on")
        typed(dialog, "on", "2023.9")
        typed(dialog, "after", SECOND)
        dialog.accept()
        assert "已有" in dialog.fields.message("after")
        assert dialog.isVisible(), "nothing was carried out"
        dialog.reject()

    when_asked(try_it)
    entry(tab, "更名").trigger()
    row = tab.table.current()
    assert row is not None
    assert (row.name, lineages.descent(office, row.id)) == (FIRST, ())


def test_a_merger_takes_the_ticked_branches_and_says_what_will_happen_first(
    tab: BranchesTab, window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    def merge(dialog: QDialog) -> None:
        assert isinstance(dialog, LineageDialog)
        dialog.picker.search.setText("教工第10党")
        qtbot.keyClick(dialog.picker.search, Qt.Key.Key_Down)
        assert dialog.picker.list.currentItem().text() == SECOND
        qtbot.keyClick(dialog.picker.list, Qt.Key.Key_Space)
        typed(dialog, "after", FIRST)
        typed(dialog, "on", "2023年9月")
        qtbot.waitUntil(lambda: f"“{SECOND}”并入“{FIRST}”后撤销" in dialog.outlook.text())
        dialog.accept()

    when_asked(merge)
    entry(tab, "合并").trigger()
    standing = {row.name for row in registry.branches(office, TableQuery("计算机学院教工")).rows}
    assert FIRST in standing
    assert SECOND not in standing
    tab.show_rows("", search=FIRST)
    qtbot.waitUntil(lambda: "2023年9月合并" in "".join(words(tab.card)))
    assert "从成立最早的原支部算起" in "".join(words(tab.card))


def test_a_branch_of_another_unit_is_merged_too_and_the_unit_that_keeps_it_is_named(
    tab: BranchesTab, window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    far = "外国语学院教工第1党支部"

    def merge(dialog: QDialog) -> None:
        assert isinstance(dialog, LineageDialog)
        dialog.picker.search.setText(SECOND)
        qtbot.keyClick(dialog.picker.search, Qt.Key.Key_Down)
        qtbot.keyClick(dialog.picker.list, Qt.Key.Key_Space)
        dialog.source.setEditText("外国语学院")
        dialog.picker.search.setText(far)
        qtbot.keyClick(dialog.picker.search, Qt.Key.Key_Down)
        assert dialog.picker.list.currentItem().text() == far
        qtbot.keyClick(dialog.picker.list, Qt.Key.Key_Space)
        assert len(dialog.picker.picked()) == 2, "what was ticked stays"
        typed(dialog, "after", far)
        typed(dialog, "on", "2023年9月")
        qtbot.waitUntil(lambda: "由外国语学院党委转入计算机学院党委" in dialog.outlook.text())
        dialog.accept()

    when_asked(merge)
    entry(tab, "合并").trigger()
    (row,) = registry.branches(office, TableQuery(far)).rows
    assert row.unit.startswith("计算机学院")
    journal.undo(office, journal.last_undoable(office) or "")
    (row,) = registry.branches(office, TableQuery(far)).rows
    assert row.unit.startswith("外国语学院")


def test_a_dissolved_branch_stands_under_its_chip_and_cannot_be_adjusted_again(
    tab: BranchesTab, window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    assert not chip(tab, "已撤销"), "no chip before there is any"

    def dissolve(dialog: QDialog) -> None:
        typed(dialog, "on", "2024.1")
        dialog.accept()

    when_asked(dissolve)
    entry(tab, "撤销").trigger()
    tab.show_rows("")
    assert tab.head.figure.text() == "449 个"
    qtbot.waitUntil(lambda: window.status.text.startswith("已撤销党支部"))
    assert not window.status.undo.isHidden(), "dissolving is not undoing, though the word is the same"
    qtbot.waitUntil(lambda: bool(chip(tab, "已撤销")))
    qtbot.mouseClick(chip(tab, "已撤销")[0], Qt.MouseButton.LeftButton)
    assert tab.head.figure.text() == "1 个"
    assert chip(tab, "全部")[0].text() == "全部 449"
    row = tab.table.current()
    assert row is not None
    assert (row.name, row.dissolved) == (FIRST, "2024-01")
    qtbot.waitUntil(lambda: "2024年1月" in words(tab.card))
    assert not entry(tab, "已撤销的党支部").isEnabled()


def test_a_plan_changes_no_roster_and_is_given_up_again(
    tab: BranchesTab, window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    def plan(dialog: QDialog) -> None:
        assert isinstance(dialog, LineageDialog)
        typed(dialog, "on", "2025.6")
        typed(dialog, "status", "计划中（预计）")
        qtbot.waitUntil(lambda: "名册现在不变" in dialog.outlook.text())
        assert dialog.primary.text() == "登记计划"
        dialog.accept()

    when_asked(plan)
    entry(tab, "撤销").trigger()
    qtbot.waitUntil(lambda: "2025年6月" in words(tab.card))
    row = tab.table.current()
    assert row is not None
    assert (row.name, row.planned_end, row.dissolved) == (FIRST, "2025-06", None)

    when_asked(lambda dialog: dialog.accept() if isinstance(dialog, ConfirmDialog) else None)
    entry(tab, "取消计划：2025年6月撤销").trigger()
    assert registry.branch(office, row.id).planned_end is None
    assert lineages.descent(office, row.id) == ()


def test_a_branch_moves_to_another_unit_and_back_by_undo(
    tab: BranchesTab, window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    row = tab.table.current()
    assert row is not None

    def move(dialog: QDialog) -> None:
        assert isinstance(dialog, LineageDialog)
        offered = dialog.fields.input("unit_id")
        assert offered.findText("计算机学院党委") < 0, "not to where it is"  # type: ignore[union-attr]
        typed(dialog, "unit_id", "外国语")
        typed(dialog, "on", "2023.9")
        dialog.accept()

    when_asked(move)
    entry(tab, "转入另一院级党组织").trigger()
    assert registry.branch(office, row.id).unit == "外国语学院"
    window.undo()
    assert registry.branch(office, row.id).unit == "计算机学院"


def test_an_election_names_the_new_secretary(tab: BranchesTab, office: Office, when_asked: WhenAsked) -> None:
    row = tab.table.current()
    assert row is not None

    def elect(dialog: QDialog) -> None:
        dialog.accept()
        assert isinstance(dialog, LineageDialog)
        assert dialog.fields.message("secretary") == "请填写新任书记"
        typed(dialog, "secretary", "孔令文")
        typed(dialog, "on", "2023.12")
        dialog.accept()

    when_asked(elect)
    entry(tab, "换届").trigger()
    assert registry.branch(office, row.id).secretary == "孔令文"


def test_a_split_keeps_the_branch_that_is_named_again(
    tab: BranchesTab, office: Office, when_asked: WhenAsked, qtbot: QtBot
) -> None:
    row = tab.table.current()
    assert row is not None

    def split(dialog: QDialog) -> None:
        assert isinstance(dialog, LineageDialog)
        dialog.fields.input("after").setPlainText(f"{FIRST}\n计算机学院网络教工党支部")  # type: ignore[union-attr]
        typed(dialog, "on", "2023.12")
        qtbot.waitUntil(lambda: "另分出新的“计算机学院网络教工党支部”（教师党支部）" in dialog.outlook.text())
        dialog.accept()

    when_asked(split)
    entry(tab, "拆分").trigger()
    made = registry.branches(office, TableQuery("计算机学院网络教工党支部")).rows[0]
    (event,) = lineages.descent(office, made.id)
    assert event.before == FIRST
    assert registry.branch(office, row.id).dissolved is None
