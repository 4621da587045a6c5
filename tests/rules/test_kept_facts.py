"""What was known when a sheet was printed is read back as it was, by this program and by later ones."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from db.vocabulary import (
    Applicant,
    AppraisalSubject,
    EarlierOutcome,
    EndReason,
    GuideOccasion,
    HolderKind,
    Reply,
    Verdict,
)
from dualcreate_desktop.rules import facts as known
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import Facts
from dualcreate_desktop.rules.kept_facts import facts_from_plain, facts_to_plain

JUNE = PartialDate(2015, 6)
GRADE = known.AppraisalFact(
    "branch_work",
    2023,
    "好",
    Decimal("92.50"),
    "a1",
    AppraisalSubject.BODY,
    "王敏",
    elsewhere=True,
    items=(known.ScoredItem("示范引领", Decimal(18), Decimal(20)), known.ScoredItem("创新", Decimal(5))),
    reported=False,
    every=True,
)
EVERYTHING = Facts(
    Applicant.BRANCH,
    "teacher",
    founded=JUNE,
    planned_end=PartialDate(2025),
    appraisals=(replace(GRADE, parts=(GRADE, replace(GRADE, grade=None, subject=None))),),
    honours=(
        known.HonourFact("先进", "university", PartialDate(2022, 7, 1), HolderKind.MEMBER, party=False),
    ),
    incidents=(known.IncidentFact("safety", JUNE, of_unit=True),),
    failures=(known.FailureFact("首批", None, EarlierOutcome.REVOKED),),
    confirmations={
        "age": known.Confirmation(Verdict.PASS, "王敏", datetime(2024, 3, 18, 9, 30), "补报", "章书记")
    },
    descent=("由甲、乙合并",),
    planned_reason=EndReason.MERGER,
    secretary="王敏",
    secretary_since=JUNE,
    double_leader=False,
    debarments=(known.DebarmentFact(JUNE, None, "验收未达标"),),
    staffing=(known.StaffingFact("organiser", 2023, 2, None),),
    growth=(known.GrowthFact("total", 2023, 12),),
    topics=(known.TopicFact("topic", "组织力研究", "university", JUNE),),
    replies=(known.ReplyFact("discipline", Reply.CLEAR, replied_on=date(2024, 3, 20)),),
    guide=(known.GuideFact("seven", "1", met=False, occasion=GuideOccasion.PLAN),),
    source="b1",
)


def through_json(facts: Facts) -> Any:
    return json.loads(json.dumps(facts_to_plain(facts)))


@pytest.mark.parametrize("facts", [EVERYTHING, Facts(Applicant.UNIT, "college", double_leader=True)])
def test_facts_survive_json(facts: Facts) -> None:
    assert facts_from_plain(through_json(facts)) == facts


def test_nothing_that_is_known_is_forgotten() -> None:
    assert set(through_json(EVERYTHING)) == {field.name for field in fields(Facts)}


def test_what_a_later_program_does_not_know_is_passed_over_and_what_is_new_has_its_default() -> None:
    facts = Facts(Applicant.BRANCH, "teacher", founded=JUNE, secretary="王敏")
    plain = through_json(facts)
    assert plain == {"applicant": "branch", "kind": "teacher", "founded": "2015-06", "secretary": "王敏"}
    assert facts_from_plain({**plain, "given_up": ["什么"]}) == facts
