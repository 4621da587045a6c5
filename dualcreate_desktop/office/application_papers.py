"""What is printed of applications: forms, 资格审查表, 推荐汇总表 and the slips for paper that came."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Application, Change, Receipt
from dualcreate_desktop.office import documents
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.eligibility import judged
from dualcreate_desktop.office.evidence import gather
from dualcreate_desktop.office.finding_prints import kept
from dualcreate_desktop.office.inquiries import by_application
from dualcreate_desktop.office.own_unit import own_unit
from dualcreate_desktop.office.printing import Job, Subject
from dualcreate_desktop.office.receipts import Paper, materials, papers, unit_papers
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.papers.codes import PaperKind
from dualcreate_desktop.rules.facts import Facts

Chosen = Collection[str] | None
"""Ids of applications; None for all that were not withdrawn."""


def forms(chosen: Chosen = None) -> Job:
    """申报表, copies together: 第1份, 第2份, then the next applicant."""

    def made(session: Session, current: Rules) -> list[Subject]:
        rows = _standing(session, current, chosen)
        return [
            Subject(row.id, documents.application_form(current, row), _form_copies(current, row.category))
            for row in rows
        ]

    return Job(PaperKind.APPLICATION, "申报表", made, word=True)


def eligibility_sheets(chosen: Chosen = None) -> Job:
    """资格审查表, one copy each; what was found and known is kept, so that one can tell what changed since."""

    def made(session: Session, current: Rules) -> list[Subject]:
        rows = _standing(session, current, chosen)
        facts = _facts(session, current, rows)
        said = by_application(session, current)

        def sheet(row: ApplicationRow) -> Subject:
            found = judged(current, row.id, row.category, facts[row.id])
            document = documents.eligibility_sheet(current, row, found, said.get(row.id, ()))
            return Subject(row.id, document, content=kept(found.findings, facts[row.id]))

        return [sheet(row) for row in rows]

    return Job(PaperKind.ELIGIBILITY, "资格审查表", made, word=True)


def recommendations(chosen: Chosen = None) -> Job:
    """推荐汇总表 of every unit of the chosen applications, always with all that the unit recommends."""

    def made(session: Session, current: Rules) -> list[Subject]:
        units = {row.unit_id for row in _standing(session, current, chosen)}
        rows = [row for row in _standing(session, current, None) if row.unit_id in units]
        return [
            Subject(unit_id, documents.recommendation(current, list(own)), _summary_copies(current))
            for unit_id, own in groupby(rows, key=lambda row: row.unit_id)
        ]

    return Job(PaperKind.SUMMARY, "推荐汇总表", made, word=True)


def receipt_slips(chosen: Chosen = None) -> Job:
    """回执 of what came of the chosen applications and of what their units send once, a slip a unit.

    Raises:
        NotAllowed: when it is made, nothing has come of them yet.
    """

    def made(session: Session, current: Rules) -> list[Subject]:
        came, once = papers(session, current), unit_papers(session, current)
        serials, keeper = _serials(session, current), own_unit(session).reachable
        rows = _standing(session, current, chosen)
        return [
            Subject(unit_id, documents.receipt_slip(current, serials[unit_id], own, brought, keeper))
            for unit_id, own in ((key, list(own)) for key, own in groupby(rows, key=lambda row: row.unit_id))
            if (brought := _brought(own, came, once[unit_id]))
        ]

    return Job(PaperKind.RECEIPT, "收件回执", made)


def _brought(
    rows: Sequence[ApplicationRow], came: Mapping[str, Paper], once: Paper
) -> list[tuple[str, Paper]]:
    """Whose paper, and what came of it; nothing when no copy has come. An applicant is named where there are several."""
    own = [(f"{row.title}：" if len(rows) > 1 else "", came[row.id]) for row in rows]
    sent = [*own, ("", once)] if once.has_come else own
    return sent if any(paper.has_come for _, paper in sent) else []


def _serials(session: Session, current: Rules) -> dict[str, int]:
    """A number for what each unit brought last: that of the change that recorded it, so that it never returns."""
    newest = (
        select(Receipt.unit_id, func.max(Change.n))
        .join(Change, Change.id == Receipt.revision)
        .where(Receipt.round_id == current.round_id)
        .group_by(Receipt.unit_id)
    )
    return dict(session.execute(newest).all())


def _standing(session: Session, current: Rules, chosen: Chosen) -> list[ApplicationRow]:
    rows = documents.standing(applications(session, current.round_id))
    return [row for row in rows if chosen is None or row.id in chosen]


def _facts(session: Session, current: Rules, rows: Sequence[ApplicationRow]) -> Mapping[str, Facts]:
    wanted = select(Application).where(Application.id.in_([row.id for row in rows]))
    return gather(session, session.scalars(wanted).all(), current.notice.lineage)


def _form_copies(current: Rules, category: str) -> int:
    """As many as the rules ask for of a category's first document on paper; one when all come as files."""
    asked = materials(current, category)
    return asked[0].copies if asked else 1


def _summary_copies(current: Rules) -> int:
    """As many as the rules ask for of the unit's 推荐汇总表; like the forms when they do not name it."""
    named = [item.copies for item in current.notice.materials if "汇总表" in item.name and item.copies]
    forms = [_form_copies(current, category.key) for category in current.notice.categories]
    return named[0] if named else max(forms)
