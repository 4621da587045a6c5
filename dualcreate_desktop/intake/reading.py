"""The records of a sheet: typed values by field, with the problems of their cells. No comparing yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from db.vocabulary import ProblemKind, Severity
from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.intake.grid import Cell, Grid, Place, column_letter
from dualcreate_desktop.intake.headings import Heading
from dualcreate_desktop.intake.known import Choices, PlanValue
from dualcreate_desktop.intake.rows import RowReader, SkippedRow
from dualcreate_desktop.intake.shape import Guess
from dualcreate_desktop.intake.values import EMPTY, Coerced, Issue, clean, coerce, error_cell
from dualcreate_desktop.lists.form_marks import RowMark

_NUMERIC = frozenset({FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY, FieldType.FLAG})
_DATED = frozenset({FieldType.PARTIAL_DATE, FieldType.DATE})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell or a row, at its true place.

    Args:
        row: as Excel counts, from 1; 0 for the sheet as a whole.
        column: letter; empty for the row as a whole.
        key: of the field; empty when none is concerned.
        message: a Chinese sentence without place and full stop.
        raw: the text of the cell.
        suggestion: what may be meant, as it would be typed.
        origin: where the cell truly stands when row and column do not say it: 表格 1 第 3 行.
    """

    kind: ProblemKind
    severity: Severity
    sheet: str
    row: int
    column: str
    key: str
    message: str
    raw: str = ""
    suggestion: str = ""
    origin: str = ""

    @property
    def place(self) -> str:
        """第 5 行 C 列, 表格 1 第 3 行"""
        row = f"第 {self.row} 行" if self.row else "整张表"
        return self.origin or (f"{row} {self.column} 列" if self.column else row)

    @property
    def is_error(self) -> bool:
        """Whether it keeps its row out."""
        return self.severity is Severity.ERROR


@dataclass(slots=True)
class Draft:
    """One record while it is being read; row from 0; `mark` says which record a row of our own form is."""

    row: int
    values: dict[str, PlanValue] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    extra: dict[str, str] = field(default_factory=dict)
    mark: RowMark | None = None

    @property
    def failed(self) -> bool:
        """Whether an error keeps it out."""
        return any(problem.is_error for problem in self.problems)


