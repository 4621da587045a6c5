"""Findings: what the facts say of each type of requirement, and what a named person's word changes."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Applicant, HolderKind, Verdict
from dualcreate_desktop import lists
from dualcreate_desktop.rules import terms
from dualcreate_desktop.rules.conditions import Finding, evaluate, evaluate_all, overall
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import (
    AppraisalFact,
    Confirmation,
    Facts,
    FailureFact,
    HonourFact,
    IncidentFact,
)
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.notice import Notice, Reference
from dualcreate_desktop.rules.requirements import (
    AgeRule,
    Condition,
    ConsecutiveGrades,
    Counting,
    Force,
    GradeCount,
    Group,
    Honours,
    Join,
    Judgement,
    MinimumAge,
    NoEarlierFailure,
    NoIncident,
    Part,
    Requirement,
    StableDuringCycle,
)
from dualcreate_desktop.rules.sentences import sentence
from dualcreate_desktop.rules.verdicts import all_of, any_of

PASS, FAIL, OPEN, NONE = Verdict.PASS, Verdict.FAIL, Verdict.UNVERIFIED, Verdict.NOT_APPLICABLE
REFERENCE = Reference(deadline=date(2024, 3, 15), last_appraisal_year=2023, cycle_ends=date(2025, 3, 31))
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


def partial(text: str) -> PartialDate:
    return PartialDate.parse(text)


def branch(**known: object) -> Facts:
    return replace(Facts(Applicant.BRANCH, "teacher", founded=partial("2016-09")), **known)  # type: ignore[arg-type]  # keywords of the test


def grades(kind: str = "branch_work", **by_year: str | None) -> tuple[AppraisalFact, ...]:
    """grades(y2021="好")"""
    return tuple(AppraisalFact(kind, int(year[1:]), grade) for year, grade in by_year.items())


def verdict(requirement: Requirement, facts: Facts) -> Verdict:
    return judge(requirement, facts, REFERENCE).verdict


def evidence(requirement: Requirement, facts: Facts) -> str:
    return "；".join(judge(requirement, facts, REFERENCE).evidence)


@pytest.mark.parametrize(
    ("kind", "founded", "expected"),
    [
        ("teacher", "2016-09", PASS),
        ("teacher", "2021-03-15", PASS),
        ("teacher", "2021-03-16", FAIL),
        ("teacher", "2021-03", OPEN),
        ("teacher", "2021", OPEN),
        ("teacher", "2022", FAIL),
        ("teacher", "2024-06", FAIL),
        ("teacher", None, OPEN),
        ("student", "2023-03-15", PASS),
        ("student", "2023-04", FAIL),
        ("retired", "2023-04", NONE),
    ],
)
def test_age_is_counted_in_whole_months_at_the_deadline(
    kind: str, founded: str | None, expected: Verdict
) -> None:
    facts = Facts(Applicant.BRANCH, kind, founded=partial(founded) if founded else None)
    assert verdict(AGE, facts) is expected


def test_age_is_told_as_a_clerk_counts_it() -> None:
    assert evidence(AGE, branch()) == "7 年 6 个月（成立 2016年9月）；教师党支部须满 3 年"
    assert "2 年 2 个月至 3 年 2 个月，须查明具体日期（成立 2021年）" in evidence(
        AGE, branch(founded=partial("2021"))
    )
    this_year = branch(founded=partial("2024"))
    assert "0 个月至 2 个月，" in evidence(MinimumAge((AgeRule("党支部", 1),)), this_year)
    assert "截止日尚未成立" in evidence(AGE, branch(founded=partial("2024-06")))


@given(st.dates(date(2010, 1, 1), date(2024, 3, 15)), st.sampled_from(["teacher", "student"]))
def test_a_coarser_date_never_contradicts_the_day(founded: date, kind: str) -> None:
    exact = PartialDate(founded.year, founded.month, founded.day)
    known = verdict(AGE, Facts(Applicant.BRANCH, kind, founded=exact))
    for coarse in (PartialDate(founded.year, founded.month), PartialDate(founded.year)):
        assert verdict(AGE, Facts(Applicant.BRANCH, kind, founded=coarse)) in (known, OPEN)


@pytest.mark.parametrize("setting", [FAIL, OPEN])
@pytest.mark.parametrize(
    ("end", "early"),
    [(None, False), ("2025-04", False), ("2025-03-31", True), ("2024-07", True)],
)
def test_a_planned_end_in_the_cycle_has_the_verdict_that_is_set(
    setting: Verdict, end: str | None, early: bool
) -> None:
    facts = branch(planned_end=partial(end) if end else None)
    assert verdict(StableDuringCycle(setting), facts) is (setting if early else PASS)


def test_an_end_in_an_unknown_month_of_the_last_year_is_open() -> None:
    assert verdict(StableDuringCycle(FAIL), branch(planned_end=partial("2025"))) is OPEN


@pytest.mark.parametrize(
    ("facts", "expected", "told"),
    [
        (grades(y2021="好", y2022="较好", y2023="好"), PASS, "2021 好，2022 较好，2023 好"),
        (grades(y2021="好", y2022="较好", y2023="一般"), FAIL, "已有 1 次"),
        (grades(y2021="好", y2022="较好"), OPEN, "2023 未报"),
        (grades(y2021="较好", y2022="一般"), FAIL, "2023 未报"),
        (grades(y2021="好", y2022="较好", y2023=None), OPEN, "2023 未评等次"),
        (grades(y2019="好", y2020="好", y2021="差", y2022="差", y2023="差"), FAIL, "已有 0 次"),
        (grades("quality_month", y2021="好", y2022="好"), OPEN, "已有 0 次"),
    ],
)
def test_grades_are_counted_and_a_missing_one_is_open_only_while_it_matters(
    facts: tuple[AppraisalFact, ...], expected: Verdict, told: str
) -> None:
    assert verdict(COUNT, branch(appraisals=facts)) is expected
    assert told in evidence(COUNT, branch(appraisals=facts))


def test_a_branch_too_young_to_be_appraised_has_not_failed() -> None:
    young = branch(founded=partial("2023-09"))
    assert verdict(COUNT, young) is NONE
    assert "2023 当年成立或尚未成立，不适用" in evidence(COUNT, young)
    second_year = branch(founded=partial("2022-09"), appraisals=grades(y2023="好"))
    assert verdict(COUNT, second_year) is NONE
    all_years = branch(founded=partial("2021-01-01"), appraisals=grades(y2022="较好", y2023="好"))
    assert verdict(COUNT, all_years) is OPEN, "founded on the first day: 2021 is not reported yet"
    assert verdict(COUNT, replace(all_years, founded=partial("2021-01-02"))) is NONE


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (grades("secretary_report", y2021="好", y2022="优秀", y2023="好"), PASS),
        (grades("secretary_report", y2021="好", y2022="较好", y2023="好"), FAIL),
        (grades("secretary_report", y2021="好", y2023="好"), OPEN),
        ((), OPEN),
    ],
)
def test_consecutive_means_every_year_of_the_run(facts: tuple[AppraisalFact, ...], expected: Verdict) -> None:
    assert verdict(RUN, branch(appraisals=facts)) is expected
    young = branch(founded=partial("2022-05"), appraisals=facts)
    assert verdict(RUN, young) in (expected, NONE)


def test_a_run_shorter_than_its_period_may_lie_anywhere_in_it() -> None:
    run = ConsecutiveGrades(("branch_work",), ("好",), years=2, period_years=4)
    assert verdict(run, branch(appraisals=grades(y2020="好", y2021="好", y2022="差", y2023="差"))) is PASS
    assert verdict(run, branch(appraisals=grades(y2020="好", y2021="差", y2022="好", y2023="差"))) is FAIL


def honour(awarded: str, level: str = "university", **known: object) -> HonourFact:
    fact = HonourFact("校先进党支部", level, partial(awarded), HolderKind.BRANCH, party=True)
    return replace(fact, **known)  # type: ignore[arg-type]  # keywords of the test


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (honour("2022"), PASS),
        (honour("2021-01-01"), PASS),
        (honour("2020-12"), FAIL),
        (honour("2024"), OPEN),
        (honour("2022", "national"), PASS),
        (honour("2022", "unit"), FAIL),
        (honour("2022", "街道级"), FAIL),
        (honour("2022", holder=HolderKind.MEMBER), FAIL),
    ],
)
def test_an_honour_counts_by_level_holder_and_year(found: HonourFact, expected: Verdict) -> None:
    assert verdict(HONOUR, branch(honours=(found,))) is expected


def test_honours_are_told_with_level_and_name() -> None:
    assert evidence(HONOUR, branch(honours=(honour("2022"),))) == "2022 校先进党支部（校级）"
    assert "2021-01-01 至 2024-03-15 没有登记" in evidence(HONOUR, branch())


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        ([("赵一", True), ("钱二", True)], PASS),
        ([("赵一", True), ("赵一", True)], FAIL),
        ([("赵一", True), ("钱二", False)], FAIL),
        ([("赵一", True), ("钱二", None)], OPEN),
    ],
)
def test_several_people_are_several_names_with_party_honours(
    people: list[tuple[str, bool | None]], expected: Verdict
) -> None:
    found = tuple(
        honour("2022-07", title="校优秀共产党员", holder=HolderKind.MEMBER, holder_name=name, party=party)
        for name, party in people
    )
    assert verdict(MEMBERS, branch(honours=found)) is expected


def test_to_the_day_starts_the_day_after() -> None:
    on_the_edge = honour("2019-03-15", holder=HolderKind.MEMBER)
    one = replace(MEMBERS, count=1)
    assert verdict(one, branch(honours=(on_the_edge,))) is FAIL
    assert verdict(one, branch(honours=(replace(on_the_edge, awarded=partial("2019-03-16")),))) is PASS


@pytest.mark.parametrize(
    ("occurred", "expected"),
    [("2023-05", FAIL), ("2021-03-16", FAIL), ("2021-03", OPEN), ("2021", OPEN), ("2020-12", OPEN)],
)
def test_an_incident_vetoes_within_its_years(occurred: str, expected: Verdict) -> None:
    incident = IncidentFact("safety", partial(occurred), "实验室起火")
    assert verdict(CLEAN, branch(incidents=(incident,))) is expected


def test_no_incident_on_record_is_not_yet_a_pass() -> None:
    assert verdict(CLEAN, branch()) is OPEN
    assert "须具名确认" in evidence(CLEAN, branch())
    settled = evaluate(condition(CLEAN), branch(confirmations=confirmed(PASS)), REFERENCE)
    assert settled.verdict is PASS
    assert "须具名确认" not in settled.evidence, "somebody has"
    ethics = replace(CLEAN, kinds=("ethics",))
    other = branch(incidents=(IncidentFact("safety", partial("2023-05")),))
    assert verdict(ethics, other) is OPEN
    old = branch(incidents=(IncidentFact("safety", partial("2020-12")),))
    assert "没有登记负面情形" in evidence(CLEAN, old)


def test_an_earlier_failure_bars() -> None:
    bar = NoEarlierFailure(5, Counting.CALENDAR_YEARS)
    assert verdict(bar, branch()) is PASS
    failed = branch(failures=(FailureFact("第二批", partial("2022-06")),))
    assert verdict(bar, failed) is FAIL
    assert evidence(bar, failed) == "第二批验收未通过（2022年6月）"
    assert verdict(bar, branch(failures=(FailureFact("第一批", partial("2018")),))) is PASS


ANY_OF = {
    (PASS, FAIL): PASS,
    (PASS, OPEN): PASS,
    (PASS, NONE): PASS,
    (FAIL, FAIL): FAIL,
    (FAIL, OPEN): OPEN,
    (FAIL, NONE): OPEN,
    (OPEN, NONE): OPEN,
    (NONE, NONE): NONE,
}
ALL_OF = {
    (PASS, FAIL): FAIL,
    (PASS, OPEN): OPEN,
    (PASS, NONE): PASS,
    (FAIL, OPEN): FAIL,
    (FAIL, NONE): FAIL,
    (OPEN, NONE): OPEN,
    (NONE, NONE): NONE,
}


def test_verdicts_are_joined_by_this_table() -> None:
    for pair, expected in ANY_OF.items():
        assert any_of(pair) is any_of(reversed(pair)) is expected, pair
    for pair, expected in ALL_OF.items():
        assert all_of(pair) is all_of(reversed(pair)) is expected, pair


@given(st.lists(st.sampled_from(Verdict), min_size=1, max_size=6))
def test_order_and_repetition_change_no_joined_verdict(verdicts: list[Verdict]) -> None:
    shuffled = sorted(verdicts * 2)
    assert any_of(shuffled) is any_of(verdicts)
    assert all_of(shuffled) is all_of(verdicts)


@given(st.lists(st.sampled_from(Verdict), max_size=5), st.integers(0, 4))
def test_settling_an_open_part_for_good_never_harms(verdicts: list[Verdict], index: int) -> None:
    worth = {FAIL: 0, OPEN: 1, NONE: 1, PASS: 2}
    if index >= len(verdicts) or verdicts[index] is not OPEN:
        return
    better = [*verdicts[:index], PASS, *verdicts[index + 1 :]]
    assert worth[any_of(better)] >= worth[any_of(verdicts)]
    assert worth[all_of(better)] >= worth[all_of(verdicts)]


def test_and_or_is_a_setting_of_a_group() -> None:
    parts = (Part("表彰", HONOUR), Part("等次", COUNT))
    facts = branch(appraisals=grades(y2021="好", y2022="好", y2023="好"))
    assert verdict(Group(Join.ANY, parts), facts) is PASS
    assert verdict(Group(Join.ALL, parts), facts) is FAIL
    assert "表彰：不通过——" in evidence(Group(Join.ANY, parts), facts)
    nested = Group(Join.ALL, (Part("甲", Group(Join.ANY, parts)), Part("年限", AGE)))
    assert verdict(nested, facts) is PASS


def test_a_part_that_somebody_confirmed_no_longer_asks_for_it() -> None:
    both = Group(Join.ALL, (Part("成效", Judgement("成效突出")), Part("年限", AGE)))
    asked = "成效：待核实——登记的数据不能判断；须具名确认"
    assert asked in evaluate(condition(both), branch(), REFERENCE).evidence
    settled = evaluate(condition(both), branch(confirmations=confirmed(PASS)), REFERENCE)
    assert "成效：由核实人判断" in settled.evidence
    alone = evaluate(condition(Judgement("成效突出")), branch(confirmations=confirmed(PASS)), REFERENCE)
    assert alone.evidence == ("由核实人判断",), "nothing contradicts the word of who confirmed it"


def condition(requirement: Requirement, **known: object) -> Condition:
    made = Condition("key", "model_branch", "二(二)3", "标签", requirement)
    return replace(made, **known)  # type: ignore[arg-type]  # keywords of the test


def confirmed(verdict: Verdict, reason: str = "") -> dict[str, Confirmation]:
    return {"key": Confirmation(verdict, "王敏", datetime(2024, 3, 18, 9, 30), reason)}


def test_a_named_person_settles_what_is_open() -> None:
    found = evaluate(condition(CLEAN), branch(confirmations=confirmed(PASS)), REFERENCE)
    assert found.verdict is PASS
    assert (found.confirmed_by, found.confirmed_at) == ("王敏", datetime(2024, 3, 18, 9, 30))
    refused = evaluate(condition(ASKED), branch(confirmations=confirmed(FAIL)), REFERENCE)
    assert refused.verdict is FAIL


def test_a_person_may_sign_what_the_records_say() -> None:
    found = evaluate(condition(AGE), branch(confirmations=confirmed(PASS)), REFERENCE)
    assert (found.verdict, found.confirmed_by) == (PASS, "王敏")
    assert len(found.evidence) == 2


def test_overruling_the_records_needs_a_reason() -> None:
    too_young = branch(founded=partial("2022"))
    bare = evaluate(condition(AGE), replace(too_young, confirmations=confirmed(PASS)), REFERENCE)
    assert bare.verdict is FAIL
    assert bare.confirmed_by == ""
    assert "未写理由，未采用" in bare.evidence[-1]
    reasoned = replace(too_young, confirmations=confirmed(PASS, "由 2015 年成立的支部更名而来"))
    found = evaluate(condition(AGE), reasoned, REFERENCE)
    assert (found.verdict, found.reason) == (PASS, "由 2015 年成立的支部更名而来")


def test_an_incident_found_after_a_bare_confirmation_speaks_again() -> None:
    facts = branch(confirmations=confirmed(PASS), incidents=(IncidentFact("discipline", partial("2023-05")),))
    assert evaluate(condition(CLEAN), facts, REFERENCE).verdict is FAIL


def test_a_condition_of_other_kinds_does_not_apply() -> None:
    found = evaluate(condition(ASKED, kinds=("student",)), branch(), REFERENCE)
    assert found.verdict is NONE


def finding(verdict: Verdict, force: Force = Force.HARD) -> Finding:
    return Finding("key", "标签", "一", verdict, (), force)


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([PASS, NONE], PASS),
        ([PASS, OPEN], OPEN),
        ([OPEN, FAIL], FAIL),
        ([], NONE),
    ],
)
def test_the_overall_verdict_joins_the_mandatory_findings(verdicts: list[Verdict], expected: Verdict) -> None:
    findings = [finding(one) for one in verdicts]
    assert overall([*findings, finding(FAIL, Force.REFERENCE)]) is expected


def test_a_good_branch_of_the_third_batch_waits_only_for_names(third_batch: Notice) -> None:
    facts = branch(
        appraisals=grades(y2021="好", y2022="好", y2023="好"),
        honours=(
            honour(
                "2023-07",
                title="优秀共产党员",
                holder=HolderKind.MEMBER,
                holder_name="周某",
                level="university",
            ),
        ),
    )
    findings = {found.key: found for found in evaluate_all(third_batch, "model_branch", facts)}
    assert [found.clause for found in findings.values()][:4] == [
        "二(二)1",
        "二(二)1",
        "二(二)1",
        "二(二)2",
    ]
    verdicts = {key: found.verdict for key, found in findings.items()}
    assert [key for key, verdict in verdicts.items() if verdict is PASS] == [
        "branch_age",
        "branch_stable",
        "branch_record",
        "branch_members",
        "branch_debarred",
        "branch_earlier",
    ]
    assert verdicts["branch_student_results"] is NONE
    assert overall(findings.values()) is OPEN
    waiting = [key for key, verdict in verdicts.items() if verdict is OPEN]
    names = {key: Confirmation(PASS, "王敏", datetime(2024, 3, 18)) for key in waiting}
    settled = evaluate_all(third_batch, "model_branch", replace(facts, confirmations=names))
    assert overall(settled) is PASS


def test_every_condition_of_the_presets_is_decided_and_read_back(
    third_batch: Notice, first_batch: Notice
) -> None:
    for notice, kind in itertools.product((third_batch, first_batch), ("teacher", "student", "college")):
        for one in notice.conditions:
            facts = Facts(Applicant.BRANCH, kind)
            assert evaluate(one, facts, notice.reference).evidence
            assert sentence(one).endswith("。")


def test_terms_are_those_of_the_lists() -> None:
    assert {choice.value: choice.label for choice in lists.HONOUR_LEVELS} == terms.LEVELS
    assert [choice.value for choice in lists.HONOUR_LEVELS] == list(terms.LEVELS), "from the highest"
    assert {choice.value: choice.label for choice in lists.APPRAISAL_KINDS} == terms.APPRAISALS
    kinds = lists.INCIDENTS.field("kind").choices
    assert {choice.value: choice.label for choice in kinds} == terms.INCIDENTS
