"""An import as it is looked at before it is applied: cells with their words, what changes, and what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from db.vocabulary import RowState
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.intake.grid import SheetState, column_letter
from dualcreate_desktop.intake.known import NewUnit, PlanValue
from dualcreate_desktop.intake.plan import FieldChange, PlanRow
from dualcreate_desktop.intake.reading import Problem
from dualcreate_desktop.intake.values import clean
from dualcreate_desktop.office.receiving import Reception
from dualcreate_desktop.office.records import label_of
from dualcreate_desktop.office.registry import masked
from dualcreate_desktop.office.score_sheets import ScoreSheet

Sheet = Reception | ScoreSheet
"""A received sheet: a list, or the marks of a reviewer."""

EMPTY = "（空）"


class Doubt(Enum):
    """A filter besides the states of rows: what is imported, but should be looked at."""

    WARNED = "请核对"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return self.value


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids of a plan are called, and what a cell may be mended to.

    Args:
        units: id → name.
        branches: id → (name, id of its unit).
        listed: field key → words that a cell of that field can hold.
    """

    units: Mapping[str, str]
    branches: Mapping[str, tuple[str, str]]
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreviewColumn:
    """A field of the list.

    Args:
        place: counts the columns of the file from 0; None where it has none.
        origin: where a form has the value, 表格 1 第 3 行; empty for a column of a sheet.
    """

    field: Field
    place: int | None
    origin: str = ""

    @property
    def letter(self) -> str:
        """As Excel calls the column; empty where the file has none."""
        return "" if self.place is None or self.origin else column_letter(self.place)

    @property
    def heading(self) -> str:
        """The sender's column, or the place in the sender's form, and what the office calls it."""
        return f"{self.origin or self.letter}  {self.field.label}".strip()

    def where(self, row: int) -> str:
        """A cell in words: 第 5 行 C 列, 表格 1 第 3 行."""
        return self.origin or f"第 {row} 行" + (f" {self.letter} 列" if self.letter else "")


@dataclass(frozen=True, slots=True)
class PreviewCell:
    """One cell.

    Args:
        text: the value in the office's words, or what the sender wrote where it cannot be read.
        typed: as one would type it, for mending.
        before: what the store holds and the import replaces; None when nothing changes.
        problem: the worst of the cell; None when it is fine.
        sent: what the sender wrote in a cell that was mended; None in any other.
    """

    text: str
    typed: str
    before: str | None = None
    problem: Problem | None = None
    sent: str | None = None


TOLD = PreviewColumn(Field("told", "将会怎样", width=26), None)
"""What each row will do, of a list whose values alone do not say it."""


