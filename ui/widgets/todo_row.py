"""One line of 接下来要做的."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout

from dualcreate_desktop.office.overview import Todo
from ui import theme
from ui.pills import Pill
from ui.theme import Tone
from ui.widgets.card import label
from ui.widgets.opening_card import OpeningCard

BESIDE = 6
"""Room at the sides, so that the frame of the keyboard does not touch the words, in pixels."""


class TodoRow(OpeningCard):
    """What is to be done, elided with a tooltip, and by when, overdue as a red pill; it opens where it is done."""

    def __init__(self, todo: Todo) -> None:
        super().__init__(todo.place, name="todoRow", margin=BESIDE)
        when = f"逾期 {todo.when}" if todo.overdue else todo.when
        self.setAccessibleName(f"{todo.text} {when}".strip())
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL)
        row.addWidget(label(todo.text, elide=True), 1)
        row.addWidget(Pill(when, Tone.BAD) if todo.overdue else label(when, "muted"))
        self.body.addLayout(row)
