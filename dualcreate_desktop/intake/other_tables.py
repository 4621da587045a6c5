"""A second table in the same sheet, below the first with other columns or beside it: it is told, and not read as rows."""

from __future__ import annotations

from collections.abc import Sequence

from dualcreate_desktop.fields import ListKind
from dualcreate_desktop.intake.grid import Grid
from dualcreate_desktop.intake.headings import Heading, vocabulary
from dualcreate_desktop.intake.values import clean, folded

_FEWEST_WORDS = 3
_FEWEST_REPEATED = 2


def table_below(grid: Grid, kind: ListKind, headings: Sequence[Heading], first_row: int) -> int | None:
    """The row below the head in which the columns change their meaning; None when there is none."""
    mapping = {heading.column: heading.key for heading in headings if heading.key}
    plain = {word for field in kind.fields for word in (field.label, *field.aliases)}
    for row in range(first_row, len(grid.rows)):
        if plain.isdisjoint(grid.rows[row]) or len(plain.intersection(grid.rows[row])) < _FEWEST_WORDS:
            continue
        named = vocabulary(kind).name_headings(
            [[text] if (text := clean(cell)) else [] for cell in grid.rows[row]]
        )
        other = {heading.column: heading.key for heading in named if heading.key}
        is_head = len(other) >= _FEWEST_WORDS and len(other) * 2 > len(named)
        if is_head and any(mapping.get(column) != key for column, key in other.items()):
            return row
    return None


def table_beside(headings: Sequence[Heading]) -> int | None:
    """The first column of a table whose headings repeat those to its left; None when there is none."""
    mapped = {folded(heading.text) for heading in headings if heading.key}
    repeated = [each.column for each in headings if not each.key and folded(each.text) in mapped]
    return repeated[0] if len(repeated) >= _FEWEST_REPEATED else None
