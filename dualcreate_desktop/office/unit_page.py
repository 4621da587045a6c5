"""One unit in a round: its quota, what it must do and need not, what is missing, its order, staff and guides."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db.errors import NotAllowed
from db.models import Exemption, Unit
from dualcreate_desktop.office import guides, preferences, staffing, units
from dualcreate_desktop.office.guides import RolledUp
from dualcreate_desktop.office.preferences import Ordered
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.staffing import Strength
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.quotas import QuotaLine
from dualcreate_desktop.rules.terms import STAFF


@dataclass(frozen=True, slots=True)
class UnitPage:
    """All that the page of a unit tells.

    Args:
        lines: quota by category: (short name, line).
        exemptions: what it need not send, and why, a sentence each.
        missing: what it still owes, a sentence each.
        posts: 应配/实配 by the name of the role, of the newest recorded year; empty where nobody said.
    """

    unit_id: str
    name: str
    lines: tuple[tuple[str, QuotaLine], ...]
    exemptions: tuple[str, ...]
    missing: tuple[str, ...]
    orders: tuple[Ordered, ...]
    year: int
    posts: tuple[tuple[str, Strength], ...]
    guides: tuple[RolledUp, ...]


def unit_page(office: Office, round_id: str, unit_id: str) -> UnitPage:
    """How a unit stands in a round.

    Raises:
        NotAllowed: the unit is gone.
    """
    standing = units.standings(office, round_id).get(unit_id)
    staff = next((row for row in staffing.staffing(office) if row.unit_id == unit_id), None)
    with office.read() as session:
        unit = session.get(Unit, unit_id)
        if unit is None or standing is None:
            raise NotAllowed("这个院级党组织已不在名册中", todo="请刷新列表。")
        current = rules(session, round_id)
        names = {category.key: category.short_name for category in current.notice.categories}
        lifted = session.scalars(
            select(Exemption).where(Exemption.round_id == round_id, Exemption.unit_id == unit_id)
        )
        exemptions = tuple(
            f"{names.get(item.category, item.category)}：{item.reason}（{item.by}）" for item in lifted
        )
        return UnitPage(
            unit_id,
            unit.name,
            standing.lines,
            exemptions,
            standing.missing,
            preferences.orders(session, current, unit_id),
            staff.year if staff else office.clock().year,
            tuple((STAFF.get(role, role), post) for role, post in staff.posts.items()) if staff else (),
            guides.rolled_up(session, current, unit_id),
        )
