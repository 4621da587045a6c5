"""Conditions in plain Chinese, so that the office can read back what its settings mean.

Every setting of a condition shows in its sentence: two that differ in anything read differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch

from db.vocabulary import Verdict
from dualcreate_desktop.rules.lineage import LineageRules
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.requirements import (
    Adding,
    AgeRule,
    Condition,
    ConsecutiveGrades,
    Counting,
    Departments,
    DoubleLeader,
    ExemptYoung,
    Follows,
    Force,
    GradeCount,
    Group,
    Guide,
    Honours,
    Join,
    Judgement,
    MemberGrowth,
    MinimumAge,
    NoDebarment,
    NoEarlierFailure,
    NoIncident,
    StableDuringCycle,
    Staffing,
    Topics,
)
from dualcreate_desktop.rules.terms import (
    APPRAISALS,
    GROWTH,
    INCIDENTS,
    LEVELS,
    STAFF,
    TOPICS,
    kinds_named,
    years_and_months,
)

_FORCES: Mapping[Force, str] = {
    Force.HARD: "硬性",
    Force.IN_PRINCIPLE: "原则上，未达到的须有例外说明和批准人",
    Force.REFERENCE: "仅供参考，不影响结论",
}


def sentence(condition: Condition, notice: Notice | None = None) -> str:
    """What the condition asks for, as one sentence: 近 3 年（按自然年计）…至少 1 项（硬性）。

    Args:
        notice: gives the names of departments, guides and equivalent grades; without it their keys stand.
    """
    whom = f"只对{kinds_named(condition.kinds)}：" if condition.kinds else ""
    return f"{whom}{phrase(condition.requirement, notice)}（{_FORCES[condition.force]}）。"


def settings(notice: Notice) -> Iterator[str]:
    """What holds for all conditions of a round, one sentence each."""
    stage = notice.stage(notice.application_stage)
    stated = "" if notice.reckoned_to else f"（“{stage.name}”的截止日）"
    yield f"年限和“近几年”都算到 {notice.reference.deadline}{stated}。"
    yield f"考核等次算到 {notice.last_appraisal_year} 年度，按被考核的年度计，不看哪天考核。"
    for grade, further in notice.equivalent_grades.items():
        yield f"“{grade}”的相应等次：{_quoted(further, '、')}。"
    yield from lineage_sentences(notice.lineage)


def lineage_sentences(rules: LineageRules) -> tuple[str, ...]:
    """What a branch takes over from those before it, one sentence for each setting."""
    return (
        f"合并而成的支部，成立年限{rules.merged_age.label}。",
        f"拆分而成的支部，成立年限{rules.split_age.label}。",
        f"合并而成的支部，合并以前年度的等次：{rules.merged_grades.label}。",
        f"拆分而成的支部，拆分以前年度的等次：{rules.split_grades.label}。",
        f"合并或拆分前原支部获得的表彰{'算' if rules.honours else '不算'}作调整后支部的。",
        f"合并或拆分前原支部的负面情形{'也要' if rules.incidents else '不'}看。",
        "更名、划转和换届的支部仍是原来的支部，年限和等次都接着算。",
    )


@singledispatch
def phrase(requirement: object, notice: Notice | None = None) -> str:
    """A requirement without its full stop; TypeError for a type that is not one."""
    raise TypeError(f"not a requirement: {requirement!r}")


@phrase.register
def _(requirement: MinimumAge, notice: Notice | None = None) -> str:
    return f"{'，'.join(map(_age, requirement.ages))}（算到年限截止日）"


def _age(rule: AgeRule) -> str:
    kinds = f"（{kinds_named(rule.kinds)}）" if rule.kinds and rule.label != kinds_named(rule.kinds) else ""
    return f"{rule.label}{kinds}成立满 {years_and_months(rule.months)}"


@phrase.register
def _(requirement: StableDuringCycle, notice: Notice | None = None) -> str:
    merged, graduated = _outcome(requirement.early_end), _outcome(requirement.graduation)
    return f"建设周期内保持稳定：登记的撤并时间早于周期结束的{merged}，预计毕业年月早于周期结束的{graduated}"


def _outcome(verdict: Verdict) -> str:
    return {Verdict.FAIL: "即不通过", Verdict.UNVERIFIED: "须具名核实"}.get(verdict, "不影响结论")


@phrase.register
def _(requirement: GradeCount, notice: Notice | None = None) -> str:
    return f"{_graded(requirement, notice)}至少 {requirement.times} 次{_options(requirement)}"


@phrase.register
def _(requirement: ConsecutiveGrades, notice: Notice | None = None) -> str:
    return f"{_graded(requirement, notice)}，且连续 {requirement.years} 年{_options(requirement)}"


def _graded(requirement: GradeCount | ConsecutiveGrades, notice: Notice | None) -> str:
    return (
        f"近 {requirement.period_years} 个考核年度内，{_names(requirement.appraisals, APPRAISALS)}"
        f"评为{_quoted(requirement.grades)}{_equivalents(requirement, notice)}"
    )


def _equivalents(requirement: GradeCount | ConsecutiveGrades, notice: Notice | None) -> str:
    if not requirement.equivalents:
        return ""
    known = notice.equivalent_grades if notice else {}
    further = [name for grade in requirement.grades for name in known.get(grade, ())]
    return f"或相应等次（{_quoted(further, '、')}）" if further else "或相应等次"


def _options(requirement: GradeCount | ConsecutiveGrades) -> str:
    body = requirement.follows is Follows.BODY
    words = [
        f"等次{requirement.follows.label}，{'换书记后接着算' if body else '换书记后只算现任书记的'}",
        requirement.adding.label
        if len(requirement.appraisals) > 1 or requirement.adding is not Adding.TOGETHER
        else "",
        "当年成立或尚未成立的年度豁免" if requirement.exempt_young else "成立不足的年度不豁免",
    ]
    return f"（{'；'.join(filter(None, words))}）"


@phrase.register
def _(requirement: Honours, notice: Notice | None = None) -> str:
    holders = "或".join(holder.label for holder in requirement.holders)
    what = "党内荣誉" if requirement.party_only else "表彰"
    titles = f"（{'、'.join(requirement.titles)}等，其他称号须核实）" if requirement.titles else ""
    asked = f"{LEVELS.get(requirement.level, requirement.level)}以上{what}{titles}"
    if requirement.distinct_holders:
        amount = f"至少 {requirement.count} 名{holders}（同一人只计一次）获得{asked}"
    else:
        amount = f"{holders}获得{asked}至少 {requirement.count} 项"
    return f"{_span(requirement.period_years, requirement.counted)}{amount}"


@phrase.register
def _(requirement: NoIncident, notice: Notice | None = None) -> str:
    kinds = _names(requirement.kinds, INCIDENTS) if requirement.kinds else "任何负面情形"
    if requirement.departments:
        asked = _departments(requirement.departments, notice)
        confirmed = f"并由{asked}都答复无异议，未答复的待核实"
    else:
        confirmed = "并由专人具名确认"
    unit = "（所在单位的也看，是否涉及须核实）" if requirement.of_unit else ""
    return f"{_span(requirement.period_years, requirement.counted)}没有{kinds}{unit}，{confirmed}"


@phrase.register
def _(requirement: NoDebarment, notice: Notice | None = None) -> str:
    return "年限截止日不在取消申报资格的期限内"


@phrase.register
def _(requirement: Departments, notice: Notice | None = None) -> str:
    return f"部门联审：{_departments(requirement.departments, notice)}都答复无异议，未答复的待核实"


def _departments(keys: Iterable[str], notice: Notice | None) -> str:
    return _names(keys, {item.key: item.name for item in notice.departments} if notice else {})


@phrase.register
def _(requirement: NoEarlierFailure, notice: Notice | None = None) -> str:
    return f"{_span(requirement.period_years, requirement.counted)}没有以往批次验收未达标的项目"


@phrase.register
def _(requirement: Staffing, notice: Notice | None = None) -> str:
    return f"{_names(requirement.roles, STAFF)}配齐，每类实配都不少于应配（看最近一年的登记）"


@phrase.register
def _(requirement: DoubleLeader, notice: Notice | None = None) -> str:
    return "现任书记是“双带头人”"


@phrase.register
def _(requirement: MemberGrowth, notice: Notice | None = None) -> str:
    each = "各" if len(requirement.measures) > 1 else ""
    return (
        f"近 {requirement.period_years} 个年度内，{_names(requirement.measures, GROWTH)}"
        f"发展党员{each}至少 {requirement.count} 人"
    )


@phrase.register
def _(requirement: Topics, notice: Notice | None = None) -> str:
    kinds = "或".join(TOPICS.get(kind, kind) for kind in requirement.kinds or TOPICS)
    level = LEVELS.get(requirement.level, requirement.level)
    span = _span(requirement.period_years, requirement.counted)
    return f"{span}承担{level}以上{kinds}至少 {requirement.count} 项"


@phrase.register
def _(requirement: Guide, notice: Notice | None = None) -> str:
    names = {guide.key: (guide.name, len(guide.items)) for guide in notice.guides} if notice else {}
    name, count = names.get(requirement.guide, (requirement.guide, 0))
    return f"“{name}”{f' {count} 条' if count else ''}逐条自查都达到"


@phrase.register
def _(requirement: Judgement, notice: Notice | None = None) -> str:
    points = f"，逐项看：{'、'.join(requirement.points)}" if requirement.points else ""
    return f"{requirement.question}（由专人具名判断{points}）"


@phrase.register
def _(requirement: ExemptYoung, notice: Notice | None = None) -> str:
    inner = phrase(requirement.requirement, notice)
    return f"{inner}；到年限截止日成立不满 {years_and_months(requirement.months)}的豁免"


@phrase.register
def _(requirement: Group, notice: Notice | None = None) -> str:
    parts = [
        f"（{number}）{phrase(part.requirement, notice)}" for number, part in enumerate(requirement.parts, 1)
    ]
    head = "下列各项满足其一即可" if requirement.join is Join.ANY else "下列各项须全部满足"
    return f"{head}：{'；'.join(parts)}"


def _span(years: int, counted: Counting) -> str:
    return f"近 {years} 年（{counted.label}）"


def _names(values: Iterable[str], labels: Mapping[str, str]) -> str:
    return "、".join(labels.get(value, value) for value in values)


def _quoted(grades: Iterable[str], joint: str = "或") -> str:
    return joint.join(f"“{grade}”" for grade in grades)
