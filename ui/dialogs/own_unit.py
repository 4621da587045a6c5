"""本单位设置: the school and its office, asked once and used by every paper."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.office.own_unit import FIELDS, SCHOOL
from dualcreate_desktop.office.records import Form
from ui.dialogs.record import RecordDialog
from ui.form import Group

USED_FOR = "印在文件标题、回执、公示和来往信函上；没填的地方留空，打印后手写。"


class OwnUnitDialog(RecordDialog):
    """Edits what is known of the school and its office; nothing is required."""

    def __init__(self, parent: QWidget | None, form: Form) -> None:
        groups = (Group(USED_FOR, FIELDS[:2]), Group("联系方式", FIELDS[2:5]), Group("监督", FIELDS[5:]))
        super().__init__(parent, "本单位设置", groups, form, options={}, focus=SCHOOL)

    @classmethod
    def ask(cls, parent: QWidget | None, form: Form, *, problem: str = "") -> Form | None:
        """The form as the user leaves it; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        return cls(parent, form).asked(problem)
