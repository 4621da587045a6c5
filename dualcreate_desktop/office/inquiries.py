"""部门联审: the letters to departments, the applications they ask about, and the replies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.errors import NotAllowed
from db.models import Application, Inquiry, InquiryReply
from db.vocabulary import Reply
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.rounds import rules
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
        of_round = set(session.scalars(select(Application.id).where(Application.round_id == round_id)))
    if department not in names:
        raise NotAllowed("本批次的规则中没有这个部门", todo="请先在通知规则中登记该部门。")
    if not wanted or not of_round.issuperset(wanted):
        raise NotAllowed("征求意见函没有列出本批次的申报", todo="请选择要征求意见的申报。")
    with office.change(f"向{names[department]}征求意见 {current.round_name}（{len(wanted)} 项）") as session:
        told = {"round_id": round_id, "department": department, "document": document}
        (inquiry_id,) = session.record_new(Inquiry, [{**told, "issued": issued, "due": due}])
        session.record_new(
            InquiryReply, [{"inquiry_id": inquiry_id, "application_id": key} for key in wanted]
        )
    return inquiry_id


def record_replies(office: Office, inquiry_id: str, answers: Mapping[str, Answer]) -> Changed | None:
    """Write what the department said, by application, as one change; None when nothing differs.

    Raises:
        NotAllowed: a concern without its text, or an application that the letter does not name.
    """
    for answer in answers.values():
        if answer.answer is Reply.CONCERN and not answer.text.strip():
            raise NotAllowed("答复为“有情况”时须写明情况", todo="请填写部门答复的内容。")
    with office.read() as session:
        letter = session.get(Inquiry, inquiry_id)
        if letter is None:
            raise NotAllowed("这份征求意见函已不存在", todo="请刷新后再试。")
        current = rules(session, letter.round_id)
    names = {item.key: item.name for item in current.notice.departments}
    title = (
        f"登记{names.get(letter.department, letter.department)}答复 {current.round_name}（{len(answers)} 项）"
    )
    with office.change(title) as session:
        asked = session.scalars(select(InquiryReply).where(InquiryReply.inquiry_id == inquiry_id))
        known = {item.application_id: item for item in asked}
        if not known.keys() >= answers.keys():
            raise NotAllowed("这份征求意见函没有列出该申报", todo="请核对后再登记。")
        for key, answer in answers.items():
            item = known[key]
            item.answer, item.text, item.document = answer.answer, answer.text.strip(), answer.document
            item.replied_on = answer.replied_on
    return session.changed


def replies(office: Office, round_id: str) -> tuple[ReplyRow, ...]:
    """All letters of a round, application by application, in the order of the departments."""
    today = office.clock().date()
    with office.read() as session:
        current = rules(session, round_id).notice
        order = {item.key: place for place, item in enumerate(current.departments)}
        names = {item.key: item.name for item in current.departments}
        shown = {row.id: row for row in applications(session, round_id)}
        asked = session.execute(
            select(InquiryReply, Inquiry)
            .join(Inquiry, InquiryReply.inquiry_id == Inquiry.id)
            .where(Inquiry.round_id == round_id)
        ).all()
    rows = [
        ReplyRow(
            reply.id,
            letter.id,
            names.get(letter.department, letter.department),
            reply.application_id,
            shown[reply.application_id].applicant,
            shown[reply.application_id].unit_name,
            reply.answer,
            reply.text,
            reply.document,
            reply.replied_on,
            letter.due,
            reply.answer is Reply.SILENT and letter.due is not None and letter.due < today,
        )
        for reply, letter in sorted(asked, key=lambda pair: order.get(pair[1].department, len(order)))
    ]
    return tuple(rows)
