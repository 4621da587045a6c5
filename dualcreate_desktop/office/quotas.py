"""Quotas (名额) of every unit in a round, over the real registry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Application
from db.vocabulary import ApplicationState
from dualcreate_desktop.office import registry
from dualcreate_desktop.office.grants import exemptions, overrides
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.quota_variants import (
    QuotaTotal,
    QuotaVariant,
    UnitCase,
    quota_tables,
)
from dualcreate_desktop.rules.quotas import QuotaLine, UnitFacts


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


@dataclass(frozen=True, slots=True)
class QuotaPage:
    """The quotas of a round: unit by unit, and the totals against the targets."""

    rows: tuple[QuotaRow, ...]
    totals: tuple[QuotaTotal, ...]


def quotas(session: Session, rules: Rules) -> tuple[QuotaRow, ...]:
    """Allowed, obliged, applied, over and short of each unit; withdrawn applications do not count."""
    return _page(session, rules).rows


def quotas_of(office: Office, round_id: str) -> tuple[QuotaRow, ...]:
    """`quotas`, outside a session."""
    with office.read() as session:
        return quotas(session, rules(session, round_id))


def quota_page(office: Office, round_id: str) -> QuotaPage:
    """The quotas of a round with their totals."""
    with office.read() as session:
        return _page(session, rules(session, round_id))


def _page(session: Session, rules: Rules) -> QuotaPage:
    units = registry.UNIT_LISTING.all(session)
    own = QuotaVariant(rules.round_name, rules.notice.quotas)
    (made,) = quota_tables([own], cases(session, rules, units), rules.notice.categories)
    rows = (
        QuotaRow(unit.id, unit.short_name or unit.name, unit.branches, made.lines[unit.id]) for unit in units
    )
    return QuotaPage(tuple(rows), made.totals)


def cases(session: Session, rules: Rules, units: Iterable[registry.UnitRow]) -> list[UnitCase]:
    """What quotas look at of these units; nobody applies in a round that is not opened yet (its id is empty)."""
    counted = session.execute(
        select(Application.unit_id, Application.category).where(
            Application.round_id == rules.round_id, Application.state != ApplicationState.WITHDRAWN
        )
    )
    applied = Counter((unit_id, category) for unit_id, category in counted)
    lifted, granted = exemptions(session, rules.round_id), overrides(session, rules.round_id)
    categories = [category.key for category in rules.notice.categories]
    return [
        UnitCase(
            unit.id,
            UnitFacts(unit.kind, unit.branches, unit.members),
            {key: applied[unit.id, key] for key in categories},
            overrides={key: granted[unit.id, key] for key in categories if (unit.id, key) in granted},
            exemptions={key: lifted[unit.id, key] for key in categories if (unit.id, key) in lifted},
        )
        for unit in units
    ]
