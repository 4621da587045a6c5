"""All findings of 2,000 applications over 20,000 branches, against one plain SQL query that fetches the same facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import roster
from figures import in_turn, ratio, seconds
from sqlalchemy import select

from db.history import Writer
from db.models import (
    Application,
    Appraisal,
    Branch,
    Confirmation,
    Growth,
    GuideAnswer,
    Honour,
    Incident,
    Inquiry,
    InquiryReply,
    Staffing,
    Topic,
    Unit,
)
from db.vocabulary import ApplicationState, GuideOccasion, HolderKind, Reply, Verdict
from dualcreate_desktop.office import eligibility, rounds
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.rules.terms import GROWTH, STAFF

ROUNDS = 5
APPLICATIONS = 2_000
PRESET = "third-batch-2023"
DEPARTMENTS = ("discipline", "publicity", "students", "security")
CONFIRMED = ("branch_role", "branch_communities", "branch_staff_results", "branch_student_results")
BODIES = """
    WITH applied AS (SELECT id, unit_id, branch_id FROM application WHERE round_id = :round),
         own AS (SELECT coalesce(branch_id, unit_id) AS body FROM applied),
         members AS (
             SELECT branch.id AS body FROM branch JOIN applied USING (unit_id) WHERE applied.branch_id IS NULL
         )
