"""征求意见函: one letter to each department, all prepared at once, printed, and followed up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.vocabulary import ApplicationState, Reply
from dualcreate_desktop.office import inquiries
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.grounds import grounds
from dualcreate_desktop.office.inquiries import ReplyRow, reply_rows
from dualcreate_desktop.office.own_unit import OwnUnit, own_unit
from dualcreate_desktop.office.printing import Job, Subject
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.office.working_days import work_calendar
from dualcreate_desktop.papers.codes import PaperKind
from dualcreate_desktop.papers.content import Document
from dualcreate_desktop.papers.forms import inquiry as paper
from dualcreate_desktop.papers.mails import Mail, reminder_mail
from dualcreate_desktop.rules.notice_parts import Contact

USUAL_WORKDAYS = 5
"""A department is given so many working days, unless the office says otherwise."""

OUT = frozenset({ApplicationState.WITHDRAWN, ApplicationState.INELIGIBLE, ApplicationState.NOT_SELECTED})
"""Applications of which no department is asked any more."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """A department, what it answers for, and the applications that no letter to it names yet."""

    key: str
    name: str
    asks: str
    applications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the form of new letters begins with."""

    departments: tuple[Unasked, ...]
    issued: date
    due: date


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter and how far its replies have come."""

    id: str
    department: str
    document: str
    issued: date | None
    due: date | None
    clear: int
    concern: int
    silent: int
    late: bool

    @property
    def total(self) -> int:
        """How many applications it names."""
        return self.clear + self.concern + self.silent


def proposal(office: Office, round_id: str) -> Proposal:
    """Every department of the round with what it was not asked yet.

    Raises:
        NotAllowed: the rules name no department.
    """
    with office.read() as session:
        current = rules(session, round_id)
        today = office.clock().date()
        following = work_calendar(session).workdays_from(today + timedelta(days=1))
        due = next(islice(following, USUAL_WORKDAYS - 1, None))
        standing = [row.id for row in applications(session, round_id) if row.state not in OUT]
        asked = {(row.department, row.application_id) for row in reply_rows(session, current, today)}
    if not current.notice.departments:
        raise NotAllowed("本批次的规则没有联审部门", todo="请先在“批次规则”中登记要征求意见的部门。")
    return Proposal(
        tuple(
            Unasked(
                item.key,
                item.name,
                item.asks,
                tuple(key for key in standing if (item.name, key) not in asked),
            )
            for item in current.notice.departments
        ),
        today,
        due,
    )


def prepare_letters(
    office: Office, round_id: str, documents: Mapping[str, str], *, issued: date, due: date
) -> Changed | None:
    """Write a letter to each of these departments about all that it was not asked yet, as one change.

    Args:
        documents: key of a department → 文号 of its letter, empty where it is given later.

    Raises:
        NotAllowed: nothing is left to ask, or the reply is due before the letter is issued.
    """
    if due < issued:
        raise NotAllowed(f"答复期限 {due} 早于发函日期 {issued}", todo="请核对两个日期。")
    waiting = {item.key: item for item in proposal(office, round_id).departments}
    chosen = [waiting[key] for key in documents if key in waiting and waiting[key].applications]
    if not chosen:
        raise NotAllowed("没有要征求意见的申报", todo="所选部门都已就全部申报征求过意见。")
    names = "、".join(item.name for item in chosen) if len(chosen) <= 2 else f"{len(chosen)} 个部门"
    with office.change(f"制发征求意见函 {names}") as session:
        current = rules(session, round_id)
        for item in chosen:
            number = documents[item.key]
            wanted = list(item.applications)
            inquiries.send(session, current, item.key, wanted, document=number, issued=issued, due=due)
    return session.changed


def letters(rows: Iterable[ReplyRow]) -> tuple[Letter, ...]:
    """The letters to which replies belong, in their order."""
    grouped: dict[str, list[ReplyRow]] = {}
    for row in rows:
        grouped.setdefault(row.inquiry_id, []).append(row)
    return tuple(_letter(own) for own in grouped.values())


def _letter(rows: Sequence[ReplyRow]) -> Letter:
    first = rows[0]
    counts = {answer: sum(row.answer is answer for row in rows) for answer in Reply}
    return Letter(
        first.inquiry_id,
        first.department,
        first.asked_in,
        first.issued,
        first.due,
        counts[Reply.CLEAR],
        counts[Reply.CONCERN],
        counts[Reply.SILENT],
        any(row.late for row in rows),
    )


def letter_papers(chosen: Collection[str] | None = None) -> Job:
    """征求意见函 with its list; None for all letters of the round."""
    return Job(
        PaperKind.INQUIRY, "征求意见函", lambda session, rules: _papers(session, rules, chosen), word=True
    )


def reminder_papers(chosen: Collection[str], today: date) -> Job:
    """催办函 about what was not replied to; a letter that is answered in full needs none."""

    def made(session: Session, current: Rules) -> list[Subject]:
        return _papers(session, current, chosen, reminded_on=today)

    return Job(PaperKind.INQUIRY, "催办函", made, word=True)


def reminder(office: Office, round_id: str, inquiry_id: str) -> Mail:
    """A ready text that asks for what was not replied to.

    Raises:
        NotAllowed: the letter is gone, or was answered in full.
    """
    today = office.clock().date()
    with office.read() as session:
        current = rules(session, round_id)
        silent = [
            row
            for row in reply_rows(session, current, today)
            if row.inquiry_id == inquiry_id and row.answer is Reply.SILENT
        ]
        signed = own_unit(session).signature
    if not silent:
        raise NotAllowed("这份征求意见函已全部答复，不用催办", todo="请选择还有“未复”的部门。")
    first = silent[0]
    return reminder_mail(
        to=first.department,
        about=f"关于征求{current.round_name}申报单位意见的函",
        document=first.asked_in,
        issued=first.issued,
        due=first.due,
        names=[row.applicant for row in silent],
        signed=signed,
        today=today,
    )


def _papers(
    session: Session, current: Rules, chosen: Collection[str] | None, *, reminded_on: date | None = None
) -> list[Subject]:
    rows = {row.id: row for row in applications(session, current.round_id)}
    own = own_unit(session)
    grouped: dict[str, list[ReplyRow]] = {}
    for reply in reply_rows(session, current, date.min):
        wanted = reminded_on is None or reply.answer is Reply.SILENT
        if wanted and (chosen is None or reply.inquiry_id in chosen):
            grouped.setdefault(reply.inquiry_id, []).append(reply)
    return [
        Subject(key, _paper(current, own, replies, rows, reminded_on)) for key, replies in grouped.items()
    ]


def _paper(
    current: Rules,
    own: OwnUnit,
    replies: Sequence[ReplyRow],
    rows: Mapping[str, ApplicationRow],
    reminded_on: date | None,
) -> Document:
    first = replies[0]
    asks = {item.name: item.asks for item in current.notice.departments}
    return paper.inquiry_letter(
        paper.InquiryLetter(
            round_name=current.round_name,
            basis=grounds(current.notice),
            department=first.department,
            asks=asks.get(first.department, ""),
            document=first.asked_in,
            applicants=tuple(_applicant(current, rows[reply.application_id]) for reply in replies),
            due=first.due,
            organ=own.signature,
            issued=first.issued,
            contact=_contact(own, current.notice.contacts),
            reminded_on=reminded_on,
        )
    )


def _applicant(current: Rules, row: ApplicationRow) -> paper.Applicant:
    category = current.notice.category(row.category).short_name
    return paper.Applicant(row.title, category, row.secretary or "")


def _contact(own: OwnUnit, named: Sequence[Contact]) -> str:
    """电话、地点、邮箱 as the end of a letter tells them: the office's, else those of the notice; empty without any."""
    first = named[0] if named else Contact("", "")
    parts = {
        "联系电话": own.phone or first.phone,
        "地点": own.address or first.place,
        "电子邮箱": own.mailbox or first.email,
    }
    return "；".join(f"{name}：{text}" for name, text in parts.items() if text)
