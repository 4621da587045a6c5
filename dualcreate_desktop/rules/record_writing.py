"""Frozen dataclasses back to TOML, so that rules edited in a window become the round's next version."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any


def dump_record(record: Any) -> str:
    """The TOML that :func:`records.load_record` reads back as an equal record; defaults are left out."""
    return "\n".join(_table(record, "")).strip() + "\n"


def _table(record: Any, path: str) -> Iterator[str]:
    """Plain values first, then what needs a heading of its own: TOML allows no other order."""
    values = dict(_values(record))
    for name, value in values.items():
        if not _needs_heading(value):
            yield f"{name} = {_plain(value)}"
    for name, value in values.items():
        if _needs_heading(value):
            yield from _headed(value, f"{path}.{name}" if path else name)


def _values(record: Any) -> Iterator[tuple[str, Any]]:
    if hasattr(record, "TYPE"):
        yield "type", record.TYPE
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        if value is not None and value != _default(field):
            yield field.name, value


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _needs_heading(value: Any) -> bool:
    if isinstance(value, tuple):
        return bool(value) and dataclasses.is_dataclass(value[0])
    return isinstance(value, Mapping) or dataclasses.is_dataclass(value)


def _headed(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, tuple):
        for item in value:
            yield from ("", f"[[{path}]]", *_table(item, path))
    elif isinstance(value, Mapping):
        yield from ("", f"[{path}]", *(f"{_plain(key)} = {_plain(item)}" for key, item in value.items()))
    else:
        yield from ("", f"[{path}]", *_table(value, path))


def _plain(value: Any) -> str:
    match value:
        case tuple():
            return f"[{', '.join(_plain(item) for item in value)}]"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case str():
            return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")
        case _:
            raise TypeError(f"no TOML for {value!r}")
