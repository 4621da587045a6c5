"""Every setting of a condition shows in its sentence, so that the office reads back what it set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, get_args

import pytest

from db.vocabulary import HolderKind, Verdict
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.requirements import (
    Adding,
    AgeRule,
    Condition,
    ConsecutiveGrades,
    Counting,
    Departments,
    DoubleLeader,
    ExemptYoung,
    Follows,
    Force,
    GradeCount,
    Group,
    Guide,
    Honours,
    Join,
    Judgement,
    MemberGrowth,
    MinimumAge,
    NoDebarment,
    NoEarlierFailure,
    NoIncident,
    Part,
    Requirement,
    StableDuringCycle,
    Staffing,
    Topics,
)
from dualcreate_desktop.rules.sentences import phrase, sentence, settings
from dualcreate_desktop.rules.terms import APPRAISALS, GROWTH, INCIDENTS, LEVELS, STAFF, TOPICS

FAIL, OPEN = Verdict.FAIL, Verdict.UNVERIFIED
AGE = MinimumAge((AgeRule("教师党支部", 36, ("teacher",)), AgeRule("学生党支部", 12, ("student",))))
COUNT = GradeCount(("branch_work",), ("好",), times=2, period_years=3)
RUN = ConsecutiveGrades(("secretary_report",), ("好", "优秀"), years=3, period_years=3)
HONOUR = Honours((HolderKind.BRANCH, HolderKind.SECRETARY), "university", 3, Counting.CALENDAR_YEARS)
MEMBERS = Honours(
    (HolderKind.MEMBER,),
    "university",
    5,
    Counting.TO_THE_DAY,
    count=2,
    party_only=True,
    distinct_holders=True,
)
CLEAN = NoIncident(3, Counting.TO_THE_DAY)
ASKED = Judgement("共同体建设高质量推进", ("德育共同体",))
GROWTH_ASKED = MemberGrowth(("high_talent", "young_teacher"), 1, 5)
TOPIC = Topics("university", 5, Counting.CALENDAR_YEARS)

EVERY: tuple[Requirement, ...] = (
    AGE,
    StableDuringCycle(FAIL),
    replace(COUNT, appraisals=("branch_work", "quality_month")),
    replace(RUN, appraisals=("branch_work", "quality_month")),
    HONOUR,
    MEMBERS,
    CLEAN,
    replace(CLEAN, kinds=("ethics",), departments=("discipline",)),
    NoDebarment(),
    Departments(("discipline",)),
    NoEarlierFailure(5, Counting.TO_THE_DAY),
    Staffing(("secretary",)),
    DoubleLeader(),
    GROWTH_ASKED,
    TOPIC,
    Guide("branch_tasks"),
    ASKED,
    ExemptYoung(12, COUNT),
    Group(Join.ANY, (Part("甲", HONOUR), Part("乙", COUNT))),
)
"""Some of each type."""

WORDS: dict[str, tuple[str, ...]] = {
    "appraisals": tuple(APPRAISALS),
    "grades": ("好", "较好", "优秀"),
    "level": tuple(LEVELS),
    "kinds": (*INCIDENTS, *TOPICS, "teacher", "student"),
    "departments": ("discipline", "security"),
    "roles": tuple(STAFF),
    "measures": tuple(GROWTH),
}


def other(name: str, value: Any) -> Iterator[Any]:
    """Other values that a setting could have."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, StrEnum):
        yield from (member for member in type(value) if member is not value)
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield from (word for word in WORDS.get(name, (f"{value}甲",)) if word != value)
    elif is_dataclass(value):
        yield from variants(value)
    elif value and not isinstance(value[0], str):
        for place, item in enumerate(value):
            yield from ((*value[:place], changed, *value[place + 1 :]) for changed in other(name, item))
    elif name in {"titles", "points"}:
        yield (*value, "先进")
    else:
        yield from ((*value, word) for word in WORDS[name] if word not in value)


