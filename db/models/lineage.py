"""沿革: how branches came to be, changed their names, merged, split and ended."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Record
from db.types import Word
from db.vocabulary import LineageKind, PartRole


class LineageEvent(Record):
    """One thing that happened to one or several branches; who they were stands in its parts."""

    __tablename__ = "lineage_event"

    kind: Mapped[LineageKind] = mapped_column(Word(LineageKind))
    occurred: Mapped[str] = mapped_column(String(10))
    planned: Mapped[bool] = mapped_column(default=False)
    """announced, not yet done"""
    document: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")


class LineagePart(Record):
    """A branch before or after an event, with the names that it and its unit bore then.

    `branch_id` is None for a branch that never stood in this store.
    """

    __tablename__ = "lineage_part"
    __table_args__ = (Index(None, "event_id", "role"),)

    event_id: Mapped[str] = mapped_column(ForeignKey("lineage_event.id"))
    role: Mapped[PartRole] = mapped_column(Word(PartRole))
    branch_id: Mapped[str | None] = mapped_column(ForeignKey("branch.id"), index=True)
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str]
    unit_name: Mapped[str] = mapped_column(default="")
