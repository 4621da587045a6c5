"""突出考核项 of an appraisal as they are typed, in a form or a list: a line each, 示范引领作用 18/20."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from db.errors import NotAllowed

ITEMS = "items"
"""The key of their field."""

_APART = re.compile(r"[\n;；]")
_LINE = re.compile(r"(.+?)[\s:：]+(\d+(?:\.\d+)?)\s*分?(?:\s*[/／]\s*(\d+(?:\.\d+)?)\s*分?)?")


def typed(items: Sequence[Mapping[str, Any]] | None) -> str | None:
    """Stored items as one would type them; None while there are none."""
    lines = (
        f"{item['name']} {item['points']}" + (f"/{item['maximum']}" if item.get("maximum") else "")
        for item in items or ()
    )
    return "\n".join(lines) or None


def stored(text: object) -> list[dict[str, str]] | None:
    """What is typed, as it is stored; None while there are none.

    Raises:
        NotAllowed: a line has no points, or more than its maximum.
    """
    lines = [line.strip(" \t\u3000。") for line in _APART.split(str(text or ""))]
    return [_item(line) for line in lines if line] or None


def _item(line: str) -> dict[str, str]:
    found = _LINE.fullmatch(line)
    if found is None:
        raise NotAllowed(f"突出考核项“{line}”没有写明得分", todo="请每行写一项，如：示范引领作用 18/20。")
    name, points, maximum = found.groups()
    if maximum is not None and float(points) > float(maximum):
        raise NotAllowed(f"突出考核项“{name}”得分 {points} 超出满分 {maximum}", todo="请改正得分或满分。")
    return {"name": name, "points": points, **({"maximum": maximum} if maximum else {})}
