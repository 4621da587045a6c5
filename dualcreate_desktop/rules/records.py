"""Frozen dataclasses read from TOML by their type hints, so that a rule's shape is declared once.

A key of the file is a field of the dataclass; a field with a default may be left out. Of several dataclasses in a
union the key ``type`` names one by its ``TYPE``. Numbers with a point become Decimal, never float.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType, NoneType, UnionType
from typing import Annotated, Any, NoReturn, TypeVar, Union, get_args, get_origin, get_type_hints

from db.errors import UserError

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The smallest value that a number of the file may have."""

    minimum: int


Count = Annotated[int, AtLeast(0)]
Positive = Annotated[int, AtLeast(1)]

_TYPE_NAMES: Mapping[Any, str] = {
    str: "文字（加引号）",
    int: "整数",
    bool: "true 或 false",
    Decimal: "数字",
    date: "日期（如 2024-03-15）",
    datetime: "日期和钟点（如 2024-03-15T17:00:00）",
}


def load_record(kind: type[Record], text: str, source: str) -> Record:
    """Read one record of `kind` from TOML.

    Args:
        source: name of the file, for messages.

    Raises:
        UserError: names the file, the path of the key (``conditions[3].requirement.period_years``; counted from 1)
            and the reason.
    """
    reader = _Reader(source)
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise reader.error(_syntax_trouble(str(error))) from error
    return reader.record(kind, table, "")


def refuse(source: str, path: str, reason: str) -> NoReturn:
    """Raise what a slip at a path of the file deserves."""
    _Reader(source).fail(path, reason)


def _syntax_trouble(message: str) -> str:
    place = re.search(r"at line (\d+), column (\d+)", message)
    where = f"第 {place[1]} 行第 {place[2]} 列附近" if place else "文件末尾"
    twice = any(word in message for word in ("overwrite", "twice", "Duplicate"))
    return f"{where}{'有重复的键' if twice else '不符合 TOML 格式'}"


@dataclass(frozen=True, slots=True)
class _Reader:
    source: str

    def error(self, what: str) -> UserError:
        return UserError(what, where=self.source, todo="请改正后重新载入")

    def fail(self, path: str, reason: str) -> NoReturn:
        raise self.error(f"{path}：{reason}")

    def record(self, kind: type[Record], raw: object, path: str) -> Record:
        """One dataclass from a table."""
        if not isinstance(raw, dict):
            self.fail(path, "应为一组键值（表）")
        hints = _hints(kind)
        for key in raw:
            if key not in hints:
                self.fail(_join(path, key), f"不认识的键，可用的有：{'、'.join(hints)}")
        values = {}
        for field in _fields(kind):
            if field.name in raw:
                values[field.name] = self.value(hints[field.name], raw[field.name], _join(path, field.name))
            elif _required(field):
                self.fail(_join(path, field.name), "缺少这个键")
        return kind(**values)

    def value(self, hint: Any, raw: object, path: str) -> Any:
        """One value of any hint that our records use."""
        origin = get_origin(hint)
        if origin is Annotated:
            return self._bounded(hint, raw, path)
        if origin in (Union, UnionType):
            return self._one_of(get_args(hint), raw, path)
        if origin is tuple:
            return self._list(get_args(hint)[0], raw, path)
        if origin is Mapping:
            return self._mapping(get_args(hint)[1], raw, path)
        if dataclasses.is_dataclass(hint):
            return self.record(hint, raw, path)  # type: ignore[arg-type]  # a hint is a class, never an instance
        return self._scalar(hint, raw, path)

    def _bounded(self, hint: Any, raw: object, path: str) -> Any:
        inner, bound = get_args(hint)
        number = self.value(inner, raw, path)
        if number < bound.minimum:
            self.fail(path, f"不能小于 {bound.minimum}，现在是 {number}")
        return number

    def _one_of(self, hints: tuple[Any, ...], raw: object, path: str) -> Any:
        present = [hint for hint in hints if hint is not NoneType]
        if len(present) == 1:
            return self.value(present[0], raw, path)
        if not isinstance(raw, dict):
            self.fail(path, "应为一组键值（表）")
        kinds = {hint.TYPE: hint for hint in present}
        if raw.get("type") not in kinds:
            self.fail(_join(path, "type"), f"应为下列之一：{'、'.join(kinds)}")
        rest = {key: value for key, value in raw.items() if key != "type"}
        return self.record(kinds[raw["type"]], rest, path)

    def _list(self, hint: Any, raw: object, path: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            self.fail(path, "应为列表（方括号）")
        return tuple(self.value(hint, item, f"{path}[{number}]") for number, item in enumerate(raw, 1))

    def _mapping(self, hint: Any, raw: object, path: str) -> Mapping[str, Any]:
        if not isinstance(raw, dict):
            self.fail(path, "应为一组键值（表）")
        return MappingProxyType({key: self.value(hint, item, _join(path, key)) for key, item in raw.items()})

    def _scalar(self, kind: Any, raw: object, path: str) -> Any:
        if issubclass(kind, StrEnum):
            return self._word(kind, raw, path)
        if kind is Decimal and type(raw) is int:
            return Decimal(raw)
        if type(raw) is not kind:
            self.fail(path, f"应为{_TYPE_NAMES[kind]}，现在是“{raw}”")
        if isinstance(raw, datetime) and raw.tzinfo is not None:
            self.fail(path, "钟点按当地时间写，不带时区")
        if isinstance(raw, Decimal) and not raw.is_finite():
            self.fail(path, f"应为数字，现在是“{raw}”")
        return raw

    def _word(self, kind: type[StrEnum], raw: object, path: str) -> StrEnum:
        try:
            return kind(raw)  # type: ignore[arg-type]  # whatever is no member raises ValueError
        except ValueError:
            self.fail(path, f"应为下列之一：{'、'.join(kind)}，现在是“{raw}”")


def _fields(kind: type[Any]) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)


def _hints(kind: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name] for field in _fields(kind)}


def _required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
