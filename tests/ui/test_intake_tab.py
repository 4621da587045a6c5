"""收件, driven as a person does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from db.vocabulary import RowState
from dualcreate_desktop.office import registry
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.password import PasswordDialog
from ui.main_window import MainWindow
from ui.preview_model import FIRST
from ui.tabs.intake import IntakeTab
from ui.tabs.intake_items import Stand

Key = Qt.Key
Watch = Callable[[QAbstractItemModel], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]

HEAD = "院级党组织,党支部名称,支部类型,成立时间,支部书记"
NEW = "外国语学院,外国语学院离退休党支部,离退休,2019.9,郑七言"
BAD = "外国语学院,外国语学院第一联合党支部,师生联合,2020.13,王八斗"
UNKNOWN = "外国雨学院,外国语学院第二联合党支部,师生联合,2020.3,冯九歌"
CHANGED = "计算机学院,计算机学院教工第1党支部,教工,2010.1,冯九歌"


@pytest.fixture
def send(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str, name: str = "外国语学院.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8-sig")
        return path

    return write


Send = Callable[..., Path]


def drop(window: MainWindow, *paths: Path) -> None:
    """Let go of files over the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    at, action = QPointF(200, 200), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(at, action, data, buttons, keys)
    QApplication.sendEvent(window, entered)
    assert entered.isAccepted()
    QApplication.sendEvent(window, QDropEvent(at, action, data, buttons, keys))


def chip(tab: IntakeTab, word: str) -> QPushButton:
    return next(b for b in tab.card.chips.findChildren(QPushButton) if b.text().startswith(word))


def cell(tab: IntakeTab, row: int, column: int) -> str:
    return str(tab.card.model.index(row, column).data())


def type_into_cell(tab: IntakeTab, qtbot: QtBot, row: int, column: int, text: str) -> None:
    """F2, type over what stands there, Enter."""
    table = tab.card.table
    table.go_to(row, column)
    table.setFocus()
    qtbot.keyClick(table, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    assert editor.objectName() == "cellEditor"
    editor.setProperty("text", text)
    qtbot.keyClick(editor, Key.Key_Return)


def test_a_file_dropped_anywhere_is_previewed_imported_and_taken_back(
    window: MainWindow, qtbot: QtBot, office: Office, send: Send
) -> None:
    tab = window.tabs.intake
    assert not tab.isVisible()
    drop(window, send("外国语学院党支部名册", HEAD, NEW, BAD))
    assert tab.isVisible(), "the window goes where the file went"
    assert tab.primary.text() == "导入 1 行"
    assert cell(tab, 0, 0) == "3", "the row as Excel counts"
    assert chip(tab, "新增").text() == "新增 1"
    qtbot.mouseClick(tab.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.status.text.startswith("已导入 外国语学院.csv"))
    assert registry.branches(office, TableQuery("郑七言")).total == 1
    assert tab.items[0].stand is Stand.IMPORTED
    assert not tab.primary.isEnabled()
    assert tab.earlier.entries.rowCount() == 1
    window.undo()
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.UNDONE)
    assert registry.branches(office, TableQuery("郑七言")).total == 0
    assert tab.primary.text() == "导入 1 行", "what was undone can be imported again"
    assert tab.earlier.entries.rowCount() == 0


def test_the_same_file_again_is_all_unchanged_and_says_so(
    window: MainWindow, qtbot: QtBot, send: Send
) -> None:
    tab = window.tabs.intake
    path = send(HEAD, NEW)
    tab.take_in([path])
    tab.import_current()
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.IMPORTED)
    tab.take_in([path])
    assert len(tab.items) == 2
    tab.list.select(1)
    assert chip(tab, "未变").text() == "未变 1"
    assert tab.primary.text() == "没有可导入的行"
    assert "导入过" in tab.card.notes.text()


