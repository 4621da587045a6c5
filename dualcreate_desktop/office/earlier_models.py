"""已创建样板支部: the model branches of earlier batches and their appraisal of a year (notice of 2023, 三(一))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Appraisal, Branch, EarlierResult, Unit
from db.vocabulary import EarlierOutcome, Labelled
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.lists import APPRAISALS, EARLIER_RESULTS, HONOUR_LEVELS
from dualcreate_desktop.office import records
from dualcreate_desktop.office.body_lists import choice_shown
from dualcreate_desktop.office.lineages import descent_in
from dualcreate_desktop.office.own_unit import own_unit
from dualcreate_desktop.office.printing import Job, Subject
from dualcreate_desktop.office.registry import UNIT_SHOWN
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.codes import PaperKind
from dualcreate_desktop.papers.content import Document
from dualcreate_desktop.papers.forms import earlier_models as paper

BRANCH_WORK = "branch_work"
"""The appraisal that the notice of 2023 asks for; another kind can be chosen."""

_CREATED = (EarlierOutcome.SELECTED, EarlierOutcome.ACCEPTED)
_RANKS = {choice.value: place for place, choice in enumerate(HONOUR_LEVELS)}


class ModelState(Labelled):
    """Whether an earlier model branch was appraised in the year."""

    PENDING = "pending", "待报"
    APPRAISED = "appraised", "已考核"
    GONE = "gone", "已撤并"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One branch that is or was a model branch of an earlier batch.

    Args:
        titles: 国家级第一批、校级第二批.
        grade, score, rank, note: of the year's appraisal; None and '' while there is none.
        appraisal_id: of the record, None while there is none.
        standing: what became of a branch that is no more, a sentence; empty while it stands.
    """

    id: str
    unit_id: str
    unit: str
    branch: str
    titles: str
    year: int
    kind: str
    grade: str | None
    score: Decimal | None
    rank: int | None
    note: str
    standing: str
    appraisal_id: str | None = None

    @property
    def state(self) -> ModelState:
        """待报 as long as it stands and has no grade."""
        if self.grade:
            return ModelState.APPRAISED
        return ModelState.GONE if self.standing else ModelState.PENDING


MODEL_COLUMNS = (
    Column("branch", "党支部", 34, sortable=False),
    Column("unit", "院级党组织", 18, sortable=False),
    Column("titles", "创建级别与批次", 24, sortable=False),
    Column("year", "年度", 8, sortable=False, hidden=True),
    Column("kind", "考核类型", 14, text=choice_shown(APPRAISALS, "kind"), sortable=False, hidden=True),
    Column("state", "考核情况", 10, pill=True, sortable=False),
    Column("grade", "等次", 8, text=lambda value: str(value or ""), sortable=False),
    Column("score", "得分", 8, Align.RIGHT, sortable=False),
    Column("rank", "排名", 8, Align.RIGHT, sortable=False, hidden=True),
    Column("note", "示范引领作用发挥情况", 30, sortable=False, hidden=True),
    Column("standing", "沿革", 30, sortable=False, hidden=True),
)


def earlier_models(office: Office, year: int | None = None, kind: str = BRANCH_WORK) -> tuple[ModelRow, ...]:
    """All of them by unit; of the newest appraised year of that kind when none is given."""
    with office.read() as session:
        newest = select(func.max(Appraisal.year)).where(Appraisal.kind == kind)
        return _rows(session, year or session.scalar(newest) or office.clock().year - 1, kind)


def years(office: Office) -> tuple[int, ...]:
    """The years of which one may ask: those that were appraised, last year and this one, the newest first."""
    asked = select(Appraisal.year).where(Appraisal.kind == BRANCH_WORK).distinct()
    now = office.clock().year
    with office.read() as session:
        return tuple(sorted({*session.scalars(asked), now - 1, now}, reverse=True))


