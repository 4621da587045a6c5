"""Lines between grades typed in points reach exactly these points; items and staff are read as they are typed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import NotAllowed
from dualcreate_desktop.office import scale_forms, scored_items, staffing_forms
from dualcreate_desktop.office.scale_forms import NEW_SCALE, POINTS, GradeLine
from dualcreate_desktop.office.staffing import Strength
from dualcreate_desktop.rules.scales import percent_of

CENTS = st.integers(1, 1_000_00).map(lambda number: Decimal(number) / 100)


def values(maximum: Decimal | None, measure: str = POINTS) -> dict[str, object]:
    return {"kind": "branch_work", "year": 2023, "measure": measure, "maximum": maximum, "note": None}


@given(maximum=CENTS, share=st.integers(1, 100))
def test_whoever_has_exactly_the_points_of_a_line_reaches_it_and_nobody_below(
    maximum: Decimal, share: int
) -> None:
    least = (maximum * share / 100).quantize(Decimal("0.01"))
    made = scale_forms.scale_form(NEW_SCALE, values(maximum), [GradeLine("好", least)]).scale  # type: ignore[arg-type]
    assert made.grade_at(percent_of(least, maximum)) == "好"
    below = least - Decimal("0.01")
    assert below < 0 or made.grade_at(percent_of(below, maximum)) is None


def test_points_want_a_maximum_that_they_do_not_exceed() -> None:
    line = [GradeLine("好", Decimal(85))]
    with pytest.raises(NotAllowed, match="须写明满分"):
        scale_forms.scale_form(NEW_SCALE, values(None), line)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed, match="超出满分 80"):
        scale_forms.scale_form(NEW_SCALE, values(Decimal(80)), line)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["示范引领作用 18/20", "示范引领作用：18／20", "示范引领作用 18 分 / 20 分"])
def test_an_item_is_read_however_it_is_typed(text: str) -> None:
    items = scored_items.stored(text)
    assert items == [{"name": "示范引领作用", "points": "18", "maximum": "20"}]
    assert scored_items.typed(items) == "示范引领作用 18/20"


@pytest.mark.parametrize(("text", "why"), [("示范引领作用", "没有写明得分"), ("作用 21/20", "超出满分 20")])
def test_an_item_without_points_or_with_too_many_is_refused(text: str, why: str) -> None:
    with pytest.raises(NotAllowed, match=why):
        scored_items.stored(text)


def test_several_items_are_apart_by_lines_or_semicolons() -> None:
    items = scored_items.stored("示范引领作用 18/20；主题教育 9.5/10。\n创新 5")
    assert scored_items.typed(items) == "示范引领作用 18/20\n主题教育 9.5/10\n创新 5"


def test_no_items_are_none() -> None:
    assert scored_items.stored(" \n") is None
    assert scored_items.typed([]) is None


def test_staff_that_nobody_told_stays_untold() -> None:
    posts = staffing_forms.posts_of({"organiser_required": 3, "organiser_actual": 2, "counsellor_actual": 0})
    assert posts["organiser"] == Strength(3, 2)
    assert posts["secretary"] == Strength(None, None)
    assert posts["counsellor"] == Strength(None, 0)
