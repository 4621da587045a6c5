"""Between a list's fields and a table's columns.

A field's key names its column, except for references: unit → unit_id. What is stored elsewhere (a secretary is a
post) is not in the mapping; the desk of that list writes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.models import Record
from db.pinyin import sort_key
from db.types import Word
from db.vocabulary import Labelled
from dualcreate_desktop.fields import Field, FieldType, ListKind
from dualcreate_desktop.intake import values
from dualcreate_desktop.rules.dates import PartialDate

Value = values.Value | None
"""A typed value of a field; None when it is empty."""

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class Form:
    """A record as a form edits it: its values by field key and the revision that was read.

    Args:
        record_id: None for a record that is to be added.
    """

    record_id: str | None
    revision: str
    values: Mapping[str, Value]


NEW = Form(record_id=None, revision="", values={})
"""The empty form of a record that is to be added."""

PIECE = 1_000
"""Ids asked for at once; SQLite takes 32,766 at most."""

REFERENCES: Mapping[str, str] = {"unit": "unit_id", "branch": "branch_id", "parent": "parent_id"}


def column_of(field: Field) -> str:
    """The column in which a field of that key is stored."""
    return REFERENCES.get(field.key, field.key)


def to_columns(kind: ListKind, model: type[Record], row: Mapping[str, Value]) -> dict[str, Any]:
    """The columns of `model` for the values of a row; keys that are stored elsewhere are left out.

    An empty text column is '' and not NULL; a name brings its sort key along.
    """
    nullable = _nullable(model)
    result: dict[str, Any] = {}
    for field in kind.fields:
        name = column_of(field)
        if field.key in row and name in nullable:
            value = row[field.key]
            result[name] = "" if value is None and not nullable[name] else _stored(model, name, value)
    if "name" in result and "sort_key" in nullable:
        result["sort_key"] = sort_key(result["name"])
    return result


def from_record(kind: ListKind, record: Record) -> dict[str, Value]:
    """The values of a list's fields as a record holds them; '' counts as empty."""
    columns = _nullable(type(record))
    return {
        field.key: _loaded(field, getattr(record, column_of(field)))
        for field in kind.fields
        if column_of(field) in columns
    }


@lru_cache
def _nullable(model: type[Record]) -> Mapping[str, bool]:
    """Column → whether it may be NULL: asking the mapper is slow, and rosters are long."""
    return {name: bool(column.nullable) for name, column in inspect(model).columns.items()}


@lru_cache
def _words(model: type[Record]) -> Mapping[str, type[Labelled]]:
    """Column → its vocabulary, of the columns that hold a word of one."""
    columns = inspect(model).columns.items()
    return {name: column.type.words for name, column in columns if isinstance(column.type, Word)}


def stored(session: Session, model: type[RecordT], ids: Iterable[str]) -> list[RecordT]:
    """The records of these ids, read many at a time; what is gone is left out."""
    wanted = list(ids)
    pieces = (wanted[start : start + PIECE] for start in range(0, len(wanted), PIECE))
    return [
        record for piece in pieces for record in session.scalars(select(model).where(model.id.in_(piece)))
    ]


@lru_cache(maxsize=4_096)
def partial(text: str | None) -> PartialDate | None:
    """A stored partial date."""
    return None if not text else PartialDate.parse(text)


def assign(record: Record, columns: Mapping[str, Any]) -> None:
    """Set the columns that differ, so that an unchanged record stays unchanged."""
    for name, value in columns.items():
        if getattr(record, name) != value:
            setattr(record, name, value)


def check_required(fields: Iterable[Field], form: Form) -> None:
    """Refuse a form in which a required value is missing; NotAllowed names it."""
    for field in fields:
        if field.required and form.values.get(field.key) in (None, ""):
            raise NotAllowed(f"“{field.label}”没有填写", todo="请补填后再保存。")


def revision_of(record: Record, *others: Record) -> str:
    """What a form was read from: the revision of its record, and of others that it shows a part of."""
    return " ".join(each.revision for each in (record, *others))


def check_revision(record: Record | None, form: Form, what: str, *others: Record) -> None:
    """Refuse a form whose record, or one of `others`, was changed or deleted since it was read; StaleData.

    Args:
        what: the record in a sentence, 这个党支部.
    """
    if record is None:
        raise StaleData(f"{what}已被删除", todo="请刷新列表。")
    if revision_of(record, *others) != form.revision:
        name = getattr(record, "name", "")
        raise StaleData(
            f"{what}在您填写期间被修改过",
            where=name,
            todo="请重新打开后再改，您刚才的修改没有保存。",
        )


def label_of(field: Field, value: object) -> str:
    """What the office calls a stored choice; the value itself when it is none of the choices."""
    return next(
        (choice.label for choice in field.choices if choice.value == value),
        "" if value is None else str(value),
    )


def _stored(model: type[Record], column: str, value: Value) -> Any:
    if isinstance(value, PartialDate):
        return str(value)
    words = _words(model).get(column)
    return words.of(value) if words is not None and isinstance(value, str) else value


def _loaded(field: Field, value: Any) -> Value:
    if field.type is FieldType.PARTIAL_DATE:
        return partial(value)
    if isinstance(value, Labelled):
        return value.value
    return None if value == "" else value
