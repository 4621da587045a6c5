"""What the store says of a set of applicants, read with as many queries for two thousand of them as for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import (
    Application,
    LineagePart,
)
from db.models import LineageEvent as StoredEvent
from db.vocabulary import (
    LineageKind,
    PartRole,
)
from dualcreate_desktop.office import evidence_rows as rows
from dualcreate_desktop.office.evidence_rows import Body, Secretary
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
    StaffingFact,
    TopicFact,
)
from dualcreate_desktop.rules.lineage import Lineage, LineageEvent, LineageRules, lineage_of


@dataclass(frozen=True, slots=True)
class Found:
    """Everything read, by the id of the branch, or of the unit where it is its own; answers by the application's.

    Args:
        elsewhere: (unit, name of a secretary) → the bodies in which that name was appraised, and how.
    """

    units: Mapping[str, Body]
    branches: Mapping[str, Body]
    branches_of: Mapping[str, Sequence[str]]
    lineage: Lineage
    founded: Mapping[str, PartialDate | None]
    appraisals: Mapping[str, Sequence[AppraisalFact]]
    elsewhere: Mapping[tuple[str, str], Sequence[tuple[str, AppraisalFact]]]
    honours: Mapping[str, Sequence[HonourFact]]
    incidents: Mapping[str, Sequence[IncidentFact]]
    debarments: Mapping[str, Sequence[DebarmentFact]]
    growth: Mapping[str, Sequence[GrowthFact]]
    topics: Mapping[str, Sequence[TopicFact]]
    staffing: Mapping[str, Sequence[StaffingFact]]
    failures: Mapping[str, Sequence[FailureFact]]
    secretaries: Mapping[str, Secretary]
    replies: Mapping[str, Sequence[ReplyFact]]
    guides: Mapping[str, Sequence[GuideFact]]
    confirmations: Mapping[str, Mapping[str, Confirmation]]


def read_all(session: Session, applications: Sequence[Application], rules: LineageRules) -> Found:
    """What is known of the applicants, of the branches of those that are units, and of all that came before them."""
    lineage = read_lineage(session, rules)
    applied = {item.branch_id for item in applications if item.branch_id is not None}
    scope = rows.Scope(
        frozenset(item.unit_id for item in applications),
        frozenset(applied | {other for key in applied for other in lineage.ancestors(key)}),
        frozenset(item.unit_id for item in applications if item.branch_id is None),
    )
    application_ids = rows.among(item.id for item in applications)
    branches = rows.branches(session, scope)
    secretaries = rows.secretaries(session, scope)
    return Found(
        units=rows.units(session, scope),
        branches=branches,
        branches_of=rows.branches_of(session, scope),
        lineage=lineage,
        founded={key: branch.founded for key, branch in branches.items()},
        appraisals=rows.appraisals(session, scope),
        elsewhere=rows.elsewhere(session, secretaries.values()),
        honours=rows.honours(session, scope),
        incidents=rows.incidents(session, scope),
        debarments=rows.debarments(session, scope),
        growth=rows.growth(session, scope),
        topics=rows.topics(session, scope),
        staffing=rows.staffing(session, scope),
        failures=rows.failures(session, scope),
        secretaries=secretaries,
        replies=rows.replies(session, application_ids),
        guides=rows.guides(session, application_ids),
        confirmations=rows.confirmations(session, application_ids),
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
