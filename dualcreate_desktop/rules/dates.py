"""Partial dates: what offices write when they know only the year or the month.

Stored as text ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; the text sorts as the dates do.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_TEXT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year, with its earliest and latest day.

    Raises:
        ValueError: no such month or day.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        date(self.year, _or_first(self.month), _or_first(self.day))

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read the stored form; ValueError when it is another."""
        found = _TEXT.fullmatch(text)
        if found is None:
            raise ValueError(f"not a partial date: {text!r}")
        year, month, day = found.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @property
    def earliest(self) -> date:
        """The first day that this can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day that this can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def refines(self, other: PartialDate) -> bool:
        """Whether it says the same as another, and more exactly: 2019-09-15 of 2019-09."""
        return self != other and str(self).startswith(str(other))

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    @property
    def chinese(self) -> str:
        """As in a sentence: 2019年9月, without padding."""
        text = f"{self.year}年"
        if self.month is not None:
            text += f"{self.month}月"
        if self.day is not None:
            text += f"{self.day}日"
        return text


def _or_first(part: int | None) -> int:
    return 1 if part is None else part


def add_months(day: date, months: int) -> date:
    """The same day `months` later, the month's last day where there is none (1月31日 + 1 → 2月28日)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def full_months(since: date, until: date) -> int:
    """Whole calendar months from `since` to `until`; negative when `until` is earlier."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return months if add_months(since, months) <= until else months - 1
