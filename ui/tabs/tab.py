"""What the main window asks of a tab."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.errors import UserError
from dualcreate_desktop.office.overview import Place
from dualcreate_desktop.office.round_size import is_large
from dualcreate_desktop.office.store import Office
from ui import theme
from ui.background import Progress, Work, nothing
from ui.widgets.status_line import Offer

T = TypeVar("T")


class Tab(QWidget):
    """A page of the window: widgets, connections, `refresh`, one handler for each action.

    Attributes:
        title: the word in the tab bar.
        tables: what it shows; a change of any of them makes it stale.
        manual: the page of the manual that F1 opens, the name of its file without .md.
        round_id: the round that is looked at; None when there is none.

    Signals:
        refused: the user's trouble, for the status line.
        said: what was done that writes nothing, for the status line.
        offered: the same, with a button for what one may want to do next.
        work_wanted: something long, for the worker; see `work`.
        wanted: something came in that this tab shows; it is to be seen.
        place_opened: where the rows stand that one wants to see, or where something is to be done first.
    """

    title = ""
    manual = ""
    tables: frozenset[str] = frozenset()

    refused = Signal(UserError)
    said = Signal(str)
    offered = Signal(Offer)
    work_wanted = Signal(Work)
    wanted = Signal()
    place_opened = Signal(Place)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.setObjectName("page")
        self.office = office
        self.page = QVBoxLayout(self)
        self.page.setContentsMargins(20, theme.LARGE, 20, theme.LARGE)
        self.page.setSpacing(theme.MEDIUM)
        self.round_id: str | None = None
        self._stale = True

    def set_round(self, round_id: str | None) -> None:
        """Another round is looked at; None when there is none."""
        self.round_id = round_id
        self.set_stale()

    def refresh(self) -> None:
        """Read what is shown anew."""
        raise NotImplementedError

    def work(
        self,
        title: str,
        work: Callable[[Progress], T],
        done: Callable[[T], object],
        given_up: Callable[[], object] = nothing,
    ) -> None:
        """Do something long in the background; the user's trouble goes to the status line.

        Args:
            title: what is being done, 正在导出党支部.
            done: gets the result, in the thread of the window.
            given_up: called there when the user gave it up, which the status line says already.
        """
        self.work_wanted.emit(Work(title, work, done, given_up))

    def read_round(self, title: str, read: Callable[[Office, str], T], show: Callable[[T], object]) -> bool:
        """Read what is known of the round and show it; a large one in the background, unless it is left meanwhile.

        Args:
            title: what is being done, 正在读取申报.

        Returns:
            Whether it is shown already.
        """
        office, round_id = self.office, self.round_id
        if round_id is None:
            return False
        if not is_large(office, round_id):
            show(read(office, round_id))
            return True
        self.work(
            title,
            lambda _: read(office, round_id),
            lambda found: show(found) if self.round_id == round_id else None,
        )
        return False

    def take_keyboard(self) -> None:
        """Give the keyboard to what one uses first."""
        self.setFocus()

    def show_list(self, key: str) -> None:
        """Bring the list of a key to the front; a page with one list has it there already."""

    def show_rows(self, chip: str, row: str = "", search: str = "") -> None:
        """Show the rows that another page speaks of; a page that is no list shows all that it has.

        Args:
            chip: the filter to choose.
            row: id of the row to select; empty for the first.
            search: what to search for instead of what was searched for before.
        """

    def hear(self, tables: Collection[str]) -> None:
        """These tables were written: refresh now when this tab is seen, else when it is seen next."""
        if not self.tables.isdisjoint(tables):
            self.set_stale()

    def set_stale(self) -> None:
        """What is shown is out of date."""
        self._stale = True
        if self.isVisible():
            self._freshen()

    def showEvent(self, event: QShowEvent) -> None:
        """Be up to date when seen."""
        super().showEvent(event)
        self.appear()

    def appear(self) -> None:
        """Be up to date: it is seen now, or in a moment."""
        self._freshen()

    def _freshen(self) -> None:
        if self._stale:
            self._stale = False
            try:
                self.refresh()
            except UserError as trouble:
                self.refused.emit(trouble)
