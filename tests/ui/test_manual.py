"""The manual: whole, and one key away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from db.errors import UserError
from ui import manual
from ui.dialogs.about import AboutDialog
from ui.dialogs.frame import manual_page
from ui.dialogs.manual import ManualDialog
from ui.dialogs.message import TroubleDialog
from ui.main_window import MainWindow
from ui.manual import MANUAL, START, pages
from ui.tabs.all import TITLES

WhenAsked = Callable[[Callable[[QDialog], None]], None]

PAGES = {page.path: page for page in pages()}


@pytest.fixture
def dialog(qtbot: QtBot) -> ManualDialog:
    made = ManualDialog(None)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_each_tab_has_a_page_of_its_own(window: MainWindow) -> None:
    wanted = {tab.title: tab.manual for tab in map(window.tabs.at, range(len(TITLES)))}
    assert {title: name for title, name in wanted.items() if not (MANUAL / f"{name}.md").is_file()} == {}
    assert len(set(wanted.values())) == len(wanted)


def test_each_page_has_a_heading_and_words() -> None:
    assert pages()[0].name == START
    assert [page.name for page in pages() if page.title == page.name or len(page.text) < 200] == []


def test_each_picture_and_each_link_leads_somewhere() -> None:
    lost = {
        page.name: [path.name for path in (*page.pictures(), *page.links()) if not path.is_file()]
        for page in pages()
    }
    assert {name: missing for name, missing in lost.items() if missing} == {}
    assert sum(len(page.pictures()) for page in pages()) > 0


def test_from_the_first_page_one_reaches_every_other() -> None:
    reached, waiting = set(), [MANUAL / f"{START}.md"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += PAGES[path].links()
    assert {path.stem for path in PAGES.keys() - reached} == set()


def test_f1_opens_the_page_of_the_tab_that_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(window.tabs.branches)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (dialog,) = window.findChildren(ManualDialog)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.view.toPlainText().startswith("党支部")
    window.show_tab(window.tabs.overview)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window.findChildren(ManualDialog) == [dialog]
    assert dialog.view.toPlainText().startswith("总览")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_f1_in_a_dialog_opens_the_page_of_its_tab_over_it(
    window: MainWindow, qtbot: QtBot, when_asked: WhenAsked
) -> None:
    seen: list[str] = []

    def ask_for_help(dialog: QDialog) -> None:
        qtbot.keyClick(dialog, Qt.Key.Key_F1)
        (opened,) = dialog.findChildren(ManualDialog)
        seen.append(opened.view.toPlainText())
        qtbot.keyClicks(opened.search, "portable")
        qtbot.waitUntil(lambda: 0 < opened.index.count() < len(pages()))
        qtbot.keyClick(opened, Qt.Key.Key_Escape)
        qtbot.keyClick(opened, Qt.Key.Key_Escape)
        assert dialog.isVisible(), "only the manual is closed"

    window.show_tab(window.tabs.units)
    when_asked(ask_for_help)
    window.tabs.units.add_unit()
    assert seen[0].startswith("院级党组织")


def test_a_dialog_of_the_window_opens_the_page_that_is_seen(window: MainWindow, qtbot: QtBot) -> None:
    window.show_tab(window.tabs.journal)
    dialog = AboutDialog(window, window.office.paths)
    assert manual_page(dialog) == window.tabs.journal.manual
    lonely = TroubleDialog(UserError("坏了"))
    qtbot.addWidget(lonely)
    assert manual_page(lonely) == "", "the first page"


def test_searching_keeps_the_pages_that_hold_the_words_and_marks_the_place(
    dialog: ManualDialog, qtbot: QtBot
) -> None:
    qtbot.keyClicks(dialog.search, "portable.TXT")
    qtbot.waitUntil(lambda: dialog.index.count() < len(pages()))
    assert [dialog.index.item(row).text() for row in range(dialog.index.count())] == ["开始使用"]
    assert dialog.view.textCursor().selectedText().lower() == "portable.txt"
    qtbot.keyClicks(dialog.search, "zzzz")
    qtbot.waitUntil(lambda: dialog.index.count() == 0)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.index.count() == len(pages())


def test_the_next_place_follows_the_last_from_the_top(dialog: ManualDialog, qtbot: QtBot) -> None:
    dialog.search.setText("portable.txt")
    qtbot.waitUntil(lambda: dialog.index.count() == 1)
    first = dialog.view.textCursor().position()
    qtbot.keyClick(dialog, Qt.Key.Key_F3)
    assert dialog.view.textCursor().position() == first


def test_a_link_turns_to_its_page(dialog: ManualDialog, qtbot: QtBot) -> None:
    dialog.show_page(START)
    target = pages()[0].links()[0]
    dialog.view.anchorClicked.emit(QUrl(target.name))
    assert dialog.view.toPlainText().startswith(PAGES[target].title)


def test_an_unknown_page_is_the_first(dialog: ManualDialog) -> None:
    dialog.show_page("99-没有")
    assert dialog.view.toPlainText().startswith(pages()[0].title)


def test_no_picture_is_wider_than_the_page(dialog: ManualDialog) -> None:
    for page in pages():
        dialog.show_page(page.name)
        QApplication.processEvents()
        assert dialog.view.horizontalScrollBar().maximum() == 0, page.name


def test_the_manual_stands_beside_the_program(tmp_path: Path) -> None:
    assert manual.MANUAL.parent.parent == Path(manual.__file__).parents[1]
