"""Grades against points, shares and totals that differ from unit to unit."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.rules.scales import (
    Band,
    Graded,
    Scale,
    Share,
    contradictions,
    mean,
    percent_of,
)

BANDS = (
    Band("优秀", Decimal(90)),
    Band("良好", Decimal(80)),
    Band("一般", Decimal(60)),
    Band("较差", Decimal(0)),
)
SCALE = Scale("branch_work", 2023, Decimal(100), BANDS, (Share("优秀", Decimal(30)),))


def graded(grade: str | None, points: str | None, **known: object) -> Graded:
    given_points = None if points is None else Decimal(points)
    return Graded("法学院", "第一党支部", "branch_work", 2023, grade, given_points, **known)  # type: ignore[arg-type]  # keywords of the test


@pytest.mark.parametrize(
    ("percent", "grade"), [("100", "优秀"), ("90", "优秀"), ("89.99", "良好"), ("60", "一般"), ("0", "较差")]
)
def test_a_band_begins_with_its_first_point(percent: str, grade: str) -> None:
    assert SCALE.grade_at(Decimal(percent)) == grade
    assert Scale("x", 2023, bands=tuple(reversed(BANDS))).grade_at(Decimal(percent)) == grade


def test_below_every_band_there_is_no_grade() -> None:
    assert Scale("x", 2023, bands=BANDS[:2]).grade_at(Decimal(79)) is None


def test_a_grade_that_its_points_contradict_is_told() -> None:
    (found,) = contradictions(
        [Scale("branch_work", 2023, Decimal(100), BANDS)], [graded("优秀", "86.50", source="r1")]
    )
    assert found.text == (
        "第一党支部 2023 年度支部考核评价：得 86.5 分（满分 100 分的 86.5%），登记为“优秀”，按标准应为“良好”"
    )
    assert (found.unit, found.sources) == ("法学院", ("r1",))


def test_points_are_compared_as_per_cent_of_the_units_own_maximum() -> None:
    scale = Scale("branch_work", 2023, Decimal(100), BANDS)
    assert contradictions([scale], [graded("优秀", "108", maximum=Decimal(120))]) == ()
    (found,) = contradictions([scale], [graded("优秀", "100", maximum=Decimal(120))])
    assert "满分 120 分的 83.33%" in found.text


@pytest.mark.parametrize("points", ["-1", "100.5"])
def test_points_outside_the_scale_are_told(points: str) -> None:
    (found,) = contradictions([SCALE], [graded(None, points)])
    assert "不在 0 至 100 分之间" in found.text


@pytest.mark.parametrize(
    "item",
    [
        graded(None, "95"),
        graded("优秀", None),
        graded("好", "20"),
        Graded("甲", "乙", "leadership", 2023, "优秀"),
    ],
)
def test_what_the_scale_does_not_speak_of_is_left_alone(item: Graded) -> None:
    assert contradictions([Scale("branch_work", 2023, Decimal(100), BANDS)], [item]) == ()


def test_more_good_grades_than_a_share_allows_are_told_by_unit() -> None:
    items = [
        Graded(
            unit,
            f"{unit}{number}",
            "branch_work",
            2023,
            "优秀" if number < good else "良好",
            source=f"{unit}{number}",
        )
        for unit, good in (("法学院", 4), ("文学院", 3))
        for number in range(10)
    ]
    (found,) = contradictions([SCALE], items)
    assert (
        found.text == "法学院 2023 年度支部考核评价：评为“优秀”的 4 个，多于 30% 的上限（10 个中最多 3 个）"
    )
    assert len(found.sources) == 4


def test_grades_that_are_not_given_yet_count_for_no_share() -> None:
    items = [Graded("法学院", str(n), "branch_work", 2023, None) for n in range(9)]
    assert len(contradictions([SCALE], [*items, Graded("法学院", "十", "branch_work", 2023, "优秀")])) == 1


@pytest.mark.parametrize(
    ("answers", "expected"),
    [([5, 4, None], "4.50"), ([None, None], None), ([], None), ([0, 5], "2.50"), ([5, 5, 4], "4.67")],
)
def test_who_does_not_know_is_left_out_of_the_mean(answers: list[int | None], expected: str | None) -> None:
    found = mean(None if answer is None else Decimal(answer) for answer in answers)
    assert found == (None if expected is None else Decimal(expected))


def test_nothing_is_a_share_of_no_points() -> None:
    with pytest.raises(ValueError, match="no points"):
        percent_of(Decimal(1), Decimal(0))


@given(st.lists(st.sampled_from(["优秀", "良好", None]), max_size=30), st.integers(0, 100))
def test_a_share_is_exceeded_exactly_when_more_have_the_grade_than_it_allows(
    grades: list[str | None], percent: int
) -> None:
    scale = Scale("branch_work", 2023, shares=(Share("优秀", Decimal(percent)),))
    items = [Graded("甲", str(n), "branch_work", 2023, grade) for n, grade in enumerate(grades)]
    rated = [grade for grade in grades if grade]
    assert bool(contradictions([scale], items)) == (100 * rated.count("优秀") > percent * len(rated))
