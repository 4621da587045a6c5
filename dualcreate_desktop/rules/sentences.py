"""Conditions in plain Chinese, so that the office can read back what its settings mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch

from db.vocabulary import Verdict
from dualcreate_desktop.rules.requirements import (
    Condition,
    ConsecutiveGrades,
    Counting,
    GradeCount,
    Group,
    Honours,
    Join,
    Judgement,
    MinimumAge,
    NoEarlierFailure,
    NoIncident,
    StableDuringCycle,
)
from dualcreate_desktop.rules.terms import APPRAISALS, INCIDENTS, LEVELS, years_and_months


def sentence(condition: Condition) -> str:
    """What the condition asks for, as one sentence: 近 3 年（按自然年计）…至少 1 项。"""
    text = phrase(condition.requirement)
    return f"{text}。" if condition.mandatory else f"{text}（仅供参考，不影响结论）。"


@singledispatch
def phrase(requirement: object) -> str:
    """A requirement without its full stop; TypeError for a type that is not one."""
    raise TypeError(f"not a requirement: {requirement!r}")


@phrase.register
def _(requirement: MinimumAge) -> str:
    ages = [f"{rule.label}成立满 {years_and_months(rule.months)}" for rule in requirement.ages]
    return f"{'，'.join(ages)}（算到申报截止日）"


@phrase.register
def _(requirement: StableDuringCycle) -> str:
    ends = {Verdict.FAIL: "即不通过", Verdict.UNVERIFIED: "须具名核实"}
    return f"建设周期内保持稳定，登记的撤并或毕业时间早于周期结束的{ends.get(requirement.early_end, '不影响结论')}"


@phrase.register
def _(requirement: GradeCount) -> str:
    return (
        f"近 {requirement.period_years} 个考核年度内，{_names(requirement.appraisals, APPRAISALS)}"
        f"评为{_quoted(requirement.grades)}至少 {requirement.times} 次"
    )


@phrase.register
def _(requirement: ConsecutiveGrades) -> str:
    return (
        f"近 {requirement.period_years} 个考核年度内，{_names(requirement.appraisals, APPRAISALS)}"
        f"连续 {requirement.years} 年评为{_quoted(requirement.grades)}"
    )


@phrase.register
def _(requirement: Honours) -> str:
    holders = "或".join(holder.label for holder in requirement.holders)
    what = "党内荣誉" if requirement.party_only else "表彰"
    level = LEVELS[requirement.level]
    if requirement.distinct_holders:
        amount = f"至少 {requirement.count} 名{holders}获得{level}以上{what}"
    else:
        amount = f"{holders}获得{level}以上{what}至少 {requirement.count} 项"
    return f"{_span(requirement.period_years, requirement.counted)}{amount}"


@phrase.register
def _(requirement: NoIncident) -> str:
    kinds = _names(requirement.kinds, INCIDENTS) if requirement.kinds else "任何负面情形"
    return f"{_span(requirement.period_years, requirement.counted)}没有{kinds}，并由专人具名确认"


@phrase.register
def _(requirement: NoEarlierFailure) -> str:
    return f"{_span(requirement.period_years, requirement.counted)}没有以往批次验收未达标的项目"


@phrase.register
def _(requirement: Judgement) -> str:
    points = f"，逐项看：{'、'.join(requirement.points)}" if requirement.points else ""
    return f"{requirement.question}（由专人具名判断{points}）"


@phrase.register
def _(requirement: Group) -> str:
    parts = [f"（{number}）{phrase(part.requirement)}" for number, part in enumerate(requirement.parts, 1)]
    head = "下列各项满足其一即可" if requirement.join is Join.ANY else "下列各项须全部满足"
    return f"{head}：{'；'.join(parts)}"


def _span(years: int, counted: Counting) -> str:
    return f"近 {years} 年（{counted.label}）"


def _names(values: Iterable[str], labels: Mapping[str, str]) -> str:
    return "、".join(labels.get(value, value) for value in values)


def _quoted(grades: Iterable[str]) -> str:
    return "或".join(f"“{grade}”" for grade in grades)
