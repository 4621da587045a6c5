"""From the ranking to the final list: proposed, published, decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Application, Decision, Project, PublicNotice
from db.vocabulary import ApplicationState, ProjectState
from dualcreate_desktop.office.progress import advance, notice_is_over
from dualcreate_desktop.office.reviews import CategoryRanking, ReviewRound, review_round
from dualcreate_desktop.office.rounds import Rules, rules, rules_of
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.office.working_days import work_calendar
from dualcreate_desktop.rules.ranking import Ranked, Standing
from dualcreate_desktop.rules.steps import Need, Verb
from dualcreate_desktop.rules.workdays import Period, public_notice_period

PROPOSED = "proposed"
FINAL = "final"

_VERBS: Mapping[Standing, Verb] = {
    Standing.ABOVE: Verb.PROPOSE,
    Standing.RESERVE: Verb.RESERVE,
    Standing.BELOW: Verb.DECLINE,
}

_UNDECIDED = (ApplicationState.ELIGIBLE, ApplicationState.RESERVE)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a category's proposed list would be, before anybody decides.

    Args:
        above, reserve: titles, best first.
        contested: (application id, title) of those of one total that the line parts; `vacant` places are left.
        below: how many stay out.
    """

    category: str
    name: str
    target: int
    above: tuple[str, ...]
    contested: tuple[tuple[str, str], ...]
    vacant: int
    reserve: tuple[str, ...]
    below: int


@dataclass(frozen=True, slots=True)
class TieBreak:
    """What the meeting decided among applications of one total that the line parts: whom it took, and why."""

    chosen: frozenset[str]
    reason: str


NO_TIE = TieBreak(frozenset(), "")


def propose(office: Office, round_id: str, ties: Mapping[str, TieBreak]) -> Changed | None:
    """Turn the ranking into the proposed list: above the line, reserve, and the rest, as one action.

    Args:
        ties: by category, where a tie crosses the line.

    Raises:
        NotAllowed: there is a proposed list already; a score is not complete; a tie across the line is not decided,
            or not with exactly the vacant places and a reason.
    """
    result = _ready(office, round_id)
    for category in result.categories:
        _check_tie(category, ties.get(category.category.key, NO_TIE))
    with office.change(f"形成拟入选名单 {result.rules.round_name}") as session:
        if _in_state(session, round_id, ApplicationState.PROPOSED):
            raise NotAllowed("已有拟入选名单", todo="如需重新形成，请先撤销上一次的拟入选名单。")
        for category in result.categories:
            for row in category.ranking.rows:
                _decide(session, office, result.rules, row, ties.get(category.category.key, NO_TIE))
    return session.changed


def outlook(office: Office, round_id: str) -> tuple[Outlook, ...]:
    """What `propose` would do, category by category; those without applications are left out.

    Raises:
        NotAllowed: there is nothing to propose, or a score is not complete.
    """
    return tuple(_foreseen(item) for item in _ready(office, round_id).categories if item.rows)


def publish(office: Office, round_id: str, issued: date, *, organ: str, contacts: str) -> Period:
    """Fix the 公示 of the proposed list by working days and keep it; returns its period.

    Raises:
        NotAllowed: there is no proposed list, or a notice is already out.
    """
    with office.change(f"发布公示 {rules_of(office, round_id).round_name}") as session:
        current = rules(session, round_id)
        _proposed(session, round_id)
        if session.scalar(select(PublicNotice.id).where(PublicNotice.round_id == round_id)):
            raise NotAllowed("本批次已发布过公示", todo="如需重发，请先撤销上一次发布。")
        period = planned_period(session, current, issued)
        session.add(
            PublicNotice(
                round_id=round_id,
                issued=issued,
                first_day=period.first,
                last_day=period.last,
                organ=organ,
                contacts=contacts,
            )
        )
    return period


def select_final(office: Office, round_id: str) -> Changed | None:
    """Make the proposed list final after the 公示, and open a project for each selected application.

    Raises:
        NotAllowed: there is no proposed list, or the period of its 公示 is not over.
    """
    with office.change(f"确定入选名单 {rules_of(office, round_id).round_name}") as session:
        current = rules(session, round_id)
        needs = {Need.DECISION}
        if notice_is_over(session, office, current):
            needs |= {Need.NOTICE_OVER, Need.NO_OPEN_OBJECTION}
        for item in _proposed(session, round_id):
            advance(item, Verb.SELECT, needs, "")
            _record(session, office, current, item, FINAL)
            session.add(
                Project(
                    application_id=item.id,
                    starts=current.notice.cycle_starts,
                    ends=current.notice.cycle_ends,
                    state=ProjectState.RUNNING,
                )
            )
    return session.changed


