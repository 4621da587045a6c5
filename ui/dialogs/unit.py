"""The form of one 院级党组织."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dualcreate_desktop.lists import UNITS
from dualcreate_desktop.office.people import Body
from dualcreate_desktop.office.records import Form
from dualcreate_desktop.office.store import Office
from dualcreate_desktop.office.units import parent_choices
from ui.dialogs.record import RecordDialog
from ui.dialogs.removing import take_out
from ui.form import Group

_LAYOUT = (
    ("院级党组织", ("name", "short_name", "kind", "order_no", "code", "parent", "founded")),
    ("书记和联系人", ("secretary", "contact", "phone")),
    ("", ("note",)),
)
GROUPS = tuple(Group(title, tuple(map(UNITS.field, keys))) for title, keys in _LAYOUT)


class UnitDialog(RecordDialog):
    """Edits the values of a unit and writes nothing."""

    def __init__(self, parent: QWidget | None, office: Office, form: Form) -> None:
        super().__init__(
            parent,
            "院级党组织" if form.record_id is None else str(form.values["name"]),
            GROUPS,
            form,
            options={"parent": parent_choices(office, form.record_id)},
            focus="name",
        )
        if form.record_id is not None:
            body = Body(form.record_id)
            self.offer_removal(lambda: take_out(self, office, body))

    @classmethod
    def ask(cls, parent: QWidget | None, office: Office, form: Form, *, problem: str = "") -> Form | None:
        """The form as the user leaves it; None when nothing is to be written.

        Args:
            problem: why an earlier answer could not be saved.
        """
        return cls(parent, office, form).asked(problem)
