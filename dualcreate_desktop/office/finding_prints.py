"""What changed in the findings of an application since its 资格审查表 was last printed.

A print keeps its findings and the facts of then. Those are judged again, by the rules of then and in the words of
today, before they are compared: a program that says the same in other words has changed nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.models import Application, Printed
from dualcreate_desktop.office.eligibility import Assessment
from dualcreate_desktop.office.rounds import notice_at
from dualcreate_desktop.papers.codes import PaperKind
from dualcreate_desktop.rules.conditions import Finding, evaluate
from dualcreate_desktop.rules.facts import Facts
from dualcreate_desktop.rules.finding_changes import diff_findings, from_plain, to_plain
from dualcreate_desktop.rules.kept_facts import facts_from_plain, facts_to_plain

FINDINGS, FACTS = "findings", "facts"
"""The keys under which a printed sheet keeps what was found, and what was known."""


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


def kept(findings: Iterable[Finding], facts: Facts) -> dict[str, object]:
    """What a printed sheet keeps."""
    return {FINDINGS: to_plain(findings), FACTS: facts_to_plain(facts)}


def since_printed(session: Session, round_id: str, assessments: Mapping[str, Assessment]) -> dict[str, Since]:
    """Application of a round whose sheet was printed → what changed since; the last print counts."""
    printed = (
        select(
            Printed.subject,
            Printed.printed_at,
            Printed.content,
            Printed.rule_version_id,
            Application.category,
        )
        .join(Application, Application.id == Printed.subject)
        .where(
            Application.round_id == round_id,
            Printed.paper == PaperKind.ELIGIBILITY.name.lower(),
            Printed.content.is_not(None),
        )
        .order_by(Printed.printed_at, Printed.code)
    )
    last = {row.subject: row for row in session.execute(printed)}
    return {
        key: Since(row.printed_at, _changes(session, row, assessments[key].findings))
        for key, row in last.items()
        if FACTS in row.content and key in assessments
    }


def _changes(session: Session, printed: Row[Any], now: tuple[Finding, ...]) -> tuple[str, ...]:
    """Most sheets are as they were: they are compared before anything is judged again."""
    if printed.content[FINDINGS] == to_plain(now):
        return ()
    return diff_findings(_retold(session, printed), now)


def _retold(session: Session, printed: Row[Any]) -> tuple[Finding, ...]:
    """The findings of a print with its verdicts, and its evidence as the program of today says it."""
    notice = notice_at(session, printed.rule_version_id)
    facts = facts_from_plain(printed.content[FACTS])
    conditions = {item.key: item for item in notice.conditions}
    return tuple(
        replace(item, evidence=evaluate(conditions[item.key], facts, notice.reference).evidence)
        for item in from_plain(printed.content[FINDINGS])
    )
