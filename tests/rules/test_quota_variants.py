"""名额测算: caps are never exceeded, duties can be lifted, and variants stand side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Applicant, NumberRounding
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.quota_rules import (
    Exemption,
    FixedByKind,
    MemberCap,
    Obligation,
    QuotaLimit,
    QuotaRule,
    Ratio,
    StepTable,
    Threshold,
)
from dualcreate_desktop.rules.quota_variants import (
    QuotaVariant,
    UnitCase,
    quota_table,
    quota_tables,
    usual_variants,
    with_limit,
)
from dualcreate_desktop.rules.quotas import Override, QuotaLine, UnitExemption, UnitFacts, quota_of

KINDS = ("college", "office", "retired")
UNITS = st.builds(UnitFacts, st.sampled_from(KINDS), st.integers(0, 400), st.integers(0, 9000))
ROUNDINGS = st.sampled_from(NumberRounding)
RATIOS = st.tuples(st.integers(0, 100), ROUNDINGS, st.booleans()).map(
    lambda drawn: Ratio(drawn[0], 100, drawn[1], drawn[2])
)
TABLES = st.dictionaries(st.integers(0, 60), st.integers(0, 30), min_size=1).map(
    lambda steps: StepTable(tuple(Threshold(*step) for step in steps.items()))
)
FIXED = st.builds(
    FixedByKind,
    st.dictionaries(st.sampled_from(KINDS), st.integers(0, 9)),
    st.none() | st.integers(0, 9),
)
CAPS = st.builds(MemberCap, st.integers(1, 500), ROUNDINGS)
DUTIES = st.builds(Obligation, st.integers(1, 9))
RULES = st.lists(RATIOS | TABLES | FIXED | CAPS | DUTIES, max_size=5).map(
    lambda limits: tuple(
        QuotaRule(str(number), "model", "三(二)", "名额", limit) for number, limit in enumerate(limits)
    )
)


def line(unit: UnitFacts, rules: tuple[QuotaRule, ...], applied: int = 0, **more: object) -> QuotaLine:
    applicants = {"model": Applicant.BRANCH}
    (found,) = quota_of(unit, rules, {"model": applied}, applicants=applicants, **more)  # type: ignore[arg-type]  # keywords of the test
    return found


def cap(limit: QuotaLimit, unit: UnitFacts) -> int | None:
    """The greatest number that one limit can mean, as a sentence of the notice would be read."""
    match limit:
        case Ratio():
            exact = unit.branches * limit.numerator / limit.denominator
            return max(int(exact) + 1, 1) if unit.branches else 0
        case StepTable():
            return max((step.allowed for step in limit.steps if unit.branches > step.more_than), default=0)
        case FixedByKind():
            return limit.allowed.get(unit.kind, limit.otherwise)
        case MemberCap():
            return -(-unit.members // limit.members_per_place)
        case Obligation():
            return None


@given(UNITS, RULES, st.integers(0, 50))
def test_a_quota_never_exceeds_any_of_its_caps(
    unit: UnitFacts, rules: tuple[QuotaRule, ...], applied: int
) -> None:
    found = line(unit, rules, applied)
    caps = [bound for rule in rules if (bound := cap(rule.limit, unit)) is not None]
    assert (found.allowed is None) == (not caps)
    if found.allowed is not None:
        assert all(found.allowed <= bound for bound in caps)
        assert found.over == max(0, applied - found.allowed)


@given(UNITS, RULES, st.integers(0, 50))
def test_more_rules_never_mean_more_places(
    unit: UnitFacts, rules: tuple[QuotaRule, ...], applied: int
) -> None:
    known = [line(unit, rules[:count], applied).allowed for count in range(len(rules) + 1)]
    places = [10**6 if allowed is None else allowed for allowed in known]
    assert places == sorted(places, reverse=True)


@given(UNITS, RULES)
def test_the_order_of_rules_decides_nothing(unit: UnitFacts, rules: tuple[QuotaRule, ...]) -> None:
    forwards, backwards = line(unit, rules), line(unit, rules[::-1])
    assert (forwards.allowed, forwards.obliged, forwards.impossible) == (
        backwards.allowed,
        backwards.obliged,
        backwards.impossible,
    )


def rule(limit: QuotaLimit, **known: object) -> QuotaRule:
    return QuotaRule("key", "model", "三(二)", "名额", limit, **known)  # type: ignore[arg-type]  # keywords of the test


def test_what_a_unit_of_one_branch_cannot_do_is_impossible_and_not_short() -> None:
    found = line(UnitFacts("college", 1, 30), (rule(Obligation(2)),))
    assert (found.impossible, found.short) == (True, 0)
    assert found.explanation == "名额：至少 2 个；无法完成：1 个党支部"
    capped = line(UnitFacts("college", 9, 30), (rule(Obligation(2)), rule(FixedByKind({}, 1))))
    assert capped.explanation.endswith("无法完成：最多 1 个")


def test_a_limit_that_may_be_exceeded_makes_no_duty_impossible() -> None:
    soft = rule(Ratio(10, 100, NumberRounding.FLOOR, at_least_one=True), soft=True)
    found = line(UnitFacts("college", 9, 30), (rule(Obligation(2)), soft), applied=1)
    assert (found.allowed, found.obliged, found.short, found.impossible) == (1, 2, 1, False)


def test_a_kind_is_exempt_with_the_reason_of_the_rule() -> None:
    duty = rule(Obligation(2, (Exemption("office", "机关不参加"),)))
    free, bound = line(UnitFacts("office", 5, 9), (duty,)), line(UnitFacts("college", 5, 9), (duty,))
    assert (free.obliged, free.short, free.exempt) == (0, 0, "机关不参加")
    assert (bound.obliged, bound.short, bound.exempt) == (2, 2, "")


def test_a_duty_is_lifted_from_one_unit_by_name() -> None:
    lifted = {"model": UnitExemption("正在合并", "李处")}
    found = line(UnitFacts("college", 5, 9), (rule(Obligation(2)),), exemptions=lifted)
    assert (found.obliged, found.exempt) == (0, "李处免除：正在合并")


CASES = [
    UnitCase("甲", UnitFacts("college", 9, 120), {"model_branch": 2}),
    UnitCase("乙", UnitFacts("college", 25, 610), {"model_branch": 2}),
    UnitCase("丙", UnitFacts("office", 1, 30)),
]


def test_variants_stand_side_by_side_over_the_same_units(third_batch: Notice) -> None:
    variants = usual_variants(third_batch.quotas, "model_branch")
    tables = quota_tables(variants, CASES, third_batch.categories)
    sums = {table.variant.name: table.total("model_branch").allowed for table in tables}
    assert sums == {
        "本批次规则": 4,
        "10%，舍去小数": 2,
        "10%，舍去小数，至少 1 个": 4,
        "10%，四舍五入": 4,
        "10%，进一法": 5,
        "超过 10 个支部 2 个，其余 1 个": 4,
        "每 100 名党员 1 个，进一法": 10,
    }
    assert {table.total("model_branch").target for table in tables} == {100}
    assert {table.total("benchmark_unit").allowed for table in tables} == {3}, "the other category stays"


def test_totals_are_the_sums_of_the_lines(first_batch: Notice) -> None:
    made = quota_table(QuotaVariant("首批", first_batch.quotas), CASES, first_batch.categories)
    total = made.total("model_branch")
    lines = [one for of_unit in made.lines.values() for one in of_unit if one.category == "model_branch"]
    assert (total.unlimited, total.allowed) == (3, 0)
    assert (total.obliged, total.applied, total.short) == (6, 4, sum(one.short for one in lines))
    assert (total.short, total.impossible) == (0, 1)


def test_a_granted_number_holds_in_every_variant(third_batch: Notice) -> None:
    granted = UnitCase(
        "丁", UnitFacts("college", 3, 40), overrides={"model_branch": Override(5, "会议同意", "李处")}
    )
    variants = usual_variants(third_batch.quotas, "model_branch")
    tables = quota_tables(variants, [granted], third_batch.categories)
    assert {table.total("model_branch").allowed for table in tables} == {5}


@pytest.mark.parametrize("category", ["benchmark_college", "model_branch"])
def test_another_limit_takes_the_place_of_all_and_keeps_the_duties(
    first_batch: Notice, category: str
) -> None:
    tried = with_limit(first_batch.quotas, category, "试算", MemberCap(50))
    own = [one for one in tried if one.category == category]
    assert [one.limit for one in own if not isinstance(one.limit, Obligation)] == [MemberCap(50)]
    assert any(isinstance(one.limit, Obligation) for one in own)
    assert len({one.key for one in tried}) == len(tried)
