"""The journal (操作记录) and what is stored beside it: settings, which are not changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base
from db.types import Word
from db.vocabulary import Door


class Change(Base):
    """One user action: who, when, what it was called; its rows are the entries."""

    __tablename__ = "change"

    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    pc: Mapped[str]
    door: Mapped[Door] = mapped_column(Word(Door))
    title: Mapped[str]
    undoes: Mapped[str | None] = mapped_column(String(32))
    """the id of the change that this one takes back"""


class ChangeEntry(Base):
    """One touched row of a change, as stored before and after; None where it did not exist."""

    __tablename__ = "change_entry"
    __table_args__ = (Index(None, "table_name", "row_id"), Index(None, "change_id", "table_name"))

    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    change_id: Mapped[str] = mapped_column(ForeignKey("change.id"))
    table_name: Mapped[str]
    row_id: Mapped[str] = mapped_column(String(32))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Setting(Base):
    """A remembered choice of this store that is no fact of the office, for example the round last shown."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
