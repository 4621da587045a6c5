"""Reviews: reviewers, conflicts, marks, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.history import Writer
from db.models import Application, Conflict, Mark, Person, Reviewer, Unit, new_id
from db.vocabulary import ApplicationState, ConflictState
from dualcreate_desktop.office import people, records
from dualcreate_desktop.office.applications import ApplicationRow, applications, subject
from dualcreate_desktop.office.own_unit import headed
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice_parts import Category
from dualcreate_desktop.rules.ranking import Ranking, rank, reserve_places
from dualcreate_desktop.rules.scoring import Review, Score, Vote, score_all

REVIEWED = frozenset(
    {
        ApplicationState.ELIGIBLE,
        ApplicationState.PROPOSED,
        ApplicationState.RESERVE,
        ApplicationState.NOT_SELECTED,
        ApplicationState.SELECTED,
    }
)
"""States of applications that take part in the review."""


@dataclass(frozen=True, slots=True)
class ReviewerRow:
    """One 评委 of a round."""

    id: str
    number: int
    person_id: str
    name: str
    unit_id: str | None
    title: str


@dataclass(frozen=True, slots=True)
class CategoryRanking:
    """A category's ranking and the scores behind it.

    Args:
        scores: application id → score.
    """

    category: Category
    rows: Mapping[str, ApplicationRow]
    ranking: Ranking
    scores: Mapping[str, Score]


@dataclass(frozen=True, slots=True)
class ReviewRound:
    """All that the review of a round came to.

    Args:
        conflicts: (reviewer, application) → what is known; absent means 未询问.
        reasons: (reviewer, application) → why the reviewer keeps out, where somebody said so.
    """

    rules: Rules
    reviewers: tuple[ReviewerRow, ...]
    categories: tuple[CategoryRanking, ...]
    conflicts: Mapping[tuple[str, str], ConflictState] = field(default_factory=dict)
    reasons: Mapping[tuple[str, str], str] = field(default_factory=dict)


def reviewers(session: Session, round_id: str) -> tuple[ReviewerRow, ...]:
    """The reviewers of a round, by number."""
    query = (
        select(Reviewer.id, Reviewer.number, Person.id, Person.name, Person.unit_id, Person.title)
        .join(Person, Reviewer.person_id == Person.id)
        .where(Reviewer.round_id == round_id)
        .order_by(Reviewer.number)
    )
    return tuple(ReviewerRow(*row) for row in session.execute(query))


def insert(session: Writer, round_id: str, rows: Sequence[Mapping[str, Value]]) -> list[str]:
    """Add reviewers to a round; whoever belongs to an applicant's unit is given 回避 for its applications at once."""
    ids = []
    for row in rows:
        record = Reviewer(id=new_id(), round_id=round_id, number=row["number"], person_id="")
        session.add(record)
        _describe(session, record, row)
        ids.append(record.id)
    session.flush()
    add_computed_conflicts(session, round_id)
    return ids


def update(session: Writer, reviewer_id: str, values: Mapping[str, Value]) -> None:
    """Write the given values of a reviewer; keys that are not given stay."""
    record = session.get_one(Reviewer, reviewer_id)
    _describe(session, record, values)
    session.flush()
    add_computed_conflicts(session, record.round_id)


def _describe(session: Writer, record: Reviewer, values: Mapping[str, Value]) -> None:
    """The person behind a reviewer is known by name within the unit; an affiliation outside the registry is text."""
    for key in ("affiliation", "statement"):
        if values.get(key) is not None:
            setattr(record, key, str(values[key]))
    if values.get("name") is not None:
        named = or_(Unit.name == record.affiliation, Unit.short_name == record.affiliation)
        unit_id = session.scalar(select(Unit.id).where(named)) if record.affiliation else None
        person = people.find_or_add(
            session, str(values["name"]), unit_id, title=str(values.get("title") or "")
        )
        record.person_id = person.id


