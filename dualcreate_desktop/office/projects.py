"""Projects (立项建设): payments, mid-term and acceptance grades, and what is overdue on a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.models import Application, Branch, Evaluation, Payment, Project, ProjectDay, Receipt, Unit
from db.vocabulary import ProjectState
from dualcreate_desktop.office.applications import ApplicationRow, selected
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Changed, Office
from dualcreate_desktop.rules.notice_parts import Instalment
from dualcreate_desktop.rules.projects import (
    OUTCOME,
    PUBLISHED,
    REPORT,
    Due,
    ProjectFacts,
    dues,
    payable,
    yuan,
)

NO_DAYS: Mapping[str, date] = {}
NOTHING: Counter[str] = Counter()

OVERDUE = "overdue"
"""The chip of projects with anything overdue."""


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """One project; `paid` in 分, `grades` by key of the evaluation, `dues` as of the day asked for."""

    id: str
    application: ApplicationRow
    starts: date
    ends: date
    state: ProjectState
    paid: int
    grades: Mapping[str, str]
    dues: tuple[Due, ...]

    @property
    def overdue(self) -> tuple[Due, ...]:
        """What is past its day."""
        return tuple(due for due in self.dues if due.days_overdue > 0)


def projects(office: Office, round_id: str, today: date) -> tuple[ProjectRow, ...]:
    """All projects of a round, with what each owes and is owed on a day."""
    with office.read() as session:
        return project_rows(session, rules(session, round_id), today)


def project_rows(session: Session, current: Rules, today: date) -> tuple[ProjectRow, ...]:
    """All projects of a round, with what each owes and is owed on a day."""
    rows = {row.id: row for row in selected(session, current.round_id)}
    stored = session.scalars(select(Project).where(Project.application_id.in_(rows))).all()
    payments, grades = _payments(session, stored), _grades(session, stored)
    days, settled = _days(session, stored), _settled(session, stored)
    order = {key: place for place, key in enumerate(rows)}
    return tuple(
        ProjectRow(
            item.id,
            rows[item.application_id],
            item.starts,
            item.ends,
            item.state,
            sum(payment.amount for payment in payments[item.id]),
            grades[item.id],
            dues(
                current.notice,
                _facts(
                    rows[item.application_id].category,
                    item.state,
                    payments[item.id],
                    grades[item.id],
                    days[item.id],
                    settled[item.application_id],
                ),
                today,
            ),
        )
        for item in sorted(stored, key=lambda item: order[item.application_id])
    )


def pay(
    office: Office, project_id: str, instalment: str, amount: int, paid_on: date, *, note: str = ""
) -> Changed | None:
    """Record an instalment as paid.

    Args:
        amount: in 分; at most what the rules give for it.

    Raises:
        NotAllowed: the rules know no such instalment, it was paid, it is too much, its condition is not met, or the
            project is suspended or has failed.
    """
    with office.change(f"登记拨款 {title_of(office, project_id)}") as session:
        item, current, category = opened(session, project_id)
        planned = instalment_of(current, category, instalment)
        check_payable(session, item, current, category, planned)
        check_amount(planned, amount)
        session.add(
            Payment(project_id=item.id, instalment=planned.key, amount=amount, paid_on=paid_on, note=note)
        )
    return session.changed


def grade(
    office: Office,
    project_id: str,
    evaluation: str,
    name: str,
    on: date,
    *,
    opinion: str = "",
    correcting: bool = False,
) -> Changed | None:
    """Record the grade of a mid-term evaluation or acceptance; the project takes the state that the rules give it.

    Args:
        correcting: a grade that was registered is put right, be the project ended or not.

    Raises:
        NotAllowed: the rules know no such evaluation or grade, or the project has ended.
    """
    verb = "修改评估结果" if correcting else "登记评估结果"
    with office.change(f"{verb} {title_of(office, project_id)}") as session:
        item, current, _category = opened(session, project_id)
        if not correcting:
            check_open(item)
        try:
            reached = current.notice.evaluation(evaluation).grade(name)
        except KeyError:
            raise NotAllowed(f"这次评估没有“{name}”这个等次", todo="请从可选等次中选择。") from None
        same = select(Evaluation).where(Evaluation.project_id == item.id, Evaluation.occasion == evaluation)
        record = session.scalar(same) or Evaluation(project_id=item.id, occasion=evaluation)
        record.grade, record.evaluated_on, record.opinion = reached.name, on, opinion
        session.add(record)
        item.state = reached.leads_to
    return session.changed


def title_of(office: Office, project_id: str) -> str:
    """What a project is called in the journal: by its applicant; NotAllowed when it is gone."""
    with office.read() as session:
        item, _, _ = opened(session, project_id)
        application = session.get_one(Application, item.application_id)
        if application.branch_id is None:
            return session.get_one(Unit, application.unit_id).name
        return session.get_one(Branch, application.branch_id).name


def opened(session: Session, project_id: str) -> tuple[Project, Rules, str]:
    """A project, the rules of its round and the key of its category; NotAllowed when it is gone."""
    item = session.get(Project, project_id)
    if item is None:
        raise NotAllowed("这个建设项目已不存在", todo="请刷新列表。")
    application = session.get_one(Application, item.application_id)
    return item, rules(session, application.round_id), application.category


def payments_of(session: Session, project_id: str) -> list[Payment]:
    """What was paid to a project."""
    return list(session.scalars(select(Payment).where(Payment.project_id == project_id)))


def evaluations_of(session: Session, project_id: str) -> list[Evaluation]:
    """The grades that a project was given."""
    return list(session.scalars(select(Evaluation).where(Evaluation.project_id == project_id)))


def check_open(item: Project) -> None:
    """NotAllowed once a project has ended."""
    if item.state in (ProjectState.CLOSED, ProjectState.FAILED):
        raise NotAllowed(f"项目{item.state.label}，不能再登记评估", todo="如需更正，请修改或删除原登记。")


def check_payable(
    session: Session, item: Project, current: Rules, category: str, planned: Instalment
) -> None:
    """NotAllowed when an instalment was paid, its condition is not met, or the project gets no money now."""
    payments, grades = _payments(session, [item])[item.id], _grades(session, [item])[item.id]
    facts = _facts(category, item.state, payments, grades)
    if planned.key in facts.paid:
        raise NotAllowed(f"{planned.name}已经拨付", todo="如登记有误，请先撤销。")
    if item.state in (ProjectState.SUSPENDED, ProjectState.FAILED):
        raise NotAllowed(f"项目{item.state.label}，不能拨付{planned.name}", todo="请核对项目的状态。")
    if not payable(current.notice, facts, planned):
        name = current.notice.evaluation(planned.after).name
        raise NotAllowed(f"{planned.name}须在{name}合格后拨付（{planned.clause}）", todo="请先登记评估结果。")


def check_amount(planned: Instalment, amount: int) -> None:
    """NotAllowed when an amount in 分 is more than the rules give, or nothing."""
    if not 0 < amount <= planned.fen:
        raise NotAllowed(f"{planned.name}最多 {yuan(planned.fen)}", todo="请核对金额。")


def instalments(current: Rules, category: str) -> tuple[Instalment, ...]:
    """What the rules give to each project of a category, in the order of payment."""
    return tuple(
        part for fund in current.notice.funding if fund.category == category for part in fund.instalments
    )


def instalment_of(current: Rules, category: str, key: str) -> Instalment:
    """The instalment of that key; NotAllowed when the rules know none."""
    for part in instalments(current, category):
        if part.key == key:
            return part
    raise NotAllowed("本批次的规则没有安排这笔经费", todo="请在批次规则中核对经费条款。")


def owed(session: Session, item: Project, current: Rules, category: str, today: date) -> tuple[Due, ...]:
    """What a project and the office owe each other on a day."""
    payments, grades = _payments(session, [item])[item.id], _grades(session, [item])[item.id]
    days, settled = _days(session, [item])[item.id], _settled(session, [item])[item.application_id]
    return dues(current.notice, _facts(category, item.state, payments, grades, days, settled), today)


def _facts(
    category: str,
    state: ProjectState,
    payments: list[Payment],
    grades: Mapping[str, str],
    days: Mapping[str, date] = NO_DAYS,
    settled: Counter[str] = NOTHING,
) -> ProjectFacts:
    return ProjectFacts(
        category,
        state,
        reports=frozenset(_under(REPORT, settled)),
        grades=grades,
        paid=frozenset(payment.instalment for payment in payments),
        published=frozenset(_under(PUBLISHED, settled)),
        outcomes=_under(OUTCOME, settled),
        days=days,
    )


def _under(prefix: str, settled: Counter[str]) -> dict[str, int]:
    """How often each thing of a kind was settled, by its key in the rules."""
    return {key.removeprefix(prefix): count for key, count in settled.items() if key.startswith(prefix)}


def _settled(session: Session, items: Sequence[Project]) -> dict[str, Counter[str]]:
    """By application: what somebody said has come or was published. It stands beside the paper that came."""
    result: dict[str, Counter[str]] = defaultdict(Counter)
    for record in session.scalars(
        select(Receipt).where(Receipt.application_id.in_([item.application_id for item in items]))
    ):
        result[str(record.application_id)][record.material] += 1
    return result


def _days(session: Session, items: Sequence[Project]) -> dict[str, dict[str, date]]:
    result: dict[str, dict[str, date]] = defaultdict(dict)
    for record in session.scalars(
        select(ProjectDay).where(ProjectDay.project_id.in_([item.id for item in items]))
    ):
        result[record.project_id][record.key] = record.day
    return result


def _payments(session: Session, items: Sequence[Project]) -> dict[str, list[Payment]]:
    result: dict[str, list[Payment]] = defaultdict(list)
    for payment in session.scalars(
        select(Payment).where(Payment.project_id.in_([item.id for item in items]))
    ):
        result[payment.project_id].append(payment)
    return result


def _grades(session: Session, items: Sequence[Project]) -> dict[str, dict[str, str]]:
    result: dict[str, dict[str, str]] = defaultdict(dict)
    for item in session.scalars(
        select(Evaluation).where(Evaluation.project_id.in_([one.id for one in items]))
    ):
        result[item.project_id][item.occasion] = item.grade
    return result
