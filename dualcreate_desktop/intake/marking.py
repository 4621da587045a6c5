"""What a copy for the sender is marked with, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dualcreate_desktop.intake.containers import Source
from dualcreate_desktop.intake.reading import Problem


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing to mend, at its true place in the sender's workbook.

    Args:
        row: as Excel counts, from 1; 0 for the sheet as a whole.
        column: letter; empty for the row as a whole.
        raw: what stands in the cell.
        message: a Chinese sentence without full stop.
        suggestion: what may be meant, as it would be typed.
        is_error: it must be mended; otherwise it is to be looked at.
        place: in words, 第 5 行 C 列.
    """

    sheet: str
    row: int
    column: str
    raw: str
    message: str
    suggestion: str
    is_error: bool
    place: str


@dataclass(frozen=True, slots=True)
class Marking:
    """The order for a marked copy, which the child process carries out.

    Args:
        passwords: tried one after the other when the file is encrypted.
        intro: lines that stand above the list of problems, for the sender.
    """

    source: Source
    passwords: tuple[str, ...]
    marks: tuple[Mark, ...]
    intro: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """A workbook (.xlsx) to send back.

    Args:
        rebuilt: made anew from the values of the cells, since the sender's format cannot be written.
        losses: what the copy lacks of the sender's file, each a Chinese noun: 图表, 宏.
    """

    data: bytes
    rebuilt: bool
    losses: tuple[str, ...]


def marks_of(problems: Iterable[Problem]) -> tuple[Mark, ...]:
    """The marks for problems, by sheet in the order of the sheets and there from top to bottom, each once."""
    marks = (
        Mark(
            each.sheet,
            each.row,
            each.column,
            each.raw,
            each.message,
            each.suggestion,
            each.is_error,
            each.place,
        )
        for each in problems
    )
    distinct = list(dict.fromkeys(marks))
    sheets = {mark.sheet: number for number, mark in reversed(list(enumerate(distinct)))}
    return tuple(
        sorted(distinct, key=lambda mark: (sheets[mark.sheet], mark.row, len(mark.column), mark.column))
    )