def add_computed_conflicts(session: Writer, round_id: str) -> None:
    """Record 回避 wherever a reviewer belongs to the unit that applies; a declared one stays."""
    known = conflicts(session, round_id)
    for reviewer in reviewers(session, round_id):
        own = select(Application.id).where(
            Application.round_id == round_id, Application.unit_id == reviewer.unit_id
        )
        for application_id in session.scalars(own):
            if known.get((reviewer.id, application_id)) is not ConflictState.DECLARED:
                set_conflict(session, reviewer.id, application_id, ConflictState.DECLARED, "评委所在单位申报")


def declare(
    office: Office,
    reviewer_id: str,
    application_ids: Iterable[str],
    state: ConflictState,
    *,
    reason: str = "",
) -> Changed | None:
    """Record what a reviewer answered when asked about applications.

    Raises:
        NotAllowed: 无 is declared for an application of the reviewer's own unit, or one is gone.
    """
    wanted = list(application_ids)
    of_reviewer_id = select(Person).join(Reviewer, Reviewer.person_id == Person.id)
    with office.read() as session:
        known = session.scalar(of_reviewer_id.where(Reviewer.id == reviewer_id))
        title = f"登记回避 {known.name if known else ''}：{subject(office, wanted)}"
    with office.change(title) as session:
        person = session.scalar(of_reviewer_id.where(Reviewer.id == reviewer_id))
        units = {item.id: item.unit_id for item in records.stored(session, Application, wanted)}
        of_reviewer = session.scalars(select(Conflict).where(Conflict.reviewer_id == reviewer_id))
        stored = {record.application_id: record for record in of_reviewer}
        for application_id in wanted:
            if application_id not in units:
                raise NotAllowed("这项申报已不存在", todo="请刷新列表。")
            if state is not ConflictState.DECLARED and person is not None:
                _refuse_own(person, units[application_id])
            record = stored.get(application_id) or Conflict(
                reviewer_id=reviewer_id, application_id=application_id
            )
            record.state, record.reason = state, reason
            session.add(record)
    return session.changed


def _refuse_own(person: Person, unit_id: str) -> None:
    if person.unit_id == unit_id:
        raise NotAllowed(f"{person.name}属于申报单位，应当回避", todo="不能登记为“无”或“未询问”。")


def set_conflict(
    session: Writer, reviewer_id: str, application_id: str, state: ConflictState, reason: str
) -> None:
    """Write one answer; the latest holds."""
    same = select(Conflict).where(
        Conflict.reviewer_id == reviewer_id, Conflict.application_id == application_id
    )
    record = session.scalar(same) or Conflict(reviewer_id=reviewer_id, application_id=application_id)
    record.state, record.reason = state, reason
    session.add(record)


def conflicts(session: Session, round_id: str) -> dict[tuple[str, str], ConflictState]:
    """(reviewer, application) → what is known; absent means 未询问."""
    query = (
        select(Conflict.reviewer_id, Conflict.application_id, Conflict.state)
        .join(Reviewer, Conflict.reviewer_id == Reviewer.id)
        .where(Reviewer.round_id == round_id)
    )
    return {(reviewer, application): state for reviewer, application, state in session.execute(query)}


def _reasons(session: Session, round_id: str) -> dict[tuple[str, str], str]:
    query = (
        select(Conflict.reviewer_id, Conflict.application_id, Conflict.reason)
        .join(Reviewer, Conflict.reviewer_id == Reviewer.id)
        .where(Reviewer.round_id == round_id, Conflict.reason != "")
    )
    return {(reviewer, application): reason for reviewer, application, reason in session.execute(query)}


