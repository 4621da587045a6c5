"""Rows of the store as facts: columns are read, not objects, since nothing is changed here and there are many."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Executable, Select, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

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
    Person,
    Post,
    Project,
    Round,
    Staffing,
    Topic,
    Unit,
)
from db.models import Confirmation as StoredConfirmation
from db.vocabulary import (
    EarlierOutcome,
    EndReason,
    HolderKind,
    ProjectState,
)
from dualcreate_desktop.office.people import SECRETARY
from dualcreate_desktop.office.records import partial
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import (
    AppraisalFact,
    Confirmation,
    DebarmentFact,
    FailureFact,
    GrowthFact,
    GuideFact,
    HonourFact,
    IncidentFact,
    ReplyFact,
    ScoredItem,
    StaffingFact,
    TopicFact,
)

OfBody = Appraisal | Debarment | EarlierResult | Growth | Honour | Incident | Topic
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Secretary:
    """The present secretary of a unit or branch."""

    name: str
    since: PartialDate | None
    double_leader: bool | None


@dataclass(frozen=True, slots=True)
class Body:
    """What the registry says of a unit or branch."""

    kind: str
    founded: PartialDate | None
    planned_end: PartialDate | None = None
    planned_reason: EndReason | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records are read.

    Args:
        units: the units of all applicants.
        branches: the applicants that are branches, and those that they came of.
        themselves: the units that apply themselves.
    """

    units: frozenset[str]
    branches: frozenset[str]
    themselves: frozenset[str]

    def own(self, model: type[OfBody]) -> ColumnElement[bool]:
        """Records of the units and branches themselves."""
        of_unit = and_(model.branch_id.is_(None), model.unit_id.in_(among(self.units)))
        return or_(of_unit, model.branch_id.in_(among(self.branches)))

    def members(self, model: type[OfBody]) -> ColumnElement[bool]:
        """Records of all branches of the units that apply themselves."""
        of_units = select(Branch.id).where(Branch.unit_id.in_(among(self.themselves)))
        return model.branch_id.in_(of_units)


def among(keys: Iterable[str]) -> Select[tuple[str]]:
    """The ids as one parameter, however many: a parameter each would be more to prepare than to read."""
    return select(func.json_each(json.dumps(sorted(keys))).table_valued("value").c.value)


def units(session: Session, scope: Scope) -> dict[str, Body]:
    """The units of all applicants."""
    query = select(Unit.id, Unit.kind, Unit.founded).where(Unit.id.in_(among(scope.units)))
    return {key: Body(kind, partial(founded)) for key, kind, founded in session.execute(query)}


def branches(session: Session, scope: Scope) -> dict[str, Body]:
    """The applicants that are branches, and those that they came of."""
    columns = (Branch.id, Branch.kind, Branch.founded, Branch.planned_end, Branch.planned_reason)
    return {
        key: Body(kind, partial(founded), partial(end), reason)
        for key, kind, founded, end, reason in session.execute(
            select(*columns).where(Branch.id.in_(among(scope.branches)))
        )
    }


def branches_of(session: Session, scope: Scope) -> dict[str, list[str]]:
    """Unit that applies itself → its branches."""
    result: dict[str, list[str]] = {}
    query = select(Branch.id, Branch.unit_id).where(Branch.unit_id.in_(among(scope.themselves)))
    for key, unit_id in session.execute(query):
        result.setdefault(unit_id, []).append(key)
    return result


def _by_body(
    session: Session,
    model: type[OfBody],
    where: ColumnElement[bool],
    columns: Sequence[InstrumentedAttribute[Any]],
    make: Callable[..., T],
) -> dict[str, list[T]]:
    """The records of a table by their body, each made of its columns in their order."""
    body = func.coalesce(model.branch_id, model.unit_id)
    return _gathered(session, select(body, *columns).where(where), make)


def _gathered(session: Session, query: Executable, make: Callable[..., T]) -> dict[str, list[T]]:
    """The rows of a query by their first column, each made of the others in their order."""
    result: dict[str, list[T]] = {}
    for key, *values in session.execute(query):
        result.setdefault(key, []).append(make(*values))
    return result


