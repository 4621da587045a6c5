"""Places: ties are shown and never broken by the order of a list."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.rules.ranking import Ranking, Standing, rank, reserve_places
from dualcreate_desktop.rules.scoring import Score


def score(application: str, total: int | None) -> Score:
    return Score(application, None if total is None else Decimal(total), (), (), (), Decimal(0))


def ranked(totals: list[int | None], target: int, reserve: int = 0) -> Ranking:
    scores = [score(chr(ord("a") + number), total) for number, total in enumerate(totals)]
    return rank(scores, target=target, reserve=reserve)


def standings(ranking: Ranking) -> str:
    letters = {"above": "+", "on_the_line": "=", "reserve": "r", "below": "-", "unscored": "?"}
    return "".join(letters[row.standing] for row in ranking.rows)


def test_equal_totals_share_a_place_and_the_next_is_skipped() -> None:
    ranking = ranked([90, 80, 80, 70], target=4)
    assert [(row.place, row.tied) for row in ranking.rows] == [(1, False), (2, True), (2, True), (4, False)]


@pytest.mark.parametrize(
    ("totals", "target", "reserve", "expected"),
    [
        ([90, 80, 70, 60, 50], 2, 1, "++r--"),
        ([90, 80, 80, 60, 50], 2, 1, "+==--"),
        ([90, 80, 80, 60, 50], 2, 2, "+==r-"),
        ([80, 80, 70], 2, 0, "++-"),
        ([80, 80, 80], 1, 0, "==="),
        ([90, 80, 70, 70, 60], 2, 1, "++rr-"),
        ([90, None, 70], 3, 0, "++?"),
        ([], 3, 1, ""),
    ],
)
def test_the_cut_shows_who_is_in_and_where_a_tie_crosses_it(
    totals: list[int | None], target: int, reserve: int, expected: str
) -> None:
    assert standings(ranked(totals, target, reserve)) == expected


def test_a_contested_line_names_those_on_it_and_the_places_left() -> None:
    ranking = ranked([90, 80, 80, 80], target=2, reserve=1)
    assert (ranking.contested, ranking.vacant) == (("b", "c", "d"), 1)
    clear = ranked([90, 80, 70], target=2, reserve=1)
    assert (clear.contested, clear.vacant, clear.reserve) == ((), 0, ("c",))


@pytest.mark.parametrize(("target", "percent", "places"), [(5, 20, 1), (100, 20, 20), (6, 20, 2), (5, 0, 0)])
def test_the_reserve_list_is_rounded_up(target: int, percent: int, places: int) -> None:
    assert reserve_places(target, percent) == places


TOTALS = st.lists(st.none() | st.integers(0, 8), max_size=20)


@given(TOTALS, st.integers(1, 10), st.integers(0, 4), st.integers())
def test_places_do_not_depend_on_the_order_of_the_list(
    totals: list[int | None], target: int, reserve: int, seed: int
) -> None:
    scores = [score(f"{number:02d}", total) for number, total in enumerate(totals)]
    shuffled = random.Random(seed).sample(scores, len(scores))
    assert rank(shuffled, target=target, reserve=reserve) == rank(scores, target=target, reserve=reserve)


@given(TOTALS, st.integers(1, 10), st.integers(0, 4))
def test_equal_totals_are_treated_equally(totals: list[int | None], target: int, reserve: int) -> None:
    ranking = ranked(totals, target, reserve)
    by_total = {row.total: (row.place, row.standing, row.tied) for row in ranking.rows}
    assert all(by_total[row.total] == (row.place, row.standing, row.tied) for row in ranking.rows)


@given(TOTALS, st.integers(1, 10))
def test_never_more_are_in_than_the_target(totals: list[int | None], target: int) -> None:
    ranking = ranked(totals, target)
    above = sum(row.standing is Standing.ABOVE for row in ranking.rows)
    assert above <= target
    if ranking.contested:
        assert above + ranking.vacant == target < above + len(ranking.contested)
