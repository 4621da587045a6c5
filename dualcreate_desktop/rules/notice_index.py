"""Which keys and clauses a round's file names, read before its records: a reference is judged though others fail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dualcreate_desktop.rules.notice_parts import OFFICE
from dualcreate_desktop.rules.records import Slip


@dataclass(frozen=True, slots=True)
class NoticeIndex:
    """The tables of a file, as TOML gives them; whatever is of the wrong type counts as not there."""

    table: Mapping[str, Any]

    def rows(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        """The tables of a list by their key."""
        return {row["key"]: row for row in _tables(self.table.get(name)) if isinstance(row.get("key"), str)}

    def keys(self, name: str) -> frozenset[str]:
        """The keys of a list."""
        return frozenset(self.rows(name))

    def scales(self) -> list[Mapping[str, Any]]:
        """The scales of the round's appraisals."""
        return _tables(self.table.get("scales"))

    @property
    def clauses(self) -> frozenset[str]:
        """The ids of all clauses, those of supplements and OFFICE included."""
        own = [
            self.table.get("clauses"),
            *(row.get("clauses") for row in _tables(self.table.get("supplements"))),
        ]
        return frozenset({OFFICE}.union(*(part for part in own if isinstance(part, Mapping))))

    @property
    def superseded(self) -> frozenset[str]:
        """The ids of the clauses in whose place a later notice put others."""
        return self.values("supplements", "supersedes")

    def values(self, name: str, field: str) -> frozenset[str]:
        """All texts in one field of a list's tables, a field that is itself a list."""
        lists = (row.get(field) for row in _tables(self.table.get(name)))
        return frozenset(
            value for part in lists if isinstance(part, list) for value in part if isinstance(value, str)
        )

    def repeated_keys(self) -> Iterator[Slip]:
        """A key that stands twice in one list, at its second place; instalments are one list over all funding."""
        yield from _repeated(self.table, "")
        funding = list(enumerate(_tables(self.table.get("funding")), 1))
        seen: set[str] = set()
        for number, fund in funding:
            places = list(enumerate(_tables(fund.get("instalments")), 1))
            own = {row["key"] for _, row in places if isinstance(row.get("key"), str)}
            for place, row in places:
                if row.get("key") in seen:
                    yield (
                        f"funding[{number}].instalments[{place}].key",
                        f"键“{row['key']}”与前面类别的拨款重复",
                    )
            seen |= own


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _repeated(value: object, path: str) -> Iterator[Slip]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _repeated(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list):
        first: dict[str, int] = {}
        for number, row in enumerate(value, 1):
            key = row.get("key") if isinstance(row, Mapping) and isinstance(row.get("key"), str) else None
            if key is not None and first.setdefault(key, number) != number:
                yield f"{path}[{number}].key", f"键“{key}”与第 {first[key]} 项重复，每项的 key 须各不相同"
            yield from _repeated(row, f"{path}[{number}]")
