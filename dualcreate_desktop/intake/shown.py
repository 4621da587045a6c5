"""The few number formats whose look carries meaning: 000123, 2019.10, 2019年9月."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

BUILT_IN = {
    2: "0.00",
    17: "mmm-yy",
    27: 'yyyy"年"m"月"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    52: 'yyyy"年"m"月"',
    57: 'yyyy"年"m"月"',
}
"""Format numbers that a file need not declare; 27 to 57 as Chinese Excel and WPS show them."""

_ZEROS = re.compile(r"(0+)(?:\.(0+))?")
_BESIDE = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.|_.|\*.')


def matters(code: str) -> bool:
    """Whether a number format can show more than the value tells."""
    return _reading(code) is not None


def show(value: object, code: str) -> str:
    """What Excel shows of a number or date in that format; empty when the format adds nothing."""
    reading = _reading(code)
    if reading is None or isinstance(value, (str, bool)):
        return ""
    if isinstance(value, date):
        return {"month": f"{value.year}年{value.month}月", "year": f"{value.year}年"}.get(reading, "")
    if reading[0] != "0" or not isinstance(value, (int, float)) or value < 0:
        return ""
    whole, _, decimals = reading.partition(".")
    places = len(decimals)
    return f"{value:0{len(whole) + places + bool(places)}.{places}f}"


@lru_cache(maxsize=1024)
def _reading(code: str) -> str | None:
    """The format as a pattern of zeros, "month" or "year"; None for all others."""
    bare = _BESIDE.sub("", code.partition(";")[0]).strip()
    if _ZEROS.fullmatch(bare) and bare != "0":
        return bare
    letters = set(bare.lower()) & set("ymdhs")
    return {"ym": "month", "y": "year"}.get("".join(sorted(letters, reverse=True)))
