"""What the store says of a set of applicants, read with as many queries for two thousand of them as for one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.models import (
    Application,
    Appraisal,
    Branch,
    Debarment,
    EarlierResult,
    Growth,
    GuideAnswer,
    Honour,
    Incident,
    Inquiry,
    InquiryReply,
    LineagePart,
    Person,
    Post,
    Project,
    Round,
    Staffing,
    Topic,
    Unit,
)
from db.models import Confirmation as StoredConfirmation
from db.models import LineageEvent as StoredEvent
from db.vocabulary import EarlierOutcome, LineageKind, PartRole, ProjectState
from dualcreate_desktop.office import records
from dualcreate_desktop.office.people import SECRETARY
from dualcreate_desktop.office.records import partial
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import Confirmation, FailureFact, GuideFact, ReplyFact
from dualcreate_desktop.rules.lineage import Lineage, LineageEvent, LineageRules, lineage_of

OfBodyT = TypeVar("OfBodyT", Appraisal, Honour, Incident, Debarment, EarlierResult, Growth, Topic)


@dataclass(frozen=True, slots=True)
class Secretary:
    """The present secretary of a unit or branch."""

    name: str
    since: PartialDate | None
    double_leader: bool | None


@dataclass(frozen=True, slots=True)
class Found:
    """Everything read, by the id of the branch, or of the unit where it is its own; answers by the application's."""

    units: Mapping[str, Unit]
    branches: Mapping[str, Branch]
    branches_of: Mapping[str, Sequence[str]]
    lineage: Lineage
    founded: Mapping[str, PartialDate | None]
    appraisals: Mapping[str, Sequence[Appraisal]]
    elsewhere: Mapping[tuple[str, str], Sequence[Appraisal]]
    honours: Mapping[str, Sequence[Honour]]
    incidents: Mapping[str, Sequence[Incident]]
    debarments: Mapping[str, Sequence[Debarment]]
    growth: Mapping[str, Sequence[Growth]]
    topics: Mapping[str, Sequence[Topic]]
    staffing: Mapping[str, Sequence[Staffing]]
    failures: Mapping[str, Sequence[FailureFact]]
    secretaries: Mapping[str, Secretary]
    replies: Mapping[str, Sequence[ReplyFact]]
    guides: Mapping[str, Sequence[GuideFact]]
    confirmations: Mapping[str, Mapping[str, Confirmation]]


def read_all(session: Session, applications: Sequence[Application], rules: LineageRules) -> Found:
    """What is known of the applicants, of the branches of those that are units, and of all that came before them."""
    unit_ids = {item.unit_id for item in applications}
    branch_ids = {item.branch_id for item in applications if item.branch_id is not None}
    themselves = {item.unit_id for item in applications if item.branch_id is None}
    application_ids = [item.id for item in applications]
    lineage = read_lineage(session, rules)
    family = {other for key in branch_ids for other in lineage.ancestors(key)}
    branches = {branch.id: branch for branch in records.stored(session, Branch, branch_ids | family)}
    concerned = or_(Branch.unit_id.in_(themselves), Branch.id.in_(branch_ids | family))
    secretaries = _secretaries(session, concerned, unit_ids)
    return Found(
        units={unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))},
        branches=branches,
        branches_of=_branches_of(session, themselves),
        lineage=lineage,
        founded={branch.id: partial(branch.founded) for branch in branches.values()},
        appraisals=_recorded(session, Appraisal, unit_ids, concerned),
        elsewhere=_elsewhere(session, secretaries.values()),
        honours=_recorded(session, Honour, unit_ids, concerned),
        incidents=_recorded(session, Incident, unit_ids, concerned),
        debarments=_recorded(session, Debarment, unit_ids, concerned),
        growth=_recorded(session, Growth, unit_ids, concerned),
        topics=_recorded(session, Topic, unit_ids, concerned),
        staffing=_staffing(session, unit_ids),
        failures=_failures(session, _recorded(session, EarlierResult, unit_ids, concerned)),
        secretaries=secretaries,
        replies=_replies(session, application_ids),
        guides=_guides(session, application_ids),
        confirmations=_confirmations(session, application_ids),
    )


def read_lineage(session: Session, rules: LineageRules) -> Lineage:
    """All events of the store; a branch that never stood in it goes by the id of its part."""
    events: dict[str, tuple[LineageKind, str, bool]] = {}
    sides: dict[tuple[str, PartRole], list[str]] = {}
    names: dict[str, str] = {}
    happened = (StoredEvent.id, StoredEvent.kind, StoredEvent.occurred, StoredEvent.planned)
    query = select(*happened, LineagePart.role, LineagePart.id, LineagePart.branch_id, LineagePart.name)
    for key, kind, occurred, planned, role, part_id, branch_id, name in session.execute(
        query.join(LineagePart, LineagePart.event_id == StoredEvent.id)
    ):
        branch = branch_id or part_id
        events[key] = (kind, occurred, planned)
        sides.setdefault((key, role), []).append(branch)
        if role is PartRole.BEFORE or branch not in names:
            names[branch] = name
    told = (
        LineageEvent(
            kind,
            PartialDate.parse(occurred),
            tuple(sorted(sides.get((key, PartRole.BEFORE), ()))),
            tuple(sorted(sides.get((key, PartRole.AFTER), ()))),
            planned,
            key,
        )
        for key, (kind, occurred, planned) in events.items()
    )
    return lineage_of(told, rules, names)


