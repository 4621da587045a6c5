"""评分表: what a reviewer fills in by hand, one line for each application."""

from __future__ import annotations

from dataclasses import dataclass

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    CloseTable,
    Document,
    Heads,
    Note,
    Paper,
    Paragraph,
    SignatureLine,
    Title,
)
from dualcreate_desktop.papers.forms.common import DATE_BLANK, OWN_TEMPLATE

KEPT_OUT = "回避"
_STROKE = "—"


@dataclass(frozen=True, slots=True)
class Scored:
    """One application on the sheet; who keeps out gives it no marks."""

    name: str
    category: str
    kept_out: bool = False


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """A reviewer's sheet.

    Args:
        number, reviewer: as the panel lists them; the office finds the reviewer by them when the sheet comes back.
        criteria: heads with their maximum, 工作基础（30分）.
        maximum: of the total, as it is printed.
    """

    round_name: str
    number: int
    reviewer: str
    criteria: tuple[str, ...]
    maximum: str
    rows: tuple[Scored, ...]
    footer: str = ""

    @property
    def title(self) -> str:
        """What the sheet is called."""
        return f"{self.round_name}评审评分表"

    @property
    def who(self) -> str:
        """The line that names the reviewer."""
        return f"评委：{self.reviewer}　　编号：{self.number:02}"


def score_sheet(form: ScoreSheet) -> Document:
    """The table, A4 across, to be filled in and signed."""
    columns = (
        Heads("序号", 1, Align.CENTER),
        Heads("申报党组织", 6),
        Heads("类别", 2.6, Align.CENTER),
        *(Heads(criterion.replace("（", "\n（"), 2.2, Align.CENTER) for criterion in form.criteria),
        Heads(f"合计\n（{form.maximum}分）", 1.9, Align.CENTER),
        Heads("备注", 1.8, Align.CENTER),
    )
    return Document(
        form.title,
        (
            Title(form.title),
            Paragraph(form.who, indent=False),
            CloseTable(columns, tuple(_line(number, row, form) for number, row in enumerate(form.rows, 1))),
            Note(
                f"注：每项在 0 分至括号内的满分之间评分；应当回避或弃权的，在备注中写明，不评分。{OWN_TEMPLATE}"
            ),
            SignatureLine(("评委签字：", DATE_BLANK)),
        ),
        Paper.FORM_WIDE,
        footer=form.footer,
    )


def _line(number: int, row: Scored, form: ScoreSheet) -> tuple[str, ...]:
    blank = _STROKE if row.kept_out else ""
    marks = (blank for _ in form.criteria)
    return str(number), row.name, row.category, *marks, blank, KEPT_OUT if row.kept_out else ""
