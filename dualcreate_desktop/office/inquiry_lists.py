"""征求意见名单: sent to a department as a workbook, and taken in when it comes back filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Application, Branch, Inquiry, InquiryReply, Unit
from db.vocabulary import Reply
from dualcreate_desktop.fields import Choice, Field, FieldType, ListKind
from dualcreate_desktop.intake.known import KnownRecord
from dualcreate_desktop.intake.plan import PlanRow
from dualcreate_desktop.lists.form_marks import FormMark, RowMark
from dualcreate_desktop.lists.inquiries import INQUIRY_REPLIES
from dualcreate_desktop.office import records
from dualcreate_desktop.office.applications import applications
from dualcreate_desktop.office.misfits import Misfit
from dualcreate_desktop.office.own_unit import headed
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.entry_form import Entry, EntryForm, EntryRow, write_entry_form
from dualcreate_desktop.papers.forms.common import chinese_date
from dualcreate_desktop.rules.notice import Notice

_SAID = ("answer", "text", "document", "replied_on")
_ANSWERS: Mapping[Any, Reply] = {item.value: item for item in Reply}
_ADVICE = (
    "请对名单上的党组织逐一核对：没有情况的，“答复”选“无异议”；有情况的，选“有情况”，并写明时间、事由和处理结果。",
    "“答复”留空的，按未答复处理，不视为无异议。",
)


def list_kind(notice: Notice) -> ListKind:
    """The list of a round: its departments and categories are the choices."""
    choices = {
        "department": tuple(Choice(item.key, item.name) for item in notice.departments),
        "category": tuple(
            Choice(item.key, item.short_name, (item.name, item.status)) for item in notice.categories
        ),
    }
    fields = tuple(
        replace(field, choices=choices.get(field.key, field.choices)) for field in INQUIRY_REPLIES.fields
    )
    return replace(INQUIRY_REPLIES, fields=fields)


def known(session: Session, current: Rules) -> Iterator[KnownRecord]:
    """What each department was asked, and what it said; of two letters about one application the later counts."""
    return (_record(row) for row in session.execute(_asked(current.round_id)))


def update(session: Writer, rows: Mapping[str, Mapping[str, Value]]) -> None:
    """Write what departments said, by the ids of their replies; what 无异议 leaves unsaid is forgotten."""
    for key, values in rows.items():
        said: dict[str, Any] = {name: values[name] for name in _SAID if values.get(name) is not None}
        if "answer" in said:
            said["answer"] = _ANSWERS[said["answer"]]
        if said.get("answer") is Reply.CLEAR:
            said = {"text": "", **said}
        records.assign(session.get_one(InquiryReply, key), said)


def refuse_new() -> list[str]:
    """A department is asked by letter, never by a list; always raises NotAllowed."""
    raise NotAllowed("名单中有没有征求过意见的申报", todo="请先在“部门联审”制发征求意见函。")


def examine(session: Session, rows: Sequence[PlanRow]) -> Iterator[Misfit]:
    """Only who was asked can answer; a concern needs its text, and what else is said needs its answer."""
    for row in rows:
        if row.record_id is None:
            told = "没有就这项申报向该部门征求过意见，请核对部门、类别和名称，或先制发征求意见函"
            yield Misfit(row.row, "branch", told)
            continue
        stored = session.get_one(InquiryReply, row.record_id)
        answer = row.values.get("answer", stored.answer)
        if answer == Reply.CONCERN and not (row.values.get("text") or stored.text):
            yield Misfit(row.row, "text", "答复为“有情况”，须写明时间、事由和处理结果")
        if answer == Reply.SILENT:
            yield Misfit(row.row, "answer", "写了情况、文号或日期，没有写“无异议”还是“有情况”")


def reply_form_name(office: Office, inquiry_id: str) -> str:
    """What the workbook is called unless the user chooses another name."""
    with office.read() as session:
        letter, current = _letter(session, inquiry_id)
    return f"征求意见名单（{_department(current, letter)}）.xlsx"


def write_reply_form(office: Office, inquiry_id: str, path: Path) -> int:
    """Write the list of a letter as a workbook that its department fills in; returns how many it asks about.

    Raises:
        NotAllowed: the letter is gone.
        UserError: the file cannot be written.
    """
    with office.read() as session:
        letter, current = _letter(session, inquiry_id)
        kind = list_kind(current.notice)
        asked = session.execute(_asked(current.round_id).where(Inquiry.id == inquiry_id)).all()
        order = {row.id: place for place, row in enumerate(applications(session, current.round_id))}
        names = _names(session)
    rows = [_entry_row(kind, _record(row), names) for row in sorted(asked, key=lambda row: order[row[2].id])]
    until = f"　　　　请于{chinese_date(letter.due)}前反馈" if letter.due else ""
    form = EntryForm(
        title=f"{current.round_name}{kind.label}",
        owner=f"答复部门（盖章）：{_department(current, letter)}{until}",
        mark=FormMark(kind.key, "", current.round_id).text(),
        columns=tuple(_entry(field) for field in kind.fields),
        rows=tuple(rows),
        spare=0,
        advice=_ADVICE,
    )
    write_entry_form(path, form)
    return len(rows)


def _asked(round_id: str) -> Select[InquiryReply, str, Application]:
    """Replies with the department and the application, the earliest letter first."""
    return (
        select(InquiryReply, Inquiry.department, Application)
        .join(Inquiry, InquiryReply.inquiry_id == Inquiry.id)
        .join(Application, InquiryReply.application_id == Application.id)
        .where(Inquiry.round_id == round_id)
        .order_by(Inquiry.issued, Inquiry.id)
    )


def _record(row: Row[InquiryReply, str, Application]) -> KnownRecord:
    reply, department, application = row
    values: dict[str, Value] = {
        "department": department,
        "category": application.category,
        "unit": application.unit_id,
        "branch": application.branch_id,
        "answer": None if reply.answer is Reply.SILENT else reply.answer.value,
        "text": reply.text or None,
        "document": reply.document or None,
        "replied_on": reply.replied_on,
    }
    present = {key: value for key, value in values.items() if value is not None}
    return KnownRecord(reply.id, reply.revision, present)


def _letter(session: Session, inquiry_id: str) -> tuple[Inquiry, Rules]:
    letter = session.get(Inquiry, inquiry_id)
    if letter is None:
        raise NotAllowed("这份征求意见函已不存在", todo="请刷新后再试。")
    return letter, headed(session, rules(session, letter.round_id))


def _department(current: Rules, letter: Inquiry) -> str:
    named = {item.key: item.name for item in current.notice.departments}
    return named.get(letter.department, letter.department)


def _names(session: Session) -> dict[str, str]:
    units = session.execute(select(Unit.id, Unit.name)).all()
    branches = session.execute(select(Branch.id, Branch.name)).all()
    return {**dict(units), **dict(branches)}


def _entry(field: Field) -> Entry:
    fixed = field.key in INQUIRY_REPLIES.identity
    words = () if fixed else tuple(choice.label for choice in field.choices)
    return Entry(field, words, fixed=fixed)


def _entry_row(kind: ListKind, record: KnownRecord, names: Mapping[str, str]) -> EntryRow:
    """A row as a department reads it: a unit that applies itself stands among the applicants, too."""
    values = {"branch": record.values["unit"], **record.values}
    cells = {
        field.key: names.get(str(values[field.key]), "")
        if field.type in (FieldType.UNIT, FieldType.BRANCH)
        else records.label_of(field, values.get(field.key))
        for field in kind.fields
    }
    return EntryRow(
        RowMark(record.id, record.revision).text(), {key: text or None for key, text in cells.items()}
    )
