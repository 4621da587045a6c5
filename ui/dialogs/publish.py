"""Before a 公示 is published: its day of issue, the period that follows from it, who signs and who listens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office.publication import NOTICE_FIELDS, in_words
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.rules.workdays import Period
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.inputs import LineInput
from ui.widgets.card import Card, bare_column, label


@dataclass(frozen=True, slots=True)
class Announcement:
    """What was decided on."""

    issued: date
    organ: str
    contacts: str


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How the period follows from the day of issue.

    Args:
        reckon: the period of a 公示 that is issued on a day.
    """

    workdays: int
    issue_day_counts: bool
    reckon: Callable[[date], Period]


class PublishDialog(AskingDialog[Announcement]):
    """Asks for what a 公示 says and writes nothing; the period is reckoned while one types."""

    def __init__(self, parent: QWidget | None, values: Mapping[str, Value], rule: PeriodRule) -> None:
        self._rule = rule
        self.fields = FieldForm((Group("", NOTICE_FIELDS),), values, {})
        self.period = label("", "section", wrap=True)
        self.notes = label("", "warning", wrap=True)
        super().__init__(parent, "发布公示", self._content(), accept_words="发布公示")
        self.guard(self.fields.changed)
        issued = self.fields.input("issued")
        assert isinstance(issued, LineInput)
        issued.textChanged.connect(lambda _: self._show_period())
        self._show_period()
        self.fields.focus("issued")
        self.resize(680, 480)

    @classmethod
    def ask(
        cls, parent: QWidget | None, values: Mapping[str, Value], rule: PeriodRule
    ) -> Announcement | None:
        """What is to be published; None when given up."""
        return cls(parent, values, rule).asked()

    def accept(self) -> None:
        """Close with the announcement, unless something is missing."""
        values = self.fields.read()
        if values is None or not isinstance(values["issued"], date):
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        self.answer = Announcement(values["issued"], str(values["organ"]), str(values["contacts"]))
        super().accept()

    def _show_period(self) -> None:
        issued = self.fields.input("issued").read().value
        if not isinstance(issued, date):
            self.period.setText("请先填写发布日期")
            self.notes.setText("")
            self.notes.hide()
            return
        period = self._rule.reckon(issued)
        self.period.setText(in_words(period, self._rule.workdays))
        self.notes.setText("；".join(period.notes))
        self.notes.setVisible(bool(period.notes))

    def _content(self) -> QWidget:
        made, column = bare_column(theme.MEDIUM)
        card = Card()
        counted = "发布当天计入" if self._rule.issue_day_counts else "发布当天不计入"
        card.body.addWidget(label("公示时间", "muted"))
        card.body.addWidget(self.period)
        card.body.addWidget(label(f"按工作日推算，{counted}，已扣除节假日和调休。", "note", wrap=True))
        card.body.addWidget(self.notes)
        column.addWidget(self.fields)
        column.addWidget(card)
        column.addStretch()
        return made
