"""What a file holds, told without a store: for the command line and for a first look before an import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.containers import open_source
from dualcreate_desktop.intake.grid import Grid, SheetState
from dualcreate_desktop.intake.known import Learned
from dualcreate_desktop.intake.labels import head_values
from dualcreate_desktop.intake.reading import Problem, SheetReader
from dualcreate_desktop.intake.shape import guess_list
from dualcreate_desktop.intake.sheets import read_sheets


@dataclass(frozen=True, slots=True)
class SheetReport:
    """One sheet.

    Args:
        rows: with any content.
        list_key, list_label: of the list that it looks like; empty when of none.
        header_rows: as Excel counts, from 1.
        mapping: heading → label of the field; empty for a column that is not imported.
        records: how many rows are records.
        labels: what stands above the table, such as 填报单位.
        problems: of the cells; whether names are known needs the store.
    """

    name: str
    state: SheetState
    rows: int
    list_key: str
    list_label: str
    header_rows: tuple[int, ...]
    mapping: dict[str, str]
    records: int
    labels: dict[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file; `kind` is what its bytes are, whatever its name says."""

    name: str
    sha256: str
    kind: str
    sheets: tuple[SheetReport, ...]


def inspect(path: Path, lists: Sequence[ListKind], *, password: str = "") -> FileReport:
    """Read a file and tell its sheets; FileRefused when it cannot be read."""
    source = open_source(path)
    grids = read_sheets(source, password=password)
    sheets = tuple(inspect_sheet(grid, lists, source.name) for grid in grids)
    return FileReport(source.name, source.sha256, source.kind.label, sheets)


def inspect_sheet(grid: Grid, lists: Sequence[ListKind], file_name: str = "") -> SheetReport:
    """Tell what list a sheet holds, and the problems of its cells."""
    guess = guess_list(grid, lists, file_name=file_name)
    filled = sum(any(cell != "" for cell in row) for row in grid.rows)
    if guess is None:
        return SheetReport(grid.name, grid.state, filled, "", "", (), {}, 0, head_values(grid), ())
    drafts = list(SheetReader(grid, guess, Learned()).drafts())
    labels = {field.key: field.label for field in guess.kind.fields}
    return SheetReport(
        name=grid.name,
        state=grid.state,
        rows=filled,
        list_key=guess.kind.key,
        list_label=guess.kind.label,
        header_rows=tuple(row + 1 for row in guess.header_rows),
        mapping={heading.text: labels.get(heading.key, "") for heading in guess.headings},
        records=len(drafts),
        labels=head_values(grid, guess.header_rows[0]),
        problems=tuple(problem for draft in drafts for problem in draft.problems),
    )
