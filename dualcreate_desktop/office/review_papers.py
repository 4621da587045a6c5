"""What is printed of a review: scoring sheets, the ranking, and the list of the selected."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from db.errors import NotAllowed
from db.vocabulary import ApplicationState, ConflictState
from dualcreate_desktop.lists.form_marks import FormMark, RowMark
from dualcreate_desktop.office import documents, reviews, standings
from dualcreate_desktop.office.decisions import decided_on, published
from dualcreate_desktop.office.grounds import grounds
from dualcreate_desktop.office.printing import Job, Subject
from dualcreate_desktop.office.reviews import CategoryRanking, ReviewerRow, ReviewRound
from dualcreate_desktop.office.rounds import Rules
from dualcreate_desktop.office.score_sheets import criterion_heading
from dualcreate_desktop.office.standings import LineKind, RankRow, ScoreLine
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.codes import PaperKind
from dualcreate_desktop.papers.forms import ranking as ranking_form
from dualcreate_desktop.papers.forms import scoring
from dualcreate_desktop.papers.forms import selection as selection_form
from dualcreate_desktop.papers.forms.notice import NoticeGroup
from dualcreate_desktop.papers.saving import make_folder
from dualcreate_desktop.papers.scoring import Bound, write_score_sheet
from dualcreate_desktop.rules.notice_parts import Rubric

Chosen = Collection[str] | None
"""Ids of reviewers; None for all."""

_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


def score_sheets(chosen: Chosen = None) -> Job:
    """评分表 to be filled in by hand, one for each reviewer."""

    def made(session: Session, current: Rules) -> list[Subject]:
        result = replace(reviews.review(session, current.round_id), rules=current)
        return [
            Subject(judge.id, scoring.score_sheet(_sheet(result, judge))) for judge in _judges(result, chosen)
        ]

    return Job(PaperKind.SCORE_SHEET, "评分表", made)


def write_score_workbooks(
    office: Office, round_id: str, folder: Path, *, chosen: Chosen = None
) -> tuple[Path, ...]:
    """评分表 as workbooks to be mailed, one for each reviewer; a file of that name is replaced.

    Raises:
        NotAllowed: there is no reviewer, or nothing to mark.
        UserError: a file cannot be written.
    """
    result = reviews.headed_review(office, round_id)
    bounds = tuple(Bound(item.maximum, item.weight) for item in result.rules.notice.rubric.criteria)
    make_folder(folder)
    written = []
    for judge in _judges(result, chosen):
        path = folder / f"评分表-{judge.number:02}-{_NOT_IN_NAMES.sub('_', judge.name)}.xlsx"
        write_score_sheet(path, _sheet(result, judge), bounds, _marks(result, judge))
        written.append(path)
    return tuple(written)


def ranking() -> Job:
    """评审得分排名 of all categories, for the meeting that decides."""

    def made(session: Session, current: Rules) -> list[Subject]:
        result = reviews.review(session, current.round_id)
        rows = standings.rank_rows(result)
        if not rows:
            return []
        form = ranking_form.RankingPaper(
            current.round_name,
            tuple(f"评委{judge.number}" for judge in result.reviewers),
            tuple(_category(result, item, rows) for item in result.categories if item.rows),
            _method(current.notice.rubric),
            documents.footer(current),
        )
        return [Subject(current.round_id, ranking_form.ranking(form))]

    return Job(PaperKind.RANKING, "评审得分排名", made)


def selection(round_id: str) -> Job:
    """入选名单; preparing it is refused while nothing is decided."""

    def made(session: Session, current: Rules) -> list[Subject]:
        result = reviews.review(session, current.round_id)
        decided = decided_on(session, round_id)
        if decided is None:
            raise NotAllowed("还没有确定入选名单", todo="请在公示期满后确定入选名单。")
        notice = published(session, round_id)
        form = selection_form.Selection(
            current.round_name,
            f"根据{grounds(current.notice)}，经各院级党组织推荐、资格审查、专家评审、学校党委研究并公示",
            tuple(group for group in map(_group, result.categories) if group.names),
            f"{_month(current.notice.cycle_starts)}至{_month(current.notice.cycle_ends)}",
            notice.organ if notice is not None else "",
            decided,
        )
        return [Subject(round_id, selection_form.selection(form))]

    return Job(PaperKind.SELECTION, "入选名单", made, word=True)


def _judges(result: ReviewRound, chosen: Chosen) -> list[ReviewerRow]:
    judges = [judge for judge in result.reviewers if chosen is None or judge.id in chosen]
    if not judges:
        raise NotAllowed("还没有评委", todo="请先在“评委与回避”中登记评委。")
    if not any(category.rows for category in result.categories):
        raise NotAllowed("还没有进入评审的申报", todo="请先在“申报”中完成资格审查。")
    return judges


def _sheet(result: ReviewRound, judge: ReviewerRow) -> scoring.ScoreSheet:
    rubric = result.rules.notice.rubric
    return scoring.ScoreSheet(
        round_name=result.rules.round_name,
        number=judge.number,
        reviewer=judge.name,
        criteria=tuple(map(criterion_heading, rubric.criteria)),
        maximum=str(sum((item.maximum * item.weight for item in rubric.criteria), Decimal(0))),
        rows=tuple(
            scoring.Scored(
                row.title,
                category.category.short_name,
                result.conflicts.get((judge.id, row.id)) is ConflictState.DECLARED,
            )
            for category in result.categories
            for row in category.rows.values()
        ),
        footer=documents.footer(result.rules),
    )


def _marks(result: ReviewRound, judge: ReviewerRow) -> tuple[str, ...]:
    """What tells the workbook and its rows when it comes back, in the order of the rows."""
    form = FormMark("scores", judge.id, result.rules.round_id)
    applications = (key for category in result.categories for key in category.rows)
    return (form.text(), *(RowMark(key, "").text() for key in applications))


def _category(
    result: ReviewRound, category: CategoryRanking, rows: tuple[RankRow, ...]
) -> ranking_form.RankedCategory:
    own = [row for row in rows if row.category == category.category.key]
    return ranking_form.RankedCategory(
        category.category.name, category.ranking.target, tuple(_line(result, row) for row in own)
    )


def _line(result: ReviewRound, row: RankRow) -> ranking_form.RankedLine:
    return ranking_form.RankedLine(
        place=row.place_shown,
        name=row.title,
        marks=tuple(map(_mark, standings.score_lines(result, row.id))),
        total="" if row.total is None else str(row.total),
        spread="" if row.spread is None else str(row.spread),
        outcome=row.outcome.label,
    )


def _mark(line: ScoreLine) -> str:
    if line.kind is LineKind.KEPT_OUT:
        return line.kind.label
    total = "" if line.total is None else str(line.total)
    return f"({total})" if line.kind in (LineKind.HIGHEST, LineKind.LOWEST) else total


def _method(rubric: Rubric) -> str:
    dropping = (
        f"有效评委满 {rubric.drop_from} 人时，去掉一个最高分和一个最低分后取平均分；"
        if rubric.drop_from
        else "得分为各评委分数的平均分；"
    )
    return f"{dropping}保留 {rubric.decimals} 位小数。"


def _group(category: CategoryRanking) -> NoticeGroup:
    chosen = (row for row in category.rows.values() if row.state is ApplicationState.SELECTED)
    return NoticeGroup(category.category.name, tuple(row.title for row in chosen))


def _month(day: date) -> str:
    return f"{day.year}年{day.month}月"
