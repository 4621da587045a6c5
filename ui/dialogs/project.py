"""The forms of 建设: a payment, an evaluation, and what a meeting decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.fields import Field
from dualcreate_desktop.office.project_forms import Asked
from dualcreate_desktop.office.records import Form, Value
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.widgets.card import bare_column, label


class ProjectDialog(AskingDialog[dict[str, Value]]):
    """Asks for what a step of a project needs, and writes nothing.

    Args:
        name: of the project.
        hint: what the rules say of it.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        name: str,
        hint: str,
        fields: Sequence[Field],
        values: Mapping[str, Value],
    ) -> None:
        self.fields = FieldForm((Group("", tuple(fields)),), values, {})
        super().__init__(parent, title, self._content(name, hint), accept_words=title)
        self.guard(self.fields.changed)
        self.resize(720, 400)
        self.fields.focus(fields[0].key)

    @classmethod
    def ask(
        cls, parent: QWidget | None, title: str, name: str, asked: Asked, *, problem: str = ""
    ) -> Form | None:
        """The form as the user leaves it; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        dialog = cls(parent, title, name, asked.hint, asked.fields, asked.form.values)
        answer = dialog.asked(problem)
        return None if answer is None else replace(asked.form, values={**asked.form.values, **answer})

    def accept(self) -> None:
        """Close with the values, unless one of them cannot be."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        self.answer = values
        super().accept()

    def _content(self, name: str, hint: str) -> QWidget:
        made, column = bare_column()
        column.addWidget(label(name, "section", wrap=True))
        if hint:
            column.addWidget(label(hint, "muted", wrap=True))
        column.addWidget(self.fields, 1)
        return made
