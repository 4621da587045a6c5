"""Marks to totals: weighted sums, the highest and the lowest reviewer dropped, the mean rounded half up.

Rounding happens once, on the total; everything before it is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from db.errors import UserError
from db.vocabulary import Labelled
from dualcreate_desktop.rules.notice_parts import Criterion, Rubric


class Vote(Labelled):
    """Whether a review counts."""

    CAST = "cast", "已评"
    ABSTAINED = "abstained", "弃权"
    CONFLICTED = "conflicted", "回避"


@dataclass(frozen=True, slots=True)
class Review:
    """One reviewer's marks of one application, by key of the criterion; absent or None: no mark."""

    application: str
    reviewer: str
    marks: Mapping[str, Decimal | None]
    vote: Vote = Vote.CAST


@dataclass(frozen=True, slots=True)
class MissingMark:
    """A reviewer who counts and left a criterion without a mark."""

    reviewer: str
    criterion: str


@dataclass(frozen=True, slots=True)
class ReviewerTotal:
    """The weighted sum of one reviewer's marks; `dropped` as the highest or lowest."""

    reviewer: str
    total: Decimal
    dropped: bool


@dataclass(frozen=True, slots=True)
class Score:
    """What an application's reviews come to.

    Args:
        total: the mean of the reviewers that count; None when there is none.
        reviewers: those with complete marks, by reviewer.
        missing: marks that are wanting; a reviewer with one does not count until it is there.
        excluded: reviewers who abstained or kept out, by reviewer.
        spread: between the highest and the lowest complete reviewer, dropped ones included.
    """

    application: str
    total: Decimal | None
    reviewers: tuple[ReviewerTotal, ...]
    missing: tuple[MissingMark, ...]
    excluded: tuple[str, ...]
    spread: Decimal

    @property
    def complete(self) -> bool:
        """Whether the total is final: there is one and no mark is wanting."""
        return self.total is not None and not self.missing


def score_all(rubric: Rubric, reviews: Iterable[Review]) -> tuple[Score, ...]:
    """The scores of all reviewed applications, by application, whatever the order of the reviews.

    Raises:
        UserError: a mark lies outside its criterion, or a reviewer marked an application twice.
    """
    ordered = sorted(reviews, key=lambda review: (review.application, review.reviewer))
    return tuple(
        _score(rubric, application, list(group))
        for application, group in groupby(ordered, key=lambda review: review.application)
    )


def round_half_up(value: Fraction, decimals: int) -> Decimal:
    """A fraction as a Decimal of so many places, halves away from zero as Excel's ROUND does."""
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(whole if value >= 0 else -whole).scaleb(-decimals)


def _score(rubric: Rubric, application: str, reviews: list[Review]) -> Score:
    _refuse_twice(application, [review.reviewer for review in reviews])
    cast = [review for review in reviews if review.vote is Vote.CAST]
    missing = tuple(
        MissingMark(review.reviewer, criterion.key)
        for review in cast
        for criterion in rubric.criteria
        if review.marks.get(criterion.key) is None
    )
    wanting = {mark.reviewer for mark in missing}
    sums = {review.reviewer: _sum(rubric, review) for review in cast if review.reviewer not in wanting}
    dropped = _dropped(sums, rubric.drop_from)
    kept = [total for reviewer, total in sums.items() if reviewer not in dropped]
    return Score(
        application=application,
        total=round_half_up(Fraction(sum(kept)) / len(kept), rubric.decimals) if kept else None,
        reviewers=tuple(ReviewerTotal(name, total, name in dropped) for name, total in sums.items()),
        missing=missing,
        excluded=tuple(review.reviewer for review in reviews if review.vote is not Vote.CAST),
        spread=max(sums.values()) - min(sums.values()) if sums else Decimal(0),
    )


def _sum(rubric: Rubric, review: Review) -> Decimal:
    return sum((_weighted(criterion, review) for criterion in rubric.criteria), Decimal(0))


def _weighted(criterion: Criterion, review: Review) -> Decimal:
    mark = review.marks[criterion.key]
    assert mark is not None  # reviews with a missing mark were sorted out
    if not 0 <= mark <= criterion.maximum:
        raise UserError(
            f"“{criterion.name}”得分 {mark} 不在 0 至 {criterion.maximum} 之间",
            where=f"评委 {review.reviewer}，申报 {review.application}",
            todo="请核对评分表后改正这一项",
        )
    return mark * criterion.weight


def _dropped(sums: Mapping[str, Decimal], drop_from: int) -> set[str]:
    """The reviewers of the lowest and the highest sum, when enough count; of equal ones the first and the last."""
    if drop_from == 0 or len(sums) < drop_from:
        return set()
    ordered = sorted(sums, key=lambda reviewer: (sums[reviewer], reviewer))
    return {ordered[0], ordered[-1]}


def _refuse_twice(application: str, reviewers: list[str]) -> None:
    for reviewer in reviewers:
        if reviewers.count(reviewer) > 1:
            raise UserError(
                "同一评委对同一申报有两份评分",
                where=f"评委 {reviewer}，申报 {application}",
                todo="请删去作废的一份",
            )