class SheetReader:
    """Reads the records of one sheet by its guessed shape.

    Args:
        learned: what words of a field mean, as the office said it.
    """

    def __init__(self, grid: Grid, guess: Guess, learned: Choices) -> None:
        self.grid, self.guess = grid, guess
        fields = {field.key: field for field in guess.kind.fields}
        self.letters = {key: column_letter(column) for column, key in guess.mapping.items()}
        self._columns = [
            _Column(heading, fields[heading.key], learned, continues=guess.form is None)
            for heading in guess.headings
            if heading.key
        ]
        self._extra = [h for h in guess.headings if not h.key and not h.is_counter]
        self._merged = _merged_values(grid, guess)
        self._special = {
            row for places in (self._merged, grid.errors, grid.uncalculated, grid.shown) for row, _ in places
        }
        self._defaults = self._read_defaults(fields)
        self._rows = RowReader(grid, guess.kind, guess.layout)

    def drafts(self) -> Iterator[Draft]:
        """The records from top to bottom."""
        groups = self._rows.banners()
        unit = next((c for c in self._columns if c.field.type is FieldType.UNIT and c.field.fill_down), None)
        pending = sorted(groups, reverse=True)
        for row in self._rows.records():
            while pending and pending[-1] < row:
                text = groups[pending.pop()]
                if unit is not None:
                    unit.last = Coerced(text)
            yield self._draft(row)

    def skipped(self) -> tuple[SkippedRow, ...]:
        """Every other row that holds something, with the reason."""
        return tuple(self._rows.skipped())

    def texts(self, key: str) -> Iterator[str]:
        """The texts of a field's column, in all rows below the head."""
        columns = [column.index for column in self._columns if column.key == key]
        for row in self.grid.rows[self.guess.first_row :]:
            for column in columns:
                if column < len(row) and (text := clean(row[column])):
                    yield text

    def problem(self, draft: Draft, key: str, issue: Issue, raw: str = "") -> None:
        """Add a problem to a record, at the column of the field."""
        draft.problems.append(
            Problem(
                issue.kind,
                issue.severity,
                self.grid.name,
                draft.row + 1,
                self.letters.get(key, ""),
                key,
                issue.message,
                raw,
                issue.suggestion,
                self._origin(draft.row, key),
            )
        )

    def _origin(self, row: int, key: str) -> str:
        columns = (column.index for column in self._columns if column.key == key)
        return next((self.grid.origins.get((row, column), "") for column in columns), "")

    def _read_defaults(self, fields: dict[str, Field]) -> dict[str, PlanValue]:
        """What stands once above the head, for records that say nothing themselves."""
        read = {key: coerce(fields[key], text) for key, text in self.guess.defaults.items()}
        return {key: each.value for key, each in read.items() if each.value is not None}

    def _draft(self, row: int) -> Draft:
        form = self.guess.form
        draft = Draft(row, {**self._defaults}, mark=form.row_mark(self.grid, row) if form else None)
        cells = self.grid.rows[row]
        width = len(cells)
        special = row in self._special
        for column in self._columns:
            raw = cells[column.index] if column.index < width else ""
            place = (row, column.index)
            coerced = self._special_cell(column, place, raw) if special else column.read(raw)
            if coerced.value is not None:
                draft.values[column.key] = coerced.value
            if coerced.issue is not None:
                self.problem(draft, column.key, coerced.issue, clean(raw))
        for heading in self._extra:
            if heading.column < width and (text := clean(cells[heading.column])):
                draft.extra[heading.text] = text
        return draft

    def _special_cell(self, column: _Column, place: Place, raw: Cell) -> Coerced:
        """A cell of which the file tells more than its value."""
        if place in self.grid.errors:
            return error_cell(column.field, self.grid.errors[place])
        if place in self.grid.uncalculated and place not in self.grid.pictures:
            message = "公式没有计算结果，请用 Excel 打开、保存后再导入"
            severity = Severity.ERROR if column.field.required else Severity.WARNING
            return Coerced(issue=Issue(ProblemKind.NOT_CALCULATED, message, severity))
        shown = self.grid.shown.get(place)
        if shown is not None and column.field.type not in _NUMERIC:
            coerced = column.read(shown)
            if coerced.issue is None or column.field.type not in _DATED:
                return coerced
        return column.read(self._merged.get(place, raw))


class _Column:
    """A mapped column with the answers for the values it has met.

    Args:
        continues: an empty cell may continue the one above; each row of our own form speaks for itself.
    """

    def __init__(self, heading: Heading, field: Field, learned: Choices, *, continues: bool) -> None:
        self.index, self.key, self.field = heading.column, heading.key, field
        self.last = EMPTY
        self._continues = continues and field.fill_down
        self._heading = heading.text
        self._choices = learned.get(field.key)
        self._answers: dict[Cell, Coerced] = {}
        self._numbers: dict[Cell, Coerced] = {}

    def read(self, raw: Cell) -> Coerced:
        """The typed value; that of the row above where the field continues it."""
        if raw == "":
            return self.last if self._continues else EMPTY
        answers = self._answers if isinstance(raw, str) else self._numbers
        coerced = answers.get(raw)
        if coerced is None or isinstance(raw, bool):
            coerced = answers[raw] = coerce(self.field, raw, heading=self._heading, learned=self._choices)
        self.last = coerced
        return coerced


def _merged_values(grid: Grid, guess: Guess) -> dict[Place, Cell]:
    """The value of the first cell for all cells of a merged range that lie in a data column."""
    filled: dict[Place, Cell] = {}
    last = min(len(grid.rows), guess.last_row + 1)
    for merge in grid.merges:
        if merge.top < guess.first_row or merge.left not in guess.mapping:
            continue
        value = grid.cell(merge.top, merge.left)
        for row in range(merge.top + 1, min(merge.bottom + 1, last)):
            filled[row, merge.left] = value
    return filled
