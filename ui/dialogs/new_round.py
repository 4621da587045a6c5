"""新建批次: choose a notice, name the round, set its days and numbers, and read its rules."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from dualcreate_desktop.fields import Field
from dualcreate_desktop.office import round_drafts
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.round_drafts import Draft, Part
from dualcreate_desktop.rules.notice_sentences import RuleSentence
from ui import theme
from ui.dialogs.frame import FramedDialog
from ui.form import FieldForm, Group
from ui.widgets.card import hairline, label

_NAME = Field("name", "批次名称", required=True, width=40, hint="如：第四批党建“双创”")


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round that is to be opened.

    Args:
        preset: key of the notice that it starts from.
    """

    name: str
    preset: str
    toml: str


class NewRoundDialog(FramedDialog):
    """Shows one page for each shipped notice, and writes nothing.

    Args:
        taken: names that other rounds have.
    """

    def __init__(self, parent: QWidget | None, taken: Collection[str]) -> None:
        self._taken = frozenset(taken)
        self._drafts = round_drafts.drafts()
        self.forms = [_form(draft) for draft in self._drafts]
        self.choices = QButtonGroup()
        self.pages: list[QWidget] = []
        super().__init__(parent, "新建批次", self._content(), accept_words="新建批次")
        self.answer: NewRound | None = None
        self.resize(900, 640)
        self.choices.idClicked.connect(self.choose)
        self.choices.button(0).setChecked(True)
        self.choose(0)
        self.forms[0].focus("name")

    @classmethod
    def ask(cls, parent: QWidget | None, taken: Collection[str]) -> NewRound | None:
        """The round to open; None when none is wanted."""
        dialog = cls(parent, taken)
        dialog.exec()
        answer = dialog.answer
        dialog.deleteLater()
        return answer

    def choose(self, number: int) -> None:
        """Show the page of a notice; the others take no room."""
        for place, page in enumerate(self.pages):
            page.setVisible(place == number)

    def accept(self) -> None:
        """Close with the round, unless a value cannot be."""
        number = self.choices.checkedId()
        values = self.forms[number].read()
        if values is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        if values["name"] in self._taken:
            self.tell_problem(f"已有名为“{values['name']}”的批次，请换一个名称")
            self.forms[number].focus("name")
            return
        key = self._drafts[number].key
        self.answer = NewRound(str(values.pop("name")), key, round_drafts.toml_of(key, values))
        super().accept()

    def _content(self) -> QWidget:
        made, column = _column()
        column.addWidget(label("以哪个通知为底稿", "section"))
        for number, (draft, form) in enumerate(zip(self._drafts, self.forms, strict=True)):
            choice = QRadioButton(f"{draft.batch}　{draft.title}")
            self.choices.addButton(choice, number)
            column.addWidget(choice)
            self.pages.append(_page(draft, form))
        for page in self.pages:
            column.addWidget(page)
        return made


def _form(draft: Draft) -> FieldForm:
    groups = [Group("", (_NAME,))]
    values: dict[str, Value] = {"name": draft.name}
    for part in Part:
        settings = [item for item in draft.settings if item.part is part]
        if settings:
            groups.append(Group(part.label, tuple(item.field for item in settings)))
            values |= {item.field.key: item.value for item in settings}
    return FieldForm(groups, values, {})


def _page(draft: Draft, form: FieldForm) -> QWidget:
    made, column = _column()
    column.addWidget(form)
    column.addSpacing(theme.SMALL)
    column.addWidget(hairline())
    column.addWidget(label("规则", "page-title"))
    for heading, lines in draft.rules:
        _add_rules(column, heading, lines)
    _add_lines(column, "通知没有写明、暂按下面的理解（以后可以改）", draft.assumptions)
    _add_lines(column, "通知中的笔误", draft.slips)
    column.addStretch()
    return made


def _add_rules(column: QVBoxLayout, heading: str, lines: Sequence[RuleSentence]) -> None:
    column.addSpacing(theme.SMALL)
    column.addWidget(label(heading, "section"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(theme.LARGE)
    grid.setVerticalSpacing(theme.SMALL)
    grid.setColumnStretch(0, 1)
    for number, line in enumerate(lines):
        grid.addWidget(label(line.text, wrap=True), number, 0)
        grid.addWidget(
            label(line.clause, "note"), number, 1, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        )
    column.addLayout(grid)


def _add_lines(column: QVBoxLayout, heading: str, lines: Sequence[str]) -> None:
    if lines:
        column.addSpacing(theme.SMALL)
        column.addWidget(label(heading, "section"))
    for line in lines:
        column.addWidget(label(line, "muted", wrap=True))


def _column() -> tuple[QWidget, QVBoxLayout]:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.SMALL)
    return made, column
