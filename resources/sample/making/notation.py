"""One date in the many ways that offices write it.

A date is text YYYY, YYYY-MM or YYYY-MM-DD, as the program stores it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell value with the number format that makes it look as the sender saw it."""

    value: object
    number_format: str


def _dotted(parts: list[int]) -> str:
    return ".".join(str(part) for part in parts)


def _dotted_padded(parts: list[int]) -> str:
    return ".".join(f"{part:02d}" for part in parts)


def _dashed(parts: list[int]) -> str:
    return "-".join(f"{part:02d}" for part in parts)


def _slashed(parts: list[int]) -> str:
    return "/".join(str(part) for part in parts)


def _chinese(parts: list[int]) -> str:
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def _digits(parts: list[int]) -> object:
    return int("".join(f"{part:02d}" for part in parts))


def _full_width(parts: list[int]) -> str:
    return _dotted(parts).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


def _chinese_digits(parts: list[int]) -> str:
    year = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(parts[0]))
    months = ("", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
    return f"{year}年{months[parts[1]]}月" if len(parts) > 1 else f"{year}年"


def _real(parts: list[int]) -> object:
    """A date cell shown to its precision; a bare year stays a number."""
    if len(parts) == 1:
        return parts[0]
    day = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return Shown(day, "yyyy/m/d" if len(parts) > 2 else 'yyyy"年"m"月"')


def _decimal(parts: list[int]) -> object:
    """2019.1 shown as 2019.10 for October: what a number format does to a typed 2019.10."""
    if len(parts) != 2:
        return _dotted(parts)
    return Shown(float(f"{parts[0]}.{parts[1]:02d}"), "0.00")


NOTATIONS: dict[str, Callable[[list[int]], object]] = {
    "2019.9": _dotted,
    "2019.09": _dotted_padded,
    "2019-09": _dashed,
    "2019/9": _slashed,
    "2019年9月": _chinese,
    "201909": _digits,
    "２０１９．９": _full_width,
    "二〇一九年九月": _chinese_digits,
    "date": _real,
    "number": _decimal,
}
"""Keyed by how September 2019 looks; `date` and `number` are typed cells of a workbook."""


def written(when: str, notation: str) -> object:
    """The date in that notation; None for an empty one."""
    return NOTATIONS[notation]([int(part) for part in when.split("-")]) if when else None
