"""Units and branches are written as their lists say them, many at a time, with those who lead them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from db.history import Writer
from db.models import Branch, Record, Unit
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.lists import BRANCHES, UNITS
from dualcreate_desktop.office import records
from dualcreate_desktop.office.people import CONTACT, SECRETARY, Appointment, Body, appoint
from dualcreate_desktop.office.records import Value

Values = Mapping[str, Value]
Extra = Mapping[str, str]
NO_EXTRAS: Mapping[str, Extra] = {}

BodyT = TypeVar("BodyT", Unit, Branch)


def insert_units(
    session: Writer, rows: Sequence[Values], *, today: str, extras: Sequence[Extra] = ()
) -> list[str]:
    """Add units through the bulk door, with their secretaries and contacts.

    Args:
        extras: of each row, heading → text of what its list says beyond the fields; none when left out.
    """
    ids = session.record_new(Unit, _new(UNITS, Unit, rows, extras))
    posts = (_posts(Body(key), row) for key, row in zip(ids, rows, strict=True))
    appoint(session, chain.from_iterable(posts), today=today)
    return ids


def insert_branches(
    session: Writer, rows: Sequence[Values], *, today: str, extras: Sequence[Extra] = ()
) -> list[str]:
    """Add branches through the bulk door, with their secretaries; `extras` as for units."""
    ids = session.record_new(Branch, _new(BRANCHES, Branch, rows, extras))
    posts = (_posts(Body(str(row["unit"]), key), row) for key, row in zip(ids, rows, strict=True))
    appoint(session, chain.from_iterable(posts), today=today)
    return ids


def update_units(
    session: Writer, rows: Mapping[str, Values], *, today: str, extras: Mapping[str, Extra] = NO_EXTRAS
) -> None:
    """Write the given values of units, by id; keys that are not given stay, in `extras` too."""
    units = _updated(session, UNITS, Unit, rows, extras)
    posts = (_posts(Body(unit.id), rows[unit.id]) for unit in units)
    appoint(session, chain.from_iterable(posts), today=today)


def update_branches(
    session: Writer, rows: Mapping[str, Values], *, today: str, extras: Mapping[str, Extra] = NO_EXTRAS
) -> None:
    """Write the given values of branches, by id; keys that are not given stay, in `extras` too."""
    branches = _updated(session, BRANCHES, Branch, rows, extras)
    posts = (_posts(Body(branch.unit_id, branch.id), rows[branch.id]) for branch in branches)
    appoint(session, chain.from_iterable(posts), today=today)


def _new(
    kind: ListKind, model: type[Record], rows: Sequence[Values], extras: Sequence[Extra]
) -> list[dict[str, Any]]:
    columns = [records.to_columns(kind, model, row) for row in rows]
    for row, extra in zip(columns, extras, strict=bool(extras)):
        row["extra"] = extra
    return columns


def _updated(
    session: Writer,
    kind: ListKind,
    model: type[BodyT],
    rows: Mapping[str, Values],
    extras: Mapping[str, Extra],
) -> list[BodyT]:
    stored = records.stored(session, model, rows)
    for record in stored:
        columns = records.to_columns(kind, model, rows[record.id])
        records.assign(record, {**columns, "extra": {**record.extra, **extras.get(record.id, {})}})
    return stored


def _posts(body: Body, values: Mapping[str, Value]) -> list[Appointment]:
    """Who is named for a post, or that nobody is; a list that says nothing of a post has no key for it."""
    since = values.get("secretary_since")
    return [
        Appointment(body, role, str(values[role] or ""), str(since) if since and role == SECRETARY else None)
        for role in (SECRETARY, CONTACT)
        if role in values
    ]
