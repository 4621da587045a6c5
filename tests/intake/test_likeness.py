"""A name compared with the groups that matter comes to what comparing it with every branch would come to."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from dualcreate_desktop.intake.known import Branch, Unit
from dualcreate_desktop.intake.likeness import WORTH_SHOWING, Likeness, UnitNames, agree, stem_score
from dualcreate_desktop.intake.names import BranchName, normal, parse_branch, unit_core

MOST = 5
UNIT = Unit("u", "机械工程学院党委", short_name="机械学院")
OWN = ("机械工程学院党委", "机械工程学院", "机械学院")
FRONT = st.sampled_from(["", "", "机械工程学院", "机械学院", "机工", "实验中心", "先进制造系"])
COHORT = st.sampled_from(["", "", "2019级", "20级"])
PEOPLE = st.sampled_from(
    ["", "教工", "教师", "本科生", "硕士生", "硕博", "研究生", "学生", "师生", "离退休", "机关"]
)
NUMBER = st.sampled_from(["", "第一", "第二", "第十一", "第2", "一", "三"])
END = st.sampled_from(["党支部", "支部", "党支部委员会"])
NAMES = st.tuples(FRONT, COHORT, PEOPLE, NUMBER, END).map("".join)
BRANCHES = st.lists(st.lists(NAMES, min_size=1, max_size=3), max_size=24).map(
    lambda told: [Branch(str(place), names[0], "u", "", tuple(names[1:])) for place, names in enumerate(told)]
)


@given(name=NAMES, branches=BRANCHES)
def test_the_likest_are_those_that_a_comparison_with_every_branch_finds(
    name: str, branches: Sequence[Branch]
) -> None:
    assert UnitNames(UNIT, branches).likest(name, MOST) == plainly(name, branches)


def plainly(name: str, branches: Sequence[Branch]) -> list[Likeness]:
    """One after the other."""
    alike = [each for branch in branches if (each := likeness(name, branch)).score >= WORTH_SHOWING]
    return sorted(alike, key=lambda each: each.rank)[:MOST]


def likeness(name: str, branch: Branch) -> Likeness:
    ours, cores = parts(name), [unit_core(own) for own in UNIT.names]
    agreeing = [
        (stem_score(ours.stem, theirs.stem, cores), agrees)
        for theirs in map(parts, branch.names)
        if (agrees := agree(ours, theirs)) is not None
    ]
    if not agreeing:
        return Likeness(branch, fuzz.ratio(normal(name), normal(branch.name)), None)
    return Likeness(branch, *max(agreeing))


def parts(name: str) -> BranchName:
    own = next((form for form in OWN if name.startswith(form)), "")
    return parse_branch(name.removeprefix(own))
