"""What is on record of a unit or branch, as sections of its card."""

from __future__ import annotations

from collections.abc import Sequence

from dualcreate_desktop.office.dossiers import Dossier
from dualcreate_desktop.office.evidence_lists import APPRAISAL_LIST, HONOUR_LIST
from dualcreate_desktop.office.histories import HistoryRow
from dualcreate_desktop.office.posts import PostRow, role_label
from dualcreate_desktop.office.records import label_of, partial
from ui.pills import tone_of
from ui.widgets.record_card import Line, Section


def sections_of(found: Dossier) -> tuple[Section, ...]:
    """Posts, appraisals, honours, applications and the newest actions; nothing that bars."""
    return (
        Section("任职", tuple(map(_post, found.posts))),
        Section(
            "考核评价",
            tuple(
                Line(
                    f"{row.year}年 {label_of(APPRAISAL_LIST.kind.field('kind'), row.kind)}",
                    _score(row.score, row.rank),
                    row.grade or "",
                )
                for row in found.appraisals
            ),
        ),
        Section(
            "表彰荣誉",
            tuple(
                Line(
                    row.title,
                    " · ".join(
                        (
                            label_of(HONOUR_LIST.kind.field("level"), row.level),
                            in_words(row.awarded),
                            row.winner,
                        )
                    ),
                )
                for row in found.honours
            ),
        ),
        Section(
            "申报",
            tuple(
                Line(row.round_name, row.category, row.state.label, tone_of(row.state))
                for row in found.applications
            ),
        ),
        Section("最近操作", history_lines(found.history)),
    )


def history_lines(history: Sequence[HistoryRow]) -> tuple[Line, ...]:
    """The newest actions, a line each."""
    return tuple(Line(item.title, f"{item.at:%Y-%m-%d %H:%M} · {item.actor}") for item in history)


def in_words(stored: str | None) -> str:
    """A stored partial date as in a sentence: 2019年9月."""
    day = partial(stored)
    return day.chinese if day else ""


def _post(row: PostRow) -> Line:
    since = f"{in_words(row.since)}起" if row.since else ""
    return Line(f"{role_label(row.role)} {row.name}", since, "双带头人" if row.double_leader else "")


def _score(score: object, rank: int | None) -> str:
    parts = (f"{score} 分" if score is not None else "", f"第 {rank} 名" if rank is not None else "")
    return " · ".join(filter(None, parts))
