"""A tab of several pages, one of which is seen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtWidgets import QStackedWidget

from dualcreate_desktop.office.store import Office
from ui.settings import Settings
from ui.tabs.tab import Tab
from ui.widgets.switch import Switch

Made = tuple[Switch, Tab]
"""A page, a tab of its own with its own head, and the switch that stands there."""


class SwitchedTab(Tab):
    """Hands everything that the window asks of a tab on to its pages.

    Args:
        key: stable name, under which the page that was seen last is remembered.
        makers: each makes a page when it is first wanted; all switches have the same words.
    """

    def __init__(
        self, office: Office, settings: Settings, key: str, makers: Sequence[Callable[[], Made]]
    ) -> None:
        super().__init__(office)
        self._settings, self._key = settings, f"switch/{key}"
        self._makers = makers
        self._made: dict[int, Made] = {}
        self._stack = QStackedWidget()
        self.page.setContentsMargins(0, 0, 0, 0)
        self.page.addWidget(self._stack)
        self._show(min(int(settings.get(self._key).get("page") or 0), len(makers) - 1))

    @property
    def pages(self) -> tuple[Tab, ...]:
        """All of them."""
        return tuple(self.page_of(place) for place in range(len(self._makers)))

    def page_of(self, place: int) -> Tab:
        """The page of that place, made when it is first wanted: nine at once would be felt."""
        if place not in self._made:
            self._made[place] = self._makers[place]()
            self._connect(place, *self._made[place])
        return self._made[place][1]

    def refresh(self) -> None:
        """Each page refreshes itself when it is seen."""

    def appear(self) -> None:
        """The page that is seen does."""
        super().appear()
        self._shown.appear()

    def set_round(self, round_id: str | None) -> None:
        """Another round is looked at, on every page."""
        super().set_round(round_id)
        for _, page in self._made.values():
            page.set_round(round_id)

    def hear(self, tables: Collection[str]) -> None:
        """Each page hears what concerns it; one that was never seen reads it anyway."""
        for _, page in self._made.values():
            page.hear(tables)

    def take_keyboard(self) -> None:
        """The page that is seen takes it."""
        self._shown.take_keyboard()

    def show_list(self, key: str) -> None:
        """Bring the page whose list has the key to the front; the first where none has."""
        keys = [getattr(page, "key", "") for page in self.pages] if key else []
        self.show_page(keys.index(key) if key in keys else 0)

    def show_rows(self, chip: str, row: str = "", search: str = "") -> None:
        """The page that is seen shows them."""
        self._shown.show_rows(chip, row, search)

    def show_page(self, place: int) -> None:
        """Bring a page to the front; remembered."""
        self._settings.put(self._key, {"page": place})
        self._show(place)
        self.take_keyboard()

    @property
    def _shown(self) -> Tab:
        shown = self._stack.currentWidget()
        assert isinstance(shown, Tab)
        return shown

    def _show(self, place: int) -> None:
        page = self.page_of(place)
        for switch, _ in self._made.values():
            switch.choose(place)
        self._stack.setCurrentWidget(page)

    def _connect(self, place: int, switch: Switch, page: Tab) -> None:
        switch.choose(place)
        self._stack.addWidget(page)
        page.refused.connect(self.refused)
        page.said.connect(self.said)
        page.offered.connect(self.offered)
        page.work_wanted.connect(self.work_wanted)
        page.place_opened.connect(self.place_opened)
        switch.chosen.connect(self.show_page)
        page.set_round(self.round_id)
