"""A person's word on a condition: the verdict, its reason, and who approved an exception."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from db.vocabulary import Verdict
from dualcreate_desktop.rules.requirements import Force
from ui import theme
from ui.inputs import TEXT_HEIGHT
from ui.widgets.card import label

CHOICES = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Word:
    """What was decided on a condition; `more` when the next open one is to follow."""

    verdict: Verdict
    reason: str
    more: bool = False
    approver: str = ""


class WordForm(QWidget):
    """Asks for a verdict and its reason; for an approver where an exception is possible.

    Signals:
        chosen: a verdict was clicked.
    """

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices = QButtonGroup(self)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(TEXT_HEIGHT)
        self.reason.setAccessibleName("依据或理由")
        self.reason.setPlaceholderText("如：查阅了党委会会议记录。写完按 Ctrl+Enter 确认")
        self.approver = QLineEdit()
        self.approver.setAccessibleName("批准人")
        self._why = label("", "muted")
        self._who = label("批准人（未达到“原则上”的要求而例外通过时）", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        column.addWidget(label("审查意见", "muted"))
        column.addLayout(self._verdicts())
        for widget in (self._why, self.reason, self._who, self.approver):
            column.addWidget(widget)
        self.ask(Force.HARD)

    def ask(self, force: Force) -> None:
        """Begin anew for a condition that binds so much."""
        self.choices.setExclusive(False)
        for choice in self.choices.buttons():
            choice.setChecked(False)
        self.choices.setExclusive(True)
        self.reason.clear()
        self.approver.clear()
        in_principle = force is Force.IN_PRINCIPLE
        self._why.setText("依据或例外说明" if in_principle else "依据或理由")
        self._who.setVisible(in_principle)
        self.approver.setVisible(in_principle)

    def button(self, verdict: Verdict) -> QRadioButton:
        """The choice of a verdict."""
        found = self.choices.button(CHOICES.index(verdict))
        assert isinstance(found, QRadioButton)
        return found

    def read(self, *, more: bool = False) -> Word | None:
        """The word; None when no verdict is chosen."""
        number = self.choices.checkedId()
        if number < 0:
            return None
        reason, approver = self.reason.toPlainText().strip(), self.approver.text().strip()
        return Word(CHOICES[number], reason, more, approver)

    def _verdicts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.HUGE)
        for number, verdict in enumerate(CHOICES):
            choice = QRadioButton(verdict.label)
            self.choices.addButton(choice, number)
            choice.clicked.connect(self.chosen)
            row.addWidget(choice)
        row.addStretch()
        return row
