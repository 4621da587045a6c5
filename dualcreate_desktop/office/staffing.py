"""应配/实配: how many 党支部书记, 专职组织员 and 辅导员 each unit should have and has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Branch, Post, Staffing, Unit
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.lists import STAFFING
from dualcreate_desktop.office import records, registry
from dualcreate_desktop.office.people import SECRETARY
from dualcreate_desktop.office.store import Changed, Office

TEACHER = "teacher"
"""The kind of branch whose secretary is to be a 双带头人."""


@dataclass(frozen=True, slots=True)
class Strength:
    """One role of a unit in a year; None where nobody said."""

    required: int | None
    actual: int | None

    @property
    def short(self) -> int | None:
        """How many are missing; None when it is not known."""
        if self.required is None or self.actual is None:
            return None
        return max(self.required - self.actual, 0)


@dataclass(frozen=True, slots=True)
class StaffingRow:
    """A unit in a year: by role what it should have and has; `short` is None when nothing is known."""

    unit_id: str
    unit: str
    year: int
    posts: Mapping[str, Strength]

    @property
    def id(self) -> str:
        """What the row is of, for a list that keeps it selected."""
        return self.unit_id

    @property
    def short(self) -> int | None:
        """How many people are missing over all roles that are known."""
        known = [post.short for post in self.posts.values() if post.short is not None]
        return sum(known) if known else None

    def told(self, role: str) -> str:
        """应配 3 / 实配 2; empty when nobody said."""
        post = self.posts.get(role)
        if post is None:
            return ""
        return " / ".join("—" if number is None else str(number) for number in (post.required, post.actual))

    @property
    def secretary(self) -> str:
        """党支部书记, 应配 / 实配."""
        return self.told("secretary")

    @property
    def organiser(self) -> str:
        """专职组织员, likewise."""
        return self.told("organiser")

    @property
    def counsellor(self) -> str:
        """辅导员, likewise."""
        return self.told("counsellor")


@dataclass(frozen=True, slots=True)
class UnitStrength:
    """The people of one unit.

    Args:
        staffing: of the newest year that is recorded; None while there is none.
        leaders: how many secretaries of its teacher branches are 双带头人; `branches` is how many such branches stand.
    """

    staffing: StaffingRow | None
    leaders: int
    branches: int


STAFFING_COLUMNS = (
    Column("unit", "院级党组织", 24, sortable=False),
    Column("year", "年度", 8, sortable=False, hidden=True),
    *(
        Column(role.value, f"{role.label.removeprefix('党')}应配/实配", 18, Align.RIGHT, sortable=False)
        for role in STAFFING.field("role").choices
    ),
    Column("short", "缺额", 8, Align.RIGHT, sortable=False),
)


def years(office: Office) -> tuple[int, ...]:
    """The years of which something is recorded, the newest first."""
    with office.read() as session:
        return tuple(session.scalars(select(Staffing.year).distinct().order_by(Staffing.year.desc())))


def staffing(office: Office, year: int | None = None) -> tuple[StaffingRow, ...]:
    """Every unit in its order; of the newest recorded year when none is given."""
    with office.read() as session:
        wanted = year or session.scalar(select(func.max(Staffing.year))) or office.clock().year
        return _rows(session, wanted)


def _rows(session: Session, year: int, *of_unit: ColumnElement[bool]) -> tuple[StaffingRow, ...]:
    """The units that are wanted, all of them unless it is said which."""
    posts: dict[str, dict[str, Strength]] = {}
    for item in session.scalars(select(Staffing).where(Staffing.year == year)):
        posts.setdefault(item.unit_id, {})[item.role] = Strength(item.required, item.actual)
    return tuple(
        StaffingRow(unit.id, unit.short_name or unit.name, year, posts.get(unit.id, {}))
        for unit in registry.UNIT_LISTING.all(session, *of_unit)
    )


def strength(office: Office, unit_id: str) -> UnitStrength:
    """The people of one unit, for its card."""
    with office.read() as session:
        newest = session.scalar(select(func.max(Staffing.year)).where(Staffing.unit_id == unit_id))
        teaching = select(Branch.id).where(
            Branch.unit_id == unit_id, Branch.dissolved.is_(None), Branch.kind == TEACHER
        )
        led = select(func.count(Post.branch_id.distinct())).where(
            Post.branch_id.in_(teaching),
            Post.role == SECRETARY,
            Post.until.is_(None),
            Post.double_leader.is_(True),
        )
        counted = select(func.count()).select_from(teaching.subquery())
        leaders, branches = session.scalar(led) or 0, session.scalar(counted) or 0
        rows = _rows(session, newest, Unit.id == unit_id) if newest is not None else ()
    return UnitStrength(next(iter(rows), None), leaders, branches)


def save_staffing(office: Office, unit_id: str, year: int, posts: Mapping[str, Strength]) -> Changed | None:
    """Write what a unit should have and has in a year, by role, as one change; None when nothing differs.

    Raises:
        NotAllowed: a number is below zero, or the unit is gone.
    """
    for post in posts.values():
        if any(number is not None and number < 0 for number in (post.required, post.actual)):
            raise NotAllowed("人数不能小于零", todo="请改正应配或实配人数。")
    with office.read() as session:
        unit = _unit(session, unit_id)
    with office.change(f"登记人员配备 {unit.name} {year}年") as session:
        same = select(Staffing).where(Staffing.unit_id == unit_id, Staffing.year == year)
        stored = {item.role: item for item in session.scalars(same)}
        for role, post in posts.items():
            columns = {"required": post.required, "actual": post.actual}
            if role in stored:
                records.assign(stored[role], columns)
            elif post != Strength(None, None):
                session.add(Staffing(unit_id=unit_id, year=year, role=role, **columns))
    return session.changed


def _unit(session: Session, unit_id: str) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotAllowed("这个院级党组织已不在名册中", todo="请重新选择院级党组织。")
    return unit
