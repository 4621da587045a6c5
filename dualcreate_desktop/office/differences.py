"""What differs between two states of a stored row, in the office's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from db.history import StoredRow
from db.vocabulary import ApplicationState, ConflictState, ProjectState, Verdict
from dualcreate_desktop.fields import Field
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office.records import column_of
from dualcreate_desktop.rules.projects import yuan

TABLE_LABELS: Mapping[str, str] = {
    "alias": "别名",
    "application": "申报",
    "appraisal": "考核评价",
    "appraisal_scale": "评价标准",
    "branch": "党支部",
    "calendar_day": "工作日历",
    "confirmation": "条件核实",
    "conflict": "回避",
    "debarment": "取消资格",
    "decision": "评定",
    "earlier_result": "以往批次结果",
    "evaluation": "中期评估与验收",
    "exemption": "免报",
    "growth": "发展党员",
    "guide_answer": "指南答复",
    "honour": "表彰荣誉",
    "incident": "负面情形",
    "inquiry": "征求意见函",
    "inquiry_reply": "部门答复",
    "intake_file": "收件文件",
    "learned_answer": "识别记忆",
    "learned_mapping": "列对应记忆",
    "lineage_event": "沿革",
    "lineage_part": "沿革支部",
    "mark": "评分",
    "office_fact": "本单位信息",
    "payment": "拨款",
    "person": "人员",
    "post": "任职",
    "printed": "打印记录",
    "project": "立项建设",
    "project_day": "项目日期",
    "public_notice": "公示",
    "quota_grant": "核定名额",
    "receipt": "纸质材料",
    "reviewer": "评委",
    "round": "批次",
    "rule_version": "批次规则",
    "staffing": "人员配备",
    "topic": "课题与项目",
    "unit": "院级党组织",
}
"""What the office calls each table."""

_LIST_OF_TABLE = {
    "unit": "units",
    "branch": "branches",
    "appraisal": "appraisals",
    "honour": "honours",
    "incident": "incidents",
    "application": "applications",
    "earlier_result": "earlier_results",
    "staffing": "staffing",
    "growth": "growth",
    "topic": "topics",
    "debarment": "debarments",
}

_SHOWN_WITHOUT_LIST = {
    "phone": "电话",
    "dissolved": "撤销时间",
    "state": "状态",
    "state_reason": "理由",
    "until": "离任时间",
    "since": "任职时间",
    "role": "职务",
    "person_id": "人员",
    "contact_id": "联系人",
    "copy": "第几份",
    "received_at": "收到时间",
    "received_by": "接收人",
    "brought_by": "送交人",
    "late_reason": "逾期理由",
    "verdict": "结论",
    "result": "结果",
    "reason": "理由",
    "by": "核实人",
    "points": "得分",
    "rank": "名次",
    "total": "总分",
    "issued": "发布日期",
    "first_day": "公示首日",
    "last_day": "公示末日",
    "organ": "发布单位",
    "contacts": "联系方式",
    "starts": "建设开始",
    "ends": "建设结束",
    "amount": "金额",
    "paid_on": "拨付日期",
    "grade": "等次",
    "evaluated_on": "评估日期",
    "opinion": "意见",
    "note": "备注",
    "statement": "回避说明",
    "affiliation": "单位",
    "number": "编号",
    "name": "名称",
    "summary": "摘要",
    "value": "内容",
    "day": "日期",
}
"""Columns that no incoming list has, or has only in another table."""

_OF_TABLE: Mapping[str, Mapping[str, str]] = {
    "calendar_day": {"works": "安排"},
    "exemption": {"by": "决定人"},
    "quota_grant": {"allowed": "核定可报数", "by": "决定人"},
}
"""table → what its columns are called there, where that differs"""

_CHOICE_LABELS: Mapping[str, str] = {
    choice.value: choice.label
    for kind in reversed(LIST_KINDS)
    for field in kind.fields
    for choice in field.choices
}
"""stored value → label; where two lists share a value, the first list's stands"""

_WORDS: Mapping[str, Mapping[str, str]] = {
    "state": {
        item.value: item.label for kind in (ApplicationState, ProjectState, ConflictState) for item in kind
    },
    "result": {item.value: item.label for item in ApplicationState},
    "verdict": {item.value: item.label for item in Verdict},
    "works": {"0": "放假", "1": "上班"},
}
"""column → what the office calls its stored words"""


def _score(stored: int) -> str:
    """The store holds ten thousandths."""
    return f"{Decimal(stored).scaleb(-4).normalize():f}"


_NUMBERS: Mapping[str, Callable[[int], str]] = {"amount": yuan, "points": _score, "total": _score}
"""column → how its stored integer is said"""

NO_NAMES: Mapping[str, str] = {}


def differences(
    table: str, before: StoredRow | None, after: StoredRow | None, names: Mapping[str, str] = NO_NAMES
) -> list[str]:
    """What differs between two states of a row, a line a field, in the office's words.

    Args:
        names: what the ids are called that a row may point at.
    """
    label = TABLE_LABELS.get(table, table)
    if before is None:
        return [f"新增{label}"]
    if after is None:
        return [f"删除{label}"]
    labels = _column_labels(table)
    return [
        f"{label}·{labels[key]}：{_shown(key, before.get(key), names)} → {_shown(key, after[key], names)}"
        for key in after
        if key in labels and after[key] != before.get(key)
    ]


def facts(table: str, row: StoredRow, names: Mapping[str, str] = NO_NAMES) -> list[str]:
    """What stands in a row, a line a field that is filled."""
    labels = _column_labels(table)
    return [
        f"{labels[key]}：{_shown(key, value, names)}"
        for key, value in row.items()
        if key in labels and value not in (None, "")
    ]


def _column_labels(table: str) -> dict[str, str]:
    fields: Iterable[Field] = ()
    for kind in LIST_KINDS:
        if kind.key == _LIST_OF_TABLE.get(table):
            fields = kind.fields
    own = _OF_TABLE.get(table, {})
    return {**_SHOWN_WITHOUT_LIST, **{column_of(field): field.label for field in fields}, **own}


def _shown(column: str, value: object, names: Mapping[str, str]) -> str:
    if value is None or value == "":
        return "（空）"
    if column in _NUMBERS and isinstance(value, int):
        return _NUMBERS[column](value)
    words = _WORDS.get(column) or (names if column.endswith("_id") else _CHOICE_LABELS)
    return words.get(str(value), str(value))