def planned_period(session: Session | Writer, current: Rules, issued: date) -> Period:
    """The period that a 公示 issued on a day would have, by the office's calendar."""
    rule = current.notice.public_notice
    return public_notice_period(
        issued, rule.workdays, issue_day_counts=rule.issue_day_counts, calendar=work_calendar(session)
    )


def published(session: Session, round_id: str) -> PublicNotice | None:
    """The 公示 of a round; None before it is out."""
    return session.scalar(select(PublicNotice).where(PublicNotice.round_id == round_id))


def decided_on(session: Session, round_id: str) -> date | None:
    """The day on which the list was made final; None before."""
    return session.scalar(
        select(func.max(Decision.decided_on))
        .join(Application, Decision.application_id == Application.id)
        .where(Application.round_id == round_id, Decision.step == FINAL)
    )


def _ready(office: Office, round_id: str) -> ReviewRound:
    """The review, when a list can be made of it."""
    result = review_round(office, round_id)
    states = {row.state for category in result.categories for row in category.rows.values()}
    if ApplicationState.ELIGIBLE not in states:
        if states:
            raise NotAllowed("已有拟入选名单", todo="如需重来，请先撤销“形成拟入选名单”。")
        raise NotAllowed("还没有审查通过的申报", todo="请先在“申报”中完成资格审查。")
    for category in result.categories:
        _check_complete(category)
    return result


def _foreseen(category: CategoryRanking) -> Outlook:
    by_standing: dict[Standing, list[str]] = {standing: [] for standing in Standing}
    for row in category.ranking.rows:
        by_standing[row.standing].append(category.rows[row.application].title)
    return Outlook(
        category=category.category.key,
        name=category.category.short_name,
        target=category.ranking.target,
        above=tuple(by_standing[Standing.ABOVE]),
        contested=tuple((key, category.rows[key].title) for key in category.ranking.contested),
        vacant=category.ranking.vacant,
        reserve=tuple(by_standing[Standing.RESERVE]),
        below=len(by_standing[Standing.BELOW]),
    )


def _check_complete(category: CategoryRanking) -> None:
    for row in category.ranking.rows:
        if not row.complete:
            name = category.rows[row.application].applicant
            raise NotAllowed("评分还不齐全", where=name, todo="请补录缺少的评分，或登记评委弃权、回避。")


def _check_tie(category: CategoryRanking, tie: TieBreak) -> None:
    contested = category.ranking.contested
    if not contested:
        return
    taken = [application for application in contested if application in tie.chosen]
    names = "、".join(category.rows[application].applicant for application in contested)
    if len(taken) != category.ranking.vacant or not tie.reason.strip():
        raise NotAllowed(
            f"“{category.category.short_name}”有 {len(contested)} 项同分跨线，只剩 {category.ranking.vacant} 个名额",
            where=names,
            todo="请由会议议定入选者并写明理由；程序不按名单顺序决定。",
        )


def _decide(session: Writer, office: Office, current: Rules, row: Ranked, tie: TieBreak) -> None:
    item = session.get_one(Application, row.application)
    if item.state not in _UNDECIDED:
        return
    on_the_line = row.standing is Standing.ON_THE_LINE
    reason = tie.reason if on_the_line else ""
    verb = (Verb.PROPOSE if item.id in tie.chosen else Verb.RESERVE) if on_the_line else _VERBS[row.standing]
    if item.state is ApplicationState.ELIGIBLE or verb is not Verb.RESERVE:
        advance(item, verb, {Need.SCORES, Need.DECISION, Need.REASON}, reason)
    decision = _record(session, office, current, item, PROPOSED)
    decision.rank, decision.total, decision.reason = row.place, row.total, reason


def _record(session: Writer, office: Office, current: Rules, item: Application, step: str) -> Decision:
    """Write what a step said of an application; the latest word holds."""
    same = select(Decision).where(Decision.application_id == item.id, Decision.step == step)
    record = session.scalar(same) or Decision(application_id=item.id, step=step)
    record.result, record.reason = item.state, ""
    record.rule_version_id, record.decided_on = current.version_id, office.clock().date()
    session.add(record)
    return record


def _proposed(session: Session, round_id: str) -> list[Application]:
    """The proposed list; NotAllowed when there is none."""
    found = _in_state(session, round_id, ApplicationState.PROPOSED)
    if not found:
        raise NotAllowed("还没有拟入选名单", todo="请先在“评审”中形成拟入选名单。")
    return found


def _in_state(session: Session, round_id: str, state: ApplicationState) -> list[Application]:
    query = select(Application).where(Application.round_id == round_id, Application.state == state)
    return list(session.scalars(query))
