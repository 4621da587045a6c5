"""The stored values that rules speak of, with the words of a sentence.

They are those of `lists`, which stands above this package and offers them with their synonyms; a test compares
the two. A value that is not here (an office may add kinds) is shown as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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

GRADES: tuple[str, ...] = ("好", "较好", "一般", "差", "优秀", "良好", "合格", "较差", "不合格")
"""Of the scales met so far; a round may declare scales with others."""

UNIT_KINDS: Mapping[str, str] = {
    "college": "学院（系）党委",
    "general_branch": "党总支",
    "direct_branch": "直属党支部",
    "office": "机关党委",
    "retired": "离退休党工委",
    "hospital": "附属医院党委",
    "other": "其他",
}

BRANCH_KINDS: Mapping[str, str] = {
    "teacher": "教师党支部",
    "undergraduate": "本科生党支部",
    "graduate": "研究生党支部",
    "student": "学生党支部",
    "mixed": "师生联合党支部",
    "office": "机关党支部",
    "retired": "离退休党支部",
}

INCIDENTS: Mapping[str, str] = {
    "ideology": "意识形态问题",
    "safety": "安全稳定事故",
    "discipline": "违纪违法",
    "eight_rules": "违反中央八项规定精神",
    "ethics": "师德师风问题",
    "opinion": "舆情事件",
}

STAFF: Mapping[str, str] = {
    "secretary": "党支部书记",
    "organiser": "专职组织员",
    "counsellor": "辅导员",
}
"""Roles of which a unit should have a number (配齐配强)."""

GROWTH: Mapping[str, str] = {
    "total": "全部",
    "high_talent": "高层次人才",
    "young_teacher": "中青年教师",
}
"""What new members are counted by."""

TOPICS: Mapping[str, str] = {
    "topic": "党建研究课题",
    "innovation": "党的工作创新项目",
}


def kinds_named(kinds: Iterable[str]) -> str:
    """The kinds of branches, or else of units, in words; “office” alone may be either and is taken as a branch."""
    values = tuple(kinds)
    labels = BRANCH_KINDS if set(values) <= set(BRANCH_KINDS) else UNIT_KINDS
    return "、".join(labels.get(value, value) for value in values)


def at_or_above(level: str, floor: str) -> bool:
    """Whether an honour of `level` satisfies “`floor` 以上”; an unknown level satisfies none."""
    order = list(LEVELS)
    return level in LEVELS and order.index(level) <= order.index(floor)


def years_and_months(months: int) -> str:
    """As a clerk writes a length of time: 7 年 6 个月, 3 年, 8 个月."""
    years, rest = divmod(months, 12)
    parts = [f"{years} 年"] if years else []
    return " ".join([*parts, f"{rest} 个月"] if rest or not years else parts)
