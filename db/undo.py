"""Undo: a plan that says what it would put back and what it keeps, then one change that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.engine import Changed, Database
from db.errors import NotAllowed, StaleData
from db.history import Actor, RowKey, StoredRow, change, put_row, stored_row
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
        restores: rows to put back, in the order of the journal.
        kept: rows that stay, with the reason.
    """

    change_id: str
    title: str
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
        entries = session.scalars(
            select(ChangeEntry).where(ChangeEntry.change_id == change_id).order_by(ChangeEntry.n)
        )
        connection = session.connection()
        rows = [
            (
                Restore(
                    entry.table_name,
                    entry.row_id,
                    stored_row(connection, entry.table_name, entry.row_id),
                    entry.before,
                ),
                entry.after,
            )
            for entry in entries
        ]
        return _Closure(connection, rows).plan(header)


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
            connection = session.connection()
            for row in plan.restores:
                if stored_row(connection, row.table, row.row_id) != row.now:
                    raise StaleData("数据在确认期间又有变动", todo="请重新点“撤销”。")
            for row in plan.restores:
                put_row(connection, row.table, row.row_id, row.then)
            session.journal([(row.table, row.row_id, row.now, row.then) for row in plan.restores])
    except IntegrityError as error:
        raise StaleData(
            "撤销会与现有记录冲突", where=plan.title, todo="请先处理之后新增的同名记录。"
        ) from error
    return session.changed


class _Closure:
    """Closes a set of restores over foreign keys: no row may lose its parent, no parent its children."""

    def __init__(self, connection: Connection, rows: list[tuple[Restore, StoredRow | None]]) -> None:
        self.connection = connection
        self.rows: dict[RowKey, Restore] = {}
        self.kept: list[tuple[Restore, Kept]] = []
        for row, after in rows:
            if row.now == after:
                self.rows[row.table, row.row_id] = row
            else:
                self.kept.append((row, Kept.EDITED))

    def plan(self, header: Change) -> UndoPlan:
        """Drop restores until the rest fit together; each pass may leave others without parent or child."""
        while misfits := [(row, reason) for row in self.rows.values() if (reason := self._misfit(row))]:
            for row, reason in misfits:
                del self.rows[row.table, row.row_id]
                self.kept.append((row, reason))
        return UndoPlan(header.id, header.title, tuple(self.rows.values()), tuple(self.kept))

    def _misfit(self, row: Restore) -> Kept | None:
        if row.then is None:
            return Kept.NEEDED if self._is_needed(row) else None
        return None if self._is_supported(row.table, row.then) else Kept.UNSUPPORTED

    def _is_needed(self, row: Restore) -> bool:
        """Whether a row that would be deleted is still pointed at afterwards."""
        for link in _LINKS:
            if link.parent != row.table:
                continue
            sql = f'SELECT id FROM "{link.child}" WHERE "{link.column}" = ?'
            for (child_id,) in self.connection.exec_driver_sql(sql, (row.row_id,)):
                child = self.rows.get((link.child, child_id))
                if child is None or (child.then is not None and child.then[link.column] == row.row_id):
                    return True
        return False

    def _is_supported(self, table: str, then: Mapping[str, object]) -> bool:
        """Whether all that a restored row points at will be there."""
        for link in _LINKS:
            target = then.get(link.column) if link.child == table else None
            if target is None:
                continue
            parent = self.rows.get((link.parent, str(target)))
            there = parent.then if parent else stored_row(self.connection, link.parent, str(target))
            if there is None:
                return False
        return True
