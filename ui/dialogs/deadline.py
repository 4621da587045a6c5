"""Until when something is asked of a unit: a day, or a day with its clock time."""

from __future__ import annotations

from datetime import date, datetime, time

from dualcreate_desktop.fields import Field, FieldType

HINT = "可以不填，如 2024-03-20 17:00"


def until_field(label: str) -> Field:
    """What is asked; `until_of` says what was typed."""
    return Field("until", label, FieldType.DATETIME, hint=HINT, width=20)


def until_of(value: object) -> date | None:
    """The moment, or the day alone where no clock time was typed."""
    if not isinstance(value, datetime):
        return None
    return value.date() if value.time() == time() else value
