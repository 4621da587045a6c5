"""From the ranking to the final list: ties are decided by people, a 公示 runs for working days."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from db.errors import NotAllowed
from db.models import Decision, Mark, Project, PublicNotice
from db.vocabulary import ApplicationState
from dualcreate_desktop.office import decisions, progress, reviews
from dualcreate_desktop.office.applications import applications_of
from dualcreate_desktop.office.decisions import NO_TIE, TieBreak
from dualcreate_desktop.office.sample import Loaded
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.ranking import Standing
from dualcreate_desktop.rules.steps import Verb

CONTACTS = "党委组织部 66-1203；纪委办公室 66-1310"


def ties(office: Office, round_id: str, reason: str = "会议表决") -> dict[str, TieBreak]:
    """The first of each tie across the line, as a meeting might decide."""
    return {
        item.category.key: TieBreak(frozenset(item.ranking.contested[: item.ranking.vacant]), reason)
        for item in reviews.review_round(office, round_id).categories
        if item.ranking.contested
    }


def states(office: Office, round_id: str) -> Counter[ApplicationState]:
    return Counter(row.state for row in applications_of(office, round_id))


def on(office: Office, day: date) -> Office:
    return replace(office, clock=lambda: datetime(day.year, day.month, day.day, 9))


def test_undoing_the_decisions_leaves_no_trace_of_them(undecided: Office, loaded: Loaded) -> None:
    with undecided.read() as session:
        for model in (Decision, Project, PublicNotice):
            assert session.scalars(select(model)).all() == []
    assert states(undecided, loaded.round_id)[ApplicationState.ELIGIBLE] == 33


def test_a_tie_across_the_line_is_not_decided_by_the_order_of_a_list(
    undecided: Office, loaded: Loaded
) -> None:
    with pytest.raises(NotAllowed, match=r"有 2 项同分跨线，只剩 1 个名额.*程序不按名单顺序决定"):
        decisions.propose(undecided, loaded.round_id, {})
    assert states(undecided, loaded.round_id)[ApplicationState.PROPOSED] == 0


def test_a_tie_takes_exactly_the_vacant_places_and_a_reason(undecided: Office, loaded: Loaded) -> None:
    decided = ties(undecided, loaded.round_id)
    both = next(
        item.ranking.contested
        for item in reviews.review_round(undecided, loaded.round_id).categories
        if item.category.key == "model_branch"
    )
    outsider = loaded.keys["b05"]
    for wrong in (
        NO_TIE,
        TieBreak(frozenset(both), "都好"),
        TieBreak(frozenset({outsider}), "另选"),
        TieBreak(frozenset(both[:1]), "  "),
    ):
        with pytest.raises(NotAllowed, match="同分跨线"):
            decisions.propose(undecided, loaded.round_id, {**decided, "model_branch": wrong})


@pytest.mark.parametrize("place", [0, 1])
def test_the_meeting_may_take_either_of_the_tied(undecided: Office, loaded: Loaded, place: int) -> None:
    contested = next(
        item.ranking.contested
        for item in reviews.review_round(undecided, loaded.round_id).categories
        if item.category.key == "model_branch"
    )
    chosen = TieBreak(frozenset({contested[place]}), "会议表决")
    decided = {**ties(undecided, loaded.round_id), "model_branch": chosen}
    decisions.propose(undecided, loaded.round_id, decided)
    rows = {row.id: row for row in applications_of(undecided, loaded.round_id)}
    assert rows[contested[place]].state is ApplicationState.PROPOSED
    assert rows[contested[1 - place]].state is ApplicationState.RESERVE
    with undecided.read() as session:
        stored = session.scalars(select(Decision).where(Decision.application_id == contested[place])).one()
    assert (stored.result, stored.reason, stored.rank) == (ApplicationState.PROPOSED, "会议表决", 20)


def test_the_proposed_list_is_the_ranking_above_the_line(undecided: Office, loaded: Loaded) -> None:
    ranked = reviews.review_round(undecided, loaded.round_id).categories
    expected = Counter(row.standing for item in ranked for row in item.ranking.rows)
    decisions.propose(undecided, loaded.round_id, ties(undecided, loaded.round_id))
    found = states(undecided, loaded.round_id)
    assert found[ApplicationState.PROPOSED] == expected[Standing.ABOVE] + 2 == 23
    assert found[ApplicationState.RESERVE] == expected[Standing.RESERVE] + 2
    assert found[ApplicationState.NOT_SELECTED] == expected[Standing.BELOW]
    assert found[ApplicationState.ELIGIBLE] == 0


def test_nothing_is_proposed_while_a_mark_is_wanting(undecided: Office, loaded: Loaded) -> None:
    decided = ties(undecided, loaded.round_id)
    with undecided.change("误删评分") as session:
        mark = session.scalars(select(Mark).where(Mark.application_id == loaded.keys["b05"]).limit(1)).one()
        session.delete(mark)
    with pytest.raises(NotAllowed, match="评分还不齐全"):
        decisions.propose(undecided, loaded.round_id, decided)


def test_a_notice_needs_a_proposed_list(undecided: Office, loaded: Loaded) -> None:
    with pytest.raises(NotAllowed, match="还没有拟入选名单"):
        decisions.publish(undecided, loaded.round_id, date(2024, 4, 7), organ="组织部", contacts=CONTACTS)


@pytest.mark.parametrize(
    ("issued", "first", "last"),
    [
        (date(2024, 4, 7), date(2024, 4, 8), date(2024, 4, 12)),
        (date(2024, 4, 3), date(2024, 4, 7), date(2024, 4, 11)),
        (date(2024, 4, 26), date(2024, 4, 28), date(2024, 5, 7)),
    ],
    ids=["a plain week", "over 清明 and its Sunday of work", "over 五一 and its Sunday of work"],
)
def test_a_notice_runs_for_five_working_days_after_its_issue(
    undecided: Office, loaded: Loaded, issued: date, first: date, last: date
) -> None:
    decisions.propose(undecided, loaded.round_id, ties(undecided, loaded.round_id))
    period = decisions.publish(undecided, loaded.round_id, issued, organ="组织部", contacts=CONTACTS)
    assert (period.first, period.last) == (first, last)
    with pytest.raises(NotAllowed, match="本批次已发布过公示"):
        decisions.publish(undecided, loaded.round_id, issued, organ="组织部", contacts=CONTACTS)


def test_the_list_is_final_only_after_the_last_day(undecided: Office, loaded: Loaded) -> None:
    with pytest.raises(NotAllowed):
        progress.take(undecided, [loaded.keys["b05"]], Verb.SELECT)
    decisions.propose(undecided, loaded.round_id, ties(undecided, loaded.round_id))
    with pytest.raises(NotAllowed, match="公示期已满"):
        decisions.select_final(undecided, loaded.round_id)
    period = decisions.publish(
        undecided, loaded.round_id, date(2024, 4, 7), organ="组织部", contacts=CONTACTS
    )
    for day in (period.first, period.last):
        with pytest.raises(NotAllowed, match="公示期已满"):
            decisions.select_final(on(undecided, day), loaded.round_id)
    assert states(undecided, loaded.round_id)[ApplicationState.SELECTED] == 0
    decisions.select_final(on(undecided, period.last + timedelta(days=1)), loaded.round_id)
    assert states(undecided, loaded.round_id)[ApplicationState.SELECTED] == 23
    with undecided.read() as session:
        projects = session.scalars(select(Project)).all()
    assert len(projects) == 23
    assert {(item.starts, item.ends) for item in projects} == {(date(2024, 4, 1), date(2025, 3, 31))}


def test_making_the_list_final_without_a_proposed_list_is_refused(undecided: Office, loaded: Loaded) -> None:
    with pytest.raises(NotAllowed, match="还没有拟入选名单"):
        decisions.select_final(undecided, loaded.round_id)


def test_a_second_proposed_list_is_refused(undecided: Office, loaded: Loaded) -> None:
    decided = ties(undecided, loaded.round_id)
    decisions.propose(undecided, loaded.round_id, decided)
    before = states(undecided, loaded.round_id)
    with pytest.raises(NotAllowed, match="已有拟入选名单"):
        decisions.propose(undecided, loaded.round_id, decided)
    assert states(undecided, loaded.round_id) == before


def test_what_was_taken_back_one_by_one_can_be_proposed_again(undecided: Office, loaded: Loaded) -> None:
    decided = ties(undecided, loaded.round_id)
    decisions.propose(undecided, loaded.round_id, decided)
    first = states(undecided, loaded.round_id)
    for row in applications_of(undecided, loaded.round_id):
        if row.state in (ApplicationState.PROPOSED, ApplicationState.RESERVE):
            progress.take(undecided, [row.id], Verb.RECONSIDER, reason="重新评定")
    decisions.propose(undecided, loaded.round_id, decided)
    assert states(undecided, loaded.round_id) == first


def test_the_next_of_the_reserve_takes_the_place_of_one_who_withdraws(
    undecided: Office, loaded: Loaded
) -> None:
    decisions.propose(undecided, loaded.round_id, ties(undecided, loaded.round_id))
    rows = applications_of(undecided, loaded.round_id)
    leaving = next(row.id for row in rows if row.state is ApplicationState.PROPOSED)
    following = next(row.id for row in rows if row.state is ApplicationState.RESERVE)
    progress.take(undecided, [leaving], Verb.WITHDRAW, reason="支部撤并")
    progress.take(undecided, [following], Verb.PROPOSE, reason="递补")
    assert states(undecided, loaded.round_id)[ApplicationState.PROPOSED] == 23
