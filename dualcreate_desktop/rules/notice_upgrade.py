"""Rules that an earlier version of the program stored, in the shape of today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_NO_REASON = "旧版规则没有写理由"


def upgraded(table: Mapping[str, Any]) -> Mapping[str, Any]:
    """The tables of a file as today's records read them; a file of today is given back as it is.

    Version 0.1 had ``narrative`` as a plain list, and ``mandatory`` where a condition now has ``force``.
    """
    changed = dict(table)
    if isinstance(table.get("narrative"), list):
        changed["narrative"] = {str(clause): _NO_REASON for clause in table["narrative"]}
    if isinstance(table.get("conditions"), list):
        changed["conditions"] = [_condition(row) for row in table["conditions"]]
    return changed


def _condition(row: Any) -> Any:
    if not isinstance(row, Mapping) or not isinstance(row.get("mandatory"), bool) or "force" in row:
        return row
    rest = {key: value for key, value in row.items() if key != "mandatory"}
    return {**rest, "force": "hard" if row["mandatory"] else "reference"}
