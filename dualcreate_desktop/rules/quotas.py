"""How many applications each unit may and must send in, against what it sends (名额测算).

Whole numbers only: a share of the branches is a fraction of integers, rounded as its rule says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.vocabulary import Applicant, Labelled, NumberRounding
from dualcreate_desktop.rules.notice_parts import OFFICE
from dualcreate_desktop.rules.quota_rules import (
    FixedByKind,
    MemberCap,
    Obligation,
    QuotaLimit,
    QuotaRule,
    Ratio,
    StepTable,
)


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What quotas look at; `members` counts full and probationary ones."""

    kind: str
    branches: int
    members: int


@dataclass(frozen=True, slots=True)
class Override:
    """A number that the office grants one unit in one category instead of its limits, with the reason."""

    allowed: int
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class UnitExemption:
    """A duty that the office lifts from one unit in one category, with the reason."""

    reason: str
    by: str


class Fit(Labelled):
    """How a unit stands in a category."""

    FINE = "fine", "合适"
    OVER = "over", "超出"
    SHORT = "short", "还差"
    IMPOSSIBLE = "impossible", "无法完成"


@dataclass(frozen=True, slots=True)
class QuotaLine:
    """A unit in one category.

    Args:
        allowed: at most; None when nothing limits it.
        obliged: at least.
        over, short: by how many the applications exceed or miss the two; `short` is 0 where it is impossible.
        impossible: the unit cannot do what it must: it has not so many branches, or may not send so many.
        soft: exceeding is shown, not refused.
        clause: of the rules that decided, joined by 、.
        explanation: how the numbers came about, one Chinese sentence.
        exempt: why a duty does not bind the unit; empty when none was lifted.
        granted: who granted the number in the place of the limits, and why; empty when nobody did.
    """

    category: str
    allowed: int | None
    obliged: int
    applied: int
    over: int
    short: int
    impossible: bool
    soft: bool
    clause: str
    explanation: str
    exempt: str = ""
    granted: str = ""

    @property
    def fit(self) -> Fit:
        """How the unit stands; what it cannot do counts most."""
        if self.impossible:
            return Fit.IMPOSSIBLE
        if self.over:
            return Fit.OVER
        return Fit.SHORT if self.short else Fit.FINE


@dataclass(frozen=True, slots=True)
class _Bound:
    """What one rule comes to for one unit; an override has no rule and no clause of the notice."""

    number: int
    reason: str
    clause: str = OFFICE
    soft: bool = False


def quota_of(
    unit: UnitFacts,
    rules: Sequence[QuotaRule],
    applied: Mapping[str, int],
    *,
    applicants: Mapping[str, Applicant],
    overrides: Mapping[str, Override] | None = None,
    exemptions: Mapping[str, UnitExemption] | None = None,
) -> tuple[QuotaLine, ...]:
    """The lines of a unit, one for each category.

    Args:
        applied: applications by category; a category that is absent has none.
        applicants: who applies, by category: all categories of the round, in the order of the lines.
        overrides, exemptions: by category, for this unit.
    """
    granted, lifted = overrides or {}, exemptions or {}
    lines = []
    for category, applicant in applicants.items():
        bodies = unit.branches if applicant is Applicant.BRANCH else 1
        binding = [rule for rule in rules if rule.category == category and _binds(rule, unit)]
        override = granted.get(category)
        limits = _limits(binding, unit, override)
        duties, exempt = _duties(binding, unit, lifted.get(category))
        line = _line(category, limits, duties, applied.get(category, 0), _Bodies(applicant, bodies))
        why = f"{override.by}核定：{override.reason}" if override else ""
        lines.append(replace(line, exempt=exempt, granted=why))
    return tuple(lines)


