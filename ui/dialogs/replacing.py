"""One text that stands in many rows: what it shall be in all of them, and in the files to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QComboBox, QCompleter, QLineEdit, QWidget

from dualcreate_desktop.fields import Field, FieldType
from ui import theme
from ui.dialogs.frame import AskingDialog
from ui.widgets.card import bare_column, label


@dataclass(frozen=True, slots=True)
class Wrong:
    """A text that cannot be read.

    Args:
        count: in how many rows of the sheet it stands.
        options: what can stand there, the likeliest first; empty where anything may be typed.
        suggestion: what may be meant; empty when nobody knows.
    """

    field: Field
    written: str
    count: int
    options: Sequence[str]
    suggestion: str


@dataclass(frozen=True, slots=True)
class Replacement:
    """What it shall be; `remembered` also in every file that comes."""

    typed: str
    remembered: bool


class ReplaceDialog(AskingDialog[Replacement]):
    """Asks once for all rows."""

    def __init__(self, parent: QWidget | None, wrong: Wrong) -> None:
        self._wrong = wrong
        self.input = _input(wrong)
        self.input.setAccessibleName("改为")
        self.remember = QCheckBox("记住：以后收到的表里写作这样的，也这样读")
        self.remember.setChecked(wrong.field.type is FieldType.CHOICE)
        super().__init__(parent, "全部改为", self._content(), accept_words=f"改 {wrong.count} 处")
        self.input.setFocus()
        self.resize(480, 280)

    @classmethod
    def ask(cls, parent: QWidget | None, wrong: Wrong) -> Replacement | None:
        """What the text shall be; None when given up."""
        return cls(parent, wrong).asked()

    @property
    def typed(self) -> str:
        """What was chosen or typed."""
        made = self.input
        return (made.currentText() if isinstance(made, QComboBox) else made.text()).strip()

    def accept(self) -> None:
        """Close with the answer, unless it is none."""
        typed = self.typed
        if not typed:
            self.tell_problem("请填写改成什么")
        elif self._closed and typed not in self._wrong.options:
            self.tell_problem(f"“{typed}”不在可选项中，请从列表里选")
        else:
            self.answer = Replacement(typed, self.remember.isChecked())
            super().accept()

    @property
    def _closed(self) -> bool:
        field = self._wrong.field
        return field.type is FieldType.CHOICE and not field.open_choice

    def _content(self) -> QWidget:
        wrong = self._wrong
        made, column = bare_column()
        told = f"“{wrong.field.label}”一列里，写作“{wrong.written}”的有 {wrong.count} 行。"
        column.addWidget(label(told, wrap=True))
        title = label("全部改为", "muted")
        title.setBuddy(self.input)
        column.addWidget(title)
        column.addWidget(self.input)
        column.addSpacing(theme.TINY)
        column.addWidget(self.remember)
        note = "记住的写法可以在“更多”的“记住的写法…”里查看、忘记。对方的文件不变。"
        column.addWidget(label(note, "note", wrap=True))
        column.addStretch()
        return made


def _input(wrong: Wrong) -> QComboBox | QLineEdit:
    if not wrong.options:
        return QLineEdit(wrong.suggestion)
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.addItems(list(wrong.options))
    made.setCurrentText(wrong.suggestion)
    completer = made.completer()
    if completer is not None:
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    return made
