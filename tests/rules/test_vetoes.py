"""What bars an application: records speak first, then the departments; silence is no answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from db.vocabulary import Applicant, EarlierOutcome, Reply, Verdict
from dualcreate_desktop.rules.conditions import evaluate
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import (
    Confirmation,
    DebarmentFact,
    Facts,
    FailureFact,
    IncidentFact,
    ReplyFact,
)
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import (
    Condition,
    Counting,
    Departments,
    NoDebarment,
    NoEarlierFailure,
    NoIncident,
)
from dualcreate_desktop.rules.verdicts import Evidence

PASS, FAIL, OPEN = Verdict.PASS, Verdict.FAIL, Verdict.UNVERIFIED
REFERENCE = Reference(
    date(2024, 3, 15),
    2023,
    date(2025, 3, 31),
    departments={"discipline": "纪委办公室", "security": "党委保卫部"},
)
BOTH = ("discipline", "security")
CLEAN = NoIncident(3, Counting.TO_THE_DAY, departments=BOTH)
CLEAR = ReplyFact("discipline", Reply.CLEAR, "", "纪办函〔2024〕3号", date(2024, 3, 12), "r1")
ALSO_CLEAR = ReplyFact("security", Reply.CLEAR, source="r2")
CONCERN = ReplyFact("security", Reply.CONCERN, "2023年发生一起火情", "", None, "r3")
NOTHING = Facts(Applicant.BRANCH, "teacher")


@pytest.mark.parametrize("asked", [CLEAN, Departments(BOTH)])
@pytest.mark.parametrize(
    ("replies", "expected", "told"),
    [
        ((CLEAR, ALSO_CLEAR), PASS, "纪委办公室答复无异议（2024-03-12，纪办函〔2024〕3号）"),
        ((CLEAR,), OPEN, "党委保卫部未复"),
        ((CLEAR, ReplyFact("security", Reply.SILENT)), OPEN, "党委保卫部未复"),
        ((), OPEN, "纪委办公室未复"),
        ((CLEAR, CONCERN), FAIL, "党委保卫部答复有情况：2023年发生一起火情"),
        ((CLEAR, ALSO_CLEAR, CONCERN), FAIL, "有情况"),
        ((CONCERN,), FAIL, "有情况"),
    ],
)
def test_departments_clear_only_when_all_have_answered(
    asked: NoIncident | Departments, replies: tuple[ReplyFact, ...], expected: Verdict, told: str
) -> None:
    judged = judge(asked, replace(NOTHING, replies=replies), REFERENCE)
    assert judged.verdict is expected
    assert any(told in text for text in judged.evidence)


def test_replies_are_linked_as_the_evidence() -> None:
    judged = judge(CLEAN, replace(NOTHING, replies=(ALSO_CLEAR, CLEAR)), REFERENCE)
    assert judged.links == (
        Evidence("纪委办公室答复无异议（2024-03-12，纪办函〔2024〕3号）", "inquiry_reply", "r1"),
        Evidence("党委保卫部答复无异议", "inquiry_reply", "r2"),
    )


def test_a_record_speaks_against_what_departments_say() -> None:
    incident = IncidentFact("ethics", PartialDate(2023, 5), "学术不端", "党委教师工作部", "i1")
    judged = judge(CLEAN, replace(NOTHING, replies=(CLEAR, ALSO_CLEAR), incidents=(incident,)), REFERENCE)
    assert judged.verdict is FAIL
    assert judged.evidence == ("2023年5月 师德师风问题：学术不端（党委教师工作部）",)
    assert judged.links == (Evidence(judged.evidence[0], "incident", "i1"),)


def test_a_named_person_may_still_speak_for_a_silent_department() -> None:
    word = Confirmation(PASS, "王敏", datetime(2024, 3, 18))
    found = evaluate(
        Condition("k", "c", "二(二)4", "负面情形", CLEAN),
        replace(NOTHING, confirmations={"k": word}),
        REFERENCE,
    )
    assert (found.verdict, found.confirmed_by) == (PASS, "王敏")


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2023-03", "2025-03", FAIL),
        ("2023-03", None, FAIL),
        ("2024-03-15", None, FAIL),
        ("2024-03-16", None, PASS),
        ("2022", "2024-03-15", FAIL),
        ("2022", "2024-03-14", PASS),
        ("2022", "2024-03", OPEN),
        ("2024-03", None, OPEN),
        ("2025", None, PASS),
    ],
)
def test_a_debarment_bars_on_the_day_to_which_the_round_reckons(
    since: str, until: str | None, expected: Verdict
) -> None:
    fact = DebarmentFact(PartialDate.parse(since), PartialDate.parse(until) if until else None, "材料造假")
    assert judge(NoDebarment(), replace(NOTHING, debarments=(fact,)), REFERENCE).verdict is expected


def test_a_debarment_is_told_with_its_reason() -> None:
    fact = DebarmentFact(PartialDate(2023, 3), None, "材料造假", "组通〔2023〕2号", "d1")
    judged = judge(NoDebarment(), replace(NOTHING, debarments=(fact,)), REFERENCE)
    assert judged.evidence == ("2023年3月起，尚未解除取消资格：材料造假（组通〔2023〕2号）",)
    assert judged.links[0].table == "debarment"
    assert judge(NoDebarment(), NOTHING, REFERENCE).evidence == ("2024-03-15 没有在限制期内的记录",)


def test_an_earlier_failure_without_a_date_may_bar_and_is_linked_where_it_stands() -> None:
    bar = NoEarlierFailure(5, Counting.CALENDAR_YEARS)
    undated = FailureFact("第一批", None, EarlierOutcome.REVOKED, source="e1")
    judged = judge(bar, replace(NOTHING, failures=(undated,)), REFERENCE)
    assert judged.verdict is OPEN
    assert judged.evidence == ("第一批撤销称号（时间未登记）",)
    assert judged.links == (Evidence("第一批撤销称号（时间未登记）", "earlier_result", "e1"),)
    ours = FailureFact("第二批", PartialDate(2023, 6), source="p1", table="project")
    assert judge(bar, replace(NOTHING, failures=(ours,)), REFERENCE).links[0].table == "project"


@pytest.mark.parametrize(("looks", "expected"), [(True, OPEN), (False, PASS)])
def test_what_happened_in_the_unit_of_a_branch_is_for_a_person_to_weigh(
    looks: bool, expected: Verdict
) -> None:
    of_unit = IncidentFact("discipline", PartialDate(2023, 5), "一名副院长受处分", source="i2", of_unit=True)
    facts = replace(NOTHING, replies=(CLEAR, ALSO_CLEAR), incidents=(of_unit,))
    judged = judge(replace(CLEAN, of_unit=looks), facts, REFERENCE)
    assert judged.verdict is expected
    assert ("所在单位 2023年5月 违纪违法：一名副院长受处分" in judged.evidence) is looks
