from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.intake.pinyin import initials, ordinal_number, sort_key


def test_branches_sort_by_number_whatever_the_spelling() -> None:
    names = ["教工第十一党支部", "教工第二党支部", "教工第10党支部", "教工第一党支部", "本科生第一党支部"]
    assert sorted(names, key=sort_key) == [
        "本科生第一党支部",
        "教工第一党支部",
        "教工第二党支部",
        "教工第10党支部",
        "教工第十一党支部",
    ]


def test_names_sort_as_in_a_telephone_book() -> None:
    assert sorted(["文学院", "材料学院", "机械学院", "安全学院"], key=sort_key) == [
        "安全学院",
        "材料学院",
        "机械学院",
        "文学院",
    ]


def test_initials_find_a_name() -> None:
    assert initials("机械工程学院") == "jxgcxy"
    assert initials("MBA（党支部）2") == "mbadzb2"


def test_ordinals_are_read_in_every_script() -> None:
    assert [ordinal_number(text) for text in ("一", "第十一", "二十", "１２", "一百零三", "甲")] == [
        1,
        11,
        20,
        12,
        103,
        None,
    ]


@given(st.text(max_size=30))
def test_no_text_ever_raises(text: str) -> None:
    assert isinstance(sort_key(text), str)
    assert initials(text) == initials(text).casefold()
