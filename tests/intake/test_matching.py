from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dualcreate_desktop.intake.known import Branch, Known, Learned, Unit
from dualcreate_desktop.intake.likeness import abbreviates
from dualcreate_desktop.intake.matching import Matcher
from dualcreate_desktop.intake.names import parse_branch, unit_core, without_old_name


@pytest.mark.parametrize(
    "text",
    ["机械工程学院教工第一党支部", "教工第一党支部", "教师一支部", "教职工第1党支部", "机械学院教工１支部", "JX0101",
     "中共机械工程学院教工第一支部委员会", "机械工程学院 教工第一党支部"],
)  # fmt: skip
def test_spellings_of_one_branch_find_it(known: Known, text: str) -> None:
    assert Matcher(known).branch(text, "u-jx").id == "b-jg1"


@pytest.mark.parametrize(
    "text",
    [
        "教工第二党支部",
        "教工第十党支部",
        "博士生第二党支部",
        "研究生第二党支部",
        "本科生第二党支部",
        "离退休第一党支部",
    ],
)
def test_another_ordinal_level_or_role_is_another_branch(known: Known, text: str) -> None:
    match = Matcher(known).branch(text, "u-jx")
    assert (match.id, match.open) == (None, False)


def test_eleven_is_not_one(known: Known) -> None:
    assert Matcher(known).branch("教工第十一党支部", "u-jx").id == "b-jg11"
    assert Matcher(known).branch("教工第11支部", "u-jx").id == "b-jg11"


def test_a_name_that_leaves_out_the_role_is_asked(known: Known) -> None:
    match = Matcher(known).branch("第一党支部", "u-jx")
    assert match.open
    assert {candidate.id for candidate in match.candidates if not candidate.different} == {"b-jg1", "b-bk1"}


def test_a_renamed_branch_is_found_by_its_old_name_in_brackets(known: Known) -> None:
    match = Matcher(known).branch("先进制造系教师党支部（原机械工程学院教工第一党支部）", "u-jx")
    assert match.id == "b-jg1"
    assert "原名" in match.candidates[0].reason


def test_the_same_name_in_two_units_needs_the_unit() -> None:
    known = Known(
        (Unit("a", "文学院党委"), Unit("b", "理学院党委")),
        (Branch("1", "教工一支部", "a"), Branch("2", "教工一支部", "b")),
    )
    assert Matcher(known).branch("教工一支部", None).open
    assert Matcher(known).branch("教工一支部", "b").id == "2"
    assert Matcher(known).branch("理学院教工第一党支部", None).id == "2"


def test_numbers_inside_a_stem_tell_branches_apart() -> None:
    known = Known((Unit("a", "信息学院党委"),), (Branch("1", "计算机科学与技术第一研究所教工党支部", "a"),))
    assert Matcher(known).branch("计算机科学与技术第二研究所教工党支部", "a").id is None
    known = Known(known.units, (Branch("1", "计算机科学与技术第二研究所教工第一党支部", "a"),))
    assert Matcher(known).branch("计算机科学与技术第三研究所教工第一党支部", "a").id is None
    assert Matcher(known).branch("计算机科学与技术第二研究所教师一支部", "a").id == "1"


def test_a_unit_whose_name_holds_a_role_gives_its_branches_none() -> None:
    known = Known(
        (Unit("a", "行政管理学院党委"),),
        (Branch("1", "行政管理学院本科生第一党支部", "a"), Branch("2", "行政管理学院行政党支部", "a")),
    )
    assert Matcher(known).branch("本科生第一党支部", "a").id == "1"
    assert Matcher(known).branch("机关党支部", "a").id == "2"


@pytest.mark.parametrize(
    "text",
    [
        "机械工程学院党委",
        "机械工程学院",
        "中共江川大学机械工程学院委员会",
        "机械学院",
        "jx01",
        "机械工程学院 党委",
    ],
)
def test_spellings_of_one_unit_find_it(known: Known, text: str) -> None:
    assert Matcher(known).unit(text).id == "u-jx"


def test_a_short_name_that_fits_two_units_is_asked() -> None:
    known = Known((Unit("a", "材料科学与工程学院党委"), Unit("b", "材料学院党总支")))
    assert Matcher(known).unit("材料学院").id == "b"
    asked = Matcher(known).unit("材料")
    assert (asked.id, {candidate.id for candidate in asked.candidates}) == (None, {"a", "b"})


def test_what_the_office_confirmed_is_taken(known: Known) -> None:
    learned = Learned(units={"机电": "u-jx"}, branches={("u-jx", "头雁支部"): "b-jg1"})
    assert Matcher(known, learned).unit("机电").id == "u-jx"
    assert Matcher(known, learned).branch("头雁支部", "u-jx").id == "b-jg1"


def test_a_name_is_taken_apart() -> None:
    name = parse_branch("机械工程学院2021级硕士研究生第十二党支部")
    assert (name.stem, name.role, name.levels, name.cohort, name.ordinal) == (
        "机械工程学院", "", {"master"}, "21", 12,
    )  # fmt: skip


def test_old_names_are_split_off() -> None:
    assert without_old_name("甲支部（原乙支部）") == ("甲支部", "乙支部")
    assert without_old_name("甲支部（筹）") == ("甲支部（筹）", "")


def test_abbreviations_keep_order_and_first_character() -> None:
    assert abbreviates("材工", "材料科学与工程学院")
    assert not abbreviates("工材", "材料科学与工程学院")
    assert not abbreviates("科工", "材料科学与工程学院")


@given(st.text(max_size=40))
def test_no_text_ever_raises(text: str) -> None:
    parse_branch(text)
    unit_core(text)


@given(st.integers(1, 40), st.integers(1, 40))
def test_two_ordinals_never_mean_one_branch(one: int, other: int) -> None:
    known = Known((Unit("a", "理学院党委"),), (Branch("1", f"教工第{one}党支部", "a"),))
    assert (Matcher(known).branch(f"教工第{other}党支部", "a").id == "1") == (one == other)
