"""电子评分表: until when the reviewers are asked for their marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.dialogs.deadline import until_field, until_of
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.widgets.card import bare_column, label

_TOLD = (
    "每位评委一张工作簿，列着要评的申报，超出满分填不进去，名称不能改动；连同邮件文字打成一个压缩包。"
    "填好发回后拖进“收件”，不用核对列名。"
)


@dataclass(frozen=True, slots=True)
class ScorePackOrder:
    """What was decided; `until` None when no day was said."""

    until: date | None


class ScorePackDialog(AskingDialog[ScorePackOrder]):
    """Asks, and writes nothing.

    Args:
        reviewers: how many there are.
    """

    def __init__(self, parent: QWidget | None, reviewers: int) -> None:
        self.fields = FieldForm((Group("", (until_field("请评委在何时前交回"),)),), {}, {})
        super().__init__(parent, "电子评分表", self._content(reviewers), accept_words="生成…")
        self.fields.focus("until")
        self.resize(600, 300)

    @classmethod
    def ask(cls, parent: QWidget | None, reviewers: int) -> ScorePackOrder | None:
        """What is to be made; None when given up."""
        return cls(parent, reviewers).asked()

    def accept(self) -> None:
        """Close with the order, unless the day is none."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("日期需要改正，已用红字标出")
            return
        self.answer = ScorePackOrder(until_of(values["until"]))
        super().accept()

    def _content(self, reviewers: int) -> QWidget:
        made, column = bare_column()
        column.addWidget(label(f"{reviewers} 位评委的电子评分表", "section"))
        column.addWidget(label(_TOLD, "muted", wrap=True))
        column.addSpacing(theme.TINY)
        column.addWidget(self.fields)
        column.addStretch()
        return made
