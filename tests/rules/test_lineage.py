"""What a branch takes over from those before it: its age, its grades, and how that is told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocabulary import Applicant, LineageKind, Verdict
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import AppraisalFact, Facts
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.lineage import (
    InheritAge,
    InheritGrades,
    Lineage,
    LineageEvent,
    LineageRules,
    lineage_of,
)
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import GradeCount
from dualcreate_desktop.rules.sentences import lineage_sentences

NAMES = {"a": "一支部", "b": "二支部", "c": "三支部", "m": "联合支部"}
FOUNDED = {"a": PartialDate(2012, 6), "b": PartialDate(2019), "m": PartialDate(2022, 9)}
MERGER = LineageEvent(LineageKind.MERGED, PartialDate(2022, 9), ("a", "b"), ("m",))
TWICE = GradeCount(("branch_work",), ("好",), times=2, period_years=3)
REFERENCE = Reference(date(2024, 3, 15), 2023, date(2025, 3, 31))


def line(*events: LineageEvent, **rules: InheritAge | InheritGrades) -> Lineage:
    return lineage_of(events, LineageRules(**rules), NAMES)  # type: ignore[arg-type]  # keywords of the test


@pytest.mark.parametrize(
    ("rule", "founded"),
    [
        (InheritAge.ELDEST, PartialDate(2012, 6)),
        (InheritAge.YOUNGEST, PartialDate(2019)),
        (InheritAge.ANEW, PartialDate(2022, 9)),
    ],
)
def test_a_merged_branch_is_as_old_as_the_setting_says(rule: InheritAge, founded: PartialDate) -> None:
    found = line(MERGER, merged_age=rule).descent("m", FOUNDED)
    assert found.founded == founded
    assert found.told == (f"2022年9月由一支部、二支部合并而成，{rule.label}",)


def test_a_split_branch_goes_back_to_the_whole_one_or_begins_anew() -> None:
    split = LineageEvent(LineageKind.SPLIT, PartialDate(2023, 3), ("a",), ("a", "c"))
    assert line(split).descent("c", FOUNDED).founded == PartialDate(2012, 6)
    assert line(split).descent("a", FOUNDED).founded == PartialDate(2012, 6)
    assert line(split, split_age=InheritAge.ANEW).descent("c", FOUNDED).founded == PartialDate(2023, 3)


@pytest.mark.parametrize("kind", [LineageKind.RENAMED, LineageKind.MOVED, LineageKind.REELECTED])
def test_a_new_name_unit_or_secretary_begins_nothing_anew(kind: LineageKind) -> None:
    same = LineageEvent(kind, PartialDate(2023, 3), ("a",), ("a",))
    assert line(same).descent("a", FOUNDED).founded == PartialDate(2012, 6)
    other_record = LineageEvent(kind, PartialDate(2023, 3), ("a",), ("c",))
    found = line(other_record).descent("c", FOUNDED)
    assert found.founded == PartialDate(2012, 6)
    assert found.told == (f"2023年3月由一支部{kind.label}而来，年限接着算",)


def test_a_line_is_followed_through_several_events_and_told_from_the_oldest() -> None:
    renamed = LineageEvent(LineageKind.RENAMED, PartialDate(2023, 5), ("m",), ("c",))
    found = line(renamed, MERGER).descent("c", FOUNDED)
    assert found.founded == PartialDate(2012, 6)
    assert [text[:5] for text in found.told] == ["2022年", "2023年"]


def test_a_plan_gives_nobody_an_age_but_announces_an_end() -> None:
    plan = LineageEvent(LineageKind.MERGED, PartialDate(2024, 9), ("a", "m"), ("c",), planned=True)
    plans = line(plan, LineageEvent(LineageKind.RENAMED, PartialDate(2024, 5), ("a",), ("a",), planned=True))
    assert plans.descent("c", FOUNDED).founded is None
    assert plans.planned_end("a") == PartialDate(2024, 9)
    assert plans.planned_end("c") is None


def test_the_day_of_founding_is_known_by_its_event_too() -> None:
    event = LineageEvent(LineageKind.FOUNDED, PartialDate(2020, 1, 6), (), ("c",))
    assert line(event).descent("c", {}).founded == PartialDate(2020, 1, 6)
    assert line(event).descent("c", {"c": PartialDate(2019)}).founded == PartialDate(2019)


def test_an_ancestor_of_unknown_age_leaves_the_youngest_unknown_and_the_eldest_at_least_as_old() -> None:
    known = {"a": PartialDate(2012, 6), "m": PartialDate(2022, 9)}
    assert line(MERGER).descent("m", known).founded == PartialDate(2012, 6)
    assert line(MERGER, merged_age=InheritAge.YOUNGEST).descent("m", known).founded is None
    assert line(MERGER).descent("m", {"m": PartialDate(2022, 9)}).founded == PartialDate(2022, 9)


BRANCHES = st.sampled_from("abcdef")
EVENTS = st.lists(
    st.builds(
        LineageEvent,
        st.sampled_from(LineageKind),
        st.builds(PartialDate, st.integers(1990, 2024), st.integers(1, 12)),
        st.lists(BRANCHES, max_size=3, unique=True).map(tuple),
        st.lists(BRANCHES, max_size=2, unique=True).map(tuple),
        st.booleans(),
    ),
    max_size=8,
)
RULES = st.builds(LineageRules, *map(st.sampled_from, (InheritAge, InheritAge, InheritGrades, InheritGrades)))
DAYS = st.dictionaries(BRANCHES, st.builds(PartialDate, st.integers(1980, 2024), st.integers(1, 12)))


@given(EVENTS, RULES, DAYS, BRANCHES)
def test_no_branch_is_older_than_its_oldest_ancestor(
    events: list[LineageEvent], rules: LineageRules, founded: dict[str, PartialDate], branch: str
) -> None:
    lineage = lineage_of(events, rules)
    family = {branch, *lineage.ancestors(branch)}
    events_before = [
        event.on for event in events if not event.planned and family & {*event.before, *event.after}
    ]
    days = [*(day for key, day in founded.items() if key in family), *events_before]
    found = lineage.descent(branch, founded).founded
    assert found is None or found.earliest >= min(day.earliest for day in days)
    ancestors = [day for key, day in founded.items() if key in family - {branch}]
    if ancestors and branch not in founded and not any(e.kind is LineageKind.FOUNDED for e in events):
        assert found is None or found.earliest >= min(day.earliest for day in ancestors)


@given(EVENTS, RULES, DAYS, BRANCHES, st.randoms(use_true_random=False))
def test_the_order_of_the_records_changes_no_descent(
    events: list[LineageEvent],
    rules: LineageRules,
    founded: dict[str, PartialDate],
    branch: str,
    chance: object,
) -> None:
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a Random
    once, again = lineage_of(events, rules), lineage_of(shuffled, rules)
    assert once.descent(branch, founded) == again.descent(branch, founded)
    assert once.ancestors(branch) == again.ancestors(branch)


def graded(year: int, grade: str | None) -> AppraisalFact:
    return AppraisalFact("branch_work", year, grade)


def verdict_of(merged: InheritGrades, recorded: dict[str, list[AppraisalFact]]) -> Verdict:
    lineage = line(MERGER, merged_grades=merged)
    founded = lineage.descent("m", FOUNDED).founded
    facts = Facts(
        Applicant.BRANCH, "teacher", founded=founded, appraisals=lineage.appraisals("m", recorded, FOUNDED)
    )
    return judge(TWICE, facts, REFERENCE).verdict


@pytest.mark.parametrize(
    ("merged", "grades_of_b", "expected"),
    [
        (InheritGrades.ALL_HAD, "好", Verdict.PASS),
        (InheritGrades.ALL_HAD, "较好", Verdict.FAIL),
        (InheritGrades.ALL_HAD, None, Verdict.UNVERIFIED),
        (InheritGrades.ANY_HAD, "较好", Verdict.PASS),
        (InheritGrades.NONE, "好", Verdict.UNVERIFIED),
    ],
)
def test_the_grades_before_a_merger_count_as_the_setting_says(
    merged: InheritGrades, grades_of_b: str | None, expected: Verdict
) -> None:
    recorded = {
        "a": [graded(2021, "好")],
        "b": [graded(2021, grades_of_b)],
        "m": [graded(2022, "较好"), graded(2023, "好")],
    }
    assert verdict_of(merged, recorded) is expected


def test_a_grade_that_is_recorded_under_the_new_branch_itself_is_taken() -> None:
    recorded = {
        "a": [graded(2021, "差")],
        "m": [graded(2021, "好"), graded(2022, "较好"), graded(2023, "好")],
    }
    assert verdict_of(InheritGrades.ALL_HAD, recorded) is Verdict.PASS


def test_a_branch_that_did_not_exist_yet_spoils_no_year_of_the_others() -> None:
    young = {**FOUNDED, "b": PartialDate(2021, 10)}
    found = line(MERGER).appraisals("m", {"a": [graded(2021, "好")], "b": []}, young)
    assert found == (graded(2021, "好"),)


def test_inherited_grades_are_told_and_linked_to_each_record() -> None:
    recorded = {
        "a": [AppraisalFact("branch_work", 2021, "好", source="r1")],
        "b": [AppraisalFact("branch_work", 2021, "较好", source="r2")],
        "m": [graded(2022, "好"), graded(2023, "好")],
    }
    appraisals = line(MERGER).appraisals("m", recorded, FOUNDED)
    judged = judge(TWICE, Facts(Applicant.BRANCH, "teacher", appraisals=appraisals), REFERENCE)
    assert "2021 原支部 好、较好（都达到才算）" in judged.evidence[0]
    assert {link.record_id for link in judged.links} == {"r1", "r2"}


def test_each_setting_has_its_sentence() -> None:
    usual = lineage_sentences(LineageRules())
    assert "合并而成的支部，成立年限从成立最早的原支部算起。" in usual
    other = LineageRules(
        InheritAge.ANEW, InheritAge.YOUNGEST, InheritGrades.NONE, InheritGrades.ALL_HAD, False, False
    )
    changed = lineage_sentences(other)
    assert sum(old != new for old, new in zip(usual, changed, strict=True)) == 6


def test_an_event_with_a_day_before_all_who_went_into_it_makes_nobody_older() -> None:
    early = LineageEvent(LineageKind.MERGED, PartialDate(2005), ("a", "b"), ("m",))
    assert line(early, merged_age=InheritAge.ANEW).descent("m", FOUNDED).founded == PartialDate(2012, 6)


def test_the_year_of_the_merger_is_graded_by_the_merged_branch_alone() -> None:
    recorded = {"a": [graded(2022, "好"), graded(2021, "好")], "b": [graded(2021, "好")]}
    found = line(MERGER).appraisals("m", recorded, FOUNDED)
    assert [item.year for item in found] == [2021]
