"""本单位申报: how a unit stands in the round, opened from any list that shows units."""

from __future__ import annotations

from typing import Any

from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.unit_page import UnitPage, unit_page
from ui.dialogs.unit_page import UnitPageDialog
from ui.tabs.list_tab import ListTab


def show_unit_page(tab: ListTab[Any], unit_id: str) -> None:
    """Read how a unit stands, in the background where that takes long, and show it; the list keeps the keyboard."""

    def read(office: Office, round_id: str) -> UnitPage:
        return unit_page(office, round_id, unit_id)

    def show(page: UnitPage) -> None:
        UnitPageDialog.show_page(tab, tab.office, page)
        tab.table.setFocus()

    tab.tried(lambda: tab.read_round("正在读取本单位申报", read, show))
