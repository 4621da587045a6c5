"""The tabs of the window, each made when it is first seen: the window opens as fast as its first page."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.store import Office
from ui.round_desk import RoundDesk
from ui.settings import Settings
from ui.tabs.tab import Tab
from ui.window_place import WINDOW_KEY

if TYPE_CHECKING:
    from ui.tabs.applications import ApplicationsTab
    from ui.tabs.branches import BranchesTab
    from ui.tabs.evidence import EvidenceTab
    from ui.tabs.intake import IntakeTab
    from ui.tabs.journal import JournalTab
    from ui.tabs.notice import NoticeTab
    from ui.tabs.overview import OverviewTab
    from ui.tabs.projects import ProjectsTab
    from ui.tabs.review import ReviewTab
    from ui.tabs.units import UnitsTab

TabT = TypeVar("TabT", bound=Tab)

TITLES = {
    "overview": "总览",
    "units": "院级党组织",
    "branches": "党支部",
    "evidence": "考核评价",
    "intake": "收件",
    "applications": "申报",
    "review": "评审",
    "notice": "公示",
    "projects": "建设",
    "journal": "操作记录",
}
"""Attribute of `Tabs` → the word in the tab bar, from left to right."""


def seen_last(settings: Settings) -> str:
    """Attribute of the tab with which the window opens: the one that was in front when it was closed."""
    title = settings.get(WINDOW_KEY).get("tab")
    return next((name for name, word in TITLES.items() if word == title), next(iter(TITLES)))


class Tabs(QStackedWidget):
    """Holds the tabs that were seen and makes the others when they are asked for.

    Signals:
        made: a tab that was asked for the first time.
        place_opened: where the rows stand that a tab speaks of, when one wants to see them.
    """

    made = Signal(Tab)
    place_opened = Signal(Place)

    def __init__(
        self,
        office: Office,
        settings: Settings,
        desk: RoundDesk,
    ) -> None:
        super().__init__()
        self._office, self._settings = office, settings
        self._desk = desk
        self._seen: list[Tab] = []
        self._round_id: str | None = None

    @cached_property
    def overview(self) -> OverviewTab:
        """总览."""
        from ui.tabs.overview import OverviewTab

        return self._add(OverviewTab(self._office, self._desk))

    @cached_property
    def units(self) -> UnitsTab:
        """院级党组织."""
        from ui.tabs.units import UnitsTab

        return self._add(UnitsTab(self._office, self._settings))

    @cached_property
    def branches(self) -> BranchesTab:
        """党支部."""
        from ui.tabs.branches import BranchesTab

        return self._add(BranchesTab(self._office, self._settings))

    @cached_property
    def evidence(self) -> EvidenceTab:
        """考核评价."""
        from ui.tabs.evidence import EvidenceTab

        return self._add(EvidenceTab(self._office, self._settings))

    @cached_property
    def intake(self) -> IntakeTab:
        """收件."""
        from ui.tabs.intake import IntakeTab

        return self._add(IntakeTab(self._office, self._settings))

    @cached_property
    def applications(self) -> ApplicationsTab:
        """申报."""
        from ui.tabs.applications import ApplicationsTab

        return self._add(ApplicationsTab(self._office, self._settings))

    @cached_property
    def review(self) -> ReviewTab:
        """评审."""
        from ui.tabs.review import ReviewTab

        return self._add(ReviewTab(self._office, self._settings))

    @cached_property
    def notice(self) -> NoticeTab:
        """公示."""
        from ui.tabs.notice import NoticeTab

        return self._add(NoticeTab(self._office, self._settings))

    @cached_property
    def projects(self) -> ProjectsTab:
        """建设."""
        from ui.tabs.projects import ProjectsTab

        return self._add(ProjectsTab(self._office, self._settings))

    @cached_property
    def journal(self) -> JournalTab:
        """操作记录."""
        from ui.tabs.journal import JournalTab

        return self._add(JournalTab(self._office, self._settings))

    def at(self, number: int) -> Tab:
        """The tab of that place in the bar."""
        return self.named(list(TITLES)[number])

    def named(self, name: str) -> Tab:
        """The tab of a name in `TITLES`."""
        tab: Tab = getattr(self, name)
        return tab

    def place_of(self, tab: Tab) -> int:
        """The place of a tab in the bar."""
        return list(TITLES.values()).index(tab.title)

    def set_round(self, round_id: str | None) -> None:
        """Another round is looked at."""
        self._round_id = round_id
        for tab in self._seen:
            tab.set_round(round_id)

    def hear(self, tables: Collection[str]) -> None:
        """Something was written; a tab that was never seen reads it anyway."""
        for tab in self._seen:
            tab.hear(tables)

    def _add(self, tab: TabT) -> TabT:
        self._seen.append(tab)
        self.addWidget(tab)
        tab.place_opened.connect(self.place_opened)
        tab.set_round(self._round_id)
        self.made.emit(tab)
        return tab
