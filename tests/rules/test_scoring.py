"""Totals: exact until the one rounding, and the same whatever the order of the sheets."""

from __future__ import annotations

import random
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.rules.notice_parts import Criterion, Rubric
from dualcreate_desktop.rules.scoring import OpenMark, Review, Score, Vote, round_half_up, score_all

RUBRIC = Rubric(
    "办公室自定",
    (Criterion("base", "工作基础", Decimal(60)), Criterion("goals", "建设目标", Decimal(40))),
    decimals=2,
    drop_from=5,
    reserve_percent=20,
)


def review(reviewer: str, base: str | None, goals: str | None = "0", vote: Vote = Vote.CAST) -> Review:
    marks = {"base": base, "goals": goals}
    return Review("甲", reviewer, {key: Decimal(mark) if mark else None for key, mark in marks.items()}, vote)


def only(*reviews: Review, rubric: Rubric = RUBRIC) -> Score:
    (score,) = score_all(rubric, reviews)
    return score


def test_the_total_is_the_mean_rounded_half_up() -> None:
    score = only(review("a", "50.005"), review("b", "50.005"))
    assert score.total == Decimal("50.01")
    assert only(review("a", "50"), review("b", "50"), review("c", "51")).total == Decimal("50.33")
    assert str(only(review("a", "50")).total) == "50.00"


def test_the_highest_and_lowest_go_when_enough_reviewers_count() -> None:
    marks = ["60", "50", "40", "30", "10"]
    score = only(*(review(str(number), mark) for number, mark in enumerate(marks)))
    assert score.total == Decimal("40.00")
    assert [row.reviewer for row in score.reviewers if row.dropped] == ["0", "4"]
    assert score.spread == 50
    assert only(*(review(str(number), mark) for number, mark in enumerate(marks[:4]))).total == 45


def test_of_equal_reviewers_only_one_is_dropped_on_each_side() -> None:
    score = only(*(review(name, "50") for name in "abcde"))
    assert [row.reviewer for row in score.reviewers if row.dropped] == ["a", "e"]
    assert score.total == 50


def test_a_missing_mark_is_named_and_its_reviewer_waits() -> None:
    score = only(review("a", "50"), review("b", "60", None))
    assert score.open_marks == (OpenMark("b", "goals", None),)
    assert score.total == 50
    assert not score.complete
    assert only(review("a", None)).total is None


def test_abstentions_and_conflicts_do_not_count() -> None:
    score = only(
        review("a", "50"), review("b", None, vote=Vote.ABSTAINED), review("c", "10", vote=Vote.CONFLICTED)
    )
    assert (score.total, score.excluded, score.complete) == (50, ("b", "c"), True)
    assert only(review("c", "10", vote=Vote.CONFLICTED)).total is None


def test_weights_multiply_marks() -> None:
    weighted = Rubric("办公室自定", (Criterion("base", "工作基础", Decimal(100), Decimal("0.6")),), 1, 0, 0)
    assert only(review("a", "90.5"), rubric=weighted).total == Decimal("54.3")


@pytest.mark.parametrize("mark", ["60.01", "-1"])
def test_a_mark_outside_its_criterion_waits_to_be_mended(mark: str) -> None:
    score = only(review("a", "60"), review("b", mark))
    assert score.open_marks == (OpenMark("b", "base", Decimal(mark)),)
    assert (score.total, score.complete) == (60, False)


def test_two_reviews_of_one_reviewer_are_a_fault() -> None:
    with pytest.raises(ValueError, match="twice"):
        score_all(RUBRIC, [review("a", "1"), review("a", "2")])


MARKS = st.decimals(0, 60, places=2)
REVIEWS = st.lists(
    st.builds(
        Review,
        st.sampled_from("甲乙丙"),
        st.sampled_from([f"r{number}" for number in range(9)]),
        st.fixed_dictionaries({"base": MARKS | st.none(), "goals": st.decimals(0, 40, places=2)}),
        st.sampled_from(Vote),
    ),
    unique_by=lambda review: (review.application, review.reviewer),
)


@given(REVIEWS, st.integers())
def test_the_order_of_the_sheets_changes_nothing(reviews: list[Review], seed: int) -> None:
    shuffled = random.Random(seed).sample(reviews, len(reviews))
    assert score_all(RUBRIC, shuffled) == score_all(RUBRIC, reviews)


@given(REVIEWS)
def test_a_total_lies_between_its_reviewers(reviews: list[Review]) -> None:
    half_step = Decimal("0.005")
    for score in score_all(RUBRIC, reviews):
        sums = [row.total for row in score.reviewers]
        assert (score.total is None) == (not sums)
        if score.total is not None:
            assert min(sums) - half_step <= score.total <= max(sums) + half_step
            assert score.spread == max(sums) - min(sums)


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 5))
def test_rounding_agrees_with_decimal(value: Decimal, decimals: int) -> None:
    assert round_half_up(Fraction(value), decimals) == value.quantize(
        Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP
    )
