"""The form of 应配/实配: two numbers for each role of a unit in a year."""

from __future__ import annotations

from collections.abc import Mapping

from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.lists import STAFFING
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.staffing import StaffingRow, Strength

_ROLES = STAFFING.field("role").choices
_PARTS = (("required", "应配"), ("actual", "实配"))

FIELDS = tuple(
    Field(f"{role.value}_{part}", f"{word}{role.label}", FieldType.INTEGER, minimum=0, maximum=9999)
    for part, word in _PARTS
    for role in _ROLES
)
"""First what each role should have, then what it has."""


def values_of(row: StaffingRow) -> dict[str, Value]:
    """What the form shows of a unit."""
    return {f"{role}_{part}": getattr(post, part) for role, post in row.posts.items() for part, _ in _PARTS}


def posts_of(values: Mapping[str, Value]) -> dict[str, Strength]:
    """By role, what the form was left with."""
    return {
        role.value: Strength(*(_number(values.get(f"{role.value}_{part}")) for part, _ in _PARTS))
        for role in _ROLES
    }


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None
