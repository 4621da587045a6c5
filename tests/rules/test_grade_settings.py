"""Whose grades count, which kinds add up, what counts as 相应等次, and who is too young to have any."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.vocabulary import Applicant, Verdict
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import AppraisalFact, Facts, ScoredItem
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import Adding, ConsecutiveGrades, Follows, GradeCount

PASS, FAIL, OPEN, NONE = Verdict.PASS, Verdict.FAIL, Verdict.UNVERIFIED, Verdict.NOT_APPLICABLE
REFERENCE = Reference(date(2024, 3, 15), 2023, date(2025, 3, 31), {"好": ("优秀",)})
BOTH = ("branch_work", "quality_month")
COUNT = GradeCount(("branch_work",), ("好",), times=2, period_years=3)
RUN = ConsecutiveGrades(("branch_work",), ("好",), years=2, period_years=3)
OLD = Facts(Applicant.BRANCH, "teacher", founded=PartialDate(2010), secretary="赵一")


def graded(year: int, grade: str | None, kind: str = "branch_work", **known: object) -> AppraisalFact:
    return replace(AppraisalFact(kind, year, grade, source=f"{kind}{year}{grade}"), **known)  # type: ignore[arg-type]  # keywords of the test


def verdict(asked: GradeCount | ConsecutiveGrades, *appraisals: AppraisalFact, **known: object) -> Verdict:
    facts = replace(OLD, appraisals=appraisals, **known)  # type: ignore[arg-type]  # keywords of the test
    return judge(asked, facts, REFERENCE).verdict


def told(asked: GradeCount | ConsecutiveGrades, *appraisals: AppraisalFact) -> str:
    return "；".join(judge(asked, replace(OLD, appraisals=appraisals), REFERENCE).evidence)


SAME_YEAR = (
    graded(2021, "差"),
    graded(2022, "好"),
    graded(2022, "好", "quality_month"),
    graded(2023, "差"),
    graded(2021, "差", "quality_month"),
    graded(2023, "差", "quality_month"),
)


@pytest.mark.parametrize(
    ("adding", "expected"), [(Adding.TOGETHER, PASS), (Adding.ONCE_A_YEAR, FAIL), (Adding.EACH, FAIL)]
)
def test_whether_kinds_add_up_is_a_setting(adding: Adding, expected: Verdict) -> None:
    assert verdict(replace(COUNT, appraisals=BOTH, adding=adding), *SAME_YEAR) is expected


def test_counted_apart_one_kind_is_enough() -> None:
    apart = replace(COUNT, appraisals=BOTH, adding=Adding.EACH)
    assert verdict(apart, graded(2021, "好"), graded(2023, "好")) is PASS
    assert verdict(apart, graded(2021, "好"), graded(2022, "好", "quality_month")) is OPEN


def test_a_run_of_mixed_kinds_is_one_only_when_kinds_add_up() -> None:
    mixed = [graded(year, "差", kind) for year in (2021, 2022, 2023) for kind in BOTH]
    mixed[1:3] = [graded(2021, "好", "quality_month"), graded(2022, "好")]
    run = replace(RUN, appraisals=BOTH)
    assert verdict(run, *mixed) is PASS
    assert verdict(replace(run, adding=Adding.EACH), *mixed) is FAIL


@pytest.mark.parametrize(("equivalents", "expected"), [(True, PASS), (False, FAIL)])
def test_an_equivalent_grade_counts_when_the_condition_says_so(equivalents: bool, expected: Verdict) -> None:
    found = (graded(2021, "优秀"), graded(2022, "好"), graded(2023, "较好"))
    assert verdict(replace(COUNT, equivalents=equivalents), *found) is expected


PREDECESSOR = (graded(2021, "好", secretary="钱二"), graded(2022, "好", secretary="钱二"))
OWN = (graded(2023, "较好", secretary="赵一"),)
ELSEWHERE = (graded(2021, "好", elsewhere=True), graded(2022, "好", elsewhere=True))


@pytest.mark.parametrize(
    ("follows", "found", "expected"),
    [
        (Follows.BODY, (*PREDECESSOR, *OWN), PASS),
        (Follows.SECRETARY, (*PREDECESSOR, *OWN), OPEN),
        (Follows.BODY, (*ELSEWHERE, *OWN), OPEN),
        (Follows.SECRETARY, (*ELSEWHERE, *OWN), PASS),
        (Follows.SECRETARY, (graded(2021, "好"), graded(2022, "好"), *OWN), OPEN),
        (Follows.SECRETARY, (graded(2021, "差"), graded(2022, "好"), *OWN), FAIL),
    ],
)
def test_grades_follow_the_branch_or_its_secretary(
    follows: Follows, found: tuple[AppraisalFact, ...], expected: Verdict
) -> None:
    assert verdict(replace(COUNT, follows=follows), *found) is expected


def test_before_the_secretary_took_office_a_year_is_no_failure() -> None:
    asked = replace(COUNT, follows=Follows.SECRETARY)
    new = {"secretary_since": PartialDate(2023, 2)}
    assert verdict(asked, *OWN, **new) is NONE
    assert verdict(replace(asked, exempt_young=False), *OWN, **new) is OPEN
    assert (
        "现任书记当年任职或尚未任职，不适用"
        in judge(
            asked, replace(OLD, appraisals=OWN, secretary_since=PartialDate(2023, 2)), REFERENCE
        ).evidence[0]
    )


def test_whose_grade_it_is_must_be_known_to_follow_the_secretary() -> None:
    asked = replace(COUNT, follows=Follows.SECRETARY)
    assert "2021 好（未登记书记姓名）" in told(asked, graded(2021, "好"))
    nobody = replace(OLD, secretary="", appraisals=(graded(2021, "好", secretary="赵一"),))
    assert "未登记书记姓名" in judge(asked, nobody, REFERENCE).evidence[0]


@pytest.mark.parametrize(("exempt", "expected"), [(True, NONE), (False, OPEN)])
def test_youth_excuses_only_when_the_condition_exempts_it(exempt: bool, expected: Verdict) -> None:
    young = {"founded": PartialDate(2022, 9)}
    assert verdict(replace(COUNT, exempt_young=exempt), graded(2023, "好"), **young) is expected


def test_a_grade_that_is_not_final_is_not_yet_reported() -> None:
    assert verdict(COUNT, graded(2022, "好"), graded(2023, "好", reported=False), graded(2021, "差")) is OPEN
    assert verdict(COUNT, graded(2022, "好"), graded(2023, "差", reported=False), graded(2021, "差")) is OPEN
    assert verdict(COUNT, graded(2022, "好"), graded(2023, "差"), graded(2021, "差")) is FAIL
    assert "2023 好（未正式公布）" in told(COUNT, graded(2023, "好", reported=False))


def test_scored_items_are_told_as_evidence() -> None:
    items = (ScoredItem("主题教育", Decimal("9.5"), Decimal(10)), ScoredItem("示范引领", Decimal(18)))
    assert "2023 好（其中主题教育 9.5/10、示范引领 18）" in told(COUNT, graded(2023, "好", items=items))


def test_a_finding_links_to_the_grades_of_its_years_only() -> None:
    found = (graded(2019, "好"), graded(2022, "好"), graded(2023, "较好"), graded(2023, "好", "leadership"))
    judged = judge(COUNT, replace(OLD, appraisals=found), REFERENCE)
    assert [(link.text, link.record_id) for link in judged.links] == [
        ("2022 支部考核评价 好", "branch_work2022好"),
        ("2023 支部考核评价 较好", "branch_work2023较好"),
    ]
