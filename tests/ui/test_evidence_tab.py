"""考核评价 and 表彰荣誉, driven as a person does it; and every list as an Excel file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import registry
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST, INCIDENT_LIST
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import ALL, TableQuery
from dualcreate_desktop.rules.dates import PartialDate
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.evidence import EvidenceDialog
from ui.main_window import MainWindow
from ui.tabs.evidence import EvidencePage

Key = Qt.Key
Watch = Callable[[QAbstractItemModel], None]
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]


@pytest.fixture
def graded(office: Office) -> Office:
    """Three grades of one branch and an incident of its unit."""
    branch = registry.branches(office, TableQuery("计算机学院教工第1党支部")).rows[0]
    for year, grade in ((2021, "较好"), (2022, "好"), (2023, "好")):
        told = {
            "unit": branch.unit_id,
            "branch": branch.id,
            "year": year,
            "kind": "branch_work",
            "grade": grade,
        }
        APPRAISAL_LIST.save(office, Form(None, "", told))
    incident = {"unit": branch.unit_id, "occurred": PartialDate(2022, 5), "kind": "safety"}
    INCIDENT_LIST.save(office, Form(None, "", incident))  # type: ignore[arg-type]
    return office


@pytest.fixture
def page(graded: Office, window: MainWindow, qtbot: QtBot) -> EvidencePage:
    """The appraisals, seen."""
    qtbot.keyClick(window, Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    shown = window.tabs.evidence.page_at(0)
    assert shown.isVisible()
    return shown


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def chip(page: EvidencePage, word: str) -> QPushButton:
    return next(made for made in page.chips.findChildren(QPushButton) if made.text().startswith(word))


def choose(dialog: EvidenceDialog, key: str, text: str) -> None:
    """Type into a choice and leave it."""
    made = dialog.fields.input(key)
    line = made.findChild(QLineEdit)
    assert line is not None
    line.setText(text)
    line.editingFinished.emit()


def test_the_model_keeps_the_promises_of_a_model(page: EvidencePage, watch: Watch) -> None:
    watch(page.model)
    page.model.sort(2, Qt.SortOrder.AscendingOrder)
    assert [page.model.index(row, 2).data() for row in range(3)] == ["2021", "2022", "2023"]


def test_a_chip_shows_one_year_and_the_switch_another_list(
    page: EvidencePage, window: MainWindow, qtbot: QtBot
) -> None:
    assert chip(page, "全部").text() == "全部 3"
    qtbot.mouseClick(chip(page, "2022年"), Qt.MouseButton.LeftButton)
    assert page.model.total == 1
    second = page.head.findChildren(QPushButton)[1]
    assert second.text() == "表彰荣誉"
    qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    honours = window.tabs.evidence.page_at(1)
    assert honours.isVisible()
    assert not page.isVisible()
    again = type(window.tabs.evidence)(window.office, window._settings)
    qtbot.addWidget(again)
    again.show()
    assert again.page_at(1).isVisible(), "the page that was seen last is remembered"


def test_the_branches_to_choose_from_are_those_of_the_unit(
    page: EvidencePage, window: MainWindow, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        choose(dialog, "unit", "外国语")
        branch = dialog.fields.input("branch")
        assert branch.count() == 150  # type: ignore[union-attr]
        choose(dialog, "branch", "外国语学院教工第1党支部")
        choose(dialog, "unit", "计算机")
        assert dialog.fields.message("branch") == ""
        assert branch.currentText() == "", "a branch of the former unit is not kept"  # type: ignore[union-attr]
        choose(dialog, "branch", "计算机学院教工第1党支部")
        dialog.fields.input("year").setText("2023")  # type: ignore[union-attr]
        choose(dialog, "kind", "支部考核评价")
        when_asked(mend)
        dialog.accept()

    def mend(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        assert "2023年的支部考核评价已经登记" in dialog.problem.text()
        dialog.fields.input("year").setText("2020")  # type: ignore[union-attr]
        dialog.accept()

    when_asked(fill_in)
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.total == 4)
    row = page.table.current()
    assert row is not None
    assert row.year == 2020, "one sees what one has added"
    qtbot.waitUntil(lambda: window.status.text == "已新增考核评价 计算机学院教工第1党支部")


def test_enter_edits_the_row(page: EvidencePage, qtbot: QtBot, office: Office, when_asked: WhenAsked) -> None:
    def worsen(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        choose(dialog, "grade", "差")
        qtbot.keyClick(focus(), Key.Key_Return)

    when_asked(worsen)
    qtbot.keyClick(page.table, Key.Key_Return)
    qtbot.waitUntil(lambda: APPRAISAL_LIST.page(office, ALL).rows[0].grade == "差")


def test_a_row_is_deleted_after_one_question_and_comes_back(
    page: EvidencePage, window: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        told = [label.text() for label in dialog.findChildren(QLabel)]
        assert any("计算机学院教工第1党支部 · 计算机学院 · 2023" in text for text in told)
        qtbot.keyClick(focus(), Key.Key_Return)

    when_asked(lambda dialog: dialog.reject())
    qtbot.keyClick(page.table, Key.Key_Delete)
    assert page.model.total == 3, "who says no keeps all"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    when_asked(agree)
    qtbot.keyClick(page.table, Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.total == 2)
    window.undo()
    qtbot.waitUntil(lambda: page.model.total == 3)


def test_incidents_are_seen_where_eligibility_is_checked_and_nowhere_else(
    graded: Office, window: MainWindow, qtbot: QtBot
) -> None:
    window.show_tab(window.tabs.units)
    labels = window.tabs.units.card.findChildren
    qtbot.waitUntil(lambda: any("计算机学院" in part.text() for part in labels(QLabel)))
    said = "\n".join(part.text() for part in labels(QLabel))
    assert "负面情形" not in said
    assert "安全稳定事故" not in said
    window.show_tab(window.tabs.evidence)
    switch = window.tabs.evidence.page_at(0).head.findChildren(QPushButton)
    offered = [button.text() for button in switch]
    offered += [entry.text() for button in switch if button.menu() for entry in button.menu().actions()]
    assert "以往批次结果" in offered
    assert "负面情形" not in offered
    window.show_tab(window.tabs.applications)
    lines = window.tabs.applications.lines
    lines.more.menu().aboutToShow.emit()
    next(entry for entry in lines.more.menu().actions() if entry.text() == "负面情形…").trigger()
    page = window.tabs.evidence.pages[-2]
    assert page.isVisible()
    assert page.model.index(0, 0).data() == "计算机学院党委"
    assert not page.export.isVisible()


def test_what_is_found_goes_to_excel_with_the_shown_columns(
    page: EvidencePage, window: MainWindow, qtbot: QtBot, when_asked: WhenAsked, tmp_path: Path
) -> None:
    path = tmp_path / "考核 评价.xlsx"

    def save(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        assert dialog.findChild(QLineEdit).text() == "考核评价 2024-03-15.xlsx"
        dialog.findChild(QLineEdit).setText(str(path))
        dialog.accept()

    page.choose_chip("2023")
    page.table.setColumnHidden(6, True)
    when_asked(save)
    qtbot.mouseClick(page.export, Qt.MouseButton.LeftButton)
    sheet = load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1] == ("考核对象", "院级党组织", "年度", "考核类型", "等次", "得分")
    assert rows[2][:5] == ("计算机学院教工第1党支部", "计算机学院", 2023, "支部考核评价", "好")
    assert len(rows) == 3
    assert window.status.text == "已导出 1 条：考核 评价.xlsx"
    assert window.status.offered.text() == "打开"
