"""收件: what is answered once — a word, a name, a unit — and what goes back to its sender or out to be filled in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from db.vocabulary import RowState
from dualcreate_desktop.office import learning, registry
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.candidates import CandidatesDialog
from ui.dialogs.form_pack import FormPackDialog
from ui.dialogs.mail import MailDialog
from ui.dialogs.memory import MemoryDialog
from ui.dialogs.replacing import ReplaceDialog
from ui.dialogs.send_back import SendBackDialog
from ui.dialogs.unit_choice import UnitChoiceDialog
from ui.main_window import MainWindow
from ui.preview_model import FIRST
from ui.tabs.intake import IntakeTab

Key = Qt.Key
Send = Callable[..., Path]
WhenAsked = Callable[[Callable[[QDialog], None]], None]

HEAD = ("院级党组织", "党支部名称", "支部类型", "成立时间", "支部书记")
ODD = [
    ("外国语学院", f"外国语学院{name}党支部", "中青年", "2019.9", "郑七言")
    for name in ("平台", "海外", "翻译")
]
UNSURE = ("外国语学院", "外国语学院教工党支部", "教工", "2019.9", "郑七言")
BAD = ("外国语学院", "外国语学院第一联合党支部", "师生联合", "2020.13", "王八斗")


@pytest.fixture
def send(write_book: Send) -> Send:
    return lambda *rows, name="外国语学院.xlsx": write_book(rows, name)


@pytest.fixture
def tab(window: MainWindow) -> IntakeTab:
    window.show_tab(window.tabs.intake)
    return window.tabs.intake


def click(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def save_to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """The file dialog of the system answers with a path."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kw: (str(path), ""))


def open_mail(tab: IntakeTab) -> MailDialog:
    return next(dialog for dialog in tab.findChildren(MailDialog) if dialog.isVisible())


def test_one_word_is_mended_everywhere_and_remembered(
    tab: IntakeTab, qtbot: QtBot, office: Office, send: Send, when_asked: WhenAsked
) -> None:
    tab.take_in([send(HEAD, *ODD)])
    assert tab.items[0].wrong == 3
    tab.card.choose(RowState.PROBLEM.value)
    tab.card.table.go_to(0, FIRST + 2)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ReplaceDialog)
        assert dialog.primary.text() == "改 3 处"
        dialog.input.setProperty("currentText", "什么支部")
        qtbot.keyClick(dialog.input, Key.Key_Return)
        assert "不在可选项中" in dialog.problem.text()
        dialog.input.setProperty("currentText", "教师党支部")
        qtbot.keyClick(dialog.input, Key.Key_Return)

    when_asked(answer)
    click(qtbot, tab.card.line.replace)
    assert tab.items[0].ready == 3
    tab.take_in([send(HEAD, ("外国语学院", "外国语学院新党支部", "中青年", "2020.1", ""), name="次日.xlsx")])
    assert tab.items[1].ready == 1, "the next file is read so at once"


def test_one_word_is_mended_in_this_sheet_only(
    tab: IntakeTab, qtbot: QtBot, office: Office, send: Send, when_asked: WhenAsked
) -> None:
    tab.take_in([send(HEAD, *ODD)])
    tab.card.table.go_to(0, FIRST + 2)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, ReplaceDialog)
        dialog.remember.setChecked(False)
        dialog.input.setProperty("currentText", "教师党支部")
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.line.replace)
    assert tab.items[0].ready == 3
    assert learning.remembered(office) == ()
    assert "已在预览中改动" in tab.card.detail.text()


def test_which_branch_is_meant_is_chosen_side_by_side_and_stays_an_alias(
    tab: IntakeTab, qtbot: QtBot, office: Office, send: Send, when_asked: WhenAsked
) -> None:
    tab.take_in([send(HEAD, UNSURE)])
    tab.card.choose(RowState.PROBLEM.value)
    names: list[str] = []

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CandidatesDialog)
        names.extend(candidate.name for candidate in dialog._shown)
        assert all(candidate.reason for candidate in dialog._shown)
        click(qtbot, dialog.choices.button(1))
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.line.choose)
    preview = tab.items[0].preview
    assert preview is not None
    (row,) = preview.rows()
    assert row.state is RowState.CHANGED
    branch = registry.branches(office, TableQuery(names[1])).rows[0]
    assert row.record_id == branch.id
    assert [each.written for each in learning.remembered(office)] == [UNSURE[1]]


def test_a_new_row_is_made_an_update_of_a_known_branch(
    tab: IntakeTab, qtbot: QtBot, send: Send, when_asked: WhenAsked
) -> None:
    tab.take_in([send(HEAD, ("外国语学院", "外国语学院头雁党支部", "教工", "2019.9", "郑七言"))])
    tab.card.table.go_to(0, FIRST + 1)
    assert tab.card.line.choose.text() == "更新已有的…"

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CandidatesDialog)
        dialog.other.setEditText("外国语学院硕士生第147党支部")
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.line.choose)
    assert tab.items[0].preview is not None
    assert tab.items[0].preview.counts[RowState.CHANGED] == 1


def test_none_of_them_is_meant(tab: IntakeTab, qtbot: QtBot, send: Send, when_asked: WhenAsked) -> None:
    tab.take_in([send(HEAD, UNSURE)])
    tab.card.choose(RowState.PROBLEM.value)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CandidatesDialog)
        click(qtbot, dialog.choices.buttons()[-1])
        assert dialog.primary.text() == "作为新的导入"
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.line.choose)
    assert tab.items[0].preview is not None
    assert tab.items[0].preview.counts[RowState.NEW] == 1


