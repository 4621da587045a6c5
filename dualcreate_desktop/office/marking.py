"""Entering marks by hand, as they stand on a paper scoring sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlalchemy import select

from db.errors import NotAllowed
from db.models import Mark
from db.vocabulary import ConflictState
from dualcreate_desktop.fields import Field
from dualcreate_desktop.office import reviews
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.score_sheets import criteria_fields, criterion_heading
from dualcreate_desktop.office.store import Changed, Office


@dataclass(frozen=True, slots=True)
class MarkingJudge:
    """A reviewer who may mark an application, with the marks given so far, by criterion."""

    id: str
    name: str
    marks: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class MarkingForm:
    """What the form of an application's marks shows; reviewers who keep out are not offered.

    Args:
        weights: of each criterion in the total.
    """

    application_id: str
    title: str
    fields: tuple[Field, ...]
    judges: tuple[MarkingJudge, ...]
    weights: Mapping[str, Decimal]

    def total(self, marks: Mapping[str, Decimal]) -> Decimal | None:
        """The weighted sum of complete marks; None while one is wanting."""
        if any(key not in marks for key in self.weights):
            return None
        return sum((marks[key] * weight for key, weight in self.weights.items()), Decimal(0))

    def after(self, judge_id: str) -> str:
        """The next reviewer who has not marked; by number where all have. After the last follows the first."""
        others = self._others(judge_id)
        return next((judge.id for judge in others if not judge.marks), others[0].id if others else judge_id)

    def waits_after(self, judge_id: str) -> bool:
        """Whether another reviewer has not marked yet."""
        return not all(judge.marks for judge in self._others(judge_id))

    def _others(self, judge_id: str) -> tuple[MarkingJudge, ...]:
        """The other reviewers, from the next one round."""
        place = [judge.id for judge in self.judges].index(judge_id)
        return self.judges[place + 1 :] + self.judges[:place]


def marking_form(office: Office, round_id: str, application_id: str) -> MarkingForm:
    """The reviewers who mark an application, and what they gave.

    Raises:
        NotAllowed: nobody may mark it, or it is gone.
    """
    with office.read() as session:
        current = rules(session, round_id)
        row = _row(applications(session, round_id), application_id)
        known = reviews.conflicts(session, round_id)
        given: dict[str, dict[str, Decimal]] = {}
        for mark in session.scalars(select(Mark).where(Mark.application_id == application_id)):
            given.setdefault(mark.reviewer_id, {})[mark.criterion] = mark.points
        judges = tuple(
            MarkingJudge(judge.id, f"{judge.number} {judge.name}", given.get(judge.id, {}))
            for judge in reviews.reviewers(session, round_id)
            if known.get((judge.id, application_id)) is not ConflictState.DECLARED
        )
    if not judges:
        raise NotAllowed("没有可以评分的评委", where=row.title, todo="请先在“评委与回避”中登记评委。")
    rubric = current.notice.rubric
    headed = tuple(
        replace(field, label=criterion_heading(criterion))
        for field, criterion in zip(criteria_fields(rubric), rubric.criteria, strict=True)
    )
    weights = {criterion.key: criterion.weight for criterion in rubric.criteria}
    return MarkingForm(application_id, row.title, headed, judges, weights)


def save_marks(
    office: Office, round_id: str, reviewer_id: str, application_id: str, marks: Mapping[str, Decimal]
) -> Changed | None:
    """Write one reviewer's marks of one application; None when nothing differs.

    Raises:
        NotAllowed: the reviewer must keep out, or a mark is outside its criterion.
    """
    with office.read() as session:
        judge = next(item for item in reviews.reviewers(session, round_id) if item.id == reviewer_id)
        row = _row(applications(session, round_id), application_id)
    with office.change(f"录入评分 {judge.name}评{row.title}") as session:
        reviews.enter_marks(session, rules(session, round_id), reviewer_id, application_id, marks)
    return session.changed


def _row(rows: tuple[ApplicationRow, ...], application_id: str) -> ApplicationRow:
    for row in rows:
        if row.id == application_id:
            return row
    raise NotAllowed("这项申报已不存在", todo="请刷新列表。")