def test_a_problem_is_told_and_mended_in_the_grid(
    window: MainWindow, qtbot: QtBot, office: Office, send: Send
) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, NEW, BAD)])
    qtbot.mouseClick(chip(tab, "有问题"), Qt.MouseButton.LeftButton)
    assert tab.card.table.currentIndex().column() == FIRST + 3, "one stands on what is wrong"
    assert tab.card.line.words.text().startswith("第 3 行 D 列：“2020.13”")
    type_into_cell(tab, qtbot, 0, FIRST + 3, "2020年12月")
    qtbot.waitUntil(lambda: tab.primary.text() == "导入 2 行")
    assert tab.card.model.wanted is None, "nothing is wrong any more, so all rows are shown"
    assert cell(tab, 1, FIRST + 3) == "2020-12"
    tab.card.table.go_to(1, FIRST + 3)
    assert "表中原写作“2020.13”" in tab.card.line.words.text()
    qtbot.mouseClick(tab.card.line.restore, Qt.MouseButton.LeftButton)
    assert tab.primary.text() == "导入 1 行"
    assert cell(tab, 1, FIRST + 3) == "2020.13"


def test_a_suggestion_is_taken_with_one_click(window: MainWindow, qtbot: QtBot, send: Send) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, UNKNOWN)])
    qtbot.mouseClick(chip(tab, "有问题"), Qt.MouseButton.LeftButton)
    assert tab.card.line.suggest.text() == "改成“外国语学院党委”"
    qtbot.mouseClick(tab.card.line.suggest, Qt.MouseButton.LeftButton)
    assert tab.items[0].ready == 1
    assert cell(tab, 0, FIRST) == "外国语学院党委"


def test_a_unit_is_chosen_from_those_that_are_offered(window: MainWindow, qtbot: QtBot, send: Send) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, UNKNOWN)])
    tab.card.table.go_to(0, FIRST)
    tab.card.table.setFocus()
    qtbot.keyClick(tab.card.table, Key.Key_F2)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: tab.items[0].ready == 1)


def test_a_name_that_looks_like_a_known_one_is_confirmed_to_be_new(
    window: MainWindow, qtbot: QtBot, send: Send
) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, "外国语学院,外国语学院教工党支部,教工,2019.9,郑七言")])
    qtbot.mouseClick(chip(tab, "有问题"), Qt.MouseButton.LeftButton)
    assert "请确认是同一个还是新增" in tab.card.line.words.text()
    qtbot.mouseClick(tab.card.line.confirm, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.items[0].ready == 1)
    assert not tab.card.line.confirm.isVisible()


def test_escape_leaves_a_cell_as_it_was(window: MainWindow, qtbot: QtBot, send: Send) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, BAD)])
    tab.card.table.go_to(0, FIRST + 3)
    tab.card.table.setFocus()
    qtbot.keyClick(tab.card.table, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "2020")
    qtbot.keyClick(editor, Key.Key_Escape)
    assert tab.items[0].answers.mends == {}


def test_a_row_can_be_left_out_and_brought_back(window: MainWindow, qtbot: QtBot, send: Send) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, NEW, BAD)])
    tab.card.choose(RowState.PROBLEM.value)
    qtbot.mouseClick(tab.card.line.leave_out, Qt.MouseButton.LeftButton)
    assert tab.card.model.rowCount() == 2
    assert cell(tab, 1, 1) == "不导入"
    assert "原文件不变" in tab.card.detail.text()
    qtbot.mouseClick(tab.card.restore_all, Qt.MouseButton.LeftButton)
    assert cell(tab, 1, 1) == "有问题"
    assert tab.items[0].answers.left_out == frozenset()


def test_a_changed_cell_shows_old_and_new(window: MainWindow, send: Send) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, CHANGED)])
    tab.card.table.go_to(0, FIRST + 4)
    assert tab.card.line.words.text() == "第 2 行 E 列：支部书记由“赵喆”改为“冯九歌”。"
    index = tab.card.model.index(0, FIRST + 4)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "库中：赵喆\n表中：冯九歌"


def test_what_the_file_does_not_list_is_named_and_never_deleted(
    window: MainWindow, qtbot: QtBot, office: Office, send: Send
) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, NEW)])
    qtbot.mouseClick(chip(tab, "表中未列"), Qt.MouseButton.LeftButton)
    assert tab.card.model.rowCount() == 150
    assert cell(tab, 0, 0) == "—"
    assert "导入不会删除它" in tab.card.line.words.text()
    assert not tab.card.model.flags(tab.card.model.index(0, FIRST)) & Qt.ItemFlag.ItemIsEditable
    tab.import_current()
    assert registry.branches(office).total == 451


