"""A list of 党支部调整: every row an order, tried on a picture of the branches first, carried out as one change."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Alias, LineageEvent, LineagePart, Unit
from db.vocabulary import LineageKind, PartRole
from dualcreate_desktop.intake import known
from dualcreate_desktop.intake.matching import Matcher
from dualcreate_desktop.intake.plan import Told
from dualcreate_desktop.office.lineage_writing import write_outcome
from dualcreate_desktop.office.misfits import Foretold, Misfit, Settled
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.reorganisation_words import told
from dualcreate_desktop.office.reorganising import Order, Outcome, Scene, scene_of
from dualcreate_desktop.rules.dates import PartialDate

Values = Mapping[str, Value]

_BETWEEN = re.compile(r"[、,，;；/\n]+")
DONE = Told("已实施过", "已经实施过，不再变动")

_JOINING = (LineageKind.MERGED, LineageKind.SPLIT)


def names_in(text: object) -> tuple[str, ...]:
    """The names in a cell that may hold several."""
    return tuple(filter(None, (name.strip() for name in _BETWEEN.split(str(text or "")))))


@dataclass(frozen=True, slots=True)
class Tried:
    """The rows of a list, tried one after the other; each number of a row stands in one of the three.

    Args:
        outcomes: row → what it comes to, in the order in which they must be written.
        settled: row → the event that says it was done already.
        refused: row → why it is impossible.
    """

    outcomes: Mapping[int, Outcome]
    settled: Mapping[int, str]
    refused: Mapping[int, NotAllowed]


def examine(
    session: Session, rows: Mapping[int, Values], today: date
) -> Iterator[Misfit | Settled | Foretold]:
    """What each row will do, what speaks against it, or that it was done already."""
    tried = try_rows(session, rows, today)
    yield from (Foretold(row, told(outcome)) for row, outcome in tried.outcomes.items())
    yield from (Foretold(row, DONE) for row in tried.settled)
    yield from (Settled(row, event_id) for row, event_id in tried.settled.items())
    for row, trouble in tried.refused.items():
        yield Misfit(row, "old", "；".join(filter(None, (trouble.what, trouble.todo.rstrip("。")))))


def insert(session: Writer, rows: Sequence[Values], today: date) -> list[str]:
    """Carry out every row; returns the ids of their events.

    Raises:
        NotAllowed: one of them is impossible.
    """
    tried = try_rows(session, dict(enumerate(rows)), today)
    for trouble in tried.refused.values():
        raise trouble
    written = {
        row: write_outcome(session, outcome, today=f"{today:%Y-%m-%d}")
        for row, outcome in tried.outcomes.items()
    }
    return [(written | dict(tried.settled))[row] for row in range(len(rows))]


def try_rows(session: Session, rows: Mapping[int, Values], today: date) -> Tried:
    """Try the rows on the branches as they are.

    A row may need the name that another one gives up (甲更名为乙, 乙更名为丙), so those refused are tried again
    as long as any other succeeds.
    """
    history = _History(session, {str(values["unit"]) for values in rows.values()})
    settled = {row: event_id for row, values in rows.items() if (event_id := history.event_of(values))}
    orders = {row: values for row, values in rows.items() if row not in settled}
    unit_ids = {str(values["unit"]) for values in orders.values()}
    scene = scene_of(session, unit_ids, (), today)
    names = _Names(session, scene)
    meant = {row: names.meant(values) for row, values in orders.items()}
    outcomes: dict[int, Outcome] = {}
    refused: dict[int, NotAllowed] = {}
    waiting = list(orders)
    while waiting:
        refused = {}
        for row in waiting:
            try:
                before = meant[row] if None not in meant[row] else names.meant(orders[row])
                outcomes[row] = scene.carry_out(_order(scene, names, orders[row], before))
            except NotAllowed as trouble:
                refused[row] = trouble
        if len(refused) == len(waiting):
            break
        waiting = list(refused)
    return Tried(outcomes, settled, refused)


def _order(scene: Scene, names: _Names, values: Values, before: Sequence[str | None]) -> Order:
    texts = names_in(values.get("old"))
    for text, key in zip(texts, before, strict=True):
        if key is None:
            raise NotAllowed(
                f"{scene.units[str(values['unit'])]}的党支部名册中没有“{text}”，或对应不唯一",
                todo="请写明党支部全称。",
            )
    on = values["occurred"]
    kind = LineageKind.of(str(values["kind"]))
    known_before = tuple(key for key in before if key is not None)
    after = names_in(values.get("new"))
    if kind in _JOINING:
        after = tuple(names.own_name(text, str(values["unit"]), known_before) for text in after)
    if not isinstance(on, PartialDate):
        raise NotAllowed("没有写明调整时间", todo="请填写调整的年月。")
    return Order(
        kind,
        str(values["unit"]),
        on,
        known_before,
        after,
        branch_kind=str(values.get("branch_kind") or ""),
        document=str(values.get("document") or ""),
        note=str(values.get("note") or ""),
    )


class _Names:
    """Which branches of a scene the names of a list mean; those that are no more only where no other is meant."""

    def __init__(self, session: Session, scene: Scene) -> None:
        self._scene = scene
        self._units = _units(session)
        self._aliases: dict[str, list[str]] = {}
        for key, text in session.execute(select(Alias.branch_id, Alias.text)):
            if key is not None:
                self._aliases.setdefault(key, []).append(text)

    def meant(self, values: Values) -> tuple[str | None, ...]:
        """The branches before the adjustment of a row; None for a name that means none or several."""
        unit_id = str(values["unit"])
        return tuple(self._one(text, unit_id) for text in names_in(values.get("old")))

    def own_name(self, text: str, unit_id: str, before: Sequence[str]) -> str:
        """The full name where a text means one of the branches before; the text itself otherwise."""
        key = self._one(text, unit_id)
        return self._scene.branches[key].name if key is not None and key in before else text

    def _one(self, text: str, unit_id: str) -> str | None:
        return self._among(text, unit_id, gone=False) or self._among(text, unit_id, gone=True)

    def _among(self, text: str, unit_id: str, *, gone: bool) -> str | None:
        branches = tuple(
            known.Branch(
                branch.id,
                branch.name,
                unit_id,
                aliases=() if gone else tuple(self._aliases.get(branch.id, ())),
            )
            for branch in self._scene.of_unit(unit_id)
            if (branch.dissolved is not None) == gone
        )
        return Matcher(known.Known(self._units, branches)).branch(text, unit_id).id


@dataclass(frozen=True, slots=True)
class _Told:
    """An event of the store with the names of then, as branches that a text can mean."""

    id: str
    kind: LineageKind
    occurred: str
    sides: Mapping[PartRole, tuple[known.Branch, ...]]


class _History:
    """What was done to the branches of some units, to know a row that comes again."""

    def __init__(self, session: Session, unit_ids: Iterable[str]) -> None:
        self._units = _units(session)
        self._told: dict[str, list[_Told]] = {}
        query = (
            select(LineageEvent, LineagePart)
            .join(LineagePart, LineagePart.event_id == LineageEvent.id)
            .where(LineagePart.unit_id.in_(set(unit_ids)), LineageEvent.planned.is_(False))
        )
        events: dict[str, tuple[LineageEvent, list[LineagePart]]] = {}
        for event, part in session.execute(query):
            events.setdefault(event.id, (event, []))[1].append(part)
        for event, parts in events.values():
            told = _Told(
                event.id, event.kind, event.occurred, {role: _side(parts, role) for role in PartRole}
            )
            for unit_id in {part.unit_id for part in parts if part.unit_id}:
                self._told.setdefault(unit_id, []).append(told)

    def event_of(self, values: Values) -> str | None:
        """The event that a row tells of; None when it was not carried out yet."""
        unit_id = str(values["unit"])
        return next(
            (told.id for told in self._told.get(unit_id, ()) if self._tells(told, unit_id, values)), None
        )

    def _tells(self, told: _Told, unit_id: str, values: Values) -> bool:
        if (told.kind.value, told.occurred) != (values.get("kind"), str(values.get("occurred"))):
            return False
        before = self._met(told.sides[PartRole.BEFORE], unit_id, names_in(values.get("old")))
        after = self._met(told.sides[PartRole.AFTER], unit_id, names_in(values.get("new")))
        return before and after

    def _met(self, side: Sequence[known.Branch], unit_id: str, texts: Sequence[str]) -> bool:
        """Whether these texts name these branches; one that others merged into may be left out before."""
        matcher = Matcher(known.Known(self._units, tuple(side)))
        met = {matcher.branch(text, unit_id).id for text in texts}
        return None not in met and len(met) == len(texts) and len(side) - len(met) in (0, int(len(met) > 0))


def _side(parts: Iterable[LineagePart], role: PartRole) -> tuple[known.Branch, ...]:
    return tuple(known.Branch(part.id, part.name, part.unit_id or "") for part in parts if part.role is role)


def _units(session: Session) -> tuple[known.Unit, ...]:
    return tuple(
        known.Unit(unit.id, unit.name, unit.code or "", unit.short_name)
        for unit in session.scalars(select(Unit))
    )