def variants(record: Any) -> Iterator[Any]:
    """The record with one setting changed; the label of a part is a heading and says nothing more."""
    for field in fields(record):
        if isinstance(record, Part) and field.name == "label":
            continue
        if field.name == "holders":
            yield replace(record, holders=(*record.holders, HolderKind.UNIT))
            continue
        for value in other(field.name, getattr(record, field.name)):
            yield replace(record, **{field.name: value})


@pytest.mark.parametrize("requirement", EVERY, ids=lambda item: item.TYPE)
def test_a_setting_that_is_changed_changes_the_sentence(requirement: Requirement) -> None:
    said = phrase(requirement)
    assert said
    assert not said.endswith("。")
    for changed in variants(requirement):
        assert phrase(changed) != said, changed


def test_one_of_each_type_was_tried() -> None:
    assert {type(item) for item in EVERY} == set(get_args(Requirement))


def condition(requirement: Requirement, **known: object) -> Condition:
    made = Condition("key", "model_branch", "二(二)3", "标签", requirement)
    return replace(made, **known)  # type: ignore[arg-type]  # keywords of the test


def test_force_and_kinds_are_said_with_every_condition() -> None:
    said = {force: sentence(condition(HONOUR, force=force)) for force in Force}
    assert said[Force.HARD].endswith("至少 1 项（硬性）。")
    assert said[Force.IN_PRINCIPLE].endswith("（原则上，未达到的须有例外说明和批准人）。")
    assert said[Force.REFERENCE].endswith("（仅供参考，不影响结论）。")
    assert sentence(condition(HONOUR, kinds=("teacher", "office"))).startswith("只对教师党支部、机关党支部：")
    assert sentence(condition(HONOUR, kinds=("college", "office"))).startswith(
        "只对学院（系）党委、机关党委："
    )


def test_an_unknown_type_is_a_fault_of_the_caller() -> None:
    with pytest.raises(TypeError, match="not a requirement"):
        phrase("年限")


def test_a_notice_gives_the_names_of_what_its_conditions_cite(first_batch: Notice) -> None:
    said = {item.key: sentence(item, first_batch) for item in first_batch.conditions}
    assert "并由纪委办公室、党委宣传部、党委学生工作部、党委保卫部都答复无异议" in said["branch_incidents"]
    assert "“好”或相应等次（“优秀”），且连续 3 年" in said["branch_record"]
    assert said["branch_seven"] == "“七个有力” 7 条逐条自查都达到（硬性）。"


def test_every_condition_of_both_notices_is_one_chinese_sentence(
    third_batch: Notice, first_batch: Notice
) -> None:
    for notice in (third_batch, first_batch):
        for item in notice.conditions:
            said = sentence(item, notice)
            assert said.count("。") == 1
            assert said.endswith("）。")
            assert not any(character.isascii() and character.isalpha() for character in said), said


THIRD = {
    "unit_age": "院级党组织成立满 5 年（算到年限截止日）（原则上，未达到的须有例外说明和批准人）。",
    "unit_staff": "党支部书记、专职组织员、辅导员配齐，每类实配都不少于应配（看最近一年的登记）（硬性）。",
    "unit_members": "近 5 年（按自然年计）至少 2 名书记或成员（同一人只计一次）获得校级以上党内荣誉"
    "（优秀共产党员、优秀党务工作者等，其他称号须核实）（硬性）。",
    "branch_age": "只对教师党支部、机关党支部、离退休党支部：教师党支部（机关、离退休参照）成立满 3 年"
    "（算到年限截止日）（原则上，未达到的须有例外说明和批准人）。",
    "branch_record": "下列各项满足其一即可：（1）近 3 年（按自然年计）党支部或书记获得校级以上党内荣誉至少 1 项；"
    "（2）近 3 个考核年度内，质量提升月、支部考核评价评为“好”至少 2 次"
    "（等次随党组织，换书记后接着算；各类合并计算；当年成立或尚未成立的年度豁免）（硬性）。",
    "branch_double_leader": "只对教师党支部：现任书记是“双带头人”（仅供参考，不影响结论）。",
}


