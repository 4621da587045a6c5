"""Conditions to findings: the verdict on each condition, what it rests on and who confirmed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from db.vocabulary import Verdict
from dualcreate_desktop.rules.facts import Confirmation, Facts
from dualcreate_desktop.rules.judging import judge
from dualcreate_desktop.rules.notice import Notice, Reference
from dualcreate_desktop.rules.requirements import Condition, Force
from dualcreate_desktop.rules.verdicts import DECIDED, TO_CONFIRM, UNDECIDED, Evidence, Judged, all_of


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one condition (审查意见).

    Args:
        evidence: Chinese sentences without full stops.
        links: the records behind them.
        reason: why the confirming person decided so; empty when nobody confirmed or no reason was given.
        approver: who approved the exception by which a missed condition passes; empty when it is none.
    """

    key: str
    label: str
    clause: str
    verdict: Verdict
    evidence: tuple[str, ...]
    force: Force = Force.HARD
    confirmed_by: str = ""
    confirmed_at: datetime | None = None
    reason: str = ""
    approver: str = ""
    links: tuple[Evidence, ...] = ()

    @property
    def mandatory(self) -> bool:
        """Whether it counts for the verdict on the application."""
        return self.force is not Force.REFERENCE


def evaluate(condition: Condition, facts: Facts, reference: Reference) -> Finding:
    """The finding on one condition.

    A confirmation settles 待核实. Against a verdict that the records gave it holds only with its reason, and what was
    asked in principle and is missed passes only by an exception: with a reason and an approver.
    """
    judged = _judged(condition, facts, reference)
    confirmation = facts.confirmations.get(condition.key)
    if confirmation is None:
        return _finding(condition, judged)
    refusal = _refusal(condition.force, judged.verdict, confirmation)
    if refusal:
        return _finding(condition, replace(judged, evidence=(*judged.evidence, refusal)))
    settled = tuple(_settled(text) for text in judged.evidence if text != TO_CONFIRM)
    if not _is_exception(condition.force, judged.verdict, confirmation):
        confirmation = replace(confirmation, approver="")
    if confirmation.approver:
        settled = (*settled, f"例外通过：{confirmation.reason.strip()}，批准人{confirmation.approver}")
    return _finding(condition, Judged(confirmation.verdict, settled, judged.links), confirmation)


def evaluate_all(notice: Notice, category: str, facts: Facts) -> tuple[Finding, ...]:
    """The findings on all conditions of a category, in the order of the notice."""
    reference = notice.reference
    return tuple(evaluate(condition, facts, reference) for condition in notice.conditions_of(category))


def needs_approver(force: Force, found: Verdict, verdict: Verdict) -> bool:
    """Whether passing what was `found` would be an exception from what is asked in principle."""
    return force is Force.IN_PRINCIPLE and (found, verdict) == (Verdict.FAIL, Verdict.PASS)


def overall(findings: Iterable[Finding]) -> Verdict:
    """The verdict on an application: all its mandatory findings, joined by AND."""
    return all_of(finding.verdict for finding in findings if finding.mandatory)


def _judged(condition: Condition, facts: Facts, reference: Reference) -> Judged:
    if condition.kinds and facts.kind not in condition.kinds:
        return Judged(Verdict.NOT_APPLICABLE, ("这一条不涉及该类型",))
    return judge(condition.requirement, facts, reference)


def _refusal(force: Force, found: Verdict, confirmation: Confirmation) -> str:
    """Why a confirmation does not hold, as a sentence; empty when it does."""
    if found in (Verdict.UNVERIFIED, confirmation.verdict):
        return ""
    said = f"{confirmation.by}确认为“{confirmation.verdict.label}”"
    if not confirmation.reason.strip():
        return f"{said}，与登记不符且未写理由，未采用"
    if needs_approver(force, found, confirmation.verdict) and not confirmation.approver.strip():
        return f"{said}，未达到原则上的要求，例外须有批准人，未采用"
    return ""


def _settled(text: str) -> str:
    """A piece of evidence once somebody has confirmed the condition: it no longer asks for that."""
    said = text.removesuffix(f"；{TO_CONFIRM}")
    return said.replace(f"{Verdict.UNVERIFIED.label}——{UNDECIDED}", DECIDED).replace(UNDECIDED, DECIDED)


def _is_exception(force: Force, found: Verdict, confirmation: Confirmation) -> bool:
    """Whether somebody let pass what was asked in principle and is not known to be met."""
    explained = bool(confirmation.reason.strip() and confirmation.approver.strip())
    passed = found is not Verdict.PASS and confirmation.verdict is Verdict.PASS
    return force is Force.IN_PRINCIPLE and passed and explained


def _finding(condition: Condition, judged: Judged, confirmation: Confirmation | None = None) -> Finding:
    return Finding(
        key=condition.key,
        label=condition.label,
        clause=condition.clause,
        verdict=judged.verdict,
        evidence=judged.evidence,
        force=condition.force,
        links=judged.links,
        confirmed_by=confirmation.by if confirmation else "",
        confirmed_at=confirmation.at if confirmation else None,
        reason=confirmation.reason if confirmation else "",
        approver=confirmation.approver.strip() if confirmation else "",
    )
