"""The registry: units, branches, people and their posts.

Partial dates are text YYYY[-MM[-DD]]; kinds and roles are the stored values of the list declarations.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Word
from db.vocabulary import EndReason

BODY = "(unit_id IS NULL) <> (branch_id IS NULL)"
"""A post or fact belongs to exactly one body: a unit or a branch."""


class Unit(Record):
    """院级党组织: a 党委, 党总支 (perhaps below a 党委) or 直属党支部, which is unit and branch at once."""

    __tablename__ = "unit"

    order_no: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(String(24), default="")
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    founded: Mapped[str | None] = mapped_column(String(10))
    dissolved: Mapped[str | None] = mapped_column(String(10))
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sort_key: Mapped[str] = mapped_column(default="", index=True)


class Branch(Record):
    """党支部."""

    __tablename__ = "branch"
    __table_args__ = (
        Index(None, "unit_id", "name", unique=True),
        Index(None, "sort_key"),
        Index(None, "kind", "dissolved"),
        Index("ix_branch_members", "unit_id", "dissolved", "full_members", "probationary_members"),
    )

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    code: Mapped[str | None] = mapped_column(String(40), unique=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(24))
    founded: Mapped[str | None] = mapped_column(String(10))
    dissolved: Mapped[str | None] = mapped_column(String(10))
    full_members: Mapped[int | None]
    probationary_members: Mapped[int | None]
    members_on: Mapped[str | None] = mapped_column(String(10))
    """the day on which the members were counted"""
    planned_end: Mapped[str | None] = mapped_column(String(10))
    """a planned merger, or the month in which its students graduate"""
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sort_key: Mapped[str] = mapped_column(default="")
    planned_reason: Mapped[EndReason | None] = mapped_column(Word(EndReason))


class Person(Record):
    """Somebody who holds a post, reviews, or holds an honour."""

    __tablename__ = "person"
    __table_args__ = (Index(None, "name"),)

    name: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    sort_key: Mapped[str] = mapped_column(default="")


class Post(Record):
    """A person's office in a unit or branch, from a date to a date."""

    __tablename__ = "post"
    __table_args__ = (CheckConstraint(BODY, name="one_body"),)

    person_id: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"), index=True)
    role: Mapped[str] = mapped_column(String(24))
    since: Mapped[str | None] = mapped_column(String(10))
    until: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(default="")
    double_leader: Mapped[bool | None]
    """双带头人; None when nobody said"""


class Alias(Record):
    """Another name that a sender used and somebody confirmed."""

    __tablename__ = "alias"
    __table_args__ = (CheckConstraint(BODY, name="one_body"), Index(None, "text"))

    text: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"), index=True)
