"""What is done with a whole round, driven as a person does it: quotas tried, days moved, clauses looked up, notices added."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import applications, quotas, registry, rounds, rule_editing, working_days
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.quota_rules import Ratio
from ui.background import ImmediateRunner, Progress, Work
from ui.dialogs.new_round import NewRoundDialog
from ui.dialogs.quota_grant import QuotaGrantDialog
from ui.dialogs.quota_trial import SIDE_BY_SIDE, QuotaTrialDialog
from ui.dialogs.rule import RuleDialog
from ui.dialogs.rule_saving import RuleSavingDialog
from ui.dialogs.rules import SERVICES, TIMETABLE, RulesDialog
from ui.dialogs.supplement import SupplementDialog
from ui.dialogs.work_calendar import WorkCalendarDialog
from ui.form import FieldBox
from ui.main_window import MainWindow
from ui.pills import Pill
from ui.rule_form import CompoundBox, EitherInput
from ui.settings import Settings

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
TypeText = Callable[[str], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]
BRANCH = "model_branch"


@pytest.fixture
def main(office: Office, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """A window on a round in which two branches of the first unit apply."""
    preset = next(one for one in rounds.presets() if one.key == "third-batch-2023")
    round_id = rounds.create_round(office, "第三批", preset.toml, preset.key)
    with office.change("登记申报") as session:
        rows = [
            {"unit": row.unit_id, "branch": row.id, "category": BRANCH, "preference": n}
            for n, row in enumerate(registry.branches(office).rows[:2], 1)
        ]
        applications.insert(session, rounds.rules(session, round_id), rows)
    made = MainWindow(office, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled()
    assert button.isVisible()
    qtbot.mouseClick(button, LEFT)


def words(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(part.text() for part in widget.findChildren(QLabel) if part.isVisible())


def menu(main: MainWindow, word: str) -> None:
    """Choose a line of the menu of 总览."""
    (action,) = [one for one in main.tabs.overview.menu.actions() if one.text() == word]
    action.trigger()


def opened(main: MainWindow, qtbot: QtBot, word: str) -> RulesDialog:
    menu(main, word)
    (dialog,) = main.findChildren(RulesDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def notice(main: MainWindow) -> Notice:
    assert main.rounds.round_id is not None
    return rounds.rules_of(main.office, main.rounds.round_id).notice


def branch_limit(main: MainWindow) -> Ratio:
    (limit,) = [rule.limit for rule in notice(main).quotas if rule.category == BRANCH]
    assert isinstance(limit, Ratio)
    return limit


def to_branches(dialog: QuotaTrialDialog, qtbot: QtBot) -> None:
    click(qtbot, dialog.categories.button(1))
    assert dialog.category == BRANCH


def test_quotas_are_tried_and_the_chosen_ones_taken_into_the_rules(
    main: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    seen: list[str] = []

    def why(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleSavingDialog)
        dialog.reason.setPlainText("部务会议定")
        click(qtbot, dialog.primary)

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, QuotaTrialDialog)
        to_branches(dialog, qtbot)
        assert not dialog.primary.isEnabled(), "nothing but the round's own rules is chosen"
        dialog.list.setFocus()
        for _ in range(4):
            qtbot.keyClick(dialog.list, Key.Key_Down)
        seen.append(dialog.says.text())
        row = dialog.model.row_at(0)
        assert row is not None
        assert (row.branches, row.usual, row.allowed, row.applied) == (150, 15, 15, 2)
        click(qtbot, dialog.views.button(SIDE_BY_SIDE))
        assert dialog.side is not None
        assert dialog.side.isVisible()
        assert dialog.side.rows.total == 3
        when_asked(why)
        click(qtbot, dialog.primary)

    when_asked(choose)
    menu(main, "名额测算…")
    assert "进一法" in seen[0]
    assert "目标 100 个" in seen[0]
    qtbot.waitUntil(lambda: branch_limit(main).rounding.value == "ceil")
    main.undo()
    assert branch_limit(main).rounding.value == "floor"


def test_numbers_of_ones_own_are_tried_and_a_unit_is_granted_its_own(
    main: MainWindow, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    def twenty(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        box = dialog.form.boxes["limit"]
        assert isinstance(box, CompoundBox)
        assert isinstance(box.input, EitherInput)
        number = box.input.form.boxes["numerator"]
        assert isinstance(number, FieldBox)
        number.input.setFocus()
        number.input.selectAll()  # type: ignore[union-attr]
        type_text("20")
        assert "20%" in dialog.says.text()
        click(qtbot, dialog.primary)

    def grant(dialog: QDialog) -> None:
        assert isinstance(dialog, QuotaGrantDialog)
        dialog.fields.focus(f"{BRANCH}.allowed")
        type_text("40")
        dialog.fields.focus(f"{BRANCH}.reason")
        type_text("支部合并")
        click(qtbot, dialog.primary)

    def trial(dialog: QDialog) -> None:
        assert isinstance(dialog, QuotaTrialDialog)
        to_branches(dialog, qtbot)
        before = dialog.list.entries.rowCount()
        when_asked(twenty)
        click(qtbot, dialog.own)
        assert dialog.list.entries.rowCount() == before + 1
        row = dialog.model.row_at(0)
        assert row is not None
        assert row.allowed == 30
        dialog.table.setFocus()
        when_asked(grant)
        qtbot.keyClick(dialog.table, Key.Key_Return)
        row = dialog.model.row_at(0)
        assert row is not None
        assert row.allowed == 40
        dialog.reject()

    when_asked(trial)
    menu(main, "名额测算…")
    round_id = main.rounds.round_id
    assert round_id is not None
    line = quotas.quotas_of(main.office, round_id)[0].line(BRANCH)
    assert (line.allowed, line.granted) == (40, f"{main.office.actor.name}核定：支部合并")


def test_what_is_chosen_in_the_window_of_rules_is_a_change_of_its_draft(
    main: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    rules = opened(main, qtbot, "通知条款…")

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, QuotaTrialDialog)
        to_branches(dialog, qtbot)
        dialog.list.select(1)
        click(qtbot, dialog.primary)

    when_asked(choose)
    next(one for one in rules.menu.actions() if one.text() == "名额测算…").trigger()
    assert "改动 1 处" in rules.head.figure.text()
    assert branch_limit(main).at_least_one, "nothing is written yet"
    click(qtbot, rules.undo)
    assert "改动" not in rules.head.figure.text()
    rules.reject()


def test_a_number_is_granted_from_the_card_of_a_unit_and_refused_without_a_reason(
    main: MainWindow, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    tab = main.tabs.units
    main.show_tab(tab)
    tab.table.select(0)
    seen: list[str] = []

    def reason(dialog: QDialog) -> None:
        assert isinstance(dialog, QuotaGrantDialog)
        seen.append(dialog.problem.text())
        dialog.fields.focus(f"{BRANCH}.reason")
        type_text("支部合并")
        click(qtbot, dialog.primary)

    def number(dialog: QDialog) -> None:
        assert isinstance(dialog, QuotaGrantDialog)
        dialog.fields.focus(f"{BRANCH}.allowed")
        type_text("1")
        when_asked(reason)
        click(qtbot, dialog.primary)

    when_asked(number)
    click(qtbot, tab.quota)
    assert "请写明核定或免报的理由" in seen[0]
    qtbot.waitUntil(lambda: "核定：支部合并" in words(tab.card))
    assert "超 1 项" in [pill.text for pill in tab.card.findChildren(Pill)]
    main.undo()
    qtbot.waitUntil(lambda: "核定：支部合并" not in words(tab.card))


def test_what_is_tried_goes_to_excel(
    main: MainWindow, qtbot: QtBot, when_asked: WhenAsked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "测算.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    def export(dialog: QDialog) -> None:
        assert isinstance(dialog, QuotaTrialDialog)
        click(qtbot, dialog.export)
        assert "测算.xlsx" in dialog.head.figure.text()
        dialog.reject()

    when_asked(export)
    menu(main, "名额测算…")
    assert load_workbook(path).sheetnames == ["方案对比", "各单位并排", "所选方案"]


def test_a_registry_that_comes_when_the_dialog_is_closed_is_not_missed(
    main: MainWindow, qtbot: QtBot
) -> None:
    waiting: list[Work] = []
    draft = rule_editing.opened(main.office, main.rounds.round_id or "")
    dialog = QuotaTrialDialog(main, main.office, Settings(main.office.paths.data), draft, waiting.append)
    dialog.show()
    assert not dialog.export.isEnabled(), "nothing is counted yet"
    assert not dialog.primary.isEnabled()
    (work,) = waiting
    found = work.work(Progress(lambda done, total, what: None))
    dialog.reject()
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    work.done(found)


def test_quotas_are_tried_before_a_round_is_opened(
    main: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, QuotaTrialDialog)
        assert not dialog.grant.isVisible(), "a round that is not opened yet grants nothing"
        to_branches(dialog, qtbot)
        dialog.list.select(4)
        click(qtbot, dialog.primary)

    def begin(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoundDialog)
        number = dialog.choices.checkedId()
        box = dialog.forms[number].input("name")
        box.setText("第四批")  # type: ignore[union-attr]
        when_asked(choose)
        click(qtbot, dialog.trial)
        assert "进一法" in words(dialog)
        click(qtbot, dialog.primary)

    when_asked(begin)
    main.desk.new_round()
    assert main.rounds.currentText() == "第四批"
    assert branch_limit(main).rounding.value == "ceil"


def test_a_day_is_moved_in_the_timetable_by_the_keyboard_and_warned_of_on_a_day_off(
    main: MainWindow, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    rules = opened(main, qtbot, "时间表…")
    assert rules.switch.place == TIMETABLE
    table = rules.timetable.table
    assert table.hasFocus()
    row = table.current()
    assert row is not None
    assert row.due == "2024-03-15 周五 17:00"
    assert row.left == "今天"

    def move(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        box = dialog.form.boxes["deadline"]
        assert isinstance(box, FieldBox)
        box.input.setFocus()
        box.input.selectAll()  # type: ignore[union-attr]
        type_text("2024-03-23 17:00")
        click(qtbot, dialog.primary)

    when_asked(move)
    qtbot.keyClick(table, Key.Key_Return)
    assert "改动 1 处" in rules.head.figure.text()
    assert "2024-03-23 不是工作日（周六）" in words(rules.timetable)
    click(qtbot, rules.undo)
    assert "没有需要核对的" in words(rules.timetable)
    rules.reject()


def test_the_clauses_are_filtered_and_lead_to_their_rules(
    main: MainWindow, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    rules = opened(main, qtbot, "通知条款…")
    assert rules.switch.place == SERVICES
    page = rules.services
    every = page.model.total
    page.choose("bare")
    assert page.model.total == 0, "the shipped notice is served clause by clause"
    page.choose("")
    assert page.model.total == every
    page.search.setFocus()
    type_text("二(二)4")
    qtbot.keyClick(page.search, Key.Key_Return)
    assert page.model.total == 1
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        seen.append(words(dialog))
        dialog.reject()

    when_asked(look)
    place = page.table.visualRect(page.model.index(0, 1)).center()
    qtbot.mouseClick(page.table.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(page.table.viewport(), LEFT, pos=place)
    assert "近3年" in seen[0]
    page.search.reset("二(二)3")
    qtbot.keyClick(page.search, Key.Key_Return)
    qtbot.keyClick(page.table, Key.Key_Return)
    assert rules.book.isVisible(), "a clause of several rules opens with all of them"
    assert rules.book.clause == "二(二)3"
    rules.reject()


def test_a_later_notice_is_added_with_its_text(
    main: MainWindow, qtbot: QtBot, type_text: TypeText, when_asked: WhenAsked
) -> None:
    rules = opened(main, qtbot, "通知条款…")

    def effects(dialog: QDialog) -> None:
        assert isinstance(dialog, RuleDialog)
        assert "moves" in dialog.form.boxes
        assert "supersedes" in dialog.form.boxes
        click(qtbot, dialog.primary)

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, SupplementDialog)
        click(qtbot, dialog.primary)
        assert dialog.isVisible(), "title and text are required"
        kind = dialog.fields.input("kind")
        kind.setCurrentIndex(kind.findText("延期通知"))  # type: ignore[union-attr]
        dialog.fields.focus("title")
        type_text("关于延长申报时间的通知")
        dialog.fields.focus("text")
        type_text("一、时间\n延至3月22日。\n二、其他\n不变。")
        when_asked(effects)
        click(qtbot, dialog.primary)

    when_asked(fill)
    (action,) = [one for one in rules.menu.actions() if one.text().startswith("补充")]
    action.trigger()
    assert [later.title for later in rules.draft.notice.supplements] == ["关于延长申报时间的通知"]
    rules.services.choose("bare")
    ids = [rules.services.model.row_at(n).id for n in range(rules.services.model.total)]  # type: ignore[union-attr]
    assert ids == ["补1·一", "补1·二"]


def test_a_week_is_turned_into_holidays_by_mouse_and_keyboard(
    main: MainWindow, qtbot: QtBot, type_text: TypeText
) -> None:
    menu(main, "节假日和调休…")
    (dialog,) = main.findChildren(WorkCalendarDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert dialog.grid.hasFocus()
    for _ in range(7):
        click(qtbot, dialog.after)
    assert "2031 年的放假安排尚未收录" in words(dialog)
    grid = dialog.grid
    where = [grid.centre_of(date(2031, 10, day)).toPoint() for day in (1, 3)]
    qtbot.mousePress(grid, LEFT, pos=where[0])
    qtbot.mouseMove(grid, QPoint(where[1]))
    qtbot.mouseRelease(grid, LEFT, pos=where[1])
    if len(grid.days) == 1:  # without a screen the pointer of some systems does not move
        qtbot.mouseClick(grid, LEFT, Qt.KeyboardModifier.ShiftModifier, pos=where[1])
    assert [day.day for day in grid.days] == [1, 2, 3]
    assert dialog.primary.text() == "改为放假 3 天"
    dialog.name.setFocus()
    type_text("国庆节")
    click(qtbot, dialog.primary)
    look = working_days.year_look(main.office, 2031)
    assert [look.days[date(2031, 10, day)].name for day in (1, 2, 3)] == ["国庆节"] * 3
    assert dialog.own.entries.rowCount() == 3
    dialog.name.setFocus()
    dialog.name.selectAll()
    type_text("国庆、中秋")
    click(qtbot, dialog.rename)
    assert working_days.year_look(main.office, 2031).days[date(2031, 10, 3)].name == "国庆、中秋"
    grid.select(date(2031, 10, 2))
    qtbot.keyClick(grid, Key.Key_Space)
    assert working_days.year_look(main.office, 2031).days[date(2031, 10, 2)].works
    click(qtbot, dialog.clear)
    assert not working_days.year_look(main.office, 2031).days[date(2031, 10, 2)].own
    assert grid.hasFocus(), "the keyboard stays with the days"
    qtbot.keyClick(grid, Key.Key_Right)
    assert grid.days == (date(2031, 10, 3),)
    qtbot.keyClick(grid, Key.Key_PageUp)
    assert dialog.year.text() == "2030 年"
    qtbot.keyClick(dialog, Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_stage_line_says_how_many_working_days_are_left(main: MainWindow) -> None:
    said = main.tabs.overview.stages.accessibleDescription()
    assert "申报认定 3月15日 17:00 进行中 今天" in said
    assert "个工作日" in said
