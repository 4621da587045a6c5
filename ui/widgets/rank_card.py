"""The card of an application in the ranking: its score, and what each reviewer gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from dualcreate_desktop.office.standings import LineKind, RankRow, ScoreLine
from ui import theme
from ui.pills import Pill, tone_of
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import label
from ui.widgets.detail_card import DetailCard


class RankCard(DetailCard):
    """Shows one application.

    Args:
        enter: what 录入评分… does.
    """

    def __init__(self, enter: Callable[[], object]) -> None:
        self.enter = button("录入评分…", enter, icon="pencil")
        super().__init__((self.enter,))
        self.show_rank(None, (), "")

    def show_rank(self, row: RankRow | None, lines: Sequence[ScoreLine], locked: str) -> None:
        """Show an application and its reviewers; None when none is selected.

        Args:
            locked: why marks cannot be entered any more; empty when they can.
        """
        self.enter.setEnabled(row is not None and not locked)
        self.enter.setToolTip(locked)
        if row is None:
            self.say_empty("在左侧选择一项申报，这里显示各评委的评分。")
            return
        self.begin(row.title, f"{row.category_name} · {row.unit}")
        self.column.addLayout(_figures(row))
        self.add_section("各评委评分")
        self.column.addLayout(_lines(lines))
        if locked:
            self.column.addSpacing(theme.TINY)
            self.column.addWidget(label(locked, "note", wrap=True))
        self.column.addStretch()


def _figures(row: RankRow) -> QVBoxLayout:
    """得分 as the figure, and where that stands."""
    line = QHBoxLayout()
    line.addWidget(label("—" if row.total is None else str(row.total), "figure"))
    line.addStretch()
    line.addWidget(Pill(row.outcome.label, tone_of(row.outcome)))
    place = f"第 {row.place} 名{'（并列）' if row.tied else ''}" if row.place else "还没有得分"
    spread = "" if row.spread is None else f" · 极差 {row.spread}"
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addLayout(line)
    column.addWidget(label(f"{place}{spread}", "muted", elide=True))
    return column


def _lines(lines: Sequence[ScoreLine]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.MEDIUM)
    grid.setVerticalSpacing(theme.SMALL)
    grid.setColumnStretch(2, 1)
    for number, line in enumerate(lines):
        counts = line.kind is LineKind.COUNTED
        role = "" if counts else "muted"
        total = label("—" if line.total is None else str(line.total), role)
        grid.addWidget(label(f"{line.number} {line.name}", role), number, 0)
        grid.addWidget(total, number, 1, Qt.AlignmentFlag.AlignRight)
        if line.kind is LineKind.OPEN:
            grid.addWidget(Pill(line.note, Tone.WARN), number, 2)
        elif not counts:
            words = "：".join(filter(None, (line.kind.label, line.note)))
            grid.addWidget(label(words, "note", elide=True), number, 2)
    return grid
