"""What a row must fit besides its own cells, found out when the import is planned and shown in its preview."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Unit
from db.vocabulary import ProblemKind, RowState, Severity
from dualcreate_desktop.intake.grid import column_letter
from dualcreate_desktop.intake.plan import ImportPlan, PlanRow, Told
from dualcreate_desktop.intake.reading import Problem
from dualcreate_desktop.intake.shape import Guess
from dualcreate_desktop.lists import (
    APPLICATIONS,
    APPRAISALS,
    INQUIRY_REPLIES,
    LINEAGE,
    REORGANISATIONS,
    REVIEWERS,
)
from dualcreate_desktop.office import inquiry_lists, receivers, recording, reorganisation_lists, scored_items
from dualcreate_desktop.office.applications import applicant_trouble
from dualcreate_desktop.office.misfits import Foretold, Misfit, Settled
from dualcreate_desktop.office.receivers import Context
from dualcreate_desktop.office.reorganisation_lists import names_in
from dualcreate_desktop.office.reviews import reviewers
from dualcreate_desktop.office.scored_items import ITEMS


def examined(session: Session, context: Context, guess: Guess, plan: ImportPlan) -> ImportPlan:
    """The plan, with the rows that do not fit kept out as problems, and those that were done already as 未变."""
    examine = EXAMINERS.get(plan.list_key)
    if examine is None:
        return plan
    letters = {key: column_letter(column) for column, key in guess.mapping.items()}
    found: dict[int, list[Problem]] = {}
    settled: dict[int, str] = {}
    foretold: dict[int, Told] = {}
    for told in examine(session, context, plan.applicable):
        if isinstance(told, Settled):
            settled[told.row] = told.record_id
            continue
        if isinstance(told, Foretold):
            foretold[told.row] = told.told
            continue
        place = (plan.sheet, told.row, letters.get(told.key, ""), told.key)
        problem = Problem(told.kind, Severity.ERROR, *place, told.message)
        found.setdefault(told.row, []).append(problem)
    fitting = (row.with_problems(found.get(row.row, ())) for row in plan.rows)
    rows = (replace(row, told=foretold.get(row.row)) for row in fitting)
    return replace(plan, rows=tuple(_as_settled(row, settled) for row in rows))


def _as_settled(row: PlanRow, settled: Mapping[int, str]) -> PlanRow:
    if row.row not in settled:
        return row
    return replace(row, state=RowState.SAME, record_id=settled[row.row], changes=())


def _applications(session: Session, context: Context, rows: Sequence[PlanRow]) -> Iterator[Misfit]:
    """Units apply in categories of units, branches in those of branches, each of a kind that is admitted."""
    for row in rows:
        if trouble := applicant_trouble(session, context.round_rules.notice, row.values):
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


def _reorganisations(
    session: Session, context: Context, rows: Sequence[PlanRow]
) -> Iterator[Misfit | Settled | Foretold]:
    """An adjustment must be possible on the branches as they stand, after the rows before it."""
    values = {row.row: receivers.told(row.values) for row in rows}
    return reorganisation_lists.examine(session, values, context.day)


def _appraisals(session: Session, _context: Context, rows: Sequence[PlanRow]) -> Iterator[Misfit | Settled]:
    """Points are no more than can be had: of the row's own maximum, else of that year's scale; those of items too."""
    greatest = recording.greatest_points(session)
    for row in rows:
        if trouble := recording.points_trouble(receivers.told(row.values), greatest):
            yield Misfit(row.row, "score", trouble, ProblemKind.OUT_OF_RANGE)
        try:
            told = scored_items.typed(scored_items.stored(row.values.get(ITEMS)))
        except NotAllowed as refusal:
            yield Misfit(row.row, ITEMS, refusal.what)
            continue
        if row.record_id and all(change.key == ITEMS and change.before == told for change in row.changes):
            yield Settled(row.row, row.record_id)


def _lineage(_session: Session, _context: Context, rows: Sequence[PlanRow]) -> Iterator[Misfit | Settled]:
    """The same branches before, in another order or with other signs between them, are no change."""
    for row in rows:
        same = [
            change.key == "before" and {*names_in(change.before)} == {*names_in(change.after)}
            for change in row.changes
        ]
        if row.record_id is not None and all(same):
            yield Settled(row.row, row.record_id)


Examine = Callable[[Session, Context, Sequence[PlanRow]], Iterator[Misfit | Settled | Foretold]]

EXAMINERS: Mapping[str, Examine] = {
    APPLICATIONS.key: _applications,
    REVIEWERS.key: _reviewers,
    APPRAISALS.key: _appraisals,
    LINEAGE.key: _lineage,
    REORGANISATIONS.key: _reorganisations,
    INQUIRY_REPLIES.key: lambda session, _context, rows: inquiry_lists.examine(session, rows),
}
"""By the key of the list; the other lists have nothing to fit but themselves."""
