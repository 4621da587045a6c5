"""评审排名: the places of one category with every reviewer's total, for the meeting that decides."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from dualcreate_desktop.fields import Align
from dualcreate_desktop.papers.content import (
    Block,
    CloseTable,
    DenseTable,
    Document,
    Heading,
    Heads,
    Note,
    Paper,
    SignatureLine,
    Title,
)
from dualcreate_desktop.papers.forms.common import DATE_BLANK, chinese_number

MANY_REVIEWERS = 8
"""With more of them, their marks stand on one line in the smallest characters only."""


@dataclass(frozen=True, slots=True)
class RankedLine:
    """One application, every value as it is printed.

    Args:
        marks: each reviewer's total, (91) where it was dropped, 回避 where the reviewer kept out.
    """

    place: str
    name: str
    marks: tuple[str, ...]
    total: str
    spread: str
    outcome: str


@dataclass(frozen=True, slots=True)
class RankedCategory:
    """The places of one category; `target` is the number aimed at."""

    name: str
    target: int
    lines: tuple[RankedLine, ...]


@dataclass(frozen=True, slots=True)
class RankingPaper:
    """The whole ranking.

    Args:
        reviewers: heads of the columns of marks.
        method: how a total comes about, in one sentence.
    """

    round_name: str
    reviewers: tuple[str, ...]
    categories: tuple[RankedCategory, ...]
    method: str
    footer: str = ""


def ranking(form: RankingPaper) -> Document:
    """The tables, A4 across, one below the other."""
    title = f"{form.round_name}评审得分排名"
    categories = (_category(number, category, form) for number, category in enumerate(form.categories, 1))
    return Document(
        title,
        (
            Title(title),
            *chain.from_iterable(categories),
            Note(f"注：{form.method}括号内的分数不计入；得分相同的名次并列，不按名单先后区分。"),
            SignatureLine(("统计人：", "复核人：", DATE_BLANK)),
        ),
        Paper.FORM_WIDE,
        footer=form.footer,
    )


def _category(number: int, category: RankedCategory, form: RankingPaper) -> tuple[Block, ...]:
    many = len(form.reviewers) > MANY_REVIEWERS
    columns = (
        Heads("名次", 1.9, Align.CENTER),
        Heads("申报党组织", 5.5 if many else 7),
        *(Heads(reviewer, 1.6, Align.CENTER) for reviewer in form.reviewers),
        Heads("得分", 1.6, Align.CENTER),
        Heads("极差", 1.4, Align.CENTER),
        Heads("入围情况", 2, Align.CENTER),
    )
    table = DenseTable if many else CloseTable
    rows = tuple(
        (line.place, line.name, *line.marks, line.total, line.spread, line.outcome) for line in category.lines
    )
    return (
        Heading(
            f"{chinese_number(number)}、{category.name}（{len(category.lines)}项，名额{category.target}个）"
        ),
        table(columns, rows),
    )
