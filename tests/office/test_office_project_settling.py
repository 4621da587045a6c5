"""应办事项 that somebody settles by saying so: a report, an outcome, a published result."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from db.errors import NotAllowed
from dualcreate_desktop.office import journal, project_desk, projects, receipts, rounds
from dualcreate_desktop.office.project_settling import settle, settling
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.projects import Due

Ids = dict[str, str]


@pytest.fixture
def desk(office: Office) -> Office:
    return replace(office, clock=lambda: datetime(2019, 12, 1, 9))


@pytest.fixture
def round_2018(office: Office) -> str:
    preset = next(preset for preset in rounds.presets() if preset.key == "first-batch-2018")
    before, outcomes = preset.toml.split("[[outcome_minimums]]", 1)
    toml = f"{before}[[outcome_minimums]]{outcomes.replace('count = 1', 'count = 2', 1)}"
    return rounds.create_round(office, "首批", toml, preset.key)


def due(desk: Office, project: str, begins: str) -> Due | None:
    return next((one for one in project_desk.card(desk, project).dues if one.key.startswith(begins)), None)


def test_a_report_that_came_is_owed_no_more_until_that_is_taken_back(
    desk: Office, round_2018: str, project: str
) -> None:
    owed = due(desk, project, "report:")
    assert owed is not None
    assert owed.days_overdue > 0
    before = projects.projects(desk, round_2018, desk.clock().date())[0].overdue
    assert settling(owed) == "登记收到"
    changed = settle(desk, project, owed.key)
    assert changed is not None
    assert changed.title == f"登记收到 机械工程学院教工第一党支部：{owed.what}"
    assert due(desk, project, owed.key) is None
    after = projects.projects(desk, round_2018, desk.clock().date())[0].overdue
    assert len(after) == len(before) - 1
    with pytest.raises(NotAllowed, match="已经登记过"):
        settle(desk, project, owed.key)
    journal.undo(desk, changed.change_id)
    assert due(desk, project, owed.key) == owed


def test_each_outcome_counts_one_of_those_that_are_asked(desk: Office, project: str) -> None:
    owed = due(desk, project, "outcome:")
    assert owed is not None
    assert "还差 2" in owed.what
    settle(desk, project, owed.key)
    less = due(desk, project, owed.key)
    assert less is not None
    assert "还差 1" in less.what
    settle(desk, project, owed.key)
    assert due(desk, project, owed.key) is None


def test_what_has_a_form_of_its_own_is_not_settled_by_a_word(desk: Office, project: str) -> None:
    registered = [one for one in project_desk.card(desk, project).dues if not one.key]
    assert registered, "evaluations and payments are registered"
    assert {settling(one) for one in registered} == {""}
    with pytest.raises(NotAllowed):
        settle(desk, project, "payment:first")


def test_the_paper_of_the_application_stays_as_it_was(desk: Office, round_2018: str, project: str) -> None:
    before = receipts.papers_of(desk, round_2018)
    owed = due(desk, project, "report:")
    assert owed is not None
    settle(desk, project, owed.key)
    assert receipts.papers_of(desk, round_2018) == before
