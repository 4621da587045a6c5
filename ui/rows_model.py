"""A table's rows, fetched from the office a page at a time as they come into view."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office.tables import PAGE, Page, TableQuery

RowT = TypeVar("RowT")

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

KEPT_PAGES = 16
"""Pages that stay in memory; the one that was out of view longest goes first."""

SEARCHED_PAGES = 10
"""How many pages `find` looks through: a record beyond them is not worth the wait."""

_ALIGN = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight,
    Align.CENTER: Qt.AlignmentFlag.AlignHCenter,
}

_NOWHERE = QModelIndex()


class RowsModel(QAbstractTableModel, Generic[RowT]):
    """Shows frozen rows by declared columns; sorts, filters and pages in SQL.

    The number of rows is known at once, so the scroll bar tells the truth; a row is fetched when it is first looked
    at, with its whole page.

    Args:
        columns: what to show of a row.
        fetch: reads one page of the office.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        fetch: Callable[[TableQuery], Page[RowT]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._query = TableQuery()
        self._pages: OrderedDict[int, tuple[RowT, ...]] = OrderedDict()
        self._total = 0
        self._counts: Mapping[str, int] = {}

    @property
    def query(self) -> TableQuery:
        """What the table asks for now."""
        return self._query

    @property
    def total(self) -> int:
        """How many rows the query finds."""
        return self._total

    @property
    def counts(self) -> Mapping[str, int]:
        """Value of the list's chip → how many rows the search finds; empty where the list is counted elsewhere."""
        return self._counts

    def load(self) -> None:
        """Read the first page anew and forget the others."""
        self.beginResetModel()
        self._pages.clear()
        page = self._fetch(replace(self._query, offset=0, limit=PAGE))
        self._total, self._counts = page.total, page.counts
        self._pages[0] = page.rows
        self.endResetModel()

    def ask(self, *, search: str | None = None, filters: Mapping[str, frozenset[str]] | None = None) -> None:
        """Change what is searched for or which values pass, and load; what is not given stays."""
        self._query = replace(
            self._query,
            search=self._query.search if search is None else search,
            filters=self._query.filters if filters is None else filters,
        )
        self.load()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order by a column; a negative one gives back the list's natural order.

        Before the first load it only says how that will be ordered.
        """
        sortable = 0 <= column < len(self.columns) and self.columns[column].sortable
        self._query = replace(
            self._query,
            sort=self.columns[column].key if sortable else "",
            descending=order == Qt.SortOrder.DescendingOrder,
        )
        if self._pages:
            self.load()

    def row_at(self, number: int) -> RowT | None:
        """The row of that number; None when the list has grown shorter meanwhile."""
        if not 0 <= number < self._total:
            return None
        place, rest = divmod(number, PAGE)
        rows = self._page(place)
        return rows[rest] if rest < len(rows) else None

    def value_at(self, index: Index) -> object:
        """The value behind a cell's text. Qt would hand a state on as a bare text, so it is no role of `data`."""
        row = self.row_at(index.row())
        return None if row is None else getattr(row, self.columns[index.column()].key)

    def find(self, wanted: Callable[[RowT], bool]) -> int | None:
        """The number of the first row that is wanted, in the first pages."""
        for place in range(min(-(-self._total // PAGE), SEARCHED_PAGES)):
            for rest, row in enumerate(self._page(place)):
                if wanted(row):
                    return place * PAGE + rest
        return None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """All rows, fetched or not."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """One for each declared column."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Text and alignment of a cell."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role == Role.TextAlignmentRole:
            return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        if role != Role.DisplayRole:
            return None
        row = self.row_at(index.row())
        return None if row is None else column.show(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Label, alignment and tooltip of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Role.TextAlignmentRole:
            return _ALIGN[column.align] | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole:
            return column.hint or None
        return column.label if role == Role.DisplayRole else None

    def _page(self, place: int) -> tuple[RowT, ...]:
        if place not in self._pages:
            self._pages[place] = self._fetch(replace(self._query, offset=place * PAGE, limit=PAGE)).rows
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(place)
        return self._pages[place]
