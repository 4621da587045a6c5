"""Search by any part of a name, or of its pinyin initials.

FTS5's own tokenizers find nothing for one or two Chinese characters. Here every character is a token, and a query is
a phrase of characters: any length is found, in text and in initials alike.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
    Select,
    SQLColumnExpression,
    String,
    column,
    literal_column,
    select,
    text,
)
from sqlalchemy.sql.selectable import HasCTE

from db.engine import AMONG
from db.pinyin import CharacterTable, initials, normalise

SEARCHED: Mapping[str, tuple[str, ...]] = {
    "unit": ("name", "short_name", "code"),
    "branch": ("name", "code"),
    "person": ("name",),
    "lineage_part": ("name",),
    "topic": ("title", "leader"),
    "intake_file": ("name", "sheet", "sender", "subject"),
}
"""The searchable columns of each table."""

_ENTRIES_OF = f"SELECT n FROM search_entry WHERE table_name = ? AND row_id {AMONG}"

_CODES = CharacterTable(lambda character: f"{ord(character):x} ")

_BETWEEN = "\x1f"
"""Stands between two values: no query holds it, since `normalise` drops it as space."""


def tokens(values: Iterable[str]) -> str:
    """The indexed form: each value followed by its initials, and no phrase reaches from one into the next."""
    parts = []
    for value in values:
        plain = normalise(value)
        parts += [plain, initials(plain)]
    return _codes(_BETWEEN.join(parts))


def _codes(characters: str) -> str:
    """One token for each character: its number, so that quotes, brackets and rare characters are as good as others."""
    return characters.translate(_CODES).rstrip()


def matches(id_column: SQLColumnExpression[Any], table: str, query: str) -> ColumnElement[bool]:
    """The condition that a row's id is among those of `table` that contain `query`; an empty query matches none."""
    return id_column.in_(Hits(query).of(table))


class Hits:
    """All that contains a query, of whatever table: one statement that asks for several looks it up once."""

    def __init__(self, query: str) -> None:
        found = text(
            "SELECT search_entry.table_name, search_entry.row_id FROM search_index "
            "CROSS JOIN search_entry ON search_entry.n = search_index.rowid WHERE search_index MATCH :phrase"
        ).bindparams(phrase=f'"{_codes(normalise(query))}"')
        self._found = once(found.columns(column("table_name", String), column("row_id", String)))

    def of(self, table: str) -> Select[tuple[str]]:
        """The ids of that table's rows."""
        return select(self._found.c.row_id).where(self._found.c.table_name == table)


def once(rows: HasCTE) -> CTE:
    """Rows that SQLite works out once for a statement that reads them several times: left to itself it does not."""
    return rows.cte().prefix_with("MATERIALIZED")


def row_number(table: str) -> ColumnElement[int]:
    """SQLite's own number of a row, for use inside one statement: a set of 20,000 ids takes twice as long."""
    return literal_column(f"{table}.rowid", Integer)


def rebuild(connection: Connection) -> None:
    """Index every row anew, as after a migration: what is searched may be other columns now."""
    connection.exec_driver_sql("INSERT INTO search_index (search_index) VALUES ('delete-all')")
    connection.exec_driver_sql("DELETE FROM search_entry")
    for table, columns in SEARCHED.items():
        rows = connection.exec_driver_sql(f"SELECT id, {', '.join(columns)} FROM {table}").mappings().all()
        index_new(connection, table, [dict(row) for row in rows])


def reindex(connection: Connection, table: str, rows: Mapping[str, Mapping[str, Any] | None]) -> None:
    """Bring the index up to date for rows of a table: id → stored row, None for a deleted one."""
    if table not in SEARCHED:
        return
    entries = connection.exec_driver_sql(_ENTRIES_OF, (table, json.dumps(list(rows)))).all()
    if entries:
        numbers = [(n,) for (n,) in entries]
        connection.exec_driver_sql("DELETE FROM search_index WHERE rowid = ?", numbers)
        connection.exec_driver_sql("DELETE FROM search_entry WHERE n = ?", numbers)
    index_new(connection, table, [row for row in rows.values() if row is not None])


def index_new(connection: Connection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Index rows that were not there before."""
    columns = SEARCHED.get(table)
    if columns is None:
        return
    first = connection.exec_driver_sql("SELECT coalesce(max(n), 0) + 1 FROM search_entry").scalar_one()
    numbered = list(enumerate(rows, start=first))
    if not numbered:
        return
    connection.exec_driver_sql(
        "INSERT INTO search_entry (n, table_name, row_id) VALUES (?, ?, ?)",
        [(n, table, row["id"]) for n, row in numbered],
    )
    connection.exec_driver_sql(
        "INSERT INTO search_index (rowid, body) VALUES (?, ?)",
        [(n, tokens(str(row[column]) for column in columns if row[column])) for n, row in numbered],
    )
