"""What changed in the findings of an application since its 资格审查表 was last printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Application, Printed
from dualcreate_desktop.office.eligibility import Assessment
from dualcreate_desktop.papers.codes import PaperKind
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.finding_changes import diff_findings, from_plain, to_plain

FINDINGS = "findings"
"""The key under which a printed sheet keeps its findings."""


@dataclass(frozen=True, slots=True)
class Since:
    """The last print of a 资格审查表, and what is otherwise now: Chinese sentences, none when nothing is."""

    printed_at: datetime
    changes: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """When it was printed, as a heading says it: 自 3月18日 打印后有 2 处变化."""
        day = f"{self.printed_at.month}月{self.printed_at.day}日"
        if not self.changes:
            return f"{day} 打印过资格审查表，之后没有变化"
        return f"自 {day} 打印后有 {len(self.changes)} 处变化"


def kept(findings: Iterable[Finding]) -> dict[str, object]:
    """What a printed sheet keeps."""
    return {FINDINGS: to_plain(findings)}


def since_printed(session: Session, round_id: str, assessments: Mapping[str, Assessment]) -> dict[str, Since]:
    """Application of a round whose sheet was printed → what changed since; the last print counts."""
    printed = (
        select(Printed.subject, Printed.printed_at, Printed.content)
        .join(Application, Application.id == Printed.subject)
        .where(
            Application.round_id == round_id,
            Printed.paper == PaperKind.ELIGIBILITY.name.lower(),
            Printed.content.is_not(None),
        )
        .order_by(Printed.printed_at, Printed.code)
    )
    last = {subject: (at, content) for subject, at, content in session.execute(printed)}
    return {
        key: Since(at, _changes(content[FINDINGS], assessments[key].findings))
        for key, (at, content) in last.items()
        if content and key in assessments
    }


def _changes(plain: list[Mapping[str, object]], now: tuple[Finding, ...]) -> tuple[str, ...]:
    """Most sheets are as they were: they are compared before anything is put into words."""
    return () if plain == to_plain(now) else diff_findings(from_plain(plain), now)