def divide(numerator: int, denominator: int, rounding: NumberRounding) -> int:
    """The quotient of non-negative integers as a whole number, exactly rounded."""
    match rounding:
        case NumberRounding.FLOOR:
            return numerator // denominator
        case NumberRounding.CEIL:
            return -(-numerator // denominator)
        case NumberRounding.HALF_UP:
            return (2 * numerator + denominator) // (2 * denominator)


def _binds(rule: QuotaRule, unit: UnitFacts) -> bool:
    return not rule.unit_kinds or unit.kind in rule.unit_kinds


def _limits(rules: list[QuotaRule], unit: UnitFacts, override: Override | None) -> list[_Bound]:
    if override is not None:
        return [_Bound(override.allowed, f"{override.by}核定 {override.allowed} 个：{override.reason}")]
    found = ((rule, _allowed(rule.limit, unit)) for rule in rules)
    return [
        _Bound(limit[0], f"{rule.label}：{limit[1]}", rule.clause, rule.soft)
        for rule, limit in found
        if limit
    ]


def _duties(
    rules: list[QuotaRule], unit: UnitFacts, lifted: UnitExemption | None
) -> tuple[list[_Bound], str]:
    """The duties that bind the unit, and why others do not."""
    duties, reasons = [], []
    for rule in rules:
        if isinstance(rule.limit, Obligation):
            reason = f"{lifted.by}免除：{lifted.reason}" if lifted else _exempt(rule.limit, unit)
            if reason:
                reasons.append(reason)
            else:
                told = f"{rule.label}：至少 {rule.limit.count} 个"
                duties.append(_Bound(rule.limit.count, told, rule.clause))
    return duties, "；".join(dict.fromkeys(reasons))


def _exempt(duty: Obligation, unit: UnitFacts) -> str:
    return next((item.reason for item in duty.exempt if item.unit_kind == unit.kind), "")


def _allowed(limit: QuotaLimit, unit: UnitFacts) -> tuple[int, str] | None:
    """The number and how it was reckoned; None when the rule does not limit this unit."""
    match limit:
        case Ratio():
            return _share(limit, unit.branches)
        case StepTable():
            reached = [step for step in limit.steps if unit.branches > step.more_than]
            allowed = max(reached, key=lambda step: step.more_than).allowed if reached else 0
            return allowed, f"{unit.branches} 个党支部，对应 {allowed} 个"
        case FixedByKind():
            fixed = limit.allowed.get(unit.kind, limit.otherwise)
            return None if fixed is None else (fixed, f"固定 {fixed} 个")
        case MemberCap():
            allowed = divide(unit.members, limit.members_per_place, limit.rounding)
            per_place = f"每 {limit.members_per_place} 名 1 个，{limit.rounding.label}"
            return allowed, f"{unit.members} 名党员，{per_place}，得 {allowed} 个"
        case Obligation():
            return None


def _share(limit: Ratio, branches: int) -> tuple[int, str]:
    allowed = divide(branches * limit.numerator, limit.denominator, limit.rounding)
    text = f"{branches} 个党支部 × {limit.numerator}/{limit.denominator}，{limit.rounding.label}，得 {allowed} 个"
    if allowed == 0 and limit.at_least_one and branches > 0:
        return 1, f"{text}，不足 1 个按 1 个"
    return allowed, text


@dataclass(frozen=True, slots=True)
class _Bodies:
    """How many of a unit could apply at all."""

    applicant: Applicant
    number: int


def _line(
    category: str, limits: list[_Bound], duties: list[_Bound], applied: int, bodies: _Bodies
) -> QuotaLine:
    """The strictest limit and the greatest duty decide."""
    limit = min(limits, key=lambda limit: limit.number, default=None)
    duty = max(duties, key=lambda duty: duty.number, default=None)
    allowed = None if limit is None else limit.number
    obliged = 0 if duty is None else duty.number
    decided = [bound for bound in (limit, duty) if bound is not None]
    obstacle = _obstacle(obliged, limit, bodies)
    told = [*(bound.reason for bound in decided), *([obstacle] if obstacle else [])]
    return QuotaLine(
        category=category,
        allowed=allowed,
        obliged=obliged,
        applied=applied,
        over=0 if allowed is None else max(0, applied - allowed),
        short=0 if obstacle else max(0, obliged - applied),
        impossible=bool(obstacle),
        soft=limit is not None and limit.soft,
        clause="、".join(dict.fromkeys(bound.clause for bound in decided)),
        explanation="；".join(told) or "没有名额限制",
    )


def _obstacle(obliged: int, limit: _Bound | None, bodies: _Bodies) -> str:
    """Why the unit cannot do what it must; a limit that may be exceeded keeps nobody from it."""
    if obliged > bodies.number:
        return f"无法完成：{bodies.number} 个{bodies.applicant.label}"
    if limit is not None and not limit.soft and obliged > limit.number:
        return f"无法完成：最多 {limit.number} 个"
    return ""
