"""名额测算: what several sets of quota rules would come to over the same units, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from db.vocabulary import Applicant, NumberRounding
from dualcreate_desktop.rules.notice_parts import OFFICE, Category
from dualcreate_desktop.rules.quota_rules import (
    FixedByKind,
    MemberCap,
    Obligation,
    QuotaLimit,
    QuotaRule,
    Ratio,
    StepTable,
    Threshold,
)
from dualcreate_desktop.rules.quotas import Override, QuotaLine, UnitExemption, UnitFacts, quota_of

_PERCENT = 10
"""The share that is tried where the round has none."""


@dataclass(frozen=True, slots=True)
class QuotaVariant:
    """A set of quota rules under a name."""

    name: str
    rules: tuple[QuotaRule, ...]


@dataclass(frozen=True, slots=True)
class UnitCase:
    """A unit as the tables look at it; applications, granted numbers and lifted duties by category."""

    id: str
    facts: UnitFacts
    applied: Mapping[str, int] = field(default_factory=dict)
    overrides: Mapping[str, Override] = field(default_factory=dict)
    exemptions: Mapping[str, UnitExemption] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class QuotaTotal:
    """All units in one category.

    Args:
        target: what the notice aims at.
        allowed: sum of the limits; units without a limit are counted in `unlimited` instead.
        over, short: sums; `impossible` counts units.
    """

    category: str
    target: int
    allowed: int
    unlimited: int
    obliged: int
    applied: int
    over: int
    short: int
    impossible: int


@dataclass(frozen=True, slots=True)
class QuotaTable:
    """What one variant comes to: the lines of each unit by its id, and the totals by category in their order."""

    variant: QuotaVariant
    lines: Mapping[str, tuple[QuotaLine, ...]]
    totals: tuple[QuotaTotal, ...]

    def total(self, category: str) -> QuotaTotal:
        """The total of a category; KeyError when there is none of that key."""
        return {total.category: total for total in self.totals}[category]


def quota_table(
    variant: QuotaVariant, units: Iterable[UnitCase], categories: Sequence[Category]
) -> QuotaTable:
    """The lines of all units under one variant, and their totals against the targets."""
    applicants = {category.key: category.applicant for category in categories}
    lines = {
        unit.id: quota_of(
            unit.facts,
            variant.rules,
            unit.applied,
            applicants=applicants,
            overrides=unit.overrides,
            exemptions=unit.exemptions,
        )
        for unit in units
    }
    flat = [line for of_unit in lines.values() for line in of_unit]
    return QuotaTable(variant, lines, tuple(_total(category, flat) for category in categories))


def quota_tables(
    variants: Iterable[QuotaVariant], units: Sequence[UnitCase], categories: Sequence[Category]
) -> tuple[QuotaTable, ...]:
    """The tables of several variants over the same units."""
    return tuple(quota_table(variant, units, categories) for variant in variants)


def usual_variants(
    rules: Sequence[QuotaRule], category: str, applicant: Applicant = Applicant.BRANCH
) -> tuple[QuotaVariant, ...]:
    """The round's own rules first, then what other universities do in one category; its duties stay as they are.

    The share is that of the round where it has one, else 10 %. Where units apply themselves, nothing is shared out.
    """
    tried = _tried_for_branches(rules, category) if applicant is Applicant.BRANCH else _TRIED_FOR_UNITS
    own = QuotaVariant("本批次规则", tuple(rules))
    return (
        own,
        *(QuotaVariant(name, with_limit(rules, category, name, limit)) for name, limit in tried.items()),
    )


_TRIED_FOR_UNITS: Mapping[str, QuotaLimit] = {"每个院级党组织 1 个": FixedByKind({}, 1)}


def _tried_for_branches(rules: Sequence[QuotaRule], category: str) -> Mapping[str, QuotaLimit]:
    ratios = [rule.limit for rule in rules if rule.category == category and isinstance(rule.limit, Ratio)]
    top, bottom = (ratios[0].numerator, ratios[0].denominator) if ratios else (_PERCENT, 100)
    share = f"{top}%" if bottom == 100 else f"{top}/{bottom}"
    floor, ceil, half_up = NumberRounding.FLOOR, NumberRounding.CEIL, NumberRounding.HALF_UP
    return {
        f"{share}，舍去小数": Ratio(top, bottom, floor, at_least_one=False),
        f"{share}，舍去小数，至少 1 个": Ratio(top, bottom, floor, at_least_one=True),
        f"{share}，四舍五入": Ratio(top, bottom, half_up, at_least_one=False),
        f"{share}，进一法": Ratio(top, bottom, ceil, at_least_one=False),
        "超过 10 个支部 2 个，其余 1 个": StepTable((Threshold(0, 1), Threshold(10, 2))),
        "每 100 名党员 1 个，进一法": MemberCap(100),
    }


def with_limit(
    rules: Iterable[QuotaRule], category: str, label: str, limit: QuotaLimit
) -> tuple[QuotaRule, ...]:
    """The rules with one limit in the place of all limits of a category; the first of them keeps place and clause."""
    made: list[QuotaRule] = []
    placed = False
    for rule in rules:
        if rule.category != category or isinstance(rule.limit, Obligation):
            made.append(rule)
        elif not placed:
            made.append(replace(rule, label=label, limit=limit, unit_kinds=()))
            placed = True
    own = [] if placed else [QuotaRule(f"{category}_tried", category, OFFICE, label, limit)]
    return (*made, *own)


def _total(category: Category, lines: Iterable[QuotaLine]) -> QuotaTotal:
    own = [line for line in lines if line.category == category.key]
    return QuotaTotal(
        category=category.key,
        target=category.target,
        allowed=sum(line.allowed for line in own if line.allowed is not None),
        unlimited=sum(line.allowed is None for line in own),
        obliged=sum(line.obliged for line in own),
        applied=sum(line.applied for line in own),
        over=sum(line.over for line in own),
        short=sum(line.short for line in own),
        impossible=sum(line.impossible for line in own),
    )