class Preview:
    """A planned sheet with the names of what it means; made where nobody waits, since it looks at every row.

    Attributes:
        counts: how many rows each filter shows; those that would show none are left out, but for the first.
        summary: the same in words.
    """

    def __init__(self, sheet: Sheet, names: Names) -> None:
        self.sheet, self.names = sheet, names
        self.kind = sheet.guess.kind
        self.columns = self._find_columns()
        self._absent = tuple(
            PlanRow(
                0,
                RowState.ABSENT,
                record.record_id,
                record.revision,
                {
                    key: value
                    for key, value in zip(self.kind.identity, record.identity, strict=True)
                    if value is not None
                },
            )
            for record in sheet.plan.absent
        )
        self.counts = self._count()
        self.summary = sheet.plan.summary

    @property
    def ready(self) -> int:
        """How many rows an import would write."""
        return self.counts.get(RowState.NEW, 0) + self.counts.get(RowState.CHANGED, 0)

    @property
    def is_hidden(self) -> bool:
        """Whether the sheet, or some of its records, were hidden from the sender's eyes: last year's, or filtered away."""
        grid, guess = self.sheet.grid, self.sheet.guess
        hidden = any(guess.first_row <= row <= guess.last_row for row in grid.hidden_rows)
        return hidden or grid.state is not SheetState.VISIBLE

    @property
    def what(self) -> str:
        """What the sheet is: its list, and its name where the file may have several."""
        named = self.sheet.plan.sheet
        hidden = "（隐藏的工作表）" if self.sheet.grid.state is not SheetState.VISIBLE else ""
        alone = named == Path(self.sheet.source.name).stem and not hidden
        return self.kind.label if alone else f"{self.kind.label} · {named}{hidden}"

    @property
    def needs_layout(self) -> bool:
        """Whether somebody should first look where the list stands: a column's heading is doubtful, or no row is read."""
        sheet = self.sheet
        doubtful = any(heading.is_doubtful for heading in sheet.guess.headings)
        return doubtful or not sheet.plan.rows

    def rows(self, wanted: RowState | Doubt | None = None) -> tuple[PlanRow, ...]:
        """The rows of a state; without one all of the file. A record that the file does not list is row 0."""
        if wanted is None:
            return self.sheet.plan.rows
        if wanted is RowState.ABSENT:
            return self._absent
        if wanted is Doubt.WARNED:
            return tuple(row for row in self.sheet.plan.rows if row.problems and not _failed(row))
        return tuple(row for row in self.sheet.plan.rows if row.state is wanted)

    def _count(self) -> Mapping[RowState | Doubt | None, int]:
        rows = self.sheet.plan.rows
        states = Counter(row.state for row in rows)
        warned = sum(bool(row.problems) and not _failed(row) for row in rows)
        found: dict[RowState | Doubt | None, int] = {None: len(rows)}
        found |= {state: states[state] for state in RowState}
        found |= {RowState.ABSENT: len(self._absent), Doubt.WARNED: warned}
        return {each: count for each, count in found.items() if count or each is None}

    def cell(self, row: PlanRow, column: PreviewColumn) -> PreviewCell:
        """What a row shows in a column."""
        if column is TOLD:
            text = row.told.short if row.told else ""
            return PreviewCell(text, text)
        key = column.field.key
        value = row.values.get(key)
        problem = worst(row, key)
        written = self._written(row, column) or (problem.raw if problem is not None else "")
        text = written if value is None else self.words(column.field, value)
        return PreviewCell(
            _hidden(column.field, text),
            written or text,
            self._before(row, column.field),
            problem,
            self._sent(row, column),
        )

    def words(self, field: Field, value: PlanValue) -> str:
        """A value as the office says it."""
        if isinstance(value, NewUnit):
            return value.name
        if field.type is FieldType.UNIT:
            return self.names.units.get(str(value), str(value))
        if field.type is FieldType.BRANCH:
            return self.names.branches.get(str(value), (str(value), ""))[0]
        if isinstance(value, bool):
            return "是" if value else "否"
        if field.type is FieldType.MONEY and isinstance(value, int):
            return f"{value / 100:,.2f} 元"
        return label_of(field, value)

    def options(self, row: PlanRow, column: PreviewColumn) -> tuple[str, ...]:
        """What a cell can be mended to, the likeliest first; empty where anything may be typed."""
        found = self._words_of(row, column.field)
        problem = worst(row, column.field.key)
        likely = (problem.suggestion,) if problem is not None and problem.suggestion in found else ()
        return tuple(dict.fromkeys((*likely, *found)))

    def can_mend(self, row: PlanRow, column: PreviewColumn) -> bool:
        """Whether the cell stands in the file."""
        return row.row > 0 and column.place is not None

    def _words_of(self, row: PlanRow, field: Field) -> tuple[str, ...]:
        if field.type is FieldType.CHOICE:
            return tuple(choice.label for choice in field.choices)
        if field.type is FieldType.UNIT:
            return tuple(self.names.units.values())
        if field.type is FieldType.BRANCH:
            unit = row.values.get("unit")
            return tuple(name for name, owner in self.names.branches.values() if unit in (None, owner))
        return self.names.listed.get(field.key, ())

    def _find_columns(self) -> tuple[PreviewColumn, ...]:
        """What rows will do where that is told, the columns of the file in its order, then fields from elsewhere."""
        by_key = {field.key: field for field in self.kind.fields}
        mapped = [
            PreviewColumn(by_key[key], place, self.sheet.grid.origins.get((1, place), ""))
            for place, key in sorted(self.sheet.guess.mapping.items())
        ]
        present = {column.field.key for column in mapped}
        used: set[str] = set()
        for row in self.sheet.plan.rows:
            used |= row.values.keys()
            used.update(problem.key for problem in row.problems)
        others = [field for field in self.kind.fields if field.key in used - present]
        foretold = (TOLD,) if any(row.told for row in self.sheet.plan.rows) else ()
        return (*foretold, *mapped, *(PreviewColumn(field, None) for field in others))

    def _written(self, row: PlanRow, column: PreviewColumn) -> str:
        if not self.can_mend(row, column) or column.place is None:
            return ""
        place = (row.row - 1, column.place)
        grid = self.sheet.grid
        sent = grid.errors.get(place) or grid.shown.get(place) or clean(grid.cell(*place))
        return self.sheet.mends.get(place, sent)

    def _sent(self, row: PlanRow, column: PreviewColumn) -> str | None:
        if column.place is None or (row.row - 1, column.place) not in self.sheet.mends:
            return None
        return clean(self.sheet.grid.cell(row.row - 1, column.place)) or EMPTY

    def _before(self, row: PlanRow, field: Field) -> str | None:
        if row.state is not RowState.CHANGED:
            return None
        change = next((change for change in row.changes if change.key == field.key), None)
        return None if change is None else self._before_words(field, change)

    def _before_words(self, field: Field, change: FieldChange) -> str:
        return EMPTY if change.before is None else _hidden(field, self.words(field, change.before))


def worst(row: PlanRow, key: str) -> Problem | None:
    """The problem of a field that counts most."""
    found = [problem for problem in row.problems if problem.key == key]
    return max(found, key=lambda problem: problem.is_error, default=None)


def _failed(row: PlanRow) -> bool:
    return any(problem.is_error for problem in row.problems)


def _hidden(field: Field, text: str) -> str:
    return masked(text) if field.mask else text
