"""Laws of findings, held by both presets whatever the records say."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Applicant, EarlierOutcome, EndReason, HolderKind, Reply, Verdict
from dualcreate_desktop.rules.conditions import Finding, evaluate_all
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import (
    AppraisalFact,
    Confirmation,
    DebarmentFact,
    Facts,
    FailureFact,
    GrowthFact,
    GuideFact,
    HonourFact,
    IncidentFact,
    ReplyFact,
    StaffingFact,
    TopicFact,
)
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.notice import Notice, Reference
from dualcreate_desktop.rules.requirements import (
    Adding,
    Counting,
    Follows,
    GradeCount,
    Honours,
    NoEarlierFailure,
    NoIncident,
    Topics,
)
from dualcreate_desktop.rules.terms import APPRAISALS, BRANCH_KINDS, GROWTH, INCIDENTS, LEVELS, STAFF, TOPICS

YEARS = st.integers(2014, 2025)
DAYS = st.one_of(
    st.builds(PartialDate, YEARS),
    st.builds(PartialDate, YEARS, st.integers(1, 12)),
    st.builds(PartialDate, YEARS, st.integers(1, 12), st.integers(1, 28)),
)
GRADES = st.sampled_from(["好", "较好", "优秀", None])
NAMES = st.sampled_from(["", "赵一", "钱二"])
TITLES = st.sampled_from(["校优秀共产党员", "校先进党支部", "校三好学生"])
HONOURS = st.builds(
    HonourFact,
    TITLES,
    st.sampled_from([*LEVELS, "街道级"]),
    DAYS,
    st.sampled_from(HolderKind),
    NAMES,
    st.sampled_from([True, False, None]),
)
DEPARTMENTS = st.sampled_from(["discipline", "publicity", "students", "security"])
ITEMS = st.sampled_from(["leadership", "gatekeeping", "educate", "manage"])
GUIDES = st.sampled_from(["unit_tasks", "branch_tasks", "college_five", "branch_seven"])
RECORDS = {
    "appraisals": st.builds(
        AppraisalFact,
        st.sampled_from([*APPRAISALS]),
        YEARS,
        GRADES,
        secretary=NAMES,
        elsewhere=st.booleans(),
        reported=st.booleans(),
    ),
    "honours": HONOURS,
    "incidents": st.builds(IncidentFact, st.sampled_from([*INCIDENTS]), DAYS),
    "failures": st.builds(FailureFact, st.just("第一批"), st.none() | DAYS, st.sampled_from(EarlierOutcome)),
    "debarments": st.builds(DebarmentFact, DAYS, st.none() | DAYS, st.just("弄虚作假")),
    "staffing": st.builds(
        StaffingFact,
        st.sampled_from([*STAFF]),
        YEARS,
        st.none() | st.integers(0, 3),
        st.none() | st.integers(0, 3),
    ),
    "growth": st.builds(GrowthFact, st.sampled_from([*GROWTH]), YEARS, st.integers(0, 3)),
    "topics": st.builds(
        TopicFact,
        st.sampled_from([*TOPICS]),
        TITLES,
        st.sampled_from([*LEVELS]),
        st.none() | DAYS,
        st.none() | DAYS,
    ),
    "replies": st.builds(ReplyFact, DEPARTMENTS, st.sampled_from(Reply)),
    "guide": st.builds(GuideFact, GUIDES, ITEMS, st.sampled_from([True, False, None])),
}
CONFIRMATIONS = st.builds(
    Confirmation,
    st.sampled_from([Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE]),
    st.just("王敏"),
    st.just(datetime(2024, 3, 18, 9)),
    st.sampled_from(["", "文件为证"]),
    st.sampled_from(["", "章书记"]),
)


@st.composite
def known(draw: st.DrawFn) -> Facts:
    """Facts of an applicant, each with an id of its own."""
    records = {}
    for name, strategy in RECORDS.items():
        found = draw(st.lists(strategy, max_size=4))
        records[name] = tuple(replace(item, source=f"{name}{place}") for place, item in enumerate(found))
    return Facts(
        draw(st.sampled_from(Applicant)),
        draw(st.sampled_from([*BRANCH_KINDS, "college"])),
        founded=draw(st.none() | DAYS),
        planned_end=draw(st.none() | DAYS),
        planned_reason=draw(st.none() | st.sampled_from(EndReason)),
        secretary=draw(NAMES),
        secretary_since=draw(st.none() | DAYS),
        double_leader=draw(st.sampled_from([True, False, None])),
        **records,
    )


def findings(notice: Notice, facts: Facts) -> list[Finding]:
    return [
        finding for category in notice.categories for finding in evaluate_all(notice, category.key, facts)
    ]


@pytest.fixture(scope="module", params=["third_batch", "first_batch"])
def notice(request: pytest.FixtureRequest) -> Notice:
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Notice)
    return found


@given(facts=known(), honour=HONOURS)
def test_one_more_honour_never_turns_a_pass_into_anything_else(
    notice: Notice, facts: Facts, honour: HonourFact
) -> None:
    before = findings(notice, facts)
    after = findings(notice, replace(facts, honours=(*facts.honours, honour)))
    for old, new in zip(before, after, strict=True):
        assert old.verdict is not Verdict.PASS or new.verdict is Verdict.PASS


WORTH = {Verdict.FAIL: 0, Verdict.UNVERIFIED: 1, Verdict.NOT_APPLICABLE: 1, Verdict.PASS: 2}
ASKED = st.builds(
    Honours,
    st.lists(st.sampled_from(HolderKind), min_size=1, unique=True).map(tuple),
    st.sampled_from([*LEVELS]),
    st.integers(1, 6),
    st.sampled_from(Counting),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.sampled_from([(), ("优秀共产党员",)]),
)
REFERENCE = Reference(date(2024, 3, 15), 2023, date(2025, 3, 31))


@given(ASKED, st.lists(HONOURS, max_size=5), HONOURS)
def test_one_more_honour_never_makes_a_verdict_worse_whatever_is_asked(
    asked: Honours, found: list[HonourFact], honour: HonourFact
) -> None:
    few = Facts(Applicant.BRANCH, "teacher", honours=tuple(found))
    more = replace(few, honours=(*found, honour))
    assert WORTH[judge(asked, few, REFERENCE).verdict] <= WORTH[judge(asked, more, REFERENCE).verdict]


@given(facts=known(), seed=st.integers(0, 10**6))
def test_the_order_of_records_changes_nothing_of_a_finding(notice: Notice, facts: Facts, seed: int) -> None:
    chance, shuffled = Random(seed), facts
    for name in RECORDS:
        items = list(getattr(facts, name))
        chance.shuffle(items)
        shuffled = replace(shuffled, **{name: tuple(items)})
    assert findings(notice, shuffled) == findings(notice, facts)


GRADED = st.builds(
    GradeCount,
    st.sampled_from([("branch_work",), ("branch_work", "quality_month")]),
    st.just(("好",)),
    st.integers(1, 3),
    st.integers(1, 5),
    st.sampled_from(Follows),
    st.sampled_from(Adding),
    st.booleans(),
    st.booleans(),
)


@given(known(), GRADED, st.integers(0, 10**6))
def test_no_setting_of_grades_looks_at_their_order(facts: Facts, asked: GradeCount, seed: int) -> None:
    items = list(facts.appraisals)
    Random(seed).shuffle(items)
    assert judge(asked, facts, REFERENCE) == judge(asked, replace(facts, appraisals=tuple(items)), REFERENCE)


@given(facts=known(), at=st.times())
def test_the_clock_of_the_deadline_moves_no_verdict(notice: Notice, facts: Facts, at: time) -> None:
    stages = tuple(
        replace(stage, deadline=datetime.combine(stage.deadline.date(), at.replace(tzinfo=None)))
        for stage in notice.stages
    )
    assert findings(replace(notice, stages=stages), facts) == findings(notice, facts)


@given(st.dates(date(2018, 1, 1), date(2026, 1, 1)), st.sampled_from(Counting))
def test_days_are_compared_as_calendar_days(day: date, counted: Counting) -> None:
    """The first and the last day of a span lie inside, the days beside them outside."""
    exact = PartialDate(day.year, day.month, day.day)
    incident = NoIncident(3, counted)
    first = date(2021, 1, 1) if counted is Counting.CALENDAR_YEARS else date(2021, 3, 16)
    facts = Facts(Applicant.BRANCH, "teacher", incidents=(IncidentFact("ethics", exact),))
    barred = judge(incident, facts, REFERENCE).verdict is Verdict.FAIL
    assert barred == (first <= day <= REFERENCE.deadline)
    failed = Facts(Applicant.BRANCH, "teacher", failures=(FailureFact("第一批", exact),))
    assert (judge(NoEarlierFailure(3, counted), failed, REFERENCE).verdict is Verdict.FAIL) == barred
    topic = TopicFact("topic", "课题", "university", exact, exact)
    ran = judge(
        Topics("university", 3, counted), Facts(Applicant.UNIT, "college", topics=(topic,)), REFERENCE
    )
    assert (ran.verdict is Verdict.PASS) == barred


@given(facts=known(), word=CONFIRMATIONS, place=st.integers(0, 60))
def test_a_word_on_one_condition_changes_no_other(
    notice: Notice, facts: Facts, word: Confirmation, place: int
) -> None:
    before = findings(notice, facts)
    key = before[place % len(before)].key
    after = findings(notice, replace(facts, confirmations={key: word}))
    assert [item for item in after if item.key != key] == [item for item in before if item.key != key]


@given(facts=known(), gone=st.integers(0, 3))
def test_a_reply_that_is_taken_away_lets_nobody_pass(notice: Notice, facts: Facts, gone: int) -> None:
    clear = tuple(reply for reply in facts.replies if reply.answer is not Reply.CONCERN)
    with_all = replace(facts, replies=clear)
    without = replace(facts, replies=tuple(reply for place, reply in enumerate(clear) if place != gone))
    for old, new in zip(findings(notice, with_all), findings(notice, without), strict=True):
        assert old.verdict is Verdict.PASS or new.verdict is not Verdict.PASS


@given(facts=known())
def test_every_finding_names_the_records_that_it_speaks_of_and_no_others(
    notice: Notice, facts: Facts
) -> None:
    ids = {item.source for name in RECORDS for item in getattr(facts, name)}
    for finding in findings(notice, facts):
        assert finding.evidence
        assert len(set(finding.links)) == len(finding.links)
        assert {link.record_id for link in finding.links} <= ids


def test_the_laws_speak_of_every_kind_of_record() -> None:
    kept = {field.name for field in fields(Facts) if str(field.type).startswith("tuple")}
    assert kept == {*RECORDS, "descent"}
