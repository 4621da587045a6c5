"""What the parts of a round's rules cannot ask together: duties over limits, circles, things said twice.

It is also shown rules with mistakes, whose lists are shorter and whose single values may be None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from db.vocabulary import Applicant
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_index import NoticeIndex
from dualcreate_desktop.rules.notice_parts import MaterialOwner
from dualcreate_desktop.rules.quota_rules import FixedByKind, Obligation, QuotaRule, StepTable
from dualcreate_desktop.rules.records import Slip
from dualcreate_desktop.rules.requirements import (
    AgeRule,
    ConsecutiveGrades,
    DoubleLeader,
    ExemptYoung,
    GradeCount,
    Group,
    MinimumAge,
    Requirement,
    Staffing,
)
from dualcreate_desktop.rules.terms import APPRAISALS, BRANCH_KINDS, GRADES, UNIT_KINDS

_OF_BRANCHES = frozenset({"branch_work", "quality_month"})
"""Appraisals that only branches have."""


def whole_notice(notice: Notice, index: NoticeIndex) -> Iterator[Slip]:
    """(path, reason) of all that only the whole shows; the index knows also what could not be read."""
    clauses = index.clauses
    yield from _materials(notice, index.values("categories", "materials"))
    yield from _same_names(notice)
    yield from _assessed(notice)
    yield from _kinds(notice)
    yield from _asked_of_nobody(notice)
    yield from _quotas(notice)
    yield from _funding(notice)
    yield from _narrative(notice, clauses)
    yield from _grades(notice)
    yield from _supplements(notice, clauses)


def _materials(notice: Notice, wanted: frozenset[str]) -> Iterator[Slip]:
    owners = {item.key: item.owner for item in notice.materials}
    for number, category in enumerate(notice.categories, 1):
        for place, key in enumerate(category.materials, 1):
            if owners.get(key) is MaterialOwner.UNIT:
                yield f"categories[{number}].materials[{place}]", f"“{key}”是每个院级党组织交一次的材料"
    for number, item in enumerate(notice.materials, 1):
        if item.owner is MaterialOwner.APPLICATION and item.key not in wanted:
            yield f"materials[{number}].owner", f"没有一个类别要求“{item.name}”"


def _same_names(notice: Notice) -> Iterator[Slip]:
    """Forms, lists and letters tell categories apart by what they are called."""
    for name in ("name", "short_name"):
        called = [getattr(category, name) for category in notice.categories]
        for number, said in enumerate(called, 1):
            if said and said in called[: number - 1]:
                yield f"categories[{number}].{name}", f"“{said}”与第 {called.index(said) + 1} 个类别同名"


def _assessed(notice: Notice) -> Iterator[Slip]:
    """Grades that count are there when applications are in."""
    deadlines = [stage.deadline for stage in notice.stages if stage.key == notice.application_stage]
    if (
        deadlines
        and notice.last_appraisal_year is not None
        and notice.last_appraisal_year > deadlines[0].year
    ):
        yield "last_appraisal_year", f"{notice.last_appraisal_year} 年晚于申报截止的 {deadlines[0].year} 年"


def _kinds(notice: Notice) -> Iterator[Slip]:
    """Kinds of branches in a category of branches, of units in one of units."""
    words = {Applicant.UNIT: UNIT_KINDS, Applicant.BRANCH: BRANCH_KINDS}
    applicants = {category.key: category.applicant for category in notice.categories}
    lists = [
        (f"categories[{number}]", item.key, item.kinds) for number, item in enumerate(notice.categories, 1)
    ]
    lists += [
        (f"conditions[{number}]", item.category, item.kinds)
        for number, item in enumerate(notice.conditions, 1)
    ]
    lists += [
        (f"conditions[{number}].{path}", item.category, rule.kinds)
        for number, item in enumerate(notice.conditions, 1)
        for path, rule in _ages(item.requirement, "requirement")
    ]
    for path, category, kinds in lists:
        applicant = applicants.get(category)
        for kind in kinds:
            if (
                applicant is not None
                and kind not in words[applicant]
                and kind in {**UNIT_KINDS, **BRANCH_KINDS}
            ):
                yield f"{path}.kinds", f"“{kind}”不是{applicant.label}的类型"


def _ages(requirement: Requirement, path: str) -> Iterator[tuple[str, AgeRule]]:
    """The age rules of a requirement, however deep they stand, and where."""
    for place, part in requirements_within(requirement, path):
        if isinstance(part, MinimumAge):
            yield from ((f"{place}.ages[{n}]", rule) for n, rule in enumerate(part.ages, 1))


def requirements_within(requirement: Requirement, path: str) -> Iterator[tuple[str, Requirement]]:
    """A requirement and all that it is made of, and where each stands."""
    yield path, requirement
    match requirement:
        case ExemptYoung():
            yield from requirements_within(requirement.requirement, f"{path}.requirement")
        case Group():
            for n, part in enumerate(requirement.parts, 1):
                yield from requirements_within(part.requirement, f"{path}.parts[{n}].requirement")


def _asked_of_nobody(notice: Notice) -> Iterator[Slip]:
    """What only units have is not asked of branches, nor the other way round."""
    applicants = {category.key: category.applicant for category in notice.categories}
    for number, item in enumerate(notice.conditions, 1):
        applicant = applicants.get(item.category)
        for path, part in requirements_within(item.requirement, f"conditions[{number}].requirement"):
            if applicant is Applicant.BRANCH and isinstance(part, Staffing):
                yield path, "人员配备按院级党组织登记，不能要求党支部"
            if applicant is Applicant.UNIT and isinstance(part, DoubleLeader):
                yield path, "“双带头人”是党支部书记，不能要求院级党组织"
            if applicant is Applicant.UNIT and isinstance(part, GradeCount | ConsecutiveGrades):
                yield from (
                    (f"{path}.appraisals", f"“{APPRAISALS[kind]}”考核的是党支部，不能要求院级党组织")
                    for kind in part.appraisals or ()
                    if kind in _OF_BRANCHES
                )


def _quotas(notice: Notice) -> Iterator[Slip]:
    applicants = {category.key: category.applicant for category in notice.categories}
    for number, rule in enumerate(notice.quotas, 1):
        if not isinstance(rule.limit, Obligation):
            continue
        path = f"quotas[{number}].limit.count"
        if applicants.get(rule.category) is Applicant.UNIT and rule.limit.count > 1:
            yield path, f"每个院级党组织自身只能申报 1 项，不能要求 {rule.limit.count} 项"
        for other in notice.quotas:
            cap = _cap(other)
            if (
                other.category == rule.category
                and cap is not None
                and cap < rule.limit.count
                and _meet(rule, other)
            ):
                yield path, f"至少 {rule.limit.count} 个与“{other.label}”的最多 {cap} 个矛盾"


def _cap(rule: QuotaRule) -> int | None:
    """The most that the rule lets any unit have; None when that depends on the unit."""
    match rule.limit:
        case StepTable(steps=steps):
            return max((step.allowed for step in steps), default=None)
        case FixedByKind(allowed=allowed, otherwise=int(otherwise)):
            return max(otherwise, *allowed.values(), 0)
    return None


def _meet(one: QuotaRule, other: QuotaRule) -> bool:
    return not one.unit_kinds or not other.unit_kinds or bool(set(one.unit_kinds) & set(other.unit_kinds))


def _funding(notice: Notice) -> Iterator[Slip]:
    funded: set[str] = set()
    for number, fund in enumerate(notice.funding, 1):
        if fund.category in funded:
            yield f"funding[{number}].category", f"“{fund.category}”的经费写了两次"
        funded.add(fund.category)


def _narrative(notice: Notice, clauses: frozenset[str]) -> Iterator[Slip]:
    for clause, reason in notice.narrative.items():
        if clause not in clauses:
            yield f"narrative.{clause}", f"条款目录（clauses）里没有“{clause}”"
        elif not reason.strip():
            yield f"narrative.{clause}", "须写明为什么这一条不成为规则"


def _grades(notice: Notice) -> Iterator[Slip]:
    known = {*GRADES, *(band.grade for scale in notice.scales for band in scale.bands)}
    for grade, others in notice.equivalent_grades.items():
        for other in (grade, *others):
            if other not in known:
                yield f"equivalent_grades.{grade}", f"不认识的等次“{other}”"
    for grade, circle in _circles(notice.equivalent_grades):
        yield f"equivalent_grades.{grade}", f"相应等次互相循环：{' → '.join(circle)}"


def _supplements(notice: Notice, clauses: frozenset[str]) -> Iterator[Slip]:
    replaced: dict[str, set[str]] = {}
    for number, later in enumerate(notice.supplements, 1):
        path = f"supplements[{number}]"
        for clause in later.clauses:
            if clause in notice.clauses:
                yield f"{path}.clauses.{clause}", f"通知本身已有“{clause}”，补充通知的条款号请加“补{number}·”"
        for place, clause in enumerate(later.supersedes, 1):
            if clause not in clauses:
                yield f"{path}.supersedes[{place}]", f"条款目录（clauses）里没有“{clause}”"
        for other in notice.supplements:
            if other is not later and set(later.supersedes) & set(other.clauses):
                replaced.setdefault(later.key, set()).add(other.key)
    places = {later.key: number for number, later in enumerate(notice.supplements, 1)}
    for key, circle in _circles(
        {later.key: tuple(sorted(replaced.get(later.key, ()))) for later in notice.supplements}
    ):
        told = f"各份通知互相取代，成了循环：{' → '.join(circle)}"
        yield f"supplements[{places[key]}].supersedes", told


def _circles(leads: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each circle once, with where it was met first."""
    told: set[frozenset[str]] = set()
    for start in leads:
        circle = _circle(start, leads)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield start, circle


def _circle(start: str, leads: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The way from `start` back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen = {start}
    while ways:
        way = ways.pop()
        for following in leads.get(way[-1], ()):
            if following == start:
                return (*way, start)
            if following not in seen:
                seen.add(following)
                ways.append((*way, following))
    return ()
