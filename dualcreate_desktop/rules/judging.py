"""What an applicant's facts say of a requirement.

Facts that are known only in part (a year without its month, a grade not yet reported) are taken both ways: where the
two verdicts differ, the verdict is 待核实.
"""

from __future__ import annotations

from datetime import date
from functools import singledispatch

from db.vocabulary import Verdict
from dualcreate_desktop.rules.dates import PartialDate, full_months
from dualcreate_desktop.rules.facts import Facts, HonourFact
from dualcreate_desktop.rules.grades import judge_consecutive, judge_count
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import (
    AgeRule,
    Group,
    Honours,
    Join,
    Judgement,
    MinimumAge,
    NoEarlierFailure,
    NoIncident,
    StableDuringCycle,
)
from dualcreate_desktop.rules.terms import INCIDENTS, LEVELS, at_or_above, years_and_months
from dualcreate_desktop.rules.verdicts import TO_CONFIRM, Judged, Window, all_of, any_of, settle, window


@singledispatch
def judge(requirement: object, facts: Facts, reference: Reference) -> Judged:
    """Decide one requirement; TypeError for a type that is not one."""
    raise TypeError(f"not a requirement: {requirement!r}")


@judge.register
def _(requirement: MinimumAge, facts: Facts, reference: Reference) -> Judged:
    rule = next((rule for rule in requirement.ages if not rule.kinds or facts.kind in rule.kinds), None)
    if rule is None:
        return Judged(Verdict.NOT_APPLICABLE, ("对这一类型没有年限要求",))
    if facts.founded is None:
        return Judged(Verdict.UNVERIFIED, (f"成立时间未登记，要求满 {years_and_months(rule.months)}",))
    return _judge_age(rule, facts.founded, reference.deadline)


def _judge_age(rule: AgeRule, founded: PartialDate, day: date) -> Judged:
    most, least = full_months(founded.earliest, day), full_months(founded.latest, day)
    verdict = settle(sure=least >= rule.months, possible=most >= rule.months)
    length = years_and_months(most) if most >= 0 else "申报截止日尚未成立"
    if verdict is Verdict.UNVERIFIED:
        length = f"{years_and_months(max(least, 0))}至 {years_and_months(most)}，须查明具体日期"
    return Judged(
        verdict, (f"{length}（成立 {founded.chinese}）", f"{rule.label}须满 {years_and_months(rule.months)}")
    )


@judge.register
def _(requirement: StableDuringCycle, facts: Facts, reference: Reference) -> Judged:
    end = facts.planned_end
    if end is None:
        return Judged(Verdict.PASS, ("没有登记撤并或毕业时间",))
    said = f"预计撤并或毕业 {end.chinese}，建设周期到 {reference.cycle_ends}"
    if end.earliest > reference.cycle_ends:
        return Judged(Verdict.PASS, (said,))
    surely_early = end.latest <= reference.cycle_ends
    return Judged(requirement.early_end if surely_early else Verdict.UNVERIFIED, (said,))


@judge.register
def _(requirement: Honours, facts: Facts, reference: Reference) -> Judged:
    span = window(requirement.period_years, requirement.counted, reference)
    possible = [honour for honour in facts.honours if _may_count(requirement, honour, span)]
    sure = [honour for honour in possible if _surely_counts(requirement, honour, span)]
    verdict = settle(
        sure=_number(requirement, sure) >= requirement.count,
        possible=_number(requirement, possible) >= requirement.count,
    )
    found = [_told(honour, doubtful=honour not in sure) for honour in possible]
    return Judged(verdict, tuple(found) or (f"{span} 没有登记符合要求的{LEVELS[requirement.level]}以上表彰",))


def _may_count(requirement: Honours, honour: HonourFact, span: Window) -> bool:
    return (
        honour.holder in requirement.holders
        and at_or_above(honour.level, requirement.level)
        and span.may_hold(honour.awarded)
        and not (requirement.party_only and honour.party is False)
    )


def _surely_counts(requirement: Honours, honour: HonourFact, span: Window) -> bool:
    return span.holds(honour.awarded) and not (requirement.party_only and honour.party is None)


def _number(requirement: Honours, honours: list[HonourFact]) -> int:
    if requirement.distinct_holders:
        return len({(honour.holder, honour.holder_name or honour.title) for honour in honours})
    return len(honours)


def _told(honour: HonourFact, *, doubtful: bool) -> str:
    details = [LEVELS.get(honour.level, honour.level), honour.holder_name]
    doubt = "：时间或是否党内荣誉待核实" if doubtful else ""
    return f"{honour.awarded.year} {honour.title}（{'，'.join(filter(None, details))}）{doubt}"


@judge.register
def _(requirement: NoIncident, facts: Facts, reference: Reference) -> Judged:
    span = window(requirement.period_years, requirement.counted, reference)
    relevant = [
        incident
        for incident in facts.incidents
        if span.may_hold(incident.occurred) and (not requirement.kinds or incident.kind in requirement.kinds)
    ]
    if not relevant:
        return Judged(Verdict.UNVERIFIED, (f"{span} 没有登记负面情形", TO_CONFIRM))
    sure = any(span.holds(incident.occurred) for incident in relevant)
    found = tuple(
        f"{incident.occurred.chinese} {INCIDENTS.get(incident.kind, incident.kind)}"
        + (f"：{incident.description}" if incident.description else "")
        for incident in relevant
    )
    return Judged(Verdict.FAIL if sure else Verdict.UNVERIFIED, found)


@judge.register
def _(requirement: NoEarlierFailure, facts: Facts, reference: Reference) -> Judged:
    span = window(requirement.period_years, requirement.counted, reference)
    relevant = [failure for failure in facts.failures if span.may_hold(failure.decided)]
    verdict = settle(sure=not relevant, possible=not any(span.holds(failure.decided) for failure in relevant))
    found = tuple(f"{failure.batch}验收未达标（{failure.decided.chinese}）" for failure in relevant)
    return Judged(verdict, found or ("没有以往批次验收未达标的记录",))


@judge.register
def _(requirement: Judgement, facts: Facts, reference: Reference) -> Judged:
    return Judged(Verdict.UNVERIFIED, ("登记的数据不能判断", TO_CONFIRM))


@judge.register
def _(requirement: Group, facts: Facts, reference: Reference) -> Judged:
    parts = [(part.label, judge(part.requirement, facts, reference)) for part in requirement.parts]
    join = any_of if requirement.join is Join.ANY else all_of
    evidence = tuple(
        f"{label}：{judged.verdict.label}——{'；'.join(judged.evidence)}" for label, judged in parts
    )
    return Judged(join(judged.verdict for _, judged in parts), evidence)


judge.register(judge_count)
judge.register(judge_consecutive)
