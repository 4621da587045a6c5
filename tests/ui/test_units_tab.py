"""院级党组织 and 任职, driven as a person does it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import applications, registry, rounds, units
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.posts import held
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.posts import PostDialog, PostsDialog
from ui.dialogs.unit import UnitDialog
from ui.main_window import MainWindow

Key = Qt.Key
Watch = Callable[[QAbstractItemModel], None]
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def words(card: QWidget) -> list[str]:
    return [label.text() for label in card.findChildren(QLabel)]


@pytest.fixture
def tab(window: MainWindow, qtbot: QtBot) -> MainWindow:
    qtbot.keyClick(window, Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.units.isVisible()
    return window


def test_the_model_keeps_the_promises_of_a_model(tab: MainWindow, watch: Watch) -> None:
    watch(tab.tabs.units.model)
    tab.tabs.units.model.sort(1, Qt.SortOrder.DescendingOrder)
    tab.tabs.units.model.ask(search="计算机")
    assert tab.tabs.units.model.total == 1


def test_by_keyboard_alone_one_finds_a_unit_and_names_its_secretary(
    tab: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked, type_text: TypeText
) -> None:
    qtbot.keyClick(focus(), Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(focus(), "wgy")
    qtbot.waitUntil(lambda: tab.tabs.units.model.total == 1)
    qtbot.keyClick(focus(), Key.Key_Down)
    assert focus() is tab.tabs.units.table

    def name_one(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitDialog)
        secretary = dialog.fields.input("secretary")
        for _ in range(20):
            if focus() is secretary:
                break
            qtbot.keyClick(focus(), Key.Key_Tab)
        type_text("卫书记")
        qtbot.keyClick(focus(), Key.Key_Return)

    when_asked(name_one)
    qtbot.keyClick(focus(), Key.Key_Return)
    qtbot.waitUntil(lambda: registry.units(office, TableQuery("外国语")).rows[0].secretary == "卫书记")
    qtbot.waitUntil(lambda: "卫书记" in words(tab.tabs.units.card))
    assert tab.status.text == "已修改 外国语学院党委"


def test_a_new_unit_is_selected_and_a_taken_name_is_refused_in_the_form(
    tab: MainWindow, qtbot: QtBot, when_asked: WhenAsked, type_text: TypeText
) -> None:
    seen: list[str] = []

    def take_a_name(dialog: QDialog) -> None:
        type_text("计算机学院党委")
        when_asked(take_another)
        dialog.accept()

    def take_another(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitDialog)
        seen.append(dialog.problem.text())
        dialog.fields.input("name").setFocus()
        dialog.fields.input("name").clear()  # type: ignore[union-attr]
        type_text("体育部党总支")
        dialog.accept()

    when_asked(take_a_name)
    qtbot.mouseClick(tab.tabs.units.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.tabs.units.model.total == 4)
    assert "名册中已有“计算机学院党委”" in seen[0]
    row = tab.tabs.units.table.current()
    assert row is not None
    assert row.name == "体育部党总支"


def test_the_card_tells_the_quota_of_the_round_with_its_clause(
    window: MainWindow, qtbot: QtBot, office: Office
) -> None:
    preset = rounds.presets()[0]
    rounds.create_round(office, "第三批", preset.toml, preset.key)
    window.show_tab(window.tabs.units)
    qtbot.waitUntil(lambda: "本批次名额" in words(window.tabs.units.card))
    told = words(window.tabs.units.card)
    assert "样板支部 已报 0" in told
    assert any(text.startswith("可报 15（") for text in told)


def test_who_has_sent_no_application_is_found_by_a_chip(
    window: MainWindow, qtbot: QtBot, office: Office
) -> None:
    preset = rounds.presets()[0]
    round_id = rounds.create_round(office, "第三批", preset.toml, preset.key)
    first = registry.branches(office, TableQuery("外国语", limit=1)).rows[0]
    with office.change("申报") as session:
        row = {"unit": first.unit_id, "category": "model_branch", "branch": first.id}
        applications.insert(session, rounds.rules(session, round_id), [row])
    window.show_tab(window.tabs.units)
    tab = window.tabs.units
    qtbot.waitUntil(lambda: "未申报 2" in [made.text() for made in tab.chips.findChildren(QPushButton)])
    silent = next(made for made in tab.chips.findChildren(QPushButton) if made.text() == "未申报 2")
    qtbot.mouseClick(silent, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.model.total == 2)
    assert {row.name for row in map(tab.model.row_at, range(2)) if row} == {
        "计算机学院党委",
        "材料科学与工程学院党委",
    }
    window.undo()
    qtbot.waitUntil(lambda: tab.model.total == 3)


def test_the_card_says_what_a_unit_cannot_do_instead_of_what_is_missing(
    window: MainWindow, qtbot: QtBot, office: Office
) -> None:
    preset = next(preset for preset in rounds.presets() if preset.key == "first-batch-2018")
    toml = preset.toml.replace('type = "obligation"\ncount = 2', 'type = "obligation"\ncount = 500')
    rounds.create_round(office, "首批", toml, preset.key)
    window.show_tab(window.tabs.units)
    qtbot.waitUntil(lambda: "本批次名额" in words(window.tabs.units.card))
    told = words(window.tabs.units.card)
    assert any(text.startswith("必报 500，150 个党支部（三(一)") for text in told)
    assert not any("还差 500" in text for text in told)


def test_posts_are_named_ended_and_deleted_one_after_the_other(
    tab: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked, type_text: TypeText
) -> None:
    row = tab.tabs.units.table.current()
    assert row is not None
    body = Body(row.id)

    def add(dialog: QDialog) -> None:
        assert isinstance(dialog, PostsDialog)
        assert not dialog.end.isEnabled()
        when_asked(fill_in)
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, PostDialog)
        type_text("褚立新")
        since = dialog.fields.input("since")
        since.setFocus()
        qtbot.keyClicks(since, "2024.3")
        when_asked(end)
        qtbot.keyClick(focus(), Key.Key_Return)

    def end(dialog: QDialog) -> None:
        assert isinstance(dialog, PostsDialog)
        assert dialog.model.index(0, 0).data() == "褚立新"
        assert dialog.model.index(0, 3).data() == "现任"
        when_asked(date_of_end)
        qtbot.mouseClick(dialog.end, Qt.MouseButton.LeftButton)

    def date_of_end(dialog: QDialog) -> None:
        assert isinstance(dialog, PostDialog)
        assert focus() is dialog.fields.input("until")
        when_asked(delete)
        dialog.accept()

    def delete(dialog: QDialog) -> None:
        assert isinstance(dialog, PostsDialog)
        assert held(office, body) == ()
        assert not dialog.end.isEnabled(), "who has gone cannot go again"
        when_asked(agree)
        qtbot.keyClick(dialog.table, Key.Key_Delete)

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        assert "书记 褚立新" in words(dialog)
        when_asked(close)
        qtbot.keyClick(focus(), Key.Key_Return)

    def close(dialog: QDialog) -> None:
        assert isinstance(dialog, PostsDialog)
        assert dialog.model.total == 0
        qtbot.keyClick(dialog, Key.Key_Escape)

    when_asked(add)
    qtbot.mouseClick(tab.tabs.units.posts, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.status.text == "已删除任职 褚立新（计算机学院党委 书记）")


def test_a_unit_that_was_entered_by_mistake_is_deleted_from_its_form_and_comes_back(
    tab: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    units.save_unit(office, Form(None, "", {"name": "体育部党总支", "secretary": "钱多"}))
    tab.tabs.units.show_rows("", search="体育部")
    asked: list[str] = []

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        asked.extend(words(dialog))
        qtbot.keyClick(dialog, Key.Key_Return)

    def delete(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitDialog)
        when_asked(agree)
        dialog.remove.click()
        assert not dialog.isVisible()

    when_asked(delete)
    tab.tabs.units.edit.click()
    assert "从名册中删除“体育部党总支”？" in asked
    assert "任职：书记 钱多" in asked
    assert registry.units(office).total == 3
    qtbot.waitUntil(lambda: tab.status.text.startswith("已删除 体育部党总支"))
    tab.undo()
    assert registry.units(office).total == 4


def test_a_unit_with_branches_is_not_deleted_and_it_is_said_why(
    tab: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    def delete(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitDialog)
        dialog.remove.click()
        assert dialog.isVisible()
        assert "名下还有党支部 150 条" in dialog.problem.text()

    when_asked(delete)
    tab.tabs.units.edit.click()
    tab.activateWindow()  # a desktop does so by itself when a dialog closes; the offscreen platform does not
    qtbot.waitUntil(tab.isActiveWindow)
    qtbot.keyClick(tab.tabs.units.table, Key.Key_Delete)
    assert "名下还有党支部 150 条" in tab.status.text
    assert registry.units(office).total == 3


def test_a_unit_of_no_kind_has_a_chip_of_its_own_beside_all(
    tab: MainWindow, qtbot: QtBot, office: Office
) -> None:
    units.save_unit(office, Form(None, "", {"name": "体育部党总支"}))
    chips = tab.tabs.units.chips
    qtbot.waitUntil(lambda: "全部 4" in [made.text() for made in chips.findChildren(QPushButton)])
    (mine,) = (made for made in chips.findChildren(QPushButton) if made.text() == "类型未填 1")
    mine.click()
    row = tab.tabs.units.model.row_at(0)
    assert tab.tabs.units.model.total == 1
    assert row is not None
    assert row.name == "体育部党总支"


@pytest.mark.usefixtures("cards_follow")
def test_a_list_that_comes_into_view_is_there_at_once_and_its_card_a_turn_later(
    window: MainWindow, qtbot: QtBot
) -> None:
    tab = window.tabs.units
    window.show_tab(tab)
    row = tab.table.current()
    assert row is not None

    def told() -> list[str]:
        return [part.text() for part in tab.card.findChildren(QLabel)]

    assert row.name not in told()
    qtbot.waitUntil(lambda: row.name in told())
