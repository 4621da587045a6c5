"""Every table of the window as an Excel workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import overload

from dualcreate_desktop.fields import Column
from dualcreate_desktop.intake.collecting import collecting_paused
from dualcreate_desktop.papers.workbook import Sheet, write_workbook

STEP = 200
"""Rows between two words on the progress."""

Tell = Callable[[int, int, str], None]
"""Told (done, total, what is being done); raises to stop."""


def export(
    path: Path,
    title: str,
    columns: Sequence[Column],
    rows: Sequence[object],
    *,
    tell: Tell = lambda done, total, what: None,
) -> int:
    """Write rows with these columns, the hidden ones too; returns how many rows.

    Raises:
        UserError: the file cannot be written.
    """
    shown = [replace(column, hidden=False) for column in columns]
    with collecting_paused():
        write_workbook(path, [Sheet(title, shown, _Told(rows, tell), banner=(title,))])
    return len(rows)


class _Told(Sequence[object]):
    """Rows that tell how many of them have been taken."""

    def __init__(self, rows: Sequence[object], tell: Tell) -> None:
        self._rows, self._tell = rows, tell

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> object: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[object]: ...
    def __getitem__(self, place: int | slice) -> object:
        return self._rows[place]

    def __iter__(self) -> Iterator[object]:
        for number, row in enumerate(self._rows):
            if number % STEP == 0:
                self._tell(number, len(self._rows), "正在写入")
            yield row