def newest_year(office: Office) -> int | None:
    """The newest year that was appraised; None while none was."""
    with office.read() as session:
        return session.scalar(select(func.max(Appraisal.year)).where(Appraisal.kind == BRANCH_WORK))


def printed(today: date | None = None, year: int | None = None, kind: str = BRANCH_WORK) -> Job:
    """The report as a print run, one for the whole school.

    Args:
        today: the day below the report; None leaves it to be written by hand.
    """

    def made(session: Session, current: Rules) -> list[Subject]:
        return [Subject(current.round_id, _report(session, today, year, kind))]

    return Job(PaperKind.OTHER, "已创建样板支部考核情况", made, word=True)


def report(office: Office, year: int | None = None, kind: str = BRANCH_WORK) -> Document:
    """The report as a paper, to look at, print or save."""
    with office.read() as session:
        return _report(session, office.clock().date(), year, kind)


def _report(session: Session, today: date | None, year: int | None, kind: str) -> Document:
    newest = session.scalar(select(func.max(Appraisal.year)).where(Appraisal.kind == kind))
    told = year or newest or (today.year - 1 if today else 0)
    rows = _rows(session, told, kind)
    models = tuple(
        paper.Model(
            row.unit,
            row.branch,
            row.titles,
            row.grade or "",
            "" if row.score is None else f"{row.score:f}",
            row.note,
            row.standing,
        )
        for row in rows
    )
    return paper.earlier_models(paper.EarlierModels(told, models, own_unit(session).signature, today))


def _rows(session: Session, year: int, kind: str) -> tuple[ModelRow, ...]:
    created = (
        select(EarlierResult)
        .where(EarlierResult.branch_id.is_not(None), EarlierResult.result.in_(_CREATED))
        .order_by(EarlierResult.batch)
    )
    titles: dict[str, list[EarlierResult]] = {}
    for result in session.scalars(created):
        titles.setdefault(str(result.branch_id), []).append(result)
    appraised = _appraised(session, titles, year, kind)
    listed = (
        select(Branch, UNIT_SHOWN)
        .join(Unit, Branch.unit_id == Unit.id)
        .where(Branch.id.in_(titles))
        .order_by(Unit.order_no.is_(None), Unit.order_no, Unit.sort_key, Branch.sort_key)
    )
    return tuple(
        _row(branch, unit, titles[branch.id], appraised.get(branch.id), (year, kind), _fate(session, branch))
        for branch, unit in session.execute(listed).all()
    )


def _appraised(session: Session, branch_ids: Iterable[str], year: int, kind: str) -> Mapping[str, Appraisal]:
    query = select(Appraisal).where(
        Appraisal.branch_id.in_(list(branch_ids)), Appraisal.year == year, Appraisal.kind == kind
    )
    return {str(item.branch_id): item for item in session.scalars(query)}


def _row(
    branch: Branch,
    unit: str,
    results: Sequence[EarlierResult],
    appraisal: Appraisal | None,
    asked: tuple[int, str],
    fate: str,
) -> ModelRow:
    level = EARLIER_RESULTS.field("level")
    ranked = sorted(results, key=lambda item: _RANKS.get(item.level, len(_RANKS)))
    return ModelRow(
        branch.id,
        branch.unit_id,
        unit,
        branch.name,
        "、".join(f"{records.label_of(level, item.level)}{item.batch}" for item in ranked),
        *asked,
        grade=appraisal.grade if appraisal else None,
        score=appraisal.score if appraisal else None,
        rank=appraisal.rank if appraisal else None,
        note=appraisal.note if appraisal else "",
        standing=fate,
        appraisal_id=appraisal.id if appraisal else None,
    )


def _fate(session: Session, branch: Branch) -> str:
    """What became of a branch that is no more."""
    if branch.dissolved is None:
        return ""
    told = descent_in(session, branch.id)
    return told[0].sentence if told else f"{branch.dissolved}撤销"
