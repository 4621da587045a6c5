"""核实: a person's word on a condition, by name."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from db.vocabulary import Verdict
from dualcreate_desktop.rules.conditions import Finding
from dualcreate_desktop.rules.requirements import Force
from ui import pills, theme
from ui.dialogs.frame import AskingDialog
from ui.pills import Pill
from ui.widgets.application_card import confirmed
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, label
from ui.widgets.word_form import Word, WordForm

__all__ = ["FindingDialog", "Word"]

NO_VERDICT = "请选择“通过”“不通过”或“不适用”"


class FindingDialog(AskingDialog[Word]):
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
        self.form = WordForm()
        self.form.ask(finding.force)
        self.choices, self.reason, self.approver = self.form.choices, self.form.reason, self.form.approver
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
        self.guard(self.form.chosen)
        self.guard(self.form.reason.textChanged)
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
        return dialog.asked()

    def button(self, verdict: Verdict) -> QRadioButton:
        """The choice of a verdict."""
        return self.form.button(verdict)

    def accept(self) -> None:
        """Close with the word, unless no verdict is chosen."""
        word = self.form.read(more=self._more)
        if word is None:
            self.tell_problem(NO_VERDICT)
            return
        self.answer = word
        super().accept()

    def _accept_only(self) -> None:
        """Close with the word and go on to no other; a refused answer may still go on."""
        self._more, going_on = False, self._more
        self.accept()
        self._more = going_on

    def _content(self, clause_text: str) -> QWidget:
        finding = self._finding
        made, column = bare_column()
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
        column.addWidget(self.form)
        column.addStretch()
        return made
