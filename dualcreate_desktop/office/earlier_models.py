"""已创建样板支部: the model branches of earlier batches and their appraisal of a year (notice of 2023, 三(一))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Appraisal, Branch, EarlierResult, Unit
from db.vocabulary import EarlierOutcome
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.lists import APPRAISALS, EARLIER_RESULTS, HONOUR_LEVELS
from dualcreate_desktop.office import records
from dualcreate_desktop.office.evidence_lists import choice_shown
from dualcreate_desktop.office.lineages import descent_in
from dualcreate_desktop.office.registry import UNIT_SHOWN
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.content import Document
from dualcreate_desktop.papers.forms import earlier_models as paper
from dualcreate_desktop.papers.workbook import Sheet, write_workbook

BRANCH_WORK = "branch_work"
"""The appraisal that the notice of 2023 asks for; another kind can be chosen."""

ORGAN = "党委组织部"
"""Who signs while the office has not told its name."""

_CREATED = (EarlierOutcome.SELECTED, EarlierOutcome.ACCEPTED)
_RANKS = {choice.value: place for place, choice in enumerate(HONOUR_LEVELS)}


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One branch that is or was a model branch of an earlier batch.

    Args:
        titles: 国家级第一批、校级第二批.
        grade, score, rank, note: of the year's appraisal; None and '' while there is none.
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


MODEL_COLUMNS = (
    Column("branch", "党支部", 34, sortable=False),
    Column("unit", "院级党组织", 18, sortable=False),
    Column("titles", "创建级别与批次", 24, sortable=False),
    Column("year", "年度", 8, sortable=False),
    Column("kind", "考核类型", 14, text=choice_shown(APPRAISALS, "kind"), sortable=False),
    Column("grade", "等次", 8, text=lambda value: str(value or "未考核"), sortable=False),
    Column("score", "得分", 8, Align.RIGHT, sortable=False),
    Column("rank", "排名", 8, Align.RIGHT, sortable=False, hidden=True),
    Column("note", "示范引领作用发挥情况", 30, sortable=False),
    Column("standing", "沿革", 30, sortable=False),
)


def earlier_models(office: Office, year: int | None = None, kind: str = BRANCH_WORK) -> tuple[ModelRow, ...]:
    """All of them by unit; of the newest appraised year of that kind when none is given."""
    with office.read() as session:
        newest = select(func.max(Appraisal.year)).where(Appraisal.kind == kind)
        return _rows(session, year or session.scalar(newest) or office.clock().year - 1, kind)


def report(office: Office, year: int | None = None, kind: str = BRANCH_WORK) -> Document:
    """The report as a paper, to look at, print or save."""
    rows = earlier_models(office, year, kind)
    told = rows[0].year if rows else year or office.clock().year - 1
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
    return paper.earlier_models(paper.EarlierModels(told, models, ORGAN, office.clock().date()))


def write_report(office: Office, path: Path, year: int | None = None, kind: str = BRANCH_WORK) -> int:
    """The list as a workbook; returns how many branches.

    Raises:
        UserError: the file cannot be written.
    """
    rows = earlier_models(office, year, kind)
    title = "已创建样板支部考核情况"
    write_workbook(path, [Sheet(title, MODEL_COLUMNS, rows, banner=(title,))])
    return len(rows)


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
    )


def _fate(session: Session, branch: Branch) -> str:
    """What became of a branch that is no more."""
    if branch.dissolved is None:
        return ""
    told = descent_in(session, branch.id)
    return told[0].sentence if told else f"{branch.dissolved}撤销"
