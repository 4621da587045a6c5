"""What is well typed in a round's file and yet cannot be: beside the key where it stands, in Chinese.

`NoticeChecks` looks at each record as it is read. References are judged by the file's own keys (`NoticeIndex`), so
that one mistake does not make others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_index import NoticeIndex
from dualcreate_desktop.rules.notice_limits import impossible
from dualcreate_desktop.rules.notice_parts import (
    AppraisalTask,
    Category,
    Evaluation,
    Funding,
    GuideList,
    Instalment,
    Material,
    Move,
    OutcomeMinimum,
    Report,
    Rubric,
    Training,
)
from dualcreate_desktop.rules.notice_whole import whole_notice
from dualcreate_desktop.rules.quota_rules import Exemption, FixedByKind, QuotaRule, StepTable
from dualcreate_desktop.rules.records import Slip
from dualcreate_desktop.rules.requirements import (
    AgeRule,
    Condition,
    ConsecutiveGrades,
    Departments,
    GradeCount,
    Group,
    Guide,
    Honours,
    Judgement,
    MemberGrowth,
    MinimumAge,
    NoIncident,
    Staffing,
    Topics,
)
from dualcreate_desktop.rules.scales import Scale
from dualcreate_desktop.rules.terms import (
    APPRAISALS,
    BRANCH_KINDS,
    GRADES,
    GROWTH,
    INCIDENTS,
    LEVELS,
    STAFF,
    TOPICS,
    UNIT_KINDS,
)

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
    (NoIncident, "departments", "departments", "部门"),
    (Departments, "departments", "departments", "部门"),
    (Guide, "guide", "guides", "任务指南"),
)
"""(record, its field, the list of the notice that must have that key, what the list holds)"""

_WORDS: tuple[tuple[type, str, Mapping[str, str], str], ...] = (
    (Honours, "level", LEVELS, "级别"),
    (Topics, "level", LEVELS, "级别"),
    (Topics, "kinds", TOPICS, "课题或项目"),
    (Staffing, "roles", STAFF, "岗位"),
    (MemberGrowth, "measures", GROWTH, "统计口径"),
    (Scale, "kind", APPRAISALS, "考核类型"),
    (GradeCount, "appraisals", APPRAISALS, "考核类型"),
    (ConsecutiveGrades, "appraisals", APPRAISALS, "考核类型"),
    (AppraisalTask, "appraisals", APPRAISALS, "考核类型"),
    (NoIncident, "kinds", INCIDENTS, "负面情形"),
    (AgeRule, "kinds", {**UNIT_KINDS, **BRANCH_KINDS}, "类型"),
    (Category, "kinds", {**UNIT_KINDS, **BRANCH_KINDS}, "类型"),
    (Condition, "kinds", {**UNIT_KINDS, **BRANCH_KINDS}, "类型"),
    (QuotaRule, "unit_kinds", UNIT_KINDS, "院级党组织类型"),
    (FixedByKind, "allowed", UNIT_KINDS, "院级党组织类型"),
    (Exemption, "unit_kind", UNIT_KINDS, "院级党组织类型"),
)
"""(record, its field, the stored values it may have, what they are)"""

_NOT_EMPTY: tuple[tuple[type, str], ...] = (
    (Notice, "categories"),
    (Notice, "stages"),
    (Notice, "clauses"),
    (Notice, "decision_steps"),
    (Category, "materials"),
    (Group, "parts"),
    (MinimumAge, "ages"),
    (GradeCount, "appraisals"),
    (GradeCount, "grades"),
    (ConsecutiveGrades, "appraisals"),
    (ConsecutiveGrades, "grades"),
    (Departments, "departments"),
    (Staffing, "roles"),
    (MemberGrowth, "measures"),
    (Judgement, "question"),
    (StepTable, "steps"),
    (Honours, "holders"),
    (Rubric, "criteria"),
    (Evaluation, "grades"),
    (Training, "years"),
    (GuideList, "items"),
    (Exemption, "reason"),
)

_NAMES = ("key", "name", "short_name", "label", "status")
"""Fields of any record by which people and papers call it: never empty."""


@dataclass(frozen=True, slots=True)
class NoticeChecks:
    """Checks each record of one file; see :data:`records.Check`."""

    index: NoticeIndex

    def __call__(self, record: Any, path: str) -> Iterator[Slip]:
        """All that is wrong with one record."""
        for name, reason in self._found(record):
            yield f"{path}.{name}" if path and name else path or name, reason

    def _found(self, record: Any) -> Iterator[Slip]:
        for kind, name in _NOT_EMPTY:
            if isinstance(record, kind) and not getattr(record, name) and not self._is_missing(record, name):
                yield name, "不能为空"
        for name in _NAMES:
            called = getattr(record, name, None)
            if isinstance(called, str) and not called.strip():
                yield name, "不能为空"
        yield from self._dangling(record)
        yield from self._clauses(record)
        yield from _unknown_words(record)
        if isinstance(record, GradeCount | ConsecutiveGrades):
            yield from self._graded(record)
        if isinstance(record, Move) and record.key not in self.index.keys(record.of):
            yield "key", f"{record.of} 里没有“{record.key}”"
        if isinstance(record, Notice):
            yield from self.index.repeated_keys()
            yield from whole_notice(record, self.index)
        yield from impossible(record)

    def _is_missing(self, record: Any, name: str) -> bool:
        """Whether the list is told of already: as a missing key, or by the mistakes of its items."""
        return isinstance(record, Notice) and self.index.table.get(name, True) not in ([], {})

    def _dangling(self, record: Any) -> Iterator[Slip]:
        for kind, name, target, what in _REFERENCES:
            if isinstance(record, kind):
                known = self.index.keys(target)
                for key in _texts(getattr(record, name)):
                    if key and key not in known:
                        named = "、".join(sorted(known)) or "（空）"
                        yield name, f"没有这个{what}：“{key}”，{target} 里有：{named}"

    def _clauses(self, record: Any) -> Iterator[Slip]:
        for name in ("clause", "cycle_clause", "organisers_clause"):
            clause = getattr(record, name, None)
            if clause and clause not in self.index.clauses:
                yield name, f"条款目录（clauses）里没有“{clause}”"
            elif clause in self.index.superseded and not isinstance(record, Condition | QuotaRule):
                yield name, f"“{clause}”已被后来的通知取代，请改写取代它的条款号"

    def _graded(self, record: GradeCount | ConsecutiveGrades) -> Iterator[Slip]:
        """Grades are those of the round's own scales, where it has any for these appraisals."""
        scales = [row for row in self.index.scales() if row.get("kind") in record.appraisals]
        bands = (band for row in scales for band in row.get("bands", ()) if isinstance(band, Mapping))
        own = [str(band.get("grade")) for band in bands]
        todo = "" if own else "；考核用别的等次的，请先写它的等次标准（scales）"
        for name, told in _unknown("grades", record.grades, own or GRADES, "等次"):
            yield name, f"{told}{todo}"


def _unknown_words(record: Any) -> Iterator[Slip]:
    for kind, name, words, what in _WORDS:
        if isinstance(record, kind):
            yield from _unknown(name, _texts(getattr(record, name)), words, what)


def _unknown(name: str, values: Iterable[str], known: Iterable[str], what: str) -> Iterator[Slip]:
    known = tuple(dict.fromkeys(known))
    for value in values:
        if value not in known:
            yield (
                name,
                f"不认识的{what}“{value}”，应为下列之一：{'、'.join(known)}",
            )


def _texts(value: Any) -> Iterable[str]:
    return (value,) if isinstance(value, str) else tuple(value or ())
