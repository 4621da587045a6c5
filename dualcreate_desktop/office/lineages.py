"""沿革: carrying out an adjustment of branches, and the line of descent of a branch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import StaleData
from db.models import LineageEvent, LineagePart
from db.vocabulary import LineageKind, PartRole
from dualcreate_desktop.office.lineage_writing import take_plan_back, write_outcome
from dualcreate_desktop.office.reorganisation_words import foretold
from dualcreate_desktop.office.reorganising import Order, Outcome, scene_of
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.dates import PartialDate


@dataclass(frozen=True, slots=True)
class DescentRow:
    """One event in the line of descent of a branch, told with the names of then."""

    id: str
    occurred: str
    kind: LineageKind
    before: str
    after: str
    document: str
    note: str
    planned: bool

    @property
    def when(self) -> str:
        """As in a sentence: 2023年9月."""
        return PartialDate.parse(self.occurred).chinese

    @property
    def sentence(self) -> str:
        """2023年9月 合并：甲、乙 → 丙."""
        told = " → ".join(filter(None, (self.before, self.after)))
        return f"{self.when}{'计划' * self.planned}{self.kind.label}：{told}"


def carry_out(office: Office, order: Order) -> Changed | None:
    """Found, rename, merge, split, dissolve, move or re-elect, as one change.

    Raises:
        NotAllowed: it is impossible: a branch that is no more, a day before its founding, a name that is taken …
    """
    with office.read() as session:
        title = _title(_tried(office, session, order))
    with office.change(title) as session:
        write_outcome(session, _tried(office, session, order), today=f"{office.clock():%Y-%m-%d}")
    return session.changed


def foretell(office: Office, order: Order) -> tuple[str, ...]:
    """What `carry_out` would do, a sentence each; nothing is written.

    Raises:
        Impossible: it cannot be, and which part of the order is to be mended.
    """
    with office.read() as session:
        return foretold(_tried(office, session, order))


def drop_plan(office: Office, event_id: str) -> Changed | None:
    """A plan is given up: it leaves the lineage, and the branches are no longer marked to end by it.

    Raises:
        StaleData: the plan is gone, or was carried out.
    """
    with office.read() as session:
        event = session.get(LineageEvent, event_id)
        if event is None or not event.planned:
            raise StaleData("这个计划已不在沿革中", todo="请刷新后再试。")
        names = _names(
            part.name for part in _parts_of(session, [event_id])[event_id] if part.role is PartRole.BEFORE
        )
        title = f"取消计划：{event.kind.label}党支部 {names}"
    with office.change(title) as session:
        take_plan_back(session, session.get_one(LineageEvent, event_id))
    return session.changed


def _tried(office: Office, session: Session, order: Order) -> Outcome:
    return scene_of(session, {order.unit_id}, order.before, office.clock().date()).carry_out(order)


def _title(outcome: Outcome) -> str:
    told = [_names(branch.name for branch in side) for side in (outcome.before, outcome.after)]
    plan = "计划" * outcome.order.planned
    return f"{plan}{outcome.order.kind.label}党支部 {' → '.join(dict.fromkeys(filter(None, told)))}"


def descent(office: Office, branch_id: str) -> tuple[DescentRow, ...]:
    """All that led to a branch and that became of it, the newest first."""
    with office.read() as session:
        return descent_in(session, branch_id)


def descent_in(session: Session, branch_id: str) -> tuple[DescentRow, ...]:
    """`descent`, inside a session: the events of the branch, of those before it and of those after it."""
    events = {
        **_followed(session, branch_id, PartRole.AFTER),
        **_followed(session, branch_id, PartRole.BEFORE),
    }
    ordered = sorted(events.values(), key=lambda event: (event.occurred, event.id), reverse=True)
    parts = _parts_of(session, events)
    return tuple(_row(event, parts.get(event.id, [])) for event in ordered)


def _followed(session: Session, branch_id: str, side: PartRole) -> dict[str, LineageEvent]:
    """The events that have a branch on one side, then those of the branches on their other side, and so on."""
    met: set[str] = set()
    found: dict[str, LineageEvent] = {}
    reached = {branch_id}
    while reached:
        met |= reached
        on_side = select(LineagePart.event_id).where(
            LineagePart.role == side, LineagePart.branch_id.in_(reached)
        )
        events = session.scalars(select(LineageEvent).where(LineageEvent.id.in_(on_side))).all()
        found |= {event.id: event for event in events}
        others = session.scalars(
            select(LineagePart.branch_id).where(
                LineagePart.event_id.in_(event.id for event in events), LineagePart.role != side
            )
        )
        reached = {key for key in others if key is not None} - met
    return found


def _parts_of(session: Session, event_ids: Iterable[str]) -> dict[str, list[LineagePart]]:
    parts: dict[str, list[LineagePart]] = {}
    wanted = select(LineagePart).where(LineagePart.event_id.in_(set(event_ids)))
    for part in session.scalars(wanted.order_by(LineagePart.role, LineagePart.name)):
        parts.setdefault(part.event_id, []).append(part)
    return parts


def _row(event: LineageEvent, parts: Iterable[LineagePart]) -> DescentRow:
    """Where branches of several units take part, each is told with its unit."""
    parts = list(parts)
    across = len({part.unit_name for part in parts}) > 1
    sides: dict[PartRole, list[str]] = {PartRole.BEFORE: [], PartRole.AFTER: []}
    for part in parts:
        sides[part.role].append(f"{part.unit_name}{part.name}" if across else part.name)
    return DescentRow(
        event.id,
        event.occurred,
        event.kind,
        _names(sides[PartRole.BEFORE]),
        _names(sides[PartRole.AFTER]),
        event.document,
        event.note,
        event.planned,
    )


def _names(names: Iterable[str]) -> str:
    return "、".join(names)
