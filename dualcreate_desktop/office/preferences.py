"""推荐顺序: in which order a unit recommends its applications of a category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.models import Application, Unit
from db.vocabulary import ApplicationState
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.store import Changed, Office


@dataclass(frozen=True, slots=True)
class Ordered:
    """The standing applications of a unit in one category, first recommended first."""

    category: str
    name: str
    rows: tuple[ApplicationRow, ...]


def orders(session: Session, current: Rules, unit_id: str) -> tuple[Ordered, ...]:
    """The order of preference in each category in which the unit applies."""
    own = [
        row
        for row in applications(session, current.round_id)
        if row.unit_id == unit_id and row.state is not ApplicationState.WITHDRAWN
    ]
    found = (
        Ordered(category.key, category.short_name, tuple(row for row in own if row.category == category.key))
        for category in current.notice.categories
    )
    return tuple(order for order in found if order.rows)


def reorder(office: Office, unit_id: str, wanted: Sequence[str]) -> Changed | None:
    """Number applications of one unit and category in this order, as one change; None when they stand so already.

    Raises:
        NotAllowed: they are not all standing applications of one category of that unit.
        StaleData: the unit is gone, or has another application in the category by now.
    """
    with office.read() as session:
        unit = session.get(Unit, unit_id)
        if unit is None:
            raise StaleData("这个院级党组织已被删除", todo="请刷新列表。")
        title = f"调整推荐顺序 {unit.name}"
    with office.change(title) as session:
        found = {
            record.id: record
            for record in session.scalars(select(Application).where(Application.id.in_(wanted)))
        }
        kinds = {(record.round_id, record.unit_id, record.category) for record in found.values()}
        if len(found) != len(wanted) or len(kinds) != 1 or {key for _, key, _ in kinds} != {unit_id}:
            raise NotAllowed("推荐顺序须是同一单位、同一类别的申报", todo="请刷新后再排。")
        ((round_id, _, category),) = kinds
        standing = session.scalars(
            select(Application.id).where(
                Application.round_id == round_id,
                Application.unit_id == unit_id,
                Application.category == category,
                Application.state != ApplicationState.WITHDRAWN,
            )
        )
        if set(standing) != set(wanted):
            raise StaleData("这个单位的申报刚刚有增减", todo="请重新打开后再排。")
        for place, key in enumerate(wanted, 1):
            if found[key].preference != place:
                found[key].preference = place
    return session.changed
