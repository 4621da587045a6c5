"""申报, driven as a person does it: check, print, step, add, mend."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from db.vocabulary import ApplicationState, Verdict
from dualcreate_desktop.office import (
    actions,
    applications,
    eligibility,
    progress,
    registry,
    rounds,
)
from dualcreate_desktop.office.round_size import APPLICATIONS_AT_ONCE
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.steps import Verb
from ui.dialogs.application import ApplicationDialog
from ui.dialogs.check import CheckDialog
from ui.dialogs.finding import FindingDialog
from ui.dialogs.print_choice import PrintChoiceDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.reason import ReasonDialog
from ui.main_window import MainWindow
from ui.pills import Pill
from ui.settings import Settings
from ui.tabs.application_list import ApplicationList
from ui.widgets.application_card import PillButton

Key = Qt.Key
Watch = Callable[[QAbstractItemModel], None]
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]

NAMES = ("计算机学院教工第1党支部", "计算机学院教工第4党支部", "外国语学院教工第1党支部")


@pytest.fixture
def round_id(office: Office, applied_round: str) -> str:
    """Nothing failed, much is open."""
    for key, assessment in eligibility.assess_round(office, applied_round).items():
        for finding in assessment.findings:
            if finding.verdict is Verdict.FAIL:
                eligibility.confirm(
                    office, key, finding.key, Verdict.PASS, reason="证书已补交", approver="章书记"
                )
    return applied_round


@pytest.fixture
def tab(qtbot: QtBot, office: Office, round_id: str, window: MainWindow) -> ApplicationList:
    """The tab in its window, seen, the first application selected."""
    window.show_tab(window.tabs.applications)
    found = window.tabs.applications.lines
    qtbot.waitUntil(lambda: found.model.total == 3)
    found.table.select(0)
    found.table.setFocus()
    return found


def id_of(office: Office, round_id: str, name: str) -> str:
    return next(row.id for row in applications.applications_of(office, round_id) if row.title == name)


def state_of(office: Office, round_id: str, name: str) -> ApplicationState:
    return next(row.state for row in applications.applications_of(office, round_id) if row.title == name)


def words(widget: QWidget) -> list[str]:
    shown = [part for part in widget.findChildren(QWidget) if part.isVisibleTo(widget)]
    return [part.text() for part in shown if isinstance(part, QLabel)] + [
        part.text for part in shown if isinstance(part, Pill)
    ]


def chip(tab: ApplicationList, word: str) -> QPushButton:
    return next(made for made in tab.chips.findChildren(QPushButton) if made.text().startswith(word))


def choose(menu: QMenu | None, word: str) -> None:
    assert menu is not None
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text().startswith(word)).trigger()


def test_the_model_keeps_the_rules_of_models(tab: ApplicationList, watch: Watch) -> None:
    watch(tab.model)
    for column in range(tab.model.columnCount()):
        tab.model.sort(column, Qt.SortOrder.DescendingOrder)
    tab.choose_chip("unverified")
    assert tab.model.total == 3


def test_chips_count_what_is_wanted_and_a_row_may_be_under_several(
    tab: ApplicationList, qtbot: QtBot
) -> None:
    assert chip(tab, "全部").text() == "全部 3"
    assert chip(tab, "待核实").text() == "待核实 3"
    assert chip(tab, "缺纸质").text() == "缺纸质 3"
    assert chip(tab, "已报送").text() == "已报送 3"
    qtbot.keyClicks(tab.search, "wgy")
    qtbot.waitUntil(lambda: tab.model.total == 1)
    assert chip(tab, "全部").text() == "全部 1"


def test_one_click_on_an_open_condition_confirms_it_by_name(
    tab: ApplicationList,
    qtbot: QtBot,
    office: Office,
    round_id: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    before = len(tab.card.findChildren(PillButton))
    first = tab.card.findChildren(PillButton)[0]

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingDialog)
        assert dialog.primary.text() == "以王小明的名义确认，看下一条"
        assert dialog.primary.isDefault()
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert dialog.problem.text().startswith("请选择")
        dialog.button(Verdict.PASS).setFocus()
        qtbot.keyClick(dialog.button(Verdict.PASS), Key.Key_Space)
        assert not dialog.problem.text(), "it is chosen now"
        dialog.reason.setFocus()
        type_text("已查阅证书原件")
        qtbot.mouseClick(dialog.only, Qt.MouseButton.LeftButton)

    when_asked(confirm)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("王小明 2024-03-15 核实：已查阅证书原件" in text for text in words(tab.card)))
    assert len([pill for pill in tab.card.findChildren(PillButton) if pill.isVisible()]) == before - 1
    window = tab.window()
    assert isinstance(window, MainWindow)
    assert window.status.text.startswith("已核实“")
    assert window.status.text.endswith(f"”：{NAMES[0]}")


def test_one_condition_after_the_other_each_with_a_reason_of_its_own(
    tab: ApplicationList,
    qtbot: QtBot,
    office: Office,
    round_id: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    wanted = id_of(office, round_id, NAMES[0])
    findings = eligibility.assess_round(office, round_id)[wanted].findings
    waiting = [finding.key for finding in findings if finding.verdict is Verdict.UNVERIFIED]
    seen: list[str] = []

    def confirm(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingDialog)
        assert not dialog.reason.toPlainText(), "a reason belongs to one condition"
        seen.append(dialog.primary.text())
        dialog.button(Verdict.PASS).setChecked(True)
        dialog.reason.setFocus()
        type_text(f"理由{len(seen)}")
        if len(seen) < len(waiting):
            when_asked(confirm)
        qtbot.keyClick(dialog.button(Verdict.PASS), Key.Key_Return)

    when_asked(confirm)
    qtbot.mouseClick(tab.confirm, Qt.MouseButton.LeftButton)
    assert seen == [*["以王小明的名义确认，看下一条"] * (len(waiting) - 1), "以王小明的名义确认"]
    now = eligibility.assess_round(office, round_id)[wanted]
    said = [now.finding(key).reason for key in waiting]
    assert sorted(said) == sorted(f"理由{number}" for number in range(1, len(waiting) + 1))


def test_overruling_the_records_needs_a_reason_and_the_dialog_comes_back_with_that(
    tab: ApplicationList, office: Office, round_id: str, when_asked: WhenAsked
) -> None:
    findings = eligibility.assess_round(office, round_id)[id_of(office, round_id, NAMES[0])].findings
    passed = next(finding for finding in findings if finding.verdict is Verdict.PASS)
    seen: list[str] = []

    def overrule(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingDialog)
        dialog.button(Verdict.FAIL).setChecked(True)
        when_asked(lambda again: (seen.append(again.problem.text()), again.reject()))  # type: ignore[attr-defined]
        dialog.accept()

    when_asked(overrule)
    tab.confirm_condition(passed.key)
    assert "须写明理由" in seen[0]


def test_ctrl_p_asks_what_to_print_and_shows_its_pages(
    tab: ApplicationList, qtbot: QtBot, office: Office, when_asked: WhenAsked
) -> None:
    seen: list[str] = []

    def choose_paper(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintChoiceDialog)
        assert [made.text() for made in dialog.scopes.buttons()] == [NAMES[0], "全部 3 项（已撤回的不印）"]
        dialog.scopes.button(1).setChecked(True)
        when_asked(look)
        qtbot.keyClick(dialog, Key.Key_Return)

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintPreview)
        pages = dialog.view.document().pageCount()
        assert dialog.primary.text() == f"打印 {pages} 页"
        assert any(text.startswith(f"6 份，共 {pages} 页") for text in words(dialog))
        if not QPrinterInfo.availablePrinters():
            dialog.accept()
            assert "没有找到打印机" in dialog.problem.text()
        seen.append(dialog.windowTitle())
        dialog.reject()

    when_asked(choose_paper)
    qtbot.keyClick(tab.table, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert seen == ["打印申报表"]
    assert not any("打印" in row.title for row in actions.actions(office, TableQuery()).rows), (
        "looking is not printing"
    )


def test_a_step_asks_for_its_reason_and_refuses_what_is_not_ripe(
    tab: ApplicationList,
    qtbot: QtBot,
    office: Office,
    round_id: str,
    window: MainWindow,
    when_asked: WhenAsked,
) -> None:
    choose(tab.more.menu(), "审查通过")
    assert "还不能“审查通过”" in window.status.text

    def refuse_and_tell(dialog: QDialog) -> None:
        assert isinstance(dialog, ReasonDialog)
        dialog.accept()
        assert dialog.problem.text() == "请写明理由"
        dialog.reason.setPlainText("缺盖章")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    when_asked(refuse_and_tell)
    choose(tab.more.menu(), "退回补正")
    assert state_of(office, round_id, NAMES[0]) is ApplicationState.RETURNED
    qtbot.waitUntil(lambda: "缺盖章" in words(tab.card))
    assert window.status.text == f"已退回补正 {NAMES[0]}"


def test_closing_the_check_moves_what_is_settled_and_says_when_nothing_is(
    tab: ApplicationList,
    qtbot: QtBot,
    office: Office,
    round_id: str,
    window: MainWindow,
    when_asked: WhenAsked,
) -> None:
    qtbot.mouseClick(tab.check, Qt.MouseButton.LeftButton)
    assert window.status.text.startswith("没有可以完成审查的申报")
    for name, verdict in zip(NAMES, (Verdict.PASS, Verdict.FAIL), strict=False):
        wanted = id_of(office, round_id, name)
        for finding in eligibility.assess_round(office, round_id)[wanted].findings:
            if finding.verdict is not Verdict.NOT_APPLICABLE:
                eligibility.confirm(office, wanted, finding.key, verdict, reason="查阅档案")
    told: list[str] = []

    def let_it_be(dialog: QDialog) -> None:
        assert isinstance(dialog, CheckDialog)
        told.extend(words(dialog))
        qtbot.keyClick(dialog, Key.Key_Return)

    when_asked(let_it_be)
    qtbot.mouseClick(tab.check, Qt.MouseButton.LeftButton)
    assert {"审查通过 1 项", "审查不通过 1 项，不再进入评审", NAMES[1]} <= set(told)
    assert "还有待核实条件的 1 项不动，核实后再完成审查。" in told
    assert state_of(office, round_id, NAMES[1]) is ApplicationState.SUBMITTED, "Enter does nothing to them"

    def go_on(dialog: QDialog) -> None:
        assert isinstance(dialog, CheckDialog)
        qtbot.keyClick(dialog.cancel, Key.Key_Tab)
        qtbot.keyClick(dialog.primary, Key.Key_Return)

    when_asked(go_on)
    qtbot.mouseClick(tab.check, Qt.MouseButton.LeftButton)
    assert state_of(office, round_id, NAMES[0]) is ApplicationState.ELIGIBLE
    assert state_of(office, round_id, NAMES[1]) is ApplicationState.INELIGIBLE
    assert state_of(office, round_id, NAMES[2]) is ApplicationState.SUBMITTED
    qtbot.waitUntil(lambda: window.status.text == "已完成资格审查（通过 1，未通过 1）")


def test_a_new_application_offers_the_branches_of_its_unit_and_is_then_in_the_list(
    tab: ApplicationList,
    qtbot: QtBot,
    office: Office,
    round_id: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, ApplicationDialog)
        unit = dialog.fields.input("unit")
        unit.setCurrentIndex(unit.findText("外国语学院党委"))
        unit.activated.emit(unit.currentIndex())
        branch = dialog.fields.input("branch")
        assert branch.count() == 150
        category = dialog.fields.input("category")
        category.setEditText("样板支部")
        branch.setEditText("外国语学院教工第1党支部")
        when_asked(mend)
        dialog.accept()

    def mend(dialog: QDialog) -> None:
        assert isinstance(dialog, ApplicationDialog)
        assert "已有申报" in dialog.problem.text()
        dialog.fields.input("branch").setEditText("外国语学院教工第4党支部")
        dialog.accept()

    when_asked(fill_in)
    qtbot.mouseClick(tab.add, Qt.MouseButton.LeftButton)
    assert tab.model.total == 4
    line = tab.table.current()
    assert line is not None
    assert line.applicant == "外国语学院教工第4党支部"


def test_what_was_mended_in_the_form_is_shown(
    tab: ApplicationList, qtbot: QtBot, office: Office, when_asked: WhenAsked, type_text: TypeText
) -> None:
    def mend(dialog: QDialog) -> None:
        assert isinstance(dialog, ApplicationDialog)
        assert dialog.windowTitle() == f"修改 {NAMES[0]}"
        contact = dialog.fields.input("contact")
        contact.setFocus()
        type_text("吴联络")
        qtbot.keyClick(contact, Key.Key_Return)

    when_asked(mend)
    choose(tab.more.menu(), "修改")
    qtbot.waitUntil(lambda: any("吴联络" in text for text in words(tab.card)))


def test_withdrawn_applications_are_wanted_of_nothing(
    tab: ApplicationList, qtbot: QtBot, office: Office, round_id: str
) -> None:
    progress.take(office, [id_of(office, round_id, NAMES[0])], Verb.WITHDRAW, reason="来函")
    qtbot.waitUntil(lambda: chip(tab, "待核实").text() == "待核实 2")
    assert chip(tab, "已撤回").text() == "已撤回 1"


def test_the_chosen_chip_is_remembered(
    tab: ApplicationList, qtbot: QtBot, office: Office, round_id: str, window: MainWindow
) -> None:
    qtbot.mouseClick(chip(tab, "超名额"), Qt.MouseButton.LeftButton)
    again = ApplicationList(office, Settings(window.office.paths.data))
    qtbot.addWidget(again)
    assert again.chip == "over"


def test_a_large_round_is_read_by_the_worker_and_shown_when_it_is_there(
    tab: ApplicationList, qtbot: QtBot, office: Office, round_id: str
) -> None:
    rows = [
        {"unit": row.unit_id, "branch": row.id, "category": "model_branch"}
        for row in registry.branches(office, TableQuery(limit=APPLICATIONS_AT_ONCE + 10)).rows
        if row.name not in NAMES
    ]
    with qtbot.waitSignal(tab.work_wanted), office.change("登记申报") as session:
        applications.insert(session, rounds.rules(session, round_id), rows)
    qtbot.waitUntil(lambda: tab.model.total == len(rows) + len(NAMES))
    assert len(rows) > APPLICATIONS_AT_ONCE
