"""Appraisals, honours and incidents: what conditions look at, gathered as facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.history import Writer
from db.models import Application, Appraisal, Branch, Honour, Incident, Project, Record, Round, Unit
from db.models import Confirmation as StoredConfirmation
from db.vocabulary import Applicant, HolderKind, ProjectState
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.lists import APPRAISALS, HONOURS, INCIDENTS
from dualcreate_desktop.office import records
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.records import Value, partial
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import (
    AppraisalFact,
    Confirmation,
    Facts,
    FailureFact,
    HonourFact,
    IncidentFact,
)

MODELS: Mapping[str, type[Record]] = {APPRAISALS.key: Appraisal, HONOURS.key: Honour, INCIDENTS.key: Incident}

FactT = TypeVar("FactT", Appraisal, Honour, Incident)


def insert(session: Writer, kind: ListKind, rows: Sequence[Mapping[str, Value]]) -> list[str]:
    """Add rows of one of the three lists through the bulk door; returns their ids."""
    model = MODELS[kind.key]
    return session.record_new(model, [records.to_columns(kind, model, row) for row in rows])


def update(session: Writer, kind: ListKind, record_id: str, values: Mapping[str, Value]) -> None:
    """Write the given values of one row; keys that are not given stay."""
    model = MODELS[kind.key]
    records.assign(session.get_one(model, record_id), records.to_columns(kind, model, values))


def gather(session: Session, applications: Sequence[Application]) -> dict[str, Facts]:
    """The facts of each applicant, by the id of the application; a few queries, however many there are."""
    unit_ids = {item.unit_id for item in applications}
    found = _Found(
        units={unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))},
        branches={
            item.id: item for item in session.scalars(select(Branch).where(Branch.unit_id.in_(unit_ids)))
        },
        appraisals=_by_body(session.scalars(select(Appraisal).where(Appraisal.unit_id.in_(unit_ids)))),
        honours=_by_body(session.scalars(select(Honour).where(Honour.unit_id.in_(unit_ids)))),
        incidents=_by_body(session.scalars(select(Incident).where(Incident.unit_id.in_(unit_ids)))),
        failures=_failures(session),
        confirmations=_confirmations(session, [item.id for item in applications]),
    )
    return {item.id: found.facts(item) for item in applications}


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything read for a set of applications, by body."""

    units: Mapping[str, Unit]
    branches: Mapping[str, Branch]
    appraisals: Mapping[Body, Sequence[Appraisal]]
    honours: Mapping[Body, Sequence[Honour]]
    incidents: Mapping[Body, Sequence[Incident]]
    failures: Mapping[Body, Sequence[FailureFact]]
    confirmations: Mapping[str, Mapping[str, Confirmation]]

    def facts(self, application: Application) -> Facts:
        """The facts of one applicant: of the branch, or of the unit with the honours of all its members."""
        body = Body(application.unit_id, application.branch_id)
        applicant = self.units[body.unit_id] if body.branch_id is None else self.branches[body.branch_id]
        return Facts(
            applicant=Applicant.UNIT if body.branch_id is None else Applicant.BRANCH,
            kind=applicant.kind,
            founded=partial(applicant.founded),
            planned_end=partial(applicant.planned_end) if isinstance(applicant, Branch) else None,
            appraisals=tuple(
                AppraisalFact(item.kind, item.year, item.grade, item.score)
                for item in self.appraisals.get(body, ())
            ),
            honours=tuple(_honour(item) for item in self._honours(body)),
            incidents=tuple(
                IncidentFact(item.kind, PartialDate.parse(item.occurred), item.description)
                for item in self.incidents.get(body, ())
            ),
            failures=tuple(self.failures.get(body, ())),
            confirmations=self.confirmations.get(application.id, {}),
        )

    def _honours(self, body: Body) -> Iterator[Honour]:
        """A unit's honours count those of the members of its branches (“所在单位多名师生”), not those of its branches."""
        yield from self.honours.get(body, ())
        if body.branch_id is None:
            for other, items in self.honours.items():
                if other.unit_id == body.unit_id and other.branch_id is not None:
                    yield from (item for item in items if item.holder is HolderKind.MEMBER)


def _by_body(items: Iterable[FactT]) -> dict[Body, list[FactT]]:
    result: dict[Body, list[FactT]] = {}
    for item in items:
        result.setdefault(Body(item.unit_id, item.branch_id), []).append(item)
    return result


def _honour(item: Honour) -> HonourFact:
    return HonourFact(
        item.title, item.level, PartialDate.parse(item.awarded), item.holder, item.holder_name, item.party
    )


def _failures(session: Session) -> dict[Body, list[FailureFact]]:
    """Projects of any round that did not reach the mark."""
    failed = session.execute(
        select(Application.unit_id, Application.branch_id, Round.name, Project.ends)
        .join(Project, Project.application_id == Application.id)
        .join(Round, Application.round_id == Round.id)
        .where(Project.state == ProjectState.FAILED)
    )
    result: dict[Body, list[FailureFact]] = {}
    for unit_id, branch_id, round_name, ends in failed:
        fact = FailureFact(round_name, PartialDate(ends.year, ends.month, ends.day))
        result.setdefault(Body(unit_id, branch_id), []).append(fact)
    return result


def _confirmations(session: Session, application_ids: Sequence[str]) -> dict[str, dict[str, Confirmation]]:
    stored = session.scalars(
        select(StoredConfirmation).where(StoredConfirmation.application_id.in_(application_ids))
    )
    result: dict[str, dict[str, Confirmation]] = {}
    for item in stored:
        word = Confirmation(item.verdict, item.by, item.at, item.reason)
        result.setdefault(item.application_id, {})[item.condition] = word
    return result
