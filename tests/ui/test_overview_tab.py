"""总览: what it shows of a round, and what stands there when there is none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import registry, rounds
from dualcreate_desktop.office.application_desk import UNVERIFIED
from dualcreate_desktop.office.overview import (
    Bar,
    Figure,
    Overview,
    Place,
    StagePoint,
    StageState,
    Todo,
)
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.units import OWING
from ui.main_window import MainWindow
from ui.pills import Pill
from ui.round_desk import RoundDesk
from ui.settings import Settings
from ui.tabs.overview import OverviewTab
from ui.widgets.bar_chart import words
from ui.widgets.chips import ALL
from ui.widgets.figure_card import FigureCard
from ui.widgets.todo_row import TodoRow

SHOWN = Overview(
    "第三批党建“双创”工作",
    (
        StagePoint("支部考核", "3月15日 17:00", StageState.DONE),
        StagePoint("申报认定", "3月15日 17:00", StageState.NOW),
        StagePoint("巩固验收", "2025年4月30日 17:00", StageState.COMING),
    ),
    (Figure("申报", "45", "标杆 6 · 样板 39", Place("applications")),),
    (Bar("医学院", 5, 4), Bar("法学院", 1, None)),
    (
        Todo("核实：2 项申报", "3月14日", overdue=True, place=Place("applications", UNVERIFIED)),
        Todo("公示：收集异议", "4月12日", overdue=False, place=Place("notice")),
    ),
)


def texts(window: MainWindow) -> list[str]:
    QApplication.processEvents()  # what was put into a layout shows with the next event
    return [part.text() for part in window.tabs.overview.findChildren(QLabel) if part.isVisible()]


def test_without_a_round_one_sentence_and_one_button_begin_one(
    office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    asked: list[bool] = []

    class Desk(RoundDesk):
        def new_round(self) -> None:
            asked.append(True)

    holder = QWidget()
    qtbot.addWidget(holder)
    tab = OverviewTab(office, Desk(holder, office, Settings(tmp_path), lambda work: None))
    qtbot.addWidget(tab)
    tab.show()
    assert "这里还没有批次。" in [part.text() for part in tab.findChildren(QLabel) if part.isVisible()]
    (button,) = [part for part in tab.findChildren(QPushButton) if part.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [True]


def test_a_round_that_is_created_appears_at_once(window: MainWindow, qtbot: QtBot, office: Office) -> None:
    preset = rounds.presets()[0]
    rounds.create_round(office, "第三批", preset.toml, preset.key)
    qtbot.waitUntil(lambda: window.rounds.currentText() == "第三批")
    assert window.tabs.overview.head.title.text() == "第三批"
    assert "接下来要做的" in texts(window)


def test_stages_figures_and_todos_are_shown_in_words(window: MainWindow) -> None:
    window.tabs.overview.show_overview(SHOWN)
    shown = texts(window)
    assert {"第三批党建“双创”工作", "正在进行：申报认定", "45", "标杆 6 · 样板 39"} <= set(shown)
    assert [pill.text for pill in window.tabs.overview.findChildren(Pill)] == ["逾期 3月14日"]
    stages = window.tabs.overview.stages.accessibleDescription()
    assert "支部考核 3月15日 17:00 已完成" in stages
    assert "申报认定 3月15日 17:00 进行中" in stages


def test_showing_again_leaves_nothing_of_before(window: MainWindow, qtbot: QtBot) -> None:
    window.tabs.overview.show_overview(SHOWN)
    empty = Overview("空", (), (Figure("申报", "0", "", Place("applications")),), (), ())
    window.tabs.overview.show_overview(empty)
    assert "45" not in texts(window)
    assert "眼下没有要办的事。" in texts(window)


def test_a_bar_beyond_its_quota_says_by_how_much() -> None:
    assert words(Bar("医学院", 5, 4)) == "超 1 项  5 / 4"
    assert words(Bar("法学院", 1, 2)) == "1 / 2"
    assert words(Bar("后勤", 1, None)) == "1"


def test_a_figure_opens_what_it_counts(window: MainWindow, qtbot: QtBot, office: Office) -> None:
    preset = rounds.presets()[0]
    rounds.create_round(office, "第三批", preset.toml, preset.key)
    qtbot.waitUntil(lambda: len(window.tabs.overview.findChildren(FigureCard)) == 5)
    by_name = {
        card.accessibleName().split()[0]: card for card in window.tabs.overview.findChildren(FigureCard)
    }
    qtbot.mouseClick(by_name["待核实条件"], Qt.MouseButton.LeftButton)
    assert window.tabs.applications.isVisible()
    assert window.tabs.applications.lines.chip == UNVERIFIED
    window.show_tab(window.tabs.overview)
    qtbot.keyClick(by_name["申报"], Qt.Key.Key_Return)
    assert window.tabs.applications.isVisible()
    assert window.tabs.applications.lines.chip == ALL


def row_of(window: MainWindow, text: str) -> TodoRow:
    QApplication.processEvents()
    rows = window.tabs.overview.findChildren(TodoRow)
    return next(row for row in rows if row.isVisible() and text in row.accessibleName())


def test_a_line_of_what_comes_next_opens_its_rows_by_mouse_and_by_keyboard(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.tabs.overview.show_overview(SHOWN)
    qtbot.mouseClick(row_of(window, "核实"), Qt.MouseButton.LeftButton)
    assert window.tabs.applications.isVisible()
    assert window.tabs.applications.lines.chip == UNVERIFIED
    window.show_tab(window.tabs.overview)
    last_figure = window.tabs.overview.findChildren(FigureCard)[-1]
    last_figure.setFocus()
    qtbot.keyClick(last_figure, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is row_of(window, "核实"), "the keyboard follows the eye"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.tabs.notice.isVisible()


def test_a_reminder_selects_its_unit_among_those_that_owe_something(
    window: MainWindow, qtbot: QtBot, office: Office
) -> None:
    preset = next(one for one in rounds.presets() if one.key == "first-batch-2018")
    rounds.create_round(office, "第一批", preset.toml, preset.key)
    qtbot.waitUntil(lambda: window.rounds.currentText() == "第一批")
    owing = registry.units(office).rows[-1]
    window.tabs.units.search.setText("某个单位")
    window.open_place(Place("units", OWING, owing.id))
    units = window.tabs.units
    assert units.search.text() == ""
    assert (units.isVisible(), units.chip) == (True, OWING)
    assert (units.model.total, units.table.current()) == (3, owing)
    assert QApplication.focusWidget() is units.table