_APPRAISED = (
    Appraisal.kind,
    Appraisal.year,
    Appraisal.grade,
    Appraisal.score,
    Appraisal.id,
    Appraisal.subject,
    Appraisal.secretary,
    Appraisal.items,
    Appraisal.reported,
)


def appraisals(session: Session, scope: Scope) -> dict[str, list[AppraisalFact]]:
    """Of the units and branches themselves."""
    return _by_body(session, Appraisal, scope.own(Appraisal), _APPRAISED, _appraisal)


def elsewhere(
    session: Session, secretaries: Iterable[Secretary]
) -> dict[tuple[str, str], list[tuple[str, AppraisalFact]]]:
    """Of two people of one name in a unit none can be told apart."""
    names = among({secretary.name for secretary in secretaries})
    result: dict[tuple[str, str], list[tuple[str, AppraisalFact]]] = {}
    query = select(Appraisal.branch_id, Appraisal.unit_id, *_APPRAISED).where(Appraisal.secretary.in_(names))
    for branch_id, unit_id, *values in session.execute(query):
        fact = replace(_appraisal(*values), elsewhere=True)
        result.setdefault((unit_id, fact.secretary), []).append((branch_id or unit_id, fact))
    return result


def _appraisal(*row: Any) -> AppraisalFact:
    """From the columns of `_APPRAISED`."""
    kind, year, grade, score, key, subject, secretary, items, reported = row
    return AppraisalFact(
        kind,
        year,
        grade,
        score,
        key,
        subject,
        secretary or "",
        items=tuple(map(_scored, items or ())),
        reported=reported is not False,
    )


def _scored(item: Mapping[str, Any]) -> ScoredItem:
    maximum = item.get("maximum")
    return ScoredItem(str(item["name"]), Decimal(item["points"]), Decimal(maximum) if maximum else None)


def honours(session: Session, scope: Scope) -> dict[str, list[HonourFact]]:
    """Of a unit that applies itself also those of the members of its branches."""
    held = and_(scope.members(Honour), Honour.holder == HolderKind.MEMBER)
    columns = (
        Honour.title,
        Honour.level,
        Honour.awarded,
        Honour.holder,
        Honour.holder_name,
        Honour.party,
        Honour.authority,
        Honour.document,
        Honour.id,
    )

    def made(title: str, level: str, awarded: str, *rest: Any) -> HonourFact:
        return HonourFact(title, level, _day(awarded), *rest)

    return _by_body(session, Honour, or_(scope.own(Honour), held), columns, made)


def incidents(session: Session, scope: Scope) -> dict[str, list[IncidentFact]]:
    """Of the units and branches themselves."""
    columns = (Incident.kind, Incident.occurred, Incident.description, Incident.source, Incident.id)

    def made(kind: str, occurred: str, *rest: Any) -> IncidentFact:
        return IncidentFact(kind, _day(occurred), *rest)

    return _by_body(session, Incident, scope.own(Incident), columns, made)


def debarments(session: Session, scope: Scope) -> dict[str, list[DebarmentFact]]:
    """Of the units and branches themselves."""
    columns = (Debarment.since, Debarment.until, Debarment.reason, Debarment.document, Debarment.id)

    def made(since: str, until: str | None, *rest: Any) -> DebarmentFact:
        return DebarmentFact(_day(since), partial(until), *rest)

    return _by_body(session, Debarment, scope.own(Debarment), columns, made)


def growth(session: Session, scope: Scope) -> dict[str, list[GrowthFact]]:
    """Of a unit that applies itself also those of its branches."""
    columns = (Growth.measure, Growth.year, Growth.number, Growth.id)
    return _by_body(session, Growth, or_(scope.own(Growth), scope.members(Growth)), columns, GrowthFact)


