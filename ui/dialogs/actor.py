"""谁在用: the name that stands beside every action."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.fields import Choice, Field, FieldType
from dualcreate_desktop.office.store import Actor
from ui.dialogs.frame import FramedDialog
from ui.form import FieldForm, Group
from ui.widgets.card import bare_column, label


class ActorDialog(FramedDialog):
    """Asks who sits here. It is opened and not waited for, since it may not hold up the start of the program.

    Args:
        present: who is taken to sit here.
        known: who has worked here before, the last one first.
    """

    def __init__(self, parent: QWidget | None, present: Actor, known: Sequence[str]) -> None:
        names = tuple(Choice(name, name) for name in dict.fromkeys((present.name, *known)))
        name = Field(
            "name", "姓名", FieldType.CHOICE, required=True, choices=names, open_choice=True, width=24
        )
        self.fields = FieldForm((Group("", (name,)),), {"name": present.name}, {})
        super().__init__(parent, "谁在用", _content(self.fields, present.pc), accept_words="就是我")
        self.name = present.name
        self.resize(460, 260)
        self.fields.focus("name")

    def accept(self) -> None:
        """Close with the name, unless there is none."""
        values = self.fields.read()
        if values is not None:
            self.name = str(values["name"])
            super().accept()


def _content(form: QWidget, pc: str) -> QWidget:
    made, column = bare_column()
    column.addWidget(label("今天谁在这台电脑上办公？", "section"))
    column.addWidget(label(f"每次操作都记下姓名和电脑（{pc}）。", "muted", wrap=True))
    column.addWidget(form)
    column.addStretch()
    return made