def enter_marks(
    session: Writer, rules: Rules, reviewer_id: str, application_id: str, marks: Mapping[str, Decimal]
) -> None:
    """Write one reviewer's marks of one application, by criterion.

    Raises:
        NotAllowed: the reviewer must keep out, or a mark is outside its criterion.
    """
    if conflicts(session, rules.round_id).get((reviewer_id, application_id)) is ConflictState.DECLARED:
        raise NotAllowed("评委对这项申报应当回避，评分不予录入", todo="请评委删去这一行，或更正回避登记。")
    rubric = rules.notice.rubric
    maxima = {criterion.key: criterion for criterion in rubric.criteria}
    stored = select(Mark).where(Mark.reviewer_id == reviewer_id, Mark.application_id == application_id)
    existing = {mark.criterion: mark for mark in session.scalars(stored)}
    for key, points in marks.items():
        criterion = maxima[key]
        if not 0 <= points <= criterion.maximum:
            raise NotAllowed(
                f"“{criterion.name}”{points} 分不在 0～{criterion.maximum} 之间", todo="请核对评分表。"
            )
        if points != round(points, rubric.mark_decimals):
            raise NotAllowed(
                f"“{criterion.name}”{points} 分的小数太多，最多保留 {rubric.mark_decimals} 位",
                todo="请核对评分表。",
            )
        record = existing.get(key) or Mark(
            reviewer_id=reviewer_id, application_id=application_id, criterion=key
        )
        record.points = points
        session.add(record)


def review_round(office: Office, round_id: str) -> ReviewRound:
    """`review`, outside a session."""
    with office.read() as session:
        return review(session, round_id)


def headed_review(office: Office, round_id: str) -> ReviewRound:
    """`review`, under the name that stands at the head of the papers of the round."""
    with office.read() as session:
        found = review(session, round_id)
        return replace(found, rules=headed(session, found.rules))


def review(session: Session, round_id: str) -> ReviewRound:
    """Totals, spread, ties and ranking per category, cut at its target."""
    current = rules(session, round_id)
    judges = reviewers(session, round_id)
    known = conflicts(session, round_id)
    rows = [row for row in applications(session, round_id) if row.state in REVIEWED]
    marks = _marks(session, round_id)
    ranked = (_ranked(current, item, rows, judges, known, marks) for item in current.notice.categories)
    return ReviewRound(current, judges, tuple(ranked), known, _reasons(session, round_id))


_Marks = Mapping[tuple[str, str], Mapping[str, Decimal]]


def _marks(session: Session, round_id: str) -> _Marks:
    stored = session.scalars(
        select(Mark).join(Reviewer, Mark.reviewer_id == Reviewer.id).where(Reviewer.round_id == round_id)
    )
    result: dict[tuple[str, str], dict[str, Decimal]] = {}
    for mark in stored:
        result.setdefault((mark.reviewer_id, mark.application_id), {})[mark.criterion] = mark.points
    return result


def _ranked(
    current: Rules,
    category: Category,
    rows: Iterable[ApplicationRow],
    judges: Iterable[ReviewerRow],
    known: Mapping[tuple[str, str], ConflictState],
    marks: _Marks,
) -> CategoryRanking:
    own = {row.id: row for row in rows if row.category == category.key}
    rubric = current.notice.rubric
    reviews = [
        Review(
            application_id,
            judge.id,
            marks.get((judge.id, application_id), {}),
            Vote.CONFLICTED if known.get((judge.id, application_id)) is ConflictState.DECLARED else Vote.CAST,
        )
        for application_id in own
        for judge in judges
    ]
    scores = {score.application: score for score in score_all(rubric, reviews)}
    reserve = reserve_places(category.target, rubric.reserve_percent)
    ranking = rank(scores.values(), target=category.target, reserve=reserve)
    return CategoryRanking(category, own, _as_listed(ranking, own), scores)


def _as_listed(ranking: Ranking, listed: Iterable[str]) -> Ranking:
    """Within a place the applications stand as in their list: by their ids, two PCs would print two orders."""
    order = {application: number for number, application in enumerate(listed)}
    rows = sorted(ranking.rows, key=lambda row: (row.place is None, row.place or 0, order[row.application]))
    contested = sorted(ranking.contested, key=order.__getitem__)
    return replace(ranking, rows=tuple(rows), contested=tuple(contested))
