"""Writing, audit and undo are one idea.

The only way to write is `with change(database, "导入 党支部.xlsx", actor, at=now) as session:`. It commits the rows
and one `Change` that holds every touched row as it was stored before and after, or it commits nothing.
"""

from __future__ import annotations

import json
import platform
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, event, insert
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from db import search
from db.engine import AMONG, Changed, Database
from db.models import Change, ChangeEntry, Record, new_id
from db.vocabulary import Door

StoredRow = dict[str, Any]
"""A row as SQLite holds it: column name → integer, text, real or None."""

RowKey = tuple[str, str]
"""Table name and id."""

CHUNK = 2_000
"""Rows written at once by the bulk door."""

_ENTRY = f"INSERT INTO {ChangeEntry.__tablename__} (change_id, table_name, row_id, before, after) VALUES (?, ?, ?, ?, ?)"
_TAKE_BACK = f"DELETE FROM {ChangeEntry.__tablename__} WHERE change_id = ? AND table_name = ? AND row_id = ?"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, at which PC; every change names one."""

    name: str
    pc: str = field(default_factory=platform.node)


class Writer(Session):
    """The session of one change. It remembers each row that is flushed through it.

    Attributes:
        changed: what was written; there after the `with` block, None when nothing was.
    """

    def __init__(self, connection: Connection, change_id: str) -> None:
        super().__init__(connection, expire_on_commit=False)
        self.change_id = change_id
        self.changed: Changed | None = None
        self.before: dict[RowKey, StoredRow | None] = {}
        """what stood in the store before the first flush of each row"""

    def record_new(self, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """The bulk door: insert many new rows at once, recorded like any other; returns their ids.

        Args:
            rows: column name → Python value; missing columns take the model's defaults, a missing id is made.

        Raises:
            TypeError: a row names a column that the model has not.
        """
        table = model.__tablename__
        connection = self.connection()
        mould = _Mould(model, connection.dialect, self.change_id)
        if unknown := set().union(*rows) - set(mould.columns):
            raise TypeError(f"{table} has no column {', '.join(sorted(unknown))}")
        sql = _insert_sql(table, mould.columns)
        ids: list[str] = []
        for start in range(0, len(rows), CHUNK):
            stored = [mould.stored(row) for row in rows[start : start + CHUNK]]
            connection.exec_driver_sql(sql, [tuple(row.values()) for row in stored])
            self.journal([(table, row["id"], None, row) for row in stored])
            search.index_new(connection, table, stored)
            ids += [row["id"] for row in stored]
        return ids

    def journal(self, entries: Sequence[tuple[str, str, StoredRow | None, StoredRow | None]]) -> None:
        """Write entries (table, id, before, after) of this change."""
        for start in range(0, len(entries), CHUNK):
            self.connection().exec_driver_sql(
                _ENTRY,
                [
                    (self.change_id, table, row_id, _json(old), _json(new))
                    for table, row_id, old, new in entries[start : start + CHUNK]
                ],
            )


class _Mould:
    """How the new rows of one table become what SQLite stores."""

    def __init__(self, model: type[Record], dialect: Dialect, change_id: str) -> None:
        self._plain: StoredRow = {}
        """in the order of the columns: what stands where a row says nothing"""
        self._made: dict[str, Callable[[None], Any]] = {}
        self._bound: dict[str, Callable[[Any], Any]] = {}
        for column in model.__table__.columns:
            default = getattr(getattr(column, "default", None), "arg", None)
            self._plain[column.key] = None if callable(default) else default
            if callable(default):
                self._made[column.key] = default
            if bind := column.type.dialect_impl(dialect).bind_processor(dialect):
                self._bound[column.key] = bind
        self._change_id = change_id

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._plain)

    def stored(self, row: Mapping[str, Any]) -> StoredRow:
        """The row in the order of the columns; None counts as nothing said."""
        stored = self._plain | {key: value for key, value in row.items() if value is not None}
        stored["revision"] = self._change_id
        for key, make in self._made.items():
            if stored[key] is None:
                stored[key] = make(None)
        for key, bind in self._bound.items():
            if stored[key] is not None:
                stored[key] = bind(stored[key])
        return stored


@contextmanager
def change(
    database: Database,
    title: str,
    actor: Actor,
    *,
    at: datetime,
    door: Door = Door.WINDOW,
    undoes: str | None = None,
) -> Iterator[Writer]:
    """Write as one user action: all of it and its record, or nothing.

    Args:
        title: what the user did, in the words of the journal.
        at: local wall time of the action.
        undoes: id of the change that this one takes back.

    Raises:
        StoreError: the store is busy, full, read-only or damaged; nothing was written.
        RuntimeError: this thread is inside another change.
    """
    with database.write() as connection, Writer(connection, new_id()) as session:
        header = {"id": session.change_id, "at": at, "actor": actor.name, "pc": actor.pc}
        connection.execute(insert(Change).values(**header, door=door, title=title, undoes=undoes))
        yield session
        session.flush()
        _finish(session, title)
    if session.changed is not None:
        for listener in list(database.listeners):
            listener(session.changed)


def stored_rows(connection: Connection, keys: Iterable[RowKey]) -> dict[RowKey, StoredRow]:
    """Those of the rows that are stored now, as they are stored."""
    found: dict[RowKey, StoredRow] = {}
    for table, ids in _by_table(keys).items():
        rows = connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE id {AMONG}', (json.dumps(ids),))
        found |= {(table, row["id"]): dict(row) for row in rows.mappings()}
    return found


def put_rows(connection: Connection, rows: Mapping[RowKey, StoredRow | None]) -> None:
    """Make each stored row equal to the given one, whatever it is now; None deletes it. Only undo writes like this.

    All go before any comes, so that rows may change places under a unique name.
    """
    by_table = _by_table(rows)
    for table, ids in by_table.items():
        connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE id {AMONG}', (json.dumps(ids),))
    for table, ids in by_table.items():
        put = {row_id: rows[table, row_id] for row_id in ids}
        _insert_stored(connection, table, [row for row in put.values() if row is not None])
        search.reindex(connection, table, put)


def _insert_stored(connection: Connection, table: str, rows: Sequence[StoredRow]) -> None:
    if rows:
        columns = list(rows[0])
        values = [tuple(row[column] for column in columns) for row in rows]
        connection.exec_driver_sql(_insert_sql(table, columns), values)


def _by_table(keys: Iterable[RowKey]) -> dict[str, list[str]]:
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for table, row_id in keys:
        ids[table].append(row_id)
    return ids


def _finish(session: Writer, title: str) -> None:
    """Journal what was flushed through the session; take the header back when nothing was written at all."""
    connection = session.connection()
    before = _before_this_change(session)
    after = stored_rows(connection, before)
    session.journal([(*key, old, after.get(key)) for key, old in before.items() if old != after.get(key)])
    flushed = [key for key, old in session.before.items() if old != after.get(key)]
    for table, ids in _by_table(flushed).items():
        search.reindex(connection, table, {row_id: after.get((table, row_id)) for row_id in ids})
    written = _written(session)
    if written:
        session.changed = Changed(session.change_id, title, frozenset(written), sum(written.values()))
    else:
        connection.exec_driver_sql('DELETE FROM "change" WHERE id = ?', (session.change_id,))


def _before_this_change(session: Writer) -> dict[RowKey, StoredRow | None]:
    """What `before` holds, but None for a row that this change itself brought by the bulk door.

    The entry which the bulk door wrote for such a row is taken back, so that each row has one.
    """
    recorded = [
        key for key, row in session.before.items() if row is not None and row["revision"] == session.change_id
    ]
    for key in recorded:
        session.connection().exec_driver_sql(_TAKE_BACK, (session.change_id, *key))
    return session.before | dict.fromkeys(recorded)


def _written(session: Writer) -> dict[str, int]:
    """How many rows of each table stand in the journal of this change."""
    sql = f"SELECT table_name, count(*) FROM {ChangeEntry.__tablename__} WHERE change_id = ? GROUP BY table_name"
    found = session.connection().exec_driver_sql(sql, (session.change_id,))
    return {row.table_name: row[1] for row in found}


@event.listens_for(Writer, "before_flush")
def _remember(session: Writer, _context: UOWTransaction, _instances: object) -> None:
    """Read what is stored before a flush overwrites it, and give each row its identity and revision."""
    for record in session.new:
        record.id = record.id or new_id()
        record.revision = session.change_id
        session.before.setdefault((record.__tablename__, record.id), None)
    touched = [record for record in session.dirty if session.is_modified(record)]
    keys = [(record.__tablename__, record.id) for record in [*touched, *session.deleted]]
    unseen = [key for key in keys if key not in session.before]
    stored = stored_rows(session.connection(), unseen)
    session.before.update({key: stored.get(key) for key in unseen})
    for record in touched:
        record.revision = session.change_id


@event.listens_for(Writer, "do_orm_execute")
def _refuse_bulk(state: ORMExecuteState) -> None:
    """A bulk update or delete would pass the recorder by."""
    if state.is_update or state.is_delete or state.is_insert:
        raise RuntimeError("no bulk insert(), update() or delete() inside change(): it would not be recorded")


def _insert_sql(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _json(row: StoredRow | None) -> str | None:
    return None if row is None else _encode(row)
