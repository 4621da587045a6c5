"""What files hold, told without a store: for the command line and for other programs (docs/inspect.md)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from db.errors import FileRefused
from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.containers import Envelope, Kind, PasswordNeeded, Source, open_source
from dualcreate_desktop.intake.folders import FoundFile, files_of
from dualcreate_desktop.intake.grid import Grid, column_letter
from dualcreate_desktop.intake.guessing import kind_reason
from dualcreate_desktop.intake.labels import head_values
from dualcreate_desktop.intake.markup import html_encoding
from dualcreate_desktop.intake.notes import sheet_notes
from dualcreate_desktop.intake.own_sheets import why_skipped
from dualcreate_desktop.intake.reading import Draft, Problem, SheetReader
from dualcreate_desktop.intake.rows import holds_something
from dualcreate_desktop.intake.shape import Guess, guess_list, holds_marks
from dualcreate_desktop.intake.sheets import read_sheets, unpack_source
from dualcreate_desktop.intake.text import encoding_of
from dualcreate_desktop.intake.unpacking import Item, Unopened
from dualcreate_desktop.intake.word_forms import is_document, recognised

_NO_LIST = "没有认出是哪一种表：没有哪一行像是表头"
_SCORES = "评分表：评分项由批次的规则规定，要在该批次里读取"
_TITLE_ROWS = 3
_NO_FORM = "没有认出申报表或名册：表格里没有认识的栏目"
_PART_OF_FORM = "Word 文档的文字或表格，认出的内容已另列"


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """A column with a heading.

    Args:
        column: letter.
        field, label: what it means; empty for a column that is not imported.
        confidence: from 0 to 1.
    """

    column: str
    heading: str
    field: str
    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RecordReport:
    """A typed row; `row` as Excel counts, `values` by field key: dates as 2019-09, names as written, money in 分."""

    row: int
    values: Mapping[str, str | int | bool]
    extra: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ProblemReport:
    """What is wrong with a cell, a row (no column) or the sheet (row 0); `code` is stable, `text` is for people.

    `place` says where in words; of a Word form it is the only true place.
    """

    row: int
    column: str
    field: str
    code: str
    severity: str
    text: str
    raw: str
    suggestion: str
    place: str


@dataclass(frozen=True, slots=True)
class SkippedReport:
    """A row that is no record."""

    row: int
    code: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class SheetReport:
    """One sheet; all rows as Excel counts, from 1.

    Args:
        visibility: visible, hidden or very_hidden.
        rows: how many hold anything; each is in the head, a record or skipped.
        hidden_rows, hidden_columns: rows as above, columns by letter; they are read like all others.
        list, list_label: what it holds; empty when it was not recognised.
        reason: why it is taken for that list, or for none.
        first_row, last_row: of the data; 0 when there is none.
        labels: what stands above the table, such as 填报单位.
        notes: what a person should know of how it was read, Chinese sentences without full stop.
    """

    name: str
    visibility: str
    rows: int
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    list: str = ""
    list_label: str = ""
    reason: str = _NO_LIST
    header_rows: tuple[int, ...] = ()
    first_row: int = 0
    last_row: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    columns: tuple[ColumnReport, ...] = ()
    records: tuple[RecordReport, ...] = ()
    problems: tuple[ProblemReport, ...] = ()
    skipped: tuple[SkippedReport, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusalReport:
    """Why nothing was read; `locked` when a password would open it, `missing` when there was nothing to look at."""

    text: str
    todo: str
    locked: bool = False
    missing: bool = False


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One file, by itself or inside others.

    Args:
        path: names from the outermost mail, archive or folder to the file itself.
        kind: what its bytes are, whatever its name says; empty when it could not be taken out.
        encoding: of a text file or page; empty for any other.
        refused: None when its sheets were read.
    """

    path: tuple[str, ...]
    sha256: str = ""
    kind: str = ""
    kind_label: str = ""
    encoding: str = ""
    sender: str = ""
    subject: str = ""
    sent: datetime | None = None
    refused: RefusalReport | None = None
    sheets: tuple[SheetReport, ...] = ()

    @property
    def looked_at(self) -> bool:
        """Whether there was a file."""
        return self.refused is None or not self.refused.missing


