"""Conditions to findings: the verdict on each condition, what it rests on and who confirmed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from db.vocabulary import Verdict
from dualcreate_desktop.rules.facts import Confirmation, Facts
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.notice import Notice, Reference
from dualcreate_desktop.rules.requirements import Condition
from dualcreate_desktop.rules.verdicts import TO_CONFIRM, Judged, all_of


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one condition (审查意见).

    Args:
        evidence: Chinese sentences without full stops.
        reason: why the confirming person decided so; empty when nobody confirmed or no reason was given.
    """

    key: str
    label: str
    clause: str
    verdict: Verdict
    evidence: tuple[str, ...]
    mandatory: bool
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    reason: str = ""


def evaluate(condition: Condition, facts: Facts, reference: Reference) -> Finding:
    """The finding on one condition.

    A confirmation settles 待核实. Against a verdict that the records gave it holds only with its reason.
    """
    judged = _judged(condition, facts, reference)
    confirmation = facts.confirmations.get(condition.key)
    if confirmation is None:
        return _finding(condition, judged)
    if _may_settle(judged.verdict, confirmation):
        settled = tuple(text for text in judged.evidence if text != TO_CONFIRM)
        return _finding(condition, Judged(confirmation.verdict, settled), confirmation)
    refused = f"{confirmation.by}确认为“{confirmation.verdict.label}”，与登记不符且未写理由，未采用"
    return _finding(condition, Judged(judged.verdict, (*judged.evidence, refused)))


def evaluate_all(notice: Notice, category: str, facts: Facts) -> tuple[Finding, ...]:
    """The findings on all conditions of a category, in the order of the notice."""
    reference = notice.reference
    return tuple(evaluate(condition, facts, reference) for condition in notice.conditions_of(category))


def overall(findings: Iterable[Finding]) -> Verdict:
    """The verdict on an application: all its mandatory findings, joined by AND."""
    return all_of(finding.verdict for finding in findings if finding.mandatory)


def _judged(condition: Condition, facts: Facts, reference: Reference) -> Judged:
    if condition.kinds and facts.kind not in condition.kinds:
        return Judged(Verdict.NOT_APPLICABLE, ("这一条不涉及该类型",))
    return judge(condition.requirement, facts, reference)


def _may_settle(found: Verdict, confirmation: Confirmation) -> bool:
    return found in (Verdict.UNVERIFIED, confirmation.verdict) or bool(confirmation.reason.strip())


def _finding(condition: Condition, judged: Judged, confirmation: Confirmation | None = None) -> Finding:
    return Finding(
        key=condition.key,
        label=condition.label,
        clause=condition.clause,
        verdict=judged.verdict,
        evidence=judged.evidence,
        mandatory=condition.mandatory,
        confirmed_by=confirmation.by if confirmation else "",
        confirmed_at=confirmation.at if confirmation else None,
        reason=confirmation.reason if confirmation else "",
    )
