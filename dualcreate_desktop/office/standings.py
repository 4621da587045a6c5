"""The ranking of a round as the window shows it: a row for each application, and what its score is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from db.vocabulary import ApplicationState, Labelled
from dualcreate_desktop.fields import Align, Column
from dualcreate_desktop.office.reviews import CategoryRanking, ReviewRound
from dualcreate_desktop.office.tables import Page, TableQuery, sift
from dualcreate_desktop.rules.ranking import Ranked, Standing
from dualcreate_desktop.rules.scoring import ReviewerTotal

__all__ = [
    "RANK_COLUMNS",
    "LineKind",
    "RankRow",
    "ScoreLine",
    "Standing",
    "rank_rows",
    "score_lines",
    "sifted",
]

TAKEN = frozenset({ApplicationState.PROPOSED, ApplicationState.SELECTED})


class LineKind(Labelled):
    """What became of one reviewer's marks."""

    COUNTED = "counted", "计入"
    HIGHEST = "highest", "最高分，不计"
    LOWEST = "lowest", "最低分，不计"
    KEPT_OUT = "kept_out", "回避"
    OPEN = "open", "待补"


@dataclass(frozen=True, slots=True)
class RankRow:
    """One application in its category's ranking.

    Args:
        place: 1, 2, 2, 4; None without a score.
        joined: the next row has the same place.
        last_in: the line is drawn below this row; `target` is the number of places above it.
        counted: reviewers with complete marks; `open` how many are wanting.
        outcome: what the meetings decided, else where the score stands against the line.
    """

    id: str
    place: int | None
    title: str
    category: str
    category_name: str
    total: Decimal | None
    spread: Decimal | None
    counted: int
    open: int
    outcome: Standing | ApplicationState
    tied: bool
    joined: bool
    last_in: bool
    target: int
    unit: str

    @property
    def place_shown(self) -> str:
        """The place, and whether it is shared."""
        if self.place is None:
            return "—"
        return f"{self.place} 并列" if self.tied else str(self.place)

    @property
    def counted_shown(self) -> str:
        """5 人, or 5 人，缺 1 人."""
        return f"{self.counted} 人，缺 {self.open} 人" if self.open else f"{self.counted} 人"


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """What one reviewer gave an application.

    Args:
        note: the reason of a 回避, or the criteria without a mark.
    """

    reviewer_id: str
    number: int
    name: str
    total: Decimal | None
    kind: LineKind
    note: str


RANK_COLUMNS = (
    Column("place_shown", "名次", 9),
    Column("title", "申报党组织", 30),
    Column("total", "得分", 9, Align.RIGHT),
    Column("spread", "极差", 9, Align.RIGHT),
    Column("counted_shown", "有效评委", 16),
    Column("outcome", "入围情况", 13, pill=True),
    Column("unit", "院级党组织", 18, hidden=True),
    Column("category_name", "类别", 16, hidden=True),
)


def rank_rows(result: ReviewRound) -> tuple[RankRow, ...]:
    """Every application that is reviewed, by category and place; within a tie those that were taken come first."""
    places = decimals_of(result)
    return tuple(row for category in result.categories for row in _rows(category, places))


def sifted(rows: Sequence[RankRow], query: TableQuery) -> Page[RankRow]:
    """The rows that a table asks for."""
    return sift(
        rows,
        query,
        texts=lambda row: (row.title, row.unit),
        sort_by={"place_shown": lambda row: row.place, "counted_shown": lambda row: row.counted},
    )


def score_lines(result: ReviewRound, application_id: str) -> tuple[ScoreLine, ...]:
    """What each reviewer of the round gave an application, by number."""
    category = next(item for item in result.categories if application_id in item.rows)
    score = category.scores.get(application_id)
    if score is None:
        return ()
    given = {item.reviewer: item for item in score.reviewers}
    dropped = sorted((item for item in score.reviewers if item.dropped), key=lambda item: item.total)
    names = {item.key: item.name for item in result.rules.notice.rubric.criteria}
    places = decimals_of(result)
    lines = []
    for judge in result.reviewers:
        wanting = [names[mark.criterion] for mark in score.open_marks if mark.reviewer == judge.id]
        kind = _kind(given.get(judge.id), dropped, kept_out=judge.id in score.excluded)
        total = even(given[judge.id].total, places) if judge.id in given else None
        note = result.reasons.get((judge.id, application_id), "") if kind is LineKind.KEPT_OUT else ""
        if wanting:
            note = "尚未评分" if len(wanting) == len(names) else f"缺 {'、'.join(wanting)}"
        lines.append(ScoreLine(judge.id, judge.number, judge.name, total, kind, note))
    return tuple(lines)


def even(points: Decimal, places: int) -> Decimal:
    """The same points with at least so many decimals, so that a column of them can be compared."""
    return points.quantize(Decimal(1).scaleb(-places)) if _decimals(points) < places else points


def decimals_of(result: ReviewRound) -> int:
    """The decimals that the finest total of any reviewer needs."""
    totals = (
        item.total
        for category in result.categories
        for score in category.scores.values()
        for item in score.reviewers
    )
    return max(map(_decimals, totals), default=0)


def _decimals(points: Decimal) -> int:
    return max(0, -int(points.normalize().as_tuple().exponent))


def _kind(given: ReviewerTotal | None, dropped: Sequence[ReviewerTotal], *, kept_out: bool) -> LineKind:
    if kept_out:
        return LineKind.KEPT_OUT
    if given is None:
        return LineKind.OPEN
    if not given.dropped:
        return LineKind.COUNTED
    return LineKind.LOWEST if given is dropped[0] else LineKind.HIGHEST


def _rows(category: CategoryRanking, places: int) -> Iterator[RankRow]:
    ordered = sorted(
        category.ranking.rows,
        key=lambda row: (row.place is None, row.place or 0, not _is_in(category, row)),
    )
    inside = [row for row in ordered if _is_in(category, row)]
    for row, after in zip_longest(ordered, ordered[1:]):
        application = category.rows[row.application]
        score = category.scores[row.application]
        undecided = application.state is ApplicationState.ELIGIBLE
        yield RankRow(
            id=row.application,
            place=row.place,
            title=application.title,
            category=category.category.key,
            category_name=category.category.short_name,
            total=row.total,
            spread=even(score.spread, places) if score.reviewers else None,
            counted=len(score.reviewers),
            open=len({mark.reviewer for mark in score.open_marks}),
            outcome=row.standing if undecided else application.state,
            tied=row.tied,
            joined=after is not None and row.tied and after.place == row.place,
            last_in=bool(inside) and row is inside[-1],
            target=category.ranking.target,
            unit=application.unit,
        )


def _is_in(category: CategoryRanking, row: Ranked) -> bool:
    """Whether the application stands above the line, by its score or by the meeting's word."""
    state = category.rows[row.application].state
    return state in TAKEN or (state is ApplicationState.ELIGIBLE and row.standing is Standing.ABOVE)