def test_a_stale_preview_is_told_beside_it_and_made_again(
    window: MainWindow, qtbot: QtBot, office: Office, send: Send
) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    tab.take_in([send(HEAD, CHANGED)])
    row = registry.branches(office, TableQuery("赵喆")).rows[0]
    form = registry.branch_form(office, row.id)
    registry.save_branch(office, registry.Form(form.record_id, form.revision, {**form.values, "note": "改"}))
    tab.import_current()
    assert tab.card.trouble.isVisible()
    assert tab.card.trouble.text().startswith("预览之后数据有变动")
    qtbot.mouseClick(tab.card.renew, Qt.MouseButton.LeftButton)
    assert not tab.card.trouble.isVisible()
    tab.import_current()
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.IMPORTED)


def test_a_file_that_is_no_list_stands_in_the_list_with_what_to_do(
    window: MainWindow, qtbot: QtBot, send: Send
) -> None:
    tab = window.tabs.intake
    path = send("各单位：", "请于周五前报送。", name="通知.csv")
    drop(window, path)
    assert tab.items[0].stand is Stand.REFUSED
    assert tab.refused_view.sentence.text() == "通知.csv：没有认出这是哪一种表"
    assert "表头行" in tab.refused_view.hint.text()
    path.write_text("\n".join((HEAD, NEW)), encoding="utf-8-sig")
    qtbot.mouseClick(tab.again, Qt.MouseButton.LeftButton)
    assert [item.stand for item in tab.items] == [Stand.WAITING]
    assert tab.primary.text() == "导入 1 行"
    qtbot.mouseClick(tab.card.remove, Qt.MouseButton.LeftButton)
    assert tab.items == []
    assert tab.welcome.isVisible()


def test_an_encrypted_file_asks_for_its_password(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, when_asked: WhenAsked
) -> None:
    tab = window.tabs.intake
    path = tmp_path / "加密.xlsx"
    path.write_bytes(_encrypted("开门"))
    drop(window, path)
    assert tab.again.text() == "输入密码…"
    seen: list[bool] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, PasswordDialog)
        seen.append(dialog.primary.isEnabled())
        dialog.line.setText("开门")
        qtbot.keyClick(dialog.line, Key.Key_Return)

    when_asked(answer)
    qtbot.mouseClick(tab.again, Qt.MouseButton.LeftButton)
    assert seen == [False], "there is nothing to open it with yet"
    assert [item.ready for item in tab.items] == [1]


def test_by_keyboard_alone_a_file_is_looked_through_and_imported(
    window: MainWindow, qtbot: QtBot, office: Office, send: Send
) -> None:
    tab = window.tabs.intake
    drop(window, send(HEAD, NEW, name="甲.csv"), send(HEAD, BAD, name="乙.csv"))
    tab.take_keyboard()
    qtbot.keyClick(tab.list, Key.Key_Down)
    assert tab.card.title.text() == "乙.csv"
    qtbot.keyClick(tab.list, Key.Key_Delete)
    assert [item.name for item in tab.items] == ["甲.csv"]
    qtbot.keyClick(tab.list, Key.Key_Return)
    assert QApplication.focusWidget() is tab.card.table
    qtbot.keyClick(tab.card.table, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tab.items[0].stand is Stand.IMPORTED)


def test_a_folder_brings_its_files_but_not_the_locks_of_excel(
    window: MainWindow, tmp_path: Path, send: Send
) -> None:
    folder = tmp_path / "来件"
    folder.mkdir()
    for name in ("乙.csv", "甲.csv", "~$甲.csv"):
        (folder / name).write_text("\n".join((HEAD, NEW)), encoding="utf-8-sig")
    drop(window, folder)
    assert sorted(item.name for item in window.tabs.intake.items) == ["乙.csv", "甲.csv"]


def test_a_file_sent_again_before_its_import_takes_the_place_of_the_first(
    window: MainWindow, send: Send
) -> None:
    tab = window.tabs.intake
    tab.take_in([send(HEAD, BAD)])
    tab.take_in([send(HEAD, NEW)])
    assert [item.ready for item in tab.items] == [1]