@pytest.mark.parametrize(("key", "said"), THIRD.items())
def test_a_condition_of_the_third_batch_reads_so(third_batch: Notice, key: str, said: str) -> None:
    (found,) = (item for item in third_batch.conditions if item.key == key)
    assert sentence(found, third_batch) == said


def test_what_holds_for_the_whole_round_is_said_too(first_batch: Notice, third_batch: Notice) -> None:
    first, third = list(settings(first_batch)), list(settings(third_batch))
    assert first[0] == "年限和“近几年”都算到 2018-09-30（“申报认定”的截止日）。"
    assert "“好”的相应等次：“优秀”。" in first
    assert not any("相应等次" in text for text in third)
    stated = list(settings(replace(third_batch, reckoned_to=third_batch.cycle_starts)))
    assert stated[0] == "年限和“近几年”都算到 2024-04-01。"


@pytest.mark.parametrize(
    ("requirement", "said"),
    [
        (AGE, "教师党支部成立满 3 年，学生党支部成立满 1 年（算到年限截止日）"),
        (
            COUNT,
            "近 3 个考核年度内，支部考核评价评为“好”至少 2 次（等次随党组织，换书记后接着算；当年成立或尚未成立的年度豁免）",
        ),
        (
            RUN,
            "近 3 个考核年度内，书记述职评议评为“好”或“优秀”，且连续 3 年"
            "（等次随党组织，换书记后接着算；当年成立或尚未成立的年度豁免）",
        ),
        (HONOUR, "近 3 年（按自然年计）党支部或书记获得校级以上表彰至少 1 项"),
        (MEMBERS, "近 5 年（按日计）至少 2 名成员（同一人只计一次）获得校级以上党内荣誉"),
        (CLEAN, "近 3 年（按日计）没有任何负面情形，并由专人具名确认"),
        (
            replace(CLEAN, kinds=("ethics", "火灾")),
            "近 3 年（按日计）没有师德师风问题、火灾，并由专人具名确认",
        ),
        (
            StableDuringCycle(FAIL),
            "建设周期内保持稳定：登记的撤并时间早于周期结束的即不通过，预计毕业年月早于周期结束的须具名核实",
        ),
        (NoEarlierFailure(5, Counting.TO_THE_DAY), "近 5 年（按日计）没有以往批次验收未达标的项目"),
        (
            replace(
                COUNT, follows=Follows.SECRETARY, adding=Adding.EACH, equivalents=True, exempt_young=False
            ),
            "近 3 个考核年度内，支部考核评价评为“好”或相应等次至少 2 次"
            "（等次随书记，换书记后只算现任书记的；各类分别计算，任一类满足即可；成立不足的年度不豁免）",
        ),
        (NoDebarment(), "年限截止日不在取消申报资格的期限内"),
        (Departments(("纪检", "保卫")), "部门联审：纪检、保卫都答复无异议，未答复的待核实"),
        (GROWTH_ASKED, "近 5 个年度内，高层次人才、中青年教师发展党员各至少 1 人"),
        (TOPIC, "近 5 年（按自然年计）承担校级以上党建研究课题或党的工作创新项目至少 1 项"),
        (
            ExemptYoung(12, Judgement("合适")),
            "合适（由专人具名判断）；到年限截止日成立不满 1 年的豁免",
        ),
        (ASKED, "共同体建设高质量推进（由专人具名判断，逐项看：德育共同体）"),
        (
            Group(Join.ANY, (Part("甲", StableDuringCycle(OPEN)), Part("乙", Judgement("合适")))),
            "下列各项满足其一即可：（1）建设周期内保持稳定：登记的撤并时间早于周期结束的须具名核实，预计毕业年月早于周期结束的须具名核实；（2）合适（由专人具名判断）",
        ),
    ],
)
def test_a_setting_is_read_back_as_a_sentence(requirement: Requirement, said: str) -> None:
    assert phrase(requirement) == said


def test_and_or_is_read_back() -> None:
    group = Group(Join.ALL, (Part("甲", AGE), Part("乙", COUNT)))
    assert phrase(group).startswith("下列各项须全部满足：（1）教师党支部成立满 3 年")
