"""Taking an application from state to state: what a step needs is found out here, and refused when it is wanting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Application, Decision, PublicNotice
from db.vocabulary import ApplicationState, Verdict
from dualcreate_desktop.office.applications import applications, subject
from dualcreate_desktop.office.eligibility import Assessment, assess, assess_these
from dualcreate_desktop.office.receipts import Paper, papers
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.steps import Need, State, Step, Verb, allowed, require, step


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps that a state allows, in the order of their buttons."""
    return allowed(state)


def take(office: Office, application_ids: Iterable[str], verb: Verb, *, reason: str = "") -> Changed | None:
    """Take one step with applications, as one action.

    Raises:
        NotAllowed: there is no such step from the state of one, or something that the step needs is wanting.
    """
    ids = list(application_ids)
    with office.change(f"{verb.label} {subject(office, ids)}") as session:
        for application_id in ids:
            item = session.get(Application, application_id)
            if item is None:
                raise NotAllowed("这项申报已不存在", todo="请刷新列表。")
            current = rules(session, item.round_id)
            advance(item, verb, met(session, office, current, item, reason), reason)
    return session.changed


@dataclass(frozen=True, slots=True)
class CheckOutlook:
    """What closing the check would come to.

    Args:
        passing: how many would pass.
        failing: (applicant, failed conditions with their clauses) of those that would stop.
        waiting: how many stay as they are, since a condition is still open.
    """

    passing: int
    failing: tuple[tuple[str, str], ...]
    waiting: int

    @property
    def settled(self) -> int:
        """How many would change their state."""
        return self.passing + len(self.failing)


def check_outlook(office: Office, round_id: str) -> CheckOutlook:
    """What `check_all` would do now."""
    with office.read() as session:
        assessments = assess(session, rules(session, round_id))
        rows = applications(session, round_id)
    submitted = [(row, assessments[row.id]) for row in rows if row.state is ApplicationState.SUBMITTED]
    verdicts = Counter(found.overall for _, found in submitted)
    failing = tuple(
        (row.title, failed_clauses(found)) for row, found in submitted if found.overall is Verdict.FAIL
    )
    return CheckOutlook(
        verdicts[Verdict.PASS], failing, len(submitted) - verdicts[Verdict.PASS] - len(failing)
    )


def check_all(office: Office, round_id: str) -> Changed | None:
    """Close the check of every submitted application whose findings are settled, as one action.

    Passed ones go on, failed ones stop with the failed conditions as the reason; the others stay as they are.
    """
    outlook = check_outlook(office, round_id)
    with office.change(f"完成资格审查（通过 {outlook.passing}，未通过 {len(outlook.failing)}）") as session:
        current = rules(session, round_id)
        assessments = assess(session, current)
        submitted = select(Application).where(
            Application.round_id == round_id, Application.state == ApplicationState.SUBMITTED
        )
        for item in session.scalars(submitted).all():
            assessment = assessments[item.id]
            if assessment.overall is Verdict.PASS:
                advance(item, Verb.PASS, checked(assessment), "")
            elif assessment.overall is Verdict.FAIL:
                advance(item, Verb.REJECT, {*checked(assessment), Need.REASON}, failed_clauses(assessment))
    return session.changed


def advance(item: Application, verb: Verb, needs: Collection[Need], reason: str) -> None:
    """Move an application along the table of steps and keep the reason.

    Raises:
        NotAllowed: there is no such step, or a need is wanting.
    """
    taken = step(item.state, verb)
    require(taken, needs)
    item.state = ApplicationState.of(taken.to)
    item.state_reason = reason.strip()


def met(session: Writer, office: Office, current: Rules, item: Application, reason: str) -> set[Need]:
    """Everything that holds of an application now."""
    found = {Need.REASON} if reason.strip() else set()
    found |= checked(assess_these(session, current, [item])[item.id])
    found |= _received(papers(session, current)[item.id])
    if session.scalar(select(Decision.id).where(Decision.application_id == item.id).limit(1)):
        found |= {Need.DECISION, Need.SCORES}
    if notice_is_over(session, office, current):
        found |= {Need.NOTICE_OVER, Need.NO_OPEN_OBJECTION}
    return found


def checked(assessment: Assessment) -> set[Need]:
    """What the findings allow."""
    is_open = any(item.mandatory and item.verdict is Verdict.UNVERIFIED for item in assessment.findings)
    needs = set() if is_open else {Need.NO_OPEN_FINDING}
    decided = {Verdict.PASS: {Need.ALL_PASSED}, Verdict.FAIL: {Need.FAILED}}
    return needs | decided.get(assessment.overall, set())


def failed_clauses(assessment: Assessment) -> str:
    """The failed conditions, with their clauses."""
    failed = (
        finding for finding in assessment.findings if finding.mandatory and finding.verdict is Verdict.FAIL
    )
    return "；".join(f"{finding.clause} {finding.label}" for finding in failed)


def notice_is_over(session: Session, office: Office, current: Rules) -> bool:
    """Whether the last day of the round's 公示 has passed."""
    last = session.scalar(
        select(PublicNotice.last_day)
        .where(PublicNotice.round_id == current.round_id)
        .order_by(PublicNotice.last_day.desc())
        .limit(1)
    )
    return last is not None and office.clock().date() > last


def _received(paper: Paper) -> set[Need]:
    """Every copy is there; a late one was accepted with its reason."""
    return set() if paper.missing else {Need.MATERIALS, Need.IN_TIME}