def test_a_file_that_comes_after_an_import_is_shown_at_once(window: MainWindow, send: Send) -> None:
    tab = window.tabs.intake
    tab.take_in([send(HEAD, NEW, name="甲.csv")])
    tab.take_in([send(HEAD, BAD, name="乙.csv")])
    assert tab.card.title.text() == "甲.csv", "one does not leave a sheet that is being looked through"
    tab.import_current()
    tab.take_in([send(HEAD, CHANGED, name="丙.csv")])
    assert tab.card.title.text() == "丙.csv"


def test_after_an_import_the_button_goes_on_to_what_waits(
    window: MainWindow, qtbot: QtBot, send: Send
) -> None:
    tab = window.tabs.intake
    drop(window, send(HEAD, NEW, name="一.csv"), send(HEAD, CHANGED, name="二.csv"))
    assert tab.shown is tab.items[0]
    qtbot.mouseClick(tab.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.primary.text() == "看下一张待导入的")
    qtbot.mouseClick(tab.primary, Qt.MouseButton.LeftButton)
    assert tab.shown is tab.items[1]
    assert tab.primary.text() == "导入 1 行"
    qtbot.mouseClick(tab.primary, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: tab.primary.text() == "已导入")
    assert not tab.primary.isEnabled()


def test_a_row_that_stands_twice_says_where_the_other_is(window: MainWindow, send: Send) -> None:
    tab = window.tabs.intake
    again = NEW.replace("郑七言", "王八斗")
    drop(window, send(HEAD, NEW, again))
    tab.card.table.go_to(1, FIRST + 1)
    told = tab.card.line.words.text()
    assert "第 2 行" in told, told
    assert "见标红" not in told


def test_what_a_waiting_sheet_did_not_find_is_found_once_it_is_imported(
    window: MainWindow, qtbot: QtBot, send: Send
) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    branch = "海洋研究院,海洋研究院教工第一党支部,教工,2019.9,郑七言"
    tab.take_in(
        [
            send(HEAD, branch, name="支部.csv"),
            send("全称,简称,类型", "海洋研究院党委,海洋研究院,学院（系）党委", name="单位.csv"),
        ]
    )
    tab.card.choose(RowState.PROBLEM.value)
    assert "名册中没有“海洋研究院”，请改正名称，或先导入名册" in tab.card.line.words.text()
    tab.list.select(1)
    tab.import_current()
    qtbot.waitUntil(lambda: tab.items[1].stand is Stand.IMPORTED)
    assert tab.items[0].ready == 1


def test_the_models_keep_their_promises_to_qt(
    window: MainWindow, qtbot: QtBot, send: Send, watch: Watch
) -> None:
    tab = window.tabs.intake
    for model in (tab.card.model, tab.list.entries, tab.earlier.entries):
        watch(model)
    window.show_tab(tab)
    tab.take_in([send(HEAD, NEW, BAD, UNKNOWN)])
    tab.card.choose(RowState.PROBLEM.value)
    type_into_cell(tab, qtbot, 0, FIRST + 3, "2020.1")
    qtbot.waitUntil(lambda: tab.items[0].ready == 2)
    tab.import_current()
    tab.remove_current()
    assert not tab.items


def test_without_files_there_is_one_sentence_and_one_button(window: MainWindow) -> None:
    tab = window.tabs.intake
    window.show_tab(tab)
    assert tab.welcome.sentence.text() == "把收到的表格、邮件或压缩包拖到这里"
    assert "先院级党组织名册，再党支部名册" in tab.welcome.hint.text(), "what comes first is said"
    shown = [b.text() for b in tab.findChildren(QPushButton) if b.isVisible() and b.property("primary")]
    assert shown == ["选择文件…"]
    assert tab.left.nothing_earlier.isVisible()


def _encrypted(password: str) -> bytes:
    import io

    import openpyxl
    from msoffcrypto.format.ooxml import OOXMLFile

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (HEAD, NEW):
        sheet.append(line.split(","))
    plain, locked = io.BytesIO(), io.BytesIO()
    book.save(plain)
    OOXMLFile(plain).encrypt(password, locked)
    return locked.getvalue()
