"""Cells that the office corrects in the preview: an overlay over the sheet. The file itself is never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from dualcreate_desktop.intake.grid import Cell, Grid, Merge, Place
from dualcreate_desktop.intake.shape import Guess, data_rows
from dualcreate_desktop.intake.values import clean

Mends = Mapping[Place, str]
"""What a cell shall hold instead, as it would be typed; the empty string empties it."""


def mended(grid: Grid, mends: Mends) -> Grid:
    """The sheet as if the sender had written the mended texts.

    A merged range with a mended cell falls apart: its other cells keep the value that it stood for.
    """
    if not mends:
        return grid
    loosened = [merge for merge in grid.merges if any(_holds(merge, place) for place in mends)]
    texts: dict[Place, Cell] = {}
    for merge in loosened:
        texts |= dict.fromkeys(_column_of(merge), grid.cell(merge.top, merge.left))
    texts |= mends
    return replace(
        grid,
        rows=_with_texts(grid, texts),
        merges=tuple(merge for merge in grid.merges if merge not in loosened),
        errors=_without(grid.errors, mends),
        uncalculated=grid.uncalculated - mends.keys(),
        shown=_without(grid.shown, mends),
        pictures=grid.pictures - mends.keys(),
    )


def _with_texts(grid: Grid, texts: Mapping[Place, Cell]) -> tuple[tuple[Cell, ...], ...]:
    rows = list(grid.rows)
    for (row, column), text in texts.items():
        cells = [*rows[row], *[""] * (column + 1 - len(rows[row]))]
        cells[column] = text
        rows[row] = tuple(cells)
    return tuple(rows)


def _without(told: Mapping[Place, str], mends: Mends) -> Mapping[Place, str]:
    return {place: text for place, text in told.items() if place not in mends}


def _holds(merge: Merge, place: Place) -> bool:
    row, column = place
    return merge.top <= row <= merge.bottom and merge.left <= column <= merge.right


def _column_of(merge: Merge) -> Iterable[Place]:
    return ((row, merge.left) for row in range(merge.top, merge.bottom + 1))


def without_rows(grid: Grid, guess: Guess, numbers: Collection[int]) -> dict[Place, str]:
    """Mends that leave rows out: their own cells are emptied, and the next row says itself what they continued.

    Args:
        numbers: of the rows, as Excel counts.
    """
    mapping = guess.mapping
    continued = {column for column, key in mapping.items() if guess.kind.field(key).fill_down}
    own = (mapping.keys() - continued) or mapping.keys()
    rows = list(data_rows(grid, guess)) if numbers else []
    mends = {(row, column): "" for row in rows if row + 1 in numbers for column in own}
    for column in continued - own:
        handed = ""
        for row in rows:
            written = clean(grid.cell(row, column))
            if row + 1 in numbers:
                handed = written or handed
            elif handed and not written:
                mends[row, column] = handed
                handed = ""
            else:
                handed = ""
    return mends


def everywhere(grid: Grid, guess: Guess, key: str, written: str, typed: str) -> dict[Place, str]:
    """Mends that put one text for another in all records of the sheet: 中青年 → 教师党支部.

    Args:
        key: of the field in whose column it stands.
        written: the text of the cell as the sender wrote it; `typed` what it shall be.
    """
    column = next(column for column, mapped in guess.mapping.items() if mapped == key)
    places = ((row, column) for row in data_rows(grid, guess))
    return {place: typed for place in places if clean(grid.cell(*place)) == written}