def topics(session: Session, scope: Scope) -> dict[str, list[TopicFact]]:
    """Of a unit that applies itself also those of its branches."""
    columns = (
        Topic.started,
        Topic.ended,
        Topic.kind,
        Topic.title,
        Topic.level,
        Topic.number,
        Topic.leader,
        Topic.id,
    )

    def made(
        started: str | None, ended: str | None, kind: str, title: str, level: str, *rest: Any
    ) -> TopicFact:
        return TopicFact(kind, title, level, partial(started), partial(ended), *rest)

    return _by_body(session, Topic, or_(scope.own(Topic), scope.members(Topic)), columns, made)


def staffing(session: Session, scope: Scope) -> dict[str, list[StaffingFact]]:
    """Of the units."""
    columns = (Staffing.role, Staffing.year, Staffing.required, Staffing.actual, Staffing.id)
    of_units = Staffing.unit_id.in_(among(scope.units))
    return _gathered(session, select(Staffing.unit_id, *columns).where(of_units), StaffingFact)


def secretaries(session: Session, scope: Scope) -> dict[str, Secretary]:
    """The present one of each unit and branch; the later where two are recorded."""
    body = or_(Post.unit_id.in_(among(scope.units)), Post.branch_id.in_(among(scope.branches)))
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


def failures(session: Session, scope: Scope) -> dict[str, list[FailureFact]]:
    """What failed in batches before this store, and projects of any round that did not reach the mark."""
    columns = (
        EarlierResult.batch,
        EarlierResult.decided,
        EarlierResult.result,
        EarlierResult.document,
        EarlierResult.id,
    )

    def made(batch: str, decided: str | None, *rest: Any) -> FailureFact:
        return FailureFact(batch, partial(decided), *rest)

    failed = EarlierResult.result.in_((EarlierOutcome.FAILED, EarlierOutcome.REVOKED))
    result = _by_body(session, EarlierResult, and_(scope.own(EarlierResult), failed), columns, made)
    query = (
        select(Application.unit_id, Application.branch_id, Round.name, Project.id, Project.ends)
        .join(Project, Project.application_id == Application.id)
        .join(Round, Application.round_id == Round.id)
        .where(Project.state == ProjectState.FAILED)
    )
    for unit_id, branch_id, round_name, project_id, ends in session.execute(query):
        day = PartialDate(ends.year, ends.month, ends.day)
        fact = FailureFact(round_name, day, source=project_id, table=Project.__tablename__)
        result.setdefault(branch_id or unit_id, []).append(fact)
    return result


def replies(session: Session, application_ids: Select[tuple[str]]) -> dict[str, list[ReplyFact]]:
    """Application → what departments said of it."""
    stored = InquiryReply
    columns = (
        stored.application_id,
        Inquiry.department,
        stored.answer,
        stored.text,
        stored.document,
        stored.replied_on,
        stored.id,
    )
    query = select(*columns).join(Inquiry, stored.inquiry_id == Inquiry.id)
    return _gathered(session, query.where(stored.application_id.in_(application_ids)), ReplyFact)


def guides(session: Session, application_ids: Select[tuple[str]]) -> dict[str, list[GuideFact]]:
    """Application → how it answered the guides."""
    stored = GuideAnswer
    columns = (
        stored.application_id,
        stored.guide,
        stored.item,
        stored.met,
        stored.text,
        stored.occasion,
        stored.id,
    )
    query = select(*columns).where(stored.application_id.in_(application_ids))
    return _gathered(session, query, GuideFact)


def confirmations(
    session: Session, application_ids: Select[tuple[str]]
) -> dict[str, dict[str, Confirmation]]:
    """Application → condition → who confirmed it."""
    stored = StoredConfirmation
    columns = (
        stored.application_id,
        stored.condition,
        stored.verdict,
        stored.by,
        stored.at,
        stored.reason,
        stored.approver,
    )
    result: dict[str, dict[str, Confirmation]] = {}
    query = select(*columns).where(stored.application_id.in_(application_ids))
    for application_id, condition, verdict, by, at, reason, approver in session.execute(query):
        word = Confirmation(verdict, by, at, reason, approver or "")
        result.setdefault(application_id, {})[condition] = word
    return result


@lru_cache(maxsize=4_096)
def _day(text: str) -> PartialDate:
    """A stored day that is never empty."""
    return PartialDate.parse(text)
