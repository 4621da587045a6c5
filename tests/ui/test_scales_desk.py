"""等次标准 changed and taken out, and 等次核对 that leads to the list, driven as a person does it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import registry, scales
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.scales import Band, Scale, ScaleForm, Share
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.scale import ScaleDialog
from ui.dialogs.scales import ContradictionsDialog, ScalesDialog
from ui.main_window import MainWindow
from ui.tabs.evidence import EvidenceTab

WhenAsked = Callable[[Callable[[QDialog], None]], None]


@pytest.fixture
def tab(window: MainWindow) -> EvidenceTab:
    """考核评价, seen."""
    window.show_tab(window.tabs.evidence)
    return window.tabs.evidence


@pytest.fixture
def kept(office: Office) -> str:
    """A scale of 2021 in points."""
    return scale(office, 2021, Band("好", Decimal(90)))


def scale(office: Office, year: int, *bands: Band, shares: tuple[Share, ...] = ()) -> str:
    return scales.save_scale(
        office, ScaleForm(None, "", Scale("branch_work", year, Decimal(100), bands, shares))
    )


def grades_menu(tab: EvidenceTab, word: str) -> None:
    """Pick an entry of the menu 等次."""
    next(action for action in tab.grades.menu().actions() if action.text() == word).trigger()


def typed(made: QWidget, text: str) -> None:
    """Type into an input and leave it."""
    line = made if isinstance(made, QLineEdit) else made.findChild(QLineEdit)
    assert line is not None
    line.setText(text)
    line.editingFinished.emit()


def close(dialog: QDialog) -> None:
    dialog.reject()


def test_a_scale_is_opened_changed_and_refused_a_year_that_has_one(
    tab: EvidenceTab, office: Office, kept: str, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    scale(office, 2020, Band("好", Decimal(80)))

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ScalesDialog)
        assert [row.year for place in (0, 1) if (row := dialog.model.row_at(place))] == [2021, 2020]
        when_asked(take_another_year)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

    def take_another_year(dialog: QDialog) -> None:
        assert isinstance(dialog, ScaleDialog)
        assert dialog.windowTitle() == "修改等次标准"
        typed(dialog.fields.input("year"), "2020")
        when_asked(read_why_and_mend)
        dialog.accept()

    def read_why_and_mend(dialog: QDialog) -> None:
        assert isinstance(dialog, ScaleDialog)
        assert "评价标准已经登记" in dialog.problem.text()
        typed(dialog.fields.input("year"), "2019")
        when_asked(close)
        dialog.accept()

    when_asked(choose)
    grades_menu(tab, "等次标准…")
    assert scales.scale_form(office, kept).scale.year == 2019


def test_a_scale_is_deleted_after_one_question(
    tab: EvidenceTab, office: Office, kept: str, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    said: list[str] = []

    def delete(dialog: QDialog) -> None:
        assert isinstance(dialog, ScalesDialog)
        when_asked(agree)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        said.extend(each.text() for each in dialog.findChildren(QLabel))
        when_asked(see_that_none_is_left)
        dialog.accept()

    def see_that_none_is_left(dialog: QDialog) -> None:
        assert isinstance(dialog, ScalesDialog)
        assert (dialog.model.total, dialog.edit.isEnabled(), dialog.delete.isEnabled()) == (0, False, False)
        dialog.reject()

    when_asked(delete)
    grades_menu(tab, "等次标准…")
    assert scales.scales(office) == ()
    assert any("2021年" in text and "好" in text for text in said), said


def test_a_scale_that_somebody_took_out_meanwhile_is_told_and_the_list_comes_back(
    tab: EvidenceTab, office: Office, kept: str, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    def open_what_is_gone(dialog: QDialog) -> None:
        assert isinstance(dialog, ScalesDialog)
        scales.delete_scale(office, kept)
        when_asked(close)
        dialog.edit.click()

    page = tab.page_at(0)
    when_asked(open_what_is_gone)
    with qtbot.waitSignal(page.refused) as refused:
        grades_menu(tab, "等次标准…")
    assert "已被删除" in str(refused.args[0])


def test_a_line_about_several_records_shows_them_in_the_list(
    tab: EvidenceTab, office: Office, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    scale(office, 2021, shares=(Share("好", Decimal(10)),))
    rows = registry.branches(office, TableQuery("计算机学院")).rows[:3]
    for row in rows:
        told = {"unit": row.unit_id, "branch": row.id, "year": 2021, "kind": "branch_work", "grade": "好"}
        APPRAISAL_LIST.save(office, Form(None, "", told))

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ContradictionsDialog)
        dialog.open_it.click()

    page = tab.page_at(0)
    when_asked(look)
    grades_menu(tab, "等次核对…")
    qtbot.waitUntil(lambda: page.model.total == 3)
    assert (page.chip, page.search.text()) == ("2021", rows[0].unit)
