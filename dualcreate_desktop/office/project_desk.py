"""What the tab 建设 shows: a line for each project, and all that is known of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.models import Evaluation, Payment
from db.vocabulary import GuideOccasion, ProjectState, Severity
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office import guides, projects
from dualcreate_desktop.office.project_days import OwnDay, own_days
from dualcreate_desktop.office.projects import OVERDUE, ProjectRow, evaluations_of, payments_of
from dualcreate_desktop.office.rounds import Rules, rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from dualcreate_desktop.rules.notice_parts import Instalment
from dualcreate_desktop.rules.projects import Due, payment_day, yuan
from dualcreate_desktop.rules.steps import Step, Verb, allowed

LATER = (GuideOccasion.PLAN, GuideOccasion.ACCEPTANCE)
"""When the guides of the application are asked again."""

BY_HAND = (Verb.RECTIFY, Verb.SUSPEND, Verb.RESUME, Verb.FAIL)
"""Steps that a meeting decides; the others follow from the grade of an evaluation."""


@dataclass(frozen=True, slots=True, order=True)
class Overdue:
    """How many things of a project are overdue."""

    count: int

    @property
    def label(self) -> str:
        """As the pill says it; nothing when nothing is."""
        return f"逾期 {self.count} 项" if self.count else ""

    @property
    def state(self) -> Severity:
        """What it means for the eye."""
        return Severity.ERROR if self.count else Severity.WARNING


@dataclass(frozen=True, slots=True)
class ProjectLine:
    """One project as the table shows it; amounts in 分.

    Args:
        midterm: the grade of the last evaluation before acceptance; empty before it.
        chips: keys of the filters that show it.
    """

    id: str
    name: str
    unit: str
    category: str
    starts: date
    ends: date
    state: ProjectState
    paid: int
    planned: int
    midterm: str
    acceptance: str
    overdue: Overdue
    chips: frozenset[str]

    @property
    def cycle(self) -> str:
        """When it is built, as a table tells it: 2024-04 至 2025-03."""
        return f"{self.starts:%Y-%m} 至 {self.ends:%Y-%m}"


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One instalment of a project: paid, or still to be; `id` is None before it is paid, `amount` in 分.

    Args:
        due: by when it is to be paid, as the round or the project has it.
    """

    id: str | None
    name: str
    clause: str
    amount: int
    due: date
    paid_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    """One evaluation that was graded, and what follows from the grade."""

    id: str
    name: str
    clause: str
    grade: str
    passes: bool
    evaluated_on: date
    opinion: str
    consequence: str


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """All that the card of a project tells.

    Args:
        called: what it may call itself: 培育创建单位 until acceptance, then by its full title; empty when it failed.
        guides: how the guides stand for the 任务书 and at acceptance, a sentence each.
    """

    called: str
    guides: tuple[str, ...]
    dues: tuple[Due, ...]
    payments: tuple[PaymentLine, ...]
    evaluations: tuple[EvaluationLine, ...]
    days: tuple[OwnDay, ...]
    steps: tuple[Step, ...]
    note: str


def money(fen: int) -> str:
    """An amount in 分 as it is shown: 5000 元."""
    return yuan(fen)


def _money(value: object) -> str:
    return money(value) if isinstance(value, int) and value else ""


PROJECT_COLUMNS = (
    Column("name", "项目", 34),
    Column("unit", "院级党组织", 18, hidden=True),
    Column("category", "类别", 16),
    Column("cycle", "周期", 20, hidden=True),
    Column("state", "状态", 11, pill=True),
    Column("paid", "已拨", 9, Align.RIGHT, text=_money),
    Column("planned", "应拨", 9, Align.RIGHT, text=_money, hidden=True),
    Column("midterm", "中期", 7),
    Column("acceptance", "验收", 9),
    Column("overdue", "逾期", 12, pill=True),
)


def lines(office: Office, round_id: str) -> tuple[ProjectLine, ...]:
    """Every project of a round as of today."""
    with office.read() as session:
        current = rules(session, round_id)
    rows = projects.projects(office, round_id, office.clock().date())
    return tuple(_line(current, row) for row in rows)


def page(rows: tuple[ProjectLine, ...], query: TableQuery) -> Page[ProjectLine]:
    """Those that a table asks for."""
    return sift(
        rows,
        query,
        texts=lambda row: (row.name, row.unit, row.category),
        sort_by={"cycle": lambda row: (row.ends, row.starts)},
    )


def card(office: Office, project_id: str) -> ProjectCard:
    """What the card of a project tells, as of today.

    Raises:
        NotAllowed: the project is not there any more.
    """
    with office.read() as session:
        item, current, category = projects.opened(session, project_id)
        paid = {row.instalment: row for row in payments_of(session, project_id)}
        graded = {row.occasion: row for row in evaluations_of(session, project_id)}
        owed = projects.owed(session, item, current, category, office.clock().date())
        days = own_days(session, project_id, current, category)
    moved = {day.name: day.day for day in days}
    return ProjectCard(
        _called(current, category, item.state),
        _guides(office, item.application_id),
        owed,
        tuple(_payment(part, paid.get(part.key), moved) for part in projects.instalments(current, category)),
        tuple(
            _evaluation(current, graded[item.key])
            for item in current.notice.evaluations
            if item.key in graded
        ),
        days,
        tuple(one for one in allowed(item.state) if one.verb in BY_HAND),
        item.note,
    )


def _called(current: Rules, category: str, state: ProjectState) -> str:
    """Being selected is a status, no honour; the title comes with acceptance."""
    rule = current.notice.category(category)
    if state is ProjectState.FAILED:
        return ""
    return rule.title if state is ProjectState.CLOSED else rule.status


def _guides(office: Office, application_id: str) -> tuple[str, ...]:
    """任务书 七个有力：达到 3/7；未答 4."""
    return tuple(
        f"{occasion.label} {guide.name}：{guide.told}"
        for occasion in LATER
        for guide in guides.checklists(office, application_id, occasion)
    )


def _line(current: Rules, row: ProjectRow) -> ProjectLine:
    *before, last = [row.grades.get(item.key, "") for item in current.notice.evaluations] or [""]
    overdue = len(row.overdue)
    planned = sum(part.fen for part in projects.instalments(current, row.application.category))
    return ProjectLine(
        row.id,
        row.application.title,
        row.application.unit,
        current.notice.category(row.application.category).short_name,
        row.starts,
        row.ends,
        row.state,
        row.paid,
        planned,
        next((grade for grade in reversed(before) if grade), ""),
        last,
        Overdue(overdue),
        frozenset({row.state.value, *((OVERDUE,) if overdue else ())}),
    )


def _payment(part: Instalment, record: Payment | None, moved: Mapping[str, date]) -> PaymentLine:
    usual = payment_day(part)
    due = moved.get(usual.name, usual.day)
    if record is None:
        return PaymentLine(None, part.name, part.clause, part.fen, due, None, "")
    return PaymentLine(record.id, part.name, part.clause, record.amount, due, record.paid_on, record.note)


def _evaluation(current: Rules, record: Evaluation) -> EvaluationLine:
    rule = current.notice.evaluation(record.occasion)
    grade = rule.grade(record.grade)
    return EvaluationLine(
        record.id,
        rule.name,
        rule.clause,
        record.grade,
        grade.passes,
        record.evaluated_on,
        record.opinion,
        grade.consequence,
    )
