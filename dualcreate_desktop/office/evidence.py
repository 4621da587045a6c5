"""What conditions look at, gathered as facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from db.models import Application, Appraisal, Branch, Honour, Incident, Project, Round, Unit
from db.models import Confirmation as StoredConfirmation
from db.vocabulary import Applicant, HolderKind, ProjectState
from dualcreate_desktop.office import records
from dualcreate_desktop.office.records import partial
from dualcreate_desktop.rules.dates import PartialDate
from dualcreate_desktop.rules.facts import (
    AppraisalFact,
    Confirmation,
    Facts,
    FailureFact,
    HonourFact,
    IncidentFact,
)

FactT = TypeVar("FactT", Appraisal, Honour, Incident)


def gather(session: Session, applications: Sequence[Application]) -> dict[str, Facts]:
    """The facts of each applicant, by the id of the application; a few queries, however many there are.

    What is recorded of a branch stays its own when it comes under another unit.
    """
    unit_ids = {item.unit_id for item in applications}
    branch_ids = {item.branch_id for item in applications if item.branch_id is not None}
    themselves = {item.unit_id for item in applications if item.branch_id is None}
    concerned = or_(Branch.unit_id.in_(themselves), Branch.id.in_(branch_ids))
    found = _Found(
        units={unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(unit_ids)))},
        branches={branch.id: branch for branch in records.stored(session, Branch, branch_ids)},
        branches_of=_branches_of(session, themselves),
        appraisals=_recorded(session, Appraisal, unit_ids, concerned),
        honours=_recorded(session, Honour, unit_ids, concerned),
        incidents=_recorded(session, Incident, unit_ids, concerned),
        failures=_failures(session),
        confirmations=_confirmations(session, [item.id for item in applications]),
    )
    return {item.id: found.facts(item) for item in applications}


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything read for a set of applications, by the id of the branch, or of the unit where it is its own."""

    units: Mapping[str, Unit]
    branches: Mapping[str, Branch]
    branches_of: Mapping[str, Sequence[str]]
    appraisals: Mapping[str, Sequence[Appraisal]]
    honours: Mapping[str, Sequence[Honour]]
    incidents: Mapping[str, Sequence[Incident]]
    failures: Mapping[str, Sequence[FailureFact]]
    confirmations: Mapping[str, Mapping[str, Confirmation]]

    def facts(self, application: Application) -> Facts:
        """The facts of one applicant: of the branch, or of the unit with the honours of all its members."""
        applicant: Unit | Branch = (
            self.units[application.unit_id]
            if application.branch_id is None
            else self.branches[application.branch_id]
        )
        return Facts(
            applicant=Applicant.UNIT if application.branch_id is None else Applicant.BRANCH,
            kind=applicant.kind,
            founded=partial(applicant.founded),
            planned_end=partial(applicant.planned_end) if isinstance(applicant, Branch) else None,
            appraisals=tuple(
                AppraisalFact(item.kind, item.year, item.grade, item.score)
                for item in self.appraisals.get(applicant.id, ())
            ),
            honours=tuple(_honour(item) for item in self._honours(applicant)),
            incidents=tuple(
                IncidentFact(item.kind, PartialDate.parse(item.occurred), item.description)
                for item in self.incidents.get(applicant.id, ())
            ),
            failures=tuple(self.failures.get(applicant.id, ())),
            confirmations=self.confirmations.get(application.id, {}),
        )

    def _honours(self, applicant: Unit | Branch) -> Iterator[Honour]:
        """A unit's honours count those of the members of its branches (“所在单位多名师生”), not those of its branches."""
        yield from self.honours.get(applicant.id, ())
        for branch_id in self.branches_of.get(applicant.id, ()):
            honours = self.honours.get(branch_id, ())
            yield from (item for item in honours if item.holder is HolderKind.MEMBER)


def _branches_of(session: Session, unit_ids: set[str]) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for key, unit_id in session.execute(
        select(Branch.id, Branch.unit_id).where(Branch.unit_id.in_(unit_ids))
    ):
        result.setdefault(unit_id, []).append(key)
    return result


def _recorded(
    session: Session, model: type[FactT], unit_ids: set[str], concerned: ColumnElement[bool]
) -> dict[str, list[FactT]]:
    of_units = and_(model.branch_id.is_(None), model.unit_id.in_(unit_ids))
    of_branches = model.branch_id.in_(select(Branch.id).where(concerned))
    result: dict[str, list[FactT]] = {}
    for item in session.scalars(select(model).where(or_(of_units, of_branches))):
        result.setdefault(item.branch_id or item.unit_id, []).append(item)
    return result


def _honour(item: Honour) -> HonourFact:
    return HonourFact(
        item.title, item.level, PartialDate.parse(item.awarded), item.holder, item.holder_name, item.party
    )


def _failures(session: Session) -> dict[str, list[FailureFact]]:
    """Projects of any round that did not reach the mark."""
    failed = session.execute(
        select(Application.unit_id, Application.branch_id, Round.name, Project.ends)
        .join(Project, Project.application_id == Application.id)
        .join(Round, Application.round_id == Round.id)
        .where(Project.state == ProjectState.FAILED)
    )
    result: dict[str, list[FailureFact]] = {}
    for unit_id, branch_id, round_name, ends in failed:
        fact = FailureFact(round_name, PartialDate(ends.year, ends.month, ends.day))
        result.setdefault(branch_id or unit_id, []).append(fact)
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
