"""Requirements that bar: incidents, debarments, earlier failures, and what other departments say.

Silence is no answer: what a department has not replied to is 待核实.
"""

from __future__ import annotations

from collections.abc import Sequence

from db.vocabulary import Reply, Verdict
from dualcreate_desktop.rules.facts import DebarmentFact, Facts, FailureFact, IncidentFact, ReplyFact
from dualcreate_desktop.rules.notice import Reference
from dualcreate_desktop.rules.requirements import Departments, NoDebarment, NoEarlierFailure, NoIncident
from dualcreate_desktop.rules.terms import INCIDENTS
from dualcreate_desktop.rules.verdicts import (
    TO_CONFIRM,
    Evidence,
    Judged,
    Window,
    all_of,
    linked,
    settle,
    window,
)


def judge_incident(requirement: NoIncident, facts: Facts, reference: Reference) -> Judged:
    """不通过 by a record; without one the departments' word, or else a named person's, is needed."""
    span = window(requirement.period_years, requirement.counted, reference)
    relevant = sorted((item for item in facts.incidents if _concerns(requirement, item, span)), key=_order)
    links = [Evidence(_incident(item), item.TABLE, item.source) for item in relevant]
    if relevant:
        sure = any(span.holds(item.occurred) and not item.of_unit for item in relevant)
        verdict = Verdict.FAIL if sure else Verdict.UNVERIFIED
        return Judged(verdict, tuple(map(_incident, relevant)), linked(links))
    silence = f"{span} 没有登记负面情形"
    if not requirement.departments:
        return Judged(Verdict.UNVERIFIED, (silence, TO_CONFIRM))
    said = _replies(requirement.departments, facts, reference)
    return Judged(said.verdict, (silence, *said.evidence), said.links)


def _concerns(requirement: NoIncident, incident: IncidentFact, span: Window) -> bool:
    kinds = requirement.kinds
    its_own = requirement.of_unit or not incident.of_unit
    return its_own and span.may_hold(incident.occurred) and (not kinds or incident.kind in kinds)


def _order(incident: IncidentFact) -> tuple[str, ...]:
    return (str(incident.occurred), incident.kind, incident.description, incident.source)


def _incident(incident: IncidentFact) -> str:
    text = f"：{incident.description}" if incident.description else ""
    by = f"（{incident.reported_by}）" if incident.reported_by else ""
    whose = "所在单位 " if incident.of_unit else ""
    return f"{whose}{incident.occurred.chinese} {INCIDENTS.get(incident.kind, incident.kind)}{text}{by}"


def judge_departments(requirement: Departments, facts: Facts, reference: Reference) -> Judged:
    """通过 when each department answered 无异议; 有情况 is 不通过, with what it said."""
    return _replies(requirement.departments, facts, reference)


def _replies(departments: Sequence[str], facts: Facts, reference: Reference) -> Judged:
    told = [
        (item, _reply(reference.departments.get(key, key), item))
        for key in departments
        for item in _answers(key, facts)
    ]
    links = linked(Evidence(text, item.TABLE, item.source) for item, text in told)
    return Judged(
        all_of(_verdict(_answers(key, facts)) for key in departments), tuple(text for _, text in told), links
    )


def _answers(department: str, facts: Facts) -> list[ReplyFact]:
    """What a department said, silence when it said nothing."""
    found = [item for item in facts.replies if item.department == department]
    if len(found) > 1:
        found.sort(key=lambda item: (str(item.replied_on or ""), item.document, item.source))
    return found or [ReplyFact(department, Reply.SILENT)]


def _verdict(found: Sequence[ReplyFact]) -> Verdict:
    """A concern weighs more than any other answer, and one answer more than silence elsewhere."""
    answers = {item.answer for item in found}
    if Reply.CONCERN in answers:
        return Verdict.FAIL
    return Verdict.PASS if Reply.CLEAR in answers else Verdict.UNVERIFIED


def _reply(name: str, reply: ReplyFact) -> str:
    if reply.answer is Reply.SILENT:
        return f"{name}未复"
    details = [reply.replied_on.isoformat() if reply.replied_on else "", reply.document]
    paper = "，".join(filter(None, details))
    text = f"：{reply.text}" if reply.text else ""
    return f"{name}答复{reply.answer.label}{text}{f'（{paper}）' if paper else ''}"


def judge_debarment(requirement: NoDebarment, facts: Facts, reference: Reference) -> Judged:
    """No debarment covers the day to which the round reckons."""
    day = reference.deadline
    relevant = [
        item
        for item in facts.debarments
        if item.since.earliest <= day and (item.until is None or item.until.latest >= day)
    ]
    sure = any(
        item.since.latest <= day and (item.until is None or item.until.earliest >= day) for item in relevant
    )
    relevant.sort(key=lambda item: (str(item.since), item.reason, item.source))
    links = linked(Evidence(_debarment(item), item.TABLE, item.source) for item in relevant)
    told = tuple(map(_debarment, relevant)) or (f"{day} 没有在限制期内的记录",)
    return Judged(settle(sure=not relevant, possible=not sure), told, links)


def _debarment(item: DebarmentFact) -> str:
    until = f"至 {item.until.chinese}" if item.until else "起，尚未解除"
    paper = f"（{item.document}）" if item.document else ""
    return f"{item.since.chinese}{until}取消资格：{item.reason}{paper}"


def judge_earlier_failure(requirement: NoEarlierFailure, facts: Facts, reference: Reference) -> Judged:
    """No failure that lies, or may lie, in the last years; one without a date may."""
    span = window(requirement.period_years, requirement.counted, reference)
    relevant = [item for item in facts.failures if item.decided is None or span.may_hold(item.decided)]
    relevant.sort(key=lambda item: (str(item.decided or ""), item.batch, item.source))
    sure = any(item.decided is not None and span.holds(item.decided) for item in relevant)
    links = linked(Evidence(_failure(item), item.table, item.source) for item in relevant)
    told = tuple(map(_failure, relevant)) or ("没有以往批次验收未达标的记录",)
    return Judged(settle(sure=not relevant, possible=not sure), told, links)


def _failure(failure: FailureFact) -> str:
    details = [failure.decided.chinese if failure.decided else "时间未登记", failure.document]
    return f"{failure.batch}{failure.outcome.label}（{'，'.join(filter(None, details))}）"
