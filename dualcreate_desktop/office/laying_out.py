"""Where a list stands in a sheet, moved by a person: its head, its region, its columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dualcreate_desktop.fields import Field, ListKind
from dualcreate_desktop.intake.grid import Grid, column_letter
from dualcreate_desktop.intake.headings import Heading
from dualcreate_desktop.intake.rows import Layout
from dualcreate_desktop.intake.shape import Guess, guess_at
from dualcreate_desktop.lists import LIST_KINDS
from dualcreate_desktop.office.recognising import list_kinds
from dualcreate_desktop.office.store import Office

_DEEPEST = 10
_OF_ROUNDS = frozenset({"applications", "reviewers", "inquiry_replies"})


@dataclass(frozen=True, slots=True)
class Matched:
    """A column of the sheet and what it means.

    Args:
        letter: as Excel calls it.
        heading: as the sender wrote it; empty for a column without one.
        field: None for a column that is not imported.
        confidence: 0 to 1.
        doubtful: a person should agree.
    """

    letter: str
    heading: str
    field: Field | None
    confidence: float
    doubtful: bool


def kinds(office: Office, round_id: str | None) -> tuple[ListKind, ...]:
    """What a sheet may be said to be; lists of a round only where there is one."""
    with office.read() as session:
        found = list_kinds(session, round_id)
    return found if round_id is not None else tuple(kind for kind in found if kind.key not in _OF_ROUNDS)


def likeliest(grid: Grid) -> Guess:
    """The list and the row that look most like a head, for a sheet in which none was found."""
    rows = range(min(len(grid.rows), _DEEPEST))
    filled = max(rows, key=lambda row: len(grid.rows[row]) - grid.rows[row].count(""), default=0)
    guesses = (guess_at(grid, kind, (filled,)) for kind in LIST_KINDS)
    return max(guesses, key=lambda guess: sum(heading.confidence for heading in guess.headings))


def with_head(grid: Grid, kind: ListKind, rows: Sequence[int]) -> Layout:
    """The head is these rows, and the columns mean what their headings say; rows from 0."""
    return guess_at(grid, kind, sorted(rows)).layout


def with_first(layout: Layout, row: int) -> Layout:
    """The data begins with that row."""
    return replace(layout, first_row=row)


def with_last(layout: Layout, row: int) -> Layout:
    """The data ends with that row."""
    return replace(layout, last_row=row)


def with_column(layout: Layout, column: int, key: str) -> Layout:
    """A column means that field, and no other does; without a key it is not imported."""
    others = {place: mapped for place, mapped in layout.columns.items() if place != column and mapped != key}
    return replace(layout, columns={**others, column: key} if key else others)


def matched(guess: Guess, column: int) -> Matched:
    """What a column of the sheet means."""
    heading = next((each for each in guess.headings if each.column == column), Heading(column, ""))
    field = guess.kind.field(heading.key) if heading.key else None
    return Matched(column_letter(column), heading.text, field, heading.confidence, heading.is_doubtful)
