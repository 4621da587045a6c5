"""What the page 部门联审 shows: a line for each application in each letter, and how each is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from db.vocabulary import Reply, Severity
from dualcreate_desktop.fields import Choice, Column, Field, FieldType
from dualcreate_desktop.office import inquiries
from dualcreate_desktop.office.inquiries import Answer, ReplyRow
from dualcreate_desktop.office.inquiry_letters import Letter, letters
from dualcreate_desktop.office.project_forms import Asked
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.office.tables import Page, TableQuery, sift

LATE = "late"
"""The chip of what was due and has not come; the others are replies and letters."""


@dataclass(frozen=True, slots=True, order=True)
class Answered:
    """A reply as a pill shows it."""

    answer: Reply
    late: bool = False

    @property
    def label(self) -> str:
        """未复 that was due is said to be late."""
        return "逾期未复" if self.late else self.answer.label

    @property
    def state(self) -> Reply | Severity:
        """What it means for the eye."""
        return Severity.ERROR if self.late else self.answer


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """One application in one letter as the table shows it."""

    id: str
    inquiry_id: str
    applicant: str
    unit: str
    department: str
    answer: Answered
    text: str
    document: str
    replied_on: date | None
    due: date | None
    groups: frozenset[str]


REPLY_COLUMNS = (
    Column("department", "部门", 15),
    Column("applicant", "申报党组织", 30),
    Column("answer", "答复", 11, pill=True),
    Column("text", "情况", 22),
    Column("document", "答复文号", 18),
    Column("replied_on", "答复日期", 12),
    Column("due", "期限", 12, hidden=True),
    Column("unit", "院级党组织", 18, hidden=True),
)

_REPLIES: Mapping[str, Reply] = {item.value: item for item in Reply}

ANSWER = Field(
    "answer",
    "答复",
    FieldType.CHOICE,
    required=True,
    choices=tuple(Choice(item.value, item.label) for item in Reply),
)
TEXT = Field("text", "情况（时间、事由、处理结果）", FieldType.LONG_TEXT, width=40)
DOCUMENT = Field("document", "答复文号", width=14)
REPLIED_ON = Field("replied_on", "答复日期", FieldType.DATE)


@dataclass(frozen=True, slots=True)
class InquiryDesk:
    """All letters of a round at one moment."""

    lines: tuple[ReplyLine, ...]
    letters: Mapping[str, Letter]

    def page(self, query: TableQuery) -> Page[ReplyLine]:
        """The lines that a query finds."""
        return sift(
            self.lines,
            query,
            texts=lambda line: (line.applicant, line.unit, line.department, line.text),
            sort_by={"answer": lambda line: (list(Reply).index(line.answer.answer), not line.answer.late)},
        )

    def chips(self, search: str) -> dict[str, tuple[str, int]]:
        """Key → (words, how many lines): what is open first, then each letter."""
        found = self.page(TableQuery(search, limit=None)).rows
        words = {
            Reply.SILENT.value: Reply.SILENT.label,
            LATE: "逾期未复",
            Reply.CONCERN.value: Reply.CONCERN.label,
            **{key: self._name(letter) for key, letter in self.letters.items()},
        }
        counted = Counter(chain.from_iterable(line.groups for line in found))
        return {key: (text, counted[key]) for key, text in words.items()}

    def _name(self, letter: Letter) -> str:
        """The department; with the 文号 where it was asked more than once."""
        often = sum(other.department == letter.department for other in self.letters.values()) > 1
        when = letter.document or (f"{letter.issued:%m-%d}" if letter.issued else "")
        return f"{letter.department} {when}".strip() if often else letter.department


def inquiry_desk(office: Office, round_id: str) -> InquiryDesk:
    """Read all letters and replies of a round."""
    rows = inquiries.replies(office, round_id)
    return InquiryDesk(tuple(map(_line, rows)), {letter.id: letter for letter in letters(rows)})


def _line(row: ReplyRow) -> ReplyLine:
    late = frozenset({LATE} if row.late else ())
    return ReplyLine(
        row.id,
        row.inquiry_id,
        row.applicant,
        row.unit,
        row.department,
        Answered(row.answer, row.late),
        row.text,
        row.document,
        row.replied_on,
        row.due,
        late | {row.answer.value, row.inquiry_id},
    )


def reply_form(office: Office, lines: Sequence[ReplyLine]) -> Asked:
    """The form of one reply, or of several that are answered alike: it begins with the first."""
    first = lines[0]
    silent = first.answer.answer is Reply.SILENT
    values: dict[str, Value] = {
        "answer": None if silent else first.answer.answer.value,
        "text": first.text or None,
        "document": first.document or None,
        "replied_on": first.replied_on or office.clock().date(),
    }
    names = "、".join(line.applicant for line in lines[:3]) + ("……" if len(lines) > 3 else "")
    return Asked((ANSWER, DOCUMENT, REPLIED_ON, TEXT), Form(first.id, "", values), names)


def again(asked: Asked, form: Form) -> Asked:
    """The form as it was left, when it could not be saved."""
    return replace(asked, form=form)


def save_reply(office: Office, lines: Sequence[ReplyLine], form: Form) -> Changed | None:
    """Write one answer for each of these lines, as one change.

    Raises:
        NotAllowed: a concern without its text.
    """
    told = _answer(_REPLIES[str(form.values["answer"])], form.values)
    return inquiries.record(office, {line.id: told for line in lines})


def clear_form(office: Office, letter: Letter) -> Asked:
    """The form with which all that is silent in a letter is answered 无异议."""
    values: dict[str, Value] = {"replied_on": office.clock().date()}
    hint = f"未复的 {letter.silent} 项登记为“无异议”，已有答复的不变；有情况的，之后在表中逐项改。"
    return Asked((DOCUMENT, REPLIED_ON), Form(letter.id, "", values), hint)


def save_clear(office: Office, lines: Sequence[ReplyLine], form: Form) -> Changed | None:
    """Write 无异议 for all that is silent in the letter of the form, as one change."""
    told = _answer(Reply.CLEAR, form.values)
    silent = [
        line for line in lines if line.inquiry_id == form.record_id and line.answer.answer is Reply.SILENT
    ]
    return inquiries.record(office, {line.id: told for line in silent})


def _answer(answer: Reply, values: Mapping[str, Value]) -> Answer:
    day = values.get("replied_on")
    if answer is Reply.SILENT:
        return Answer(answer)
    return Answer(
        answer,
        str(values.get("text") or ""),
        str(values.get("document") or ""),
        day if isinstance(day, date) else None,
    )
