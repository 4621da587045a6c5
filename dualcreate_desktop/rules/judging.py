"""What an applicant's facts say of a requirement.

Facts that are known only in part (a year without its month, a grade not yet reported) are taken both ways: where the
two verdicts differ, the verdict is 待核实.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import singledispatch

from db.vocabulary import Applicant, EndReason, Verdict
from dualcreate_desktop.rules.dates import PartialDate, full_months
from dualcreate_desktop.rules.facts import Facts
from dualcreate_desktop.rules.grades import judge_consecutive, judge_count
from dualcreate_desktop.rules.honours import judge_honours
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import (
    AgeRule,
    ExemptYoung,
    Group,
    Join,
    Judgement,
    MinimumAge,
    StableDuringCycle,
)
from dualcreate_desktop.rules.strength import (
    judge_double_leader,
    judge_growth,
    judge_guide,
    judge_staffing,
    judge_topics,
)
from dualcreate_desktop.rules.terms import years_and_months
from dualcreate_desktop.rules.verdicts import (
    TO_CONFIRM,
    UNDECIDED,
    Evidence,
    Judged,
    all_of,
    any_of,
    linked,
    settle,
)
from dualcreate_desktop.rules.vetoes import (
    judge_debarment,
    judge_departments,
    judge_earlier_failure,
    judge_incident,
)

_ENDS: Mapping[EndReason | None, tuple[str, str]] = {
    EndReason.MERGER: ("计划撤并", "周期内将撤并，不能以原支部完成建设"),
    EndReason.GRADUATION: ("预计毕业", "周期内党员毕业，须说明支部由谁接续"),
    None: ("预计撤并或毕业", "周期结束前不再保持现状"),
}
"""What an end ahead is called, and what it means when it comes before the cycle's."""


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
        return Judged(
            Verdict.UNVERIFIED,
            (f"成立时间未登记，要求满 {years_and_months(rule.months)}",),
            _body(facts, "成立时间未登记"),
        )
    return _judge_age(rule, facts, facts.founded, reference.deadline)


def _judge_age(rule: AgeRule, facts: Facts, founded: PartialDate, day: date) -> Judged:
    most, least = full_months(founded.earliest, day), full_months(founded.latest, day)
    verdict = settle(sure=least >= rule.months, possible=most >= rule.months)
    length = years_and_months(most) if most >= 0 else "截止日尚未成立"
    if verdict is Verdict.UNVERIFIED:
        length = f"{years_and_months(max(least, 0))}至 {years_and_months(most)}，须查明具体日期"
    told = f"{length}（成立 {founded.chinese}）"
    return Judged(
        verdict,
        (told, *facts.descent, f"{rule.label}须满 {years_and_months(rule.months)}"),
        _body(facts, f"成立 {founded.chinese}"),
    )


def _body(facts: Facts, text: str) -> tuple[Evidence, ...]:
    """The applicant's own record."""
    table = "unit" if facts.applicant is Applicant.UNIT else "branch"
    return linked([Evidence(text, table, facts.source)])


@judge.register
def _(requirement: StableDuringCycle, facts: Facts, reference: Reference) -> Judged:
    end, last = facts.planned_end, reference.cycle_ends
    if end is None:
        return Judged(Verdict.PASS, ("没有登记撤并或毕业时间",))
    name, warning = _ENDS[facts.planned_reason]
    link = _body(facts, f"{name} {end.chinese}")
    said = f"{name} {end.chinese}，建设周期到 {last}"
    if end.earliest > last:
        return Judged(Verdict.PASS, (said,), link)
    if end.latest > last:
        return Judged(Verdict.UNVERIFIED, (said, "须查明具体月份"), link)
    graduates = facts.planned_reason is EndReason.GRADUATION
    return Judged(requirement.graduation if graduates else requirement.early_end, (said, warning), link)


@judge.register
def _(requirement: Judgement, facts: Facts, reference: Reference) -> Judged:
    return Judged(Verdict.UNVERIFIED, (UNDECIDED, TO_CONFIRM))


@judge.register
def _(requirement: ExemptYoung, facts: Facts, reference: Reference) -> Judged:
    limit = f"成立不满 {years_and_months(requirement.months)}的豁免"
    if facts.founded is None:
        return Judged(Verdict.UNVERIFIED, (f"成立时间未登记，{limit}",), _body(facts, "成立时间未登记"))
    most = full_months(facts.founded.earliest, reference.deadline)
    least = full_months(facts.founded.latest, reference.deadline)
    young = _body(facts, f"成立 {facts.founded.chinese}")
    if most < requirement.months:
        return Judged(Verdict.NOT_APPLICABLE, (f"成立 {facts.founded.chinese}，{limit}",), young)
    judged = judge(requirement.requirement, facts, reference)
    if least >= requirement.months or judged.verdict is Verdict.PASS:
        return judged
    doubt = f"成立 {facts.founded.chinese}，是否豁免须查明具体日期"
    return Judged(Verdict.UNVERIFIED, (*judged.evidence, doubt), linked((*judged.links, *young)))


@judge.register
def _(requirement: Group, facts: Facts, reference: Reference) -> Judged:
    parts = [(part.label, judge(part.requirement, facts, reference)) for part in requirement.parts]
    join = any_of if requirement.join is Join.ANY else all_of
    evidence = tuple(
        f"{label}：{judged.verdict.label}——{'；'.join(judged.evidence)}" for label, judged in parts
    )
    links = linked(link for _, judged in parts for link in judged.links)
    return Judged(join(judged.verdict for _, judged in parts), evidence, links)


for _own in (
    judge_count,
    judge_consecutive,
    judge_honours,
    judge_incident,
    judge_debarment,
    judge_departments,
    judge_earlier_failure,
    judge_staffing,
    judge_double_leader,
    judge_growth,
    judge_topics,
    judge_guide,
):
    judge.register(_own)
