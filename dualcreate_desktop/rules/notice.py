"""A round's rules as typed, immutable data: what a notice asks for, clause by clause.

Read by `notice_loading`. Every rule cites the clause that asks for it, or OFFICE when the office added it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from dualcreate_desktop.rules.dates import add_months
from dualcreate_desktop.rules.lineage import LineageRules
from dualcreate_desktop.rules.notice_parts import (
    AppraisalTask,
    BasisDocument,
    Category,
    Contact,
    DecisionStep,
    Department,
    Evaluation,
    Funding,
    GuideList,
    Material,
    OutcomeKind,
    OutcomeMinimum,
    PublicNoticeRule,
    Report,
    Rubric,
    Slip,
    Stage,
    Supplement,
    Training,
)
from dualcreate_desktop.rules.quota_rules import QuotaRule
from dualcreate_desktop.rules.records import Positive
from dualcreate_desktop.rules.requirements import Condition
from dualcreate_desktop.rules.scales import Scale


@dataclass(frozen=True, slots=True)
class Reference:
    """What conditions of a round are reckoned by.

    Args:
        deadline: the day from which ages and “近 N 年” count back (年限截止日).
        equivalent_grades: grade asked for → further grades that count as it (相应等次).
        departments: key → name of those that are asked about applicants.
        guides: key → its items, each key → text.
    """

    deadline: date
    last_appraisal_year: int
    cycle_ends: date
    equivalent_grades: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    departments: Mapping[str, str] = field(default_factory=dict)
    guides: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """All rules of a round.

    Args:
        issued: day of the notice, None when its text gives none.
        application_stage: key of the stage whose deadline conditions are reckoned from.
        last_appraisal_year: the latest year whose grades count; “近 N 年” of grades ends with it.
        reckoned_to: the 年限截止日; None: the day of the application deadline.
        clauses: id (``二(二)3``) → heading or gist.
        narrative: clauses that make no rule → the reason.
        equivalent_grades: grade asked for → further grades that count as it (相应等次).
        organisers_clause: that names who holds the round, and with whom (主办、协办); empty when none does.
        lineage: what a merged or split branch takes over from those before it.
        assumptions: what we took for granted where the notice is silent, in Chinese sentences.
        text: the wording of the notice; empty for a shipped preset, whose text stands beside it.
    """

    key: str
    title: str
    batch: str
    issuer: str
    doc_number: str
    application_stage: str
    last_appraisal_year: Positive
    cycle_starts: date
    cycle_months: Positive
    cycle_clause: str
    clauses: Mapping[str, str]
    narrative: Mapping[str, str]
    categories: tuple[Category, ...]
    stages: tuple[Stage, ...]
    materials: tuple[Material, ...]
    conditions: tuple[Condition, ...]
    rubric: Rubric
    public_notice: PublicNoticeRule
    decision_steps: tuple[DecisionStep, ...]
    evaluations: tuple[Evaluation, ...]
    outcome_kinds: tuple[OutcomeKind, ...]
    issued: date | None = None
    quotas: tuple[QuotaRule, ...] = ()
    appraisal_tasks: tuple[AppraisalTask, ...] = ()
    reports: tuple[Report, ...] = ()
    funding: tuple[Funding, ...] = ()
    outcome_minimums: tuple[OutcomeMinimum, ...] = ()
    trainings: tuple[Training, ...] = ()
    contacts: tuple[Contact, ...] = ()
    assumptions: tuple[str, ...] = ()
    slips: tuple[Slip, ...] = ()
    reckoned_to: date | None = None
    equivalent_grades: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    basis: tuple[BasisDocument, ...] = ()
    organisers: tuple[str, ...] = ()
    co_organisers: tuple[str, ...] = ()
    organisers_clause: str = ""
    departments: tuple[Department, ...] = ()
    guides: tuple[GuideList, ...] = ()
    supplements: tuple[Supplement, ...] = ()
    scales: tuple[Scale, ...] = ()
    lineage: LineageRules = field(default_factory=LineageRules)
    text: str = ""

    @property
    def deadline(self) -> datetime:
        """When applications close."""
        return self.stage(self.application_stage).deadline

    @property
    def cycle_ends(self) -> date:
        """The last day of the building cycle."""
        return add_months(self.cycle_starts, self.cycle_months) - timedelta(days=1)

    @property
    def reference(self) -> Reference:
        """The days from which this round's conditions are reckoned."""
        return Reference(
            self.reckoned_to or self.deadline.date(),
            self.last_appraisal_year,
            self.cycle_ends,
            self.equivalent_grades,
            {department.key: department.name for department in self.departments},
            {guide.key: {item.key: item.text for item in guide.items} for guide in self.guides},
        )

    @property
    def all_clauses(self) -> Mapping[str, str]:
        """The clauses of the notice and of its supplements: id → heading or gist."""
        return {
            **self.clauses,
            **{clause: gist for later in self.supplements for clause, gist in later.clauses.items()},
        }

    def category(self, key: str) -> Category:
        """The category of that key; KeyError when there is none."""
        return {category.key: category for category in self.categories}[key]

    def stage(self, key: str) -> Stage:
        """The stage of that key; KeyError when there is none."""
        return {stage.key: stage for stage in self.stages}[key]

    def material(self, key: str) -> Material:
        """The document of that key; KeyError when there is none."""
        return {material.key: material for material in self.materials}[key]

    def evaluation(self, key: str) -> Evaluation:
        """The evaluation of that key; KeyError when there is none."""
        return {evaluation.key: evaluation for evaluation in self.evaluations}[key]

    def guide(self, key: str) -> GuideList:
        """The guide of that key; KeyError when there is none."""
        return {guide.key: guide for guide in self.guides}[key]

    def conditions_of(self, category: str) -> tuple[Condition, ...]:
        """The conditions of a category, in the order of the notice."""
        return tuple(condition for condition in self.conditions if condition.category == category)

    def citations(self) -> Iterator[tuple[str, str]]:
        """(clause, what cites it) for every rule: the trace from the notice to the program."""
        for condition in self.conditions:
            yield condition.clause, f"条件：{condition.label}"
        for quota in self.quotas:
            yield quota.clause, f"名额：{quota.label}"
        for funding in self.funding:
            yield funding.clause, f"经费：{self.category(funding.category).short_name}"
            yield from ((part.clause, f"拨款：{part.name}") for part in funding.instalments)
        yield self.cycle_clause, "建设周期"
        if self.organisers and self.organisers_clause:
            yield self.organisers_clause, "主办部门"
        yield self.rubric.clause, "评分表"
        yield self.public_notice.clause, "公示"
        yield from self._named_citations()

    def _named_citations(self) -> Iterator[tuple[str, str]]:
        named = (
            ("类别", self.categories),
            ("阶段", self.stages),
            ("材料", self.materials),
            ("考核", self.appraisal_tasks),
            ("报告", self.reports),
            ("评估", self.evaluations),
            ("成果", self.outcome_kinds),
            ("成果底线", self.outcome_minimums),
            ("培训", self.trainings),
            ("评定程序", self.decision_steps),
            ("联系方式", self.contacts),
            ("部门联审", self.departments),
            ("任务指南", self.guides),
        )
        for what, rules in named:
            yield from ((rule.clause, f"{what}：{rule.name}") for rule in rules)
        for material in self.materials:
            if material.annex in self.clauses:
                yield material.annex, f"材料：{material.name}"
        yield from ((document.clause, f"依据文件：{document.title}") for document in self.basis)
        for later in self.supplements:
            yield from ((move.clause, f"日期：{move.of.label}改期") for move in later.moves)
