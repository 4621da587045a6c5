"""The left of 收件: what was given, grouped by the mail or archive that holds it, and what was imported earlier."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from dualcreate_desktop.office.incoming import Received
from ui import theme
from ui.tabs.intake_items import Item, Pile, chips_of, entry_of, rows_of
from ui.widgets.card import Card, label
from ui.widgets.chips import ALL, Chips
from ui.widgets.entry_list import Entry, EntryList

WIDTH = 284


class IntakeList(QWidget):
    """Lists items and tells which one is picked; while there are none, what came earlier has all the room.

    Attributes:
        pile: the filter.

    Signals:
        picked: the item that shall be shown.
        sifted: another filter was chosen.
    """

    picked = Signal(object)
    sifted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.pile = Pile.ALL
        self.chips = Chips()
        self.list = EntryList("收到的表格")
        self.earlier = EntryList("以往导入")
        self.nothing_earlier = label("导入过的文件列在这里。", "muted", wrap=True)
        self._rows: list[Item | str] = []
        self._received: list[str] = []
        self._given = _list_card("收到的表格", self.chips, self.list)
        self._lay_out()
        self.list.picked.connect(self._tell)
        self.chips.chosen.connect(self._sift)

    def show_items(self, items: Sequence[Item], shown: Item | None) -> None:
        """Show those of the filter; the whole where the filter leaves none."""
        if not any(item.lies_in(self.pile) for item in items):
            self.pile = Pile.ALL
        self._rows = rows_of(items, self.pile)
        self.list.entries.show([entry_of(row) for row in self._rows])
        self.chips.show_chips(chips_of(items), _value(self.pile))
        self.chips.setVisible(len(items) > 1)
        self._given.setVisible(bool(items))
        self.select(shown)

    def select(self, item: Item | None) -> None:
        """Make the row of an item the current one, where it is seen."""
        if item is not None and item in self._rows:
            number = self._rows.index(item)
            if self.list.currentIndex().row() != number:
                self.list.select(number)

    def show_earlier(self, received: Sequence[Received]) -> None:
        """Show what was imported earlier."""
        self._received = [row.id for row in received]
        self.earlier.entries.show(
            [
                Entry(row.name, f"{row.list_label} · {row.summary}", f"{row.at:%Y-%m-%d %H:%M} · {row.actor}")
                for row in received
            ]
        )
        self.earlier.setVisible(bool(received))
        self.nothing_earlier.setVisible(not received)

    def find_earlier(self, file_id: str) -> None:
        """Bring a file that was imported earlier into view."""
        if file_id in self._received:
            self.earlier.select(self._received.index(file_id))

    def _tell(self, number: int) -> None:
        row = self._rows[number] if 0 <= number < len(self._rows) else None
        if isinstance(row, Item):
            self.picked.emit(row)

    def _sift(self, value: str) -> None:
        self.pile = Pile.ALL if value == ALL else Pile(value)
        self.sifted.emit()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.MEDIUM)
        column.addWidget(self._given, 3)
        column.addWidget(_list_card("以往导入", self.earlier, self.nothing_earlier), 1)


def _value(pile: Pile) -> str:
    return ALL if pile is Pile.ALL else pile.value


def _list_card(title: str, *content: QWidget) -> Card:
    card = Card(margin=2)
    heading = label(title, "section")
    heading.setContentsMargins(14, theme.SMALL, 14, theme.TINY)
    card.body.setSpacing(0)
    card.body.addWidget(heading)
    for widget in content:
        if isinstance(widget, EntryList):
            card.body.addWidget(widget, 1)
        elif isinstance(widget, Chips):
            widget.setContentsMargins(10, 0, 6, theme.SMALL)
            card.body.addWidget(widget)
        else:
            widget.setContentsMargins(14, 0, 14, 0)
            card.body.addWidget(widget, 1)
    return card
