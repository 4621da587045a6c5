"""What the lists ask for when they are opened was worked out before, behind the first page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from dualcreate_desktop.office.read_ahead import read_ahead
from dualcreate_desktop.office.store import Office
from ui.background import Cancelled
from ui.settings import Settings
from ui.tabs.branches import BranchesTab
from ui.tabs.evidence import EvidenceTab
from ui.tabs.journal import JournalTab
from ui.tabs.tab import Tab
from ui.tabs.units import UnitsTab


@pytest.mark.parametrize("made", [UnitsTab, BranchesTab, EvidenceTab, JournalTab])
def test_opening_a_list_asks_nothing_that_must_be_worked_out_first(
    made: type[Tab], office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    read_ahead(office, None, lambda: None)
    asked: list[CacheStats] = []
    new: list[str] = []

    @event.listens_for(office.database.readers, "before_cursor_execute")
    def hear(_on: object, _cursor: object, sql: str, _values: object, context: Any, _many: bool) -> None:
        asked.append(context.cache_hit)
        if context.cache_hit is CacheStats.CACHE_MISS:
            new.append(sql)

    tab = made(office, Settings(tmp_path))  # type: ignore[call-arg]  # each of these tabs takes the settings, too
    qtbot.addWidget(tab)
    tab.show()
    assert CacheStats.CACHE_HIT in asked
    assert new == []


def test_reading_ahead_ends_with_the_window(office: Office) -> None:
    def give_up() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_ahead(office, None, give_up)
