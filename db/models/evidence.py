"""What conditions look at: appraisals, honours and incidents of a unit or a branch.

`unit_id` is always there; `branch_id` is None where the unit itself is meant.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Score, Word
from db.vocabulary import AppraisalSubject, HolderKind


class Appraisal(Record):
    """考核评价: the grade of one year, from the scale of that year."""

    __tablename__ = "appraisal"
    __table_args__ = (
        Index("uq_appraisal_branch", "branch_id", "year", "kind", unique=True),
        Index(
            "uq_appraisal_unit",
            "unit_id",
            "year",
            "kind",
            unique=True,
            sqlite_where=text("branch_id IS NULL"),
        ),
        Index(None, "unit_id", "year", "kind"),
        Index(None, "year"),
    )

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"))
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"))
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(24))
    grade: Mapped[str | None] = mapped_column(String(24))
    score: Mapped[Decimal | None] = mapped_column(Score)
    rank: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")
    subject: Mapped[AppraisalSubject | None] = mapped_column(Word(AppraisalSubject))
    secretary: Mapped[str | None]
    """whose work was appraised"""
    maximum: Mapped[Decimal | None] = mapped_column(Score)
    """what its points are out of, where that is not the scale's"""
    items: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    """突出考核项: name, points and maximum as text"""
    held_on: Mapped[str | None] = mapped_column(String(10))
    reported: Mapped[bool | None]
    """False: appraised, its grade not yet reported"""


class Honour(Record):
    """表彰、荣誉."""

    __tablename__ = "honour"

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"), index=True)
    holder: Mapped[HolderKind] = mapped_column(Word(HolderKind))
    holder_name: Mapped[str] = mapped_column(default="")
    title: Mapped[str]
    level: Mapped[str] = mapped_column(String(24))
    awarded: Mapped[str] = mapped_column(String(10))
    authority: Mapped[str] = mapped_column(default="")
    document: Mapped[str] = mapped_column(default="")
    party: Mapped[bool | None]
    """党内荣誉; None when nobody said"""
    note: Mapped[str] = mapped_column(default="")


class Incident(Record):
    """负面情形: what a veto clause looks at."""

    __tablename__ = "incident"

    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"), index=True)
    occurred: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(24))
    description: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    recorded_by: Mapped[str | None]
