"""The place of a value inside a record, written as messages write it: ``conditions[3].requirement.period_years``.

Places in a list are counted from 1; the empty path is the record itself. A path that leads nowhere is a fault of the
caller: AttributeError or IndexError.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

Step = str | int
"""The name of a field, or a place in a list counted from 0."""

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def steps(path: str) -> tuple[Step, ...]:
    """The steps of a path, one after the other."""
    return tuple(name or int(number) - 1 for name, number in _STEP.findall(path))


def joined(path: str, rest: str) -> str:
    """A path that goes on: ``rubric`` and ``criteria[2]`` to ``rubric.criteria[2]``."""
    return f"{path}{rest}" if not path or not rest or rest.startswith("[") else f"{path}.{rest}"


def within(path: str, place: str) -> str | None:
    """What is left of a path inside a place; None when it lies elsewhere."""
    if not place or path == place:
        return path if not place else ""
    rest = path.removeprefix(place)
    return rest.removeprefix(".") if rest != path and rest[0] in ".[" else None


def value_at(record: Any, path: str) -> Any:
    """The value at a path."""
    for step in steps(path):
        record = record[step] if isinstance(step, int) else getattr(record, step)
    return record


def replaced(record: Any, path: str, value: Any) -> Any:
    """The record with another value at a path."""
    return _replaced(record, steps(path), value)


def added(record: Any, path: str, value: Any) -> Any:
    """The record with one more at the end of the list at a path."""
    return replaced(record, path, (*value_at(record, path), value))


def removed(record: Any, path: str) -> Any:
    """The record without the item of a list at a path."""
    place, number = _item(path)
    items = value_at(record, place)
    return replaced(record, place, (*items[:number], *items[number + 1 :]))


def moved(record: Any, path: str, to: int) -> Any:
    """The record with the item at a path standing at another place of its list.

    Args:
        to: counted from 1; the first or the last place where there is none such.
    """
    place, number = _item(path)
    items = list(value_at(record, place))
    items.insert(max(to - 1, 0), items.pop(number))
    return replaced(record, place, tuple(items))


def _replaced(record: Any, rest: tuple[Step, ...], value: Any) -> Any:
    if not rest:
        return value
    step = rest[0]
    if isinstance(step, int):
        return (*record[:step], _replaced(record[step], rest[1:], value), *record[step + 1 :])
    return replace(record, **{step: _replaced(getattr(record, step), rest[1:], value)})


def _item(path: str) -> tuple[str, int]:
    place, _, number = path.rpartition("[")
    return place, int(number.removesuffix("]")) - 1
