"""资格审查表: every clause of a round with its force, its verdict, its evidence and who confirmed it.

Below it stand the exceptions that were made, and what the departments answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Block,
    CloseTable,
    Document,
    FormTable,
    Heading,
    Heads,
    Note,
    Paper,
    SignatureLine,
    Spacer,
    Title,
)
from dualcreate_desktop.papers.forms.common import DATE_BLANK, OWN_TEMPLATE, Fact, fact_rows


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One clause, as it is printed.

    Args:
        confirmed: who confirmed it and when, empty while nobody has.
        force: how much it binds: 硬性, 原则上, 供参考.
    """

    clause: str
    condition: str
    verdict: str
    evidence: str
    confirmed: str = ""
    force: str = ""


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """What was asked in principle, is missed, and passes all the same: why, and by whose approval."""

    clause: str
    condition: str
    reason: str
    approver: str


@dataclass(frozen=True, slots=True)
class ReplyRow:
    """What one department answered; the last two are empty while it has not."""

    department: str
    answer: str
    document: str = ""
    replied_on: str = ""


@dataclass(frozen=True, slots=True)
class EligibilitySheet:
    """The review of one application.

    Args:
        overall: the verdict over all clauses.
        facts: what else the head shows: founded, members, date of reference, rule version.
    """

    round_name: str
    category: str
    name: str
    unit: str
    facts: tuple[Fact, ...]
    findings: tuple[FindingRow, ...]
    overall: str
    footer: str = ""
    exceptions: tuple[ExceptionRow, ...] = ()
    replies: tuple[ReplyRow, ...] = ()


_COLUMNS = (
    Heads("条款", 2, Align.CENTER),
    Heads("条件", 3.2),
    Heads("要求", 1.65, Align.CENTER),
    Heads("审查\n意见", 1.65, Align.CENTER),
    Heads("依据", 7.7),
    Heads("核实人", 2.5, Align.CENTER),
)
_EXCEPTIONS = (
    Heads("条款", 2, Align.CENTER),
    Heads("条件", 5),
    Heads("例外说明", 8),
    Heads("批准人", 3, Align.CENTER),
)
_REPLIES = (
    Heads("部门", 4),
    Heads("答复", 8),
    Heads("文号", 4),
    Heads("日期", 2.6, Align.CENTER),
)


def eligibility_sheet(sheet: EligibilitySheet) -> Document:
    """The sheet, A4 upright, signed by two."""
    facts = [
        Fact("申报党组织", sheet.name, wide=True),
        Fact("院级党组织", sheet.unit),
        Fact("申报类别", sheet.category),
        *sheet.facts,
        Fact("综合意见", sheet.overall, wide=True),
    ]
    rows = tuple(
        (row.clause, row.condition, row.force, row.verdict, row.evidence, row.confirmed)
        for row in sheet.findings
    )
    signing = ("审查人：", "复核人：", *(("批准人：",) if sheet.exceptions else ()))
    return Document(
        f"资格审查表（{sheet.name}）",
        (
            Title(f"{sheet.round_name}\n资格审查表"),
            FormTable((3, 5, 3, 5), fact_rows(facts)),
            Spacer(4),
            CloseTable(_COLUMNS, rows),
            *_exceptions(sheet.exceptions),
            *_replies(sheet.replies),
            Note(
                "注：条款为通知中的条目；“硬性”须达到，“原则上”未达到的须有例外说明和批准人，“供参考”不计入综合意见；"
                f"“待核实”的条款须由经办人核实并署名。{OWN_TEMPLATE}"
            ),
            SignatureLine((*signing, DATE_BLANK)),
        ),
        Paper.FORM,
        footer=sheet.footer,
    )


def _exceptions(rows: tuple[ExceptionRow, ...]) -> tuple[Block, ...]:
    if not rows:
        return ()
    told = tuple((row.clause, row.condition, row.reason, row.approver) for row in rows)
    return Heading("例外通过", 2), CloseTable(_EXCEPTIONS, told)


def _replies(rows: tuple[ReplyRow, ...]) -> tuple[Block, ...]:
    if not rows:
        return ()
    told = tuple((row.department, row.answer, row.document, row.replied_on) for row in rows)
    return Heading("部门联审", 2), CloseTable(_REPLIES, told)
