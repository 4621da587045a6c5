"""操作记录: what was done, by whom, and taking it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import undo as store_undo
from db.history import StoredRow
from db.letting_go import let_go
from db.models import Change, ChangeEntry
from db.undo import Restore
from db.vocabulary import ApplicationState, ConflictState, ProjectState, Verdict
from dualcreate_desktop.fields import Field
from dualcreate_desktop.intake.collecting import collecting_paused
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office.naming import name_of, names_of
from dualcreate_desktop.office.records import column_of
from dualcreate_desktop.office.store import Changed, Office
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


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One action as the journal shows it; `lines` say what changed, field by field."""

    change_id: str
    at: datetime
    actor: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What an undo would do, in sentences; `kept` names each row that stays and why."""

    change_id: str
    title: str
    restores: tuple[str, ...]
    kept: tuple[str, ...]


def last_undoable(office: Office) -> str | None:
    """The action that Ctrl+Z would take back; None when there is none."""
    return store_undo.last_undoable(office.database)


@collecting_paused()
def undo_plan(office: Office, change_id: str) -> UndoPreview:
    """What taking back an action would do now.

    Raises:
        NotAllowed: there is no such action, or it was taken back already.
    """
    plan = store_undo.undo_plan(office.database, change_id)
    touched = [*plan.restores, *(row for row, _ in plan.kept)]
    with office.read() as session:
        names = names_of(session, [stored for row in touched for stored in (row.now, row.then) if stored])
    kept = tuple(f"{_name(row, names)}：{reason.value}" for row, reason in plan.kept)
    outcomes = tuple(_outcome(row, names) for row in plan.restores)
    title, rows = plan.title, list(plan.restores)
    del plan, touched
    let_go(rows)
    return UndoPreview(change_id, title, outcomes, kept)


@collecting_paused()
def undo(office: Office, change_id: str) -> Changed | None:
    """Take back an action as far as it can be; the rest stays.

    Raises:
        NotAllowed: nothing of it can be taken back.
        StaleData: the store changed meanwhile.
    """
    plan = store_undo.undo_plan(office.database, change_id)
    changed = store_undo.undo(office.database, plan, office.actor, at=office.clock())
    rows = list(plan.restores)
    del plan
    let_go(rows)
    return changed


def history(office: Office, *, limit: int = 200) -> tuple[HistoryRow, ...]:
    """The newest actions first, each with how many rows of which table it touched."""
    with office.read() as session:
        changes = session.scalars(select(Change).order_by(Change.n.desc()).limit(limit)).all()
        return tuple(
            HistoryRow(item.id, item.at, item.actor, item.title, _counts(session, item.id))
            for item in changes
        )


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


def _counts(session: Session, change_id: str) -> tuple[str, ...]:
    tables = session.scalars(
        select(ChangeEntry.table_name).where(ChangeEntry.change_id == change_id).order_by(ChangeEntry.n)
    )
    counts: dict[str, int] = {}
    for table in tables:
        counts[table] = counts.get(table, 0) + 1
    return tuple(f"{TABLE_LABELS.get(table, table)} {count} 条" for table, count in counts.items())


def _name(row: Restore, names: Mapping[str, str]) -> str:
    """What a person calls a stored row: 申报“某某支部”."""
    title = name_of(row.now or row.then or {}, names)
    label = TABLE_LABELS.get(row.table, row.table)
    return f"{label}“{title}”" if title else label


def _outcome(row: Restore, names: Mapping[str, str]) -> str:
    if row.then is None:
        return f"删除{_name(row, names)}"
    if row.now is None:
        return f"恢复{_name(row, names)}"
    return f"还原{_name(row, names)}：" + "；".join(differences(row.table, row.now, row.then, names))
