"""The card of one action: who, when, and what it changed, before and after."""

from __future__ import annotations

from collections.abc import Callable

from dualcreate_desktop.office.actions import ActionDetails, ActionRow, Force, Touched
from ui import theme
from ui.pills import Pill
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import clear, hairline, label
from ui.widgets.detail_card import DetailCard


class ActionCard(DetailCard):
    """Shows one action; 撤销… stands at the foot.

    Args:
        undo: what 撤销… does.
    """

    def __init__(self, undo: Callable[[], object]) -> None:
        self.undo = button("撤销…", undo, icon="undo")
        super().__init__((self.undo,))
        self.show_action(None, None)

    def show_action(self, row: ActionRow | None, told: ActionDetails | None) -> None:
        """Show an action and what it changed; None when none is selected."""
        clear(self.column)
        self.undo.setEnabled(row is not None and row.force is Force.IN_FORCE)
        if row is None or told is None:
            self.column.addWidget(label("在左侧选择一次操作，这里显示它改了什么。", "muted", wrap=True))
        else:
            self._show(row, told)
        self.column.addStretch()

    def _show(self, row: ActionRow, told: ActionDetails) -> None:
        self.column.addWidget(label(row.title, "section", wrap=True))
        who = f"{row.actor} · {row.pc}" if row.pc else row.actor
        self.column.addWidget(label(who, "muted", elide=True))
        self.column.addWidget(label(f"{row.at:%Y-%m-%d %H:%M} · {row.door.label}", "muted"))
        if row.force is Force.TAKEN_BACK:
            self.column.addWidget(Pill(row.force.label, Tone.CALM))
        self.column.addSpacing(theme.TINY)
        self.column.addWidget(label("、".join(told.counts), wrap=True))
        for touched in told.touched:
            self._show_touched(touched)
        if told.more:
            self.column.addSpacing(theme.TINY)
            self.column.addWidget(label(f"……还有 {told.more} 条", "muted"))

    def _show_touched(self, touched: Touched) -> None:
        self.column.addSpacing(theme.TINY)
        self.column.addWidget(hairline())
        self.column.addSpacing(theme.TINY)
        self.column.addWidget(label(touched.name, "section", wrap=True))
        self.column.addWidget(label("\n".join(touched.lines), "muted", wrap=True))
