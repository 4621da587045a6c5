"""Frozen dataclasses read from TOML by their type hints, so that a rule's shape is declared once.

A key of the file is a field of the dataclass; a field with a default may be left out. Of several dataclasses in a
union the key ``type`` names one by its ``TYPE``. Numbers with a point become Decimal, never float.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
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


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong at one place of a file.

    Args:
        path: ``conditions[3].requirement.period_years``, counted from 1; empty: the file itself.
        reason: in Chinese, without its full stop.
        source: name of the file.
    """

    path: str
    reason: str
    source: str = ""

    @property
    def told(self) -> str:
        """Path and reason, as a message says them."""
        return f"{self.path}：{self.reason}" if self.path else self.reason

    @property
    def error(self) -> UserError:
        """What is raised when the file is to be used in spite of it."""
        return UserError(self.told, where=self.source, todo="请改正后重新载入")


Slip = tuple[str, str]
"""(path, reason) of what is well typed and yet cannot be."""

Check = Callable[[Any, str], Iterable[Slip]]
"""Looks at one record that was read, and its path; a record that holds others is looked at after them."""


def load_record(kind: type[Record], text: str, source: str) -> Record:
    """Read one record of `kind` from TOML.

    Args:
        source: name of the file, for messages.

    Raises:
        UserError: names the file, the path of the key (``conditions[3].requirement.period_years``; counted from 1)
            and the reason.
    """
    table = parse_toml(text, source)
    record, found = (None, (table,)) if isinstance(table, Mistake) else read_record(kind, table, source)
    if record is None:
        raise found[0].error
    return record


def parse_toml(text: str, source: str) -> dict[str, Any] | Mistake:
    """The tables of a TOML text with Decimal for numbers with a point, or what keeps it from being read."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return Mistake("", _syntax_trouble(str(error)), source)


def read_record(
    kind: type[Record], table: Mapping[str, Any], source: str, check: Check = lambda _record, _path: ()
) -> tuple[Record | None, tuple[Mistake, ...]]:
    """One record of `kind` and no mistake, or None and all mistakes.

    Args:
        check: is also shown the whole of a file with mistakes, without the parts that cannot be read: their lists are
            shorter and single values are None.
    """
    reader = _Reader(source, check)
    try:
        record = reader.record(kind, table, "")
    except _Unreadable:
        return None, tuple(reader.mistakes)
    return (None if reader.mistakes else record), tuple(reader.mistakes)


def _syntax_trouble(message: str) -> str:
    place = re.search(r"at line (\d+), column (\d+)", message)
    where = f"第 {place[1]} 行第 {place[2]} 列附近" if place else "文件末尾"
    twice = any(word in message for word in ("overwrite", "twice", "Duplicate"))
    return f"{where}{'有重复的键' if twice else '不符合 TOML 格式'}"


class _Unreadable(Exception):
    """A value cannot be read, and the mistake is noted; `rest` is what of it can."""

    def __init__(self, rest: Any = None) -> None:
        self.rest = rest
        super().__init__()


@dataclass(frozen=True, slots=True)
class _Reader:
    source: str
    check: Check
    mistakes: list[Mistake] = field(default_factory=list)

    def note(self, path: str, reason: str) -> None:
        self.mistakes.append(Mistake(path, reason, self.source))

    def fail(self, path: str, reason: str) -> NoReturn:
        self.note(path, reason)
        raise _Unreadable

    def record(self, kind: type[Record], raw: object, path: str) -> Record:
        """One dataclass from a table; each of its fields is read, whatever is wrong with the others."""
        if not isinstance(raw, Mapping):
            self.fail(path, "应为一组键值（表）")
        hints = _hints(kind)  # type: ignore[arg-type]  # every class can be hashed
        for key in raw:
            if key not in hints:
                self.note(_join(path, key), f"不认识的键，可用的有：{'、'.join(hints)}")
        values, whole = self._fields(kind, hints, raw, path)
        if not whole and path:
            raise _Unreadable
        record = kind(**values)
        for place, reason in self.check(record, path):
            self.note(place, reason)
        if not whole:
            raise _Unreadable
        return record

    def _fields(
        self, kind: type[Any], hints: Mapping[str, Any], raw: Mapping[str, Any], path: str
    ) -> tuple[dict[str, Any], bool]:
        """The values of the fields, as far as they can be read, and whether all can."""
        values, whole = {}, True
        for item in dataclasses.fields(kind):
            place = _join(path, item.name)
            try:
                if item.name in raw:
                    values[item.name] = self.value(hints[item.name], raw[item.name], place)
                elif _required(item):
                    self.fail(place, "缺少这个键")
            except _Unreadable as error:
                whole = False
                values[item.name] = _empty(hints[item.name]) if error.rest is None else error.rest
        return values, whole

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
        if not isinstance(raw, Mapping):
            self.fail(path, "应为一组键值（表）")
        kinds = {hint.TYPE: hint for hint in present}
        named = raw.get("type")
        if not isinstance(named, str) or named not in kinds:
            self.fail(_join(path, "type"), f"应为下列之一：{'、'.join(kinds)}")
        rest = {key: value for key, value in raw.items() if key != "type"}
        return self.record(kinds[named], rest, path)

    def _list(self, hint: Any, raw: object, path: str) -> tuple[Any, ...]:
        if not isinstance(raw, list):
            self.fail(path, "应为列表（方括号）")
        places = {f"{path}[{number}]": item for number, item in enumerate(raw, 1)}
        read = tuple(self._readable(hint, places).values())
        if len(read) < len(raw):
            raise _Unreadable(read)
        return read

    def _mapping(self, hint: Any, raw: object, path: str) -> Mapping[str, Any]:
        if not isinstance(raw, Mapping):
            self.fail(path, "应为一组键值（表）")
        places = {_join(path, key): key for key in raw}
        read = self._readable(hint, {place: raw[key] for place, key in places.items()})
        found = MappingProxyType({places[place]: value for place, value in read.items()})
        if len(found) < len(raw):
            raise _Unreadable(found)
        return found

    def _readable(self, hint: Any, places: Mapping[str, object]) -> dict[str, Any]:
        """Those of several values that can be read, by their path."""
        read = {}
        for place, raw in places.items():
            with suppress(_Unreadable):
                read[place] = self.value(hint, raw, place)
        return read

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


def _empty(hint: Any) -> Any:
    """What stands for a value that cannot be read."""
    return {tuple: (), Mapping: {}}.get(get_origin(hint))


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {item.name: hints[item.name] for item in dataclasses.fields(kind)}


def _required(item: dataclasses.Field[Any]) -> bool:
    return item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key
