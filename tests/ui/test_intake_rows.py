"""收件: what becomes of each row is chosen beside it — added, updated, left out — and whose list it is is asked there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from db.vocabulary import RowState
from dualcreate_desktop.office import posts, registry
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.candidates import CandidatesDialog
from ui.dialogs.unit_choice import UnitChoiceDialog
from ui.main_window import MainWindow
from ui.preview_model import FIRST
from ui.tabs.intake import IntakeTab
from ui.tabs.intake_items import Pile, Stand, entry_of
from ui.widgets.preview_card import SHEET

Send = Callable[..., Path]
WhenAsked = Callable[[Callable[[QDialog], None]], None]

BRANCHES = ("院级党组织", "党支部名称", "支部类型", "成立时间")
POSTS = ("院级党组织", "党支部", "姓名", "职务", "任职时间")
AGAIN = ("计算机学院", "计算机学院教工第1党支部", "赵喆", "书记", "2021.3")


@pytest.fixture
def send(write_book: Send) -> Send:
    return lambda *rows, name="报送.xlsx", hidden=(): write_book(rows, name, hidden=hidden)


@pytest.fixture
def tab(window: MainWindow) -> IntakeTab:
    window.show_tab(window.tabs.intake)
    return window.tabs.intake


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def states(tab: IntakeTab) -> list[RowState]:
    preview = tab.items[-1].preview
    assert preview is not None
    return [row.state for row in preview.rows()]


def test_a_row_that_would_update_is_added_instead_or_after_all_not(
    tab: IntakeTab, qtbot: QtBot, office: Office, send: Send
) -> None:
    tab.take_in([send(POSTS, AGAIN, name="党务人员.xlsx")])
    line = tab.card.line
    assert states(tab) == [RowState.CHANGED]
    click(qtbot, line.add)
    assert states(tab) == [RowState.NEW]
    assert not line.add.isVisible()
    click(qtbot, line.update_known)
    assert states(tab) == [RowState.CHANGED]
    click(qtbot, line.add)
    click(qtbot, tab.primary)
    branch = registry.branches(office, TableQuery("计算机学院教工第1党支部")).rows[0]
    rows = posts.posts(office, Body(branch.unit_id, branch.id), TableQuery()).rows
    assert [row.since for row in rows if row.name == "赵喆"] == ["2021-03", None]
    tab.take_in([send(POSTS, AGAIN, name="党务人员再报.xlsx")])
    assert states(tab) == [RowState.SAME], "twice is once"


def test_a_name_taken_for_a_known_branch_is_told_and_can_be_a_new_one(
    tab: IntakeTab, qtbot: QtBot, send: Send, when_asked: WhenAsked
) -> None:
    tab.take_in([send(BRANCHES, ("外国语学院", "教师1支部", "教工", "2001.1"))])
    assert states(tab) == [RowState.CHANGED]
    tab.card.table.go_to(0, FIRST + 1)
    words = tab.card.line.words.text()
    assert "表中写作“教师1支部”，认作名册中的“外国语学院教工第1党支部”" in words
    assert tab.card.line.choose.text() == "不是这个…"

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CandidatesDialog)
        click(qtbot, dialog.choices.buttons()[-1])
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.line.choose)
    assert states(tab) == [RowState.NEW]


def test_a_list_of_nobody_asks_whose_it_is_at_the_row(
    tab: IntakeTab, qtbot: QtBot, send: Send, when_asked: WhenAsked
) -> None:
    tab.take_in([send(BRANCHES[1:], ("翻译平台党支部", "教工", "2019.9"))])
    tab.card.choose(RowState.PROBLEM.value)
    assert "必须有“所属院级党组织”" in tab.card.line.words.text()

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitChoiceDialog)
        dialog.fields.input("unit").setProperty("currentText", "外国语")
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.line.unit)
    assert states(tab) == [RowState.NEW]
    assert not tab.card.line.unit.isVisible()


def test_a_hidden_sheet_is_never_imported_unseen(tab: IntakeTab, send: Send) -> None:
    new = ("外国语学院", "外国语学院平台党支部", "教工", "2019.9")
    old = ("外国语学院", "外国语学院往年党支部", "教工", "2009.9")
    tab.take_in([send(BRANCHES, new, hidden=[BRANCHES, old])])
    assert [item.ready for item in tab.items] == [1, 1]
    assert [item.is_clean for item in tab.items] == [True, False]
    assert "隐藏的工作表" in str(tab.list.entries.index(1, 0).data())


def test_the_sheet_opens_at_its_beginning_whatever_is_merged_there(tab: IntakeTab, send: Send) -> None:
    wide = [f"第{number}项情况说明与补充材料" for number in range(12)]
    path = send(
        ("外国语学院党支部名册",), (*BRANCHES, *wide), ("外国语学院", "翻译平台党支部", "教工", "2019.9")
    )
    book = openpyxl.load_workbook(path)
    book.worksheets[0].merge_cells("A1:P1")
    book.save(path)
    tab.take_in([path])
    tab.card.show_view(SHEET)
    QApplication.processEvents()
    assert tab.card.sheet.table.columnSpan(0, 0) == 16
    assert tab.card.sheet.table.horizontalScrollBar().value() == 0


def test_the_list_takes_the_keyboard_from_the_button_that_goes(tab: IntakeTab, send: Send) -> None:
    assert tab.begin.hasFocus()
    tab.take_in([send(BRANCHES, ("外国语学院", "翻译平台党支部", "教工", "2019.9"))])
    assert tab.list.hasFocus()


def test_rows_that_were_kept_out_of_an_import_can_go_back_or_be_mended_and_follow(
    tab: IntakeTab, qtbot: QtBot, send: Send
) -> None:
    good, bad = (
        ("外国语学院", "师生联合支部", "师生联合", "2019.9"),
        ("外国语学院", "青年支部", "中青年", "2019.9"),
    )
    tab.take_in([send(BRANCHES, good, bad)])
    assert not tab.card.go_on.isVisible()
    click(qtbot, tab.primary)
    (item,) = tab.items
    assert item.stand is Stand.IMPORTED
    assert item.lies_in(Pile.TROUBLED), "one row is still to be seen to"
    assert entry_of(item).state == "部分导入"
    assert tab.card.send_back.isVisible()
    assert tab.card.go_on.text() == "接着改没导入的 1 行"
    click(qtbot, tab.card.go_on)
    assert states(tab) == [RowState.SAME, RowState.PROBLEM]
    assert not tab.card.go_on.isVisible()
    assert tab.card.model.rowCount() == 1, "what is left to do is at hand"
    tab.answers.mend((2, 2), "师生联合")
    click(qtbot, tab.primary)
    assert item.stand is Stand.IMPORTED
    assert not item.lies_in(Pile.TROUBLED)
    assert entry_of(item).state == "已导入"


def test_why_a_row_may_not_be_added_beside_what_it_updates_is_said(tab: IntakeTab, send: Send) -> None:
    tab.take_in([send(BRANCHES, ("外国语学院", "外国语学院教工第1党支部", "教工", "2001.1"))])
    assert states(tab) == [RowState.CHANGED]
    assert not tab.card.line.add.isVisible()
    told = (
        "第 2 行 B 列：会更新已有的一条：党支部名册里，所属院级党组织、党支部名称都相同的只有一条，不能另加。"
    )
    tab.card.table.go_to(0, FIRST + 1)
    assert tab.card.line.words.text() == told
    tab.import_current()
    assert tab.card.line.words.text() == "", "what is done is not announced"


def test_a_topic_that_was_taken_up_again_is_added(tab: IntakeTab, qtbot: QtBot, send: Send) -> None:
    head = ("院级党组织", "党支部", "课题类别", "课题名称", "级别", "立项时间")
    first = ("外国语学院", "外国语学院教工第1党支部", "党建课题", "翻译课堂里的思政", "校级", "2021.3")
    tab.take_in([send(head, first, name="党建课题.xlsx")])
    click(qtbot, tab.primary)
    tab.take_in([send(head, (*first[:5], "2023.5"), name="党建课题2023.xlsx")])
    assert states(tab) == [RowState.CHANGED]
    click(qtbot, tab.card.line.add)
    click(qtbot, tab.primary)
    tab.take_in([send(head, first, (*first[:5], "2023.5"), name="党建课题全部.xlsx")])
    assert states(tab) == [RowState.SAME, RowState.SAME], "twice is once"
