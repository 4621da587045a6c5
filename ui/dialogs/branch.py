"""The form of one 党支部."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.lists import BRANCHES
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.registry import unit_choices
from dualcreate_desktop.office.store import Office
from ui.dialogs.record import RecordDialog
from ui.dialogs.removing import take_out
from ui.form import Group

_LAYOUT = (
    ("党支部", ("unit", "code", "name", "kind", "founded", "planned_end", "planned_reason")),
    ("党员", ("full_members", "probationary_members", "members_on")),
    ("书记", ("secretary", "secretary_since", "phone")),
    ("", ("note",)),
)
GROUPS = tuple(Group(title, tuple(map(BRANCHES.field, keys))) for title, keys in _LAYOUT)


class BranchDialog(RecordDialog):
    """Edits the values of a branch and writes nothing."""

    def __init__(self, parent: QWidget | None, office: Office, form: Form) -> None:
        adding = form.record_id is None
        super().__init__(
            parent,
            "党支部" if adding else str(form.values["name"]),
            GROUPS,
            form,
            options={"unit": unit_choices(office)},
            focus="unit" if adding else "name",
        )
        if form.record_id is not None:
            body = Body(str(form.values["unit"]), form.record_id)
            self.offer_removal(lambda: take_out(self, office, body))

    @classmethod
    def ask(cls, parent: QWidget | None, office: Office, form: Form, *, problem: str = "") -> Form | None:
        """The form as the user leaves it; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        return cls(parent, office, form).asked(problem)
