"""制发征求意见函: which departments are asked, under which numbers, and until when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.office.inquiry_letters import Proposal
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.widgets.card import bare_column, label

ISSUED = Field("issued", "发函日期", FieldType.DATE, required=True)
DUE = Field("due", "请于……前答复", FieldType.DATE, required=True, hint="如 2024-03-25")


@dataclass(frozen=True, slots=True)
class Letters:
    """What is sent: key of a department → 文号; issued and due."""

    documents: Mapping[str, str]
    issued: date
    due: date


class LettersDialog(AskingDialog[Letters]):
    """Asks for departments, numbers and days, and writes nothing."""

    def __init__(self, parent: QWidget | None, proposed: Proposal) -> None:
        self._proposed = proposed
        self.ticks: dict[str, QCheckBox] = {}
        self.numbers: dict[str, QLineEdit] = {}
        values = {"issued": proposed.issued, "due": proposed.due}
        self.days = FieldForm((Group("", (ISSUED, DUE)),), values, {})
        super().__init__(parent, "制发征求意见函", self._content(), accept_words="制发")
        self.resize(720, 470)
        self._count()
        next(iter(self.numbers.values())).setFocus()

    @classmethod
    def ask(cls, parent: QWidget | None, proposed: Proposal, *, problem: str = "") -> Letters | None:
        """What is to be sent; None when nothing is.

        Args:
            problem: why an earlier answer was refused.
        """
        dialog = cls(parent, proposed)
        dialog.tell_problem(problem)
        return dialog.asked()

    def accept(self) -> None:
        """Close with the departments that are ticked."""
        days = self.days.read()
        chosen = {key: self.numbers[key].text() for key, tick in self.ticks.items() if tick.isChecked()}
        if days is None:
            self.tell_problem("有内容需要改正，已用红字标出")
        elif not chosen:
            self.tell_problem("请至少勾选一个部门")
        else:
            issued, due = days["issued"], days["due"]
            assert isinstance(issued, date)
            assert isinstance(due, date)
            self.answer = Letters(chosen, issued, due)
            super().accept()

    def _count(self) -> None:
        """The button says how many letters it makes."""
        chosen = sum(tick.isChecked() for tick in self.ticks.values())
        self.primary.setText(f"制发 {chosen} 份函" if chosen else "制发")

    def _content(self) -> QWidget:
        made, column = bare_column(theme.MEDIUM)
        told = "每个部门一份函，附上还没有征求过它意见的全部申报；制发后可打印 PDF 或 Word。"
        column.addWidget(label(told, "muted", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.LARGE)
        grid.setVerticalSpacing(theme.SMALL)
        grid.setColumnStretch(1, 1)
        grid.addWidget(label("部门", "muted"), 0, 0)
        grid.addWidget(label("征求哪些方面的意见", "muted"), 0, 1)
        grid.addWidget(label("文号（可不填）", "muted"), 0, 2)
        for row, item in enumerate(self._proposed.departments, 1):
            count = len(item.applications)
            tick = QCheckBox(f"{item.name}（{count} 项）" if count else f"{item.name}（已全部征求）")
            tick.setChecked(count > 0)
            tick.setEnabled(count > 0)
            tick.toggled.connect(lambda _: self._count())
            number = QLineEdit()
            number.setAccessibleName(f"{item.name} 文号")
            number.setPlaceholderText("如：组函〔2024〕3号")
            number.setMinimumWidth(190)
            number.setEnabled(count > 0)
            self.ticks[item.key], self.numbers[item.key] = tick, number
            grid.addWidget(tick, row, 0)
            grid.addWidget(label(item.asks, wrap=True), row, 1)
            grid.addWidget(number, row, 2)
        column.addLayout(grid)
        column.addWidget(self.days)
        column.addStretch()
        return made
