"""The matrix of applications and conditions as a workbook: coloured words, a legend, and a sheet with the evidence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from db.vocabulary import Verdict
from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.workbook import (
    Dress,
    new_sheet,
    print_on_a4,
    put_heads,
    put_lines,
    save_book,
    set_up,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Font, PatternFill

Tell = Callable[[int, int], None]
STEP = 500
"""Lines between two words on the progress."""

INKS = {
    Verdict.PASS: ("FF027A48", "FFECFDF3"),
    Verdict.FAIL: ("FFB42318", "FFFEF3F2"),
    Verdict.UNVERIFIED: ("FFB54708", "FFFFFAEB"),
    Verdict.NOT_APPLICABLE: ("FF667085", "FFF2F4F7"),
}
"""Ink and ground of each verdict, as in the window."""

LEGEND = (
    (Verdict.PASS, "登记的数据或具名核实表明已达到"),
    (Verdict.FAIL, "没有达到；“原则上”的要求可以有例外说明和批准人"),
    (Verdict.UNVERIFIED, "数据判断不了，或部门没有答复，须核实"),
    (Verdict.NOT_APPLICABLE, "这一条不涉及该党组织"),
)

COUNTED = "综合意见只看“硬性”和“原则上”的条件；“供参考”的列出结论，不计入综合意见。"
_FIRST = (("序号", 6), ("院级党组织", 16), ("申报党组织", 30), ("综合意见", 10))
_DETAILS = (
    ("院级党组织", 16),
    ("申报党组织", 28),
    ("条款", 10),
    ("条件", 28),
    ("要求", 8),
    ("审查意见", 10),
    ("依据", 60),
    ("核实", 20),
    ("理由或例外说明", 28),
    ("批准人", 10),
)


@dataclass(frozen=True, slots=True)
class Head:
    """One condition at the head of its column."""

    clause: str
    label: str
    force: str


@dataclass(frozen=True, slots=True)
class Row:
    """One application with its verdicts, in the order of the heads."""

    unit: str
    applicant: str
    overall: Verdict
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class MatrixBook:
    """What the workbook shows; `details` has one line for each application and condition."""

    title: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    details: tuple[tuple[str, ...], ...]


def write_matrix(path: Path, book: MatrixBook, tell: Tell = lambda done, total: None) -> None:
    """Write the workbook.

    Args:
        tell: told how many lines of evidence of how many are written; raises to stop.

    Raises:
        UserError: the file cannot be written.
    """
    from openpyxl import Workbook

    made = Workbook()
    made.remove(made.worksheets[0])
    _add_matrix(made, book)
    _add_legend(made, book)
    _add_details(made, book, tell)
    save_book(made, path)


def _add_matrix(made: Workbook, book: MatrixBook) -> None:
    """A row of clauses above the heads; both, and the name of the applicant, stay in sight."""
    sheet = new_sheet(made, "审查矩阵")
    dress = Dress(sheet)
    columns = len(_FIRST) + len(book.heads)
    put_lines(dress, 1, (book.title,), columns)
    for place in range(1, columns + 1):
        clause = book.heads[place - len(_FIRST) - 1].clause if place > len(_FIRST) else ""
        dress.head(2, place, "条款" if place == len(_FIRST) else clause)
    put_heads(dress, 3, [*_FIRST, *((f"{head.label}（{head.force}）", 13) for head in book.heads)])
    sheet.row_dimensions[3].height = 62
    for number, row in enumerate(book.rows, 1):
        line = number + 3
        dress.put(line, 1, number, Align.CENTER)
        dress.put(line, 2, row.unit)
        dress.put(line, 3, row.applicant)
        for place, verdict in enumerate((row.overall, *row.verdicts), len(_FIRST)):
            _put_verdict(dress, line, place, verdict)
        sheet.row_dimensions[line].height = 30
    set_up(sheet, 3, 3 + len(book.rows), columns, landscape=True)
    sheet.freeze_panes = "E4"
    sheet.print_title_rows, sheet.print_title_cols = "2:3", "C:C"


def _add_legend(made: Workbook, book: MatrixBook) -> None:
    sheet = new_sheet(made, "图例")
    dress = Dress(sheet)
    put_lines(dress, 1, (f"{book.title}：图例",), 4)
    put_heads(dress, 2, [("审查意见", 12), ("含义", 60)])
    for line, (verdict, meaning) in enumerate(LEGEND, 3):
        _put_verdict(dress, line, 1, verdict)
        dress.put(line, 2, meaning)
    start = len(LEGEND) + 4
    put_heads(dress, start, [("条款", 12), ("条件", 60), ("要求", 10)])
    for line, head in enumerate(book.heads, start + 1):
        dress.put(line, 1, head.clause, Align.CENTER)
        dress.put(line, 2, head.label)
        dress.put(line, 3, head.force, Align.CENTER)
    dress.bare(start + len(book.heads) + 2, 1, COUNTED)
    print_on_a4(sheet, landscape=False)


def _add_details(made: Workbook, book: MatrixBook, tell: Tell) -> None:
    sheet = new_sheet(made, "逐条依据")
    dress = Dress(sheet)
    put_lines(dress, 1, (f"{book.title}：逐条依据",), len(_DETAILS))
    put_heads(dress, 2, list(_DETAILS))
    for line, texts in enumerate(book.details, 3):
        if line % STEP == 0:
            tell(line, len(book.details))
        for place, text in enumerate(texts, 1):
            dress.put(line, place, text)
    set_up(sheet, 2, 2 + len(book.details), len(_DETAILS), landscape=True)
    sheet.freeze_panes = "C3"


def _put_verdict(dress: Dress, line: int, place: int, verdict: Verdict) -> None:
    font, fill = _dressed(verdict)
    cell = dress.put(line, place, verdict.label, Align.CENTER)
    cell.font, cell.fill = font, fill


@cache
def _dressed(verdict: Verdict) -> tuple[Font, PatternFill]:
    """Font and ground of a verdict, made once."""
    from openpyxl.styles import Font, PatternFill

    ink, ground = INKS[verdict]
    bold = verdict in (Verdict.FAIL, Verdict.UNVERIFIED)
    return Font(name="宋体", size=11, color=ink, bold=bold), PatternFill("solid", fgColor=ground)
