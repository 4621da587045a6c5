"""What a row must fit besides its own cells, found out when the import is planned and shown in its preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Unit
from db.vocabulary import ProblemKind, Severity
from dualcreate_desktop.intake.grid import column_letter
from dualcreate_desktop.intake.plan import ImportPlan, PlanRow
from dualcreate_desktop.intake.reading import Problem
from dualcreate_desktop.intake.shape import Guess
from dualcreate_desktop.lists import APPLICATIONS, REVIEWERS
from dualcreate_desktop.office.applications import applicant_trouble
from dualcreate_desktop.office.receivers import Context
from dualcreate_desktop.office.reviews import reviewers


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a row cannot be written although each of its cells can be read; `key` of the field to mend."""

    row: int
    key: str
    message: str


def examined(session: Session, context: Context, guess: Guess, plan: ImportPlan) -> ImportPlan:
    """The plan, with the rows that do not fit kept out as problems."""
    examine = EXAMINERS.get(plan.list_key)
    if examine is None:
        return plan
    letters = {key: column_letter(column) for column, key in guess.mapping.items()}
    found: dict[int, list[Problem]] = {}
    for misfit in examine(session, context, plan.applicable):
        place = (plan.sheet, misfit.row, letters.get(misfit.key, ""), misfit.key)
        problem = Problem(ProblemKind.INCONSISTENT, Severity.ERROR, *place, misfit.message)
        found.setdefault(misfit.row, []).append(problem)
    return replace(plan, rows=tuple(row.with_problems(found.get(row.row, ())) for row in plan.rows))


def _applications(_session: Session, context: Context, rows: Sequence[PlanRow]) -> Iterator[Misfit]:
    """Units apply in categories of units, branches in those of branches."""
    for row in rows:
        if trouble := applicant_trouble(context.round_rules.notice, row.values):
            yield Misfit(row.row, "branch", trouble)


def _reviewers(session: Session, context: Context, rows: Sequence[PlanRow]) -> Iterator[Misfit]:
    """Nobody has two numbers. A person is known by name within the unit, whichever way the unit is written."""
    units = {name: unit.id for unit in session.scalars(select(Unit)) for name in (unit.short_name, unit.name)}
    units.pop("", None)
    numbers: dict[tuple[object, object], set[object]] = {}
    for judge in reviewers(session, context.round_rules.round_id):
        numbers.setdefault((judge.name, judge.unit_id), set()).add(judge.number)
    listed = [(row, (row.values["name"], units.get(str(row.values.get("affiliation", ""))))) for row in rows]
    for row, person in listed:
        numbers.setdefault(person, set()).add(row.values["number"])
    for row, person in listed:
        if others := numbers[person] - {row.values["number"]}:
            told = "、".join(map(str, sorted(others, key=str)))
            yield Misfit(row.row, "name", f"“{row.values['name']}”已是 {told} 号评委，一人只能有一个编号")


Examine = Callable[[Session, Context, Sequence[PlanRow]], Iterator[Misfit]]

EXAMINERS: Mapping[str, Examine] = {APPLICATIONS.key: _applications, REVIEWERS.key: _reviewers}
"""By the key of the list; the other lists have nothing to fit but themselves."""
