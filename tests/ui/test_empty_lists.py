"""An empty list says what to do first, and its one button leads there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import rounds
from dualcreate_desktop.office.store import Office
from ui.background import ImmediateRunner
from ui.dialogs.reviewer import ReviewerDialog
from ui.main_window import MainWindow
from ui.settings import Settings
from ui.tabs.all import TITLES
from ui.tabs.list_tab import NO_ROUND, SHOW_ALL, ListTab
from ui.tabs.matrix import MatrixTab
from ui.tabs.switched import SwitchedTab

WhenAsked = Callable[[Callable[[QDialog], None]], None]

AFTER = {
    "applications": "收件",
    "matrix": "收件",
    "ranking": "申报",
    "notice": "评审",
    "projects": "公示",
    "earlier_models": "考核评价",
}
"""Key of a list → the tab where its rows come from; 收件 for all others."""

ASKED = ("inquiries", "reviewers")
"""Lists whose button asks for the first rows at once."""


@pytest.fixture
def bare(qtbot: QtBot, empty_office: Office, tmp_path: Path) -> MainWindow:
    """The window on a store in which there is nothing at all."""
    window = MainWindow(empty_office, ImmediateRunner(), Settings(tmp_path))
    qtbot.addWidget(window)
    window.show()
    window.show_tabs()
    return window


def begin_round(window: MainWindow) -> None:
    preset = rounds.presets()[0]
    round_id = rounds.create_round(window.office, "第三批", preset.toml, preset.key)
    window.desk.opened.emit(round_id)


def empty_lists(window: MainWindow) -> Iterator[ListTab[object] | MatrixTab]:
    """Each page whose list is empty, brought to the front."""
    for name in TITLES:
        tab = window.tabs.named(name)
        pages = tab.pages if isinstance(tab, SwitchedTab) else (tab,)
        for place, page in enumerate(pages):
            window.show_tab(tab)
            if isinstance(tab, SwitchedTab):
                tab.show_page(place)
            if isinstance(page, ListTab | MatrixTab) and page.begin.isVisible():
                yield page


def seen_tab(window: MainWindow) -> str:
    return window.bar.tabText(window.bar.currentIndex())


def test_the_button_of_every_empty_list_leads_to_where_its_rows_come_from(
    bare: MainWindow, qtbot: QtBot
) -> None:
    begin_round(bare)
    seen = set()
    for page in empty_lists(bare):
        seen.add(page.key)
        assert not page.export.isEnabled(), page.key
        if page.key not in ASKED:
            qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
            assert seen_tab(bare) == AFTER.get(page.key, "收件"), page.key
    assert {"units", "branches", "appraisals", "staffing", *AFTER, *ASKED} <= seen


def test_the_button_of_an_empty_panel_asks_for_the_first_reviewer(
    bare: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    begin_round(bare)
    page = next(page for page in empty_lists(bare) if page.key == "reviewers")
    asked: list[QDialog] = []
    when_asked(asked.append)
    qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
    assert isinstance(asked[0], ReviewerDialog)


def test_without_a_round_the_lists_of_a_round_lead_to_where_one_is_begun(
    bare: MainWindow, qtbot: QtBot
) -> None:
    told = {}
    for page in empty_lists(bare):
        told[page.key] = page.empty.sentence.text()
        if told[page.key] == NO_ROUND:
            qtbot.mouseClick(page.begin, Qt.MouseButton.LeftButton)
            assert seen_tab(bare) == "总览", page.key
    of_round = {key for key, sentence in told.items() if sentence == NO_ROUND}
    assert of_round == {"applications", "matrix", "inquiries", "ranking", "reviewers", "notice", "projects"}


def test_where_search_and_chip_hide_every_row_the_button_shows_all(window: MainWindow, qtbot: QtBot) -> None:
    tab = window.tabs.branches
    window.show_tab(tab)
    every = tab.model.total
    tab.show_rows("teacher", search="没有这样的支部")
    assert tab.begin.text() == SHOW_ALL
    qtbot.keyClick(tab.begin, Qt.Key.Key_Return)
    assert (tab.model.total, tab.search.text(), tab.chip) == (every, "", "")
    assert tab.table.hasFocus()


def test_enter_does_what_comes_first_as_soon_as_an_empty_list_is_seen(bare: MainWindow, qtbot: QtBot) -> None:
    bare.activateWindow()
    qtbot.waitUntil(bare.isActiveWindow)
    bare.show_tab(bare.tabs.units)
    assert bare.tabs.units.begin.hasFocus()
    qtbot.keyClick(bare.tabs.units.begin, Qt.Key.Key_Return)
    assert seen_tab(bare) == "收件"
