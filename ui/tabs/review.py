"""评审: the ranking, and the panel with its conflicts."""

from __future__ import annotations

from dualcreate_desktop.office.store import Office
from ui.settings import Settings
from ui.tabs.ranking import RankingTab
from ui.tabs.reviewers import ReviewersTab
from ui.tabs.switched import SwitchedTab
from ui.widgets.switch import Switch

PAGES = ("排名", "评委与回避")


class ReviewTab(SwitchedTab):
    """The two pages of a review."""

    title = "评审"
    manual = "07-评审"
    tables = RankingTab.tables | ReviewersTab.tables

    def __init__(self, office: Office, settings: Settings) -> None:
        switches = [Switch(PAGES, place) for place in range(len(PAGES))]
        self.ranking = RankingTab(office, settings, switches[0])
        self.reviewers = ReviewersTab(office, settings, switches[1])
        super().__init__(
            office,
            settings,
            "review",
            (lambda: (switches[0], self.ranking), lambda: (switches[1], self.reviewers)),
        )
