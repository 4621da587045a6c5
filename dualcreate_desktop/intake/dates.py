"""Dates as people write them: 2019.9, 201909, 43709, 二〇一九年九月, ２０１９．９, 2019/9/1.

What the notation leaves open is answered with a doubt, never silently.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dualcreate_desktop.rules.dates import PartialDate

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
_FIRST_SERIAL, _LAST_SERIAL = 7_306, 73_415  # 1920-01-01 and 2100-12-31
_EXCEL_EPOCH = date(1899, 12, 30)

_CHINESE = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_TENS = re.compile(r"([1-3])?十(\d)?")
_WORDS = re.compile(r"(?:至今|以来|起|开始|成立|左右)$")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_PARTED = re.compile(
    r"(\d{2}|\d{4})\s*(?:年|[-./、\s])\s*(\d{1,2})?(?:\s*(?:月份?|[-./、\s])\s*(?:(\d{1,2})\s*[日号]?)?)?"
)
_SOLID = re.compile(r"(\d{4})(\d{2})?(\d{2})?")


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text or number says.

    Args:
        value: None when it is no date, or none that can be taken.
        doubt: why it is not sure, a Chinese clause; empty when it is.
        suggestion: another date that may be meant.
    """

    value: PartialDate | None
    doubt: str = ""
    suggestion: PartialDate | None = None


def read_date(raw: str | float | date) -> DateReading:
    """Read a date cell: a date of Excel, a number or a text."""
    if isinstance(raw, date):
        return DateReading(_partial(raw.year, raw.month, raw.day))
    if isinstance(raw, str):
        return _read_text(raw)
    return _read_number(raw)


def _partial(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return PartialDate(year, month, day)
    except ValueError:
        return None


def _read_number(number: float) -> DateReading:
    """201909 and 20190901 by their digits, 43709 as Excel's serial, 2019.9 as year and month."""
    if float(number).is_integer():
        whole = int(number)
        if _FIRST_SERIAL <= whole <= _LAST_SERIAL:
            return read_date(_EXCEL_EPOCH + timedelta(days=whole))
        return _read_text(str(whole))
    if _FIRST_SERIAL <= number <= _LAST_SERIAL:
        return read_date(_EXCEL_EPOCH + timedelta(days=int(number)))
    year, _, month = f"{number:.10g}".partition(".")
    reading = _read_text(f"{year}.{month}")
    if month == "1" and reading.value is not None:
        doubt = f"数字 {year}.1 可能是 {year} 年 1 月，也可能是 {year} 年 10 月丢了末尾的 0"
        return DateReading(reading.value, doubt, PartialDate(int(year), 10))
    return reading


def _read_text(raw: str) -> DateReading:
    text = unicodedata.normalize("NFKC", raw).strip().strip("()[]'\"。，,；;")
    text = _TIME.sub("", _WORDS.sub("", text.replace("—", "-").replace("–", "-"))).strip()
    text = _TENS.sub(_tens, text.translate(_CHINESE)) if not text.isascii() else text
    found = _SOLID.fullmatch(text) or _PARTED.fullmatch(text)
    if found is None:
        return _serial_text(text)
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or (month is None and day is not None):
        return DateReading(None)
    if len(found[1]) == 2:
        full = _partial(year + (1900 if year > 49 else 2000), month, day)
        return DateReading(None, "年份只有两位", full)
    return DateReading(_partial(year, month, day))


def _tens(found: re.Match[str]) -> str:
    """十 → 10, 十二 → 12, 二十 → 20, 三十一 → 31, after the digits became Arabic."""
    return str(int(found[1] or 1) * 10 + int(found[2] or 0))


def _serial_text(text: str) -> DateReading:
    """A serial that was exported as text: only five digits, and only as a doubt with a suggestion."""
    if re.fullmatch(r"\d{5}", text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return read_date(_EXCEL_EPOCH + timedelta(days=int(text)))
    return DateReading(None)


def read_moment(raw: str | float | date) -> datetime | None:
    """A day with its clock time: of Excel, or a text such as 2024-03-15 17:00; None when it is neither."""
    if isinstance(raw, datetime):
        return raw.replace(tzinfo=None)
    clock = timedelta()
    if isinstance(raw, float) and _FIRST_SERIAL <= raw <= _LAST_SERIAL:
        clock = timedelta(seconds=round(raw % 1 * 86_400))
    if isinstance(raw, str):
        found = re.search(r"(\d{1,2})[:：时点](\d{2})?(?:[:：分](\d{2})?)?秒?$", raw.strip())
        if found:
            hours, minutes, seconds = (int(part or 0) for part in found.groups())
            if hours > 24 or minutes > 59 or seconds > 59:
                return None
            clock = timedelta(hours=hours, minutes=minutes, seconds=seconds)
            raw = raw.strip()[: found.start()].rstrip(" Tt")
    day = read_date(raw).value
    if day is None or day.day is None:
        return None
    return datetime.combine(day.earliest, datetime.min.time()) + clock
