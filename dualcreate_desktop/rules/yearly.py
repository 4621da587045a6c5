"""Last year's rules for this year: every day and every year one later, every key as it was."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from dualcreate_desktop.rules.dates import add_months
from dualcreate_desktop.rules.notice import Notice

_YEARS = frozenset({"year", "last_appraisal_year"})
"""Fields that hold a year as a number; a list ``years`` holds some."""


def a_year_later(notice: Notice) -> Notice:
    """The rules of the next round, made from those of this one.

    29 February becomes the 28th. What belonged to the one notice alone is left out: its number, its day, the later
    notices that went with it.
    """
    moved: Notice = _moved(dataclasses.replace(notice, supplements=(), issued=None, doc_number=""))
    return moved


def _moved(record: Any) -> Any:
    values = {
        field.name: _later(field.name, getattr(record, field.name)) for field in dataclasses.fields(record)
    }
    return dataclasses.replace(record, **values)


def _later(name: str, value: Any) -> Any:
    if isinstance(value, datetime):
        return datetime.combine(add_months(value.date(), 12), value.time())
    if isinstance(value, date):
        return add_months(value, 12)
    if name in _YEARS and isinstance(value, int):
        return value + 1
    if isinstance(value, tuple):
        return tuple(item + 1 if name == "years" else _later("", item) for item in value)
    if isinstance(value, Mapping):
        return MappingProxyType(dict(value))
    return _moved(value) if dataclasses.is_dataclass(value) else value
