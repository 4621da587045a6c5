"""What was done to a unit or a branch, and to what belongs to it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, tuple_

from db.models import Alias, Application, Appraisal, Change, ChangeEntry, Honour, Incident, Post
from dualcreate_desktop.office.journal import HistoryRow, differences
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.store import Office

_OWNED = (Post, Appraisal, Honour, Incident, Application, Alias)

Owned = type[Post | Appraisal | Honour | Incident | Application | Alias]


def body_history(office: Office, body: Body, *, limit: int = 20) -> tuple[HistoryRow, ...]:
    """The newest actions first, each with what changed; what was done to a unit's branches is theirs."""
    with office.read() as session:
        keys = [("branch", body.branch_id) if body.branch_id else ("unit", body.unit_id)]
        for model in _OWNED:
            owned = session.scalars(select(model.id).where(_of(model, body)))
            keys += [(model.__tablename__, key) for key in owned]
        touched = tuple_(ChangeEntry.table_name, ChangeEntry.row_id).in_(keys)
        newest = (
            select(Change.n, Change.id)
            .where(Change.id.in_(select(ChangeEntry.change_id).where(touched)))
            .order_by(Change.n.desc())
            .limit(limit)
            .subquery()
        )
        found = session.execute(
            select(Change, ChangeEntry)
            .join(ChangeEntry, ChangeEntry.change_id == Change.id)
            .where(touched, Change.id.in_(select(newest.c.id)))
            .order_by(Change.n.desc(), ChangeEntry.n)
        )
        rows: dict[str, tuple[Change, list[str]]] = {}
        for item, entry in found:
            lines = rows.setdefault(item.id, (item, []))[1]
            lines += differences(entry.table_name, entry.before, entry.after)
        return tuple(
            HistoryRow(key, item.at, item.actor, item.title, tuple(lines))
            for key, (item, lines) in rows.items()
        )


def _of(model: Owned, body: Body) -> ColumnElement[bool]:
    if body.branch_id:
        return model.branch_id == body.branch_id
    return and_(model.unit_id == body.unit_id, model.branch_id.is_(None))
