"""资格审查表: every clause of a round with its verdict, its evidence and who confirmed it."""

from __future__ import annotations

from dataclasses import dataclass

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Document,
    FormTable,
    Heads,
    Note,
    Paper,
    SignatureLine,
    Spacer,
    Table,
    Title,
)
from dualcreate_desktop.papers.forms.common import DATE_BLANK, OWN_TEMPLATE, Fact, fact_rows


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One clause, as it is printed; `confirmed` is who confirmed it and when, empty while nobody has."""

    clause: str
    condition: str
    verdict: str
    evidence: str
    confirmed: str = ""


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


_COLUMNS = (
    Heads("条款", 2, Align.CENTER),
    Heads("条件", 4),
    Heads("审查\n意见", 1.7, Align.CENTER),
    Heads("依据", 7.2),
    Heads("核实人", 2.6, Align.CENTER),
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
        (row.clause, row.condition, row.verdict, row.evidence, row.confirmed) for row in sheet.findings
    )
    return Document(
        f"资格审查表（{sheet.name}）",
        (
            Title(f"{sheet.round_name}\n资格审查表"),
            FormTable((3, 5, 3, 5), fact_rows(facts)),
            Spacer(4),
            Table(_COLUMNS, rows),
            Note(f"注：条款为通知中的条目；“待核实”的条款须由经办人核实并署名。{OWN_TEMPLATE}"),
            SignatureLine(("审查人：", "复核人：", DATE_BLANK)),
        ),
        Paper.FORM,
        footer=sheet.footer,
    )
