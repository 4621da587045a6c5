"""The form of one 党支部."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.lists import BRANCHES
from dualcreate_desktop.office.registry import Form, unit_choices
from dualcreate_desktop.office.store import Office
from ui.dialogs.frame import FramedDialog
from ui.form import FieldForm, Group

_LAYOUT = (
    ("党支部", ("unit", "code", "name", "kind", "founded", "planned_end")),
    ("党员", ("full_members", "probationary_members", "members_on")),
    ("书记", ("secretary", "secretary_since", "phone")),
    ("", ("note",)),
)
GROUPS = tuple(Group(title, tuple(map(BRANCHES.field, keys))) for title, keys in _LAYOUT)

NEW = Form(record_id=None, revision="", values={})
"""The empty form of a branch that is to be added."""


class BranchDialog(FramedDialog):
    """Edits the values of a branch and writes nothing."""

    def __init__(self, parent: QWidget | None, office: Office, form: Form) -> None:
        self.fields = FieldForm(GROUPS, form.values, {"unit": unit_choices(office)})
        adding = form.record_id is None
        title = "新增党支部" if adding else f"修改 {form.values['name']}"
        super().__init__(parent, title, self.fields, accept_words="新增" if adding else "保存")
        self._form = form
        self.answer: Form | None = None
        self.resize(720, 640)
        self.fields.focus("unit" if adding else "name")

    @classmethod
    def ask(cls, parent: QWidget | None, office: Office, form: Form, *, problem: str = "") -> Form | None:
        """The form as the user leaves it; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        dialog = cls(parent, office, form)
        dialog.tell_problem(problem)
        dialog.exec()
        answer = dialog.answer
        dialog.deleteLater()
        return answer

    def accept(self) -> None:
        """Close with the values, unless one of them cannot be."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        self.answer = replace(self._form, values={**self._form.values, **values})
        super().accept()
