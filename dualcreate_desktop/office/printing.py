"""Printing: papers of a round as files, each copy with its own code, each run in the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Printed
from db.vocabulary import ApplicationState
from dualcreate_desktop.office import documents
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.decisions import published
from dualcreate_desktop.office.eligibility import assess
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.codes import PaperCode, PaperKind, copies
from dualcreate_desktop.papers.content import Document, digest

Progress = Callable[[int, int], None]
"""Told how many of how many documents are done; raises to stop."""


@dataclass(frozen=True, slots=True)
class PrintRun:
    """A file that was made: its pages and its documents."""

    path: Path
    pages: int
    documents: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is about, and the paper."""

    subject_id: str
    document: Document


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of paper to print.

    Args:
        made: the papers, from what the store holds.
        copies: how many of each, by the rules.
    """

    kind: PaperKind
    made: Callable[[Session, Rules], list[Subject]]
    copies: Callable[[Rules], int] = lambda _rules: 1


def print_recommendations(
    office: Office, round_id: str, path: Path, *, progress: Progress | None = None
) -> PrintRun:
    """推荐汇总表 of every unit that applies, with as many copies as the rules ask for."""

    def made(session: Session, current: Rules) -> list[Subject]:
        rows = _standing(session, round_id)
        return [
            Subject(unit_id, documents.recommendation(current, list(own)))
            for unit_id, own in groupby(rows, key=lambda row: row.unit_id)
        ]

    return _print(office, round_id, path, Job(PaperKind.SUMMARY, made, _summary_copies), progress)


def print_forms(
    office: Office,
    round_id: str,
    path: Path,
    *,
    chosen: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> PrintRun:
    """申报表 of the chosen applications (all when None), copies together: 第1份, 第2份, then the next applicant."""

    def made(session: Session, current: Rules) -> list[Subject]:
        rows = [row for row in _standing(session, round_id) if chosen is None or row.id in chosen]
        return [Subject(row.id, documents.application_form(current, row)) for row in rows]

    return _print(office, round_id, path, Job(PaperKind.APPLICATION, made, _form_copies), progress)


def print_eligibility(
    office: Office,
    round_id: str,
    path: Path,
    *,
    chosen: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> PrintRun:
    """资格审查表 of the chosen applications (all when None), one copy each."""

    def made(session: Session, current: Rules) -> list[Subject]:
        assessments = assess(session, current)
        rows = [row for row in _standing(session, round_id) if chosen is None or row.id in chosen]
        return [
            Subject(row.id, documents.eligibility_sheet(current, row, assessments[row.id])) for row in rows
        ]

    return _print(office, round_id, path, Job(PaperKind.ELIGIBILITY, made), progress)


def write_public_notice(office: Office, round_id: str, folder: Path) -> tuple[PrintRun, Path]:
    """公示 as PDF to look at and as Word to edit; the document number and red head come from the OA.

    Raises:
        NotAllowed: no notice has been published.
    """
    from dualcreate_desktop.papers.word import write_word

    def made(session: Session, current: Rules) -> list[Subject]:
        notice = published(session, round_id)
        if notice is None:
            raise NotAllowed("本批次还没有发布公示", todo="请先在“公示”中确定公示时间。")
        proposed = [row for row in applications(session, round_id) if row.state in _PUBLISHED]
        return [Subject(round_id, documents.public_notice(current, notice, proposed))]

    run = _print(office, round_id, folder / "公示.pdf", Job(PaperKind.NOTICE, made), None)
    with office.read() as session:
        (subject,) = made(session, rules(session, round_id))
    word = folder / "公示.docx"
    write_word(subject.document, word)
    return run, word


_PUBLISHED = frozenset({ApplicationState.PROPOSED, ApplicationState.SELECTED})


@dataclass(frozen=True, slots=True)
class _Numbered:
    """One copy of a paper and the code under which it is logged."""

    subject: Subject
    number: int
    code: str
    document: Document


def _print(office: Office, round_id: str, path: Path, job: Job, progress: Progress | None) -> PrintRun:
    """Make the documents, number their copies, write the file, then log the run."""
    from dualcreate_desktop.papers.pdf import write_pdf

    with office.read() as session:
        current = rules(session, round_id)
        subjects = job.made(session, current)
        first = _next_code(session, job.kind, office.clock().date())
    if not subjects:
        raise NotAllowed("没有可打印的内容", todo="请先导入或填写申报。")
    total = job.copies(current)
    papers = [
        paper
        for place, subject in enumerate(subjects)
        for paper in _numbered(subject, total, replace(first, serial=first.serial + place))
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    pages = write_pdf([paper.document for paper in papers], path, progress=progress)
    with office.change(f"打印 {path.stem}（{len(papers)} 份）") as session:
        session.record_new(Printed, [_logged(paper, office, current, job.kind) for paper in papers])
    return PrintRun(path, pages, len(papers))


def _numbered(subject: Subject, total: int, code: PaperCode) -> list[_Numbered]:
    """The copies of a paper; a single one is not labelled, and what is published bears no code."""
    if code.kind is PaperKind.NOTICE:
        made = [subject.document]
    elif total == 1:
        made = [replace(subject.document, code=code.digits)]
    else:
        made = list(copies(subject.document, total, code))
    return [
        _Numbered(subject, number, replace(code, copy=number).digits, document)
        for number, document in enumerate(made, 1)
    ]


def _logged(paper: _Numbered, office: Office, current: Rules, kind: PaperKind) -> dict[str, object]:
    return {
        "code": paper.code,
        "subject": paper.subject.subject_id,
        "paper": kind.name.lower(),
        "copy": paper.number,
        "digest": digest(paper.subject.document),
        "rule_version_id": current.version_id,
        "printed_at": office.clock(),
    }


def _next_code(session: Session, kind: PaperKind, today: date) -> PaperCode:
    """The first code of the day whose serial no paper of the kind bears yet."""
    start = PaperCode(kind, today, 0, 0).digits[:8]
    last = session.scalar(select(func.max(Printed.code)).where(Printed.code.startswith(start)))
    return PaperCode(kind, today, 1 if last is None else int(last[8:13]) + 1, 1)


def _standing(session: Session, round_id: str) -> list[ApplicationRow]:
    return [row for row in applications(session, round_id) if row.state is not ApplicationState.WITHDRAWN]


def _form_copies(current: Rules) -> int:
    """As many as the rules ask for of an application's first document on paper."""
    keys = (key for category in current.notice.categories for key in category.materials)
    return max((current.notice.material(key).copies for key in keys), default=1)


def _summary_copies(current: Rules) -> int:
    """As many as the rules ask for of the unit's 推荐汇总表; like the forms when they do not name it."""
    named = [item.copies for item in current.notice.materials if "汇总表" in item.name]
    return named[0] if named else _form_copies(current)
