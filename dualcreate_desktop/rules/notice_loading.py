"""From the TOML of a round to a checked Notice."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_parts import (
    OFFICE,
    AppraisalTask,
    Category,
    Criterion,
    Funding,
    GuideList,
    Instalment,
    Material,
    OutcomeMinimum,
    Report,
    Rubric,
    Stage,
)
from dualcreate_desktop.rules.quota_rules import QuotaRule, StepTable
from dualcreate_desktop.rules.records import load_record, refuse
from dualcreate_desktop.rules.requirements import Condition, ConsecutiveGrades, Group, Honours, MinimumAge
from dualcreate_desktop.rules.terms import LEVELS

_REFERENCES: tuple[tuple[type, str, str, str], ...] = (
    (Notice, "application_stage", "stages", "阶段"),
    (Category, "materials", "materials", "材料"),
    (Material, "stage", "stages", "阶段"),
    (AppraisalTask, "material", "materials", "材料"),
    (Condition, "category", "categories", "类别"),
    (QuotaRule, "category", "categories", "类别"),
    (Funding, "category", "categories", "类别"),
    (GuideList, "category", "categories", "类别"),
    (Instalment, "after", "evaluations", "评估"),
    (Report, "evaluation", "evaluations", "评估"),
    (OutcomeMinimum, "evaluation", "evaluations", "评估"),
    (OutcomeMinimum, "kind", "outcome_kinds", "成果形式"),
)
"""(record, its field, the list of the notice that must have that key, what the list holds)"""

_NOT_EMPTY: tuple[tuple[type, str], ...] = (
    (Notice, "categories"),
    (Notice, "stages"),
    (Group, "parts"),
    (MinimumAge, "ages"),
    (StepTable, "steps"),
    (Honours, "holders"),
)


def load_notice(text: str, source: str) -> Notice:
    """The rules of a round from its TOML.

    Args:
        source: name of the file, for messages.

    Raises:
        UserError: names the file, the path of the key (counted from 1) and the reason.
    """
    notice = load_record(Notice, text, source)
    for path, reason in _slips(notice):
        refuse(source, path, reason)
    return notice


def _slips(notice: Notice) -> Iterator[tuple[str, str]]:
    """(path, reason) of whatever is well typed and yet cannot be."""
    yield from _repeated_keys(notice)
    for path, record in _walk(notice, ""):
        yield from _dangling(notice, record, path)
        yield from _impossible(record, path)
        if getattr(record, "clause", OFFICE) not in {*notice.all_clauses, OFFICE}:
            yield f"{path}.clause", f"条款目录（clauses）里没有“{record.clause}”"
    for clause in notice.narrative:
        if clause not in notice.all_clauses:
            yield f"narrative.{clause}", f"条款目录（clauses）里没有“{clause}”"


def _walk(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Every record inside a record, with its path; the record itself first."""
    if isinstance(value, tuple):
        for number, item in enumerate(value, 1):
            yield from _walk(item, f"{path}[{number}]")
    elif dataclasses.is_dataclass(value):
        yield path, value
        for field in dataclasses.fields(value):
            inner = f"{path}.{field.name}" if path else field.name
            yield from _walk(getattr(value, field.name), inner)


def _repeated_keys(notice: Notice) -> Iterator[tuple[str, str]]:
    lists: Mapping[str, tuple[Any, ...]] = {
        field.name: getattr(notice, field.name)
        for field in dataclasses.fields(notice)
        if isinstance(getattr(notice, field.name), tuple)
    }
    lists = {**lists, "rubric.criteria": notice.rubric.criteria}
    for name, records in lists.items():
        counts = Counter(record.key for record in records if hasattr(record, "key"))
        for key, times in counts.items():
            if times > 1:
                yield name, f"键“{key}”用了 {times} 次，每项的 key 须各不相同"


def _dangling(notice: Notice, record: Any, path: str) -> Iterator[tuple[str, str]]:
    for kind, name, target, what in _REFERENCES:
        if not isinstance(record, kind):
            continue
        value = getattr(record, name)
        known = {item.key for item in getattr(notice, target)}
        keys = value if isinstance(value, tuple) else (value,)
        for key in keys:
            if key and key not in known:
                yield (
                    _inner(path, name),
                    f"没有这个{what}：“{key}”，{target} 里有：{'、'.join(sorted(known)) or '（空）'}",
                )


def _impossible(record: Any, path: str) -> Iterator[tuple[str, str]]:
    for kind, name in _NOT_EMPTY:
        if isinstance(record, kind) and not getattr(record, name):
            yield _inner(path, name), "不能为空"
    match record:
        case Stage() if record.opens is not None and record.deadline.date() < record.opens:
            yield f"{path}.deadline", f"截止 {record.deadline:%Y-%m-%d} 早于开始 {record.opens}"
        case Funding() if sum(part.fen for part in record.instalments) != record.fen:
            yield f"{path}.instalments", f"各期之和不等于总额 {record.fen} 分"
        case Honours() if record.level not in LEVELS:
            yield f"{path}.level", f"不认识的级别“{record.level}”，应为下列之一：{'、'.join(LEVELS)}"
        case ConsecutiveGrades() if record.years > record.period_years:
            yield f"{path}.years", f"连续 {record.years} 年多于考察的 {record.period_years} 年"
        case Rubric() if 0 < record.drop_from < 3:
            yield f"{path}.drop_from", "去掉最高分和最低分至少要 3 名评委，不去掉写 0"
        case Criterion() if record.maximum <= 0 or record.weight <= 0:
            yield path, "满分和权重须大于 0"


def _inner(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
