"""部门联审: the letters to departments, the applications they ask about, and the replies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Application, Inquiry, InquiryReply
from db.vocabulary import Reply
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office


@dataclass(frozen=True, slots=True)
class Answer:
    """What a department says of one application; a concern needs its text."""

    answer: Reply
    text: str = ""
    document: str = ""
    replied_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """One application in one letter.

    Args:
        asked_in: 文号 of the letter.
        late: it was due and nothing has come.
    """

    id: str
    inquiry_id: str
    department: str
    application_id: str
    applicant: str
    unit: str
    answer: Reply
    text: str
    document: str
    replied_on: date | None
    due: date | None
    late: bool
    asked_in: str = ""
    issued: date | None = None


def ask(
    office: Office,
    round_id: str,
    department: str,
    application_ids: Iterable[str],
    *,
    document: str = "",
    issued: date | None = None,
    due: date | None = None,
) -> str:
    """Send a letter to a department about some applications, as one change; returns its id.

    Args:
        department: its key in the rules.

    Raises:
        NotAllowed: the round asks no such department, no application is named, or one is of another round.
    """
    wanted = list(dict.fromkeys(application_ids))
    with office.read() as session:
        current = rules(session, round_id)
    names = {item.key: item.name for item in current.notice.departments}
    title = f"向{names.get(department, '部门')}征求意见 {current.round_name}（{len(wanted)} 项）"
    with office.change(title) as session:
        return send(session, current, department, wanted, document=document, issued=issued, due=due)


def send(
    session: Writer,
    current: Rules,
    department: str,
    application_ids: list[str],
    *,
    document: str,
    issued: date | None,
    due: date | None,
) -> str:
    """`ask`, within a change."""
    if department not in {item.key for item in current.notice.departments}:
        raise NotAllowed("本批次的规则中没有这个部门", todo="请先在通知规则中登记该部门。")
    of_round = set(session.scalars(select(Application.id).where(Application.round_id == current.round_id)))
    if not application_ids or not of_round.issuperset(application_ids):
        raise NotAllowed("征求意见函没有列出本批次的申报", todo="请选择要征求意见的申报。")
    told = {"round_id": current.round_id, "department": department, "document": document.strip()}
    (inquiry_id,) = session.record_new(Inquiry, [{**told, "issued": issued, "due": due}])
    rows = [{"inquiry_id": inquiry_id, "application_id": key} for key in application_ids]
    session.record_new(InquiryReply, rows)
    return inquiry_id


def record_replies(office: Office, inquiry_id: str, answers: Mapping[str, Answer]) -> Changed | None:
    """Write what the department said, by application, as one change; None when nothing differs.

    Raises:
        NotAllowed: a concern without its text, or an application that the letter does not name.
    """
    with office.read() as session:
        asked = session.scalars(select(InquiryReply).where(InquiryReply.inquiry_id == inquiry_id))
        known = {item.application_id: item.id for item in asked}
    if not known.keys() >= answers.keys():
        raise NotAllowed("这份征求意见函没有列出该申报", todo="请核对后再登记。")
    return record(office, {known[key]: answer for key, answer in answers.items()})


def record(office: Office, answers: Mapping[str, Answer]) -> Changed | None:
    """Write replies by their ids, as one change, whichever letters they belong to; None when nothing differs.

    Raises:
        NotAllowed: a concern without its text, or a reply whose letter is gone.
    """
    for answer in answers.values():
        if answer.answer is Reply.CONCERN and not answer.text.strip():
            raise NotAllowed("答复为“有情况”时须写明情况", todo="请填写部门答复的内容。")
    with office.change(_title(office, answers)) as session:
        for key, answer in answers.items():
            item = session.get(InquiryReply, key)
            if item is None:
                raise NotAllowed("这份征求意见函已不存在", todo="请刷新后再试。")
            item.answer, item.text, item.document = (
                answer.answer,
                answer.text.strip(),
                answer.document.strip(),
            )
            item.replied_on = answer.replied_on
    return session.changed


def replies(office: Office, round_id: str) -> tuple[ReplyRow, ...]:
    """All letters of a round, application by application, in the order of the departments."""
    with office.read() as session:
        return reply_rows(session, rules(session, round_id), office.clock().date())


def reply_rows(session: Session, current: Rules, today: date) -> tuple[ReplyRow, ...]:
    """`replies`, within a session."""
    order = {item.key: place for place, item in enumerate(current.notice.departments)}
    names = {item.key: item.name for item in current.notice.departments}
    query = select(InquiryReply, Inquiry).join(Inquiry, InquiryReply.inquiry_id == Inquiry.id)
    asked = session.execute(query.where(Inquiry.round_id == current.round_id)).all()
    if not asked:
        return ()
    shown = {row.id: (place, row) for place, row in enumerate(applications(session, current.round_id))}

    def rank(pair: Row[InquiryReply, Inquiry]) -> tuple[int, str, int]:
        reply, letter = pair
        return order.get(letter.department, len(order)), letter.id, shown[reply.application_id][0]

    return tuple(
        ReplyRow(
            reply.id,
            letter.id,
            names.get(letter.department, letter.department),
            reply.application_id,
            shown[reply.application_id][1].title,
            shown[reply.application_id][1].unit_name,
            reply.answer,
            reply.text,
            reply.document,
            reply.replied_on,
            letter.due,
            reply.answer is Reply.SILENT and letter.due is not None and letter.due < today,
            letter.document,
            letter.issued,
        )
        for reply, letter in sorted(asked, key=rank)
    )


def by_application(session: Session, current: Rules) -> dict[str, list[ReplyRow]]:
    """Application → what each department that was asked said of it."""
    found: dict[str, list[ReplyRow]] = {}
    for row in reply_rows(session, current, date.min):
        found.setdefault(row.application_id, []).append(row)
    return found


def _title(office: Office, answers: Mapping[str, Answer]) -> str:
    """Whose answers: 登记党委宣传部答复 第三批（12 项）."""
    asked = select(Inquiry.department, Inquiry.round_id).join(
        InquiryReply, InquiryReply.inquiry_id == Inquiry.id
    )
    with office.read() as session:
        found = session.execute(asked.where(InquiryReply.id.in_(answers)).distinct()).all()
        if not found:
            return "登记部门答复"
        current = rules(session, found[0].round_id)
    names = {item.key: item.name for item in current.notice.departments}
    who = "、".join(names.get(key, key) for key, _ in found) if len(found) <= 2 else "部门"
    return f"登记{who}答复 {current.round_name}（{len(answers)} 项）"
