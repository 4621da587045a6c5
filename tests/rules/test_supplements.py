"""Later notices of a round: days moved, clauses replaced, and what cannot be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import load_notice, mistakes
from dualcreate_desktop.rules.notice_warnings import notice_warnings
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.supplements import in_force, superseded

LATER = """
[[supplements]]
key = "delay"
kind = "postponement"
title = "关于延期报送的补充通知"
doc_number = "组〔2024〕9号"
issued = 2024-03-11
supersedes = ["二(二)4"]
clauses = { "补1·一" = "报送延期", "补1·二" = "负面情形改按近5年" }
[[supplements.moves]]
of = "stages"
key = "application"
clause = "补1·一"
deadline = 2024-03-22T12:00:00
[[supplements.moves]]
of = "evaluations"
key = "acceptance"
clause = "补1·一"
deadline = 2025-05-31T17:00:00

[[conditions]]
key = "branch_incidents_five"
category = "model_branch"
clause = "补1·二"
label = "近5年无突出问题"
[conditions.requirement]
type = "no_incident"
period_years = 5
counted = "to_the_day"
"""


@pytest.fixture(scope="module")
def text(third_batch: Notice) -> str:
    return dump_record(third_batch)


@pytest.fixture(scope="module")
def late(text: str) -> Notice:
    return load_notice(text + LATER, "三批.toml")


def test_days_move_and_a_replaced_condition_no_longer_holds(late: Notice) -> None:
    now = in_force(late)
    assert late.deadline == datetime(2024, 3, 15, 17)
    assert now.deadline == datetime(2024, 3, 22, 12)
    assert now.reference.deadline == date(2024, 3, 22)
    assert now.stage("appraisal").deadline == datetime(2024, 3, 15, 17)
    assert now.evaluation("acceptance").deadline == date(2025, 5, 31)
    keys = {condition.key for condition in now.conditions}
    assert "branch_incidents_five" in keys
    assert "branch_incidents" not in keys
    assert superseded(late) == {"二(二)4": "关于延期报送的补充通知"}


def test_what_holds_holds_however_often_it_is_worked_out(late: Notice, third_batch: Notice) -> None:
    assert in_force(in_force(late)) == in_force(late)
    assert in_force(third_batch) is third_batch


def test_a_notice_with_supplements_survives_writing_and_reading(late: Notice) -> None:
    assert load_notice(dump_record(late), "三批.toml") == late


def test_of_two_moves_the_last_holds(late: Notice) -> None:
    (first,) = late.supplements
    again = replace(first, key="again", moves=(replace(first.moves[0], deadline=datetime(2024, 4, 1, 9)),))
    assert in_force(replace(late, supplements=(first, again))).deadline == datetime(2024, 4, 1, 9)


def test_the_moved_day_is_looked_at_for_holidays(late: Notice) -> None:
    (first,) = late.supplements
    sunday = replace(first, moves=(replace(first.moves[0], deadline=datetime(2024, 3, 24, 17)),))
    told = [warning.text for warning in notice_warnings(replace(late, supplements=(sunday,)))]
    assert "“申报认定”（三(二)）的截止日 2024-03-24 不是工作日（周日）" in told


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ('supersedes = ["二(二)4"]', 'supersedes = ["九"]', "supplements[1].supersedes[1]", "里没有“九”"),
        ('["二(二)4"]', '["补1·一"]', "supplements[1].supersedes[1]", "不能取代自己"),
        (
            'key = "application"\nclause = "补',
            'key = "exam"\nclause = "补',
            "supplements[1].moves[1].key",
            "没有“exam”",
        ),
        ('"补1·一" = "报', '"三(二)" = "报', "supplements[1].clauses.三(二)", "通知本身已有“三(二)”"),
        ('kind = "postponement"', 'kind = "delay"', "supplements[1].kind", "应为下列之一"),
        ('["二(二)4"]', '["三(二)"]', "stages[2].clause", "“三(二)”已被后来的通知取代"),
    ],
)
def test_what_a_later_notice_cannot_do_is_told(text: str, old: str, new: str, path: str, reason: str) -> None:
    assert old in LATER
    found = mistakes(text + LATER.replace(old, new, 1), "三批.toml")
    assert any(item.path == path and reason in item.reason for item in found), [item.told for item in found]


def test_notices_that_replace_each_other_are_a_circle(text: str) -> None:
    two = """
[[supplements]]
key = "a"
kind = "addition"
title = "甲"
clauses = { "补1·一" = "甲" }
supersedes = ["补2·一"]
[[supplements]]
key = "b"
kind = "addition"
title = "乙"
clauses = { "补2·一" = "乙" }
supersedes = ["补1·一"]
"""
    found = mistakes(text + two, "三批.toml")
    assert [item.path for item in found] == ["supplements[1].supersedes"], "a circle is told once"
    assert "a → b → a" in found[0].reason
