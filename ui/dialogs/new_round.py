"""新建批次: choose what to begin with, name the round, set its days and numbers, and read its rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from db.errors import UserError
from dualcreate_desktop.fields import Field
from dualcreate_desktop.office import round_drafts
from dualcreate_desktop.office.records import Value
from dualcreate_desktop.office.round_drafts import Draft, Part
from dualcreate_desktop.office.rule_editing import RuleDraft
from dualcreate_desktop.rules.notice_sentences import RuleSentence
from ui import theme
from ui.dialogs.files import RULES
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.widgets.buttons import button
from ui.widgets.card import bare_column, hairline, label

TryQuotas = Callable[[QWidget, RuleDraft], RuleDraft | None]

_NAME = Field("name", "批次名称", required=True, width=40, hint="如：第四批党建“双创”")


@dataclass(frozen=True, slots=True)
class NewRound:
    """A round that is to be opened.

    Args:
        preset: key of the notice that it starts from.
        edit: go on with its rules, clause by clause.
    """

    name: str
    preset: str
    toml: str
    edit: bool = False


class NewRoundDialog(AskingDialog[NewRound]):
    """Shows one page for each draft, made when it is chosen, and writes nothing.

    Args:
        taken: names that other rounds have.
        drafts: what can be begun with, the first of them chosen.
        try_quotas: 名额测算 over rules; gives them back with the quotas that were chosen, None where none were.
    """

    def __init__(
        self, parent: QWidget | None, taken: Collection[str], drafts: Sequence[Draft], try_quotas: TryQuotas
    ) -> None:
        self._taken = frozenset(taken)
        self._drafts = list(drafts)
        self._try_quotas = try_quotas
        self.forms: dict[int, FieldForm] = {}
        self.pages: dict[int, QWidget] = {}
        self.choices = QButtonGroup()
        self._listed = QVBoxLayout()
        self._column = QVBoxLayout()
        self.from_file = button("从规则文件（.toml）…", self.choose_file, link=True, icon="folder-open")
        super().__init__(parent, "新建批次", self._content(), accept_words="新建批次")
        self.editing = button("新建并逐条核对规则…", self.accept_and_edit)
        self.trial = button("名额测算…", self.try_quotas)
        for made in (self.trial, self.editing):
            self.foot.insertWidget(self.foot.count() - 1, made)
        self._edit = False
        self.resize(900, 640)
        self.choices.idClicked.connect(self.choose)
        self._choose(0)

    @classmethod
    def ask(
        cls, parent: QWidget | None, taken: Collection[str], drafts: Sequence[Draft], try_quotas: TryQuotas
    ) -> NewRound | None:
        """The round to open; None when none is wanted."""
        return cls(parent, taken, drafts, try_quotas).asked()

    def choose(self, number: int) -> None:
        """Show the page of a draft; the others take no room."""
        if number not in self.pages:
            self._make_page(number)
        for place, page in self.pages.items():
            page.setVisible(place == number)

    def choose_file(self) -> None:
        """Begin with the rules of a file."""
        chosen, _ = QFileDialog.getOpenFileName(self, "从规则文件新建", "", RULES)
        if not chosen:
            return
        try:
            self._drafts.append(round_drafts.from_file(Path(chosen)))
        except UserError as trouble:
            self.tell_problem(str(trouble))
            return
        self.tell_problem("")
        self._offer(len(self._drafts) - 1)
        self._choose(len(self._drafts) - 1)

    def try_quotas(self) -> None:
        """Try the quotas of the draft over the registry as it is; those that are chosen become the draft's."""
        number = self.choices.checkedId()
        values = self.forms[number].read()
        if values is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        chosen = self._try_quotas(self, round_drafts.rules_of(self._drafts[number], values))
        if chosen is not None:
            self._drafts[number] = round_drafts.with_quotas(self._drafts[number], chosen.notice.quotas)
            self._renew(number, values)

    def _renew(self, number: int, values: Mapping[str, Value]) -> None:
        """Show the page of a draft anew, with what was typed."""
        self.pages.pop(number).deleteLater()
        self._make_page(number, values)

    def _make_page(self, number: int, typed: Mapping[str, Value] | None = None) -> None:
        self.forms[number] = form = _form(self._drafts[number], typed)
        self.guard(form.changed)
        self.pages[number] = _page(self._drafts[number], form)
        self._column.addWidget(self.pages[number])

    def accept_and_edit(self) -> None:
        """Close with the round, and go on with its rules."""
        self._edit = True
        self.accept()

    def accept(self) -> None:
        """Close with the round, unless a value cannot be."""
        edit, self._edit = self._edit, False
        number = self.choices.checkedId()
        values = self.forms[number].read()
        if values is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        if values["name"] in self._taken:
            self.tell_problem(f"已有名为“{values['name']}”的批次，请换一个名称")
            self.forms[number].focus("name")
            return
        draft = self._drafts[number]
        toml = round_drafts.toml_of(draft, values)
        self.answer = NewRound(str(values["name"]), draft.key, toml, edit)
        super().accept()

    def _choose(self, number: int) -> None:
        self.choices.button(number).setChecked(True)
        self.choose(number)
        self.forms[number].focus("name")

    def _offer(self, number: int) -> None:
        choice = QRadioButton(self._drafts[number].origin)
        self.choices.addButton(choice, number)
        self._listed.addWidget(choice)

    def _content(self) -> QWidget:
        made, column = _column()
        column.addWidget(label("以什么为底稿", "section"))
        self._listed.setSpacing(theme.SMALL)
        column.addLayout(self._listed)
        for number in range(len(self._drafts)):
            self._offer(number)
        column.addWidget(self.from_file, alignment=Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._column)
        return made


def _form(draft: Draft, typed: Mapping[str, Value] | None = None) -> FieldForm:
    """The form of a draft.

    Args:
        typed: what stood in it before.
    """
    groups = [Group("", (_NAME,))]
    values: dict[str, Value] = {"name": draft.name}
    for part in Part:
        settings = [item for item in draft.settings if item.part is part]
        if settings:
            groups.append(Group(part.label, tuple(item.field for item in settings)))
            values |= {item.field.key: item.value for item in settings}
    return FieldForm(groups, {**values, **(typed or {})}, {})


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
    made, column = bare_column()
    return made, column
