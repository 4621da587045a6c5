"""The first morning: the start page, a round from a notice, who sits here, backups and putting one back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from dualcreate_desktop import PROGRAM
from dualcreate_desktop.office import actions, backup, registry, registry_writing, rounds
from dualcreate_desktop.office.store import Actor, Office, open_office
from dualcreate_desktop.office.tables import TableQuery
from dualcreate_desktop.paths import Paths
from dualcreate_desktop.rules.notice_loading import load_notice
from ui.app import Program
from ui.background import ImmediateRunner
from ui.dialogs.actor import ActorDialog
from ui.dialogs.message import TroubleDialog
from ui.dialogs.new_round import NewRoundDialog
from ui.dialogs.own_unit import OwnUnitDialog
from ui.dialogs.restore import RestoreDialog
from ui.dialogs.rules import RulesDialog
from ui.main_window import MainWindow
from ui.seating import ACTOR_KEY
from ui.settings import Settings

Key = Qt.Key
WhenAsked = Callable[[Callable[[QDialog], None]], None]
StartProgram = Callable[..., Program]
TypeText = Callable[[str], None]

OWN = "填写学校和组织部信息（可以以后再填）…"


@pytest.fixture
def first(empty_office: Office, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    """The window of a new office."""
    window = MainWindow(empty_office, ImmediateRunner(), Settings(tmp_path), lambda: None, lambda _: None)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(window: MainWindow, word: str, qtbot: QtBot) -> None:
    button = next(
        one for one in window.findChildren(QPushButton) if one.text().startswith(word) and one.isVisible()
    )
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def entry(window: MainWindow, word: str) -> None:
    next(one for one in window.top.menu.actions() if one.text().startswith(word)).trigger()


def words(dialog: QDialog) -> list[str]:
    return [part.text() for part in dialog.findChildren(QLabel) if part.isVisible()]


def test_a_new_office_begins_with_three_ways_to_begin(first: MainWindow) -> None:
    assert first.start.isVisible()
    assert not first.top.isVisible()
    shown = {one.text() for one in first.start.findChildren(QPushButton)}
    assert shown == {"新建批次…", "打开示例", "恢复备份…", "还没有通知，先录入名册", OWN}


def test_a_round_is_opened_by_keyboard_with_its_own_numbers(
    first: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoundDialog)
        told = words(dialog)
        assert any(text.startswith("党支部或书记获") or "考核年度" in text for text in told)
        assert "三(二)" in told, "each rule names its clause"
        assert any("通知没有写建设周期" in text for text in told), "what was taken for granted is told"
        form = dialog.forms[0]
        form.input("name").setText("第四批")
        form.focus("target.model_branch")
        form.input("target.model_branch").selectAll()
        qtbot.keyClicks(QApplication.focusWidget(), "60")
        form.focus("stage.application")
        form.input("stage.application").selectAll()
        qtbot.keyClicks(QApplication.focusWidget(), "2026.3.20 17:00")
        qtbot.keyClick(QApplication.focusWidget(), Key.Key_Return)

    when_asked(fill_in)
    qtbot.keyClick(first.start.new_round, Key.Key_Space)
    qtbot.waitUntil(lambda: first.status.text == "已新建批次 第四批")
    assert first.rounds.currentText() == "第四批"
    assert first.tabs.overview.isVisible()
    assert first.rounds.round_id is not None
    notice = rounds.rules_of(first.office, first.rounds.round_id).notice
    assert (notice.category("model_branch").target, notice.deadline) == (60, datetime(2026, 3, 20, 17))


def test_a_round_is_refused_a_name_that_is_taken_and_the_selector_stays_where_it_was(
    first: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    preset = rounds.presets()[0]
    rounds.create_round(first.office, "第三批", preset.toml, preset.key)
    qtbot.waitUntil(lambda: first.rounds.currentText() == "第三批")

    def take_the_same_name(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoundDialog)
        dialog.choices.button(1).click()
        assert [page.isVisible() for page in dialog.pages.values()] == [False, True]
        dialog.forms[1].input("name").setText("第三批")
        dialog.accept()
        assert dialog.isVisible()
        assert dialog.problem.text().startswith("已有名为“第三批”的批次")
        dialog.reject()

    when_asked(take_the_same_name)
    first.rounds.setCurrentIndex(first.rounds.count() - 1)
    assert first.rounds.currentText() == "第三批"
    assert len(rounds.rounds(first.office)) == 1


def test_a_new_round_leads_on_to_its_rules(first: MainWindow, qtbot: QtBot, when_asked: WhenAsked) -> None:
    def begin(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoundDialog)
        dialog.forms[0].input("name").setText("第四批")
        qtbot.mouseClick(dialog.editing, Qt.MouseButton.LeftButton)

    when_asked(begin)
    qtbot.keyClick(first.start.new_round, Key.Key_Space)
    (rules,) = first.findChildren(RulesDialog)
    qtbot.waitUntil(rules.isActiveWindow)
    assert rules.draft.saved.round_name == "第四批"
    rules.reject()


def test_a_round_is_copied_from_last_years(first: MainWindow, qtbot: QtBot, when_asked: WhenAsked) -> None:
    preset = rounds.presets()[0]
    rounds.create_round(first.office, "第三批", preset.toml, preset.key)
    qtbot.waitUntil(lambda: first.rounds.currentText() == "第三批")

    def copy_it(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoundDialog)
        last = dialog.choices.buttons()[-1]
        assert last.text() == "照搬“第三批”，日期顺延一年"
        last.click()
        form = dialog.forms[dialog.choices.checkedId()]
        form.input("name").setText("第四批")
        dialog.accept()

    when_asked(copy_it)
    first.rounds.setCurrentIndex(first.rounds.count() - 1)
    assert first.rounds.currentText() == "第四批"
    assert first.rounds.round_id is not None
    copied = rounds.rules_of(first.office, first.rounds.round_id).notice
    assert copied.deadline.year == load_notice(preset.toml, preset.key).deadline.year + 1


def test_a_round_is_begun_from_a_file_and_a_mistake_in_it_is_named(
    first: MainWindow, qtbot: QtBot, when_asked: WhenAsked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = rounds.presets()[0].toml
    good, bad = tmp_path / "好.toml", tmp_path / "坏.toml"
    good.write_text(toml, encoding="utf-8")
    bad.write_text(toml.replace("cycle_months = 12", "cycle_months = 0"), encoding="utf-8")
    chosen = iter([str(bad), str(good)])
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (next(chosen), ""))

    def begin(dialog: QDialog) -> None:
        assert isinstance(dialog, NewRoundDialog)
        qtbot.mouseClick(dialog.from_file, Qt.MouseButton.LeftButton)
        assert "cycle_months：不能小于 1" in dialog.problem.text()
        qtbot.mouseClick(dialog.from_file, Qt.MouseButton.LeftButton)
        assert dialog.choices.checkedButton().text() == "规则文件　好.toml"
        dialog.forms[dialog.choices.checkedId()].input("name").setText("来自文件")
        dialog.accept()

    when_asked(begin)
    qtbot.keyClick(first.start.new_round, Key.Key_Space)
    assert first.rounds.currentText() == "来自文件"


def test_one_may_begin_with_the_registry(first: MainWindow, qtbot: QtBot) -> None:
    press(first, "还没有通知", qtbot)
    assert first.tabs.intake.isVisible()
    first.show_tab(first.tabs.overview)
    assert first.tabs.overview.isVisible()


def test_the_start_page_comes_back_when_the_first_round_is_taken_back(
    first: MainWindow, qtbot: QtBot
) -> None:
    preset = rounds.presets()[0]
    rounds.create_round(first.office, "第三批", preset.toml, preset.key)
    qtbot.waitUntil(first.top.isVisible)
    first.undo()
    qtbot.waitUntil(first.start.isVisible)


def test_who_sits_here_is_changed_by_a_click_and_signs_what_is_done(
    window: MainWindow, qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    qtbot.mouseClick(window.status.who, Qt.MouseButton.LeftButton)
    (dialog,) = window.findChildren(ActorDialog)
    qtbot.waitUntil(dialog.isVisible)
    name = dialog.fields.input("name")
    name.setEditText("李梅")
    dialog.accept()
    qtbot.waitUntil(lambda: window.status.who.text() == "李梅 · 组织部一号机")
    form = registry.branch_form(office, registry.branches(office).rows[0].id)
    registry.save_branch(
        office, registry.Form(form.record_id, form.revision, {**form.values, "name": "新名"})
    )
    assert actions.actions(office, TableQuery()).rows[0].actor == "李梅"
    assert not window.seating.is_of_yesterday
    assert Settings(tmp_path).get(ACTOR_KEY) == {"name": "李梅", "day": "2024-03-15"}


def test_it_is_asked_once_a_day_and_nothing_waits_for_the_answer(
    qtbot: QtBot, tmp_path: Path, start_program: StartProgram
) -> None:
    (window,) = start_program(Paths(tmp_path)).windows
    qtbot.waitUntil(lambda: bool(window.findChildren(ActorDialog)))
    (dialog,) = window.findChildren(ActorDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.fields.input("name").setEditText("李梅")
    dialog.accept()
    window.close()
    (again,) = start_program(Paths(tmp_path)).windows
    assert again.office.actor.name == "李梅"
    assert not again.seating.is_of_yesterday
    again.close()


def test_a_backup_is_made_on_request_and_each_half_hour_only_when_something_was_written(
    window: MainWindow, qtbot: QtBot, office: Office
) -> None:
    entry(window, "立即备份")
    assert window.status.text.startswith("已备份：office-20240315-090000-manual")
    window.keeping.timer.timeout.emit()
    assert len(backup.backups(office.paths.backups)) == 1
    with office.change("新增单位") as session:
        registry_writing.insert_units(session, [{"name": "法学院党委"}], today="2024-03-15")
    window.keeping.timer.timeout.emit()
    reasons = [row.reason for row in backup.described(office.paths.backups)]
    assert sorted(reasons) == ["定时备份", "手动备份"]


def test_the_dialog_tells_what_a_backup_holds_and_what_would_be_lost(office: Office, qtbot: QtBot) -> None:
    office.back_up("manual")
    with office.change("新增单位") as session:
        registry_writing.insert_units(session, [{"name": "法学院党委"}], today="2024-03-15")
    known = backup.described(office.paths.backups)
    dialog = RestoreDialog(None, known, backup.counts(office.database.path))
    qtbot.addWidget(dialog)
    dialog.show()
    told = words(dialog)
    assert told[told.index("院级党组织") : told.index("院级党组织") + 3] == ["院级党组织", "4", "3"]
    assert "这份备份之后又有 1 次操作，恢复后都不再有。" in told
    assert dialog.chosen == known[0].path
    (office.paths.data / "别处.db").write_bytes(b"no backup at all")
    dialog.add_file(office.paths.data / "别处.db")
    QApplication.processEvents()
    assert not dialog.primary.isEnabled()
    assert any("不是本程序的数据库" in text for text in words(dialog))


def test_a_backup_is_put_back_and_the_window_opens_on_it(
    qtbot: QtBot, tmp_path: Path, actor: Actor, when_asked: WhenAsked, start_program: StartProgram
) -> None:
    paths = Paths(tmp_path / "数据")
    made = open_office(paths, actor)
    with made.change("建立单位") as session:
        registry_writing.insert_units(session, [{"name": "法学院党委"}], today="2024-03-15")
    made.back_up("manual")
    with made.change("改错了") as session:
        registry_writing.insert_units(session, [{"name": "错误的单位"}], today="2024-03-15")
    made.close()
    Settings(paths.data).put(ACTOR_KEY, {"name": "李梅", "day": f"{datetime.now():%Y-%m-%d}"})
    program = start_program(paths)
    (window,) = program.windows

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        dialog.list.setCurrentRow(dialog.list.count() - 1 - 1)
        assert "manual" in dialog.chosen.name
        dialog.accept()

    window.activateWindow()
    window.setGeometry(0, 90, 1000, 700)
    when_asked(choose)
    entry(window, "恢复备份")
    with qtbot.waitSignal(program.settled):
        qtbot.waitUntil(lambda: program.windows == [])
    again = program.windows[0]
    assert (again.geometry().top(), again.height()) == (90, 700), "where its window stood"
    assert [row.name for row in registry.units(again.office).rows] == ["法学院党委"]
    assert again.status.text.startswith("已恢复备份 office-")
    assert any(row.reason == "恢复备份前" for row in backup.described(paths.backups))
    again.close()


def test_a_damaged_store_is_told_and_a_backup_put_in_its_place_at_once(
    qtbot: QtBot, tmp_path: Path, actor: Actor, when_asked: WhenAsked, start_program: StartProgram
) -> None:
    paths = Paths(tmp_path / "数据")
    made = open_office(paths, actor)
    with made.change("建立单位") as session:
        registry_writing.insert_units(session, [{"name": "法学院党委"}], today="2024-03-15")
    made.back_up("manual")
    made.close()
    paths.store.write_bytes(b"no store any more" * 500)
    Settings(paths.data).put(ACTOR_KEY, {"name": "李梅", "day": f"{datetime.now():%Y-%m-%d}"})

    def wish_it(dialog: QDialog) -> None:
        assert isinstance(dialog, TroubleDialog)
        assert dialog.primary.text() == "恢复备份…"
        when_asked(choose)
        dialog.accept()

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, RestoreDialog)
        assert "读不出" in words(dialog)
        dialog.accept()

    when_asked(wish_it)
    (window,) = start_program(paths).windows
    assert [row.name for row in registry.units(window.office).rows] == ["法学院党委"]
    window.close()


def test_the_school_is_asked_on_the_first_page_and_later_and_named_by_the_window(
    first: MainWindow, qtbot: QtBot, when_asked: WhenAsked, type_text: TypeText
) -> None:
    window = first
    assert window.windowTitle() == PROGRAM

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, OwnUnitDialog)
        type_text("江州大学")
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)

    when_asked(fill_in)
    press(window, "填写学校", qtbot)
    qtbot.waitUntil(lambda: window.windowTitle() == f"江州大学 · {PROGRAM}")
    assert window.start.isVisible(), "there is still nothing to look at"

    def look_again(dialog: QDialog) -> None:
        assert isinstance(dialog, OwnUnitDialog)
        school = dialog.fields.input("school")
        assert isinstance(school, QLineEdit)
        assert school.text() == "江州大学"
        dialog.reject()

    when_asked(look_again)
    entry(window, "本单位设置")

    def read(dialog: QDialog) -> None:
        assert "江州大学" in [label.text() for label in dialog.findChildren(QLabel)]
        dialog.accept()

    when_asked(read)
    entry(window, "关于")


def test_without_a_round_applications_say_what_to_do_and_offer_nothing_that_cannot_be_done(
    window: MainWindow,
) -> None:
    window.show_tab(window.tabs.applications)
    tab = window.tabs.applications.lines
    assert "还没有批次" in [part.text() for part in tab.findChildren(QLabel) if part.isVisible()]
    assert not any(made.isEnabled() for made in (tab.add, tab.check, tab.confirm, tab.receive, tab.print))
