"""Printing: papers of a round as files, each copy with its own code, each run in the journal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
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

    return _print(office, round_id, path, PaperKind.SUMMARY, made, _summary_copies, progress)


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

    return _print(office, round_id, path, PaperKind.APPLICATION, made, _form_copies, progress)


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

    return _print(office, round_id, path, PaperKind.ELIGIBILITY, made, lambda _rules: 1, progress)


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

    folder.mkdir(parents=True, exist_ok=True)
    run = _print(office, round_id, folder / "公示.pdf", PaperKind.NOTICE, made, lambda _rules: 1, None)
    with office.read() as session:
        (subject,) = made(session, rules(session, round_id))
    word = folder / "公示.docx"
    write_word(subject.document, word)
    return run, word


_PUBLISHED = frozenset({ApplicationState.PROPOSED, ApplicationState.SELECTED})


def _print(
    office: Office,
    round_id: str,
    path: Path,
    kind: PaperKind,
    made: Callable[[Session, Rules], list[Subject]],
    number: Callable[[Rules], int],
    progress: Progress | None,
) -> PrintRun:
    """Make the documents, number their copies, write the file, then log the run."""
    from dualcreate_desktop.papers.pdf import write_pdf

    today = office.clock().date()
    with office.read() as session:
        current = rules(session, round_id)
        subjects = made(session, current)
        serial = _next_serial(session, kind, today)
    if not subjects:
        raise NotAllowed("没有可打印的内容", todo="请先导入或填写申报。")
    total = number(current)
    sets = [
        copies(subject.document, total, PaperCode(kind, today, serial + place, 1))
        for place, subject in enumerate(subjects)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    pages = write_pdf(
        [document for one in sets for document in one], path, duplex=total > 1, progress=progress
    )
    with office.change(f"打印 {path.stem}（{sum(map(len, sets))} 份）") as session:
        _log(session, office, current, kind, subjects, sets)
    return PrintRun(path, pages, sum(map(len, sets)))


def _log(
    session: Writer,
    office: Office,
    current: Rules,
    kind: PaperKind,
    subjects: Sequence[Subject],
    sets: Sequence[Sequence[Document]],
) -> None:
    session.record_new(
        Printed,
        [
            {
                "code": document.code,
                "subject": subject.subject_id,
                "paper": kind.name.lower(),
                "copy": number,
                "digest": digest(subject.document),
                "rule_version_id": current.version_id,
                "printed_at": office.clock(),
            }
            for subject, one in zip(subjects, sets, strict=True)
            for number, document in enumerate(one, 1)
        ],
    )


def _next_serial(session: Session, kind: PaperKind, today: date) -> int:
    """The first serial of the day that no paper of the kind bears yet."""
    start = PaperCode(kind, today, 0, 0).digits[:8]
    last = session.scalar(select(func.max(Printed.code)).where(Printed.code.startswith(start)))
    return 1 if last is None else int(last[8:13]) + 1


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
