"""What the office itself knows: its own name and telephone, its calendar, its scales, what it has learnt of senders."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Score


class OfficeFact(Record):
    """A fact of the office that papers print: 学校名称, 组织部名称, address, telephone, mailbox, 纪委 contact."""

    __tablename__ = "office_fact"

    key: Mapped[str] = mapped_column(String(64), unique=True)
    value: Mapped[str]


class CalendarDay(Record):
    """A day that is other than its weekday says: a holiday, or 调休."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(unique=True)
    works: Mapped[bool]
    name: Mapped[str] = mapped_column(default="")


class AppraisalScale(Record):
    """The scale of one kind of appraisal in one year."""

    __tablename__ = "appraisal_scale"
    __table_args__ = (UniqueConstraint("kind", "year"),)

    kind: Mapped[str] = mapped_column(String(24))
    year: Mapped[int]
    maximum: Mapped[Decimal | None] = mapped_column(Score)
    bands: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """[grade, least percentage as text], the best first; [] when grades are given without points"""
    shares: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    """[grade, greatest percentage of a unit's branches as text]"""
    note: Mapped[str] = mapped_column(default="")


class LearnedAnswer(Record):
    """What a unit means by a text in a field, once somebody has said so.

    Others mean it, too, until something else is said of theirs; `sender_unit_id` None: nobody knew whose it was.
    """

    __tablename__ = "learned_answer"
    __table_args__ = (Index(None, "list_key", "field", "text"),)

    list_key: Mapped[str] = mapped_column(String(32))
    field: Mapped[str] = mapped_column(String(64))
    sender_unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    text: Mapped[str]
    value: Mapped[str]


class LearnedMapping(Record):
    """How the columns of a layout were matched when somebody confirmed them."""

    __tablename__ = "learned_mapping"
    __table_args__ = (UniqueConstraint("layout", "sender"),)

    layout: Mapped[str] = mapped_column(String(64))
    """the digest of the sheet's headings"""
    sender: Mapped[str] = mapped_column(default="")
    list_key: Mapped[str] = mapped_column(String(32))
    header_row: Mapped[int]
    columns: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """field key → column number"""
