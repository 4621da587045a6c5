"""Quotas (名额) of every unit in a round, over the real registry."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Application
from db.vocabulary import ApplicationState
from dualcreate_desktop.office import registry
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.quotas import QuotaLine, UnitFacts, quota_of


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """One unit and its lines, one for each category of the round."""

    unit_id: str
    unit: str
    branches: int
    lines: tuple[QuotaLine, ...]

    def line(self, category: str) -> QuotaLine:
        """The line of a category; KeyError when the round has none of that key."""
        return {line.category: line for line in self.lines}[category]


def quotas(session: Session, rules: Rules) -> tuple[QuotaRow, ...]:
    """Allowed, obliged, applied, over and short of each unit; withdrawn applications do not count."""
    counted = session.execute(
        select(Application.unit_id, Application.category).where(
            Application.round_id == rules.round_id, Application.state != ApplicationState.WITHDRAWN
        )
    )
    applied = Counter((unit_id, category) for unit_id, category in counted)
    applicants = {category.key: category.applicant for category in rules.notice.categories}
    return tuple(
        QuotaRow(
            unit.id,
            unit.short_name or unit.name,
            unit.branches,
            quota_of(
                UnitFacts(unit.kind, unit.branches, unit.members),
                rules.notice.quotas,
                {key: applied[unit.id, key] for key in applicants},
                applicants=applicants,
            ),
        )
        for unit in registry.UNIT_LISTING.all(session)
    )


def quotas_of(office: Office, round_id: str) -> tuple[QuotaRow, ...]:
    """`quotas`, outside a session."""
    with office.read() as session:
        return quotas(session, rules(session, round_id))
