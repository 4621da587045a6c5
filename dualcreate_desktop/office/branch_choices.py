"""Which branches a form offers.

One rule: what begins now (an application, a merger) is offered the branches that stand; what is told of the past (grades,
honours, incidents) also those that are no more, after the others and with the time of their end.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Branch, Unit
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate

Choices = tuple[tuple[str, str], ...]
"""(id, name) of branches, by name."""


def standing_branches(office: Office, unit_id: object) -> Choices:
    """Those of a unit that stand; none without a unit."""
    return tuple((key, name) for key, name, end in _of_unit(office, unit_id) if end is None)


def branches_ever(office: Office, unit_id: object) -> Choices:
    """All that a unit has or had; none without a unit."""
    found = _of_unit(office, unit_id)
    gone = ((key, f"{name}{_ended(end)}") for key, name, end in found if end is not None)
    return (*((key, name) for key, name, end in found if end is None), *gone)


def endings(session: Session) -> dict[str, str]:
    """What stands after the names of the units and branches that are no more: （2024年1月撤销）."""
    return {
        key: _ended(end)
        for table in (Unit, Branch)
        for key, end in session.execute(select(table.id, table.dissolved))
        if end is not None
    }


def _of_unit(office: Office, unit_id: object) -> list[tuple[str, str, str | None]]:
    wanted = (
        select(Branch.id, Branch.name, Branch.dissolved)
        .where(Branch.unit_id == unit_id)
        .order_by(Branch.sort_key)
    )
    with office.read() as session:
        return [(key, name, end) for key, name, end in session.execute(wanted)]


def _ended(day: str) -> str:
    return f"（{PartialDate.parse(day).chinese}撤销）"
