"""Marks to totals: weighted sums, the highest and the lowest reviewer dropped, the mean rounded half up.

Rounding happens once, on the total; everything before it is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from db.vocabulary import Labelled
from dualcreate_desktop.rules.notice_parts import Rubric


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
class OpenMark:
    """What a reviewer must still mend: no mark (None), or one outside its criterion."""

    reviewer: str
    criterion: str
    mark: Decimal | None


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
        open_marks: marks to be mended; a reviewer with one does not count until it is.
        excluded: reviewers who abstained or kept out, by reviewer.
        spread: between the highest and the lowest complete reviewer, dropped ones included.
    """

    application: str
    total: Decimal | None
    reviewers: tuple[ReviewerTotal, ...]
    open_marks: tuple[OpenMark, ...]
    excluded: tuple[str, ...]
    spread: Decimal

    @property
    def complete(self) -> bool:
        """Whether the total is final: there is one and no mark is open."""
        return self.total is not None and not self.open_marks


def score_all(rubric: Rubric, reviews: Iterable[Review]) -> tuple[Score, ...]:
    """The scores of all reviewed applications, by application, whatever the order of the reviews.

    Raises:
        ValueError: a reviewer's marks of an application are there twice.
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
    if len({review.reviewer for review in reviews}) < len(reviews):
        raise ValueError(f"a reviewer marked {application} twice")
    cast = [review for review in reviews if review.vote is Vote.CAST]
    open_marks = tuple(mark for review in cast for mark in _open_marks(rubric, review))
    waiting = {mark.reviewer for mark in open_marks}
    sums = {review.reviewer: _sum(rubric, review) for review in cast if review.reviewer not in waiting}
    dropped = _dropped(sums, rubric.drop_from)
    kept = [total for reviewer, total in sums.items() if reviewer not in dropped]
    return Score(
        application=application,
        total=round_half_up(Fraction(sum(kept)) / len(kept), rubric.decimals) if kept else None,
        reviewers=tuple(ReviewerTotal(name, total, name in dropped) for name, total in sums.items()),
        open_marks=open_marks,
        excluded=tuple(review.reviewer for review in reviews if review.vote is not Vote.CAST),
        spread=max(sums.values()) - min(sums.values()) if sums else Decimal(0),
    )


def _open_marks(rubric: Rubric, review: Review) -> Iterator[OpenMark]:
    for criterion in rubric.criteria:
        mark = review.marks.get(criterion.key)
        if mark is None or not 0 <= mark <= criterion.maximum:
            yield OpenMark(review.reviewer, criterion.key, mark)


def _sum(rubric: Rubric, review: Review) -> Decimal:
    """The weighted sum of a review without open marks."""
    marks = ((criterion, review.marks[criterion.key]) for criterion in rubric.criteria)
    return sum((mark * criterion.weight for criterion, mark in marks if mark is not None), Decimal(0))


def _dropped(sums: Mapping[str, Decimal], drop_from: int) -> set[str]:
    """The reviewers of the lowest and the highest sum, when enough count; of equal ones the first and the last."""
    if drop_from == 0 or len(sums) < drop_from:
        return set()
    ordered = sorted(sums, key=lambda reviewer: (sums[reviewer], reviewer))
    return {ordered[0], ordered[-1]}
