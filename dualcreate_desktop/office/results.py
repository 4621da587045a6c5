"""The result of a round's review as a workbook whose totals are live formulas."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from dualcreate_desktop.office.reviews import CategoryRanking, ReviewRound, headed_review
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.papers.ranking import RankingRow, RankingSheet, write_ranking
from dualcreate_desktop.papers.saving import make_folder


def write_ranking_workbook(office: Office, round_id: str, path: Path) -> None:
    """One sheet a category: each reviewer's total, and mean, spread and rank that follow when a mark is changed.

    Raises:
        UserError: the file cannot be written.
    """
    result = headed_review(office, round_id)
    make_folder(path.parent)
    write_ranking(path, [_sheet(result, category) for category in result.categories])


def _sheet(result: ReviewRound, category: CategoryRanking) -> RankingSheet:
    rubric = result.rules.notice.rubric
    return RankingSheet(
        category=category.category.short_name,
        reviewers=tuple(f"评委{judge.number}" for judge in result.reviewers),
        rows=tuple(
            RankingRow(category.rows[row.application].title, _marks(result, category, row.application))
            for row in category.ranking.rows
        ),
        drop_from=rubric.drop_from or None,
        decimals=rubric.decimals,
        round_name=result.rules.round_name,
    )


def _marks(result: ReviewRound, category: CategoryRanking, application_id: str) -> tuple[Decimal | None, ...]:
    totals: Mapping[str, Decimal] = {
        item.reviewer: item.total for item in category.scores[application_id].reviewers
    }
    return tuple(totals.get(judge.id) for judge in result.reviewers)