"""
OWN = "coalesce(branch_id, unit_id) IN (SELECT body FROM own)"
ALL = f"({OWN} OR branch_id IN (SELECT body FROM members))"
OF_APPLICATION = "application_id IN (SELECT id FROM applied)"
FACTS = (
    "SELECT 'branch', id, kind, founded, planned_end, planned_reason FROM branch WHERE id IN (SELECT body FROM own)",
    "SELECT 'unit', id, kind, founded, NULL, NULL FROM unit WHERE id IN (SELECT unit_id FROM applied)",
    f"SELECT 'appraisal', id, kind, year, grade, secretary FROM appraisal WHERE {OWN}",
    f"SELECT 'honour', title || level, awarded, holder, holder_name, party FROM honour WHERE {ALL}",
    f"SELECT 'incident', id, occurred, kind, description, source FROM incident WHERE {OWN}",
    f"SELECT 'growth', id, year, measure, number, NULL FROM growth WHERE {ALL}",
    f"SELECT 'topic', kind || title, level, number, started, ended FROM topic WHERE {ALL}",
    "SELECT 'staffing', role, year, required, actual, NULL FROM staffing WHERE unit_id IN (SELECT unit_id FROM applied)",
    f"SELECT 'guide', guide, item, occasion, met, text FROM guide_answer WHERE {OF_APPLICATION}",
    f"SELECT 'confirmed', condition, verdict, by, at, reason FROM confirmation WHERE {OF_APPLICATION}",
    "SELECT 'reply', department, answer, text, inquiry_reply.document, replied_on"
    f" FROM inquiry_reply JOIN inquiry ON inquiry.id = inquiry_id WHERE {OF_APPLICATION}",
    "SELECT 'secretary', name, since, double_leader, post.unit_id, branch_id"
    " FROM post JOIN person ON person.id = person_id WHERE role = 'secretary' AND until IS NULL"
    " AND coalesce(branch_id, post.unit_id) IN (SELECT body FROM own)",
)
"""The same facts, as six columns each; SQLite reads them all in one statement."""


def against_one_query(filled: Path) -> str:
    """From the open store to a verdict on every condition of every application, in an office that has the roster."""
    office = roster.open_store(filled)
    try:
        round_id = add_round(office)
        times = in_turn(
            lambda: seconds(lambda: eligibility.assess_round(office, round_id)),
            lambda: seconds(lambda: fetch(office, round_id)),
            ROUNDS,
        )
        title = (
            f"All findings of {APPLICATIONS:,} applications over {roster.ROWS:,} branches, "
            f"{len(fetch(office, round_id)):,} facts : one plain SQL query that fetches these facts"
        )
    finally:
        office.close()
    return ratio(title, *times, aim="≤ 10×")


def fetch(office: Office, round_id: str) -> list[Any]:
    """The peer: rows as the driver gives them, no objects."""
    sql = BODIES + " UNION ALL ".join(FACTS)
    with office.read() as session:
        cursor = session.connection().connection.cursor()
        return cursor.execute(sql, {"round": round_id}).fetchall()


def add_round(office: Office) -> str:
    """A round with its applications and what conditions ask of each."""
    preset = next(item for item in rounds.presets() if item.key == PRESET)
    round_id = rounds.create_round(office, "测速", preset.toml, PRESET)
    with office.read() as session:
        branches = list(session.execute(select(Branch.id, Branch.unit_id).order_by(Branch.id)).tuples())
        units = list(session.scalars(select(Unit.id).order_by(Unit.id)))
        version = rounds.rules(session, round_id).version_id
    with office.change("测速数据") as session:
        applied = session.record_new(Application, list(_applications(round_id, branches, units)))
        _add_records(session, Random(2024), branches, units)
        _add_answers(session, round_id, version, applied)
    return round_id


def _applications(
    round_id: str, branches: list[tuple[str, str]], units: list[str]
) -> Iterator[Mapping[str, Any]]:
    """Each unit itself, and branches spread over all of them."""
    every = len(branches) // (APPLICATIONS - len(units))
    shared = {"round_id": round_id, "state": ApplicationState.SUBMITTED}
    for unit in units:
        yield {**shared, "category": "benchmark_unit", "unit_id": unit}
    for branch, unit in islice(branches[::every], APPLICATIONS - len(units)):
        yield {**shared, "category": "model_branch", "unit_id": unit, "branch_id": branch}


def _add_records(session: Writer, chance: Random, branches: list[tuple[str, str]], units: list[str]) -> None:
    def graded(unit: str, branch: str | None, year: int, kind: str) -> Mapping[str, Any]:
        grade = chance.choice(("好", "较好", "优秀"))
        return {"unit_id": unit, "branch_id": branch, "year": year, "kind": kind, "grade": grade}

    def honoured(unit: str, branch: str) -> Mapping[str, Any]:
        return {
            "unit_id": unit,
            "branch_id": branch,
            "holder": HolderKind.MEMBER,
            "holder_name": f"党员{chance.randrange(10**6)}",
            "title": "校优秀共产党员",
            "level": "university",
            "awarded": f"{chance.randint(2016, 2023)}-06",
            "party": True,
        }

    appraisals = [
        graded(unit, branch, year, "branch_work") for branch, unit in branches for year in (2021, 2022, 2023)
    ]
    appraisals += [
        graded(unit, None, year, kind)
        for unit in units
        for year in range(2019, 2024)
        for kind in ("secretary_report", "leadership")
    ]
    session.record_new(Appraisal, appraisals)
    session.record_new(Honour, [honoured(unit, branch) for branch, unit in branches[::2]])
    session.record_new(
        Incident,
        [
            {"unit_id": unit, "branch_id": branch, "occurred": "2019-05", "kind": "safety"}
            for branch, unit in branches[::100]
        ],
    )
    session.record_new(
        Growth,
        [
            {"unit_id": unit, "year": year, "measure": measure, "number": chance.randrange(5)}
            for unit in units
            for year in range(2019, 2024)
            for measure in GROWTH
        ],
    )
    session.record_new(
        Staffing,
        [
            {"unit_id": unit, "year": 2023, "role": role, "required": 9, "actual": 9}
            for unit in units
            for role in STAFF
        ],
    )
    session.record_new(
        Topic,
        [
            {
                "unit_id": unit,
                "kind": "topic",
                "title": "支部工作研究",
                "level": "university",
                "started": "2022",
            }
            for unit in units
        ],
    )


def _add_answers(session: Writer, round_id: str, version: str, applied: list[str]) -> None:
    """What departments, applicants and the office said of each application."""
    letters = [{"round_id": round_id, "department": key} for key in DEPARTMENTS]
    inquiries = session.record_new(Inquiry, letters)
    session.record_new(
        InquiryReply,
        [
            {"inquiry_id": inquiry, "application_id": application, "answer": Reply.CLEAR}
            for application in applied
            for inquiry in inquiries
        ],
    )
    answer = {"guide": "branch_tasks", "occasion": GuideOccasion.APPLICATION, "met": True}
    items = ("educate", "manage", "supervise", "organise", "publicise", "unite", "serve")
    session.record_new(
        GuideAnswer,
        [
            {**answer, "application_id": application, "item": item}
            for application in applied
            for item in items
        ],
    )
    signed = {"rule_version_id": version, "verdict": Verdict.PASS, "by": "王敏", "at": datetime(2024, 3, 18)}
    session.record_new(
        Confirmation,
        [
            {**signed, "application_id": application, "condition": key}
            for application in applied
            for key in CONFIRMED
        ],
    )
