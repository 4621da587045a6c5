"""What the lists ask for when they are opened was worked out before, behind the first page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.engine.interfaces import CacheStats

from dualcreate_desktop.office.read_ahead import read_ahead
from dualcreate_desktop.office.rounds import rounds
from dualcreate_desktop.office.store import Office
from ui.background import Cancelled
from ui.round_desk import RoundDesk
from ui.settings import Settings
from ui.tabs.all import TITLES, Tabs
from ui.tabs.applications import ApplicationsTab
from ui.tabs.review import ReviewTab


@pytest.mark.parametrize("key", TITLES)
def test_opening_a_tab_asks_nothing_that_must_be_worked_out_first(
    key: str, sample_office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    (row,) = rounds(sample_office)
    tabs = Tabs(
        sample_office, Settings(tmp_path), RoundDesk(QWidget(), sample_office, Settings(tmp_path), print)
    )
    qtbot.addWidget(tabs)
    read_ahead(sample_office, row.id, lambda: None)
    asked: list[CacheStats] = []
    new: list[str] = []

    @event.listens_for(sample_office.database.readers, "before_cursor_execute")
    def hear(_on: object, _cursor: object, sql: str, _values: object, context: Any, _many: bool) -> None:
        asked.append(context.cache_hit)
        if context.cache_hit is CacheStats.CACHE_MISS:
            new.append(sql)

    tab = tabs.named(key)
    tabs.set_round(row.id)
    tabs.setCurrentWidget(tab)
    tabs.show()
    if isinstance(tab, (ApplicationsTab, ReviewTab)):
        for place in range(len(tab.pages)):
            tab.show_page(place)
    assert CacheStats.CACHE_HIT in asked
    assert new == []


def test_reading_ahead_ends_with_the_window(office: Office) -> None:
    def give_up() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_ahead(office, None, give_up)
