"""Findings (审查意见): every condition of every application, computed from the store and never kept there.

What is kept is a named person's word on what data cannot decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Application, Confirmation
from db.vocabulary import Verdict
from dualcreate_desktop.office import evidence
from dualcreate_desktop.office.applications import subject
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.conditions import Finding, evaluate_all, needs_approver, overall
from dualcreate_desktop.rules.facts import Facts


@dataclass(frozen=True, slots=True)
class Assessment:
    """All findings of one application and what they come to."""

    application_id: str
    findings: tuple[Finding, ...]
    overall: Verdict

    def finding(self, condition: str) -> Finding:
        """The finding on the condition of that key; KeyError when there is none."""
        return {finding.key: finding for finding in self.findings}[condition]


def assess(session: Session, rules: Rules) -> Mapping[str, Assessment]:
    """The assessment of each application of a round, by its id."""
    of_round = select(Application).where(Application.round_id == rules.round_id)
    return assess_these(session, rules, session.scalars(of_round).all())


def assess_these(
    session: Session, rules: Rules, applications: Sequence[Application]
) -> Mapping[str, Assessment]:
    """The assessment of some applications of a round, by their ids."""
    facts = evidence.gather(session, applications, rules.notice.lineage)
    return {item.id: judged(rules, item.id, item.category, facts[item.id]) for item in applications}


def judged(rules: Rules, application_id: str, category: str, facts: Facts) -> Assessment:
    """The assessment of one application, of which these facts are known."""
    findings = evaluate_all(rules.notice, category, facts)
    return Assessment(application_id, findings, overall(findings))


def assess_round(office: Office, round_id: str) -> Mapping[str, Assessment]:
    """`assess`, outside a session."""
    with office.read() as session:
        return assess(session, rules(session, round_id))


def confirm(
    office: Office,
    application_id: str,
    condition: str,
    verdict: Verdict,
    *,
    reason: str = "",
    approver: str = "",
) -> Changed | None:
    """Put the actor's name to a verdict on one condition; a later word replaces it.

    Args:
        approver: who approved an exception from what is asked in principle; `reason` then explains it (例外说明).

    Raises:
        NotAllowed: the verdict is 待核实, the category has no such condition, or what the records say is overruled
            without a reason, or an exception made without an approver.
    """
    if verdict is Verdict.UNVERIFIED:
        raise NotAllowed("核实须给出明确结论", todo="请选择“通过”“不通过”或“不适用”。")
    with office.change(_title(office, application_id, condition)) as session:
        item = session.get(Application, application_id)
        if item is None:
            raise NotAllowed("这项申报已不存在", todo="请刷新列表。")
        current = rules(session, item.round_id)
        finding = _unconfirmed(session, current, item, condition)
        _refuse_unexplained(finding, verdict, reason, approver)
        old = session.scalar(
            select(Confirmation).where(
                Confirmation.application_id == application_id, Confirmation.condition == condition
            )
        )
        record = old or Confirmation(application_id=application_id, condition=condition)
        record.rule_version_id, record.verdict, record.reason = current.version_id, verdict, reason.strip()
        record.by, record.at, record.approver = office.actor.name, office.clock(), approver.strip() or None
        session.add(record)
    return session.changed


def _refuse_unexplained(finding: Finding, verdict: Verdict, reason: str, approver: str) -> None:
    where = f"{finding.clause} {finding.label}"
    if finding.verdict not in (Verdict.UNVERIFIED, verdict) and not reason.strip():
        raise NotAllowed(
            f"登记情况为“{finding.verdict.label}”，改判为“{verdict.label}”须写明理由",
            where=where,
            todo="请填写理由后再确认。",
        )
    if needs_approver(finding.force, finding.verdict, verdict) and not approver.strip():
        raise NotAllowed(
            "这是“原则上”的要求，登记情况为“不通过”，例外通过须有批准人",
            where=where,
            todo="请写明例外说明和批准人后再确认。",
        )


def _title(office: Office, application_id: str, condition: str) -> str:
    """Which condition of whom: 核实“…”：某某支部."""
    with office.read() as session:
        item = session.get(Application, application_id)
        asked = rules(session, item.round_id).notice.conditions if item else ()
    label = next((one.label for one in asked if one.key == condition), "")
    return f"核实“{label}”：{subject(office, [application_id])}"


def _unconfirmed(session: Session, current: Rules, item: Application, condition: str) -> Finding:
    """What the records alone say of one condition."""
    facts = evidence.gather(session, [item], current.notice.lineage)[item.id]
    findings = evaluate_all(current.notice, item.category, replace(facts, confirmations={}))
    for finding in findings:
        if finding.key == condition:
            return finding
    raise NotAllowed("这个类别没有这一条件", todo="请刷新后再试。")
