"""Before a larger undo: what it puts back and what it must leave."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office.journal import UndoPreview
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.widgets.card import bare_column, label

SHOWN_LINES = 100
"""More than anybody reads; the rest is told as a number."""

FEW_LINES = 5
"""So many stand in a low dialog."""

ASK_FROM = 5
"""An undo of fewer records is done without asking, since it can be undone in turn."""


class UndoDialog(FramedDialog):
    """Names every record that an undo touches, as far as anybody reads."""

    def __init__(self, parent: QWidget | None, plan: UndoPreview) -> None:
        super().__init__(
            parent,
            f"撤销“{plan.title}”",
            _content(plan),
            accept_words=f"撤销 {len(plan.restores)} 处",
        )
        self.resize(620, 480 if len(plan.restores) + len(plan.kept) > FEW_LINES else 300)

    @classmethod
    def ask(cls, parent: QWidget | None, plan: UndoPreview) -> bool:
        """Whether to go on."""
        return cls(parent, plan).agreed()


def needs_asking(plan: UndoPreview, unasked_since: datetime | None) -> bool:
    """Whether an undo is large, cannot put everything back, or is of an action before that time; always for None."""
    is_earlier = unasked_since is None or plan.at < unasked_since
    return is_earlier or bool(plan.kept) or len(plan.restores) >= ASK_FROM


def _content(plan: UndoPreview) -> QWidget:
    made, column = bare_column()
    at = plan.at
    column.addWidget(label(f"{plan.actor}，{at.year}年{at.month}月{at.day}日 {at:%H:%M}", "muted"))
    column.addSpacing(theme.SMALL)
    for title, lines in (
        (f"将还原 {len(plan.restores)} 处", plan.restores),
        (f"保留 {len(plan.kept)} 处", plan.kept),
    ):
        if lines:
            column.addWidget(label(title, "section"))
            column.addWidget(label("\n".join(lines[:SHOWN_LINES]), "muted", wrap=True))
            if len(lines) > SHOWN_LINES:
                column.addWidget(label(f"……还有 {len(lines) - SHOWN_LINES} 处", "muted"))
            column.addSpacing(theme.SMALL)
    column.addStretch()
    return made
