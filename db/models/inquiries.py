"""部门联审 and what else a round asks beside its materials: guides answered, obligations exempted."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Word
from db.vocabulary import GuideOccasion, Reply


class Inquiry(Record):
    """征求意见函: one letter to one department; its applications are those of its replies."""

    __tablename__ = "inquiry"

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"), index=True)
    department: Mapped[str] = mapped_column(String(64))
    """its key in the rules"""
    document: Mapped[str] = mapped_column(default="")
    issued: Mapped[date | None]
    due: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class InquiryReply(Record):
    """What a department said of one application that its letter named."""

    __tablename__ = "inquiry_reply"
    __table_args__ = (UniqueConstraint("inquiry_id", "application_id"),)

    inquiry_id: Mapped[str] = mapped_column(ForeignKey("inquiry.id"))
    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"), index=True)
    answer: Mapped[Reply] = mapped_column(Word(Reply), default=Reply.SILENT)
    text: Mapped[str] = mapped_column(default="")
    document: Mapped[str] = mapped_column(default="")
    replied_on: Mapped[date | None]


class GuideAnswer(Record):
    """重点任务指南: whether one item of a guide is met, on one occasion; met is None when not yet said."""

    __tablename__ = "guide_answer"
    __table_args__ = (UniqueConstraint("application_id", "occasion", "guide", "item"),)

    application_id: Mapped[str] = mapped_column(ForeignKey("application.id"))
    guide: Mapped[str] = mapped_column(String(64))
    item: Mapped[str] = mapped_column(String(64))
    occasion: Mapped[GuideOccasion] = mapped_column(Word(GuideOccasion))
    met: Mapped[bool | None]
    text: Mapped[str] = mapped_column(default="")


class Exemption(Record):
    """A unit that need not apply in a category of a round, and why."""

    __tablename__ = "exemption"
    __table_args__ = (UniqueConstraint("round_id", "unit_id", "category"),)

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    category: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str]
    by: Mapped[str]


class QuotaGrant(Record):
    """How many applications the office grants a unit in a category of a round, in the place of its quota."""

    __tablename__ = "quota_grant"
    __table_args__ = (UniqueConstraint("round_id", "unit_id", "category"),)

    round_id: Mapped[str] = mapped_column(ForeignKey("round.id"))
    unit_id: Mapped[str] = mapped_column(ForeignKey("unit.id"), index=True)
    category: Mapped[str] = mapped_column(String(64))
    allowed: Mapped[int]
    reason: Mapped[str]
    by: Mapped[str]
