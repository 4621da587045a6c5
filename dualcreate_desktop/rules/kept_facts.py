"""Facts as plain JSON, as a printed sheet keeps them, and back: so that it can be judged again, whenever that is.

A program of later may know more facts, or have given one up: what is not kept has its default, and what is not known
any more is passed over.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import Facts


def facts_to_plain(facts: Facts) -> dict[str, Any]:
    """Tables, lists, texts, numbers and truth values only, for JSON; defaults are left out."""
    return _table(facts)


def facts_from_plain(plain: Mapping[str, Any]) -> Facts:
    """What :func:`facts_to_plain` wrote, of this program or an earlier one; ValueError when it is something else."""
    facts: Facts = _record(Facts, plain)
    return facts


def _table(record: Any) -> dict[str, Any]:
    return {
        field.name: _plain(value)
        for field in dataclasses.fields(record)
        if (value := getattr(record, field.name)) != _default(field)
    }


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _plain(value: Any) -> Any:
    match value:
        case PartialDate() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(item) for item in value]
        case Mapping():
            return {key: _plain(item) for key, item in value.items()}
        case StrEnum():
            return value.value
        case _:
            return _table(value) if dataclasses.is_dataclass(value) else value


def _record(kind: type[Any], plain: Mapping[str, Any]) -> Any:
    hints = _hints(kind)  # type: ignore[arg-type]  # every class can be hashed
    return kind(**{name: _value(hints[name], raw) for name, raw in plain.items() if name in hints})


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in dataclasses.fields(kind)}


def _value(hint: Any, raw: Any) -> Any:
    """One value of any hint that facts use."""
    arguments = get_args(hint)
    match get_origin(hint):
        case origin if origin in (Union, UnionType):
            return None if raw is None else _value(_present(arguments), raw)
        case origin if origin is tuple:
            return tuple(_value(arguments[0], item) for item in raw)
        case origin if origin is Mapping:
            return {key: _value(arguments[1], item) for key, item in raw.items()}
    return _single(hint, raw)


def _single(hint: Any, raw: Any) -> Any:
    if hint is PartialDate:
        return PartialDate.parse(raw)
    if hint in (date, datetime):
        return hint.fromisoformat(raw)
    if dataclasses.is_dataclass(hint):
        return _record(hint, raw)  # type: ignore[arg-type]  # a hint is a class, never an instance
    return hint(raw)


def _present(arguments: tuple[Any, ...]) -> Any:
    return next(hint for hint in arguments if hint is not NoneType)
