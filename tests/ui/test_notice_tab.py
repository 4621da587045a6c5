"""公示, driven as a person does it, from the proposed list to the final one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from db.vocabulary import ApplicationState
from dualcreate_desktop.office import decisions, reviews
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.decisions import TieBreak
from dualcreate_desktop.office.publication import NoticeState, publication
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from ui.background import ImmediateRunner
from ui.dialogs.confirm import ConfirmDialog
from ui.dialogs.print_preview import PrintPreview
from ui.dialogs.publish import PublishDialog
from ui.main_window import MainWindow
from ui.pills import Pill
from ui.settings import Settings
from ui.tabs.notice import NoticeTab

Key = Qt.Key
Watch = Callable[[QAbstractItemModel], None]
WhenAsked = Callable[[Callable[[QDialog], None]], None]
SHORTLY_BEFORE = datetime(2024, 4, 7, 9, 0)


@pytest.fixture
def proposed(undecided: Office, loaded: Loaded) -> Office:
    """The sample office with its proposed list, on the day of the 公示."""
    ties = {
        item.category.key: TieBreak(frozenset(item.ranking.contested[: item.ranking.vacant]), "会议表决")
        for item in reviews.review_round(undecided, loaded.round_id).categories
    }
    decisions.propose(undecided, loaded.round_id, ties)
    return replace(undecided, clock=lambda: SHORTLY_BEFORE)


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Callable[[Office], MainWindow]:
    def show(office: Office) -> MainWindow:
        made = MainWindow(office, ImmediateRunner(), Settings(tmp_path))
        qtbot.addWidget(made)
        made.show()
        made.show_tab(made.tabs.notice)
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    return show


Opened = Callable[[Office], MainWindow]


def settle() -> None:
    """What was written reaches the window with the next turn of its loop, and what is shown finds its place."""
    for _ in range(2):
        QApplication.processEvents()


def words(widget: QWidget) -> list[str]:
    """What can be read on a widget now."""
    settle()
    pills = [pill.text for pill in widget.findChildren(Pill) if pill.isVisible()]
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()] + pills


def test_without_a_list_one_is_told_what_to_do_first(undecided: Office, opened: Opened) -> None:
    tab = opened(undecided).tabs.notice
    assert tab.empty.isVisible()
    assert tab.empty.hint.text() == "请先在“评审”中形成拟入选名单。"
    assert not tab.publish.isVisible()
    assert not tab.card.preview.isVisible()


def test_the_list_stands_in_the_order_of_the_registry(
    proposed: Office, opened: Opened, loaded: Loaded, watch: Watch
) -> None:
    tab = opened(proposed).tabs.notice
    watch(tab.model)
    tab.choose_chip("benchmark_unit")
    rows = [tab.model.row_at(number) for number in range(tab.model.total)]
    assert [row.number for row in rows if row] == [1, 2, 3]
    names = [
        row.title for row in applications_of(proposed, loaded.round_id) if row.category == "benchmark_unit"
    ]
    assert [row.title for row in rows if row] == [
        name for name in names if name in {row.title for row in rows if row}
    ]
    assert "待公示" in words(tab.card)


def test_the_period_is_reckoned_while_one_types_and_then_published(
    proposed: Office, opened: Opened, when_asked: WhenAsked, qtbot: QtBot, loaded: Loaded
) -> None:
    window = opened(proposed)
    tab = window.tabs.notice

    def fill_in(dialog: QDialog) -> None:
        assert isinstance(dialog, PublishDialog)
        issued = dialog.fields.input("issued")
        assert QApplication.focusWidget() is issued
        assert dialog.period.text() == "2024年4月8日至4月12日，5 个工作日"
        qtbot.keyClick(issued, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(issued, "2024.5")
        assert dialog.period.text() == "请先填写发布日期"
        qtbot.keyClicks(issued, ".6")
        assert dialog.period.text() == "2024年5月7日至5月11日，5 个工作日", "a worked Saturday counts"
        qtbot.keyClick(issued, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(issued, "2099-04-07")
        assert "2099 年的放假安排尚未收录" in dialog.notes.text()
        qtbot.keyClick(issued, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(issued, "2024.4.7")
        organ = dialog.fields.input("organ")
        assert organ.text() == "中共江州大学委员会组织部", "as 本单位设置 has it"
        organ.clear()
        dialog.primary.click()
        assert dialog.fields.message("organ") == "请填写落款单位"
        assert QApplication.focusWidget() is organ
        organ.setText("中共江州大学委员会组织部")
        qtbot.keyClick(organ, Key.Key_Return)
        assert not dialog.isVisible()

    when_asked(fill_in)
    qtbot.mouseClick(tab.publish, Qt.MouseButton.LeftButton)
    settle()
    assert window.status.text.startswith("已发布公示 ")
    shown = publication(proposed, loaded.round_id)
    assert shown.state is NoticeState.COMING
    said = words(tab.card)
    assert "2024年4月8日至4月12日，5 个工作日" in said
    assert any("2024年4月12日公示期满后" in text for text in said)
    assert not tab.publish.isVisible()
    assert not tab.finish.isVisible()


@pytest.mark.parametrize(
    ("day", "state", "may_finish"),
    [
        (8, NoticeState.RUNNING, False),
        (12, NoticeState.RUNNING, False),
        (13, NoticeState.OVER, True),
    ],
)
def test_the_list_can_be_made_final_only_after_the_last_day(
    proposed: Office, opened: Opened, loaded: Loaded, day: int, state: NoticeState, may_finish: bool
) -> None:
    decisions.publish(proposed, loaded.round_id, SHORTLY_BEFORE.date(), organ="组织部", contacts="组织部 1")
    tab = opened(replace(proposed, clock=lambda: datetime(2024, 4, day, 9))).tabs.notice
    assert state.label in words(tab.card)
    assert tab.finish.isVisible() is may_finish


def test_the_final_list_says_what_it_does_and_then_has_its_paper(
    proposed: Office, opened: Opened, when_asked: WhenAsked, qtbot: QtBot, loaded: Loaded
) -> None:
    decisions.publish(proposed, loaded.round_id, SHORTLY_BEFORE.date(), organ="组织部", contacts="组织部 1")
    window = opened(replace(proposed, clock=lambda: datetime(2024, 4, 16, 9)))
    tab = window.tabs.notice

    def agree(dialog: QDialog) -> None:
        assert isinstance(dialog, ConfirmDialog)
        assert "23 项申报转为“入选”" in words(dialog)
        qtbot.keyClick(dialog, Key.Key_Return)

    when_asked(agree)
    qtbot.mouseClick(tab.finish, Qt.MouseButton.LeftButton)
    settle()
    states = [row.state for row in applications_of(proposed, loaded.round_id)]
    assert states.count(ApplicationState.SELECTED) == 23
    assert "已确定入选" in words(tab.card)
    assert not tab.finish.isVisible()
    seen: list[tuple[str, int]] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, PrintPreview)
        assert dialog.word.isVisible(), "it can be edited in Word"
        seen.append((dialog.windowTitle(), dialog.view.document().pageCount()))
        dialog.reject()

    for button in (tab.card.preview, tab.card.selection):
        when_asked(look)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()
    when_asked(look)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(tab.table, Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    settle()
    final = ("打印入选名单", 2)
    assert seen == [("打印公示", 2), final, final], "Ctrl+P takes the paper of the stage that is reached"


def test_another_round_without_a_list_empties_the_page(sample_office: Office, opened: Opened) -> None:
    tab: NoticeTab = opened(sample_office).tabs.notice
    assert tab.model.total == 23
    tab.set_round(None)
    assert tab.model.total == 0
    assert not tab.card.selection.isVisible()
