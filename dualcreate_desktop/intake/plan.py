"""What an import will do, row by row, decided before anything is written.

An empty cell never erases a stored value: lists are often partial, and what is to be removed is removed in the
window. Records that the list leaves out are named (absent), never deleted.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.vocabulary import RowState
from dualcreate_desktop.intake.guessing import UnitGuess
from dualcreate_desktop.intake.known import PlanValue
from dualcreate_desktop.intake.reading import Problem
from dualcreate_desktop.intake.rows import SkippedRow
from dualcreate_desktop.intake.values import Value


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a stored record that the file gives another value; `before` is None when it was empty."""

    key: str
    before: Value | None
    after: PlanValue


@dataclass(frozen=True, slots=True)
class Told:
    """What will be done, in words: in few for a cell, and in a sentence without its full stop."""

    short: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What will happen to one row.

    Args:
        row: as Excel counts, from 1.
        record_id, revision: of the stored record that the row means; None for a new one.
        values: field key → typed value; empty cells have no key. UNIT and BRANCH hold ids.
        changes: of a stored record, in the order of the list's fields.
        told: what will be done, where the values alone do not say it.
        extra: heading → text of the columns that mean no field; 原名 for an old name in brackets.
    """

    row: int
    state: RowState
    record_id: str | None
    revision: str | None
    values: Mapping[str, PlanValue]
    changes: tuple[FieldChange, ...] = ()
    problems: tuple[Problem, ...] = ()
    extra: Mapping[str, str] | None = None
    told: Told | None = None

    def with_problems(self, problems: Sequence[Problem]) -> PlanRow:
        """The row with more that was found against it; an error keeps it out."""
        told = (*self.problems, *problems)
        if not any(problem.is_error for problem in problems):
            return replace(self, problems=told)
        return replace(self, state=RowState.PROBLEM, changes=(), problems=told)


@dataclass(frozen=True, slots=True)
class AbsentRecord:
    """A stored record inside the file's scope that the file does not list."""

    record_id: str
    revision: str
    identity: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """An import, decided. The preview shows it and the commit executes it.

    Args:
        source_name, sha256: of the file as received.
        rows: of the sheet, in its order; rows that are no records are left out.
        absent: stored records of the groups (unit, year, kind …) that the file covers, which it does not list.
        problems: of the sheet as a whole.
        notes: Chinese sentences about what was read: hidden rows, columns kept as extra.
        skipped: all rows of the sheet that hold something and are no records; with `rows` they are the whole sheet.
        unit: whose list it seems to be; None when nothing says so.
    """

    source_name: str
    sha256: str
    sheet: str
    list_key: str
    rows: tuple[PlanRow, ...]
    absent: tuple[AbsentRecord, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: tuple[SkippedRow, ...] = ()
    unit: UnitGuess | None = None

    @property
    def counts(self) -> Mapping[RowState, int]:
        """How many rows of each state, and the absent records; states that do not occur are 0."""
        counts = Counter(row.state for row in self.rows)
        return {state: counts[state] for state in RowState} | {RowState.ABSENT: len(self.absent)}

    @property
    def summary(self) -> str:
        """新增 3，更新 2，未变 41，有问题 1"""
        counts = self.counts
        told = [f"{state.label} {counts[state]}" for state in RowState if counts[state]]
        return "，".join(told) or "没有可导入的行"

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Those of the sheet, then of its rows from top to bottom."""
        return self.problems + tuple(problem for row in self.rows for problem in row.problems)

    @property
    def applicable(self) -> tuple[PlanRow, ...]:
        """The rows that will write something."""
        return tuple(row for row in self.rows if row.state in (RowState.NEW, RowState.CHANGED))

    def digest(self) -> str:
        """SHA-256 of all that will be written, equal for equal plans."""
        digest = hashlib.sha256(repr((self.sha256, self.sheet, self.list_key)).encode())
        for row in self.applicable:
            parts = (row.row, row.record_id, row.revision, sorted(row.values.items()), row.changes)
            digest.update(repr(parts).encode())
        return digest.hexdigest()
