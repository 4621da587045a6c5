"""The forms of 建设: a payment, an evaluation, and what a meeting decided of a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Evaluation, Payment, Project
from db.vocabulary import ProjectState
from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.office import projects
from dualcreate_desktop.office.projects import evaluations_of, payments_of
from dualcreate_desktop.office.records import Form, Value
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice_parts import Instalment
from dualcreate_desktop.rules.projects import yuan
from dualcreate_desktop.rules.steps import Need, Step, Verb, require, step


@dataclass(frozen=True, slots=True)
class Asked:
    """A form for the window: its fields, its values, and what it says above them."""

    fields: tuple[Field, ...]
    form: Form
    hint: str


def new_payment(office: Office, project_id: str) -> Asked:
    """The form of the next instalment that can be paid, with its amount and today's day.

    Raises:
        NotAllowed: no instalment can be paid now; says why, with the clause.
    """
    with office.read() as session:
        item, current, category = projects.opened(session, project_id)
        paid = {row.instalment for row in payments_of(session, project_id)}
        parts = [part for part in projects.instalments(current, category) if part.key not in paid]
        if not parts:
            raise NotAllowed("这个项目没有待拨的经费", todo="如需更正已登记的拨款，请在“拨款”一行点“修改”。")
        projects.check_payable(session, item, current, category, parts[0])
    part = parts[0]
    values: Mapping[str, Value] = {"amount": part.fen, "paid_on": office.clock().date()}
    return Asked(_payment_fields(part), Form(None, "", {**values, "instalment": part.key}), _ceiling(part))


def payment_form(office: Office, payment_id: str) -> Asked:
    """The form of a payment that is registered."""
    with office.read() as session:
        record = _payment_record(session, payment_id)
        _, current, category = projects.opened(session, record.project_id)
        part = projects.instalment_of(current, category, record.instalment)
        values: Mapping[str, Value] = {
            "instalment": part.key,
            "amount": record.amount,
            "paid_on": record.paid_on,
            "note": record.note or None,
        }
        form = Form(record.id, record.revision, values)
    return Asked(_payment_fields(part), form, _ceiling(part))


def save_payment(office: Office, project_id: str, form: Form) -> Changed | None:
    """Register a payment, or correct one.

    Raises:
        NotAllowed: see `projects.pay`.
    """
    amount, paid_on, note = form.values["amount"], form.values["paid_on"], form.values.get("note")
    if not isinstance(amount, int) or not isinstance(paid_on, date):
        raise TypeError("the form of a payment holds an amount and a day")
    if form.record_id is None:
        key = str(form.values["instalment"])
        return projects.pay(office, project_id, key, amount, paid_on, note=str(note or ""))
    with office.change(f"修改拨款 {projects.title_of(office, project_id)}") as session:
        record = _payment_record(session, form.record_id)
        _, current, category = projects.opened(session, record.project_id)
        projects.check_amount(projects.instalment_of(current, category, record.instalment), amount)
        record.amount, record.paid_on, record.note = amount, paid_on, str(note or "")
    return session.changed


def remove_payment(office: Office, payment_id: str) -> Changed | None:
    """Take a payment out that was registered by mistake."""
    with office.read() as reading:
        project_id = _payment_record(reading, payment_id).project_id
    with office.change(f"删除拨款登记 {projects.title_of(office, project_id)}") as session:
        session.delete(_payment_record(session, payment_id))
    return session.changed


def new_evaluation(office: Office, project_id: str) -> Asked:
    """The form of the next evaluation.

    Raises:
        NotAllowed: the project has ended.
    """
    with office.read() as session:
        item, current, _ = projects.opened(session, project_id)
        projects.check_open(item)
        graded = {row.occasion: row for row in evaluations_of(session, project_id)}
        passed = {
            key for key, row in graded.items() if current.notice.evaluation(key).grade(row.grade).passes
        }
    due = [one.key for one in current.notice.evaluations if one.key not in passed]
    values: Mapping[str, Value] = {"occasion": due[0] if due else None, "evaluated_on": office.clock().date()}
    return Asked(_evaluation_fields(current), Form(None, "", values), _what_follows(current))


def evaluation_form(office: Office, evaluation_id: str) -> Asked:
    """The form of an evaluation that is registered."""
    with office.read() as session:
        record = _evaluation_record(session, evaluation_id)
        _, current, _ = projects.opened(session, record.project_id)
        form = Form(
            record.id,
            record.revision,
            {
                "occasion": record.occasion,
                "grade": record.grade,
                "evaluated_on": record.evaluated_on,
                "opinion": record.opinion or None,
            },
        )
    return Asked(_evaluation_fields(current), form, _what_follows(current))


def save_evaluation(office: Office, project_id: str, form: Form) -> Changed | None:
    """Register the grade of an evaluation; the project takes the state that the rules give it.

    Raises:
        NotAllowed: see `projects.grade`.
    """
    evaluated_on, opinion = form.values["evaluated_on"], form.values.get("opinion")
    if not isinstance(evaluated_on, date):
        raise TypeError("the form of an evaluation holds a day")
    occasion, name = str(form.values["occasion"]), str(form.values["grade"])
    return projects.grade(
        office,
        project_id,
        occasion,
        name,
        evaluated_on,
        opinion=str(opinion or ""),
        correcting=form.record_id is not None,
    )


def remove_evaluation(office: Office, evaluation_id: str) -> Changed | None:
    """Take an evaluation out that was registered by mistake; the project stands again where it stood before.

    Raises:
        NotAllowed: money was paid because of it.
    """
    with office.read() as reading:
        project_id = _evaluation_record(reading, evaluation_id).project_id
    with office.change(f"删除评估登记 {projects.title_of(office, project_id)}") as session:
        record = _evaluation_record(session, evaluation_id)
        item, current, category = projects.opened(session, record.project_id)
        _refuse_if_paid_on(session, item, current, category, record)
        session.delete(record)
        session.flush()
        item.state = _state_by_grades(session, item, current)
    return session.changed


def take_step(office: Office, project_id: str, verb: Verb, *, meeting: str, reason: str) -> Changed | None:
    """Do what a meeting decided: 限期整改, 暂停支持, 恢复支持, 评定不达标.

    Raises:
        NotAllowed: not in the present state, or without the meeting or the reason.
    """
    met = {need for need, said in ((Need.DECISION, meeting), (Need.REASON, reason)) if said.strip()}
    with office.change(f"{verb.label} {projects.title_of(office, project_id)}") as session:
        item, _, _ = projects.opened(session, project_id)
        taken = step(item.state, verb)
        require(taken, met)
        item.state = ProjectState.of(taken.to)
        told = f"{office.clock():%Y-%m-%d} {verb.label}（{meeting.strip() or '办公室'}）：{reason.strip()}"
        item.note = f"{item.note}\n{told}".strip()
    return session.changed


def step_fields(taken: Step) -> tuple[Field, ...]:
    """What is asked before a step."""
    meeting = Field(
        "meeting", "会议或依据", required=Need.DECISION in taken.needs, width=40, hint="如：2024年5月部务会"
    )
    reason = Field("reason", "理由", FieldType.LONG_TEXT, required=Need.REASON in taken.needs)
    return meeting, reason


def _payment_fields(part: Instalment) -> tuple[Field, ...]:
    return (
        Field(
            "amount", f"{part.name}（元）", FieldType.MONEY, required=True, width=14, hint="如 5000 或 0.5万"
        ),
        Field("paid_on", "拨付日期", FieldType.DATE, required=True, width=14, hint="如 2024-03-15"),
        Field("note", "备注", FieldType.LONG_TEXT),
    )


def _evaluation_fields(current: Rules) -> tuple[Field, ...]:
    occasions = tuple(Choice(item.key, item.name) for item in current.notice.evaluations)
    grades = {
        grade.name: Choice(grade.name, grade.name)
        for item in current.notice.evaluations
        for grade in item.grades
    }
    return (
        Field("occasion", "哪次评估", FieldType.CHOICE, required=True, choices=occasions),
        Field("grade", "等次", FieldType.CHOICE, required=True, choices=tuple(grades.values())),
        Field("evaluated_on", "评估日期", FieldType.DATE, required=True, width=14, hint="如 2024-03-15"),
        Field("opinion", "意见", FieldType.LONG_TEXT),
    )


def _ceiling(part: Instalment) -> str:
    return f"{part.name}最多 {yuan(part.fen)}（{part.clause}）"


def _what_follows(current: Rules) -> str:
    return "\n".join(
        f"{item.name}：{'；'.join(f'{grade.name} → {grade.consequence}' for grade in item.grades)}（{item.clause}）"
        for item in current.notice.evaluations
    )


def _refuse_if_paid_on(
    session: Session, item: Project, current: Rules, category: str, record: Evaluation
) -> None:
    paid = {row.instalment for row in payments_of(session, item.id)}
    for part in projects.instalments(current, category):
        if part.after == record.occasion and part.key in paid:
            raise NotAllowed(f"已据此拨付{part.name}", todo="请先删除这笔拨款的登记。")


def _state_by_grades(session: Session, item: Project, current: Rules) -> ProjectState:
    graded = {row.occasion: row.grade for row in evaluations_of(session, item.id)}
    reached = [
        rule.grade(graded[rule.key]).leads_to for rule in current.notice.evaluations if rule.key in graded
    ]
    return reached[-1] if reached else ProjectState.RUNNING


def _payment_record(session: Session, payment_id: str) -> Payment:
    record = session.get(Payment, payment_id)
    if record is None:
        raise NotAllowed("这笔拨款的登记已不在", todo="请刷新列表。")
    return record


def _evaluation_record(session: Session, evaluation_id: str) -> Evaluation:
    record = session.get(Evaluation, evaluation_id)
    if record is None:
        raise NotAllowed("这次评估的登记已不在", todo="请刷新列表。")
    return record
