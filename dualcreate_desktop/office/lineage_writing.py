"""Putting the outcome of an order into the store: branches, their other names, and the event of their lineage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select

from db.history import Writer
from db.models import Alias, Branch, LineageEvent, LineagePart, Post
from db.pinyin import sort_key
from db.vocabulary import EndReason, LineageKind, PartRole
from dualcreate_desktop.office.people import SECRETARY, Appointment, Body, appoint
from dualcreate_desktop.office.reorganising import Order, Outcome, Standing


def write_outcome(session: Writer, outcome: Outcome, *, today: str) -> str:
    """Write what an order came to; returns the id of the event."""
    order = outcome.order
    if order.planned:
        _announce(session, outcome)
        return _tell(session, outcome, made_ids=False)
    members = _members(session, outcome)
    _fulfil_plans(session, outcome)
    _end(session, outcome)
    for branch in outcome.after:
        _free_name(session, branch)
        if branch.id in outcome.made:
            _add(session, branch, members if order.kind is LineageKind.MERGED else {})
        else:
            _go_on(session, branch, members if order.kind is LineageKind.MERGED else {})
        session.flush()
    event_id = _tell(session, outcome)
    if order.secretary.strip():
        bodies = (Body(branch.unit_id, branch.id) for branch in outcome.after)
        named = (Appointment(body, SECRETARY, order.secretary.strip(), str(order.on)) for body in bodies)
        appoint(session, named, today=today)
    return event_id


def _announce(session: Writer, outcome: Outcome) -> None:
    """A planned merger, split or dissolution stands on the branches that it will end."""
    for branch in outcome.ended:
        record = session.get_one(Branch, branch.id)
        record.planned_end, record.planned_reason = str(outcome.order.on), EndReason.MERGER


def take_plan_back(session: Writer, event: LineageEvent) -> None:
    """A plan leaves the lineage, and its branches are no longer marked to end by it."""
    parts = session.scalars(select(LineagePart).where(LineagePart.event_id == event.id)).all()
    for part in parts:
        branch = session.get(Branch, part.branch_id) if part.branch_id else None
        announced = branch is not None and branch.planned_end == event.occurred
        if branch is not None and announced and branch.planned_reason is EndReason.MERGER:
            branch.planned_end = branch.planned_reason = None
        session.delete(part)
    session.flush()
    session.delete(event)


def _fulfil_plans(session: Writer, outcome: Outcome) -> None:
    """A plan of the same kind that speaks of the branches that end is carried out with this order."""
    ended = [branch.id for branch in outcome.ended]
    plans = (
        select(LineageEvent)
        .join(LineagePart, LineagePart.event_id == LineageEvent.id)
        .where(
            LineageEvent.planned.is_(True),
            LineageEvent.kind == outcome.order.kind,
            LineagePart.role == PartRole.BEFORE,
            LineagePart.branch_id.in_(ended),
        )
    )
    for event in session.scalars(plans).unique().all():
        take_plan_back(session, event)


def _end(session: Writer, outcome: Outcome) -> None:
    on = str(outcome.order.on)
    ended = [branch.id for branch in outcome.ended]
    for key in ended:
        session.get_one(Branch, key).dissolved = on
    held = select(Post).where(Post.branch_id.in_(ended), Post.until.is_(None))
    for post in session.scalars(held):
        post.until = on


def _free_name(session: Writer, branch: Standing) -> None:
    """A branch that is no more hands its name on; its lineage remembers it. An alias must not mean two branches."""
    namesakes = select(Branch).where(
        Branch.unit_id == branch.unit_id, Branch.name == branch.name, Branch.id != branch.id
    )
    for former in session.scalars(namesakes).all():
        former.name = _distinct(session, f"{former.name}（{former.dissolved}撤销）", former.unit_id)
        former.sort_key = sort_key(former.name)
    aliases = select(Alias).join(Branch, Alias.branch_id == Branch.id)
    for alias in session.scalars(aliases.where(Alias.text == branch.name, Branch.unit_id == branch.unit_id)):
        session.delete(alias)
    session.flush()


def _distinct(session: Writer, name: str, unit_id: str) -> str:
    taken = set(session.scalars(select(Branch.name).where(Branch.unit_id == unit_id)))
    numbered = (f"{name}{number}" for number in range(2, len(taken) + 3))
    return name if name not in taken else next(each for each in numbered if each not in taken)


def _members(session: Writer, outcome: Outcome) -> Mapping[str, int]:
    """How many members the branches before had together; nothing where one of them does not say."""
    records = [session.get_one(Branch, branch.id) for branch in outcome.before]
    result = {}
    for column in ("full_members", "probationary_members"):
        counts = [getattr(record, column) for record in records]
        if counts and None not in counts:
            result[column] = sum(counts)
    return result


def _add(session: Writer, branch: Standing, members: Mapping[str, int]) -> None:
    session.add(
        Branch(
            id=branch.id,
            unit_id=branch.unit_id,
            name=branch.name,
            kind=branch.kind,
            founded=str(branch.founded) if branch.founded else None,
            sort_key=sort_key(branch.name),
            **members,
        )
    )


def _go_on(session: Writer, branch: Standing, members: Mapping[str, int]) -> None:
    record = session.get_one(Branch, branch.id)
    if record.name != branch.name:
        session.add(Alias(text=record.name, branch_id=branch.id))
        record.name, record.sort_key = branch.name, sort_key(branch.name)
    if record.unit_id != branch.unit_id:
        record.unit_id = branch.unit_id
    if record.kind != branch.kind:
        record.kind = branch.kind
    for column, number in members.items():
        setattr(record, column, number)


def _tell(session: Writer, outcome: Outcome, *, made_ids: bool = True) -> str:
    """The event and its parts; a branch that is only planned has no id yet."""
    order: Order = outcome.order
    (event_id,) = session.record_new(
        LineageEvent,
        [
            {
                "kind": order.kind,
                "occurred": str(order.on),
                "planned": order.planned,
                "document": order.document,
                "note": order.note,
            }
        ],
    )
    unknown = frozenset() if made_ids else outcome.made
    parts = [*_parts(PartRole.BEFORE, outcome.before), *_parts(PartRole.AFTER, outcome.after, unknown)]
    session.record_new(LineagePart, [{**part, "event_id": event_id} for part in parts])
    return event_id


def _parts(
    role: PartRole, branches: Sequence[Standing], unknown: Iterable[str] = ()
) -> Iterable[dict[str, object]]:
    for branch in branches:
        yield {
            "role": role,
            "branch_id": None if branch.id in unknown else branch.id,
            "unit_id": branch.unit_id,
            "name": branch.name,
            "unit_name": branch.unit_name,
        }