def _branches_of(session: Session, unit_ids: set[str]) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for key, unit_id in session.execute(
        select(Branch.id, Branch.unit_id).where(Branch.unit_id.in_(unit_ids))
    ):
        result.setdefault(unit_id, []).append(key)
    return result


def _recorded(
    session: Session, model: type[OfBodyT], unit_ids: set[str], concerned: ColumnElement[bool]
) -> dict[str, list[OfBodyT]]:
    of_units = and_(model.branch_id.is_(None), model.unit_id.in_(unit_ids))
    of_branches = model.branch_id.in_(select(Branch.id).where(concerned))
    result: dict[str, list[OfBodyT]] = {}
    for item in session.scalars(select(model).where(or_(of_units, of_branches))):
        result.setdefault(item.branch_id or item.unit_id, []).append(item)
    return result


def _elsewhere(session: Session, secretaries: Iterable[Secretary]) -> dict[tuple[str, str], list[Appraisal]]:
    """(unit, name of the secretary who was appraised) → appraisals; of two people of one name none can be told apart."""
    names = {secretary.name for secretary in secretaries}
    result: dict[tuple[str, str], list[Appraisal]] = {}
    for item in session.scalars(select(Appraisal).where(Appraisal.secretary.in_(names))):
        result.setdefault((item.unit_id, item.secretary or ""), []).append(item)
    return result


def _secretaries(
    session: Session, concerned: ColumnElement[bool], unit_ids: set[str]
) -> dict[str, Secretary]:
    body = or_(Post.unit_id.in_(unit_ids), Post.branch_id.in_(select(Branch.id).where(concerned)))
    query = (
        select(Post.unit_id, Post.branch_id, Person.name, Post.since, Post.double_leader)
        .join(Person, Post.person_id == Person.id)
        .where(Post.role == SECRETARY, Post.until.is_(None), body)
        .order_by(Post.since)
    )
    return {
        str(branch_id or unit_id): Secretary(name, partial(since), double)
        for unit_id, branch_id, name, since, double in session.execute(query)
    }


def _staffing(session: Session, unit_ids: set[str]) -> dict[str, list[Staffing]]:
    result: dict[str, list[Staffing]] = {}
    for item in session.scalars(select(Staffing).where(Staffing.unit_id.in_(unit_ids))):
        result.setdefault(item.unit_id, []).append(item)
    return result


def _failures(
    session: Session, earlier: Mapping[str, Sequence[EarlierResult]]
) -> dict[str, list[FailureFact]]:
    """Projects of any round that did not reach the mark, and what failed in batches before this store."""
    failed = session.execute(
        select(Application.unit_id, Application.branch_id, Round.name, Project.id, Project.ends)
        .join(Project, Project.application_id == Application.id)
        .join(Round, Application.round_id == Round.id)
        .where(Project.state == ProjectState.FAILED)
    )
    result: dict[str, list[FailureFact]] = {}
    for unit_id, branch_id, round_name, project_id, ends in failed:
        day = PartialDate(ends.year, ends.month, ends.day)
        fact = FailureFact(round_name, day, source=project_id, table=Project.__tablename__)
        result.setdefault(branch_id or unit_id, []).append(fact)
    for body, items in earlier.items():
        for item in items:
            if item.result in (EarlierOutcome.FAILED, EarlierOutcome.REVOKED):
                fact = FailureFact(item.batch, partial(item.decided), item.result, item.document, item.id)
                result.setdefault(body, []).append(fact)
    return result


def _replies(session: Session, application_ids: Sequence[str]) -> dict[str, list[ReplyFact]]:
    query = (
        select(InquiryReply, Inquiry.department)
        .join(Inquiry, InquiryReply.inquiry_id == Inquiry.id)
        .where(InquiryReply.application_id.in_(application_ids))
    )
    result: dict[str, list[ReplyFact]] = {}
    for item, department in session.execute(query):
        fact = ReplyFact(department, item.answer, item.text, item.document, item.replied_on, item.id)
        result.setdefault(item.application_id, []).append(fact)
    return result


def _guides(session: Session, application_ids: Sequence[str]) -> dict[str, list[GuideFact]]:
    result: dict[str, list[GuideFact]] = {}
    for item in session.scalars(select(GuideAnswer).where(GuideAnswer.application_id.in_(application_ids))):
        fact = GuideFact(item.guide, item.item, item.met, item.text, item.occasion, item.id)
        result.setdefault(item.application_id, []).append(fact)
    return result


def _confirmations(session: Session, application_ids: Sequence[str]) -> dict[str, dict[str, Confirmation]]:
    stored = session.scalars(
        select(StoredConfirmation).where(StoredConfirmation.application_id.in_(application_ids))
    )
    result: dict[str, dict[str, Confirmation]] = {}
    for item in stored:
        word = Confirmation(item.verdict, item.by, item.at, item.reason, item.approver or "")
        result.setdefault(item.application_id, {})[item.condition] = word
    return result
