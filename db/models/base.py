"""What every table shares: naming, a client-made identity and the revision that undo compares."""

from __future__ import annotations

from uuid import uuid4

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> str:
    """A fresh identity, 32 hexadecimal digits, made here so that stores of several PCs can be merged."""
    return uuid4().hex


class Base(DeclarativeBase):
    """The declarative base of every table."""

    metadata = MetaData(naming_convention=NAMING)


class Record(Base):
    """A row that is written only inside `change()`.

    `revision` is the id of the change whose content stands in the row; undo puts the earlier one back.
    """

    __abstract__ = True

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    revision: Mapped[str] = mapped_column(String(32), default="")
