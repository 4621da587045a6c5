"""核实: a person's word on a condition, by name."""

from __future__ import annotations

from dataclasses import dataclass

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
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.requirements import Force
from ui import pills, theme
from ui.dialogs.frame import FramedDialog
from ui.inputs import TEXT_HEIGHT
from ui.pills import Pill
from ui.widgets.application_card import confirmed
from ui.widgets.buttons import button
from ui.widgets.card import label

CHOICES = (Verdict.PASS, Verdict.FAIL, Verdict.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Word:
    """What was decided on a condition; `more` when the next open one is to follow."""

    verdict: Verdict
    reason: str
    more: bool = False
    approver: str = ""


class FindingDialog(FramedDialog):
    """Shows a condition with its clause and evidence, and asks for a verdict and its reason.

    Args:
        clause_text: what the notice says there.
        by: under whose name it will stand.
        following: how many open conditions of the application may follow; the reason is given for each anew.
    """

    def __init__(
        self,
        parent: QWidget | None,
        applicant: str,
        finding: Finding,
        clause_text: str,
        by: str,
        following: int = 0,
    ) -> None:
        self.choices = QButtonGroup()
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(TEXT_HEIGHT)
        self.reason.setPlaceholderText("查阅了什么、问了谁，例如：已查阅获奖证书原件")
        self.reason.setAccessibleName("依据或理由")
        self.approver = QLineEdit()
        self.approver.setPlaceholderText("例外通过时填写，例如：分管副书记姓名")
        self.approver.setAccessibleName("批准人")
        self._finding = finding
        confirm = f"以{by}的名义确认"
        super().__init__(
            parent,
            f"核实 {applicant}",
            self._content(clause_text),
            accept_words=f"{confirm}，看下一条" if following else confirm,
        )
        self.only = button("只确认这一条", self._accept_only)
        self.only.setVisible(following > 0)
        self.foot.insertWidget(self.foot.count() - 1, self.only)
        if following:
            self.primary.setToolTip(f"这项申报还有 {following} 条待核实")
        self._more = following > 0
        self.answer: Word | None = None
        self.resize(600, 490 if finding.force is Force.IN_PRINCIPLE else 420)
        self.button(Verdict.PASS).setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget | None,
        applicant: str,
        finding: Finding,
        clause_text: str,
        by: str,
        *,
        following: int = 0,
        problem: str = "",
    ) -> Word | None:
        """The word as the user gives it; None when there is none.

        Args:
            problem: why an earlier word was refused.
        """
        dialog = cls(parent, applicant, finding, clause_text, by, following)
        dialog.tell_problem(problem)
        dialog.exec()
        answer = dialog.answer
        dialog.deleteLater()
        return answer

    def button(self, verdict: Verdict) -> QRadioButton:
        """The choice of a verdict."""
        found = self.choices.button(CHOICES.index(verdict))
        assert isinstance(found, QRadioButton)
        return found

    def accept(self) -> None:
        """Close with the word, unless no verdict is chosen."""
        number = self.choices.checkedId()
        if number < 0:
            self.tell_problem("请选择“通过”“不通过”或“不适用”")
            return
        reason, approver = self.reason.toPlainText().strip(), self.approver.text().strip()
        self.answer = Word(CHOICES[number], reason, self._more, approver)
        super().accept()

    def _accept_only(self) -> None:
        """Close with the word and go on to no other; a refused answer may still go on."""
        self._more, going_on = False, self._more
        self.accept()
        self._more = going_on

    def _content(self, clause_text: str) -> QWidget:
        finding = self._finding
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SMALL)
        head = QHBoxLayout()
        head.addWidget(label(finding.label, "section", wrap=True), 1)
        head.addWidget(Pill(finding.verdict.label, pills.tone_of(finding.verdict)))
        column.addLayout(head)
        said = "" if clause_text == finding.label else f"　{clause_text}"
        column.addWidget(label(f"通知 {finding.clause}{said}", "muted", wrap=True))
        column.addSpacing(theme.TINY)
        column.addWidget(label("登记情况", "muted"))
        for text in (*finding.evidence, *confirmed(finding)):
            column.addWidget(label(text, wrap=True))
        column.addSpacing(theme.SMALL)
        column.addWidget(label("审查意见", "muted"))
        column.addLayout(self._verdicts())
        column.addSpacing(theme.SMALL)
        in_principle = finding.force is Force.IN_PRINCIPLE
        column.addWidget(label("依据或例外说明" if in_principle else "依据或理由", "muted"))
        column.addWidget(self.reason)
        if in_principle:
            column.addWidget(label("批准人（未达到“原则上”的要求而例外通过时）", "muted"))
            column.addWidget(self.approver)
        column.addStretch()
        return made

    def _verdicts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.HUGE)
        for number, verdict in enumerate(CHOICES):
            choice = QRadioButton(verdict.label)
            self.choices.addButton(choice, number)
            choice.clicked.connect(lambda: self.tell_problem(""))
            row.addWidget(choice)
        row.addStretch()
        return row
