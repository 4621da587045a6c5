"""What a store holds, read with Python's own SQLite: to compare it before and after an upgrade."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

MADE_ANEW = ("alembic_version", "search_", "sqlite_")
"""Begin the names of the tables that a migration rewrites: its own number, and what is searched."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as one schema knows it."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a store holds.

    Args:
        schema: its number.
        rows: of each table every row, with how often it stands there.
    """

    schema: int
    rows: Mapping[Table, Counter[tuple[object, ...]]]

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(rows.total() for rows in self.rows.values())


def read(store: Path, tables: Collection[Table] | None = None) -> Contents:
    """Everything in a store that no program has open.

    Args:
        tables: only these, with only their columns; all when there are none given.

    Raises:
        sqlite3.Error: it is no store, or lacks one of the tables or columns.
    """
    with closing(sqlite3.connect(f"{store.absolute().as_uri()}?immutable=1", uri=True)) as connection:
        (schema,) = connection.execute("PRAGMA user_version").fetchone()
        wanted = _tables(connection) if tables is None else tables
        return Contents(schema, {table: _rows(connection, table) for table in wanted})


def lost(before: Contents, after: Contents) -> list[str]:
    """The names of the tables of which a row is gone or another than it was."""
    return [table.name for table, rows in before.rows.items() if rows - after.rows[table]]


def _tables(connection: sqlite3.Connection) -> list[Table]:
    names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return [Table(name, _columns(connection, name)) for name in names if not name.startswith(MADE_ANEW)]


def _columns(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    return tuple(name for _, name, *_ in connection.execute(f'PRAGMA table_info("{table}")'))


def _rows(connection: sqlite3.Connection, table: Table) -> Counter[tuple[object, ...]]:
    columns = ", ".join(f'"{table.name}"."{column}"' for column in table.columns)
    return Counter(connection.execute(f'SELECT {columns} FROM "{table.name}"'))
