"""What several papers share: pairs of label and value, dates to be written by hand, the origin of the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dualcreate_desktop.papers.content import Cell

DATE_BLANK = "年　　月　　日　"
"""Room for a date written by hand."""
OWN_TEMPLATE = "本表式由本程序编制，学校另有规定表式的，以学校表式为准。"


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and its value; `wide` takes a whole row."""

    label: str
    value: str
    wide: bool = False


def fact_rows(facts: Sequence[Fact]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of four columns, two pairs of label and value to a row; a value that stands alone fills its row."""
    rows: list[tuple[Cell, ...]] = []
    pending: Fact | None = None
    for fact in facts:
        if fact.wide:
            rows.extend([_single(pending)] if pending else [])
            rows.append(_single(fact))
            pending = None
        elif pending is None:
            pending = fact
        else:
            rows.append(_pair(pending, fact))
            pending = None
    rows.extend([_single(pending)] if pending else [])
    return tuple(rows)


def _single(fact: Fact) -> tuple[Cell, ...]:
    return Cell(fact.label, label=True), Cell(fact.value, across=3)


def _pair(left: Fact, right: Fact) -> tuple[Cell, ...]:
    return Cell(left.label, label=True), Cell(left.value), Cell(right.label, label=True), Cell(right.value)


TITLE_LINE = 20
"""So many characters of a title stand on one line."""
_WORD_ENDS = ("工作", "单位", "名单", "支部", "组织", "的")
_QUOTE_ENDS = ("”", "》")
"""Where a title may break when no word ends near its middle."""
_NAME_ENDS = ("批", "大学", "学院")
"""Where it may when no quotation does: after the batch or the school, rather than within a word."""


def title_lines(title: str) -> str:
    """The title, a long one broken near its middle after a word at which a reader would pause."""
    if len(title) <= TITLE_LINE or "\n" in title:
        return title
    longest = max(TITLE_LINE, (len(title) + 1) // 2)
    places = range(len(title) - longest, longest + 1)
    for words in (_WORD_ENDS, _QUOTE_ENDS, _NAME_ENDS):
        ends = [place for place in places if title[:place].endswith(words)]
        if ends:
            middle = min(ends, key=lambda end: abs(2 * end - len(title)))
            return f"{title[:middle]}\n{title[middle:]}"
    return title


def chinese_date(day: date) -> str:
    """2024年3月5日: no padded month or day (GB/T 9704, 7.3.5)."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese_number(number: int) -> str:
    """一 to 九十九, for headings."""
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    head = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
    return head + (digits[ones] if ones or not tens else "")
