"""The table of steps: every state can be reached, refusals say what is possible."""

from __future__ import annotations

import pytest

from db.errors import NotAllowed
from db.vocabulary import ApplicationState, ProjectState
from dualcreate_desktop.rules.notice import Notice
from dualcreate_desktop.rules.steps import STEPS, Need, State, Step, Verb, allowed, require, step

STATES: list[State] = [*ApplicationState, *ProjectState]
ENDS = {ApplicationState.SELECTED, ProjectState.CLOSED, ProjectState.FAILED}


def reached(start: State) -> set[State]:
    found: set[State] = {start}
    while more := {taken.to for state in found for taken in allowed(state)} - found:
        found |= more
    return found


def test_every_state_is_reached_from_the_first() -> None:
    assert reached(ApplicationState.DRAFT) == set(ApplicationState)
    assert reached(ProjectState.RUNNING) == set(ProjectState)


def test_only_the_end_states_have_no_step() -> None:
    assert {state for state in STATES if not allowed(state)} == ENDS


def test_a_state_and_a_verb_lead_to_one_step() -> None:
    assert len({(taken.state, taken.verb) for taken in STEPS}) == len(STEPS)


@pytest.mark.parametrize("state", STATES)
def test_a_step_is_in_the_table_or_refused_in_chinese(state: State) -> None:
    possible = {taken.verb: taken for taken in STEPS if taken.state is state}
    for verb in set(Verb) - set(possible):
        with pytest.raises(NotAllowed, match=f"“{state.label}”状态下不能“{verb.label}”"):
            step(state, verb)
    assert {verb: step(state, verb) for verb in possible} == possible


def test_a_refusal_says_what_can_be_done() -> None:
    with pytest.raises(NotAllowed, match="现在可以“恢复申报”"):
        step(ApplicationState.WITHDRAWN, Verb.SUBMIT)
    with pytest.raises(NotAllowed, match="这是最终状态"):
        step(ProjectState.CLOSED, Verb.RESUME)


def test_unmet_needs_are_all_named() -> None:
    select = step(ApplicationState.PROPOSED, Verb.SELECT)
    with pytest.raises(NotAllowed, match="须先满足：公示期已满；异议均已办结"):
        require(select, {Need.DECISION})
    require(select, set(Need))


def test_a_reserve_moves_up_when_a_place_falls_free() -> None:
    assert step(ApplicationState.PROPOSED, Verb.WITHDRAW).to is ApplicationState.WITHDRAWN
    assert step(ApplicationState.RESERVE, Verb.PROPOSE).to is ApplicationState.PROPOSED


def without(verb: Verb, need: Need) -> list[Step]:
    return [taken for taken in STEPS if taken.verb is verb and need not in taken.needs]


def test_nothing_is_returned_or_refused_without_a_reason() -> None:
    for verb in (Verb.RETURN, Verb.REJECT, Verb.REOPEN, Verb.RECTIFY, Verb.SUSPEND, Verb.FAIL):
        assert not without(verb, Need.REASON)
    assert not without(Verb.SELECT, Need.NOTICE_OVER)


def test_every_grade_of_the_presets_has_its_step(third_batch: Notice, first_batch: Notice) -> None:
    for notice in (third_batch, first_batch):
        for evaluation in notice.evaluations:
            for grade in evaluation.grades:
                assert grade.leads_to in {taken.to for taken in allowed(ProjectState.RUNNING)}
