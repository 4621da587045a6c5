"""A tab of several pages makes each when it is first wanted."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from dualcreate_desktop.office.store import Office
from ui.settings import Settings
from ui.tabs.evidence import EvidenceTab


def test_only_the_page_that_is_seen_is_made(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    tab = EvidenceTab(office, Settings(tmp_path))
    qtbot.addWidget(tab)
    assert list(tab._made) == [0]
    tab.show_page(2)
    assert list(tab._made) == [0, 2]
    assert tab.page_of(2).isVisibleTo(tab)
    assert not tab.page_of(0).isVisibleTo(tab)


def test_a_page_that_is_made_later_knows_the_round(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    tab = EvidenceTab(office, Settings(tmp_path))
    qtbot.addWidget(tab)
    tab.set_round("第三批")
    tab.show_page(1)
    assert [page.round_id for page in (tab.page_of(0), tab.page_of(1))] == ["第三批", "第三批"]
