"""征求意见函: a letter to a department about the applicants of a round, with their list, after GB/T 9704."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Annex,
    Block,
    Closing,
    Document,
    Face,
    Heads,
    PageBreak,
    Paragraph,
    Run,
    SignatureLine,
    Spacer,
    Table,
    Title,
)
from dualcreate_desktop.papers.forms.common import chinese_date, title_lines


@dataclass(frozen=True, slots=True)
class Applicant:
    """One applicant as the list names it, the name by itself telling whose it is."""

    name: str
    category: str
    secretary: str


@dataclass(frozen=True, slots=True)
class InquiryLetter:
    """A letter, or a reminder of one.

    Args:
        basis: 《…》（文号）和《…》: the notices of the round and what they rest on.
        asks: what the department answers for, 违纪违法、信访举报.
        document: 文号 of the letter; empty where the OA gives it.
        applicants: of whom it asks; in a reminder those that were not replied to.
        contact: telephone, place and mailbox of the office; empty where nothing is known.
        reminded_on: the day of a reminder; None for the letter itself.
    """

    round_name: str
    basis: str
    department: str
    asks: str
    document: str
    applicants: tuple[Applicant, ...]
    due: date | None
    organ: str
    issued: date | None
    contact: str = ""
    reminded_on: date | None = None


_COLUMNS = (
    Heads("序号", 1.4, Align.CENTER),
    Heads("申报党组织", 7),
    Heads("类别", 2.6, Align.CENTER),
    Heads("书记", 2.2, Align.CENTER),
    Heads("意见", 3),
)
_LIST = "征求意见名单"
LINE_GAP = 10
"""One line of a letter, in millimetres: between its number or the word 附件 and the title."""


def inquiry_letter(letter: InquiryLetter) -> Document:
    """The letter, its list on a page of its own."""
    asked = f"关于征求{letter.round_name}申报单位意见的函"
    title = f"关于请尽快反馈{letter.round_name}申报单位意见的函" if letter.reminded_on else asked
    number = (
        (Paragraph(letter.document, indent=False, align=Align.RIGHT), Spacer(LINE_GAP))
        if letter.document
        else ()
    )
    signed = letter.reminded_on or letter.issued
    closing = Closing(letter.organ, chinese_date(signed) if signed else "　　年　　月　　日")
    body = _reminder(letter, asked) if letter.reminded_on else _request(letter)
    return Document(
        f"{title}（{letter.department}）",
        (
            *(() if letter.reminded_on else number),
            Title(title_lines(title)),
            Paragraph(f"{letter.department}：", indent=False),
            *map(Paragraph, body),
            *((Paragraph(f"{letter.contact}。"),) if letter.contact else ()),
            Annex(f"附件：{_LIST}"),
            closing,
            *_list(letter),
        ),
    )


def _request(letter: InquiryLetter) -> tuple[str, ...]:
    about = f"在{letter.asks}等方面" if letter.asks else "在本部门职责范围内"
    until = f"于{chinese_date(letter.due)}前" if letter.due else "尽快"
    return (
        f"根据{letter.basis}，现有{len(letter.applicants)}个党组织申报（名单见附件）。为做好资格审查，"
        f"现就各申报党组织及其负责人、所属党员{about}是否存在影响申报的情况，征求你部门意见。",
        f"请逐一核对，{until}将意见填入名单并加盖公章后反馈我部；没有情况的注明“无异议”，有情况的写明时间、"
        "事由和处理结果。未收到书面答复的，不视为无异议。",
    )


def _reminder(letter: InquiryLetter, asked: str) -> tuple[str, ...]:
    sent = f"{chinese_date(letter.issued)}，" if letter.issued else ""
    number = f"（{letter.document}）" if letter.document else ""
    until = f"请于{chinese_date(letter.due)}前反馈" if letter.due else "请予反馈"
    today = chinese_date(letter.reminded_on) if letter.reminded_on else ""
    return (
        f"{sent}我部以《{asked}》{number}征求你部门意见，{until}。截至{today}，附件所列"
        f"{len(letter.applicants)}个申报党组织尚未收到答复。",
        "资格审查须以各部门书面意见为依据，未答复的申报暂不能作出结论。请予支持，收到本函后尽快反馈。",
    )


def _list(letter: InquiryLetter) -> tuple[Block, ...]:
    rows = tuple(
        (str(number), row.name, row.category, row.secretary, "")
        for number, row in enumerate(letter.applicants, 1)
    )
    return (
        PageBreak(),
        Paragraph((Run("附件", Face.HEI),), indent=False),
        Spacer(LINE_GAP),
        Title(_LIST),
        Table(_COLUMNS, rows),
        SignatureLine(("部门（盖章）：", "经办人：", "年　　月　　日　")),
    )
