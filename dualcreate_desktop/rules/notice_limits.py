"""What no single part of a round's rules can ask: days in the wrong order, shares over the whole, runs too long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import singledispatch
from itertools import pairwise

from dualcreate_desktop.rules.notice_parts import (
    Criterion,
    Evaluation,
    Funding,
    Material,
    Rubric,
    Stage,
    Supplement,
)
from dualcreate_desktop.rules.quota_rules import Obligation, Ratio, StepTable
from dualcreate_desktop.rules.records import Slip
from dualcreate_desktop.rules.requirements import AgeRule, ConsecutiveGrades, GradeCount, Honours, MinimumAge
from dualcreate_desktop.rules.scales import Band, Scale, Share

_WHOLE = 100
"""Per cent."""


@singledispatch
def impossible(_record: object) -> Iterator[Slip]:
    """(field, reason) of what the record asks and nothing can fulfil; the field is empty for the record itself."""
    yield from ()


@impossible.register
def _(stage: Stage) -> Iterator[Slip]:
    if stage.opens is not None and stage.deadline.date() < stage.opens:
        yield "deadline", f"截止 {stage.deadline:%Y-%m-%d} 早于开始 {stage.opens}"


@impossible.register
def _(material: Material) -> Iterator[Slip]:
    if not material.copies and not material.electronic:
        yield "copies", "纸质 0 份又不要电子版，等于不收这份材料"
    if not material.copies and (material.stamp or material.signature):
        yield "copies", "要求盖章或签字的材料至少要 1 份纸质"


@impossible.register
def _(funding: Funding) -> Iterator[Slip]:
    total = sum(part.fen for part in funding.instalments)
    if total != funding.fen:
        yield "instalments", f"各期之和 {total} 分不等于总额 {funding.fen} 分"


@impossible.register
def _(evaluation: Evaluation) -> Iterator[Slip]:
    yield from _twice("grades", (grade.name for grade in evaluation.grades), "等次")
    if evaluation.grades and not any(grade.passes for grade in evaluation.grades):
        yield "grades", "没有一个等次算通过（passes = true）"


@impossible.register
def _(rubric: Rubric) -> Iterator[Slip]:
    if 0 < rubric.drop_from < 3:
        yield "drop_from", "去掉最高分和最低分至少要 3 名评委，不去掉写 0"
    if rubric.decimals > 6:
        yield "decimals", f"最多保留 6 位小数，现在是 {rubric.decimals}"
    if rubric.reserve_percent > _WHOLE:
        yield "reserve_percent", f"备选比例不能超过 100%，现在是 {rubric.reserve_percent}%"


@impossible.register
def _(criterion: Criterion) -> Iterator[Slip]:
    if criterion.maximum <= 0:
        yield "maximum", "满分须大于 0"
    if criterion.weight <= 0:
        yield "weight", "权重须大于 0"


@impossible.register
def _(supplement: Supplement) -> Iterator[Slip]:
    for number, move in enumerate(supplement.moves, 1):
        if move.opens is not None and move.deadline.date() < move.opens:
            yield f"moves[{number}].deadline", f"截止 {move.deadline:%Y-%m-%d} 早于开始 {move.opens}"
    for number, clause in enumerate(supplement.supersedes, 1):
        if clause in supplement.clauses:
            yield f"supersedes[{number}]", f"“{clause}”是这份通知自己的条款，不能取代自己"


@impossible.register
def _(ratio: Ratio) -> Iterator[Slip]:
    if ratio.numerator > ratio.denominator:
        yield "numerator", f"{ratio.numerator}/{ratio.denominator} 超过 100%"
    if ratio.numerator == 0 and not ratio.at_least_one:
        yield "numerator", "比例为 0，等于谁都不能报"


@impossible.register
def _(table: StepTable) -> Iterator[Slip]:
    steps = sorted(table.steps, key=lambda step: step.more_than)
    yield from _twice("steps", (str(step.more_than) for step in steps), "档次")
    for lower, higher in pairwise(steps):
        if higher.allowed < lower.allowed:
            yield (
                "steps",
                f"超过 {higher.more_than} 个的名额 {higher.allowed} 少于超过 {lower.more_than} 个的 {lower.allowed}",
            )


@impossible.register
def _(obligation: Obligation) -> Iterator[Slip]:
    yield from _twice("exempt", (exemption.unit_kind for exemption in obligation.exempt), "类型")


@impossible.register
def _(requirement: MinimumAge) -> Iterator[Slip]:
    """The first rule of a kind holds, so whatever comes after a rule for all kinds, or for the same, is never asked."""
    seen: set[str] = set()
    for number, rule in enumerate(requirement.ages, 1):
        if number > 1 and not requirement.ages[number - 2].kinds:
            yield f"ages[{number}]", "前一条不分类型，这一条永远用不上"
        for kind in rule.kinds:
            if kind in seen:
                yield f"ages[{number}].kinds", f"“{kind}”在前面已有年限"
        seen.update(rule.kinds)


@impossible.register
def _(rule: AgeRule) -> Iterator[Slip]:
    if rule.months > 1200:
        yield "months", f"{rule.months} 个月超过 100 年"


@impossible.register
def _(requirement: GradeCount) -> Iterator[Slip]:
    most = requirement.period_years * len(set(requirement.appraisals))
    if requirement.appraisals and requirement.times > most:
        yield "times", f"{requirement.times} 次多于 {requirement.period_years} 年里能有的 {most} 次"


@impossible.register
def _(requirement: ConsecutiveGrades) -> Iterator[Slip]:
    if requirement.years > requirement.period_years:
        yield "years", f"连续 {requirement.years} 年多于考察的 {requirement.period_years} 年"


@impossible.register
def _(requirement: Honours) -> Iterator[Slip]:
    yield from _twice("holders", requirement.holders, "获得者")


@impossible.register
def _(scale: Scale) -> Iterator[Slip]:
    yield from _twice("bands", (band.grade for band in scale.bands), "等次")
    yield from _twice("shares", (share.grade for share in scale.shares), "等次")
    if scale.maximum is not None and scale.maximum <= 0:
        yield "maximum", "满分须大于 0"
    for higher, lower in pairwise(scale.bands):
        if higher.at_least <= lower.at_least:
            yield "bands", f"从高到低排列：“{higher.grade}”须高于“{lower.grade}”"


@impossible.register
def _(band: Band) -> Iterator[Slip]:
    if not 0 <= band.at_least <= _WHOLE:
        yield "at_least", f"得分率应在 0 到 100 之间，现在是 {band.at_least}"


@impossible.register
def _(share: Share) -> Iterator[Slip]:
    if not 0 <= share.percent <= _WHOLE:
        yield "percent", f"比例应在 0 到 100 之间，现在是 {share.percent}"


def _twice(name: str, values: Iterable[str], what: str) -> Iterator[Slip]:
    for value, times in Counter(values).items():
        if times > 1:
            yield name, f"{what}“{value}”写了 {times} 次"
