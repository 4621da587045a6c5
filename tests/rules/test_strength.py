"""Staff, a leading secretary, new members, topics and tasks: met, missed, or not yet known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from db.vocabulary import Applicant, GuideOccasion, Verdict
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import Facts, GrowthFact, GuideFact, StaffingFact, TopicFact
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import (
    Counting,
    DoubleLeader,
    Guide,
    MemberGrowth,
    Staffing,
    Topics,
)
from dualcreate_desktop.rules.verdicts import Judged

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.UNVERIFIED
REFERENCE = Reference(
    date(2024, 3, 15),
    2023,
    date(2025, 3, 31),
    guides={"seven": {"educate": "教育党员有力", "manage": "管理党员有力"}, "empty": {}},
)
UNIT = Facts(Applicant.UNIT, "college")
STAFF = Staffing(("secretary", "counsellor"))


def staffed(
    required: int | None, actual: int | None, role: str = "secretary", year: int = 2023
) -> StaffingFact:
    return StaffingFact(role, year, required, actual, f"{role}{year}")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((staffed(12, 12), staffed(5, 6, "counsellor")), PASS),
        ((staffed(12, 11), staffed(5, 6, "counsellor")), FAIL),
        ((staffed(12, 12),), OPEN),
        ((staffed(12, None), staffed(5, 5, "counsellor")), OPEN),
        ((staffed(12, 11), staffed(None, None, "counsellor")), FAIL),
        ((staffed(12, 9, year=2022), staffed(12, 12), staffed(5, 5, "counsellor")), PASS),
        ((staffed(12, 12), staffed(12, 9, year=2025), staffed(5, 5, "counsellor")), PASS),
        ((), OPEN),
    ],
)
def test_each_role_must_be_filled_in_its_newest_year(
    found: tuple[StaffingFact, ...], expected: Verdict
) -> None:
    assert judge(STAFF, replace(UNIT, staffing=found), REFERENCE).verdict is expected


def test_staff_is_told_role_by_role() -> None:
    judged = judge(STAFF, replace(UNIT, staffing=(staffed(12, 11),)), REFERENCE)
    assert judged.evidence == ("2023 党支部书记应配 12，实配 11", "辅导员应配、实配未登记")
    assert [link.record_id for link in judged.links] == ["secretary2023"]


@pytest.mark.parametrize(("known", "expected"), [(True, PASS), (False, FAIL), (None, OPEN)])
def test_whether_the_secretary_leads_twice_must_be_known(known: bool | None, expected: Verdict) -> None:
    judged = judge(DoubleLeader(), replace(UNIT, double_leader=known, secretary="赵一"), REFERENCE)
    assert judged.verdict is expected
    assert judged.evidence[0].startswith("书记赵一")


def growth(**by_year: int) -> tuple[GrowthFact, ...]:
    return tuple(GrowthFact("high_talent", int(year[1:]), number, year) for year, number in by_year.items())


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (growth(y2021=0, y2022=1, y2023=1), PASS),
        (growth(y2023=2), PASS),
        (growth(y2021=0, y2022=1, y2023=0), FAIL),
        (growth(y2022=1, y2023=0), OPEN),
        (growth(y2020=5, y2021=0, y2022=0, y2023=0), FAIL),
        ((), OPEN),
    ],
)
def test_new_members_are_added_up_and_a_year_without_a_figure_is_open(
    found: tuple[GrowthFact, ...], expected: Verdict
) -> None:
    assert (
        judge(MemberGrowth(("high_talent",), 2, 3), replace(UNIT, growth=found), REFERENCE).verdict
        is expected
    )


def test_each_measure_needs_its_own_new_members() -> None:
    asked = MemberGrowth(("high_talent", "young_teacher"), 1, 1)
    judged = judge(
        asked, replace(UNIT, growth=(*growth(y2023=3), GrowthFact("young_teacher", 2023, 0))), REFERENCE
    )
    assert judged.verdict is FAIL
    assert judged.evidence == (
        "高层次人才发展党员：2023 年 3 人；须 1 人，已有 3 人",
        "中青年教师发展党员：2023 年 0 人；须 1 人，已有 0 人",
    )


TOPICS = Topics("university", 5, Counting.CALENDAR_YEARS, kinds=("topic",))


def topic(
    started: str | None, ended: str | None = None, level: str = "university", kind: str = "topic"
) -> TopicFact:
    days = [PartialDate.parse(text) if text else None for text in (started, ended)]
    return TopicFact(kind, "支部工作研究", level, *days, number="DJ01", leader="赵一", source="t1")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (topic("2021"), PASS),
        (topic("2018", "2020-06"), PASS),
        (topic("2018", "2026"), PASS),
        (topic("2018", "2018-12"), FAIL),
        (topic("2024-04"), FAIL),
        (topic("2018"), OPEN),
        (topic(None), OPEN),
        (topic(None, "2022"), PASS),
        (topic("2021", level="unit"), FAIL),
        (topic("2021", kind="innovation"), FAIL),
    ],
)
def test_a_topic_counts_that_ran_in_the_years(found: TopicFact, expected: Verdict) -> None:
    assert judge(TOPICS, replace(UNIT, topics=(found,)), REFERENCE).verdict is expected


def test_no_topic_on_record_is_not_yet_none() -> None:
    judged = judge(TOPICS, UNIT, REFERENCE)
    assert judged == Judged(OPEN, ("2019-01-01 至 2024-03-15 没有登记校级以上的课题或项目",))


def test_a_topic_is_told_with_level_leader_and_number() -> None:
    judged = judge(TOPICS, replace(UNIT, topics=(topic("2021"),)), REFERENCE)
    assert judged.evidence == ("2021 支部工作研究（党建研究课题，校级，赵一，DJ01）",)


def answered(item: str, met: bool | None, text: str = "", **known: object) -> GuideFact:
    return replace(GuideFact("seven", item, met, text, source=item), **known)  # type: ignore[arg-type]  # keywords of the test


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((answered("educate", True), answered("manage", True)), PASS),
        ((answered("educate", True),), OPEN),
        ((answered("educate", True), answered("manage", None)), OPEN),
        ((answered("educate", False, "缺学习记录"),), FAIL),
        ((answered("educate", True), answered("manage", True, occasion=GuideOccasion.ACCEPTANCE)), OPEN),
        ((answered("educate", True), answered("manage", True, guide="five")), OPEN),
    ],
)
def test_a_guide_is_met_item_by_item_at_application(
    answers: tuple[GuideFact, ...], expected: Verdict
) -> None:
    assert judge(Guide("seven"), replace(UNIT, guide=answers), REFERENCE).verdict is expected


def test_a_guide_is_told_item_by_item() -> None:
    judged = judge(
        Guide("seven"), replace(UNIT, guide=(answered("educate", False, "缺学习记录"),)), REFERENCE
    )
    assert judged.evidence == ("教育党员有力：未达到，缺学习记录", "管理党员有力：未答")
    assert [link.record_id for link in judged.links] == ["educate"]


def test_a_guide_without_items_is_for_a_person() -> None:
    for key in ("empty", "unknown"):
        assert judge(Guide(key), UNIT, REFERENCE).verdict is OPEN