def test_another_one_is_found_by_some_characters(
    tab: IntakeTab, qtbot: QtBot, office: Office, send: Send, when_asked: WhenAsked
) -> None:
    tab.take_in([send(HEAD, UNSURE)])
    tab.card.choose(RowState.PROBLEM.value)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, CandidatesDialog)
        dialog.other.setEditText("硕士生第147")
        assert dialog.choices.checkedId() != 0, "typing chooses it"
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.line.choose)
    assert [each.means for each in learning.remembered(office)] == ["外国语学院硕士生第147党支部"]


def test_a_file_that_names_no_unit_is_told_whose_it_is(
    tab: IntakeTab, qtbot: QtBot, send: Send, when_asked: WhenAsked
) -> None:
    rows = (HEAD[1:], ("翻译中心党支部", "教工", "2019.9", "郑七言"))
    tab.take_in([send(*rows, name="名册.xlsx")])
    assert tab.card.unit.text() == "单位：未认出，请指定…"
    assert tab.items[0].ready == 0

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitChoiceDialog)
        dialog.fields.input("unit").setProperty("currentText", "外国语")
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.unit)
    assert tab.items[0].ready == 1
    assert tab.card.unit.text() == "单位：外国语学院党委"


def test_what_was_learned_is_looked_through_and_forgotten(
    tab: IntakeTab, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    branch = registry.branches(office).rows[0]
    for written in ("头雁支部", "先锋支部"):
        learning.remember_name(office, written, branch.id)

    def forget(dialog: QDialog) -> None:
        assert isinstance(dialog, MemoryDialog)
        dialog.search.setText("头雁")
        assert dialog.list.entries.rowCount() == 1
        when_asked(close)
        qtbot.keyClick(dialog.list, Key.Key_Delete)

    def close(dialog: QDialog) -> None:
        assert isinstance(dialog, MemoryDialog)
        assert dialog.list.entries.rowCount() == 1
        qtbot.keyClick(dialog, Key.Key_Escape)

    when_asked(forget)
    tab.show_memory()
    assert [each.written for each in learning.remembered(office)] == ["先锋支部"]


def test_a_desk_that_learned_nothing_says_so(tab: IntakeTab, qtbot: QtBot, when_asked: WhenAsked) -> None:
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MemoryDialog)
        seen.append(dialog.nothing.sentence.text())
        assert not dialog.primary.isVisible()
        qtbot.keyClick(dialog, Key.Key_Escape)

    when_asked(look)
    tab.show_memory()
    assert seen == ["还没有记住什么"]


def test_a_file_goes_back_marked_with_a_mail_to_copy(
    tab: IntakeTab,
    qtbot: QtBot,
    send: Send,
    when_asked: WhenAsked,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    tab.take_in([send(HEAD, BAD)])
    marked = tmp_path / "外国语学院（请修改）.xlsx"
    save_to(monkeypatch, marked)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, SendBackDialog)
        dialog.fields.input("until").setProperty("text", "2024.3.20")
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.card.send_back)
    book = openpyxl.load_workbook(marked)
    cell = book["Sheet"]["D2"]
    assert cell.comment is not None
    assert "2020.13" in cell.comment.text
    dialog = open_mail(tab)
    assert "于 2024年3月20日前" in dialog.text.toPlainText()
    click(qtbot, dialog.primary)
    assert QGuiApplication.clipboard().text() == dialog.text.toPlainText()
    assert dialog.isVisible(), "the file has to be attached, too"
    dialog.close()
    tab.take_in([marked])
    assert tab.items[1].preview is not None
    assert tab.items[0].preview is not None
    assert tab.items[1].preview.summary == tab.items[0].preview.summary, "it comes back as it went"


def test_what_a_copy_will_lack_is_said_before(
    tab: IntakeTab, qtbot: QtBot, when_asked: WhenAsked, tmp_path: Path
) -> None:
    path = tmp_path / "外国语学院.csv"
    path.write_text("\n".join(",".join(row) for row in (HEAD, BAD)), encoding="utf-8-sig")
    tab.take_in([path])
    told: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, SendBackDialog)
        told.extend(words.text() for words in dialog.findChildren(type(dialog.problem)) if words.text())
        qtbot.keyClick(dialog, Key.Key_Escape)

    when_asked(look)
    click(qtbot, tab.card.send_back)
    assert any("重新生成的 .xlsx" in words for words in told)


def test_forms_go_out_and_map_themselves_when_they_come_back(
    tab: IntakeTab,
    qtbot: QtBot,
    office: Office,
    when_asked: WhenAsked,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    packed = tmp_path / "填报表.zip"
    save_to(monkeypatch, packed)

    def answer(dialog: QDialog) -> None:
        assert isinstance(dialog, FormPackDialog)
        dialog.fields.input("list").setProperty("currentText", "党支部名册")
        click(qtbot, dialog.none)
        click(qtbot, dialog.primary)
        assert dialog.problem.text() == "请至少勾选一个单位"
        dialog.search.setText("外国语")
        click(qtbot, dialog.all)
        assert dialog.counted.text().startswith("已选 1 个单位")
        dialog.fields.input("until").setProperty("text", "2024.3.20 17:00")
        click(qtbot, dialog.primary)

    when_asked(answer)
    click(qtbot, tab.forms)
    with zipfile.ZipFile(packed) as archive:
        assert sum(name.endswith(".xlsx") for name in archive.namelist()) == 1
    dialog = open_mail(tab)
    assert "党支部名册" in dialog.subject.text()
    assert "请于 2024年3月20日17:00前" in dialog.text.toPlainText(), "the clock counts, too"
    dialog.close()
    tab.take_in([packed])
    (item,) = [item for item in tab.items if item.name.endswith(".xlsx")]
    assert item.preview is not None
    assert item.preview.counts[RowState.SAME] == 150
    assert not tab.card.sheet.kind.isVisible(), "a form of our own says itself what it is"
