"""What was done to a unit or a branch, and to what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal, or_, select, union_all
from sqlalchemy.orm import Session

from db.models import (
    Alias,
    Application,
    Appraisal,
    Change,
    ChangeEntry,
    EarlierResult,
    Growth,
    Honour,
    Post,
    Topic,
)
from dualcreate_desktop.office.differences import differences
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.store import Office

_OWNED = (Post, Appraisal, Honour, EarlierResult, Growth, Topic, Application, Alias)
"""Without incidents and debarments, which only the check of eligibility shows."""

Owned = type[Post | Appraisal | Honour | EarlierResult | Growth | Topic | Application | Alias]


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One action on a body; `lines` say what it changed, field by field."""

    change_id: str
    at: datetime
    actor: str
    title: str
    lines: tuple[str, ...]


def body_history(office: Office, body: Body, *, limit: int = 20) -> tuple[HistoryRow, ...]:
    """The newest actions first, each with what changed; what was done to a unit's branches is theirs."""
    with office.read() as session:
        entries = session.execute(
            select(Change, ChangeEntry)
            .join(ChangeEntry, ChangeEntry.change_id == Change.id)
            .where(or_(*(_among(table, ids) for table, ids in _touched(session, body))))
            .order_by(Change.n.desc(), ChangeEntry.n)
        )
        rows: dict[str, tuple[Change, list[str]]] = {}
        for item, entry in entries:
            if item.id not in rows and len(rows) == limit:
                break
            lines = rows.setdefault(item.id, (item, []))[1]
            lines += differences(entry.table_name, entry.before, entry.after)
        return tuple(
            HistoryRow(key, item.at, item.actor, item.title, tuple(lines))
            for key, (item, lines) in rows.items()
        )


def _touched(session: Session, body: Body) -> Iterator[tuple[str, list[str]]]:
    """Table by table, the ids of what belongs to a body; read by one statement, since a card waits for it."""
    yield ("branch", [body.branch_id]) if body.branch_id else ("unit", [body.unit_id])
    owned = (select(literal(model.__tablename__), model.id).where(_of(model, body)) for model in _OWNED)
    ids: dict[str, list[str]] = {model.__tablename__: [] for model in _OWNED}
    for table, key in session.execute(union_all(*owned)):
        ids[table].append(key)
    yield from ids.items()


def _among(table: str, ids: list[str]) -> ColumnElement[bool]:
    """As SQLite looks it up in the index: a pair among pairs it would seek in every entry."""
    return and_(ChangeEntry.table_name == table, ChangeEntry.row_id.in_(ids))


def _of(model: Owned, body: Body) -> ColumnElement[bool]:
    if body.branch_id:
        return model.branch_id == body.branch_id
    return and_(model.unit_id == body.unit_id, model.branch_id.is_(None))
