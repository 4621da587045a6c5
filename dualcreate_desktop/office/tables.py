"""What a table asks of the office and what it gets: one page of rows, sorted and filtered in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    SQLColumnExpression,
    func,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.pinyin import initials, normalise, sort_key
from db.search import once, row_number

RowT = TypeVar("RowT")

Numbers = CompoundSelect[tuple[int]]
"""The rows of a table that a search finds, by their `db.search.row_number`; one may come several times."""

PAGE = 200
"""Rows fetched at once as a table is scrolled."""


@dataclass(frozen=True, slots=True)
class TableQuery:
    """Which rows, in which order.

    Args:
        search: any part of a name, a secretary or their pinyin initials; empty for all.
        filters: column key → the values that pass.
        sort: key of a column; empty for the list's natural order.
        limit: how many rows at most; None for all.
    """

    search: str = ""
    filters: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sort: str = ""
    descending: bool = False
    offset: int = 0
    limit: int | None = PAGE


ALL = TableQuery(limit=None)
"""Every row in the natural order."""


@dataclass(frozen=True, slots=True)
class Page(Generic[RowT]):
    """Some rows of a list.

    Args:
        total: how many rows there are in all pages.
        counts: value of the list's chip → how many rows the search finds, whatever chip is chosen.
    """

    rows: tuple[RowT, ...]
    total: int
    counts: Mapping[str, int] = field(default_factory=dict)


class Listing(Generic[RowT]):
    """How the rows of one list are read: the SQL behind each attribute of its row.

    Args:
        row: a dataclass whose attributes are the keys of `columns`, `id` among them.
        columns: attribute → SQL expression, for reading and sorting.
        joined: the tables, as a select of the own table's id.
        natural: the order when the query names none, and among equals.
        sort_by: attribute → what orders it better than itself, for example a pinyin key.
        chip: the attribute by which the list is filtered and counted, a column of its own table; empty for none.
        newest_first: whether the natural order begins with the chip, the greatest first.
    """

    def __init__(
        self,
        row: type[RowT],
        columns: Mapping[str, SQLColumnExpression[Any]],
        joined: Select[Any],
        natural: Sequence[SQLColumnExpression[Any]],
        sort_by: Mapping[str, SQLColumnExpression[Any]] | None = None,
        chip: str = "",
        *,
        newest_first: bool = False,
    ) -> None:
        self.row = row
        self.columns = columns
        self.joined = joined
        self.natural = natural
        self.sort_by = {**columns, **(sort_by or {})}
        self.chip = chip
        self._newest_first = newest_first
        own: Any = joined.selected_columns[0]
        self._table = own.table

    def page(
        self,
        session: Session,
        query: TableQuery,
        wanted: Sequence[ColumnElement[bool]] = (),
        found: Numbers | None = None,
    ) -> Page[RowT]:
        """The rows that pass, in the order and the piece that the query asks for, and how many there are of each chip.

        First which rows; then what the few say, since SQLite would work out every column of every row.

        Args:
            wanted: what a row must be besides its chip, told by the columns of the own table.
            found: the rows that the search finds; None when nothing is searched for.
        """
        key, order = self.columns["id"], self._order(query)
        if query.limit is None:
            chosen = self._chosen(query)
            searched = [] if found is None else [self._number.in_(found)]
            rows = self._told(session, order, *wanted, *chosen, *searched)[query.offset :]
            return Page(rows, query.offset + len(rows))
        if found is None:
            counts = self._counts(session, wanted)
            keys = session.scalars(self._picked(self._narrowed(query, counts), wanted, order)).all()
        else:
            keys, counts = self._found(session, self._picked(query, wanted, order), wanted, found)
        return Page(self._told(session, order, key.in_(keys)), self._total(query, counts), counts)

    def _picked(
        self, query: TableQuery, wanted: Sequence[ColumnElement[bool]], order: Sequence[Any]
    ) -> Select[Any]:
        """The ids of the page."""
        picked = self.joined.with_only_columns(self.columns["id"], maintain_column_froms=True)
        picked = picked.where(*wanted, *self._chosen(query)).order_by(*order)
        return picked.limit(query.limit).offset(query.offset)

    def _narrowed(self, query: TableQuery, counts: Mapping[str, int]) -> TableQuery:
        """The same page of fewer rows: in the natural order only the chips in which it lies need to be sorted."""
        if not self._newest_first or query.sort or query.limit is None:
            return query
        chosen = query.filters.get(self.chip) or counts.keys()
        offset, rest = query.offset, query.limit
        lies_in: list[str] = []
        for chip in sorted(chosen & counts.keys(), reverse=True):
            if not lies_in and offset >= counts[chip]:
                offset -= counts[chip]
            elif rest > 0:
                rest -= counts[chip] - (0 if lies_in else offset)
                lies_in.append(chip)
        near = {**query.filters, self.chip: frozenset(lies_in)}
        return replace(query, offset=offset, filters=near) if lies_in else query

    def _counts(self, session: Session, wanted: Sequence[ColumnElement[bool]]) -> dict[str, int]:
        counted = select(self._counted, func.count()).select_from(self._table).where(*wanted)
        return {str(chip): count for chip, count in session.execute(counted.group_by(self._counted))}

    def _found(
        self, session: Session, picked: Select[Any], wanted: Sequence[ColumnElement[bool]], found: Numbers
    ) -> tuple[list[str], dict[str, int]]:
        """Ids of the page and counts of the chips, in one pass over what is found, however many that are."""
        numbered = select(self._number.label("number"), self._counted.label("chip")).select_from(self._table)
        all_found = once(numbered.where(self._number.in_(found), *wanted))
        counted = select(all_found.c.chip, func.count(), null()).group_by(all_found.c.chip)
        page = picked.join(all_found, self._number == all_found.c.number).subquery()
        told = session.execute(union_all(counted, select(null(), null(), page.c.id))).all()
        counts = {str(chip): count for chip, count, key in told if key is None}
        return [key for _, _, key in told if key is not None], counts

    def _chosen(self, query: TableQuery) -> list[ColumnElement[bool]]:
        chosen = query.filters.get(self.chip)
        return [self._counted.in_(chosen)] if chosen else []

    def _total(self, query: TableQuery, counts: Mapping[str, int]) -> int:
        """How many rows pass the chip, too."""
        chosen = query.filters.get(self.chip)
        return sum(count for chip, count in counts.items() if not chosen or chip in chosen)

    @property
    def _number(self) -> ColumnElement[Any]:
        return row_number(self._table.name)

    @property
    def _counted(self) -> SQLColumnExpression[Any]:
        """What the chip looks at; the same for all rows where there is none."""
        return self.columns[self.chip] if self.chip else null()

    def _told(self, session: Session, order: Sequence[Any], *wanted: ColumnElement[bool]) -> tuple[RowT, ...]:
        rows = self.joined.with_only_columns(*self.columns.values(), maintain_column_froms=True).where(
            *wanted
        )
        return tuple(self._row(row) for row in session.execute(rows.order_by(*order)))

    def all(self, session: Session, *wanted: ColumnElement[bool]) -> tuple[RowT, ...]:
        """Every row that passes, in the natural order."""
        return self._told(session, self.natural, *wanted)

    def _row(self, values: Sequence[Any]) -> RowT:
        return self.row(**dict(zip(self.columns, values, strict=True)))

    def _order(self, query: TableQuery) -> list[Any]:
        """The chosen column first, empty cells last, then the natural order, so that pages never overlap."""
        if not query.sort:
            return list(self.natural)
        chosen = self.sort_by[query.sort]
        return [(chosen.desc() if query.descending else chosen.asc()).nulls_last(), *self.natural]


def sift(
    rows: Iterable[RowT],
    query: TableQuery,
    *,
    texts: Callable[[RowT], Iterable[str]],
    sort_by: Mapping[str, Callable[[RowT], Any]] | None = None,
) -> Page[RowT]:
    """A page of a small list that was computed and stands in no table of the store.

    Args:
        rows: in their natural order.
        texts: what the search looks at: any part, or the pinyin initials of it.
        sort_by: column key → what orders a row better than the attribute of that name; texts go by pinyin.
    """
    wanted, found = normalise(query.search), list(rows)
    if query.filters:
        found = [row for row in found if _passes(row, query.filters)]
    if wanted:
        found = [row for row in found if _is_found(texts(row), wanted)]
    if query.sort:
        found = _ordered(found, (sort_by or {}).get(query.sort, lambda row: getattr(row, query.sort)), query)
    end = None if query.limit is None else query.offset + query.limit
    return Page(tuple(found[query.offset : end]), len(found))


def _passes(row: object, filters: Mapping[str, frozenset[str]]) -> bool:
    """Whether each filtered attribute is one of the values; of an attribute that is a set, one element is enough."""
    held = ((getattr(row, key), values) for key, values in filters.items())
    return all(
        not values.isdisjoint(value) if isinstance(value, frozenset) else value in values
        for value, values in held
    )


def _is_found(texts: Iterable[str], wanted: str) -> bool:
    return any(wanted in _readings(text) for text in texts)


@lru_cache(1 << 15)
def _readings(text: str) -> str:
    """What a search looks at: the text, and its initials on a line of their own. The same lists are sifted at each key."""
    return f"{normalise(text)}\n{initials(text)}"


def _ordered(rows: Sequence[RowT], key: Callable[[RowT], Any], query: TableQuery) -> list[RowT]:
    """Empty cells last in either direction, equals in their natural order."""
    keyed = [(key(row), row) for row in rows]
    filled = [(_rank(value), row) for value, row in keyed if value not in (None, "")]
    filled.sort(key=lambda item: item[0], reverse=query.descending)
    return [row for _, row in filled] + [row for value, row in keyed if value in (None, "")]


def _rank(value: Any) -> Any:
    return sort_key(value) if isinstance(value, str) else value
