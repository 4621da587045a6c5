"""What is printed of applications: forms, 资格审查表, 推荐汇总表 and the slips for paper that came."""

from __future__ import annotations

from collections.abc import Collection
from itertools import groupby

from sqlalchemy.orm import Session

from db.vocabulary import ApplicationState
from dualcreate_desktop.office import documents
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.eligibility import assess
from dualcreate_desktop.office.printing import Job, Subject
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.papers.codes import PaperKind

Chosen = Collection[str] | None
"""Ids of applications; None for all that were not withdrawn."""


def forms(chosen: Chosen = None) -> Job:
    """申报表, copies together: 第1份, 第2份, then the next applicant."""

    def made(session: Session, current: Rules) -> list[Subject]:
        rows = _standing(session, current, chosen)
        return [Subject(row.id, documents.application_form(current, row)) for row in rows]

    return Job(PaperKind.APPLICATION, "申报表", made, _form_copies, word=True)


def eligibility_sheets(chosen: Chosen = None) -> Job:
    """资格审查表, one copy each."""

    def made(session: Session, current: Rules) -> list[Subject]:
        assessments = assess(session, current)
        return [
            Subject(row.id, documents.eligibility_sheet(current, row, assessments[row.id]))
            for row in _standing(session, current, chosen)
        ]

    return Job(PaperKind.ELIGIBILITY, "资格审查表", made, word=True)


def recommendations(chosen: Chosen = None) -> Job:
    """推荐汇总表 of every unit of the chosen applications, always with all that the unit recommends."""

    def made(session: Session, current: Rules) -> list[Subject]:
        units = {row.unit_id for row in _standing(session, current, chosen)}
        rows = [row for row in _standing(session, current, None) if row.unit_id in units]
        return [
            Subject(unit_id, documents.recommendation(current, list(own)))
            for unit_id, own in groupby(rows, key=lambda row: row.unit_id)
        ]

    return Job(PaperKind.SUMMARY, "推荐汇总表", made, _summary_copies, word=True)


def _standing(session: Session, current: Rules, chosen: Chosen) -> list[ApplicationRow]:
    return [
        row
        for row in applications(session, current.round_id)
        if row.state is not ApplicationState.WITHDRAWN and (chosen is None or row.id in chosen)
    ]


def _form_copies(current: Rules) -> int:
    """As many as the rules ask for of an application's first document on paper."""
    keys = (key for category in current.notice.categories for key in category.materials)
    return max((current.notice.material(key).copies for key in keys), default=1)


def _summary_copies(current: Rules) -> int:
    """As many as the rules ask for of the unit's 推荐汇总表; like the forms when they do not name it."""
    named = [item.copies for item in current.notice.materials if "汇总表" in item.name]
    return named[0] if named else _form_copies(current)
