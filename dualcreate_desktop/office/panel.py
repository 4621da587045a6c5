"""评委与回避: the reviewers of a round, how far each has marked, and what each must keep out of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.errors import NotAllowed, StaleData
from db.history import Writer
from db.models import Application, Conflict, Mark, Person, Reviewer
from db.vocabulary import ConflictState
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.lists import REVIEWERS
from dualcreate_desktop.office import reviews
from dualcreate_desktop.office.applications import ApplicationRow, applications
from dualcreate_desktop.office.records import Form, Value, revision_of
from dualcreate_desktop.office.reviews import REVIEWED, ReviewerRow
from dualcreate_desktop.office.rounds import rules
from dualcreate_desktop.office.store import Changed, Office


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One 评委 as a table shows it.

    Args:
        given: applications marked on every criterion; `expected` all that the reviewer need not keep out of.
        kept_out: applications with 回避; `not_asked` those of which nothing is known.
    """

    id: str
    number: int
    name: str
    affiliation: str
    title: str
    statement: str
    given: int
    expected: int
    kept_out: int
    not_asked: int

    @property
    def marked(self) -> str:
        """30/32."""
        return f"{self.given}/{self.expected}"

    @property
    def done(self) -> bool:
        """Whether every mark is in."""
        return self.given >= self.expected


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """What is known of a reviewer and an application.

    Args:
        locked: the reviewer belongs to the applicant's unit; `reason` says so and nobody can change it.
    """

    id: str
    title: str
    unit: str
    category: str
    state: ConflictState
    reason: str
    locked: bool


PANEL_COLUMNS = (
    Column("number", "编号", 6, Align.RIGHT),
    Column("name", "姓名", 10),
    Column("affiliation", "所在单位", 22),
    Column("title", "职务", 16, hidden=True),
    Column("marked", "已评", 8, Align.RIGHT),
    Column("kept_out", "回避", 6, Align.RIGHT),
    Column("not_asked", "未询问", 8, Align.RIGHT),
    Column("statement", "回避说明", 24, hidden=True),
)

CONFLICT_COLUMNS = (
    Column("title", "申报党组织", 30),
    Column("state", "回避", 11, pill=True),
    Column("reason", "说明", 18, hidden=True),
)


def panel(office: Office, round_id: str) -> tuple[PanelRow, ...]:
    """The reviewers of a round, by number."""
    with office.read() as session:
        judges = reviews.reviewers(session, round_id)
        texts = _texts(session, round_id)
        reviewed = {row.id for row in applications(session, round_id) if row.state in REVIEWED}
        known = reviews.conflicts(session, round_id)
        complete = _complete(session, round_id)
    return tuple(_row(judge, texts[judge.id], reviewed, known, complete) for judge in judges)


def conflict_rows(office: Office, round_id: str, reviewer_id: str) -> tuple[ConflictRow, ...]:
    """Every reviewed application of the round and what is known of the reviewer, in the order of the registry."""
    with office.read() as session:
        names = {item.key: item.short_name for item in rules(session, round_id).notice.categories}
        unit_id = session.scalar(
            select(Person.unit_id)
            .join(Reviewer, Reviewer.person_id == Person.id)
            .where(Reviewer.id == reviewer_id)
        )
        stored = {
            item.application_id: item
            for item in session.scalars(select(Conflict).where(Conflict.reviewer_id == reviewer_id))
        }
        rows = [row for row in applications(session, round_id) if row.state in REVIEWED]
        return tuple(
            _conflict(row, names[row.category], stored.get(row.id), locked=row.unit_id == unit_id)
            for row in rows
        )


def next_number(office: Office, round_id: str) -> int:
    """The number that the next reviewer gets."""
    with office.read() as session:
        last = session.scalar(select(func.max(Reviewer.number)).where(Reviewer.round_id == round_id))
    return (last or 0) + 1


def reviewer_form(office: Office, reviewer_id: str) -> Form:
    """What a form shows of a reviewer; StaleData when it is gone."""
    with office.read() as session:
        record = _existing(session, reviewer_id)
        person = session.get_one(Person, record.person_id)
        values: dict[str, Value] = {
            "number": record.number,
            "name": person.name,
            "affiliation": record.affiliation or None,
            "title": person.title or None,
            "statement": record.statement or None,
        }
        return Form(record.id, revision_of(record, person), values)


