"""党支部, driven as a person does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from dualcreate_desktop.office import registry
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.cut_words import cut_words
from ui.dialogs.branch import BranchDialog
from ui.main_window import MainWindow
from ui.widgets.chips import Chips

Key = Qt.Key
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]


def open_branches(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.tabs.branches.isVisible()


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def chip(chips: Chips, word: str) -> QPushButton:
    return next(button for button in chips.findChildren(QPushButton) if button.text().startswith(word))


def shown_names(window: MainWindow) -> list[str]:
    model = window.tabs.branches.model
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_by_keyboard_alone_one_finds_edits_saves_and_takes_back(
    window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked, type_text: TypeText
) -> None:
    open_branches(window, qtbot)
    qtbot.keyClick(focus(), Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert focus() is window.tabs.branches.search
    type_text("赵喆")
    qtbot.waitUntil(lambda: window.tabs.branches.model.total == 1)
    qtbot.keyClick(focus(), Key.Key_Down)
    assert focus() is window.tabs.branches.table

    def rename(dialog: QDialog) -> None:
        assert isinstance(dialog, BranchDialog)
        qtbot.keyClick(focus(), Key.Key_End)
        type_text("（改）")
        qtbot.keyClick(focus(), Key.Key_Tab)
        qtbot.keyClick(focus(), Key.Key_Return)

    when_asked(rename)
    qtbot.keyClick(focus(), Key.Key_Return)
    qtbot.waitUntil(lambda: shown_names(window) == ["计算机学院教工第1党支部（改）"])
    assert window.status.text == "已修改 计算机学院教工第1党支部（改）"
    window.activateWindow()  # a desktop does so by itself when a dialog closes; the offscreen platform does not
    qtbot.waitUntil(window.isActiveWindow)
    assert focus() is window.tabs.branches.table

    qtbot.keyClick(focus(), Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: shown_names(window) == ["计算机学院教工第1党支部"])
    assert window.status.text.startswith("已撤销")


def test_a_search_by_initials_narrows_the_list_and_the_counts(window: MainWindow, qtbot: QtBot) -> None:
    open_branches(window, qtbot)
    qtbot.keyClicks(window.tabs.branches.search, "cl")
    qtbot.waitUntil(lambda: window.tabs.branches.model.total == 150)
    assert window.tabs.branches.head.figure.text() == "150 个"
    assert chip(window.tabs.branches.chips, "全部").text() == "全部 150"
    assert chip(window.tabs.branches.chips, "教师").text() == "教师 50"


def test_a_chip_shows_one_kind_and_the_window_remembers_it(
    window: MainWindow, qtbot: QtBot, office: Office
) -> None:
    open_branches(window, qtbot)
    qtbot.mouseClick(chip(window.tabs.branches.chips, "研究生"), Qt.MouseButton.LeftButton)
    assert window.tabs.branches.model.total == 150
    assert all("硕士生" in name for name in shown_names(window))
    again = type(window.tabs.branches)(office, window._settings)
    qtbot.addWidget(again)
    again.show()
    assert again.model.total == 150


def test_a_click_on_a_row_shows_its_card(window: MainWindow, qtbot: QtBot) -> None:
    open_branches(window, qtbot)
    table = window.tabs.branches.table
    at = QPoint(40, table.rowViewportPosition(2) + 10)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    row = table.current()
    assert row is not None
    words = [
        label.text() for label in window.tabs.branches.card.findChildren(QWidget) if hasattr(label, "text")
    ]
    assert row.name in words
    assert "导入 名册" in words, "its history stands on the card"
    assert row.phone not in words, "a telephone number is masked on the card"


def test_a_new_branch_needs_its_name_and_is_then_in_the_list(
    window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked, type_text: TypeText
) -> None:
    open_branches(window, qtbot)

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, BranchDialog)
        type_text("外国语")
        completions = QApplication.activePopupWidget()
        assert isinstance(completions, QListView), "a part of the name offers the whole"
        assert completions.viewport().height() >= completions.sizeHintForRow(0), "and can be read"
        qtbot.keyClick(completions, Key.Key_Down)
        qtbot.keyClick(completions, Key.Key_Return)
        assert dialog.fields.input("unit").currentText() == "外国语学院党委"
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert dialog.isVisible(), "without its name it is not taken"
        assert dialog.fields.message("name") == "请填写党支部名称"
        type_text("外国语学院离退休党支部")
        kind = dialog.fields.input("kind")
        kind.setFocus()
        type_text("离退休党支部")
        founded = dialog.fields.input("founded")
        founded.setFocus()
        qtbot.keyClicks(founded, "2019.9")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert not dialog.isVisible()

    when_asked(fill_in)
    qtbot.mouseClick(window.tabs.branches.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.tabs.branches.model.total == 451)
    shown = window.tabs.branches.table.current()
    assert shown is not None
    assert shown.name == "外国语学院离退休党支部", "one sees what one has added"
    found = registry.branches(office, TableQuery("外国语学院离退休")).rows
    assert [(row.name, row.kind, row.founded) for row in found] == [
        ("外国语学院离退休党支部", "retired", "2019-09")
    ]


def test_a_refused_form_comes_back_as_it_was_filled_in_with_the_reason(
    window: MainWindow, qtbot: QtBot, when_asked: WhenAsked, type_text: TypeText
) -> None:
    open_branches(window, qtbot)
    seen: list[tuple[str, str]] = []

    def take_a_name_that_is_taken(dialog: QDialog) -> None:
        assert isinstance(dialog, BranchDialog)
        name = dialog.fields.input("name")
        name.clear()
        name.setFocus()
        type_text("计算机学院教工第4党支部")
        when_asked(give_up)
        dialog.accept()

    def give_up(dialog: QDialog) -> None:
        assert isinstance(dialog, BranchDialog)
        seen.append((dialog.fields.input("name").text(), dialog.problem.text()))
        qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)

    when_asked(take_a_name_that_is_taken)
    window.tabs.branches.edit_branch()
    assert seen[0][0] == "计算机学院教工第4党支部"
    assert "已有“计算机学院教工第4党支部”" in seen[0][1]


def test_a_list_that_is_sorted_anew_keeps_a_row_selected(window: MainWindow, qtbot: QtBot) -> None:
    open_branches(window, qtbot)
    window.tabs.branches.table.select(3)
    window.tabs.branches.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.DescendingOrder)
    row = window.tabs.branches.table.current()
    assert row is not None
    assert row == window.tabs.branches.model.row_at(0)


def test_escape_leaves_everything_as_it_was(
    window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked, type_text: TypeText
) -> None:
    open_branches(window, qtbot)
    before = registry.branches(office)

    def change_and_escape(dialog: QDialog) -> None:
        assert isinstance(dialog, BranchDialog)
        type_text("改了又不要")
        qtbot.keyClick(dialog, Key.Key_Escape)
        assert "还没有保存" in dialog.problem.text()
        qtbot.keyClick(dialog, Key.Key_Escape)
        assert not dialog.isVisible()

    when_asked(change_and_escape)
    window.tabs.branches.edit_branch()
    assert registry.branches(office) == before


def test_copied_rows_paste_into_excel_as_shown(window: MainWindow, qtbot: QtBot) -> None:
    open_branches(window, qtbot)
    table = window.tabs.branches.table
    table.select(0)
    qtbot.keyClick(table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 2
    assert len(lines[0].split("\t")) == len(table.shown_columns())


def test_the_menu_of_a_row_offers_what_its_card_does_and_copies(window: MainWindow, qtbot: QtBot) -> None:
    open_branches(window, qtbot)
    tab = window.tabs.branches
    table = tab.table
    table.select(1)
    there = table.visualRect(table.currentIndex()).center()
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        at = there if reason is QContextMenuEvent.Reason.Mouse else QPoint(-1, -1)
        QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason, at, table.mapToGlobal(at)))
        offered = [action.text() for action in table.menu.actions() if action.text()]
        assert offered == ["修改…", "任职…", "沿革", "复制（Ctrl+C）", "连同表头复制"]
        table.menu.hide()
    table.menu.actions()[-1].trigger()
    heads, row = (line.split("\t") for line in QGuiApplication.clipboard().text().split("\n"))
    assert heads[:2] == ["党支部", "院级党组织"]
    shown = table.current()
    assert shown is not None
    assert row[0] == shown.name


def test_a_change_of_another_thread_reaches_the_list(
    window: MainWindow, qtbot: QtBot, office: Office
) -> None:
    open_branches(window, qtbot)
    row = window.tabs.branches.model.row_at(0)
    assert row is not None
    window._runner.run(
        "导入",
        lambda _: registry.save_branch(office, _renamed(office, row.id)),
        lambda _: None,
        window.warn,
    )
    qtbot.waitUntil(lambda: "另名" in shown_names(window))


def _renamed(office: Office, branch_id: str) -> registry.Form:
    form = registry.branch_form(office, branch_id)
    return registry.Form(form.record_id, form.revision, {**form.values, "name": "另名"})


def test_nothing_is_read_twice_for_a_letter_that_is_typed(
    window: MainWindow, qtbot: QtBot, office: Office, type_text: TypeText
) -> None:
    open_branches(window, qtbot)
    read: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        read.append((statement, str(values)))

    qtbot.waitUntil(lambda: not window.tabs.branches._telling.isActive())  # the card of the first page
    event.listen(office.database.readers, "before_cursor_execute", note)
    window.tabs.branches.search.setFocus()
    type_text("j")
    qtbot.waitUntil(lambda: window.tabs.branches.model.query.search == "j")
    qtbot.waitUntil(lambda: not window.tabs.branches._telling.isActive())  # and that of what is found
    event.remove(office.database.readers, "before_cursor_execute", note)
    asked = [statement for statement in read if statement[0] != "BEGIN"]
    assert asked
    assert sorted(asked) == sorted(set(asked))


def test_the_card_stands_in_its_size_before_the_next_turn_of_the_event_loop(window: MainWindow) -> None:
    window.show_tab(window.tabs.branches)
    QApplication.processEvents()
    tab = window.tabs.branches
    for place in (3, 4):
        tab.table.select(place)
        row = tab.table.current()
        assert row is not None
        shown = [part.text() for part in tab.card.findChildren(QLabel) if part.isVisible()]
        assert {row.name, row.secretary} <= set(shown)
        assert cut_words(tab.card) == []
        before = {part.text(): part.geometry() for part in tab.card.findChildren(QLabel) if part.isVisible()}
        QApplication.processEvents()
        after = {part.text(): part.geometry() for part in tab.card.findChildren(QLabel) if part.isVisible()}
        assert before == after, "nothing moves afterwards"
