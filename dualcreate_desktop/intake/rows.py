"""The rows of a sheet, told apart: records, and whatever stands above, between and under them.

Every row that holds anything is either a record or skipped for a reason that can be shown: none is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.vocabulary import Labelled
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.grid import Cell, Grid
from dualcreate_desktop.intake.values import clean, folded

FEWEST_FIELDS = 2
_MOST_IN_SIGNATURE = 2
_LONGEST_SUM = 10
_LONGEST_QUOTE = 60

_SIGNATURE = re.compile(
    r"^[(（]?(?:填表|填报|制表|审核|审批|复核|盖章|公章|签字|签名|负责人|主要负责人|联系人|联系电话|报送|日期|单位负责人|党委书记)"
    r"|^.{0,14}(?:签字|签名|盖章|人)(?:\(.{0,6}\))?:"
)
_SUM_OR_NOTE = re.compile(
    r"^(?:合计|总计|小计|共计|注|说明|备注|填表说明|注意事项)(?=[:：\d一二三①(（.、]|$)"
)
_SUM = re.compile(r"^(?:合计|总计|小计|共计)(?=[:：\d一二三①(（.、]|$)")


class SkipReason(Labelled):
    """Why a row is no record."""

    ABOVE = "above", "表头上方的标题或说明"
    HEADER = "header", "表头"
    GROUP = "group", "分组标题"
    TOTAL = "total", "合计"
    FOOTER = "footer", "签名、盖章或注释"
    HEAD_AGAIN = "head_again", "重复的表头"
    NO_FIELDS = "no_fields", "只有不导入的列有内容"
    OUTSIDE = "outside", "在数据区之外"


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no record.

    Args:
        row: as Excel counts, from 1.
        text: the beginning of what it says.
    """

    row: int
    reason: SkipReason
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a list stands in a sheet, as guessed or as the user moved it. All rows and columns count from 0.

    Args:
        header_rows: of the head, one after the other; empty for a list without one.
        first_row, last_row: of the data, inclusive; rows beyond them are left out.
        columns: column → field key; a column without a key is kept as extra.
    """

    header_rows: tuple[int, ...]
    first_row: int
    last_row: int
    columns: Mapping[int, str] = field(default_factory=dict)


class RowReader:
    """Tells records from what stands between and under them; most rows must be told at a glance."""

    def __init__(self, grid: Grid, kind: ListKind, layout: Layout) -> None:
        self._grid, self._layout = grid, layout
        mapping = layout.columns
        own = [column for column, key in mapping.items() if not kind.field(key).fill_down]
        self._own = own or list(mapping)
        self._keys = [column for column in self._own if mapping[column] in kind.identity]
        self._required = [column for column, key in mapping.items() if kind.field(key).required]
        self._wide = {merge.top: merge.left for merge in grid.merges if merge.right - merge.left >= 2}
        self._doubtful = grid.errors.keys() | grid.uncalculated
        self._heads = {
            column: {grid.cell(row, column) for row in layout.header_rows} - {""} for column in mapping
        }

    def records(self) -> Iterator[int]:
        """The rows of records, from top to bottom."""
        return (row for row in self._data() if self._why_not(row) is None)

    def banners(self) -> dict[int, str]:
        """Row → text of the rows that hold one wide cell only: the name of the group that follows."""
        return {row: text for row in self._data() if row in self._wide and (text := self._banner(row))}

    def skipped(self) -> Iterator[SkippedRow]:
        """The rows that hold something and are no records, from top to bottom."""
        for row, cells in enumerate(self._grid.rows):
            if (reason := self.why_skipped(row)) is not None and holds_something(self._grid, row):
                said = " ".join(text for text in map(clean, cells) if text)
                yield SkippedRow(row + 1, reason, " ".join(said.split())[:_LONGEST_QUOTE])

    def why_skipped(self, row: int) -> SkipReason | None:
        """Why a row is no record; None for a record. A blank row is one whose only fault is that it says nothing."""
        layout = self._layout
        if row in layout.header_rows:
            return SkipReason.HEADER
        if row < min((*layout.header_rows, layout.first_row)):
            return SkipReason.ABOVE
        if not layout.first_row <= row <= layout.last_row:
            return self._why_not(row) or SkipReason.OUTSIDE
        return self._why_not(row)

    def _data(self) -> Iterator[int]:
        layout = self._layout
        region = range(layout.first_row, min(layout.last_row + 1, len(self._grid.rows)))
        return (row for row in region if row not in layout.header_rows)

    def _why_not(self, row: int) -> SkipReason | None:
        """Why the row cannot be a record, wherever it stands; None when it can."""
        cells = self._grid.rows[row]
        width = len(cells)
        if not any(column < width and _says(cells[column]) for column in self._own):
            if self._says_all_that_is_required(cells):
                return None
            if self._banner(row):
                return None if self._is_doubtful(row) else SkipReason.GROUP
            return self._footer(cells) or (None if self._is_doubtful(row) else SkipReason.NO_FIELDS)
        if self._banner(row):
            return SkipReason.GROUP
        return self._footer(cells) or (SkipReason.HEAD_AGAIN if self._is_head(cells) else None)

    def _is_doubtful(self, row: int) -> bool:
        """Whether the record that it would be holds an error or a formula without a result."""
        return any((row, column) in self._doubtful for column in self._own)

    def _says_all_that_is_required(self, cells: Sequence[Cell]) -> bool:
        """A unit's own application names the unit and the category and perhaps nothing else."""
        return len(self._required) >= FEWEST_FIELDS and all(
            column < len(cells) and _says(cells[column]) for column in self._required
        )

    def _banner(self, row: int) -> str:
        """The text of a row that holds one wide cell only; empty for any other."""
        column = self._wide.get(row)
        cells = self._grid.rows[row]
        if column is None or len(cells) - cells.count("") != 1:
            return ""
        return clean(self._grid.cell(row, column))

    def _footer(self, cells: Sequence[Cell]) -> SkipReason | None:
        """By a footer's words, only where the key is empty: a real name may contain 说明 or 合计."""
        keys = [cells[column] for column in self._keys if column < len(cells) and _says(cells[column])]
        if any(isinstance(key, str) and len(key) < _LONGEST_SUM and _is_sum(folded(key)) for key in keys):
            return SkipReason.TOTAL
        if keys and len(cells) - cells.count("") > _MOST_IN_SIGNATURE and not _all_labelled(cells):
            return None
        filled = [folded(clean(cell)) for cell in cells if _says(cell)]
        told = [text for text in filled if ":" in text] if keys else filled[:1]
        footers = [text for text in told if _is_footer_text(text)]
        if not footers:
            return None
        return SkipReason.TOTAL if _SUM.match(footers[0]) else SkipReason.FOOTER

    def _is_head(self, cells: Sequence[Cell]) -> bool:
        """A head that is printed again, at a page break or over the next group."""
        width = len(cells)
        if not all(column < width and cells[column] in self._heads[column] for column in self._keys):
            return False
        same = sum(column < width and cells[column] in texts for column, texts in self._heads.items())
        return same >= FEWEST_FIELDS and same * 3 >= len(self._heads) * 2


def holds_something(grid: Grid, row: int) -> bool:
    """Whether a row is not blank; an error and a formula without a result are something, too."""
    cells = grid.rows[row]
    return any(map(_says, cells)) or any(
        (row, column) in grid.errors or (row, column) in grid.uncalculated for column in range(len(cells))
    )


def _all_labelled(cells: Sequence[Cell]) -> bool:
    """Whether whatever is told has a colon: 单位负责人（签字）：, 填表人：李四, 联系电话：123"""
    return all(not _says(cell) or (isinstance(cell, str) and (":" in cell or "：" in cell)) for cell in cells)


def _says(cell: Cell) -> bool:
    """Whether a cell holds anything but spaces."""
    return cell != "" and not (isinstance(cell, str) and cell.isspace())


def _is_sum(text: str) -> bool:
    return text in ("合计", "总计", "小计", "共计")


def _is_footer_text(text: str) -> bool:
    return bool(_SIGNATURE.match(text) or _SUM_OR_NOTE.match(text))
