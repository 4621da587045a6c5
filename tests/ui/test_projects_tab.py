"""建设, driven as a person does it: under the rules of 2018, with money and a mid-term."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.models import Application, Project
from db.vocabulary import ApplicationState, ProjectState
from dualcreate_desktop.office import applications, project_desk, registry, rounds
from dualcreate_desktop.office.project_desk import ProjectLine
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.rules.steps import Verb
from ui.background import ImmediateRunner
from ui.dialogs.guide import GuideDialog
from ui.dialogs.project import ProjectDialog
from ui.main_window import MainWindow
from ui.pills import Pill
from ui.settings import Settings
from ui.tabs.projects import ProjectsTab

Key = Qt.Key
Watch = Callable[[QAbstractItemModel], None]
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]
BUILT = 3


@pytest.fixture
def building(office: Office) -> Office:
    """Three branches build since 2018; today it is December 2019."""
    preset = next(preset for preset in rounds.presets() if preset.key == "first-batch-2018")
    round_id = rounds.create_round(office, "首批", preset.toml, preset.key)
    chosen = registry.branches(office, TableQuery(limit=BUILT)).rows
    with office.change("立项") as session:
        current = rounds.rules(session, round_id)
        rows = [{"unit": row.unit_id, "category": "model_branch", "branch": row.id} for row in chosen]
        for key in applications.insert(session, current, rows):
            session.get_one(Application, key).state = ApplicationState.SELECTED
            cycle = (current.notice.cycle_starts, current.notice.cycle_ends)
            session.add(Project(application_id=key, starts=cycle[0], ends=cycle[1]))
    return replace(office, clock=lambda: datetime(2019, 12, 1, 9))


@pytest.fixture
def tab(building: Office, qtbot: QtBot, tmp_path: Path) -> ProjectsTab:
    window = MainWindow(building, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    window.show()
    window.show_tab(window.tabs.projects)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window.tabs.projects


def words(tab: ProjectsTab) -> list[str]:
    QApplication.processEvents()
    shown = [part.text() for part in tab.card.findChildren(QLabel) if part.isVisible()]
    return shown + [pill.text for pill in tab.card.findChildren(Pill) if pill.isVisible()]


def current(tab: ProjectsTab) -> ProjectLine:
    row = tab.table.current()
    assert row is not None
    return row


def chip(tab: ProjectsTab, word: str) -> QPushButton:
    return next(one for one in tab.chips.findChildren(QPushButton) if one.text().startswith(word))


def test_the_card_tells_what_is_owed_by_whom_with_its_clause(tab: ProjectsTab) -> None:
    told = words(tab)
    assert "拨付第一年度建设经费 2,500 元" in told
    assert "2018-10-31 前 · 组织部 · 三(一)" in told
    assert "逾期 396 天" in told
    assert "0 元 / 5,000 元" in told


def test_by_keyboard_a_grade_is_registered_and_taken_back(
    tab: ProjectsTab, qtbot: QtBot, when_asked: WhenAsked, type_text: TypeText
) -> None:
    def give_grade(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        grade = dialog.fields.input("grade")
        grade.setFocus()
        type_text("不合格")
        dialog.fields.focus("evaluated_on")
        dialog.fields.input("evaluated_on").selectAll()
        qtbot.keyClicks(QApplication.focusWidget(), "2019.11.5")
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)

    tab.table.setFocus()
    when_asked(give_grade)
    qtbot.keyClick(tab.table, Key.Key_Return)
    qtbot.waitUntil(lambda: current(tab).state is ProjectState.RECTIFYING)
    qtbot.waitUntil(lambda: "中期评估：不合格" in words(tab))
    assert any(text.startswith("2019-11-05 · 限期整改") for text in words(tab))
    assert chip(tab, "限期整改").text() == "限期整改 1"
    assert chip(tab, "全部").text() == f"全部 {BUILT}", "who is overdue and running is counted once"
    tab.window().activateWindow()
    qtbot.waitUntil(tab.window().isActiveWindow)
    qtbot.keyClick(tab.table, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: current(tab).state is ProjectState.RUNNING)


def test_money_is_refused_with_the_clause_and_paid_as_offered(
    tab: ProjectsTab, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    seen: list[str] = []

    def pay_too_much(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        amount = dialog.fields.input("amount")
        seen.append(amount.text())
        amount.setText("0.5万")
        when_asked(pay_what_is_due)
        dialog.accept()

    def pay_what_is_due(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        seen.append(dialog.problem.text())
        dialog.fields.input("amount").setText("2500")
        dialog.accept()

    when_asked(pay_too_much)
    qtbot.mouseClick(tab.pay, Qt.MouseButton.LeftButton)
    assert seen == ["2500", "第一年度建设经费最多 2,500 元。请核对金额。"]
    qtbot.waitUntil(lambda: current(tab).paid == 250_000)
    said: list[str] = []
    tab.refused.connect(lambda trouble: said.append(str(trouble)))
    qtbot.mouseClick(tab.pay, Qt.MouseButton.LeftButton)
    assert said == ["第二年度建设经费须在中期评估合格后拨付（三(三)）。请先登记评估结果。"]


def test_a_report_that_came_is_ticked_on_the_card_and_taken_back(tab: ProjectsTab, qtbot: QtBot) -> None:
    def buttons() -> list[QPushButton]:
        QApplication.processEvents()
        return [
            one for one in tab.card.findChildren(QPushButton) if one.text() == "登记收到" and one.isVisible()
        ]

    many, overdue = len(buttons()), current(tab).overdue.count
    qtbot.mouseClick(buttons()[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: current(tab).overdue.count == overdue - 1)
    assert len(buttons()) == many - 1
    qtbot.waitUntil(tab.window().isActiveWindow)
    qtbot.keyClick(tab.table, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: current(tab).overdue.count == overdue)
    assert len(buttons()) == many


def test_a_round_without_funds_offers_no_payment(tab: ProjectsTab) -> None:
    assert tab.pay.isVisible()
    row = current(tab)
    tab.show_row(replace(row, planned=0))
    assert not tab.pay.isVisible()
    tab.show_row(replace(row, planned=0, paid=100))
    assert tab.pay.isVisible(), "what was paid can be looked after"


def test_a_round_without_funds_has_no_column_of_money(
    tab: ProjectsTab, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid = [column.key for column in tab.columns].index("paid")
    assert not tab.table.isColumnHidden(paid)
    unfunded = tuple(replace(line, planned=0, paid=0) for line in tab._lines)
    monkeypatch.setattr(project_desk, "lines", lambda *_: unfunded)
    tab.refresh()
    assert tab.table.isColumnHidden(paid)


def test_a_decision_of_a_meeting_needs_its_words(
    tab: ProjectsTab, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    menu = tab.menu_of(current(tab))
    suspend = next(one for one in menu.actions() if one.text() == "暂停支持…")

    def decide(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        dialog.accept()
        assert dialog.isVisible()
        assert dialog.fields.message("meeting") == "请填写会议或依据"
        dialog.fields.input("meeting").setText("部务会")
        dialog.fields.input("reason").setPlainText("书记空缺")
        dialog.accept()

    when_asked(decide)
    suspend.trigger()
    qtbot.waitUntil(lambda: current(tab).state is ProjectState.SUSPENDED)
    assert [one.text() for one in tab.menu_of(current(tab)).actions()][:2] == ["恢复支持…", "评定不达标…"]
    assert Verb.SUSPEND.label == "暂停支持"


def test_a_payment_that_was_registered_by_mistake_is_corrected_and_removed(
    tab: ProjectsTab, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    when_asked(lambda dialog: dialog.accept())
    qtbot.mouseClick(tab.pay, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: current(tab).paid == 250_000)

    def less(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        dialog.fields.input("amount").setText("2000")
        dialog.accept()

    when_asked(less)
    QApplication.processEvents()
    edit = next(one for one in tab.card.findChildren(QPushButton) if one.text() == "修改" and one.isVisible())
    qtbot.mouseClick(edit, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: current(tab).paid == 200_000)
    when_asked(lambda dialog: dialog.accept())
    remove = next(one for one in tab.menu_of(current(tab)).actions() if one.text().startswith("删除拨款"))
    remove.trigger()
    qtbot.waitUntil(lambda: current(tab).paid == 0)


def test_search_chips_and_the_model_hold(tab: ProjectsTab, qtbot: QtBot, watch: Watch) -> None:
    watch(tab.model)
    qtbot.keyClicks(tab.search, "jsj")
    qtbot.waitUntil(lambda: tab.model.query.search == "jsj")
    assert tab.model.total == BUILT
    qtbot.mouseClick(chip(tab, "有逾期"), Qt.MouseButton.LeftButton)
    assert tab.model.total == BUILT


def test_without_projects_one_is_told_where_they_come_from(window: MainWindow) -> None:
    preset = rounds.presets()[0]
    window.desk.opened.emit(rounds.create_round(window.office, "首批", preset.toml, preset.key))
    window.show_tab(window.tabs.projects)
    assert window.tabs.projects.empty.hint.text().startswith("公示期满后")
    assert not window.tabs.projects.pay.isEnabled()


def test_another_day_for_one_project_is_asked_with_its_reason_and_shown_on_the_card(
    tab: ProjectsTab, qtbot: QtBot, when_asked: WhenAsked, type_text: TypeText
) -> None:
    tab.table.select(0)
    overdue = current(tab).overdue.count
    menu = tab.menu_of(current(tab))

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        dialog.accept()
        assert dialog.problem.text() == "有内容需要改正，已用红字标出"
        type_text("中期评估")
        day = dialog.fields.input("day")
        day.setFocus()
        qtbot.keyClicks(day, "2020.1.31")
        dialog.fields.input("reason").setFocus()
        type_text("书面申请，部务会同意")
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    when_asked(fill_in)
    next(action for action in menu.actions() if action.text() == "调整期限…").trigger()
    qtbot.waitUntil(lambda: "中期评估：2020-01-31" in words(tab))
    assert any(text.endswith("书面申请，部务会同意 · 三(三)") for text in words(tab))
    assert current(tab).overdue.count == overdue - 1
    next(
        one for one in tab.menu_of(current(tab)).actions() if one.text() == "恢复原定期限 中期评估"
    ).trigger()
    qtbot.waitUntil(lambda: current(tab).overdue.count == overdue)


def test_being_selected_is_a_status_until_acceptance_and_its_guides_are_asked_again(
    tab: ProjectsTab, qtbot: QtBot, building: Office, when_asked: WhenAsked
) -> None:
    row = tab.table.current()
    assert row is not None
    told = project_desk.card(building, row.id)
    assert told.called.endswith("培育创建单位")
    assert told.called in "\n".join(label.text() for label in tab.card.findChildren(QLabel))

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, GuideDialog)
        assert "任务书" in dialog.windowTitle()
        for point in dialog.rows:
            point.choose(met=True)
        qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)

    when_asked(fill)
    next(
        item for item in tab.menu_of(row).actions() if item.text().startswith("任务指南（任务书）")
    ).trigger()
    planned = [text for text in project_desk.card(building, row.id).guides if text.startswith("任务书")]
    assert planned
    assert all("未答" not in text for text in planned)
    with building.change("结项") as session:
        session.get_one(Project, row.id).state = ProjectState.CLOSED
    assert not project_desk.card(building, row.id).called.endswith("培育创建单位")
