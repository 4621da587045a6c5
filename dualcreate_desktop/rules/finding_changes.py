"""What changed between two lists of findings, in words; and findings as plain JSON, as a printed sheet keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from db.vocabulary import Verdict
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.requirements import Force
from dualcreate_desktop.rules.verdicts import Evidence

_VERDICTS: Mapping[str, Verdict] = {item.value: item for item in Verdict}
_FORCES: Mapping[str, Force] = {item.value: item for item in Force}


def to_plain(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Lists, texts and None only, for JSON."""
    return [
        {
            "key": item.key,
            "label": item.label,
            "clause": item.clause,
            "verdict": item.verdict.value,
            "evidence": list(item.evidence),
            "force": item.force.value,
            "confirmed_by": item.confirmed_by,
            "confirmed_at": item.confirmed_at.isoformat() if item.confirmed_at else None,
            "reason": item.reason,
            "approver": item.approver,
            "links": [[link.text, link.table, link.record_id] for link in item.links],
        }
        for item in findings
    ]


def from_plain(plain: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """What :func:`to_plain` wrote; KeyError or ValueError when it is something else."""
    return tuple(
        Finding(
            key=item["key"],
            label=item["label"],
            clause=item["clause"],
            verdict=_VERDICTS[item["verdict"]],
            evidence=tuple(item["evidence"]),
            force=_FORCES[item["force"]],
            confirmed_by=item["confirmed_by"],
            confirmed_at=datetime.fromisoformat(item["confirmed_at"]) if item["confirmed_at"] else None,
            reason=item["reason"],
            approver=item["approver"],
            links=tuple(Evidence(*link) for link in item["links"]),
        )
        for item in plain
    )


def diff_findings(before: Iterable[Finding], after: Iterable[Finding]) -> tuple[str, ...]:
    """What is otherwise in `after`, in Chinese sentences, in its order; what is gone comes last.

    The records behind a finding are no difference: what they say stands in its sentences.
    """
    old = {item.key: item for item in before}
    new = {item.key: item for item in after}
    told = [text for key, item in new.items() for text in _changes(old.get(key), item)]
    gone = [f"{_name(item)}：不再是条件。" for key, item in old.items() if key not in new]
    return (*told, *gone)


def _changes(old: Finding | None, new: Finding) -> Iterator[str]:
    if old is None:
        yield f"{_name(new)}：新增的条件，{new.verdict.label}。"
        return
    parts = [*_rule(old, new), *_verdict(old, new), *_evidence(old.evidence, new.evidence), *_word(old, new)]
    if parts:
        yield f"{_name(new)}：{'；'.join(parts)}。"


def _name(finding: Finding) -> str:
    return f"“{finding.label}”（{finding.clause}）"


def _rule(old: Finding, new: Finding) -> Iterator[str]:
    if old.label != new.label:
        yield f"原称“{old.label}”"
    if old.clause != new.clause:
        yield f"条款原为 {old.clause}"
    if old.force is not new.force:
        yield f"由“{old.force.label}”改为“{new.force.label}”"


def _verdict(old: Finding, new: Finding) -> Iterator[str]:
    if old.verdict is not new.verdict:
        yield f"由“{old.verdict.label}”变为“{new.verdict.label}”"


def _evidence(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    added = [text for text in new if text not in old]
    dropped = [text for text in old if text not in new]
    if added:
        yield f"现在：{'，'.join(added)}"
    if dropped:
        yield f"原来：{'，'.join(dropped)}"
    if not (added or dropped) and old != new:
        yield "依据的先后有调整"


def _word(old: Finding, new: Finding) -> Iterator[str]:
    """Who confirmed it, when, why, and who approved."""
    was, now = _signed(old), _signed(new)
    if was == now:
        return
    if not was:
        yield now
    elif not now:
        yield f"不再有核实（原由{was}）"
    else:
        yield f"{now}（原由{was}）"


def _signed(finding: Finding) -> str:
    if finding.confirmed_at is None:
        return ""
    reason = f"，理由：{finding.reason}" if finding.reason else ""
    approved = f"，批准人{finding.approver}" if finding.approver else ""
    return f"{finding.confirmed_by} {finding.confirmed_at:%Y-%m-%d %H:%M} 核实{reason}{approved}"
