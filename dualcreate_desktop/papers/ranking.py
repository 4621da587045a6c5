"""The ranking as a workbook that recomputes: change a mark, and mean, spread and rank follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.workbook import (
    Dress,
    new_sheet,
    number_format,
    put_heads,
    put_lines,
    put_notes,
    save_book,
    set_up,
)

NAME_WIDTH, MARK_WIDTH = 36, 8
"""In half-width characters."""


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One applicant and the mark of every reviewer, None where there is none (回避 or 弃权)."""

    applicant: str
    marks: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class RankingSheet:
    """The marks of one category.

    Args:
        reviewers: heads of the mark columns, names or 评委1, 评委2 ….
        drop_from: with so many marks or more the highest and the lowest are left out; None for never. At least 3.
        decimals: of the mean, rounded half up.
        round_name: stands before the category in the title.
    """

    category: str
    reviewers: tuple[str, ...]
    rows: tuple[RankingRow, ...]
    drop_from: int | None
    decimals: int = 2
    round_name: str = ""


def write_ranking(path: Path, sheets: Sequence[RankingSheet]) -> None:
    """Write one sheet a category.

    The rank is that of competition: equal means share a rank, and the next is skipped.

    Raises:
        UserError: the file cannot be written.
        ValueError: `drop_from` is below 3, so that no mark would be left.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _add(Dress(new_sheet(book, sheet.category)), sheet)
    save_book(book, path)


def _add(dress: Dress, sheet: RankingSheet) -> None:
    if sheet.drop_from is not None and sheet.drop_from < 3:
        raise ValueError("at least three marks are needed to drop the highest and the lowest")
    columns = len(sheet.reviewers) + 6
    put_lines(dress, 1, (f"{sheet.round_name}{sheet.category}评审得分排名",), columns)
    marks = [(reviewer, MARK_WIDTH) for reviewer in sheet.reviewers]
    put_heads(
        dress,
        2,
        [
            ("序号", 5),
            ("申报党组织", NAME_WIDTH),
            *marks,
            ("有效评委数", 10),
            ("得分", 8),
            ("极差", 7),
            ("名次", 6),
        ],
    )
    last = 2 + len(sheet.rows)
    for number, row in enumerate(sheet.rows, 3):
        _add_row(dress, number, last, row, sheet)
    put_notes(dress, last + 2, _notes(sheet))
    set_up(dress.sheet, 2, last, columns, landscape=True)


def _add_row(dress: Dress, number: int, last: int, row: RankingRow, sheet: RankingSheet) -> None:
    from openpyxl.utils import get_column_letter

    shown = _marks_format(sheet)
    dress.put(number, 1, number - 2, Align.CENTER)
    dress.put(number, 2, row.applicant)
    for place, mark in enumerate(row.marks, 3):
        dress.put(number, place, mark, Align.RIGHT).number_format = shown
    after = 3 + len(sheet.reviewers)
    letters = [get_column_letter(place) for place in range(after, after + 2)]
    marks = f"C{number}:{get_column_letter(after - 1)}{number}"
    count, mean = (f"{letter}{number}" for letter in letters)
    means = f"${letters[1]}$3:${letters[1]}${last}"
    dress.formula(number, after, f"=COUNT({marks})", "0")
    dress.formula(
        number, after + 1, _mean(marks, count, sheet), "0." + "0" * sheet.decimals if sheet.decimals else "0"
    )
    dress.formula(number, after + 2, f'=IF({count}=0,"",ROUND(MAX({marks})-MIN({marks}),4))', shown)
    dress.formula(number, after + 3, f'=IF({count}=0,"",COUNTIF({means},">"&{mean})+1)', "0")


def _marks_format(sheet: RankingSheet) -> str:
    """One number of decimals for all marks, so that they can be compared down the column."""
    marks = [mark for row in sheet.rows for mark in row.marks if mark is not None]
    return max(map(number_format, marks), key=len, default="0")


def _mean(marks: str, count: str, sheet: RankingSheet) -> str:
    """The mean of the marks, without the highest and the lowest where the rule says so."""
    mean = f"SUM({marks})/{count}"
    if sheet.drop_from is not None:
        dropped = f"(SUM({marks})-MAX({marks})-MIN({marks}))/({count}-2)"
        mean = f"IF({count}>={sheet.drop_from},{dropped},{mean})"
    return f'=IF({count}=0,"",ROUND({mean},{sheet.decimals}))'


def _notes(sheet: RankingSheet) -> tuple[str, ...]:
    rounding = (
        f"得分保留{sheet.decimals}位小数，四舍五入；得分相同的名次并列。"
        if sheet.decimals
        else "得分四舍五入取整；得分相同的名次并列。"
    )
    dropping = (
        "得分为各评委分数的平均分。"
        if sheet.drop_from is None
        else f"有效评委满{sheet.drop_from}人时，去掉一个最高分和一个最低分后取平均分；不足时取全部分数的平均分。"
    )
    return (
        f"注：{dropping}{rounding}",
        "空白表示回避或弃权，不计入平均。修改任一分数，得分、极差、名次随之重算。",
    )
