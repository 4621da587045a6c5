"""考核评价: all that conditions look at, a list each; the lesser ones behind 更多."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QPushButton

from dualcreate_desktop.office.store import Office
from ui.settings import Settings
from ui.tabs.earlier_models import EarlierModelsPage
from ui.tabs.evidence_page import DEBARRED, VIEWS, EvidencePage
from ui.tabs.scales_desk import check_grades, manage_scales
from ui.tabs.staffing import StaffingPage
from ui.tabs.switched import SwitchedTab
from ui.tabs.tab import Tab
from ui.widgets.switch import Switch

MAIN = 3
"""So many lists stand in the switch itself."""


class EvidenceTab(SwitchedTab):
    """The lists behind one switch; 取消资格 is behind none, and opened from where eligibility is checked."""

    title = "考核评价"
    manual = "04-考核评价"

    def __init__(self, office: Office, settings: Settings) -> None:
        words = [*(view.which.title for view in VIEWS), StaffingPage.title, EarlierModelsPage.title]
        unlisted = (DEBARRED.which.title,)
        switches = [
            Switch(words[:MAIN], place, more=words[MAIN:], unlisted=unlisted)
            for place in range(len(words) + len(unlisted))
        ]
        self.grades = QPushButton("等次")
        of_lists, (staffing, models, debarred) = switches[: len(VIEWS)], switches[len(VIEWS) :]
        pages: list[Tab] = [
            EvidencePage(office, settings, view, switch, () if place else (self.grades,))
            for place, (view, switch) in enumerate(zip(VIEWS, of_lists, strict=True))
        ]
        pages += [
            StaffingPage(office, settings, staffing),
            EarlierModelsPage(office, settings, models),
            EvidencePage(office, settings, DEBARRED, debarred),
        ]
        super().__init__(office, settings, "evidence", list(zip(switches, pages, strict=True)))
        self._give_menu()

    def page_at(self, place: int) -> EvidencePage:
        """The page of one of the lists in `VIEWS`, by its place in the switch."""
        found = self.pages[place]
        assert isinstance(found, EvidencePage)
        return found

    def show_page(self, place: int) -> None:
        """Bring a page to the front; remembered, but for the one that no switch offers."""
        if place < len(self.pages) - 1:
            super().show_page(place)
        else:
            self._show(place)
            self.take_keyboard()

    def _give_menu(self) -> None:
        menu = QMenu(self.grades)
        menu.addAction("等次标准…", lambda: manage_scales(self.page_at(0)))
        menu.addAction("等次核对…", lambda: check_grades(self.page_at(0)))
        self.grades.setMenu(menu)
