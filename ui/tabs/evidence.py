"""考核评价: all that conditions look at, a list each; the lesser ones behind 更多."""

from __future__ import annotations

from functools import partial

from dualcreate_desktop.office.store import Office
from ui.settings import Settings
from ui.tabs.earlier_models import EarlierModelsPage
from ui.tabs.evidence_page import PRIVATE, VIEWS, EvidencePage
from ui.tabs.scales_desk import check_grades, manage_scales
from ui.tabs.staffing import StaffingPage
from ui.tabs.switched import Made, SwitchedTab
from ui.widgets.buttons import MenuButton
from ui.widgets.switch import Switch

MAIN = 2
"""So many lists stand in the switch itself."""


class EvidenceTab(SwitchedTab):
    """The lists behind one switch; 负面情形 and 取消资格 are behind none: eligibility leads to them."""

    title = "考核评价"
    manual = "04-考核评价"

    def __init__(self, office: Office, settings: Settings) -> None:
        self.grades = MenuButton("等次")
        self._words = (*(view.which.title for view in VIEWS), StaffingPage.title, EarlierModelsPage.title)
        lists = [partial(self._make_list, place) for place in range(len(VIEWS))]
        private = [partial(self._make_private, place) for place in range(len(PRIVATE))]
        others = (self._make_staffing, self._make_models)
        super().__init__(office, settings, "evidence", (*lists, *others, *private))
        self._give_menu()

    def page_at(self, place: int) -> EvidencePage:
        """The page of one of the lists in `VIEWS`, by its place in the switch."""
        found = self.page_of(place)
        assert isinstance(found, EvidencePage)
        return found

    def show_page(self, place: int) -> None:
        """Bring a page to the front; remembered, but for those that no switch offers."""
        if place < len(self._words):
            super().show_page(place)
        else:
            self._show(place)
            self.take_keyboard()

    def _make_list(self, place: int) -> Made:
        switch, actions = self._switch(place), () if place else (self.grades,)
        return switch, EvidencePage(self.office, self._settings, VIEWS[place], switch, actions)

    def _make_staffing(self) -> Made:
        switch = self._switch(len(VIEWS))
        return switch, StaffingPage(self.office, self._settings, switch)

    def _make_models(self) -> Made:
        switch = self._switch(len(VIEWS) + 1)
        return switch, EarlierModelsPage(self.office, self._settings, switch)

    def _make_private(self, place: int) -> Made:
        switch = self._switch(len(self._words) + place)
        return switch, EvidencePage(self.office, self._settings, PRIVATE[place], switch)

    def _switch(self, place: int) -> Switch:
        words, more = self._words[:MAIN], self._words[MAIN:]
        return Switch(words, place, more=more, unlisted=tuple(view.which.title for view in PRIVATE))

    def _give_menu(self) -> None:
        menu = self.grades.menu()
        menu.addAction("等次标准…", lambda: manage_scales(self.page_at(0)))
        menu.addAction("等次核对…", lambda: check_grades(self.page_at(0)))
