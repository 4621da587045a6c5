"""findings: every condition of every application, with its evidence and who confirmed it."""

from __future__ import annotations

import argparse
from typing import Any

from dualcreate_desktop.commands.opening import describe_round, tell_rounds
from dualcreate_desktop.office.applications import ApplicationRow, applications_of
from dualcreate_desktop.office.eligibility import Assessment, assess_round
from dualcreate_desktop.office.rounds import rules_of
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.conditions import Finding

HELP = "列出每项申报逐条的审查意见、依据和核实人"


def describe(parser: argparse.ArgumentParser) -> None:
    """Its arguments."""
    describe_round(parser)


def run(arguments: argparse.Namespace) -> int:
    """Tell the findings of each round."""
    return tell_rounds(arguments, _round, _tell)


def _round(office: Office, round_id: str) -> dict[str, Any]:
    rules, assessments = rules_of(office, round_id), assess_round(office, round_id)
    rows = applications_of(office, round_id)
    return {
        "round": rules.round_name,
        "rules_version": rules.version,
        "applications": [_application(row, assessments[row.id]) for row in rows],
    }


def _application(row: ApplicationRow, assessment: Assessment) -> dict[str, Any]:
    return {
        "id": row.id,
        "category": row.category,
        "unit": row.unit_name,
        "applicant": row.applicant,
        "state": row.state.label,
        "overall": assessment.overall.label,
        "findings": [_finding(finding) for finding in assessment.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "key": finding.key,
        "clause": finding.clause,
        "condition": finding.label,
        "force": finding.force.label,
        "verdict": finding.verdict.label,
        "evidence": list(finding.evidence),
        "records": [{"table": link.table, "id": link.record_id, "text": link.text} for link in finding.links],
        "confirmed_by": finding.confirmed_by,
        "confirmed_at": finding.confirmed_at.isoformat() if finding.confirmed_at else None,
        "reason": finding.reason,
        "approver": finding.approver,
    }


def _tell(told: dict[str, Any]) -> None:
    print(f"{told['round']}（规则第 {told['rules_version']} 版）")
    for application in told["applications"]:
        print(f"  {application['unit']}　{application['applicant']}：{application['overall']}")
        for finding in application["findings"]:
            by = f"　{finding['confirmed_by']}核实" if finding["confirmed_by"] else ""
            print(f"    {finding['clause']}　{finding['condition']}：{finding['verdict']}{by}")
            for text in finding["evidence"]:
                print(f"      {text}")
