"""补充、延期、验收通知: what a later notice is and says; its effects are asked afterwards."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dualcreate_desktop.office.records import NEW, Form, Value
from dualcreate_desktop.office.supplement_drafts import SUPPLEMENT_FIELDS
from ui.dialogs.record import RecordDialog
from ui.form import Group

TEXT_ROOM = 220


class SupplementDialog(RecordDialog):
    """Asks for a later notice and writes nothing."""

    def __init__(self, parent: QWidget | None, form: Form = NEW) -> None:
        groups = (Group("", SUPPLEMENT_FIELDS),)
        super().__init__(parent, "补充、延期、验收通知", groups, form, options={}, focus="kind")
        text = self.fields.input("text")
        assert isinstance(text, QPlainTextEdit)
        text.setFixedHeight(TEXT_ROOM)
        self.resize(720, 520)

    @classmethod
    def ask(cls, parent: QWidget | None) -> Mapping[str, Value] | None:
        """What was filled in; None when it is given up."""
        answer = cls(parent).asked("")
        return None if answer is None else answer.values
