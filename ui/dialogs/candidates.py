"""Which unit or branch a name means: the candidates side by side with what the row says, and why each may be it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QWidget

from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office.choosing import Candidate, Question
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.inputs import ChoiceInput
from ui.widgets.card import Card, bare_column, label

MOST_SHOWN = 3
"""Candidates that stand beside each other; the others can be searched."""

_OTHER, _NEW = 100, 101
_CARD_WIDTH = 216


@dataclass(frozen=True, slots=True)
class Meant:
    """What was answered: a candidate, the id of another one, or neither for a new organisation."""

    candidate: Candidate | None = None
    other: str = ""


class CandidatesDialog(AskingDialog[Meant]):
    """Asks which it is; the answer is kept as another name of the chosen one."""

    def __init__(self, parent: QWidget | None, question: Question) -> None:
        self._question = question
        self._shown = question.candidates[:MOST_SHOWN]
        self.choices = QButtonGroup()
        field = Field("other", f"其他{question.what}", FieldType.BRANCH, hint="输入名称中的几个字")
        rest = [(each.id, each.name) for each in question.candidates[MOST_SHOWN:]]
        self.other = ChoiceInput(field, None, [*rest, *question.others])
        self.other.setAccessibleName(field.label)
        super().__init__(parent, f"“{question.written}”是哪一个", self._content(), accept_words="就是它")
        self.other.changed.connect(lambda: self._pick(_OTHER))
        self.choices.idClicked.connect(self._picked)
        self._pick(0 if self._shown and not self._shown[0].different else _OTHER)
        self.resize(min(960, 120 + (_CARD_WIDTH + theme.MEDIUM) * (len(self._shown) + 1)), 470)

    @classmethod
    def ask(cls, parent: QWidget | None, question: Question) -> Meant | None:
        """What the name means; None when given up."""
        return cls(parent, question).asked()

    def accept(self) -> None:
        """Close with the answer, unless none is chosen."""
        chosen = self.choices.checkedId()
        if chosen == _NEW:
            self.answer = Meant()
        elif chosen == _OTHER:
            value = self.other.read().value
            if not isinstance(value, str):
                self.tell_problem(f"请从列表里选择{self._question.what}")
                return
            self.answer = Meant(other=value)
        else:
            self.answer = Meant(self._shown[chosen])
        super().accept()

    def _pick(self, number: int) -> None:
        button = self.choices.button(number)
        if button is not None:
            button.setChecked(True)
            self._picked(number)

    def _picked(self, number: int) -> None:
        self.tell_problem("")
        self.primary.setText("作为新的导入" if number == _NEW else "就是它")

    def _content(self) -> QWidget:
        question = self._question
        made, column = bare_column(theme.MEDIUM)
        where = f"第 {question.row} 行" + (f" · {question.unit}" if question.unit else "")
        column.addWidget(label(where, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MEDIUM)
        grid.addWidget(self._said(), 0, 0, Qt.AlignmentFlag.AlignTop)
        for place, candidate in enumerate(self._shown):
            grid.addWidget(self._card(candidate, place), 0, place + 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(len(self._shown) + 1, 1)
        column.addLayout(grid)
        another = self._radio("另一个：", _OTHER)
        column.addWidget(another)
        column.addWidget(self.other)
        if question.may_be_new:
            column.addWidget(self._radio(f"都不是，是新的{question.what}", _NEW))
        note = "选定后，这个写法会记作它的别名，以后不再询问；可以撤销，也可以在“记住的写法…”里忘记。"
        column.addWidget(label(note, "note", wrap=True))
        column.addStretch()
        return made

    def _said(self) -> Card:
        card = Card(margin=14)
        card.setFixedWidth(_CARD_WIDTH)
        card.body.addWidget(label("表里写的", "muted"))
        card.body.addWidget(label(self._question.written, "section", wrap=True))
        for name, text in self._question.said.items():
            card.body.addWidget(label(f"{name}：{text}", wrap=True))
        return card

    def _card(self, candidate: Candidate, place: int) -> Card:
        card = Card(margin=14)
        card.setFixedWidth(_CARD_WIDTH)
        card.body.addWidget(self._radio("是这一个", place))
        card.body.addWidget(label(candidate.name, "section", wrap=True))
        card.body.addWidget(label(candidate.reason, "warning" if candidate.different else "muted", wrap=True))
        if candidate.unit and candidate.unit != self._question.unit:
            card.body.addWidget(label(candidate.unit, wrap=True))
        for name, text in candidate.facts.items():
            differs = self._question.said.get(name, text) != text
            words = f"{name}：{text}" + ("（不同）" if differs else "")
            card.body.addWidget(label(words, "warning" if differs else "", wrap=True))
        return card

    def _radio(self, words: str, number: int) -> QRadioButton:
        made = QRadioButton(words)
        self.choices.addButton(made, number)
        return made
