"""Which paper is printed, and of which applications."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from dualcreate_desktop.office import application_papers, earlier_models
from dualcreate_desktop.office.printing import Job
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.widgets.card import bare_column, label

PAPERS = (
    ("申报表（按规定份数，每份有码）", application_papers.forms),
    ("资格审查表（逐条列明依据，供签字）", application_papers.eligibility_sheets),
    ("推荐汇总表（按院级党组织）", application_papers.recommendations),
    ("收件回执（按院级党组织）", application_papers.receipt_slips),
    ("已创建样板支部考核情况（全校一份）", lambda _: earlier_models.printed()),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Some applications: what they are called together, and their ids (None for all)."""

    words: str
    ids: Collection[str] | None


class PrintChoiceDialog(AskingDialog[Job]):
    """Asks for paper and scope; the first scope is chosen at first."""

    def __init__(self, parent: QWidget | None, scopes: Sequence[Scope]) -> None:
        self._scopes = tuple(scopes)
        self.papers, self.scopes = QButtonGroup(), QButtonGroup()
        super().__init__(parent, "打印", self._content(), accept_words="预览")
        self.resize(440, 412)
        self.papers.button(0).setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, scopes: Sequence[Scope]) -> Job | None:
        """What is to be printed; None when nothing is."""
        return cls(parent, scopes).asked()

    def accept(self) -> None:
        """Close with the job."""
        _, job = PAPERS[self.papers.checkedId()]
        self.answer = job(self._scopes[self.scopes.checkedId()].ids)
        super().accept()

    def _content(self) -> QWidget:
        made, column = bare_column()
        groups = (
            ("打印什么", self.papers, [words for words, _ in PAPERS]),
            ("打印哪些", self.scopes, [scope.words for scope in self._scopes]),
        )
        for title, group, choices in groups:
            column.addWidget(label(title, "section"))
            for number, words in enumerate(choices):
                choice = QRadioButton(words)
                choice.setChecked(number == 0)
                group.addButton(choice, number)
                column.addWidget(choice)
            column.addSpacing(theme.SMALL)
        column.addStretch()
        return made
