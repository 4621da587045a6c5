"""What a table asks of the office and what it gets: one page of rows, sorted and filtered in SQL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from db.pinyin import initials, normalise, sort_key

RowT = TypeVar("RowT")

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
    """

    rows: tuple[RowT, ...]
    total: int


class Listing(Generic[RowT]):
    """How the rows of one list are read: the SQL behind each attribute of its row.

    Args:
        row: a dataclass whose attributes are the keys of `columns`, `id` among them.
        columns: attribute → SQL expression, for reading and sorting.
        joined: the tables, as a select without columns.
        natural: the order when the query names none, and among equals.
        sort_by: attribute → what orders it better than itself, for example a pinyin key.
    """

    def __init__(
        self,
        row: type[RowT],
        columns: Mapping[str, SQLColumnExpression[Any]],
        joined: Select[Any],
        natural: Sequence[SQLColumnExpression[Any]],
        sort_by: Mapping[str, SQLColumnExpression[Any]] | None = None,
    ) -> None:
        self.row = row
        self.columns = columns
        self.joined = joined
        self.natural = natural
        self.sort_by = {**columns, **(sort_by or {})}

    def page(
        self, session: Session, query: TableQuery, wanted: Sequence[ColumnElement[bool]] = ()
    ) -> Page[RowT]:
        """The rows that pass `wanted`, in the order and the piece that the query asks for.

        First which rows and how many there are in all, in one pass; then what the few say, since SQLite would work
        out every column of every row.
        """
        order, key = self._order(query), self.columns["id"]
        if query.limit is None:
            everything = self._told(session, order, *wanted)[query.offset :]
            return Page(everything, query.offset + len(everything))
        picked = self.joined.with_only_columns(key, func.count().over(), maintain_column_froms=True).where(
            *wanted
        )
        piece = session.execute(picked.order_by(*order).limit(query.limit).offset(query.offset)).all()
        if not piece:
            return Page((), self._total(session, wanted) if query.offset else 0)
        return Page(self._told(session, order, key.in_([row[0] for row in piece])), piece[0][1])

    def _told(self, session: Session, order: Sequence[Any], *wanted: ColumnElement[bool]) -> tuple[RowT, ...]:
        rows = self.joined.with_only_columns(*self.columns.values(), maintain_column_froms=True).where(
            *wanted
        )
        return tuple(self._row(row) for row in session.execute(rows.order_by(*order)))

    def _total(self, session: Session, wanted: Sequence[ColumnElement[bool]]) -> int:
        counted = select(func.count()).select_from(self.joined.where(*wanted).subquery())
        return session.scalar(counted) or 0

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
        return [chosen.is_(None), chosen.desc() if query.descending else chosen.asc(), *self.natural]


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
    found = [row for row in rows if _passes(row, query.filters) and _is_found(texts(row), query.search)]
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


def _is_found(texts: Iterable[str], search: str) -> bool:
    wanted = normalise(search)
    return not wanted or any(wanted in normalise(text) or wanted in initials(text) for text in texts)


def _ordered(rows: Sequence[RowT], key: Callable[[RowT], Any], query: TableQuery) -> list[RowT]:
    """Empty cells last in either direction, equals in their natural order."""
    keyed = [(key(row), row) for row in rows]
    filled = [(_rank(value), row) for value, row in keyed if value not in (None, "")]
    filled.sort(key=lambda item: item[0], reverse=query.descending)
    return [row for _, row in filled] + [row for value, row in keyed if value in (None, "")]


def _rank(value: Any) -> Any:
    return sort_key(value) if isinstance(value, str) else value
