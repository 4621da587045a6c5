"""审查矩阵: every application of a category against every condition, for the window and as a workbook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from db.vocabulary import ApplicationState, Verdict
from dualcreate_desktop.fields import Column
from dualcreate_desktop.office.application_desk import Desk
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.requirements import Condition, Force

CELL = "c"
"""With its number, the key of a condition's column."""

HEAD = 4
"""So many characters of a condition stand below its clause at the head; all of them in the tooltip."""

ORDER = (Verdict.UNVERIFIED, Verdict.FAIL, Verdict.PASS, Verdict.NOT_APPLICABLE)
"""What a person must look at comes first."""

SHOWN = {Verdict.UNVERIFIED: "有待核实", Verdict.FAIL: "有不通过", Verdict.PASS: "应达到的都通过"}
"""The chips, in their order: the verdict on the whole application, for which what is 供参考 does not count."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One application; the attribute c0 is the verdict on the first condition, and so on.

    Args:
        findings: in the order of the conditions.
        groups: the chips under which it is found.
    """

    id: str
    applicant: str
    unit: str
    unit_id: str
    secretary: str
    overall: Verdict
    findings: tuple[Finding, ...]
    groups: frozenset[str]

    def __getattr__(self, key: str) -> Any:
        """The verdict of a column."""
        number = number_of(key)
        if number is None or number >= len(self.findings):
            raise AttributeError(key)
        return self.findings[number].verdict


@dataclass(frozen=True, slots=True)
class Matrix:
    """One category of a round."""

    category: str
    name: str
    conditions: tuple[Condition, ...]
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]

    @property
    def aside(self) -> str:
        """How many conditions decide nothing, as a sentence; empty when none does."""
        found = sum(item.force is Force.REFERENCE for item in self.conditions)
        return f"供参考的 {found} 条不计入综合和筛选" if found else ""

    def page(self, query: TableQuery) -> Page[MatrixRow]:
        """The rows that a query finds."""
        ranks = {column.key: _rank(column.key) for column in self.columns if column.pill}
        return sift(
            self.rows, query, texts=lambda row: (row.applicant, row.unit, row.secretary), sort_by=ranks
        )

    def counts(self, search: str, filters: Mapping[str, frozenset[str]]) -> dict[str, int]:
        """Chip → how many rows it would show; under "" all that the search and the other filters find."""
        found = self.page(TableQuery(search, filters, limit=None)).rows
        counted = Counter(chain.from_iterable(row.groups for row in found))
        return {"": len(found), **{key.value: counted[key.value] for key in SHOWN}}


def number_of(key: str) -> int | None:
    """The number of a condition's column; None for another column."""
    number = key.removeprefix(CELL)
    return int(number) if number != key and number.isdigit() else None


def matrices(desk: Desk) -> tuple[Matrix, ...]:
    """A matrix for each category of the round; withdrawn applications are left out."""
    return tuple(
        _matrix(desk, category.key, category.short_name) for category in desk.rules.notice.categories
    )


def _matrix(desk: Desk, category: str, name: str) -> Matrix:
    conditions = desk.rules.notice.conditions_of(category)
    shown = [
        row
        for row in desk.rows.values()
        if row.category == category and row.state is not ApplicationState.WITHDRAWN
    ]
    columns = (
        Column("applicant", "申报党组织", 24),
        Column("overall", "综合", 8, pill=True),
        *(
            Column(
                f"{CELL}{number}",
                _head(item),
                9,
                pill=True,
                hint=f"{item.clause} {item.label}（{item.force.label}）",
            )
            for number, item in enumerate(conditions)
        ),
    )
    rows = []
    for row in shown:
        assessment = desk.assessments[row.id]
        rows.append(
            MatrixRow(
                row.id,
                row.title,
                row.unit,
                row.unit_id,
                row.secretary or "",
                assessment.overall,
                assessment.findings,
                frozenset({assessment.overall.value, row.unit_id}),
            )
        )
    return Matrix(category, name, conditions, columns, tuple(rows))


def _head(condition: Condition) -> str:
    text = condition.label
    aside = " 参考" if condition.force is Force.REFERENCE else ""
    return f"{condition.clause}{aside}\n{text if len(text) <= HEAD else f'{text[:HEAD]}…'}"


def _rank(key: str) -> Any:
    return lambda row: ORDER.index(getattr(row, key))


def export(
    path: Path,
    desk: Desk,
    found: Matrix,
    rows: tuple[MatrixRow, ...],
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> int:
    """Write a matrix with its legend and every piece of evidence; returns how many applications.

    Args:
        tell: told how far the evidence is written; raises to stop.

    Raises:
        UserError: the file cannot be written.
    """
    from dualcreate_desktop.papers import finding_matrix as paper

    paper.write_matrix(
        path,
        paper.MatrixBook(
            f"{desk.rules.round_name} {found.name} 审查意见矩阵",
            tuple(paper.Head(item.clause, item.label, item.force.label) for item in found.conditions),
            tuple(
                paper.Row(row.unit, row.applicant, row.overall, tuple(item.verdict for item in row.findings))
                for row in rows
            ),
            tuple(line for row in rows for line in _details(row)),
        ),
        tell,
    )
    return len(rows)


def _details(row: MatrixRow) -> Iterator[tuple[str, ...]]:
    for finding in row.findings:
        confirmed = f"{finding.confirmed_by} {finding.confirmed_at:%Y-%m-%d}" if finding.confirmed_at else ""
        yield (
            row.unit,
            row.applicant,
            finding.clause,
            finding.label,
            finding.force.label,
            finding.verdict.label,
            "；".join(finding.evidence),
            confirmed,
            finding.reason,
            finding.approver,
        )
