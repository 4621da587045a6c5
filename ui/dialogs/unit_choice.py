"""Whose list a received sheet is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.fields import Field, FieldType
from dualcreate_desktop.intake.guessing import UnitGuess
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.inputs import Options
from ui.widgets.card import bare_column, label

_FIELD = Field("unit", "这张表是哪个单位的", FieldType.UNIT, required=True, width=40)


class UnitChoiceDialog(AskingDialog[str]):
    """Asks for one unit."""

    def __init__(self, parent: QWidget | None, name: str, units: Options, guessed: UnitGuess | None) -> None:
        values = {"unit": guessed.id} if guessed is not None else {}
        self.fields = FieldForm((Group("", (_FIELD,)),), values, {"unit": units})
        super().__init__(parent, "指定单位", self._content(name, guessed), accept_words="就是这个单位")
        self.fields.focus("unit")
        self.resize(640, 300)

    @classmethod
    def ask(cls, parent: QWidget | None, name: str, units: Options, guessed: UnitGuess | None) -> str:
        """The id of the unit; empty when given up.

        Args:
            name: of the file.
            guessed: whose it seems to be, and why.
        """
        return cls(parent, name, units, guessed).asked() or ""

    def accept(self) -> None:
        """Close with the unit, unless it is none."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("请从列表里选择单位")
            return
        self.answer = str(values["unit"])
        super().accept()

    def _content(self, name: str, guessed: UnitGuess | None) -> QWidget:
        made, column = bare_column()
        column.addWidget(label(name, "section", wrap=True))
        lines = ["没有写明单位的行，都算作这个单位的。"]
        if guessed is not None:
            lines.insert(0, f"现在认作“{guessed.name}”：{guessed.reason}。")
            lines += [f"但{doubt}。" for doubt in guessed.doubts]
        column.addWidget(label("\n".join(lines), "muted", wrap=True))
        column.addWidget(self.fields)
        column.addStretch()
        return made
