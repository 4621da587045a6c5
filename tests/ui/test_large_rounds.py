"""A large round is read in the background: no page keeps the window waiting until all of it is known."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from dualcreate_desktop.office import round_size, rounds
from dualcreate_desktop.office.progress import CheckOutlook
from dualcreate_desktop.office.store import Office
from ui.background import Work
from ui.dialogs.check import SHOWN, CheckDialog
from ui.main_window import MainWindow
from ui.tabs.application_list import ApplicationList
from ui.tabs.inquiries import InquiriesTab
from ui.tabs.notice import NoticeTab
from ui.tabs.overview import OverviewTab
from ui.tabs.tab import Tab
from ui.tabs.units import UnitsTab
from ui.widgets.switch import Switch


@pytest.fixture
def round_id(office: Office) -> str:
    preset = rounds.presets()[0]
    return rounds.create_round(office, "第三批", preset.toml, preset.key)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even 450 branches are many."""
    monkeypatch.setattr(round_size, "BRANCHES_AT_ONCE", 400)


TABS: tuple[Callable[[MainWindow], Tab], ...] = (
    lambda window: OverviewTab(window.office, window.desk),
    lambda window: UnitsTab(window.office, window._settings),
    lambda window: NoticeTab(window.office, window._settings),
    lambda window: InquiriesTab(window.office, window._settings, Switch(("部门联审",), 0)),
)


def shown(qtbot: QtBot, tab: Tab, round_id: str) -> list[Work]:
    """The works that a tab asks for when it is seen."""
    asked: list[Work] = []
    qtbot.addWidget(tab)
    tab.work_wanted.connect(asked.append)
    tab.set_round(round_id)
    tab.show()
    return asked


def texts_of(part: QWidget) -> list[str]:
    """What the labels of a widget say."""
    return [label.text() for label in part.findChildren(QLabel)]


@pytest.mark.parametrize("make", TABS)
def test_a_small_round_is_there_when_the_page_is(
    make: Callable[[MainWindow], Tab], window: MainWindow, round_id: str, qtbot: QtBot
) -> None:
    assert shown(qtbot, make(window), round_id) == []


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("make", TABS)
def test_a_large_one_is_left_to_the_worker(
    make: Callable[[MainWindow], Tab], window: MainWindow, round_id: str, qtbot: QtBot
) -> None:
    (work,) = shown(qtbot, make(window), round_id)
    assert work.title.startswith("正在读取")
    work.done(work.work(None))  # type: ignore[arg-type]  # reading tells no progress


@pytest.mark.usefixtures("large")
def test_the_units_are_listed_before_it_is_known_how_they_stand(
    window: MainWindow, round_id: str, qtbot: QtBot
) -> None:
    tab = UnitsTab(window.office, window._settings)
    (work,) = shown(qtbot, tab, round_id)
    assert tab.model.total == 3
    assert tab._standings == {}
    empty = texts_of(tab.card)
    qtbot.waitUntil(lambda: texts_of(tab.card) != empty)  # the card takes a turn of its own
    row = tab.table.current()
    assert row is not None
    assert row.name in texts_of(tab.card)
    work.done(work.work(None))  # type: ignore[arg-type]  # reading tells no progress
    assert len(tab._standings) == 3


@pytest.mark.usefixtures("large")
def test_what_comes_after_another_round_was_chosen_is_not_shown(
    window: MainWindow, round_id: str, qtbot: QtBot
) -> None:
    tab = OverviewTab(window.office, window.desk)
    (work,) = shown(qtbot, tab, round_id)
    found: Any = work.work(None)  # type: ignore[arg-type]  # reading tells no progress
    tab.set_round(None)
    work.done(found)
    assert tab.head.title.text() == ""


@pytest.mark.usefixtures("large")
def test_so_is_what_an_action_on_it_has_to_read_before_it_asks(
    window: MainWindow, round_id: str, qtbot: QtBot
) -> None:
    tab = ApplicationList(window.office, window._settings)
    asked = shown(qtbot, tab, round_id)
    tab.check_all()
    said: list[str] = []
    tab.said.connect(said.append)
    assert [work.title for work in asked] == ["正在读取申报", "正在汇总审查结果"]
    asked[1].done(asked[1].work(None))  # type: ignore[arg-type]  # reading tells no progress
    assert said == ["没有可以完成审查的申报：已报送的都还有待核实的条件"]


@pytest.mark.usefixtures("large")
def test_a_units_page_is_read_before_it_opens(
    window: MainWindow, round_id: str, qtbot: QtBot, when_asked: Callable[[Callable[[QDialog], None]], None]
) -> None:
    tab = UnitsTab(window.office, window._settings)
    asked = shown(qtbot, tab, round_id)
    tab.show_applied()
    (_, work) = asked
    titles: list[str] = []

    def look(dialog: QDialog) -> None:
        titles.append(dialog.windowTitle())
        dialog.reject()

    when_asked(look)
    work.done(work.work(None))  # type: ignore[arg-type]  # reading tells no progress
    assert titles == ["本单位申报 计算机学院党委"]


def test_of_many_that_fail_the_first_are_named_and_the_rest_counted(qtbot: QtBot) -> None:
    failing = tuple((f"第{number}党支部", "三(一)") for number in range(SHOWN + 20))
    dialog = CheckDialog(None, CheckOutlook(1, failing, 0))
    qtbot.addWidget(dialog)
    told = [part.text() for part in dialog.findChildren(QLabel)]
    assert f"第{SHOWN - 1}党支部" in told
    assert f"第{SHOWN}党支部" not in told
    assert "另有 20 项：先不完成，在申报列表上方点“不通过”，可以逐项查看。" in told