def save_reviewer(office: Office, round_id: str, form: Form) -> Changed | None:
    """Write a reviewer from a form as one change; None when nothing differs.

    Raises:
        NotAllowed: number or name is missing, or another reviewer of the round has it.
        StaleData: somebody changed the reviewer since the form read it.
    """
    for key in ("number", "name"):
        if form.values.get(key) in (None, ""):
            raise NotAllowed(f"“{REVIEWERS.field(key).label}”没有填写", todo="请补填后再保存。")
    verb = "新增" if form.record_id is None else "修改"
    with office.change(f"{verb}评委 {form.values['name']}") as session:
        _refuse_namesake(session, round_id, form)
        values = {**form.values, **{key: form.values.get(key) or "" for key in ("affiliation", "statement")}}
        if form.record_id is None:
            reviews.insert(session, round_id, [values])
        else:
            _rewrite(session, form, values)
    return session.changed


def remove_reviewer(office: Office, reviewer_id: str) -> Changed | None:
    """Take a reviewer from the panel, with the marks given and what is known of conflicts.

    Raises:
        StaleData: the reviewer is gone.
    """
    with office.read() as session:
        name = session.get_one(Person, _existing(session, reviewer_id).person_id).name
    with office.change(f"删除评委 {name}") as session:
        record = _existing(session, reviewer_id)
        for model in (Mark, Conflict):
            for owned in session.scalars(select(model).where(model.reviewer_id == reviewer_id)):
                session.delete(owned)
        session.delete(record)
    return session.changed


def _row(
    judge: ReviewerRow,
    texts: tuple[str, str],
    reviewed: set[str],
    known: dict[tuple[str, str], ConflictState],
    complete: Counter[str],
) -> PanelRow:
    states = Counter(known.get((judge.id, application)) for application in reviewed)
    kept_out = states[ConflictState.DECLARED]
    return PanelRow(
        id=judge.id,
        number=judge.number,
        name=judge.name,
        affiliation=texts[0],
        title=judge.title,
        statement=texts[1],
        given=complete[judge.id],
        expected=len(reviewed) - kept_out,
        kept_out=kept_out,
        not_asked=len(reviewed) - kept_out - states[ConflictState.NONE],
    )


def _texts(session: Session, round_id: str) -> dict[str, tuple[str, str]]:
    """Reviewer → affiliation and statement."""
    query = select(Reviewer.id, Reviewer.affiliation, Reviewer.statement).where(Reviewer.round_id == round_id)
    return {key: (affiliation, statement) for key, affiliation, statement in session.execute(query)}


def _complete(session: Session, round_id: str) -> Counter[str]:
    """Reviewer → applications still in the review with a mark for every criterion."""
    criteria = len(rules(session, round_id).notice.rubric.criteria)
    marked = (
        select(Mark.reviewer_id, Mark.application_id)
        .join(Application, Mark.application_id == Application.id)
        .where(Application.round_id == round_id, Application.state.in_(REVIEWED))
        .group_by(Mark.reviewer_id, Mark.application_id)
        .having(func.count() >= criteria)
    )
    kept_out = {
        key for key, state in reviews.conflicts(session, round_id).items() if state is ConflictState.DECLARED
    }
    return Counter(
        judge for judge, application in session.execute(marked) if (judge, application) not in kept_out
    )


def _conflict(row: ApplicationRow, category: str, stored: Conflict | None, *, locked: bool) -> ConflictRow:
    state = ConflictState.NOT_ASKED if stored is None else stored.state
    reason = "" if stored is None else stored.reason
    return ConflictRow(row.id, row.title, row.unit, category, state, reason, locked)


def _existing(session: Session, reviewer_id: str) -> Reviewer:
    record = session.get(Reviewer, reviewer_id)
    if record is None:
        raise StaleData("这位评委已被删除", todo="请刷新列表。")
    return record


def _rewrite(session: Writer, form: Form, values: Mapping[str, Value]) -> None:
    record = _existing(session, str(form.record_id))
    person = session.get_one(Person, record.person_id)
    if revision_of(record, person) != form.revision:
        raise StaleData("这位评委的信息在您填写期间被修改过", todo="请重新打开后再改，您刚才的修改没有保存。")
    record.number = int(str(values["number"]))
    reviews.update(session, record.id, values)
    if person.title != (values.get("title") or ""):
        person.title = str(values.get("title") or "")


def _refuse_namesake(session: Writer, round_id: str, form: Form) -> None:
    for judge in reviews.reviewers(session, round_id):
        if judge.id == form.record_id:
            continue
        if judge.number == form.values["number"]:
            raise NotAllowed(f"编号 {judge.number} 已属于评委{judge.name}", todo="请换一个编号。")
        if judge.name == form.values["name"]:
            raise NotAllowed(f"评委名单中已有{judge.name}", todo="同名的评委请在姓名后加所在单位以示区别。")
