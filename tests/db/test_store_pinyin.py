"""Names sort as they are read, and ordinals as numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.pinyin import chinese_number, initials, normalise, sort_key

DIGITS = "零一二三四五六七八九"
NUMBERS = st.integers(1, 99)


def written(number: int) -> str:
    """12 → 十二, 20 → 二十."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else f"{DIGITS[tens]}十") + (DIGITS[ones] if ones else "")


@given(NUMBERS)
def test_every_number_up_to_ninety_nine_is_read(number: int) -> None:
    assert chinese_number(written(number)) == number
    assert chinese_number(str(number)) == number


@pytest.mark.parametrize(
    "name",
    [
        "第{}党支部",
        "学生第{}党支部",
        "第{}教工党支部",
        "{}支部",
        "学生党支部（{}）",
        "第{}党总支",
        "学习{}组",
    ],
)
@given(one=NUMBERS, other=NUMBERS)
def test_ordinals_sort_as_numbers_in_either_writing(name: str, one: int, other: int) -> None:
    first, second = sort_key(name.format(written(one))), sort_key(name.format(written(other)))
    assert (first < second) == (one < other)
    assert first == sort_key(name.format(one))


def test_the_example_of_the_office_is_in_order() -> None:
    names = [f"学生第{number}党支部" for number in ("二十", "十一", "十", "二")]
    assert sorted(names, key=sort_key) == names[::-1]


def test_names_sort_by_their_pinyin() -> None:
    names = ["安全学院", "材料学院", "电子学院", "数学学院", "物理学院", "A实验室"]
    assert sorted(names, key=sort_key)[1:] == names[:-1]


def test_a_number_that_is_no_ordinal_stays_a_part_of_the_name() -> None:
    assert sort_key("王一") == "wang yi"
    assert sort_key("2019级") == "2 0 1 9 ji"


@pytest.mark.parametrize(
    "name",
    ["第十一二党支部", "第二十十支部", "第十十组", "第零支部", "第〇支部", "一二三支部", "第99999支部"],
)
def test_a_malformed_numeral_breaks_nothing(name: str) -> None:
    assert sort_key(name)


@given(st.text())
def test_any_name_has_a_sort_key_and_one_initial_for_each_character(name: str) -> None:
    assert bool(sort_key(name)) == bool(normalise(name))
    assert len(initials(name)) == len(normalise(name))


@pytest.mark.parametrize("character", ["A", "7", "-", "Ω", "🚩", "\ue000", "々"])
def test_a_character_without_a_reading_survives(character: str) -> None:
    plain = normalise(character)
    assert initials(f"甲{character}乙") == f"j{plain}y"
    assert sort_key(f"甲{character}乙") == f"jia {plain} yi"


def test_initials_are_those_of_the_most_common_reading() -> None:
    assert initials("计算机学院") == "jsjxy"
    assert initials("Ａ１ 女") == "a1n"
