"""The stored values that rules speak of, with the words of a sentence.

They are those of `lists`, which stands above this package and offers them with their synonyms; a test compares
the two. A value that is not here (an office may add kinds) is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

LEVELS: Mapping[str, str] = {
    "national": "国家级",
    "provincial": "省部级",
    "municipal": "市厅级",
    "university": "校级",
    "unit": "院级",
}
"""Levels of honours, from the highest."""

APPRAISALS: Mapping[str, str] = {
    "branch_work": "支部考核评价",
    "quality_month": "质量提升月",
    "secretary_report": "书记述职评议",
    "leadership": "中层班子考核",
}

INCIDENTS: Mapping[str, str] = {
    "ideology": "意识形态问题",
    "safety": "安全稳定事故",
    "discipline": "违纪违法",
    "eight_rules": "违反中央八项规定精神",
    "ethics": "师德师风问题",
    "opinion": "舆情事件",
}


def at_or_above(level: str, floor: str) -> bool:
    """Whether an honour of `level` satisfies “`floor` 以上”; an unknown level satisfies none."""
    order = list(LEVELS)
    return level in LEVELS and order.index(level) <= order.index(floor)


def years_and_months(months: int) -> str:
    """As a clerk writes a length of time: 7 年 6 个月, 3 年, 8 个月."""
    years, rest = divmod(months, 12)
    parts = [f"{years} 年"] if years else []
    return " ".join([*parts, f"{rest} 个月"] if rest or not years else parts)
