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

_CHINESE = str.maketrans("〇○零Ｏ一二三四五六七八九壹贰叁肆伍陆柒捌玖", "0000123456789123456789")
_TENS = re.compile(r"([1-3])?十(\d)?")
_WORDS = re.compile(r"(?:至今|以来|起|开始|成立|左右)$")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_MARK = r"[-./、。·・,_\s]"
_PARTED = re.compile(
    rf"(\d{{2}}|\d{{4}})\s*(?:年|{_MARK})\s*(\d{{1,2}})?(?:\s*(?:月份?|{_MARK})\s*(?:(\d{{1,2}})\s*[日号]?)?)?"
)
_SOLID = re.compile(r"(\d{4})(\d{2})?(\d{2})?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](?:(\d{1,2})[-./])?(\d{4})")
_ENGLISH = re.compile(
    r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-. ](\d{2}|\d{4})", re.IGNORECASE
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DECIMAL = re.compile(r"(\d{4,8})\.0")
_SOMEWHERE = re.compile(rf"(?<!\d){_PARTED.pattern}(?!\d)")


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
    text = _plain(raw)
    if decimal := _DECIMAL.fullmatch(text):
        text = decimal[1]
    if found := _SOLID.fullmatch(text) or _PARTED.fullmatch(text):
        return _of_parts(*found.groups())
    return _of_foreign(text) or _of_serial(text) or DateReading(None, suggestion=_somewhere_in(text))


def _plain(raw: str) -> str:
    """Half width, Arabic digits, without clock and words around."""
    text = unicodedata.normalize("NFKC", raw).strip().strip("()[]'\"。，,；;")
    text = _TIME.sub("", _WORDS.sub("", text.replace("—", "-").replace("–", "-"))).strip()
    return text if text.isascii() else _TENS.sub(_tens, text.translate(_CHINESE))


def _of_parts(year: str, month: str | None, day: str | None) -> DateReading:
    """Year, month and day as digits; a year of two digits is asked, and a day that does not exist."""
    if month is None and day is not None:
        return DateReading(None)
    numbers = [int(part) if part else None for part in (month, day)]
    if len(year) == 2:
        return DateReading(None, "年份只有两位", _partial(_full_year(year), *numbers))
    date_ = _partial(int(year), *numbers)
    return DateReading(date_, suggestion=None if date_ else _partial(int(year), numbers[0]))


def _full_year(year: str) -> int:
    return int(year) + (0 if len(year) == 4 else 1900 if int(year) > 49 else 2000)


def _of_foreign(text: str) -> DateReading | None:
    """09/2019; and as questions 9/1/2019 and Sep-19, which Excel writes into a CSV for 2019年9月."""
    if found := _YEAR_LAST.fullmatch(text):
        month, day, year = found.groups()
        if day is None:
            return DateReading(_partial(int(year), int(month)))
        return DateReading(None, suggestion=_partial(int(year), int(month), int(day)))
    if found := _ENGLISH.fullmatch(text):
        return DateReading(
            None, suggestion=_partial(_full_year(found[2]), _MONTHS.index(found[1].lower()) + 1)
        )
    return None


def _somewhere_in(text: str) -> PartialDate | None:
    """The one date among other words; None when there is none or several."""
    found = [each.groups() for each in _SOMEWHERE.finditer(text) if len(each[1]) == 4]
    return _of_parts(*found[0]).value if len(found) == 1 else None


def _tens(found: re.Match[str]) -> str:
    """十 → 10, 十二 → 12, 二十 → 20, 三十一 → 31, after the digits became Arabic."""
    return str(int(found[1] or 1) * 10 + int(found[2] or 0))


def _of_serial(text: str) -> DateReading | None:
    """A serial that was exported as text: only five digits."""
    if re.fullmatch(r"\d{5}", text) and _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return read_date(_EXCEL_EPOCH + timedelta(days=int(text)))
    return None


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
