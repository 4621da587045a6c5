"""The form of one record, whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from db.errors import UserError
from dualcreate_desktop.office.records import Form
from ui.dialogs.frame import AskingDialog
from ui.form import FieldForm, Group
from ui.inputs import Options
from ui.widgets.buttons import button

WIDTH = 720
TALLEST = 640
AROUND = 128
"""What the foot and the margins take, and room for a line of trouble, in pixels."""


class RecordDialog(AskingDialog[Form]):
    """Edits the values of a record and writes nothing.

    Args:
        what: what the record is called in the title, 党支部 or the name of one.
        options: by field key: what a reference can be.
        focus: the field that has the keyboard first.
    """

    def __init__(
        self,
        parent: QWidget | None,
        what: str,
        groups: Sequence[Group],
        form: Form,
        *,
        options: Mapping[str, Options],
        focus: str,
    ) -> None:
        self.fields = FieldForm(groups, form.values, options)
        adding = form.record_id is None
        title = f"新增{what}" if adding else f"修改 {what}"
        super().__init__(parent, title, self.fields, accept_words="新增" if adding else "保存")
        self.guard(self.fields.changed)
        self._form = form
        self.resize(WIDTH, min(self.fields.sizeHint().height() + AROUND, TALLEST))
        self.fields.focus(focus)

    def offer_removal(self, remove: Callable[[], bool]) -> None:
        """A button at the foot that takes the record out instead.

        Args:
            remove: whether it is out; raises UserError where it cannot be, which is told at the foot.
        """
        self.remove = button("删除…", lambda: self._remove(remove))
        self.foot.insertWidget(0, self.remove)

    def _remove(self, remove: Callable[[], bool]) -> None:
        try:
            if remove():
                self.reject()
        except UserError as trouble:
            self.tell_problem(str(trouble))

    def accept(self) -> None:
        """Close with the values, unless one of them cannot be."""
        values = self.fields.read()
        if values is None:
            self.tell_problem("有内容需要改正，已用红字标出")
            return
        self.answer = replace(self._form, values={**self._form.values, **values})
        super().accept()
