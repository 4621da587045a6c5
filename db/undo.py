"""Undo: a plan that says what it would put back and what it keeps, then one change that does it."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.engine import AMONG, Changed, Database
from db.errors import NotAllowed, StaleData
from db.history import Actor, RowKey, StoredRow, change, put_rows, stored_rows
from db.letting_go import let_go
from db.models import Base, Change, ChangeEntry
from db.vocabulary import Door


class Kept(Enum):
    """Why undo leaves a row as it is."""

    EDITED = "之后又被修改过"
    NEEDED = "之后的记录还要用到它"
    UNSUPPORTED = "它所依赖的记录已不在"


@dataclass(frozen=True, slots=True)
class Restore:
    """One row that undo would put back: from `now` to `then`; None where it does not exist."""

    table: str
    row_id: str
    now: StoredRow | None
    then: StoredRow | None


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What undoing a change would do.

    Args:
        at, actor: when the change was written, and by whom.
        restores: rows to put back, in the order of the journal.
        kept: rows that stay, with the reason.
    """

    change_id: str
    title: str
    at: datetime
    actor: str
    restores: tuple[Restore, ...]
    kept: tuple[tuple[Restore, Kept], ...]


@dataclass(frozen=True, slots=True)
class _Link:
    """A foreign key."""

    child: str
    column: str
    parent: str


_LINKS = tuple(
    _Link(table.name, key.parent.name, key.column.table.name)
    for table in Base.metadata.sorted_tables
    for key in table.foreign_keys
    if key.column.name == "id" and not table.name.startswith("change")
)
_LINKS_OF = {name: [link for link in _LINKS if link.child == name] for name in Base.metadata.tables}


def last_undoable(database: Database) -> str | None:
    """The newest action that is still in force and is not itself an undo; None when there is none."""
    with database.read() as session:
        actions = session.scalars(select(Change.id).where(Change.undoes.is_(None)).order_by(Change.n.desc()))
        return next((action for action in actions if _undone_by(session, action) is None), None)


def _undone_by(session: Session, change_id: str) -> str | None:
    """The title of the change that took this one back, unless that one was taken back in turn."""
    newest = select(Change).where(Change.undoes == change_id).order_by(Change.n.desc()).limit(1)
    by = session.scalar(newest)
    return None if by is None or _undone_by(session, by.id) is not None else by.title


def undo_plan(database: Database, change_id: str) -> UndoPlan:
    """What undoing that change would put back now.

    Raises:
        NotAllowed: there is no such change, or it was undone already.
    """
    with database.read() as session:
        header = session.scalar(select(Change).where(Change.id == change_id))
        if header is None:
            raise NotAllowed("找不到这条操作记录", todo="请刷新操作记录后再试。")
        if _undone_by(session, change_id) is not None:
            raise NotAllowed(f"“{header.title}”已经撤销过", todo="如需恢复，请撤销那一次撤销。")
        return _plan(session, header)


def undo(database: Database, plan: UndoPlan, actor: Actor, *, at: datetime) -> Changed | None:
    """Put back what the plan lists, as one change; undoing that change brings it all again.

    Raises:
        NotAllowed: nothing of the change can be put back.
        StaleData: the store changed since the plan was made.
    """
    if not plan.restores:
        raise NotAllowed(
            f"“{plan.title}”无法撤销：涉及的记录之后都被修改或使用过", todo="请在相应页面逐条修改。"
        )
    try:
        title = f"撤销：{plan.title}"
        with change(database, title, actor, at=at, door=Door.UNDO, undoes=plan.change_id) as session:
            then = {(row.table, row.row_id): row.then for row in plan.restores}
            now = stored_rows(session.connection(), then)
            if any(now.pop((row.table, row.row_id), None) != row.now for row in plan.restores):
                raise StaleData("数据在确认期间又有变动", todo="请重新点“撤销”。")
            put_rows(session.connection(), then)
            session.journal([(row.table, row.row_id, row.now, row.then) for row in plan.restores])
    except IntegrityError as error:
        raise StaleData(
            "撤销会与现有记录冲突", where=plan.title, todo="请先处理之后新增的同名记录。"
        ) from error
    return session.changed


