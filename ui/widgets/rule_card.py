"""One rule of a round: its sentence, what is wrong with it, and what can be done to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QPushButton

from dualcreate_desktop.office.rule_editing import RuleLine
from ui import theme
from ui.pills import Pill
from ui.theme import Tone
from ui.widgets.buttons import button
from ui.widgets.card import Card, label


@dataclass(frozen=True, slots=True)
class RuleActions:
    """What the buttons of a card do; each takes the path of the rule.

    Args:
        move: takes besides how many places further down.
    """

    edit: Callable[[str], object]
    remove: Callable[[str], object]
    move: Callable[[str, int], object]


class RuleCard(Card):
    """Shows a rule and holds its buttons.

    Args:
        among_its_kind: the page shows its whole list: it can be moved there, and its clause is said.
    """

    def __init__(self, line: RuleLine, actions: RuleActions, *, among_its_kind: bool) -> None:
        super().__init__(margin=theme.LARGE)
        self.line = line
        what = "　".join(filter(None, [line.kind * (not among_its_kind or not line.name), line.name]))
        self.edit = button("修改…", lambda: actions.edit(line.path), link=True)
        head = QHBoxLayout()
        head.setSpacing(theme.SMALL)
        head.addWidget(label(what, "section", elide=True), 1)
        if line.troubles:
            head.addWidget(Pill("有误", Tone.BAD))
        about = [line.about, line.clause * among_its_kind]
        head.addWidget(label("　".join(filter(None, about)), "note"))
        moves = self._moves(actions) if among_its_kind else []
        self.remove = button("删除", lambda: actions.remove(line.path), link=True)
        for one in (self.edit, *moves, *([self.remove] if line.of else [])):
            one.setAccessibleName(f"{one.text()}{what}")
            head.addWidget(one)
        self.body.addLayout(head)
        self.body.addWidget(label(line.sentence, wrap=True))
        for trouble in line.troubles:
            self.body.addWidget(label(trouble, "problem", wrap=True))

    def _moves(self, actions: RuleActions) -> list[QPushButton]:
        """The buttons that move a rule among others."""
        if self.line.of < 2:
            return []
        self.up = button("上移", lambda: actions.move(self.line.path, -1), link=True)
        self.down = button("下移", lambda: actions.move(self.line.path, 1), link=True)
        self.up.setEnabled(self.line.place > 1)
        self.down.setEnabled(self.line.place < self.line.of)
        return [self.up, self.down]
