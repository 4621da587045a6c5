"""Quotas: whole numbers, exactly rounded, with the reason for each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Applicant, NumberRounding
from dualcreate_desktop.rules.notice import Notice
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
from dualcreate_desktop.rules.quotas import Override, QuotaLine, UnitFacts, divide, quota_of

FLOOR, CEIL, HALF_UP = NumberRounding
BRANCHES = {"model": Applicant.BRANCH}


def rule(limit: QuotaLimit, category: str = "model", **known: object) -> QuotaRule:
    return QuotaRule("key", category, "三(二)", "名额", limit, **known)  # type: ignore[arg-type]  # keywords of the test


def line(
    unit: UnitFacts, *limits: QuotaLimit, applied: int = 0, override: Override | None = None
) -> QuotaLine:
    overrides = {"model": override} if override else {}
    rules = [rule(limit) for limit in limits]
    (found,) = quota_of(unit, rules, {"model": applied}, applicants=BRANCHES, overrides=overrides)
    return found


def college(branches: int, members: int = 0, kind: str = "college") -> UnitFacts:
    return UnitFacts(kind, branches, members)


@pytest.mark.parametrize(
    ("branches", "rounding", "at_least_one", "allowed"),
    [
        (9, FLOOR, False, 0),
        (9, FLOOR, True, 1),
        (9, CEIL, False, 1),
        (14, HALF_UP, False, 1),
        (15, HALF_UP, False, 2),
        (20, FLOOR, False, 2),
        (0, FLOOR, True, 0),
    ],
)
def test_a_share_of_the_branches_is_rounded_as_set(
    branches: int, rounding: NumberRounding, at_least_one: bool, allowed: int
) -> None:
    assert line(college(branches), Ratio(10, 100, rounding, at_least_one)).allowed == allowed


@given(st.integers(0, 500), st.integers(0, 100), st.integers(1, 200))
def test_floor_never_exceeds_and_ceil_never_falls_short(branches: int, top: int, bottom: int) -> None:
    exact = branches * top
    low, near, high = (divide(exact, bottom, rounding) for rounding in (FLOOR, HALF_UP, CEIL))
    assert low * bottom <= exact <= high * bottom
    assert low <= near <= high <= low + 1
    assert abs(2 * (near * bottom - exact)) <= bottom


@given(st.integers(0, 300), st.integers(0, 100), st.sampled_from(NumberRounding), st.booleans())
def test_more_branches_never_mean_fewer_places(
    branches: int, percent: int, rounding: NumberRounding, at_least_one: bool
) -> None:
    ratio = Ratio(percent, 100, rounding, at_least_one)
    fewer, more = line(college(branches), ratio).allowed, line(college(branches + 1), ratio).allowed
    assert fewer is not None
    assert more is not None
    assert fewer <= more


@given(st.integers(0, 50), st.integers(0, 20), st.integers(1, 20), st.integers(0, 30))
def test_over_and_short_are_never_both(branches: int, cap: int, duty: int, applied: int) -> None:
    found = line(college(branches), FixedByKind({}, cap), Obligation(duty), applied=applied)
    assert found.over == max(0, applied - cap)
    assert found.impossible == (duty > min(branches, cap))
    assert found.short == (0 if found.impossible else max(0, duty - applied))
    assert not (found.over and found.short)


@pytest.mark.parametrize(("branches", "allowed"), [(0, 0), (1, 1), (10, 1), (11, 2), (40, 2)])
def test_a_step_table_takes_the_highest_step_exceeded(branches: int, allowed: int) -> None:
    table = StepTable((Threshold(10, 2), Threshold(0, 1)))
    assert line(college(branches), table).allowed == allowed


def test_a_fixed_number_goes_by_the_units_kind() -> None:
    fixed = FixedByKind({"college": 3})
    assert line(college(30), fixed).allowed == 3
    assert line(college(30, kind="office"), fixed).allowed is None
    assert line(college(30, kind="office"), fixed).explanation == "没有名额限制"


@pytest.mark.parametrize(("members", "allowed"), [(0, 0), (1, 1), (100, 1), (101, 2)])
def test_members_are_counted_with_a_place_for_each_hundred_begun(members: int, allowed: int) -> None:
    assert line(college(5, members), MemberCap(100)).allowed == allowed


def test_the_strictest_limit_decides_and_says_so() -> None:
    found = line(college(30, 150), Ratio(10, 100, FLOOR, False), MemberCap(100), applied=3)
    assert (found.allowed, found.over, found.clause) == (2, 1, "三(二)")
    assert found.explanation == "名额：150 名党员，每 100 名 1 个，进一法，得 2 个"


def test_an_override_stands_before_all_limits_with_its_reason() -> None:
    found = line(
        college(3),
        Ratio(10, 100, FLOOR, False),
        applied=2,
        override=Override(2, "新建学院，会议同意", "李处"),
    )
    assert (found.allowed, found.over, found.clause) == (2, 0, "办公室自定")
    assert found.explanation == "李处核定 2 个：新建学院，会议同意"


def test_a_unit_that_cannot_do_what_it_must_is_named() -> None:
    assert line(college(1), Obligation(2)).impossible
    assert not line(college(2), Obligation(2)).impossible
    assert line(college(9), Obligation(2), FixedByKind({}, 1)).impossible


def test_of_several_duties_the_greatest_binds() -> None:
    found = line(college(9), Obligation(1), Obligation(3), Obligation(2), applied=1)
    assert (found.obliged, found.short) == (3, 2)


def test_a_rule_of_other_kinds_of_unit_does_not_bind() -> None:
    bound = rule(Obligation(2), unit_kinds=("general_branch",))
    (found,) = quota_of(college(5), [bound], {}, applicants=BRANCHES)
    assert found.obliged == 0


def test_the_third_batch_lets_small_units_send_one(third_batch: Notice) -> None:
    applicants = {category.key: category.applicant for category in third_batch.categories}
    own, branch = quota_of(
        college(8), third_batch.quotas, {"model_branch": 2, "benchmark_unit": 1}, applicants=applicants
    )
    assert (own.allowed, own.over) == (1, 0)
    assert (branch.allowed, branch.over, branch.soft) == (1, 1, True)
    assert branch.clause == "三(二)"
    assert branch.explanation.endswith("8 个党支部 × 10/100，舍去小数，得 0 个，不足 1 个按 1 个")


def test_the_first_batch_obliges_each_unit(first_batch: Notice) -> None:
    applicants = {category.key: category.applicant for category in first_batch.categories}
    own, branch = quota_of(
        college(1, kind="general_branch"), first_batch.quotas, {"model_branch": 1}, applicants=applicants
    )
    assert (own.obliged, own.short, own.impossible) == (1, 1, False)
    assert (branch.obliged, branch.short, branch.impossible) == (2, 0, True)
    assert branch.explanation == "各党总支均须申报2个以上样板支部：至少 2 个；无法完成：1 个党支部"
