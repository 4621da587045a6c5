"""A tab of several pages, one of which is seen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QStackedWidget

from dualcreate_desktop.office.store import Office
from ui.settings import Settings
from ui.tabs.tab import Tab
from ui.widgets.switch import Switch


class SwitchedTab(Tab):
    """Hands everything that the window asks of a tab on to its pages, each a tab of its own with its own head.

    Args:
        key: stable name, under which the page that was seen last is remembered.
        pages: each with the switch that stands in its head; all switches have the same words.
    """

    def __init__(
        self, office: Office, settings: Settings, key: str, pages: Sequence[tuple[Switch, Tab]]
    ) -> None:
        super().__init__(office)
        self._settings, self._key = settings, f"switch/{key}"
        self._switches = tuple(switch for switch, _ in pages)
        self.pages = tuple(page for _, page in pages)
        self._stack = QStackedWidget()
        self.page.setContentsMargins(0, 0, 0, 0)
        self.page.addWidget(self._stack)
        for switch, page in pages:
            self._stack.addWidget(page)
            page.refused.connect(self.refused)
            page.said.connect(self.said)
            page.offered.connect(self.offered)
            page.work_wanted.connect(self.work_wanted)
            switch.chosen.connect(self.show_page)
        self._show(min(int(settings.get(self._key).get("page") or 0), len(self.pages) - 1))

    def refresh(self) -> None:
        """Each page refreshes itself when it is seen."""

    def set_round(self, round_id: str | None) -> None:
        """Another round is looked at, on every page."""
        super().set_round(round_id)
        for page in self.pages:
            page.set_round(round_id)

    def hear(self, tables: Collection[str]) -> None:
        """Each page hears what concerns it."""
        for page in self.pages:
            page.hear(tables)

    def take_keyboard(self) -> None:
        """The page that is seen takes it."""
        self.pages[self._stack.currentIndex()].take_keyboard()

    def show_list(self, key: str) -> None:
        """Bring the page whose list has the key to the front; the first where none has."""
        keys = [getattr(page, "key", "") for page in self.pages]
        self.show_page(keys.index(key) if key in keys else 0)

    def show_rows(self, chip: str, row: str = "", search: str = "") -> None:
        """The page that is seen shows them."""
        self.pages[self._stack.currentIndex()].show_rows(chip, row, search)

    def show_page(self, place: int) -> None:
        """Bring a page to the front; remembered."""
        self._settings.put(self._key, {"page": place})
        self._show(place)
        self.take_keyboard()

    def _show(self, place: int) -> None:
        for switch in self._switches:
            switch.choose(place)
        self._stack.setCurrentIndex(place)
