"""What binds in principle may be missed with a reason and an approver; what exempts the young says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from db.vocabulary import Applicant, EndReason, HolderKind, Verdict
from dualcreate_desktop.rules.conditions import evaluate, overall
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import Confirmation, Facts, HonourFact
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.notice import Notice, Reference
from dualcreate_desktop.rules.requirements import (
    AgeRule,
    Condition,
    Counting,
    ExemptYoung,
    Force,
    Group,
    Honours,
    Join,
    MinimumAge,
    Part,
    StableDuringCycle,
)

PASS, FAIL, OPEN, NONE = Verdict.PASS, Verdict.FAIL, Verdict.UNVERIFIED, Verdict.NOT_APPLICABLE
REFERENCE = Reference(date(2024, 3, 15), 2023, date(2025, 3, 31))
AGE = Condition(
    "age", "model_branch", "二(二)1", "成立年限", MinimumAge((AgeRule("教师党支部", 36),)), Force.IN_PRINCIPLE
)
YOUNG = Facts(Applicant.BRANCH, "teacher", founded=PartialDate(2022, 3), source="b1")


def word(verdict: Verdict = PASS, reason: str = "", approver: str = "") -> dict[str, Confirmation]:
    return {"age": Confirmation(verdict, "王敏", datetime(2024, 3, 18, 9), reason, approver)}


def test_an_exception_passes_with_its_reason_and_approver_and_says_so() -> None:
    known = replace(YOUNG, confirmations=word(reason="学科调整后新建，工作突出", approver="章书记"))
    found = evaluate(AGE, known, REFERENCE)
    assert (found.verdict, found.approver) == (PASS, "章书记")
    assert found.evidence[-1] == "例外通过：学科调整后新建，工作突出，批准人章书记"
    assert found.evidence[0].startswith("2 年"), "what was missed stays to be read"
    assert overall([found]) is PASS


@pytest.mark.parametrize(
    ("reason", "approver", "refused"),
    [
        ("", "", "与登记不符且未写理由，未采用"),
        ("", "章书记", "与登记不符且未写理由，未采用"),
        ("工作突出", "", "未达到原则上的要求，例外须有批准人，未采用"),
        ("工作突出", " ", "未达到原则上的要求，例外须有批准人，未采用"),
    ],
)
def test_without_both_it_is_missed(reason: str, approver: str, refused: str) -> None:
    found = evaluate(AGE, replace(YOUNG, confirmations=word(reason=reason, approver=approver)), REFERENCE)
    assert (found.verdict, found.confirmed_by, found.approver) == (FAIL, "", "")
    assert refused in found.evidence[-1]


def test_a_hard_condition_knows_no_exception() -> None:
    hard = replace(AGE, force=Force.HARD)
    found = evaluate(
        hard, replace(YOUNG, confirmations=word(reason="登记有误", approver="章书记")), REFERENCE
    )
    assert (found.verdict, found.approver) == (PASS, ""), "the records were wrong; nothing was excepted"
    assert not any("例外" in text for text in found.evidence)


def test_what_is_met_or_refused_is_no_exception_whoever_signed_it() -> None:
    signed = word(reason="材料齐全", approver="章书记")
    old = replace(YOUNG, founded=PartialDate(2010), confirmations=signed)
    assert evaluate(AGE, old, REFERENCE).approver == ""
    refused = replace(YOUNG, confirmations=word(FAIL, "不同意", "章书记"))
    assert evaluate(AGE, refused, REFERENCE).approver == ""


def test_what_is_open_is_settled_by_a_name_or_let_pass_by_an_approver() -> None:
    year_only = replace(YOUNG, founded=PartialDate(2021))
    assert evaluate(AGE, replace(year_only, confirmations=word()), REFERENCE).verdict is PASS
    excepted = evaluate(
        AGE, replace(year_only, confirmations=word(reason="一并考虑", approver="章书记")), REFERENCE
    )
    assert excepted.evidence[-1].startswith("例外通过")


def test_what_is_for_reference_decides_nothing() -> None:
    reference = evaluate(replace(AGE, force=Force.REFERENCE), YOUNG, REFERENCE)
    assert (reference.verdict, reference.mandatory) == (FAIL, False)
    assert overall([reference]) is NONE


def test_both_notices_say_in_principle_where_they_do(third_batch: Notice, first_batch: Notice) -> None:
    found = {
        item.label
        for item in (*third_batch.conditions, *first_batch.conditions)
        if item.force is Force.IN_PRINCIPLE
    }
    assert found == {"原则上至少成立5年", "教师党支部一般应成立满3年"}


def test_the_year_limit_can_be_another_day_than_the_deadline(third_batch: Notice) -> None:
    moved = replace(third_batch, reckoned_to=date(2023, 12, 31))
    just = replace(YOUNG, founded=PartialDate(2021, 3, 1))
    assert evaluate(AGE, just, third_batch.reference).verdict is PASS
    assert evaluate(AGE, just, moved.reference).verdict is FAIL


HONOUR = Honours((HolderKind.BRANCH,), "university", 3, Counting.CALENDAR_YEARS)


@pytest.mark.parametrize(
    ("founded", "honoured", "expected"),
    [
        ("2023-09", False, NONE),
        ("2023-03-16", False, NONE),
        ("2023-03-15", False, FAIL),
        ("2023-03", False, OPEN),
        ("2023-03", True, PASS),
        ("2023-09", True, NONE),
        (None, True, OPEN),
        ("2020", False, FAIL),
    ],
)
def test_an_exemption_of_the_young_is_part_of_the_condition(
    founded: str | None, honoured: bool, expected: Verdict
) -> None:
    honours = (
        (HonourFact("校先进党支部", "university", PartialDate(2023), HolderKind.BRANCH),) if honoured else ()
    )
    facts = replace(YOUNG, founded=PartialDate.parse(founded) if founded else None, honours=honours)
    judged = judge(ExemptYoung(12, HONOUR), facts, REFERENCE)
    assert judged.verdict is expected
    if expected is NONE:
        assert "成立不满 1 年的豁免" in judged.evidence[0]


def test_an_exemption_nests_in_groups() -> None:
    group = Group(
        Join.ALL, (Part("荣誉", ExemptYoung(36, HONOUR)), Part("年限", MinimumAge((AgeRule("支部", 12),))))
    )
    assert judge(group, YOUNG, REFERENCE).verdict is PASS
    nested = Group(Join.ANY, (Part("甲", group), Part("乙", HONOUR)))
    assert judge(nested, YOUNG, REFERENCE).verdict is PASS


@pytest.mark.parametrize(
    ("reason", "expected", "warned"),
    [
        (EndReason.MERGER, FAIL, "周期内将撤并，不能以原支部完成建设"),
        (EndReason.GRADUATION, OPEN, "周期内党员毕业，须说明支部由谁接续"),
        (None, FAIL, "周期结束前不再保持现状"),
    ],
)
def test_a_merger_and_a_graduation_ahead_warn_in_words_of_their_own(
    reason: EndReason | None, expected: Verdict, warned: str
) -> None:
    facts = replace(YOUNG, planned_end=PartialDate(2024, 7), planned_reason=reason)
    judged = judge(StableDuringCycle(FAIL, graduation=OPEN), facts, REFERENCE)
    assert judged.verdict is expected
    assert judged.evidence[1] == warned
    assert judged.links[0].record_id == "b1"
    assert (
        judge(StableDuringCycle(FAIL), replace(facts, planned_end=PartialDate(2025, 4)), REFERENCE).verdict
        is PASS
    )


def person(name: str, awarded: int = 2023, title: str = "校优秀共产党员") -> HonourFact:
    return HonourFact(
        title,
        "university",
        PartialDate(awarded),
        HolderKind.MEMBER,
        name,
        True,
        "学校党委",
        "党发〔2023〕8号",
        name,
    )


SEVERAL = Honours(
    (HolderKind.MEMBER, HolderKind.SECRETARY),
    "university",
    3,
    Counting.CALENDAR_YEARS,
    2,
    True,
    True,
    ("优秀共产党员",),
)


@pytest.mark.parametrize(
    ("honours", "expected"),
    [
        ((person("赵一"), person("钱二")), PASS),
        ((person("赵一"), person("赵一", 2022)), FAIL),
        ((person("赵一"), replace(person("赵一"), holder=HolderKind.SECRETARY)), FAIL),
        ((person("赵一"), person("")), OPEN),
        ((person(""), person("", 2022)), OPEN),
        ((person("赵一"), person("钱二", title="校先进工作者")), OPEN),
    ],
)
def test_several_is_a_number_of_different_people(honours: tuple[HonourFact, ...], expected: Verdict) -> None:
    assert judge(SEVERAL, replace(YOUNG, honours=honours), REFERENCE).verdict is expected


def test_an_honour_is_told_with_who_gave_it_and_by_which_document() -> None:
    judged = judge(SEVERAL, replace(YOUNG, honours=(person("赵一"),)), REFERENCE)
    assert judged.evidence == (
        "2023 校优秀共产党员（校级，赵一，学校党委，党发〔2023〕8号）",
        "须 2 名，已有 1 名",
    )
    assert [(link.table, link.record_id) for link in judged.links] == [("honour", "赵一")]
