"""Totals to places: ties share a place and are shown, never broken by the order of a list.

The cut is made at the category's target. Applications of one total that would stand on both sides of a line are
marked, and people decide.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from db.vocabulary import Labelled, NumberRounding
from dualcreate_desktop.rules.quotas import divide
from dualcreate_desktop.rules.scoring import Score


class Standing(Labelled):
    """Where a place stands against the cut."""

    ABOVE = "above", "入围"
    ON_THE_LINE = "on_the_line", "同分跨线"
    RESERVE = "reserve", "备选"
    BELOW = "below", "未入围"
    UNSCORED = "unscored", "没有得分"


@dataclass(frozen=True, slots=True)
class Ranked:
    """An application with its place (1, 2, 2, 4); `tied` with another of the same total."""

    application: str
    total: Decimal | None
    place: int | None
    tied: bool
    standing: Standing
    complete: bool


@dataclass(frozen=True, slots=True)
class Ranking:
    """A category's places, best first; equal totals stand in the order of their ids, which decides nothing.

    Args:
        contested: the applications of one total that the target's line parts; somebody must decide among them.
        vacant: places of the target that they compete for.
    """

    target: int
    rows: tuple[Ranked, ...]
    contested: tuple[str, ...]
    vacant: int

    @property
    def reserve(self) -> tuple[str, ...]:
        """The reserve list, best first."""
        return tuple(row.application for row in self.rows if row.standing is Standing.RESERVE)


def reserve_places(target: int, percent: int) -> int:
    """How many a reserve list holds: so much of the target, rounded up (1:1.2 is 20 %)."""
    return divide(target * percent, 100, NumberRounding.CEIL)


def rank(scores: Iterable[Score], *, target: int, reserve: int) -> Ranking:
    """Rank the scores of one category.

    Args:
        target: places to fill.
        reserve: places of the reserve list; a tie at its end is taken in whole.
    """
    ordered = sorted(scores, key=lambda score: (score.total is None, -(score.total or 0), score.application))
    totals = [score.total for score in ordered if score.total is not None]
    rows = tuple(_ranked(score, totals, target, reserve) for score in ordered)
    contested = tuple(row.application for row in rows if row.standing is Standing.ON_THE_LINE)
    above = sum(row.standing is Standing.ABOVE for row in rows)
    return Ranking(target, rows, contested, vacant=target - above if contested else 0)


def _ranked(score: Score, totals: list[Decimal], target: int, reserve: int) -> Ranked:
    if score.total is None:
        return Ranked(score.application, None, None, tied=False, standing=Standing.UNSCORED, complete=False)
    place = 1 + sum(total > score.total for total in totals)
    equals = totals.count(score.total)
    standing = _standing(place, place + equals - 1, target, reserve)
    return Ranked(score.application, score.total, place, equals > 1, standing, score.complete)


def _standing(first: int, last: int, target: int, reserve: int) -> Standing:
    """The standing of those that share the places from `first` to `last`."""
    if last <= target:
        return Standing.ABOVE
    if first <= target:
        return Standing.ON_THE_LINE
    return Standing.RESERVE if first <= target + reserve else Standing.BELOW
