"""审查意见, 审查矩阵, 部门联审, 任务指南 and 推荐顺序, driven as a person does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from db.models import Debarment
from db.vocabulary import GuideOccasion, Reply, Verdict
from dualcreate_desktop.office import (
    application_papers,
    applications,
    eligibility,
    guides,
    inquiries,
    journal,
    overview,
    printing,
    registry,
)
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.requirements import Force
from ui.dialogs.findings import FindingsDialog
from ui.dialogs.guide import GuideDialog
from ui.dialogs.letters import LettersDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.project import ProjectDialog
from ui.dialogs.ready_text import ReadyTextDialog
from ui.dialogs.unit_page import UnitPageDialog
from ui.main_window import MainWindow
from ui.pills import Pill
from ui.tabs.applications import ApplicationsTab

Key = Qt.Key
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]
NAMES = ("计算机学院教工第1党支部", "计算机学院教工第4党支部", "外国语学院教工第1党支部")


@pytest.fixture
def round_id(applied_round: str) -> str:
    return applied_round


@pytest.fixture
def tab(qtbot: QtBot, office: Office, round_id: str, window: MainWindow) -> ApplicationsTab:
    """The tab in its window, its list seen, the first application selected."""
    window.show_tab(window.tabs.applications)
    found = window.tabs.applications
    found.show_page(0)
    qtbot.waitUntil(lambda: found.lines.model.total == 3)
    found.lines.table.select(0)
    found.lines.table.setFocus()
    return found


def ids(office: Office, round_id: str) -> dict[str, str]:
    return {row.title: row.id for row in applications.applications_of(office, round_id)}


def finding(office: Office, round_id: str, name: str, key: str) -> Verdict:
    return eligibility.assess_round(office, round_id)[ids(office, round_id)[name]].finding(key).verdict


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    shown = [part for part in widget.findChildren(QWidget) if part.isVisibleTo(widget)]
    labels = [part.text() for part in shown if isinstance(part, QLabel)]
    return "\n".join([*labels, *(part.text for part in shown if isinstance(part, Pill))])


def choose(menu: QMenu | None, word: str) -> None:
    assert menu is not None
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text().startswith(word)).trigger()


def test_enter_opens_the_page_and_one_condition_is_confirmed_after_the_other(
    qtbot: QtBot,
    tab: ApplicationsTab,
    office: Office,
    round_id: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    confirmed: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingsDialog)
        assert dialog.finding.verdict is Verdict.UNVERIFIED, "what is open stands first"
        for _ in range(2):
            confirmed.append(dialog.finding.key)
            qtbot.keyClick(dialog.list, Key.Key_Return)
            qtbot.keyClick(dialog.form.button(Verdict.PASS), Key.Key_Space)
            dialog.form.reason.setFocus()
            type_text("查阅了支部工作手册")
            qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert confirmed[0] != confirmed[1]
        assert not dialog.form.reason.toPlainText(), "each reason is given anew"
        dialog.list.select(0)
        assert "查阅了支部工作手册" in words(dialog.detail)
        assert "王小明" in words(dialog.detail)

    when_asked(act)
    qtbot.keyClick(tab.lines.table, Key.Key_Return)
    for key in confirmed:
        assert finding(office, round_id, NAMES[0], key) is Verdict.PASS


def test_overruling_without_a_reason_and_an_exception_without_an_approver_are_refused(
    qtbot: QtBot,
    tab: ApplicationsTab,
    office: Office,
    round_id: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    found = registry.branches(office, TableQuery(NAMES[0])).rows[0]
    form = registry.branch_form(office, found.id)
    registry.save_branch(office, replace(form, values={**form.values, "founded": PartialDate(2023, 3)}))

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingsDialog)
        keys = [item.key for item in dialog.findings]
        dialog.list.select(keys.index("branch_age"))
        assert dialog.finding.verdict is Verdict.FAIL
        assert dialog.form.approver.isVisible()
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert "请选择" in dialog.problem.text()
        qtbot.keyClick(dialog.form.button(Verdict.PASS), Key.Key_Space)
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert "须写明理由" in dialog.problem.text()
        dialog.form.reason.setFocus()
        type_text("新建学院，学校同意放行")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert "批准人" in dialog.problem.text()
        dialog.form.approver.setFocus()
        type_text("章书记")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert not dialog.problem.text()

    when_asked(act)
    tab.lines.show_findings()
    assert finding(office, round_id, NAMES[0], "branch_age") is Verdict.PASS


def test_a_link_closes_the_page_and_opens_the_record_in_its_tab(
    qtbot: QtBot, window: MainWindow, tab: ApplicationsTab, when_asked: WhenAsked
) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingsDialog)
        keys = [item.key for item in dialog.findings]
        dialog.list.select(keys.index("branch_age"))
        qtbot.mouseClick(dialog.detail.links[0], Qt.MouseButton.LeftButton)

    when_asked(act)
    tab.lines.show_findings()
    assert window.tabs.branches.isVisible()
    row = window.tabs.branches.table.current()
    assert row is not None
    assert row.name == NAMES[0]


def test_what_changed_since_the_print_is_told_on_card_page_and_chip(
    qtbot: QtBot, tab: ApplicationsTab, office: Office, round_id: str, tmp_path: Path, when_asked: WhenAsked
) -> None:
    application = ids(office, round_id)[NAMES[0]]
    job = application_papers.eligibility_sheets([application])
    printing.print_file(office, round_id, tmp_path / "审查表.pdf", job)
    eligibility.confirm(office, application, "branch_role", Verdict.PASS, reason="查阅了支部工作手册")
    qtbot.waitUntil(lambda: "打印后有 1 处变化" in words(tab.lines.card))
    tab.lines.choose_chip("reprint")
    assert tab.lines.model.total == 1

    def act(dialog: QDialog) -> None:
        assert "打印后有 1 处变化" in words(dialog)
        assert "由“待核实”变为“通过”" in words(dialog)

    when_asked(act)
    tab.lines.show_findings()


def test_the_sheet_is_printed_from_the_page(
    qtbot: QtBot, tab: ApplicationsTab, when_asked: WhenAsked
) -> None:
    titles: list[str] = []

    def preview(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintPreview)
        titles.append(dialog.windowTitle())

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingsDialog)
        when_asked(preview)
        qtbot.mouseClick(dialog.print, Qt.MouseButton.LeftButton)

    when_asked(act)
    tab.lines.show_findings()
    qtbot.waitUntil(lambda: bool(titles))
    assert "资格审查表" in titles[0]


def test_the_matrix_is_walked_by_keyboard_filtered_and_opened(
    qtbot: QtBot, tab: ApplicationsTab, office: Office, round_id: str, when_asked: WhenAsked
) -> None:
    tab.show_page(1)
    matrix = tab.matrix
    matrix.show_category("model_branch")
    assert matrix.table is not None
    assert matrix.table.rows.total == 3
    matrix.take_keyboard()
    for _ in range(3):
        qtbot.keyClick(matrix.table, Key.Key_Right)
    shown = matrix.matrix
    assert shown is not None
    condition = shown.conditions[matrix.table.currentIndex().column() - 2]
    assert condition.label in words(matrix.told)
    opened: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingsDialog)
        opened.append(dialog.finding.key)

    when_asked(act)
    qtbot.keyClick(matrix.table, Key.Key_Return)
    assert opened == [condition.key]
    unit = next(row.unit_id for row in shown.rows if row.applicant == NAMES[2])
    matrix.units.setCurrentIndex(matrix.units.findData(unit))
    matrix.units.activated.emit(matrix.units.currentIndex())
    assert matrix.table.rows.total == 1
    matrix.units.setCurrentIndex(0)
    matrix.units.activated.emit(0)
    matrix.choose_chip("pass")
    assert matrix.table.rows.total == 0
    matrix.choose_chip("unverified")
    assert matrix.table.rows.total == sum(row.overall is Verdict.UNVERIFIED for row in shown.rows)


def test_a_verdict_in_the_matrix_follows_a_word_at_once(
    qtbot: QtBot, tab: ApplicationsTab, office: Office, round_id: str
) -> None:
    tab.show_page(1)
    tab.matrix.show_category("model_branch")
    application = ids(office, round_id)[NAMES[0]]

    def cell() -> Verdict:
        shown = tab.matrix.matrix
        assert shown is not None
        row = next(row for row in shown.rows if row.id == application)
        return next(item.verdict for item in row.findings if item.key == "branch_role")

    assert cell() is Verdict.UNVERIFIED
    eligibility.confirm(office, application, "branch_role", Verdict.FAIL, reason="工作手册缺失")
    qtbot.waitUntil(lambda: cell() is Verdict.FAIL)


def test_what_is_for_reference_is_said_to_count_for_nothing(
    tab: ApplicationsTab, office: Office, round_id: str
) -> None:
    tab.show_page(1)
    tab.matrix.show_category("model_branch")
    matrix = tab.matrix.matrix
    assert matrix is not None
    aside = [column.label for column in matrix.columns if "参考" in column.label.splitlines()[0]]
    assert len(aside) == sum(item.force is Force.REFERENCE for item in matrix.conditions) == 2
    assert tab.matrix.aside.text() == "供参考的 2 条不计入综合和筛选"
    assert tab.matrix.aside.isVisible()


def test_the_matrix_goes_to_excel_with_clauses_legend_and_evidence(
    tab: ApplicationsTab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab.show_page(1)
    tab.matrix.show_category("model_branch")
    path = tmp_path / "矩阵.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), ""))
    tab.matrix.export_matrix()
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["审查矩阵", "图例", "逐条依据"]
    sheet = book["审查矩阵"]
    assert sheet.freeze_panes == "E4"
    assert sheet["E2"].value == "二(二)1"
    assert sheet["C4"].value == NAMES[0]
    assert {cell.value for cell in sheet[4][4:]} <= {item.label for item in Verdict}
    assert book["逐条依据"].max_row > 3 * 10


def test_departments_are_asked_answered_in_one_click_and_the_exception_is_typed(
    qtbot: QtBot,
    tab: ApplicationsTab,
    office: Office,
    round_id: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    tab.show_page(2)
    desk = tab.inquiries

    def send(dialog: QDialog) -> None:
        assert isinstance(dialog, LettersDialog)
        assert dialog.primary.text() == "制发 4 份函"
        dialog.numbers["discipline"].setFocus()
        type_text("组函〔2024〕3号")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    when_asked(send)
    qtbot.mouseClick(desk.send, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: desk.model.total == 12)
    desk.table.select(0)
    assert "组函〔2024〕3号" in words(desk.card)

    def clear(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        dialog.fields.input("document").setFocus()
        type_text("校纪函〔2024〕9号")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    when_asked(clear)
    qtbot.mouseClick(desk.clear, Qt.MouseButton.LeftButton)
    answered = [row for row in inquiries.replies(office, round_id) if row.department == "纪委办公室"]
    assert {(row.answer, row.document) for row in answered} == {(Reply.CLEAR, "校纪函〔2024〕9号")}

    def concern(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        dialog.fields.input("answer").setFocus()
        dialog.fields.input("answer").setCurrentText("有情况")  # type: ignore[union-attr]  # it is a choice
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    def text(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        assert "须写明情况" in dialog.problem.text()
        dialog.fields.input("text").setFocus()
        type_text("2023年6月有信访在核查")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    def both(dialog: QDialog) -> None:
        when_asked(text)
        concern(dialog)

    desk.table.select(0)
    when_asked(both)
    qtbot.keyClick(desk.table, Key.Key_Return)
    first = inquiries.replies(office, round_id)[0]
    assert (first.answer, first.text) == (Reply.CONCERN, "2023年6月有信访在核查")
    assert finding(office, round_id, NAMES[0], "branch_incidents") is Verdict.FAIL
    journal.undo(office, journal.last_undoable(office) or "")
    assert inquiries.replies(office, round_id)[0].answer is Reply.CLEAR


def test_silence_stands_on_the_overview_and_a_text_chases_it(
    qtbot: QtBot,
    window: MainWindow,
    tab: ApplicationsTab,
    office: Office,
    round_id: str,
    when_asked: WhenAsked,
) -> None:
    day = office.clock().date()
    inquiry = inquiries.ask(
        office, round_id, "publicity", ids(office, round_id).values(), issued=day, due=day
    )
    todo = next(
        item for item in overview.overview(office, round_id).todos if item.text.startswith("部门联审")
    )
    assert todo.text == "部门联审：党委宣传部还有 3 项未复"
    assert todo.place == Place("applications", inquiry, page="inquiries")
    window.open_place(todo.place)
    assert tab.inquiries.isVisible()
    assert tab.inquiries.model.total == 3

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ReadyTextDialog)
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        assert NAMES[0] in QApplication.clipboard().text()

    when_asked(act)
    choose(tab.inquiries.more.menu(), "催办文字")


def test_a_guide_is_answered_and_its_condition_follows(
    qtbot: QtBot,
    tab: ApplicationsTab,
    office: Office,
    round_id: str,
    when_asked: WhenAsked,
    type_text: TypeText,
) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, GuideDialog)
        for guide in {row.key[0] for row in dialog.rows}:
            dialog.meet_all(guide)
        qtbot.keyClick(dialog.rows[0].choice(met=False), Key.Key_Space)
        dialog.rows[0].words.setFocus()
        type_text("正在补")
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    when_asked(act)
    choose(tab.lines.more.menu(), "任务指南")
    application = ids(office, round_id)[NAMES[0]]
    first, *_ = guides.checklists(office, application, GuideOccasion.APPLICATION)
    assert (first.met, first.items[0].said.text) == (len(first.items) - 1, "正在补")
    assert finding(office, round_id, NAMES[0], "branch_guide") is Verdict.FAIL


def test_the_order_of_preference_is_set_by_keyboard_and_taken_back(
    qtbot: QtBot, tab: ApplicationsTab, office: Office, round_id: str, when_asked: WhenAsked
) -> None:
    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitPageDialog)
        assert not dialog.primary.isEnabled()
        (order,) = dialog.orders.values()
        qtbot.keyClick(order, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        assert order.item(1).text().endswith(NAMES[0])
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    def preference() -> dict[str, int | None]:
        return {row.title: row.preference for row in applications.applications_of(office, round_id)}

    when_asked(act)
    choose(tab.lines.more.menu(), "本单位申报")
    assert (preference()[NAMES[0]], preference()[NAMES[1]]) == (2, 1)
    assert preference()[NAMES[2]] == 1
    journal.undo(office, journal.last_undoable(office) or "")
    assert (preference()[NAMES[0]], preference()[NAMES[1]]) == (1, 2)


def test_the_page_of_a_unit_opens_from_its_card(
    qtbot: QtBot, window: MainWindow, tab: ApplicationsTab, when_asked: WhenAsked
) -> None:
    window.show_tab(window.tabs.units)
    units = window.tabs.units
    units.table.select(0)
    qtbot.waitUntil(lambda: "计算机学院" in words(units.card))
    told: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, UnitPageDialog)
        told.append(words(dialog))

    when_asked(act)
    qtbot.mouseClick(units.applied, Qt.MouseButton.LeftButton)
    for expected in ("本批次名额", "还缺什么", "人员配备", "党支部普遍做到", "0/2 党支部"):
        assert expected in told[0]


def test_a_debarment_is_opened_from_its_finding(
    qtbot: QtBot, window: MainWindow, tab: ApplicationsTab, office: Office, when_asked: WhenAsked
) -> None:
    branch = registry.branches(office, TableQuery(NAMES[0])).rows[0]
    with office.change("登记取消资格") as session:
        told = {"unit_id": branch.unit_id, "branch_id": branch.id, "since": "2023-05", "until": "2025-05"}
        session.record_new(Debarment, [{**told, "reason": "材料不实", "recorded_by": "章清和"}])

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, FindingsDialog)
        keys = [item.key for item in dialog.findings]
        dialog.list.select(keys.index("branch_debarred"))
        assert "材料不实" in words(dialog.detail)
        qtbot.mouseClick(dialog.detail.links[0], Qt.MouseButton.LeftButton)

    when_asked(act)
    tab.lines.show_findings()
    assert window.tabs.evidence.isVisible()
    assert "材料不实" in words(window.tabs.evidence)


def test_without_a_round_each_page_says_so_and_nothing_breaks(qtbot: QtBot, window: MainWindow) -> None:
    window.show_tab(window.tabs.applications)
    for place in range(3):
        window.tabs.applications.show_page(place)
    assert not window.tabs.applications.inquiries.send.isEnabled()
    assert not window.tabs.applications.matrix.export.isEnabled()
