"""通知条款: every clause of the notices, where it is served, and the way to its rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStyleOptionViewItem, QVBoxLayout, QWidget

from dualcreate_desktop.office.clause_services import SERVED_COLUMNS, ServedRow
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from dualcreate_desktop.rules.clauses import Served
from ui import theme
from ui.delegates import CellDelegate
from ui.rows_model import Index, RowsModel
from ui.settings import Settings
from ui.widgets.buttons import button
from ui.widgets.card import Card, label
from ui.widgets.chips import ALL, Chip, Chips
from ui.widgets.search_box import SearchBox
from ui.widgets.table import Table


class ServedDelegate(CellDelegate):
    """Strikes out a clause that no longer holds."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the cell as the house does, with a line through its words where they no longer hold."""
        model = index.model()
        assert isinstance(model, RowsModel)
        row = model.row_at(index.row())
        gone = isinstance(row, ServedRow) and row.served is Served.SUPERSEDED
        words = not model.columns[index.column()].pill and model.columns[index.column()].key != "by"
        painter.save()
        font = painter.font()
        font.setStrikeOut(gone and words)
        painter.setFont(font)
        super().paint(painter, option, index)
        painter.restore()


class ServedClauses(QWidget):
    """Lists clauses and asks for the rules of one.

    Args:
        open_clause: takes the clause whose rules are wanted.
        export: takes the rows that are shown.
    """

    def __init__(
        self,
        settings: Settings,
        open_clause: Callable[[ServedRow], object],
        export: Callable[[Sequence[ServedRow]], object],
    ) -> None:
        super().__init__()
        self._rows: tuple[ServedRow, ...] = ()
        self._chip = ALL
        self.search = SearchBox("条款、内容（Ctrl+F）", self)
        self.search.setFixedWidth(210)
        self.chips = Chips()
        self.model: RowsModel[ServedRow] = RowsModel(SERVED_COLUMNS, self._fetch, self)
        self.table: Table[ServedRow] = Table(
            self.model, settings, "served-clauses", fills=1, delegate=ServedDelegate
        )
        self.export = button("导出 Excel", lambda: export(self._found()), icon="download")
        self.open = button("看规则…", self._open)
        self._open_clause = open_clause
        self._text = label("", wrap=True)
        self._by = label("", "muted", wrap=True)
        self._lay_out()
        self.search.searched.connect(self._ask)
        self.search.left_down.connect(self.take_keyboard)
        self.chips.chosen.connect(self.choose)
        self.table.picked.connect(self._show_row)
        self.table.opened.connect(lambda _: self._open())

    def show_rows(self, rows: Sequence[ServedRow]) -> None:
        """Show these; the row that was selected stays."""
        place = max(self.table.currentIndex().row(), 0)
        self._rows = tuple(rows)
        self._ask(self.search.text().strip())
        if self.model.total:
            self.table.select(min(place, self.model.total - 1))

    def choose(self, chip: str) -> None:
        """Show only clauses of a state."""
        self._chip = chip
        self._ask(self.search.text().strip())

    def take_keyboard(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self) -> None:
        row = self.table.current()
        if row is not None:
            self._open_clause(row)

    def _fetch(self, query: TableQuery) -> Page[ServedRow]:
        return sift(self._rows, query, texts=lambda row: (row.id, row.text, row.by))

    def _found(self) -> tuple[ServedRow, ...]:
        return tuple(row for row in map(self.model.row_at, range(self.model.total)) if row is not None)

    def _ask(self, text: str) -> None:
        chosen = [one for one in Served if one.value == self._chip]
        self.model.ask(search=text, filters={"served": frozenset(chosen)} if chosen else {})
        if self.model.total:
            self.table.select(0)
        else:
            self._show_row(None)
        counts = Counter(row.served for row in self._rows)
        self.chips.show_chips(
            [
                Chip(ALL, "全部", len(self._rows)),
                *(
                    Chip(one.value, one.label, counts[one])
                    for one in Served
                    if counts[one] or one is Served.BARE
                ),
            ],
            self._chip,
        )

    def _show_row(self, row: ServedRow | None) -> None:
        self._text.setText(f"{row.id}　{row.text}" if row is not None else "")
        self._by.setText(f"{row.served.label}：{row.by}" if row is not None and row.by else "")
        self.open.setEnabled(row is not None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        head = QHBoxLayout()
        head.setSpacing(theme.MEDIUM)
        head.addWidget(self.chips, 1)
        for widget in (self.search, self.export, self.open):
            head.addWidget(widget)
        column.addLayout(head)
        holder = Card(name="tableCard", margin=0)
        holder.body.setContentsMargins(1, 4, 1, 4)
        holder.body.addWidget(self.table)
        column.addWidget(holder, 1)
        card = Card(margin=theme.MEDIUM)
        card.body.addWidget(self._text)
        card.body.addWidget(self._by)
        column.addWidget(card)
