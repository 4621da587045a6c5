"""Last year's rules for this year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.notice_loading import mistakes
from dualcreate_desktop.rules.record_writing import dump_record
from dualcreate_desktop.rules.yearly import a_year_later


def test_every_day_and_year_is_one_later_and_nothing_else_is(first_batch: Notice) -> None:
    later = a_year_later(first_batch)
    assert later.deadline == first_batch.deadline.replace(year=2019)
    assert later.cycle_starts.year == first_batch.cycle_starts.year + 1
    assert later.last_appraisal_year == first_batch.last_appraisal_year + 1
    assert [year - 1 for year in later.trainings[0].years] == list(first_batch.trainings[0].years)
    assert later.funding[0].instalments[0].due.year == first_batch.funding[0].instalments[0].due.year + 1
    assert later.conditions == first_batch.conditions
    assert later.quotas == first_batch.quotas
    assert [item.key for item in later.stages] == [item.key for item in first_batch.stages]
    assert (later.doc_number, later.issued) == ("", None)


def test_the_next_year_of_a_sound_notice_is_sound(first_batch: Notice, third_batch: Notice) -> None:
    for notice in (first_batch, third_batch):
        assert mistakes(dump_record(a_year_later(notice)), "next.toml") == ()


def test_the_last_of_february_stays_in_february(third_batch: Notice) -> None:
    leap = replace(third_batch.stages[0], deadline=datetime(2024, 2, 29, 17), opens=date(2024, 2, 29))
    later = a_year_later(replace(third_batch, stages=(leap, *third_batch.stages[1:])))
    assert (later.stages[0].deadline, later.stages[0].opens) == (datetime(2025, 2, 28, 17), date(2025, 2, 28))
