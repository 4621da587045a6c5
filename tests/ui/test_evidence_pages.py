"""The lesser lists of 考核评价, its scales and their check, and the earlier model branches, driven as a person does it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import registry, rounds, scales, searching, staffing
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.standing_lists import DEBARMENT_LIST, EARLIER_LIST
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import ALL, TableQuery
from dualcreate_desktop.rules.dates import PartialDate
from ui.dialogs.evidence import EvidenceDialog
from ui.dialogs.print_choice import PrintChoiceDialog, Scope
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.project import ProjectDialog
from ui.dialogs.scale import ScaleDialog
from ui.dialogs.scales import ContradictionsDialog, ScalesDialog
from ui.main_window import MainWindow
from ui.tabs.earlier_models import EarlierModelsPage
from ui.tabs.evidence import EvidenceTab
from ui.tabs.staffing import StaffingPage
from ui.widgets.switch import Switch

TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]

BRANCH = "计算机学院教工第1党支部"


@pytest.fixture
def tab(window: MainWindow) -> EvidenceTab:
    """考核评价, seen."""
    window.show_tab(window.tabs.evidence)
    return window.tabs.evidence


def choose(tab: EvidenceTab, word: str) -> None:
    """Pick a list from the menu 更多."""
    switch = next(made for made in tab.findChildren(Switch) if made.isVisible())
    menu = switch.button(2).menu()
    next(action for action in menu.actions() if action.text() == word).trigger()


def grades_menu(tab: EvidenceTab, word: str) -> None:
    """Pick an entry of the menu 等次."""
    next(action for action in tab.grades.menu().actions() if action.text() == word).trigger()


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def typed(made: QWidget, text: str) -> None:
    """Type into an input and leave it."""
    line = made if isinstance(made, QLineEdit) else made.findChild(QLineEdit)
    assert line is not None
    line.setText(text)
    line.editingFinished.emit()


def appraised(office: Office, grade: str, score: int, year: int = 2023) -> str:
    """An appraisal of the first branch."""
    row = registry.branches(office, TableQuery(BRANCH)).rows[0]
    told = {"unit": row.unit_id, "branch": row.id, "year": year, "kind": "branch_work", "grade": grade}
    return APPRAISAL_LIST.save(office, Form(None, "", {**told, "score": Decimal(score)}))


def debarred(office: Office) -> str:
    """A debarment of the first branch."""
    row = registry.branches(office, TableQuery(BRANCH)).rows[0]
    told = {"unit": row.unit_id, "branch": row.id, "since": PartialDate(2023, 5), "reason": "申报材料不实"}
    return DEBARMENT_LIST.save(office, Form(None, "", told))


def created(office: Office) -> None:
    """The first branch was selected in an earlier batch."""
    row = registry.branches(office, TableQuery(BRANCH)).rows[0]
    told = {"unit": row.unit_id, "branch": row.id, "batch": "第二批", "level": "university"}
    told |= {"category": "样板支部", "result": "accepted"}
    EARLIER_LIST.save(office, Form(None, "", told))


def test_a_lesser_list_stands_behind_the_menu_and_is_remembered(
    tab: EvidenceTab, window: MainWindow, qtbot: QtBot
) -> None:
    choose(tab, "发展党员")
    shown = tab.page_at(3)
    assert shown.isVisible()
    switch = next(made for made in tab.findChildren(Switch) if made.isVisible())
    assert switch.button(2).text() == "发展党员"
    assert switch.button(2).isChecked()
    again = EvidenceTab(window.office, window._settings)
    qtbot.addWidget(again)
    again.show()
    assert again.page_at(3).isVisible()


def test_new_members_are_registered_by_a_form_of_their_own(
    tab: EvidenceTab, office: Office, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    choose(tab, "发展党员")
    page = tab.page_at(3)

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        typed(dialog.fields.input("unit"), "计算机学院党委")
        typed(dialog.fields.input("year"), "2023")
        typed(dialog.fields.input("measure"), "高层次人才")
        typed(dialog.fields.input("number"), "3")
        dialog.accept()

    when_asked(fill_in)
    qtbot.mouseClick(page.add, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.model.total == 1)
    assert page.model.index(0, 3).data() == "高层次人才"


def test_an_appraisal_keeps_its_items_and_whose_work_it_graded(
    tab: EvidenceTab, office: Office, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    key = appraised(office, "好", 95)

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        typed(dialog.fields.input("subject"), "书记")
        typed(dialog.fields.input("secretary"), "赵喆")
        dialog.fields.input("items").setPlainText("示范引领作用")  # type: ignore[union-attr]
        when_asked(mend)
        dialog.accept()

    def mend(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        assert "没有写明得分" in dialog.problem.text()
        dialog.fields.input("items").setPlainText("示范引领作用 18/20\n结对共建：9")  # type: ignore[union-attr]
        dialog.accept()

    qtbot.waitUntil(lambda: tab.page_at(0).model.total == 1)
    when_asked(fill_in)
    tab.page_at(0).open_row()
    stored = APPRAISAL_LIST.form(office, key).values
    assert (stored["subject"], stored["secretary"]) == ("secretary", "赵喆")
    assert stored["items"] == "示范引领作用 18/20\n结对共建 9"
    assert stored["reported"] is None, "nobody said whether it was reported"


def test_a_debarment_is_seen_from_its_place_alone(
    tab: EvidenceTab, office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    debarred(office)
    switch = next(made for made in tab.findChildren(Switch) if made.isVisible())
    assert "取消资格" not in [action.text() for action in switch.button(2).menu().actions()]
    assert list(searching.find_everything(office, "材料不实", None)) == []
    tab.show_list("debarments")
    page = tab.pages[-1]
    assert page.isVisible()
    assert not page.export.isVisible()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "王小明" in words(page))  # who recorded it
    again = EvidenceTab(window.office, window._settings)
    assert not again.pages[-1].isVisibleTo(again), "and it is not what one finds next time"


def test_staff_is_registered_for_a_unit_and_shown_on_its_card(
    tab: EvidenceTab, office: Office, window: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    choose(tab, "人员配备")
    page = tab.pages[5]
    assert isinstance(page, StaffingPage)

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        for key, text in (("organiser_required", "3"), ("organiser_actual", "2")):
            typed(dialog.fields.input(key), text)
        dialog.accept()

    when_asked(fill_in)
    page.open_row()
    (row, *_) = staffing.staffing(office)
    assert (row.year, row.organiser, row.short) == (2024, "3 / 2", 1)
    qtbot.waitUntil(lambda: "有缺额 1" in [made.text() for made in page.chips.findChildren(QPushButton)])
    page.choose_chip("short")
    assert page.head.figure.text() == "1 个单位"
    window.show_tab(window.tabs.units)
    qtbot.waitUntil(lambda: "专职组织员应配 3，实配 2" in words(window.tabs.units.card))


def test_a_scale_in_points_finds_the_grade_that_contradicts_them(
    tab: EvidenceTab, office: Office, qtbot: QtBot, when_asked: WhenAsked, tmp_path: Path
) -> None:
    key = appraised(office, "好", 80)
    path = tmp_path / "等次核对.xlsx"

    def add(dialog: QDialog) -> None:
        assert isinstance(dialog, ScalesDialog)
        when_asked(fill_in)
        dialog.accept()

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, ScaleDialog)
        typed(dialog.fields.input("year"), "2023")
        typed(dialog.fields.input("maximum"), "90")
        typed(dialog.fields.input("measure"), "按得分")
        assert "最低得分（分）" in words(dialog)
        typed(dialog.rows[0][1], "99")
        dialog.accept()
        assert "超出满分 90" in dialog.problem.text()
        for place, text in enumerate(("85", "70", "60", "0")):
            typed(dialog.rows[place][1], text)
        typed(dialog.rows[0][2], "30")
        when_asked(close)
        dialog.accept()

    def close(dialog: QDialog) -> None:
        assert isinstance(dialog, ScalesDialog)
        assert dialog.model.total == 1
        dialog.reject()

    when_asked(add)
    grades_menu(tab, "等次标准…")
    found = scales.inconsistencies(office)
    assert [line.sources for line in found] == [(key,), (key,)], (
        "against its points, and more than 30 per cent"
    )

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, ContradictionsDialog)
        assert dialog.model.total == 2
        when_asked(worsen)
        dialog.open_it.click()

    def worsen(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        typed(dialog.fields.input("grade"), "较好")
        when_asked(export)
        dialog.accept()

    def export(dialog: QDialog) -> None:
        assert isinstance(dialog, ContradictionsDialog)
        assert dialog.model.total == 0, "what is mended does not come back"
        dialog.reject()

    when_asked(look)
    grades_menu(tab, "等次核对…")
    assert scales.inconsistencies(office) == ()
    assert not path.exists()


def test_what_contradicts_goes_to_excel(
    tab: EvidenceTab, office: Office, when_asked: WhenAsked, tmp_path: Path
) -> None:
    appraised(office, "好", 80)
    scale = scales.Scale("branch_work", 2023, Decimal(100), (scales.Band("好", Decimal(90)),))
    scales.save_scale(office, scales.ScaleForm(None, "", scale))
    path = tmp_path / "等次核对.xlsx"

    def export(dialog: QDialog) -> None:
        assert isinstance(dialog, ContradictionsDialog)
        when_asked(save)
        dialog.accept()

    def save(dialog: QDialog) -> None:
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit)
        assert line is not None
        line.setText(str(path))
        dialog.accept()

    when_asked(export)
    grades_menu(tab, "等次核对…")
    sheet = load_workbook(path).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1] == ("院级党组织", "不一致的情况")
    assert "登记为“好”" in str(rows[2][1])


def test_earlier_models_say_who_is_not_appraised_yet_and_are_appraised_there(
    tab: EvidenceTab, office: Office, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    created(office)
    appraised(office, "好", 95, year=2022)
    choose(tab, "样板支部考核")
    page = tab.pages[6]
    assert isinstance(page, EarlierModelsPage)
    assert page.years.year == 2022, "the newest that was appraised"
    page.years.setCurrentIndex(page.years.findText("2023年"))
    page.years.activated.emit(0)
    chips = [made.text() for made in page.chips.findChildren(QPushButton)]
    assert "待报 1" in chips

    def grade(dialog: QDialog) -> None:
        assert isinstance(dialog, EvidenceDialog)
        assert dialog.fields.input("year").text() == "2023"  # type: ignore[union-attr]
        typed(dialog.fields.input("grade"), "较好")
        dialog.accept()

    when_asked(grade)
    page.open_row()
    qtbot.waitUntil(lambda: "已考核 1" in [made.text() for made in page.chips.findChildren(QPushButton)])
    assert APPRAISAL_LIST.page(office, ALL).rows[0].grade == "较好"


def test_the_report_on_earlier_models_is_previewed_and_wants_a_round(
    tab: EvidenceTab, office: Office, window: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    created(office)
    choose(tab, "样板支部考核")
    page = tab.pages[6]
    assert isinstance(page, EarlierModelsPage)
    page.print_report()
    assert "请先新建批次" in window.status.text
    preset = rounds.presets()[0]
    rounds.create_round(office, "第三批", preset.toml, preset.key)
    qtbot.waitUntil(lambda: page.round_id is not None)
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintPreview)
        seen.append(dialog.windowTitle())
        assert dialog.word.isVisible()
        dialog.reject()

    when_asked(look)
    page.print_report()
    assert seen == ["打印已创建样板支部考核情况"]


def test_eligibility_leads_to_the_debarments(window: MainWindow, office: Office, qtbot: QtBot) -> None:
    debarred(office)
    window.show_tab(window.tabs.applications)
    lines = window.tabs.applications.lines
    lines.more.menu().aboutToShow.emit()
    entry = next(action for action in lines.more.menu().actions() if action.text() == "取消资格名单…")
    entry.trigger()
    page = window.tabs.evidence.pages[-1]
    assert page.isVisible()
    qtbot.waitUntil(lambda: BRANCH in words(page))  # on its card


def test_printing_offers_the_report_once_for_the_whole_school(qtbot: QtBot) -> None:
    dialog = PrintChoiceDialog(None, [Scope("全部", None)])
    qtbot.addWidget(dialog)
    choice = next(made for made in dialog.papers.buttons() if made.text().startswith("已创建样板支部"))
    choice.click()
    dialog.accept()
    assert dialog.answer is not None
    assert dialog.answer.title == "已创建样板支部考核情况"
