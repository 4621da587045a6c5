"""核定名额和免报 of one unit: a number of its own, or a duty that does not bind it, with the reason."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.errors import NotAllowed
from dualcreate_desktop.office import grants
from dualcreate_desktop.office.grants import GrantForm
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from ui.dialogs.record import RecordDialog
from ui.form import Group


class QuotaGrantDialog(RecordDialog):
    """Edits what is decided for a unit, category by category, and writes nothing."""

    def __init__(self, parent: QWidget | None, asked: GrantForm, form: Form) -> None:
        groups = tuple(Group(title, fields) for title, fields in asked.groups)
        super().__init__(
            parent,
            f"{asked.unit}的名额",
            groups,
            form,
            options={},
            focus=groups[0].fields[0].key,
        )

    @classmethod
    def decide(cls, parent: QWidget, office: Office, round_id: str, unit_id: str) -> bool:
        """Ask until the answer can be saved or is given up; whether something was written."""
        asked = grants.grant_form(office, round_id, unit_id)
        form, problem = asked.form, ""
        while (answer := cls(parent, asked, form).asked(problem)) is not None:
            try:
                return grants.save_grants(office, round_id, answer) is not None
            except NotAllowed as trouble:
                form, problem = answer, str(trouble)
        return False
