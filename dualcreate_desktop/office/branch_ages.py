"""How old a branch counts as, and how that comes about: its own founding, or that of the branches it came of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Branch, LineagePart
from dualcreate_desktop.office.evidence import USUAL
from dualcreate_desktop.office.evidence_reading import read_lineage
from dualcreate_desktop.office.records import partial
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.dates import PartialDate, full_months
from dualcreate_desktop.rules.lineage import Descent, LineageRules


@dataclass(frozen=True, slots=True)
class Age:
    """Since when a branch counts, on a day.

    Args:
        since: None where nobody knows.
        told: how that comes about, the oldest event first; empty where it is its own founding.
    """

    since: PartialDate | None
    on: date
    told: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """满 11 年 9 个月（到2023年12月31日）; empty where nobody knows."""
        if self.since is None:
            return ""
        years, months = divmod(max(full_months(self.since.latest, self.on), 0), 12)
        parts = (f"{years} 年" if years else "", f"{months} 个月" if months else "")
        long = "满 " + " ".join(filter(None, parts)) if any(parts) else "不满 1 个月"
        return f"{long}（到{self.on.year}年{self.on.month}月{self.on.day}日）"

    @property
    def reason(self) -> str:
        """自2012年3月算起：2021年9月由甲、乙合并而成…; empty where it is its own founding."""
        return f"自{self.since.chinese}算起：{'；'.join(self.told)}" if self.since and self.told else ""


def age(office: Office, branch_id: str, round_id: str | None = None) -> Age:
    """By the settings of a round on its 年限截止日; without one by the usual settings, today."""
    with office.read() as session:
        if round_id is None:
            return _age(session, branch_id, USUAL, office.clock().date())
        notice = rules(session, round_id).notice
        return _age(session, branch_id, notice.lineage, notice.reference.deadline)


def _age(session: Session, branch_id: str, settings: LineageRules, on: date) -> Age:
    found = _descent(session, branch_id, settings)
    return Age(found.founded, on, found.told)


def _descent(session: Session, branch_id: str, settings: LineageRules) -> Descent:
    """All events are read only for a branch that has any."""
    if session.scalar(select(LineagePart.id).where(LineagePart.branch_id == branch_id).limit(1)) is None:
        return Descent(partial(session.scalar(select(Branch.founded).where(Branch.id == branch_id))))
    lineage = read_lineage(session, settings)
    family = (branch_id, *lineage.ancestors(branch_id))
    known = session.execute(select(Branch.id, Branch.founded).where(Branch.id.in_(family)))
    return lineage.descent(branch_id, {key: partial(founded) for key, founded in known})
