"""Printing: papers of a round, each copy with its own code, each run in the journal.

One path for file and window: `prepare` makes the papers from the store, `render` sets them, and only when they are
printed or saved `log_run` writes down what went out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.models import Printed
from db.vocabulary import ApplicationState
from dualcreate_desktop.office import documents
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.decisions import published
from dualcreate_desktop.office.own_unit import headed
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.papers.codes import PaperCode, PaperKind, copies
from dualcreate_desktop.papers.content import Document, digest, texts

Progress = Callable[[int, int], None]
"""Told how many of how many documents are done; raises to stop."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a paper is about, the paper, and how many copies of it the rules ask for.

    Args:
        content: what is kept of it besides, as plain JSON, so that a later difference can be said in words.
    """

    subject_id: str
    document: Document
    copies: int = 1
    content: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One kind of paper to print.

    Args:
        title: what the office calls it; the name of a file, a word of the journal.
        made: the papers, from what the store holds.
        word: whether it is also given out as Word, to be edited.
    """

    kind: PaperKind
    title: str
    made: Callable[[Session, Rules], list[Subject]]
    word: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """A print run before it goes out.

    Args:
        documents: every copy of every paper, in the order of printing.
        originals: each paper once, without code and copy, for Word; empty where there is no Word version.
        entries: what will be logged, one for each document.
    """

    title: str
    documents: tuple[Document, ...]
    originals: tuple[Document, ...]
    entries: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A print run as a PDF file in memory.

    Args:
        parts: how many pages each document has; on both sides of the paper each begins on a sheet of its own.
        missing: characters that no font has; 〓 stands in their place.
    """

    prepared: Prepared
    data: bytes
    parts: tuple[int, ...]
    missing: tuple[str, ...]

    @property
    def pages(self) -> int:
        """All of them."""
        return sum(self.parts)


@dataclass(frozen=True, slots=True)
class PrintRun:
    """A file that was made: its pages and its documents."""

    path: Path
    pages: int
    documents: int


def prepare(office: Office, round_id: str, job: Job) -> Prepared:
    """Make the papers and number their copies.

    Raises:
        NotAllowed: there is nothing to print.
    """
    with office.read() as session:
        current = headed(session, rules(session, round_id))
        subjects = job.made(session, current)
        first = _next_code(session, job.kind, office.clock().date())
    if not subjects:
        raise NotAllowed(f"没有可打印的{job.title}", todo="请先导入或填写申报。")
    numbered = [
        paper
        for place, subject in enumerate(subjects)
        for paper in _numbered(subject, replace(first, serial=first.serial + place))
    ]
    return Prepared(
        job.title,
        tuple(paper.document for paper in numbered),
        tuple(subject.document for subject in subjects) if job.word else (),
        tuple(_entry(paper, current, job.kind) for paper in numbered),
    )


def render(prepared: Prepared, progress: Progress | None = None) -> Rendered:
    """Set the papers as one PDF and find the characters that cannot be printed."""
    from dualcreate_desktop.papers.fonts import missing_glyphs
    from dualcreate_desktop.papers.pdf import pdf_bytes

    data, parts = pdf_bytes(prepared.documents, progress=progress)
    words = "".join(dict.fromkeys("".join(chain.from_iterable(map(texts, prepared.documents)))))
    return Rendered(prepared, data, parts, missing_glyphs(words))


def log_run(office: Office, prepared: Prepared, *, how: str = "打印") -> Changed | None:
    """Write down what went out; nothing when this very run was logged before.

    Args:
        how: what was done with it, as in 打印 or 另存.

    Raises:
        StaleData: something else was printed under these codes since the run was prepared.
    """
    with office.change(f"{how} {prepared.title}（{len(prepared.documents)} 份）") as session:
        known = _logged(session, prepared)
        new = [entry for entry in prepared.entries if entry["code"] not in known]
        session.record_new(Printed, [{**entry, "printed_at": office.clock()} for entry in new])
    return session.changed


def save_pdf(office: Office, rendered: Rendered, path: Path) -> PrintRun:
    """Save the run as a file and log it.

    Raises:
        UserError: the file cannot be written.
    """
    from dualcreate_desktop.papers.saving import make_folder, save_whole

    make_folder(path.parent)
    save_whole(path, lambda unfinished: unfinished.write_bytes(rendered.data))
    log_run(office, rendered.prepared, how="另存")
    return PrintRun(path, rendered.pages, len(rendered.prepared.documents))


def save_word(prepared: Prepared, path: Path) -> None:
    """Save the papers as one Word file, to be edited.

    Raises:
        UserError: the file cannot be written.
    """
    from dualcreate_desktop.papers.saving import make_folder
    from dualcreate_desktop.papers.word import write_word

    make_folder(path.parent)
    write_word(prepared.originals, path)


def print_file(office: Office, round_id: str, path: Path, job: Job) -> PrintRun:
    """Prepare, render and save a run in one go.

    Raises:
        NotAllowed: there is nothing to print.
        UserError: the file cannot be written.
    """
    return save_pdf(office, render(prepare(office, round_id, job)), path)


def public_notice(round_id: str) -> Job:
    """公示 of a round; preparing it is refused while none has been published."""

    def made(session: Session, current: Rules) -> list[Subject]:
        notice = published(session, round_id)
        if notice is None:
            raise NotAllowed("本批次还没有发布公示", todo="请先在“公示”中确定公示时间。")
        proposed = [row for row in applications(session, round_id) if row.state in _PUBLISHED]
        return [Subject(round_id, documents.public_notice(current, notice, proposed))]

    return Job(PaperKind.NOTICE, "公示", made, word=True)


def write_public_notice(office: Office, round_id: str, folder: Path) -> tuple[PrintRun, Path]:
    """公示 as PDF to look at and as Word to edit; the document number and red head come from the OA.

    Raises:
        NotAllowed: no notice has been published.
    """
    prepared = prepare(office, round_id, public_notice(round_id))
    run = save_pdf(office, render(prepared), folder / "公示.pdf")
    word = folder / "公示.docx"
    save_word(prepared, word)
    return run, word


_PUBLISHED = frozenset({ApplicationState.PROPOSED, ApplicationState.SELECTED})


@dataclass(frozen=True, slots=True)
class _Numbered:
    """One copy of a paper and the code under which it is logged."""

    subject: Subject
    number: int
    code: str
    document: Document


def _numbered(subject: Subject, code: PaperCode) -> list[_Numbered]:
    """The copies of a paper; a single one is not labelled, and what is published bears no code."""
    if code.kind.published:
        made: Sequence[Document] = [subject.document]
    elif subject.copies == 1:
        made = [replace(subject.document, code=code.digits)]
    else:
        made = copies(subject.document, subject.copies, code)
    return [
        _Numbered(subject, number, replace(code, copy=number).digits, document)
        for number, document in enumerate(made, 1)
    ]


def _entry(paper: _Numbered, current: Rules, kind: PaperKind) -> dict[str, object]:
    return {
        "code": paper.code,
        "subject": paper.subject.subject_id,
        "paper": kind.name.lower(),
        "copy": paper.number,
        "digest": digest(paper.subject.document),
        "rule_version_id": current.version_id,
        "content": paper.subject.content,
    }


def _logged(session: Session, prepared: Prepared) -> set[str]:
    """The codes of a run that were logged before, all for what it prints."""
    wanted = {str(entry["code"]): (entry["subject"], entry["digest"]) for entry in prepared.entries}
    found = session.execute(
        select(Printed.code, Printed.subject, Printed.digest).where(
            Printed.code.between(min(wanted), max(wanted))
        )
    )
    known = {code: (subject, content) for code, subject, content in found if code in wanted}
    if any(wanted[code] != content for code, content in known.items()):
        raise StaleData("预览之后又打印过别的材料，编码已被占用", todo="请重新预览后再打印。")
    return set(known)


def _next_code(session: Session, kind: PaperKind, today: date) -> PaperCode:
    """The first code of the day whose serial no paper of the kind bears yet."""
    start = PaperCode(kind, today, 0, 0).digits[:8]
    last = session.scalar(select(func.max(Printed.code)).where(Printed.code.startswith(start)))
    return PaperCode(kind, today, 1 if last is None else int(last[8:13]) + 1, 1)