def _plan(session: Session, header: Change) -> UndoPlan:
    """Sort the rows of a change into what can be put back and what stays."""
    entries = list(
        session.execute(
            select(ChangeEntry.table_name, ChangeEntry.row_id, ChangeEntry.before, ChangeEntry.after)
            .where(ChangeEntry.change_id == header.id)
            .order_by(ChangeEntry.n)
        )
    )
    now = stored_rows(session.connection(), [(entry.table_name, entry.row_id) for entry in entries])
    free: dict[RowKey, Restore] = {}
    kept: list[tuple[Restore, Kept]] = []
    for table, row_id, before, after in entries:
        row = Restore(table, row_id, now.get((table, row_id)), before)
        if row.now == after:
            free[table, row_id] = row
        else:
            kept.append((row, Kept.EDITED))
    let_go(entries)
    kept += _Closure(session.connection(), free).close()
    return UndoPlan(header.id, header.title, header.at, header.actor, tuple(free.values()), tuple(kept))


class _Closure:
    """Closes a set of restores over foreign keys: no row may lose its parent, no parent its children.

    The store stands still while a plan is made, so what it holds is read once.
    """

    def __init__(self, connection: Connection, rows: dict[RowKey, Restore]) -> None:
        self.connection = connection
        self.rows = rows
        self.children = self._stored_children()
        self.parents = self._stored_parents()

    def close(self) -> list[tuple[Restore, Kept]]:
        """Take out of `rows` what does not fit, until the rest does; returns what was taken out, and why."""
        kept: list[tuple[Restore, Kept]] = []
        while misfits := {key: reason for key, row in self.rows.items() if (reason := self._misfit(row))}:
            kept += [(self.rows.pop(key), reason) for key, reason in misfits.items()]
        return kept

    def _misfit(self, row: Restore) -> Kept | None:
        if row.then is None:
            return Kept.NEEDED if self._is_needed(row) else None
        return None if self._is_supported(row.table, row.then) else Kept.UNSUPPORTED

    def _is_needed(self, row: Restore) -> bool:
        """Whether a row that would be deleted is still pointed at afterwards."""
        return any(
            child is None or (child.then is not None and child.then[column] == row.row_id)
            for key, column in self.children[row.table, row.row_id]
            for child in [self.rows.get(key)]
        )

    def _is_supported(self, table: str, then: StoredRow) -> bool:
        """Whether all that a restored row points at will be there."""
        return all(
            key in self.parents if (parent := self.rows.get(key)) is None else parent.then is not None
            for key in _targets(table, then)
        )

    def _stored_children(self) -> dict[RowKey, list[tuple[RowKey, str]]]:
        """Which stored rows point, by which column, at each row that would be deleted."""
        children: defaultdict[RowKey, list[tuple[RowKey, str]]] = defaultdict(list)
        gone: defaultdict[str, list[str]] = defaultdict(list)
        for row in self.rows.values():
            if row.then is None:
                gone[row.table].append(row.row_id)
        for link in _LINKS:
            sql = f'SELECT "{link.column}", id FROM "{link.child}" WHERE "{link.column}" {AMONG}'
            ids = json.dumps(gone[link.parent])
            for parent_id, child_id in self.connection.exec_driver_sql(sql, (ids,)):
                children[link.parent, parent_id].append(((link.child, child_id), link.column))
        return children

    def _stored_parents(self) -> set[RowKey]:
        """Those of the rows that restored rows point at which are stored now."""
        wanted = {
            key for row in self.rows.values() if row.then is not None for key in _targets(row.table, row.then)
        }
        return set(stored_rows(self.connection, wanted))


def _targets(table: str, row: StoredRow) -> list[RowKey]:
    """What a row points at."""
    return [(link.parent, row[link.column]) for link in _LINKS_OF[table] if row.get(link.column) is not None]
