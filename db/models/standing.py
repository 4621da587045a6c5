"""What else is known of a unit or branch: debarments, earlier batches, staff, new members, topics."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Word
from db.vocabulary import EarlierOutcome


class Debarment(Record):
    """取消资格: until when a unit or branch may not apply; for eligibility only, never in a general list."""

    __tablename__ = "debarment"

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"), index=True)
    since: Mapped[str] = mapped_column(String(10))
    until: Mapped[str | None] = mapped_column(String(10))
    """its last day; None until it is lifted"""
    reason: Mapped[str]
    document: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str]


class EarlierResult(Record):
    """以往批次结果: what became of a unit or branch in a batch that this store does not hold."""

    __tablename__ = "earlier_result"
    __table_args__ = (
        Index("uq_earlier_result_branch", "branch_id", "batch", "level", "category", unique=True),
        Index(
            "uq_earlier_result_unit",
            "unit_id",
            "batch",
            "level",
            "category",
            unique=True,
            sqlite_where=text("branch_id IS NULL"),
        ),
        Index(None, "unit_id"),
    )

    batch: Mapped[str]
    """as the office calls it: 第一批"""
    level: Mapped[str] = mapped_column(String(24))
    category: Mapped[str] = mapped_column(String(64))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"))
    result: Mapped[EarlierOutcome] = mapped_column(Word(EarlierOutcome))
    decided: Mapped[str | None] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(default="")
    document: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class Staffing(Record):
    """应配/实配: how many of a role a unit should have and has in a year."""

    __tablename__ = "staffing"
    __table_args__ = (UniqueConstraint("unit_id", "year", "role"),)

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    role: Mapped[str] = mapped_column(String(24))
    required: Mapped[int | None]
    actual: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class Growth(Record):
    """发展党员: how many new members of one measure a unit or branch had in a year."""

    __tablename__ = "growth"
    __table_args__ = (
        Index("uq_growth_branch", "branch_id", "year", "measure", unique=True),
        Index(
            "uq_growth_unit",
            "unit_id",
            "year",
            "measure",
            unique=True,
            sqlite_where=text("branch_id IS NULL"),
        ),
        Index(None, "unit_id"),
    )

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"))
    year: Mapped[int]
    measure: Mapped[str] = mapped_column(String(24))
    number: Mapped[int]


class Topic(Record):
    """党建课题 or 创新项目."""

    __tablename__ = "topic"

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    title: Mapped[str]
    level: Mapped[str] = mapped_column(String(24))
    number: Mapped[str] = mapped_column(default="")
    """课题编号"""
    leader: Mapped[str] = mapped_column(default="")
    started: Mapped[str | None] = mapped_column(String(10))
    ended: Mapped[str | None] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(default="")
