"""A list of 党支部沿革: what happened before the office kept books; it changes no branch but what it tells of its past."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.history import Writer
from db.models import Alias, Branch, LineageEvent, LineagePart, Unit
from db.vocabulary import LineageKind, PartRole
from dualcreate_desktop.intake.known import KnownRecord
from dualcreate_desktop.intake.names import normal
from dualcreate_desktop.office import records
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.reorganisation_lists import names_in

Values = Mapping[str, Value]

_ITSELF = (LineageKind.RENAMED, LineageKind.MOVED, LineageKind.REELECTED)
"""What leaves a branch the same branch."""


def known(session: Session) -> Iterator[KnownRecord]:
    """The events of the store, each under the branches that the list would name for it."""
    unit_of = dict(session.execute(select(Branch.id, Branch.unit_id)).all())
    for event, parts in _events(session):
        told = [part.name for part in parts if part.role is PartRole.BEFORE]
        gone = event.kind is LineageKind.DISSOLVED
        own = PartRole.BEFORE if gone else PartRole.AFTER
        for part in parts:
            if part.role is not own or part.branch_id is None:
                continue
            values: dict[str, Value | None] = {
                "unit": unit_of[part.branch_id],
                "branch": part.branch_id,
                "kind": event.kind.value,
                "occurred": records.partial(event.occurred),
                "before": None if gone else "、".join(told) or None,
                "document": event.document or None,
                "note": event.note or None,
            }
            filled = {key: value for key, value in values.items() if value is not None}
            yield KnownRecord(event.id, event.revision, filled)


def _events(session: Session) -> list[tuple[LineageEvent, list[LineagePart]]]:
    found: dict[str, tuple[LineageEvent, list[LineagePart]]] = {}
    query = select(LineageEvent, LineagePart).join(LineagePart, LineagePart.event_id == LineageEvent.id)
    for event, part in session.execute(
        query.where(LineageEvent.planned.is_(False)).order_by(LineagePart.name)
    ):
        found.setdefault(event.id, (event, []))[1].append(part)
    return list(found.values())


def insert(session: Writer, rows: Sequence[Values]) -> list[str]:
    """Add an event for each row; returns their ids."""
    return [_add(session, row) for row in rows]


def update(session: Writer, rows: Mapping[str, Values]) -> None:
    """Write 文号, 备注 and the names before of events, by id; keys that are not given stay."""
    for event in records.stored(session, LineageEvent, rows):
        row = rows[event.id]
        records.assign(event, {key: str(row[key]) for key in ("document", "note") if key in row})
        if "before" in row and event.kind is not LineageKind.DISSOLVED:
            _tell_again(session, event, row)


def _add(session: Writer, row: Values) -> str:
    kind = LineageKind.of(str(row["kind"]))
    branch = session.get_one(Branch, str(row["branch"]))
    told = {key: str(row.get(key) or "") for key in ("document", "note")}
    (event_id,) = session.record_new(
        LineageEvent, [{"kind": kind, "occurred": str(row["occurred"]), "planned": False, **told}]
    )
    gone, unit = kind is LineageKind.DISSOLVED, session.get_one(Unit, branch.unit_id)
    before = [_part(unit, branch, PartRole.BEFORE)] if gone else _before(session, kind, branch, row)
    after = [] if gone else [_part(unit, branch, PartRole.AFTER)]
    session.record_new(LineagePart, [{**part, "event_id": event_id} for part in (*before, *after)])
    _date(branch, kind, str(row["occurred"]))
    session.flush()
    return event_id


def _tell_again(session: Writer, event: LineageEvent, row: Values) -> None:
    branch = session.get_one(Branch, str(row["branch"]))
    former = select(LineagePart).where(LineagePart.event_id == event.id, LineagePart.role == PartRole.BEFORE)
    for part in session.scalars(former).all():
        session.delete(part)
    session.flush()
    before = _before(session, event.kind, branch, row)
    session.record_new(LineagePart, [{**part, "event_id": event.id} for part in before])


def _date(branch: Branch, kind: LineageKind, occurred: str) -> None:
    """What the registry does not know yet of a branch's beginning and end."""
    if kind is LineageKind.FOUNDED and branch.founded is None:
        branch.founded = occurred
    if kind is LineageKind.DISSOLVED and branch.dissolved is None:
        branch.dissolved = occurred


def _before(session: Writer, kind: LineageKind, branch: Branch, row: Values) -> list[dict[str, object]]:
    """The branches before, by their names of then: the branch itself, one of its unit, or one that nobody knows."""
    names, unit = names_in(row.get("before")), session.get_one(Unit, branch.unit_id)
    if kind in _ITSELF:
        parts = [_part(unit, branch, PartRole.BEFORE, *names[:1])]
        if kind is LineageKind.RENAMED:
            _remember(session, branch, names[:1])
        return parts
    others = session.scalars(select(Branch).where(Branch.unit_id == branch.unit_id)).all()
    same = {normal(other.name): other for other in others}
    return [_part(unit, same.get(normal(name)), PartRole.BEFORE, name) for name in names]


def _remember(session: Writer, branch: Branch, names: Sequence[str]) -> None:
    """Lists may still use an old name, as long as nobody else in the unit bears it."""
    borne = select(Branch.name).where(Branch.unit_id == branch.unit_id)
    aliases = (
        select(Alias.text).join(Branch, Alias.branch_id == Branch.id).where(Branch.unit_id == branch.unit_id)
    )
    taken = {normal(name) for name in (*session.scalars(borne), *session.scalars(aliases))}
    session.add_all(Alias(text=name, branch_id=branch.id) for name in names if normal(name) not in taken)


def _part(unit: Unit, branch: Branch | None, role: PartRole, name: str = "") -> dict[str, object]:
    return {
        "role": role,
        "branch_id": branch.id if branch else None,
        "unit_id": unit.id,
        "name": name or (branch.name if branch else ""),
        "unit_name": unit.name,
    }