def inspect(
    paths: Sequence[Path],
    lists: Sequence[ListKind],
    *,
    passwords: Sequence[str] = (),
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[SourceReport]:
    """Look at files, folders and whatever is inside them, one after the other; nothing is refused by raising.

    Raises:
        Cancelled: `cancelled` said so.
    """
    for path in paths:
        try:
            for found in files_of(path):
                yield from _of_file(found, lists, passwords, cancelled)
        except FileRefused as trouble:
            yield SourceReport((path.name,), refused=_refusal(trouble))


def _of_file(
    found: FoundFile, lists: Sequence[ListKind], passwords: Sequence[str], cancelled: Callable[[], bool]
) -> Iterator[SourceReport]:
    name = (*found.inside, found.path.name)
    try:
        source = replace(open_source(found.path), inside=found.inside)
        items = unpack_source(source, passwords=passwords, cancelled=cancelled)
    except FileRefused as trouble:
        yield SourceReport(name, refused=replace(_refusal(trouble), missing=not found.path.is_file()))
        return
    for item in items:
        yield _of_item(item, lists, passwords, cancelled)


def _of_item(
    item: Item, lists: Sequence[ListKind], passwords: Sequence[str], cancelled: Callable[[], bool]
) -> SourceReport:
    envelope = item.envelope or Envelope()
    report = SourceReport(
        (*item.inside, item.name), sender=envelope.sender, subject=envelope.subject, sent=envelope.sent
    )
    if isinstance(item, Unopened):
        return replace(report, refused=RefusalReport(item.what, item.todo, item.locked))
    report = replace(
        report,
        sha256=item.sha256,
        kind=item.kind.name.lower(),
        kind_label=item.kind.label,
        encoding=_encoding(item),
    )
    try:
        grids = read_sheets(item, passwords=passwords, cancelled=cancelled)
    except FileRefused as trouble:
        return replace(report, refused=_refusal(trouble))
    if is_document(grids):
        return replace(report, sheets=tuple(_inspect_document(grids, lists, item)))
    return replace(report, sheets=tuple(inspect_sheet(grid, lists, item) for grid in grids))


def _refusal(trouble: FileRefused) -> RefusalReport:
    return RefusalReport(trouble.what, trouble.todo, isinstance(trouble, PasswordNeeded))


def _encoding(source: Source) -> str:
    if source.kind is Kind.TEXT:
        return encoding_of(source.data)
    return html_encoding(source) if source.kind is Kind.HTML else ""


def inspect_sheet(grid: Grid, lists: Sequence[ListKind], source: Source) -> SheetReport:
    """Tell what list a sheet holds, its records and the problems of its cells; whether names are known needs a store."""
    report = _unread(grid)
    if own := why_skipped(grid):
        return replace(report, reason=own)
    guess = guess_list(grid, lists, file_name=source.name)
    if guess is None:
        reason = _SCORES if holds_marks(grid, _TITLE_ROWS) else _NO_LIST
        return replace(report, labels=head_values(grid), reason=reason)
    return _inspect_list(grid, guess, source)


def _inspect_document(
    grids: Sequence[Grid], lists: Sequence[ListKind], source: Source
) -> Iterator[SheetReport]:
    """The forms or lists that a Word document holds, then what else it is made of."""
    found = recognised(grids, lists, file_name=source.name)
    yield from (_inspect_list(grid, guess, source) for grid, guess in found)
    told = {grid.name for grid, _ in found}
    reason = _PART_OF_FORM if found else _NO_FORM
    yield from (
        replace(_unread(grid), reason=reason) for grid in grids if grid.rows and grid.name not in told
    )


def _unread(grid: Grid) -> SheetReport:
    filled = sum(holds_something(grid, row) for row in range(len(grid.rows)))
    return SheetReport(
        grid.name,
        grid.state.value,
        filled,
        tuple(row + 1 for row in sorted(grid.hidden_rows)),
        tuple(map(column_letter, sorted(grid.hidden_columns))),
    )


def _inspect_list(grid: Grid, guess: Guess, source: Source) -> SheetReport:
    report = _unread(grid)
    reader = SheetReader(grid, guess, {})
    drafts = list(reader.drafts())
    return replace(
        report,
        list=guess.kind.key,
        list_label=guess.kind.label,
        reason=kind_reason(guess, grid, source),
        header_rows=tuple(row + 1 for row in guess.header_rows),
        first_row=drafts[0].row + 1 if drafts else 0,
        last_row=drafts[-1].row + 1 if drafts else 0,
        labels=head_values(grid, min(guess.header_rows, default=0)),
        notes=tuple(sheet_notes(grid, guess)),
        columns=_columns(guess),
        records=tuple(map(_record, drafts)),
        problems=tuple(map(_problem, _all_problems(drafts))),
        skipped=tuple(
            SkippedReport(row.row, row.reason, row.reason.label, row.text) for row in reader.skipped()
        ),
    )


def _record(draft: Draft) -> RecordReport:
    values = {key: value if isinstance(value, int) else str(value) for key, value in draft.values.items()}
    return RecordReport(draft.row + 1, values, draft.extra)


def _columns(guess: Guess) -> tuple[ColumnReport, ...]:
    labels = {each.key: each.label for each in guess.kind.fields}
    return tuple(
        ColumnReport(
            column_letter(each.column),
            each.text,
            each.key,
            labels.get(each.key, ""),
            round(each.confidence, 2),
        )
        for each in guess.headings
    )


def _all_problems(drafts: Sequence[Draft]) -> Iterator[Problem]:
    return (problem for draft in drafts for problem in draft.problems)


def _problem(found: Problem) -> ProblemReport:
    return ProblemReport(
        found.row,
        found.column,
        found.key,
        found.kind,
        found.severity,
        found.message,
        found.raw,
        found.suggestion,
        found.place,
    )
