"""The form of one 评委."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.lists import REVIEWERS
from dualcreate_desktop.office.records import Form
from ui.dialogs.record import RecordDialog
from ui.form import Group

GROUPS = (
    Group("", tuple(map(REVIEWERS.field, ("number", "name", "title", "affiliation")))),
    Group("", (REVIEWERS.field("statement"),)),
)


class ReviewerDialog(RecordDialog):
    """Edits the values of a reviewer and writes nothing."""

    def __init__(self, parent: QWidget | None, form: Form) -> None:
        what = "评委" if form.record_id is None else f"评委 {form.values['name']}"
        super().__init__(parent, what, GROUPS, form, options={}, focus="name")
        self.resize(680, 400)

    @classmethod
    def ask(cls, parent: QWidget | None, form: Form, *, problem: str = "") -> Form | None:
        """The form as the user leaves it; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        return cls(parent, form).asked(problem)
